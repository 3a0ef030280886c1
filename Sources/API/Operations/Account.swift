import Access
import Platform
import Store
import Vocabulary

extension PlatformAPI {
    static let accountSchemas: [String: Schema] = [
        "Viewer": .object([
            .init("person", .id(of: Person.self)), .init("name", .text(1...400)),
            .init("language", .words(Language.self)),
            .init(
                "memberships",
                .array(
                    of: .object([
                        .init("organisation", .id(of: Organisation.self)), .init("kind", .words(OrganisationKind.self)),
                        .init("region", .region), .init("roles", .wordList(Role.self)),
                    ]), 0...10_000)),
            .init("scopes", .nullable(.wordList(Scope.self)), note: "api.note.scopes"),
            .init("form_token", .nullable(.text(1...200)), note: "api.note.form-token"),
        ]),
        "Account": .object([
            .init("person", .id(of: Person.self)), .init("email", .text(3...254)), .init("name", .text(1...400)),
            .init("language", .words(Language.self)), .init("has_second_factor", .boolean),
            .init("recovery_codes_left", .integer(0...100)),
        ]),
        "Session": .object([
            .init("id", .id(of: Session.self)), .init("created_at", .moment), .init("seen_at", .moment),
            .init("expires_at", .moment), .init("address", .text(0...64)), .init("agent", .text(0...200)),
            .init("is_this", .boolean),
        ]),
    ]

    /// A password as it is typed.
    private static let password = Schema.text(0...1024)

    var accountEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/me", operation: "getViewer", tag: "account", summary: "api.operation.get-viewer",
                security: .signedIn, replies: [.init(200, .json(.named("Viewer")))]
            ) { request in .json(Self.viewer(try request.signedIn(), formToken: request.formToken)) },
            Endpoint(
                .get, "/me/account", operation: "getAccount", tag: "account", summary: "api.operation.get-account",
                security: .session, replies: [.init(200, .json(.named("Account")))]
            ) { request in .json(try await account(request.signedIn())) },
            Endpoint(
                .patch, "/me/account", operation: "changeAccount", tag: "account",
                summary: "api.operation.change-account", security: .session,
                body: .json(
                    .object([
                        .init("name", .text(1...200), isRequired: false),
                        .init("language", .words(Language.self), isRequired: false),
                    ])), replies: [.init(200, .json(.named("Account")))]
            ) { request in
                let viewer = try request.signedIn()
                let before = try await platform.account(of: viewer).person
                let body = try request.json()
                try await platform.changeProfile(
                    name: body["name"]?.text ?? before.name,
                    language: body["language"]?.text.flatMap(Language.init(rawValue:)) ?? before.language, by: viewer)
                return .json(try await account(viewer))
            },
            Endpoint(
                .put, "/me/password", operation: "changePassword", tag: "account",
                summary: "api.operation.change-password", security: .session,
                body: .json(.object([.init("old_password", Self.password), .init("new_password", Self.password)])),
                replies: [.init(204)]
            ) { request in
                let body = try request.json()
                try await platform.changePassword(
                    from: body["old_password"]?.text ?? "", to: body["new_password"]?.text ?? "",
                    by: try request.signedIn())
                return .noContent
            },
            Endpoint(
                .post, "/me/authenticator", operation: "proposeAuthenticator", tag: "account",
                summary: "api.operation.propose-authenticator", security: .session,
                body: .json(.object([.init("password", Self.password)])),
                replies: [
                    .init(200, .json(.object([.init("secret", .text(16...200)), .init("address", .text(16...2000))])))
                ]
            ) { request in
                let proposal = try await platform.proposeAuthenticator(
                    password: try request.json()["password"]?.text ?? "", by: try request.signedIn())
                return .json(["secret": .string(proposal.secret), "address": .string(proposal.address)])
            },
            Endpoint(
                .post, "/me/authenticator/confirmation", operation: "confirmAuthenticator", tag: "account",
                summary: "api.operation.confirm-authenticator", security: .session,
                body: .json(.object([.init("code", .text(1...64))])),
                replies: [.init(200, .json(.object([.init("recovery_codes", .array(of: .text(1...64), 1...100))])))]
            ) { request in
                let codes = try await platform.confirmAuthenticator(
                    code: try request.json()["code"]?.text ?? "", by: try request.signedIn())
                return .json(["recovery_codes": .array(codes.map(JSONValue.string))])
            },
            Endpoint(
                .post, "/me/authenticator/removal", operation: "removeAuthenticator", tag: "account",
                summary: "api.operation.remove-authenticator", security: .session,
                body: .json(.object([.init("password", Self.password)])), replies: [.init(204)]
            ) { request in
                try await platform.removeAuthenticator(
                    password: try request.json()["password"]?.text ?? "", by: try request.signedIn())
                return .noContent
            },
        ]
    }

    var sessionEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/me/sessions", operation: "listSessions", tag: "account", summary: "api.operation.list-sessions",
                security: .session, replies: [.init(200, .json(.list(of: .named("Session"))))]
            ) { request in
                let viewer = try request.signedIn()
                return .list(try await platform.sessions(of: viewer).map { Self.session($0, viewer) })
            },
            Endpoint(
                .delete, "/me/sessions", operation: "endSessions", tag: "account",
                summary: "api.operation.end-sessions",
                security: .session, replies: [.init(204)]
            ) { request in
                try await platform.signOutEverywhere(try request.signedIn())
                return .noContent
            },
            Endpoint(
                .delete, "/me/sessions/{session}", operation: "endSession", tag: "account",
                summary: "api.operation.end-session", security: .session,
                parameters: [.path("session", .id(of: Session.self))], replies: [.init(204)]
            ) { request in
                try await platform.signOut(try request.id("session"), by: try request.signedIn())
                return .noContent
            },
        ]
    }

    private func account(_ viewer: Viewer) async throws -> JSONValue {
        let account = try await platform.account(of: viewer)
        return [
            "person": .string(account.person.id.text), "email": .string(account.person.email.text),
            "name": .string(account.person.name), "language": .string(account.person.language.rawValue),
            "has_second_factor": .bool(account.hasSecondFactor),
            "recovery_codes_left": .integer(Int64(account.recoveryCodesLeft)),
        ]
    }

    private static func viewer(_ viewer: Viewer, formToken: String?) -> JSONValue {
        var scopes: JSONValue = .null
        if case .token(_, let own) = viewer.credential { scopes = own.json }
        return [
            "person": .string(viewer.person.text), "name": .string(viewer.name),
            "language": .string(viewer.language.rawValue),
            "memberships": .array(
                viewer.memberships.map { membership in
                    [
                        "organisation": .string(membership.organisation.text),
                        "kind": .string(membership.kind.rawValue),
                        "region": .string(membership.region.description), "roles": membership.roles.json,
                    ]
                }), "scopes": scopes, "form_token": JSONValue(formToken),
        ]
    }

    private static func session(_ session: SessionRecord, _ viewer: Viewer) -> JSONValue {
        [
            "id": .string(session.id.text), "created_at": .string(session.createdAt.description),
            "seen_at": .string(session.seenAt.description), "expires_at": .string(session.expiresAt.description),
            "address": .string(session.address), "agent": .string(session.agent),
            "is_this": .bool(viewer.credential == .session(session.id)),
        ]
    }
}

extension Set where Element: RawRepresentable, Element.RawValue == String {
    /// The words in order.
    var json: JSONValue { .array(map(\.rawValue).sorted().map(JSONValue.string)) }
}

extension JSONValue {
    /// A moment, or null where there is none.
    init(_ moment: Timestamp?) { self.init(moment?.description) }
}
