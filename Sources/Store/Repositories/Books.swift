import Access
import Credit
import Vocabulary

extension Transaction {
    /// The monthly books of lenders.
    public var books: Books { Books(transaction: self) }
}

/// What became of a book.
public enum BookState: String, Sendable, CaseIterable, SQLConvertible {
    /// It waits for its turn, or is gone over.
    case underWay = "under_way"
    /// It counts.
    case accepted
    /// It counted until a later version was accepted.
    case replaced
    /// It has faults; nothing of it was taken.
    case returned
    /// Somebody called it off.
    case cancelled
}

/// A lender's loans at the end of a month, as a file that was sent.
public struct BookRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "bok"

    public let id: ID<BookRecord>
    /// The lender.
    public let organisation: ID<Organisation>
    public let period: ReportingPeriod
    /// Who sent it.
    public let person: ID<Person>
    public let fileName: String
    public let mediaType: String
    /// SHA-256 of the file, in hexadecimal digits.
    public let digest: String
    public let byteCount: Int64
    /// Yuan for one unit of a foreign currency, by ISO 4217 code.
    public let rates: [String: Ratio]
    /// Which header means which column, as its sender wrote it (`LedgerMapping.parse`); empty for none.
    public let mapping: String
    /// What a program chose to know the request again by; nil for people.
    public let requestKey: String?
    public let job: ID<JobRecord>
    public let receivedAt: Timestamp
    public var state = BookState.underWay
    /// Which of the accepted books of its month it is, from 1; nil before.
    public var version: Int?
    public var replaces: ID<BookRecord>?
    public var decidedAt: Timestamp?
    /// The assessment that counts; nil before.
    public var assessment: Int64?
    public var summary: BookSummary?
    /// What it says otherwise than the book that it replaced; nil where it replaced none.
    public var changes: BookChanges?
    /// How many records of a returned book have faults.
    public var faulty: Int?
    /// What is wrong with a returned book as a whole.
    public var fault: Message?

    public init(
        id: ID<BookRecord>, organisation: ID<Organisation>, period: ReportingPeriod, person: ID<Person>,
        fileName: String, mediaType: String, digest: String, byteCount: Int64, rates: [String: Ratio] = [:],
        mapping: String = "", requestKey: String? = nil, job: ID<JobRecord>, receivedAt: Timestamp
    ) {
        self.id = id
        self.organisation = organisation
        self.period = period
        self.person = person
        self.fileName = fileName
        self.mediaType = mediaType
        self.digest = digest
        self.byteCount = byteCount
        self.rates = rates
        self.mapping = mapping
        self.requestKey = requestKey
        self.job = job
        self.receivedAt = receivedAt
    }
}

/// A book with its lender and how far the work at it is, for lists.
public struct BookEntry: Sendable, Equatable {
    public let book: BookRecord
    public let lender: String
    /// Where the lender sits.
    public let region: RegionCode
    public let job: JobRecord

    /// Where it stands, as far as permissions look at it.
    public var placement: Placement {
        Placement(organisation: book.organisation, kind: .lender, region: region)
    }
}

/// Which books a list shows.
public struct BookFilter: Sendable, Equatable {
    public var organisation: ID<Organisation>?
    public var period: ReportingPeriod?
    public var state: BookState?

    public init() {}
}

/// The books as they are kept.
public struct Books {
    let transaction: any Transaction

    private static let columns: SQL = """
        book.id, book.organisation, book.period, book.person, book.file_name, book.media_type, book.digest, book.bytes,
        book.rates, book.mapping, book.request_key, book.job, book.state, book.version, book.replaces, book.received_at,
        book.decided_at, book.assessment, book.summary, book.changes, book.faulty, book.fault,
        organisation.name AS lender, organisation.region AS lender_region, \(Jobs.joined)
        """
    private static let from: SQL = """
        FROM book JOIN organisation ON organisation.id = book.organisation JOIN job ON job.id = book.job
        """

    /// Takes a book in whose pieces are there.
    /// - Returns: Whether it was taken: not if another of its month is under way, or its request key was used before.
    public func insert(_ book: BookRecord) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO book (id, organisation, period, person, file_name, media_type, digest, bytes, rates, mapping,
                request_key, job, state, received_at)
            VALUES (\(book.id), \(book.organisation), \(book.period), \(book.person), \(book.fileName),
                \(book.mediaType), \(book.digest), \(book.byteCount), \(try Self.text(Self.json(book.rates))),
                \(book.mapping), \(book.requestKey), \(book.job), \(book.state), \(book.receivedAt))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    public func find(_ id: ID<BookRecord>) throws -> BookEntry? {
        guard let row = try transaction.row("SELECT \(Self.columns) \(Self.from) WHERE book.id = \(id)") else {
            return nil
        }
        return try Self.entry(row)
    }

    /// The book that a program sent under a key of its choice.
    public func find(requestKey: String, of organisation: ID<Organisation>) throws -> BookEntry? {
        let row = try transaction.row(
            """
            SELECT \(Self.columns) \(Self.from)
            WHERE book.organisation = \(organisation) AND book.request_key = \(requestKey)
            """)
        guard let row else { return nil }
        return try Self.entry(row)
    }

    /// The book of a month that counts.
    public func inForce(_ organisation: ID<Organisation>, _ period: ReportingPeriod) throws -> BookEntry? {
        let row = try transaction.row(
            """
            SELECT \(Self.columns) \(Self.from) WHERE book.organisation = \(organisation)
                AND book.period = \(period) AND book.state = 'accepted'
            """)
        guard let row else { return nil }
        return try Self.entry(row)
    }

    /// A lender's book of the latest month that counts.
    public func latest(of organisation: ID<Organisation>) throws -> BookEntry? {
        let row = try transaction.row(
            """
            SELECT \(Self.columns) \(Self.from) WHERE book.organisation = \(organisation) AND book.state = 'accepted'
            ORDER BY book.period DESC LIMIT 1
            """)
        guard let row else { return nil }
        return try Self.entry(row)
    }

    /// Those that grants cover and a filter lets through, the last received first.
    /// - Parameter before: The last of the page before.
    public func list(
        _ grants: [Grant], _ filter: BookFilter = BookFilter(),
        before: (receivedAt: Timestamp, id: ID<BookRecord>)? = nil, limit: Int
    ) throws -> [BookEntry] {
        var conditions: [SQL] = [GrantCondition.books(grants)]
        if let organisation = filter.organisation { conditions.append("book.organisation = \(organisation)") }
        if let period = filter.period { conditions.append("book.period = \(period)") }
        if let state = filter.state { conditions.append("book.state = \(state)") }
        if let before { conditions.append("(book.received_at, book.id) < (\(before.receivedAt), \(before.id))") }
        return try transaction.rows(
            """
            SELECT \(Self.columns) \(Self.from) WHERE \(SQL.joined(conditions, by: " AND "))
            ORDER BY book.received_at DESC, book.id DESC LIMIT \(limit)
            """
        ).map { try Self.entry($0) }
    }

    /// The mapping that came with a lender's last book; nil if it never sent one.
    public func lastMapping(of organisation: ID<Organisation>) throws(StoreFault) -> String? {
        let row = try transaction.row(
            """
            SELECT mapping FROM book WHERE organisation = \(organisation) ORDER BY received_at DESC, id DESC LIMIT 1
            """)
        guard let row else { return nil }
        return try row("mapping")
    }

    /// How many books of a lender are under way.
    public func countUnderWay(of organisation: ID<Organisation>) throws(StoreFault) -> Int {
        let row = try transaction.row(
            "SELECT COUNT(*) AS count FROM book WHERE organisation = \(organisation) AND state = 'under_way'")
        return try row?("count") ?? 0
    }

    /// Ends the work at a book: it is accepted, returned or called off.
    /// - Returns: Whether it still was under way.
    public func decide(_ book: BookRecord) throws -> Bool {
        try transaction.run(
            """
            UPDATE book SET state = \(book.state), version = \(book.version), replaces = \(book.replaces),
                decided_at = \(book.decidedAt), assessment = \(book.assessment),
                summary = \(try Self.text(book.summary?.json)), changes = \(try Self.text(book.changes?.json)),
                faulty = \(book.faulty), fault = \(try Self.text(book.fault?.json))
            WHERE id = \(book.id) AND state = 'under_way'
            """) == 1
    }

    /// Lets an accepted book stand aside for a later version.
    /// - Parameter assessment: What the later version was compared with.
    /// - Returns: Whether it was accepted, and that assessment of it counted.
    public func replace(_ id: ID<BookRecord>, assessment: Int64) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE book SET state = 'replaced'
            WHERE id = \(id) AND state = 'accepted' AND assessment = \(assessment)
            """) == 1
    }

    /// Has an accepted book gone over once more.
    /// - Returns: Whether it is accepted and no work at it is open.
    public func workAgain(_ id: ID<BookRecord>, _ job: ID<JobRecord>) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE book SET job = \(job) WHERE id = \(id) AND state = 'accepted'
                AND NOT EXISTS (SELECT 1 FROM job WHERE job.id = book.job AND job.state IN ('waiting', 'running'))
            """) == 1
    }

    /// Lets a later assessment of an accepted book count.
    /// - Parameter changes: What it says otherwise than the book that this one replaced.
    /// - Returns: Whether the book is accepted still and the earlier assessment counted.
    public func count(
        _ assessment: Int64, of id: ID<BookRecord>, for earlier: Int64, _ summary: BookSummary, _ changes: BookChanges?
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE book SET assessment = \(assessment), summary = \(try Self.text(summary.json)),
                changes = \(try Self.text(changes?.json))
            WHERE id = \(id) AND state = 'accepted' AND assessment = \(earlier)
            """) == 1
    }

    /// The books of some months that count, in the order of the months.
    public func inForce(
        of organisation: ID<Organisation>, at months: [ReportingPeriod]
    ) throws -> [(period: ReportingPeriod, assessment: Int64)] {
        try transaction.rows(
            """
            SELECT period, assessment FROM book WHERE organisation = \(organisation) AND state = 'accepted'
                AND period IN (\(list: months)) AND assessment IS NOT NULL ORDER BY period
            """
        ).map { (try $0("period"), try $0("assessment")) }
    }

    private static func entry(_ row: Row) throws -> BookEntry {
        var book = BookRecord(
            id: try row("id"), organisation: try row("organisation"), period: try row("period"),
            person: try row("person"),
            fileName: try row("file_name"), mediaType: try row("media_type"), digest: try row("digest"),
            byteCount: try row("bytes"), rates: try rates(row("rates")), mapping: try row("mapping"),
            requestKey: try row("request_key"), job: try row("job"), receivedAt: try row("received_at"))
        book.state = try row("state")
        book.version = try row("version")
        book.replaces = try row("replaces")
        book.decidedAt = try row("decided_at")
        book.assessment = try row("assessment")
        book.faulty = try row("faulty")
        book.summary = try json(row("summary")).flatMap { BookSummary(json: $0) }
        book.changes = try json(row("changes")).flatMap { BookChanges(json: $0) }
        book.fault = try json(row("fault")).flatMap { Message(json: $0) }
        return BookEntry(
            book: book, lender: try row("lender"), region: try row("lender_region"),
            job: try Jobs.record(row, prefix: "job_"))
    }

    private static func json(_ rates: [String: Ratio]) -> JSONValue {
        .object(rates.mapValues { .string($0.decimalText ?? $0.description) })
    }

    private static func rates(_ text: String) throws -> [String: Ratio] {
        guard case .object(let members) = try JSONValue.parse(text) else { throw StoreFault.badColumn("rates") }
        return try members.mapValues { value in
            guard let rate = value.text.flatMap({ try? Ratio.parse($0) }) else { throw StoreFault.badColumn("rates") }
            return rate
        }
    }

    private static func text(_ json: JSONValue?) throws -> String? {
        try json.map { String(decoding: try $0.canonicalBytes(), as: UTF8.self) }
    }

    private static func json(_ text: String?) throws -> JSONValue? {
        try text.map { try JSONValue.parse($0, limits: .ofStore) }
    }
}

extension Message {
    /// For the store: what is said, in no language.
    var json: JSONValue { ["key": .string(key), "arguments": .object(arguments.mapValues(JSONValue.string))] }

    /// Reads what `json` writes; nil for anything else.
    init?(json: JSONValue) {
        guard let key = json["key"]?.text, case .object(let arguments)? = json["arguments"] else { return nil }
        self.init(key: key, arguments: arguments.compactMapValues(\.text))
    }
}
