import Access
import Vocabulary

extension Transaction {
    /// The sign-ins.
    public var sessions: Sessions { Sessions(transaction: self) }
}

/// A sign-in as its person sees it in a list.
public struct SessionRecord: Sendable, Equatable {
    public let id: ID<Session>
    public let person: ID<Person>
    public let createdAt: Timestamp
    public let seenAt: Timestamp
    public let expiresAt: Timestamp
    public let endedAt: Timestamp?
    /// Where it was made from, and with what program.
    public let address: String
    public let agent: String

    public init(
        id: ID<Session>, person: ID<Person>, createdAt: Timestamp, seenAt: Timestamp, expiresAt: Timestamp,
        endedAt: Timestamp? = nil, address: String, agent: String
    ) {
        self.id = id
        self.person = person
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.endedAt = endedAt
        self.address = address
        self.agent = agent
    }
}

/// The sign-ins as they are kept: under the digest of their key, which alone the browser has.
public struct Sessions {
    let transaction: any Transaction

    private static let columns: SQL =
        "session.id, session.person, session.created_at, session.seen_at, session.expires_at, session.ended_at, session.address, session.agent"

    public func insert(_ session: SessionRecord, digest: [UInt8]) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO session (id, digest, person, created_at, seen_at, expires_at, address, agent)
            VALUES (\(session.id), \(digest), \(session.person), \(session.createdAt), \(session.seenAt),
                \(session.expiresAt), \(session.address), \(session.agent))
            """)
    }

    /// The session of a key with its person; nil if there is none, it has ended or expired, was idle for too long, or the person
    /// may no longer sign in.
    /// - Parameter idleSince: A session last seen at or before this is over.
    public func find(
        digest: [UInt8], at moment: Timestamp, idleSince: Timestamp
    ) throws(StoreFault) -> (session: SessionRecord, person: Person)? {
        let found = try transaction.row(
            """
            SELECT \(Self.columns), person.email, person.name, person.language, person.created_at AS person_created_at
            FROM session JOIN person ON person.id = session.person
            WHERE session.digest = \(digest) AND session.ended_at IS NULL AND session.expires_at > \(moment)
                AND session.seen_at > \(idleSince) AND person.disabled_at IS NULL
            """)
        guard let row = found else { return nil }
        let session = try Self.session(row)
        return (
            session,
            Person(
                id: session.person, email: try row("email"), name: try row("name"), language: try row("language"),
                createdAt: try row("person_created_at"))
        )
    }

    /// Notes that a session is in use.
    public func see(_ id: ID<Session>, at moment: Timestamp) throws(StoreFault) {
        try transaction.run(
            "UPDATE session SET seen_at = \(moment) WHERE id = \(id) AND seen_at < \(moment) AND ended_at IS NULL")
    }

    /// Ends one.
    /// - Returns: Whether it was a session of that person and had not ended.
    public func end(_ id: ID<Session>, of person: ID<Person>, at moment: Timestamp) throws(StoreFault) -> Bool {
        try transaction.run(
            "UPDATE session SET ended_at = \(moment) WHERE id = \(id) AND person = \(person) AND ended_at IS NULL") == 1
    }

    /// Ends all of a person but, where one is named, that one.
    /// - Returns: How many.
    @discardableResult public func endAll(
        of person: ID<Person>, but kept: ID<Session>? = nil, at moment: Timestamp
    ) throws(StoreFault) -> Int {
        var condition: SQL = "person = \(person) AND ended_at IS NULL"
        if let kept { condition += " AND id <> \(kept)" as SQL }
        return try transaction.run("UPDATE session SET ended_at = \(moment) WHERE \(condition)")
    }

    /// Those of a person that have not ended, the latest first.
    public func open(of person: ID<Person>, at moment: Timestamp) throws(StoreFault) -> [SessionRecord] {
        let rows = try transaction.rows(
            """
            SELECT \(Self.columns) FROM session
            WHERE person = \(person) AND ended_at IS NULL AND expires_at > \(moment) ORDER BY id DESC
            """)
        var sessions: [SessionRecord] = []
        for row in rows { sessions.append(try Self.session(row)) }
        return sessions
    }

    private static func session(_ row: Row) throws(StoreFault) -> SessionRecord {
        SessionRecord(
            id: try row("id"), person: try row("person"), createdAt: try row("created_at"),
            seenAt: try row("seen_at"), expiresAt: try row("expires_at"), endedAt: try row("ended_at"),
            address: try row("address"), agent: try row("agent"))
    }
}
