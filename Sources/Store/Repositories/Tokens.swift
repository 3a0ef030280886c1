import Access
import Vocabulary

extension Transaction {
    /// The keys for programs.
    public var tokens: Tokens { Tokens(transaction: self) }
}

/// A key for programs as its organisation sees it in a list: all but the key.
public struct TokenRecord: Sendable, Equatable {
    public let id: ID<Token>
    public let organisation: ID<Organisation>
    /// Who made it; it does what that person may do for the organisation, within its scopes.
    public let person: ID<Person>
    public let name: String
    public let scopes: Set<Scope>
    public let createdAt: Timestamp
    public let expiresAt: Timestamp
    public let usedAt: Timestamp?
    public let revokedAt: Timestamp?

    public init(
        id: ID<Token>, organisation: ID<Organisation>, person: ID<Person>, name: String, scopes: Set<Scope>,
        createdAt: Timestamp, expiresAt: Timestamp, usedAt: Timestamp? = nil, revokedAt: Timestamp? = nil
    ) {
        self.id = id
        self.organisation = organisation
        self.person = person
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.usedAt = usedAt
        self.revokedAt = revokedAt
    }
}

/// The keys for programs as they are kept: under their digests.
public struct Tokens {
    let transaction: any Transaction

    private static let columns: SQL =
        "token.id, token.organisation, token.person, token.name, token.scopes, token.created_at, token.expires_at, token.used_at, token.revoked_at"

    public func insert(_ token: TokenRecord, digest: [UInt8]) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO token (id, digest, organisation, person, name, scopes, created_at, expires_at)
            VALUES (\(token.id), \(digest), \(token.organisation), \(token.person), \(token.name),
                \(WordSet(token.scopes)), \(token.createdAt), \(token.expiresAt))
            """)
    }

    public func find(_ id: ID<Token>) throws(StoreFault) -> TokenRecord? {
        guard let row = try transaction.row("SELECT \(Self.columns) FROM token WHERE id = \(id)") else { return nil }
        return try Self.token(row)
    }

    /// The token of a key with the person who made it; nil if there is none, it was revoked or expired, or the person may no
    /// longer sign in.
    public func find(
        digest: [UInt8], at moment: Timestamp
    ) throws(StoreFault) -> (token: TokenRecord, person: Person)? {
        let found = try transaction.row(
            """
            SELECT \(Self.columns), person.email, person.name AS person_name, person.language,
                person.created_at AS person_created_at
            FROM token JOIN person ON person.id = token.person
            WHERE token.digest = \(digest) AND token.revoked_at IS NULL AND token.expires_at > \(moment)
                AND person.disabled_at IS NULL
            """)
        guard let row = found else { return nil }
        let token = try Self.token(row)
        return (
            token,
            Person(
                id: token.person, email: try row("email"), name: try row("person_name"),
                language: try row("language"), createdAt: try row("person_created_at"))
        )
    }

    /// Notes that a token was used.
    public func use(_ id: ID<Token>, at moment: Timestamp) throws(StoreFault) {
        try transaction.run("UPDATE token SET used_at = \(moment) WHERE id = \(id)")
    }

    /// - Returns: Whether it had not been revoked before.
    public func revoke(_ id: ID<Token>, at moment: Timestamp) throws(StoreFault) -> Bool {
        try transaction.run("UPDATE token SET revoked_at = \(moment) WHERE id = \(id) AND revoked_at IS NULL") == 1
    }

    /// Revokes those that a person made for an organisation, as the membership ends.
    public func revokeAll(
        of person: ID<Person>, in organisation: ID<Organisation>, at moment: Timestamp
    ) throws(StoreFault) {
        try transaction.run(
            """
            UPDATE token SET revoked_at = \(moment)
            WHERE person = \(person) AND organisation = \(organisation) AND revoked_at IS NULL
            """)
    }

    /// All of an organisation, the latest first.
    public func list(of organisation: ID<Organisation>) throws(StoreFault) -> [TokenRecord] {
        let rows = try transaction.rows(
            "SELECT \(Self.columns) FROM token WHERE organisation = \(organisation) ORDER BY id DESC")
        var tokens: [TokenRecord] = []
        for row in rows { tokens.append(try Self.token(row)) }
        return tokens
    }

    private static func token(_ row: Row) throws(StoreFault) -> TokenRecord {
        TokenRecord(
            id: try row("id"), organisation: try row("organisation"), person: try row("person"),
            name: try row("name"), scopes: try row("scopes", as: WordSet<Scope>.self).words,
            createdAt: try row("created_at"), expiresAt: try row("expires_at"), usedAt: try row("used_at"),
            revokedAt: try row("revoked_at"))
    }
}
