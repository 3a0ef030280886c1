import Access
import Platform
import Store
import Vocabulary
import Web

extension PlatformAPI {
    private static let member = Parameter.path("person", .id(of: Person.self))

    var memberEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/organisations/{organisation}/members", operation: "listMembers", tag: "people",
                summary: "api.operation.list-members", security: .scope(.peopleRead), parameters: [Self.organisation],
                replies: [.init(200, .json(.list(of: .named("Member"))))]
            ) { request in
                let members = try await platform.members(
                    of: try request.id("organisation"), by: try request.signedIn())
                return .list(members.map(Self.member))
            },
            Endpoint(
                .put, "/organisations/{organisation}/members/{person}/roles", operation: "setRoles", tag: "people",
                summary: "api.operation.set-roles", security: .session, parameters: [Self.organisation, Self.member],
                body: .json(.object([.init("roles", .array(of: .words(Role.self), 1...Role.allCases.count))])),
                replies: [.init(204)]
            ) { request in
                try await platform.setRoles(
                    request.words("roles"), of: try request.id("person"), in: try request.id("organisation"),
                    by: try request.signedIn())
                return .noContent
            },
            Endpoint(
                .delete, "/organisations/{organisation}/members/{person}", operation: "endMembership", tag: "people",
                summary: "api.operation.end-membership", security: .session,
                parameters: [Self.organisation, Self.member], replies: [.init(204)]
            ) { request in
                try await platform.endMembership(
                    of: try request.id("person"), in: try request.id("organisation"), by: try request.signedIn())
                return .noContent
            },
        ]
    }

    /// None of them takes an `Idempotency-Key`: the answer that would be kept holds a secret.
    var invitationEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/organisations/{organisation}/invitations", operation: "listInvitations", tag: "people",
                summary: "api.operation.list-invitations", security: .scope(.peopleWrite),
                parameters: [Self.organisation], replies: [.init(200, .json(.list(of: .named("Invitation"))))]
            ) { request in
                let invitations = try await platform.invitations(
                    of: try request.id("organisation"), by: try request.signedIn())
                return .list(invitations.map(Self.invitation))
            },
            Endpoint(
                .post, "/organisations/{organisation}/invitations", operation: "invite", tag: "people",
                summary: "api.operation.invite", security: .scope(.peopleWrite), parameters: [Self.organisation],
                body: .json(
                    .object([
                        .init("email", .text(3...254)),
                        .init("roles", .array(of: .words(Role.self), 1...Role.allCases.count)),
                    ])),
                replies: [
                    .init(
                        201,
                        .json(
                            .object([
                                .init("invitation", .named("Invitation")),
                                .init("path", .text(1...200), note: "api.note.invitation-path"),
                            ])))
                ]
            ) { request in
                let invited = try await platform.invite(
                    email: try request.json()["email"]?.text ?? "", roles: request.words("roles"),
                    to: try request.id("organisation"), by: try request.signedIn())
                return .json(
                    [
                        "invitation": Self.invitation(invited.invitation),
                        "path": .string("/invitation/\(invited.key.text)"),
                    ], status: 201)
            },
            Endpoint(
                .delete, "/invitations/{invitation}", operation: "withdrawInvitation", tag: "people",
                summary: "api.operation.withdraw-invitation", security: .scope(.peopleWrite),
                parameters: [.path("invitation", .id(of: Invitation.self))], replies: [.init(204)]
            ) { request in
                try await platform.withdraw(try request.id("invitation"), by: try request.signedIn())
                return .noContent
            },
        ]
    }

    private static func member(_ member: Member) -> JSONValue {
        [
            "person": .string(member.person.id.text), "name": .string(member.person.name),
            "email": .string(member.person.email.text), "roles": member.roles.json,
            "since": .string(member.since.description), "ended_at": JSONValue(member.endedAt),
            "has_second_factor": .bool(member.hasSecondFactor),
        ]
    }

    private static func invitation(_ invitation: Invitation) -> JSONValue {
        [
            "id": .string(invitation.id.text), "organisation": .string(invitation.organisation.text),
            "email": JSONValue(invitation.email?.text), "roles": invitation.roles.json,
            "invited_by": JSONValue(invitation.invitedBy?.text),
            "created_at": .string(invitation.createdAt.description),
            "expires_at": .string(invitation.expiresAt.description), "accepted_at": JSONValue(invitation.acceptedAt),
            "withdrawn_at": JSONValue(invitation.withdrawnAt),
        ]
    }
}
