import Access
import Vocabulary

extension Transaction {
    /// What people are told of what others did.
    public var notices: Notices { Notices(transaction: self) }
}

/// What a person is told.
public struct NoticeRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "ntc"

    public let id: ID<NoticeRecord>
    public let person: ID<Person>
    /// The place in the trail of what it tells of.
    public let entry: Int64
    /// For which of the person's organisations it is.
    public let organisation: ID<Organisation>
    /// A word that says what happened, such as `book_accepted`.
    public let kind: String
    /// The id of what it is about.
    public let subject: String
    /// What its phrase is filled with.
    public let arguments: [String: String]
    public let at: Timestamp
    public var readAt: Timestamp?

    public init(
        id: ID<NoticeRecord>, person: ID<Person>, entry: Int64, organisation: ID<Organisation>, kind: String,
        subject: String, arguments: [String: String], at: Timestamp, readAt: Timestamp? = nil
    ) {
        self.id = id
        self.person = person
        self.entry = entry
        self.organisation = organisation
        self.kind = kind
        self.subject = subject
        self.arguments = arguments
        self.at = at
        self.readAt = readAt
    }
}

/// The notices as they are kept.
public struct Notices {
    let transaction: any Transaction

    private static let columns: SQL = "id, person, entry, organisation, kind, subject, arguments, at, read_at"

    /// Up to which place in the trail notices were made.
    public func head() throws(StoreFault) -> Int64 {
        guard let row = try transaction.row("SELECT entry FROM notice_head WHERE id = 1") else {
            throw StoreFault.statement("notice_head has no row")
        }
        return try row("entry")
    }

    /// Says that notices were made up to a place.
    /// - Returns: Whether nobody else did meanwhile: if not, the transaction must come to nothing.
    public func advance(from old: Int64, to new: Int64) throws(StoreFault) -> Bool {
        try transaction.run("UPDATE notice_head SET entry = \(new) WHERE id = 1 AND entry = \(old)") == 1
    }

    public func insert(_ notice: NoticeRecord) throws {
        let arguments = JSONValue.object(notice.arguments.mapValues { .string($0) })
        try transaction.run(
            """
            INSERT INTO notice (id, person, entry, organisation, kind, subject, arguments, at)
            VALUES (\(notice.id), \(notice.person), \(notice.entry), \(notice.organisation), \(notice.kind),
                \(notice.subject), \(String(decoding: try arguments.canonicalBytes(), as: UTF8.self).withoutNUL), \(notice.at))
            ON CONFLICT DO NOTHING
            """)
    }

    /// A person's notices, the latest first.
    /// - Parameter entry: The place in the trail of the last one of the page before.
    public func list(of person: ID<Person>, before entry: Int64? = nil, limit: Int) throws -> [NoticeRecord] {
        let behind: SQL = entry.map { "AND entry < \($0)" } ?? ""
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM notice WHERE person = \(person) \(behind) ORDER BY entry DESC LIMIT \(limit)
            """
        ).map { row in
            let json = try JSONValue.parse(try row("arguments", as: String.self), limits: .ofStore)
            guard case .object(let members) = json else { throw StoreFault.badColumn("arguments") }
            return NoticeRecord(
                id: try row("id"), person: try row("person"), entry: try row("entry"),
                organisation: try row("organisation"), kind: try row("kind"), subject: try row("subject"),
                arguments: members.compactMapValues(\.text), at: try row("at"), readAt: try row("read_at"))
        }
    }

    /// How many a person has not read, a thousand at most.
    public func countUnread(of person: ID<Person>) throws(StoreFault) -> Int {
        let row = try transaction.row(
            """
            SELECT COUNT(*) AS count FROM
                (SELECT 1 AS one FROM notice WHERE person = \(person) AND read_at IS NULL LIMIT 1000) AS unread
            """)
        return try row?("count") ?? 0
    }

    /// Marks a person's notices as read, up to a place in the trail.
    public func markRead(of person: ID<Person>, upTo entry: Int64, at moment: Timestamp) throws(StoreFault) {
        try transaction.run(
            """
            UPDATE notice SET read_at = \(moment) WHERE person = \(person) AND entry <= \(entry) AND read_at IS NULL
            """)
    }
}
