import Access
import Credit
import Vocabulary

extension Transaction {
    /// The goings over of books.
    public var assessments: Assessments { Assessments(transaction: self) }
}

/// The statement of a book, as contents.
public struct StatementDigests: Sendable, Hashable {
    /// The page that opens in any browser.
    public let page: String
    public let workbook: String
    /// The JSON document.
    public let data: String

    public init(page: String, workbook: String, data: String) {
        self.page = page
        self.workbook = workbook
        self.data = data
    }
}

/// A going over of a book that counts or counted.
public struct AssessmentRecord: Sendable, Equatable {
    public let number: Int64
    /// SHA-256 over the state of the rules, in hexadecimal digits.
    public let library: String
    public let begunAt: Timestamp
    public let keptAt: Timestamp?
    /// Up to which change of the lender's decisions it took them in.
    public let change: Int64
    /// How many decisions it took in.
    public let decisions: Int
    /// Who asked for it; nil where the book's arrival did.
    public let askedBy: String?
    /// What it says otherwise than the one before it of the same book; nil for the first.
    public let changes: BookChanges?
}

/// The goings over of books by one state of the rules. Each has its own snapshots, which nobody sees before it is kept.
public struct Assessments {
    let transaction: any Transaction

    /// Begins one. Those of the same book that were under way are dead: their process is.
    /// - Parameters:
    ///   - standard: By which the book is judged.
    ///   - library: The state of the rules.
    ///   - change: Up to which change of the lender's decisions it takes them in.
    ///   - decisions: How many these are.
    /// - Returns: Its number.
    public func begin(
        _ book: ID<BookRecord>, standard: String, library: String, change: Int64 = 0, decisions: Int = 0,
        at moment: Timestamp
    ) throws(StoreFault) -> Int64 {
        let row = try transaction.row(
            "UPDATE assessment_head SET next = next + 1 WHERE id = 1 RETURNING next - 1 AS number")
        guard let row else { throw StoreFault.statement("assessment_head has no row") }
        let number: Int64 = try row("number")
        try bury(book)
        try transaction.run(
            """
            INSERT INTO assessment (number, book, state, standard, library, begun_at, review_change, decisions)
            VALUES (\(number), \(book), 'under_way', \(standard), \(library), \(moment), \(change), \(decisions))
            """)
        return number
    }

    /// Lets an assessment count.
    /// - Parameters:
    ///   - person: Who asked for it; nil where the book's arrival did.
    ///   - replaced: The one of the same book that counted so far.
    ///   - changes: What it says otherwise than that one.
    public func keep(
        _ number: Int64, _ statement: StatementDigests, askedBy person: ID<Person>? = nil,
        replaces replaced: Int64? = nil,
        changes: BookChanges? = nil, at moment: Timestamp
    ) throws {
        let told = try changes.map { String(decoding: try $0.json.canonicalBytes(), as: UTF8.self) }
        try transaction.run(
            """
            UPDATE assessment SET state = 'kept', statement_page = \(statement.page),
                statement_workbook = \(statement.workbook), statement_data = \(statement.data), asked_by = \(person),
                kept_at = \(moment), replaces = \(replaced), changes = \(told)
            WHERE number = \(number)
            """)
    }

    /// The goings over of a book that count or counted, the last first.
    public func list(of book: ID<BookRecord>, limit: Int) throws -> [AssessmentRecord] {
        try transaction.rows(
            """
            SELECT assessment.number, assessment.library, assessment.begun_at, assessment.kept_at,
                assessment.review_change, assessment.decisions, assessment.changes, person.name AS asked_by
            FROM assessment LEFT JOIN person ON person.id = assessment.asked_by
            WHERE assessment.book = \(book) AND assessment.state = 'kept'
            ORDER BY assessment.number DESC LIMIT \(limit)
            """
        ).map { row in
            let told: String? = try row("changes")
            let changes = try told.flatMap { BookChanges(json: try JSONValue.parse($0, limits: .ofStore)) }
            return AssessmentRecord(
                number: try row("number"), library: try row("library"), begunAt: try row("begun_at"),
                keptAt: try row("kept_at"), change: try row("review_change", as: Int64?.self) ?? 0,
                decisions: try row("decisions", as: Int?.self) ?? 0, askedBy: try row("asked_by"), changes: changes)
        }
    }

    /// Gives up what is under way of a book.
    public func bury(_ book: ID<BookRecord>) throws(StoreFault) {
        try transaction.run("UPDATE assessment SET state = 'dead' WHERE book = \(book) AND state = 'under_way'")
    }

    public func statement(_ number: Int64) throws(StoreFault) -> StatementDigests? {
        let row = try transaction.row(
            """
            SELECT statement_page, statement_workbook, statement_data FROM assessment
            WHERE number = \(number) AND statement_page IS NOT NULL
            """)
        guard let row else { return nil }
        return StatementDigests(
            page: try row("statement_page"), workbook: try row("statement_workbook"), data: try row("statement_data"))
    }

    /// Whether there is a dead one to clear away.
    public func hasDead() throws(StoreFault) -> Bool {
        try transaction.row("SELECT number FROM assessment WHERE state = 'dead' LIMIT 1") != nil
    }

    /// Clears some snapshots of a dead assessment away, and the assessment itself behind the last.
    /// - Returns: Whether there was anything to clear away.
    public func clearDead(limit: Int) throws(StoreFault) -> Bool {
        let row = try transaction.row("SELECT number FROM assessment WHERE state = 'dead' ORDER BY number LIMIT 1")
        guard let row else { return false }
        let number: Int64 = try row("number")
        let cleared = try transaction.run(
            """
            DELETE FROM facility_snapshot WHERE assessment = \(number) AND line IN
                (SELECT line FROM facility_snapshot WHERE assessment = \(number) ORDER BY line LIMIT \(limit))
            """)
        guard cleared < limit else { return true }
        for table: SQL in ["cube_cell", "cube_benefit"] {
            try transaction.run("DELETE FROM \(table) WHERE assessment = \(number)")
        }
        try transaction.run("DELETE FROM assessment WHERE number = \(number) AND state = 'dead'")
        return true
    }
}
