import Access
import Store
import Vocabulary

extension Platform {
    /// The people of an organisation, former ones too.
    public func members(of organisation: ID<Organisation>, by viewer: Viewer) async throws -> [Member] {
        try await database.read { transaction in
            _ = try transaction.organisation(organisation, for: .readPeople, by: viewer)
            return try transaction.memberships.members(of: organisation)
        }
    }

    /// The invitations of an organisation, the latest first.
    public func invitations(of organisation: ID<Organisation>, by viewer: Viewer) async throws -> [Invitation] {
        try await database.read { transaction in
            _ = try transaction.organisation(organisation, for: .invitePeople, by: viewer)
            return try transaction.invitations.list(of: organisation)
        }
    }

    /// Gives a member other roles.
    /// - Throws: `conflict` if the organisation would be left without an administrator.
    public func setRoles(
        _ roles: Set<Role>, of person: ID<Person>, in organisation: ID<Organisation>, by viewer: Viewer
    ) async throws {
        guard !roles.isEmpty else { throw PlatformFault.invalid("/roles", "account.no-role") }
        try await change(person, in: organisation, by: viewer) { transaction, before, moment in
            try transaction.memberships.set(roles, of: person, in: organisation, at: moment)
            return ["before": before.json, "after": roles.json]
        }
    }

    /// Ends a membership, and with it the tokens that the person made for the organisation.
    /// - Throws: `conflict` if the organisation would be left without an administrator.
    public func endMembership(
        of person: ID<Person>, in organisation: ID<Organisation>, by viewer: Viewer
    ) async throws {
        try await change(person, in: organisation, by: viewer) { transaction, before, moment in
            _ = try transaction.memberships.end(person, in: organisation, at: moment)
            try transaction.tokens.revokeAll(of: person, in: organisation, at: moment)
            return ["before": before.json, "after": []]
        }
    }

    private func change(
        _ person: ID<Person>, in organisation: ID<Organisation>, by viewer: Viewer,
        _ body: @escaping @Sendable (any Transaction, Set<Role>, Timestamp) throws -> [String: JSONValue]
    ) async throws {
        let moment = now
        try await database.write { transaction in
            _ = try transaction.organisation(organisation, for: .editPeople, by: viewer)
            // Two administrators who end each other at once must not both succeed: the organisation's row is the lock.
            try transaction.organisations.lock(organisation)
            guard let before = try transaction.memberships.roles(of: person, in: organisation) else {
                throw PlatformFault.notFound
            }
            let detail = try body(transaction, before, moment)
            guard try transaction.memberships.count(of: .administrator, in: organisation) > 0 else {
                throw PlatformFault.conflict("organisation.last-administrator")
            }
            try transaction.record(
                Deed(.editPeople, on: person.text, by: viewer, for: organisation, detail), at: moment)
        }
    }
}
