import Access
import Vocabulary

extension Transaction {
    /// Who belongs to which organisation, in which roles.
    public var memberships: Memberships { Memberships(transaction: self) }
}

/// A person as a member of one organisation.
public struct Member: Sendable, Equatable {
    public let person: Person
    public let roles: Set<Role>
    public let since: Timestamp
    public let endedAt: Timestamp?
    public let hasSecondFactor: Bool
}

/// The memberships as they are kept.
public struct Memberships {
    let transaction: any Transaction

    /// Gives a person roles in an organisation, in place of earlier ones; an ended membership begins anew.
    public func set(
        _ roles: Set<Role>, of person: ID<Person>, in organisation: ID<Organisation>, at moment: Timestamp
    ) throws(StoreFault) {
        let words = WordSet(roles)
        try transaction.run(
            """
            INSERT INTO membership (person, organisation, roles, since)
            VALUES (\(person), \(organisation), \(words), \(moment))
            ON CONFLICT (person, organisation) DO UPDATE SET roles = \(words), ended_at = NULL
            """)
    }

    /// Ends a membership.
    /// - Returns: Whether there was one.
    public func end(
        _ person: ID<Person>, in organisation: ID<Organisation>, at moment: Timestamp
    ) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE membership SET ended_at = \(moment)
            WHERE person = \(person) AND organisation = \(organisation) AND ended_at IS NULL
            """) == 1
    }

    /// The roles of a person in an organisation; nil if the person is no member.
    public func roles(of person: ID<Person>, in organisation: ID<Organisation>) throws(StoreFault) -> Set<Role>? {
        let found = try transaction.row(
            """
            SELECT roles FROM membership
            WHERE person = \(person) AND organisation = \(organisation) AND ended_at IS NULL
            """)
        guard let row = found else { return nil }
        return try row("roles", as: WordSet<Role>.self).words
    }

    /// What a person may act for: memberships that have not ended, of organisations that are open.
    public func current(of person: ID<Person>) throws(StoreFault) -> [Viewer.Membership] {
        let rows = try transaction.rows(
            """
            SELECT organisation.id, organisation.kind, organisation.region, membership.roles
            FROM membership JOIN organisation ON organisation.id = membership.organisation
            WHERE membership.person = \(person) AND membership.ended_at IS NULL AND organisation.closed_at IS NULL
            ORDER BY organisation.id
            """)
        var memberships: [Viewer.Membership] = []
        for row in rows { memberships.append(try Self.membership(row)) }
        return memberships
    }

    /// All memberships that have not ended, of organisations that are open, by person.
    public func current() throws(StoreFault) -> [ID<Person>: [Viewer.Membership]] {
        let rows = try transaction.rows(
            """
            SELECT membership.person, organisation.id, organisation.kind, organisation.region, membership.roles
            FROM membership JOIN organisation ON organisation.id = membership.organisation
            WHERE membership.ended_at IS NULL AND organisation.closed_at IS NULL ORDER BY organisation.id
            """)
        var memberships: [ID<Person>: [Viewer.Membership]] = [:]
        for row in rows { memberships[try row("person"), default: []].append(try Self.membership(row)) }
        return memberships
    }

    private static func membership(_ row: Row) throws(StoreFault) -> Viewer.Membership {
        Viewer.Membership(
            organisation: try row("id"), kind: try row("kind"), region: try row("region"),
            roles: try row("roles", as: WordSet<Role>.self).words)
    }

    /// The members of an organisation, former ones too, by name.
    public func members(of organisation: ID<Organisation>) throws(StoreFault) -> [Member] {
        let rows = try transaction.rows(
            """
            SELECT person.id, person.email, person.name, person.language, person.created_at, person.disabled_at,
                membership.roles, membership.since, membership.ended_at,
                CASE WHEN person.authenticator IS NULL THEN 0 ELSE 1 END AS second_factor
            FROM membership JOIN person ON person.id = membership.person
            WHERE membership.organisation = \(organisation) ORDER BY person.name, person.id
            """)
        var members: [Member] = []
        for row in rows {
            members.append(
                Member(
                    person: try People.person(row), roles: try row("roles", as: WordSet<Role>.self).words,
                    since: try row("since"), endedAt: try row("ended_at"), hasSecondFactor: try row("second_factor")))
        }
        return members
    }

    /// How many people who may sign in hold a role in an organisation.
    public func count(of role: Role, in organisation: ID<Organisation>) throws(StoreFault) -> Int {
        try members(of: organisation)
            .filter { $0.endedAt == nil && $0.person.disabledAt == nil && $0.roles.contains(role) }.count
    }
}
