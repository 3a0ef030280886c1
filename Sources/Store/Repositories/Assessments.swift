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

/// The goings over of books by one state of the rules. Each has its own snapshots, which nobody sees before it is kept.
public struct Assessments {
    let transaction: any Transaction

    /// Begins one. Those of the same book that were under way are dead: their process is.
    /// - Parameters:
    ///   - standard: By which the book is judged.
    ///   - library: The state of the rules.
    /// - Returns: Its number.
    public func begin(
        _ book: ID<BookRecord>, standard: String, library: String, at moment: Timestamp
    ) throws(StoreFault) -> Int64 {
        let row = try transaction.row(
            "UPDATE assessment_head SET next = next + 1 WHERE id = 1 RETURNING next - 1 AS number")
        guard let row else { throw StoreFault.statement("assessment_head has no row") }
        let number: Int64 = try row("number")
        try bury(book)
        try transaction.run(
            """
            INSERT INTO assessment (number, book, state, standard, library, begun_at)
            VALUES (\(number), \(book), 'under_way', \(standard), \(library), \(moment))
            """)
        return number
    }

    /// Lets an assessment count.
    public func keep(_ number: Int64, _ statement: StatementDigests) throws(StoreFault) {
        try transaction.run(
            """
            UPDATE assessment SET state = 'kept', statement_page = \(statement.page),
                statement_workbook = \(statement.workbook), statement_data = \(statement.data)
            WHERE number = \(number)
            """)
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
        if cleared < limit { try transaction.run("DELETE FROM assessment WHERE number = \(number) AND state = 'dead'") }
        return true
    }
}
