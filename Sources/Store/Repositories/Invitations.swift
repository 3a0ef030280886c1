import Access
import Vocabulary

extension Transaction {
    /// The invitations.
    public var invitations: Invitations { Invitations(transaction: self) }
}

/// An invitation to take roles in an organisation. The link holds a secret of which only the digest is kept.
public struct Invitation: Sendable, Equatable, Identified {
    public static let idPrefix = "inv"

    public let id: ID<Invitation>
    public let organisation: ID<Organisation>
    /// Whom it is for; nil for the link that sets up the first administrator.
    public let email: EmailAddress?
    public let roles: Set<Role>
    public let invitedBy: ID<Person>?
    public let createdAt: Timestamp
    public let expiresAt: Timestamp
    public let acceptedAt: Timestamp?
    public let withdrawnAt: Timestamp?

    public init(
        id: ID<Invitation>, organisation: ID<Organisation>, email: EmailAddress?, roles: Set<Role>,
        invitedBy: ID<Person>?, createdAt: Timestamp, expiresAt: Timestamp, acceptedAt: Timestamp? = nil,
        withdrawnAt: Timestamp? = nil
    ) {
        self.id = id
        self.organisation = organisation
        self.email = email
        self.roles = roles
        self.invitedBy = invitedBy
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.acceptedAt = acceptedAt
        self.withdrawnAt = withdrawnAt
    }

    /// Whether it may still be accepted.
    public func isOpen(at moment: Timestamp) -> Bool {
        acceptedAt == nil && withdrawnAt == nil && moment < expiresAt
    }
}

/// The invitations as they are kept.
public struct Invitations {
    let transaction: any Transaction

    private static let columns: SQL =
        "id, organisation, email, roles, invited_by, created_at, expires_at, accepted_at, withdrawn_at"

    public func insert(_ invitation: Invitation, digest: [UInt8]) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO invitation (id, digest, organisation, email, roles, invited_by, created_at, expires_at)
            VALUES (\(invitation.id), \(digest), \(invitation.organisation), \(invitation.email),
                \(WordSet(invitation.roles)), \(invitation.invitedBy), \(invitation.createdAt),
                \(invitation.expiresAt))
            """)
    }

    public func find(digest: [UInt8]) throws(StoreFault) -> Invitation? {
        guard let row = try transaction.row("SELECT \(Self.columns) FROM invitation WHERE digest = \(digest)") else {
            return nil
        }
        return try Self.invitation(row)
    }

    public func find(_ id: ID<Invitation>) throws(StoreFault) -> Invitation? {
        guard let row = try transaction.row("SELECT \(Self.columns) FROM invitation WHERE id = \(id)") else {
            return nil
        }
        return try Self.invitation(row)
    }

    /// All of an organisation, the latest first.
    public func list(of organisation: ID<Organisation>) throws(StoreFault) -> [Invitation] {
        var invitations: [Invitation] = []
        let rows = try transaction.rows(
            "SELECT \(Self.columns) FROM invitation WHERE organisation = \(organisation) ORDER BY id DESC")
        for row in rows { invitations.append(try Self.invitation(row)) }
        return invitations
    }

    /// Uses an invitation up: true only for the first who comes, and in time.
    public func accept(_ id: ID<Invitation>, at moment: Timestamp) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE invitation SET accepted_at = \(moment)
            WHERE id = \(id) AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > \(moment)
            """) == 1
    }

    /// Takes an open invitation back.
    public func withdraw(_ id: ID<Invitation>, at moment: Timestamp) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE invitation SET withdrawn_at = \(moment)
            WHERE id = \(id) AND accepted_at IS NULL AND withdrawn_at IS NULL
            """) == 1
    }

    /// Takes back the links that set up an organisation's first administrator, as another is handed out.
    public func withdrawSetUp(of organisation: ID<Organisation>, at moment: Timestamp) throws(StoreFault) {
        try transaction.run(
            """
            UPDATE invitation SET withdrawn_at = \(moment)
            WHERE organisation = \(organisation) AND invited_by IS NULL AND accepted_at IS NULL
                AND withdrawn_at IS NULL
            """)
    }

    private static func invitation(_ row: Row) throws(StoreFault) -> Invitation {
        Invitation(
            id: try row("id"), organisation: try row("organisation"), email: try row("email"),
            roles: try row("roles", as: WordSet<Role>.self).words, invitedBy: try row("invited_by"),
            createdAt: try row("created_at"), expiresAt: try row("expires_at"), acceptedAt: try row("accepted_at"),
            withdrawnAt: try row("withdrawn_at"))
    }
}
