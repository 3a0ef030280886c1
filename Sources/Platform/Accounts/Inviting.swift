import Access
import Store
import Vocabulary

/// An invitation with the secret for its link, which is told this once.
public struct Invited: Sendable {
    public let invitation: Invitation
    public let key: Secret
}

/// What somebody enters to accept an invitation.
public struct Acceptance: Sendable {
    public let email: String
    public let name: String
    public let language: Language
    public let password: String

    public init(email: String, name: String, language: Language, password: String) {
        self.email = email
        self.name = name
        self.language = language
        self.password = password
    }
}

extension Platform {
    /// How long an invitation may be accepted, in seconds: a week.
    static let invitationLength: Int64 = 7 * 86_400

    /// Invites somebody to take roles in an organisation.
    public func invite(
        email text: String, roles: Set<Role>, to organisation: ID<Organisation>, by viewer: Viewer
    ) async throws -> Invited {
        let moment = now
        _ = try viewer.requireGrants(for: .invitePeople)
        guard let email = EmailAddress(text) else { throw PlatformFault.invalid("/email", "account.email-shape") }
        guard !roles.isEmpty else { throw PlatformFault.invalid("/roles", "account.no-role") }
        let key = Secret(.invitation, surroundings.random)
        let invitation = Invitation(
            id: newID(), organisation: organisation, email: email, roles: roles, invitedBy: viewer.person,
            createdAt: moment, expiresAt: moment.advanced(bySeconds: Self.invitationLength))
        try await database.write { transaction in
            let organisation = try transaction.organisation(organisation, for: .invitePeople, by: viewer)
            guard organisation.closedAt == nil else { throw PlatformFault.conflict("organisation.closed") }
            try transaction.invitations.insert(invitation, digest: key.digest.bytes)
            try transaction.record(
                Deed(
                    .invitePeople, on: invitation.id.text, by: viewer, for: organisation.id,
                    ["roles": roles.json]), at: moment)
        }
        return Invited(invitation: invitation, key: key)
    }

    /// What an invitation's link says, before it is accepted: for the page that it leads to.
    public func invitation(key: Secret) async throws -> (invitation: Invitation, organisation: Organisation) {
        let moment = now
        return try await database.read { transaction in
            guard let invitation = try transaction.invitations.find(digest: key.digest.bytes),
                invitation.isOpen(at: moment),
                let organisation = try transaction.organisations.find(invitation.organisation)
            else { throw PlatformFault.notFound }
            return (invitation, organisation)
        }
    }

    /// Accepts an invitation. Who has no account yet gets one; who has proves it with its password, and keeps it.
    public func accept(_ acceptance: Acceptance, key: Secret) async throws -> ID<Person> {
        let moment = now
        let (invitation, organisation) = try await self.invitation(key: key)
        let email = try invitation.email ?? checked(acceptance.email)
        let known = try await database.read { try $0.people.credentials(email: email) }
        let person: Person
        var hash: String?
        if let known {
            let (isRight, _) = try await passwordWork.verify(acceptance.password, known.password)
            guard isRight, known.person.disabledAt == nil else {
                throw PlatformFault.invalid("/password", "account.password-of-existing")
            }
            person = known.person
        } else {
            let name = acceptance.name.trimmingSpaces()
            var faults: [FieldFault] = []
            if let fault = Self.nameFault(name) { faults.append(fault) }
            faults += passwordFaults(acceptance.password, email: email, organisation: organisation.name)
            guard faults.isEmpty else { throw PlatformFault.invalid(faults) }
            hash = try await passwordWork.hash(acceptance.password)
            person = Person(
                id: newID(), email: email, name: name, language: acceptance.language, createdAt: moment)
        }
        let newHash = hash
        try await database.write { transaction in
            guard try transaction.invitations.accept(invitation.id, at: moment) else { throw PlatformFault.notFound }
            if let newHash {
                guard try transaction.people.credentials(email: email) == nil else {
                    throw PlatformFault.changedMeanwhile
                }
                try transaction.people.insert(person, password: newHash)
            }
            let before = try transaction.memberships.roles(of: person.id, in: organisation.id) ?? []
            let roles = before.union(invitation.roles)
            try transaction.memberships.set(roles, of: person.id, in: organisation.id, at: moment)
            try transaction.record(
                Deed(
                    .acceptInvitation, on: invitation.id.text, by: person.id, for: organisation.id,
                    ["roles": roles.json]), at: moment)
        }
        return person.id
    }

    /// Takes an invitation back.
    /// - Returns: The organisation that it was for.
    @discardableResult public func withdraw(
        _ id: ID<Invitation>, by viewer: Viewer
    ) async throws -> ID<Organisation> {
        let moment = now
        return try await database.write { transaction in
            _ = try viewer.requireGrants(for: .invitePeople)
            guard let invitation = try transaction.invitations.find(id) else { throw PlatformFault.notFound }
            let organisation = try transaction.organisation(
                invitation.organisation, for: .invitePeople, by: viewer)
            guard try transaction.invitations.withdraw(id, at: moment) else {
                throw PlatformFault.conflict("invitation.over")
            }
            try transaction.record(
                Deed(.invitePeople, on: id.text, by: viewer, for: organisation.id, ["withdrawn": true]), at: moment)
            return organisation.id
        }
    }

    func checked(_ email: String) throws(PlatformFault) -> EmailAddress {
        guard let email = EmailAddress(email) else { throw PlatformFault.invalid("/email", "account.email-shape") }
        return email
    }

    /// What is wrong with a name; nil if nothing is.
    static func nameFault(_ name: String, field: String = "/name") -> FieldFault? {
        if name.isEmpty { return .init(field, "account.name-empty") }
        // Lists are paged by name, so a name of few letters with many accents each is refused too.
        if name.count > 100 || name.utf8.count > 400 { return .init(field, "account.name-long", ["limit": "100"]) }
        return nil
    }
}

extension Set where Element: RawRepresentable, Element.RawValue == String {
    /// The words in order, for the trail.
    var json: JSONValue { .array(map(\.rawValue).sorted().map(JSONValue.string)) }
}
