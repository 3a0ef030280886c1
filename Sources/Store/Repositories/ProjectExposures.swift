import Access
import Credit
import Statistics
import Vocabulary

extension Transaction {
    /// What books have out for each project.
    public var projectExposures: ProjectExposures { ProjectExposures(transaction: self) }
}

/// What the book of a lender has out for a project, for looking over all of a month.
public struct ExposureRecord: Sendable, Hashable {
    public let organisation: ID<Organisation>
    public let assessment: Int64
    /// Its place among the exposures of the assessment.
    public let position: Int
    public let traces: ProjectTraces
    public let facilities: Int
    public let balance: Int128
    public let cost: Money?
}

/// What books have out for each project, as it is kept.
public struct ProjectExposures {
    let transaction: any Transaction

    /// How many lines of an exposure are kept: a project with more loans in one book is no less found.
    public static let mostLines = 200

    /// Whether the exposures of a book are wanted that counts, and are not there: its month.
    public func periodDue() throws -> ReportingPeriod? {
        let row = try transaction.row(
            """
            SELECT book.period FROM assessment JOIN book ON book.id = assessment.book
            WHERE assessment.state = 'kept' AND assessment.exposures = 0 ORDER BY assessment.number DESC LIMIT 1
            """)
        return try row?("period")
    }

    /// The assessments of a month that count and whose exposures are not there.
    public func due(at period: ReportingPeriod) throws -> [Int64] {
        try transaction.rows(
            """
            SELECT assessment.number FROM assessment JOIN book ON book.assessment = assessment.number
            WHERE assessment.state = 'kept' AND assessment.exposures = 0 AND book.state = 'accepted'
                AND book.period = \(period) ORDER BY assessment.number
            """
        ).map { try $0("number") }
    }

    /// Makes do without the exposures of assessments of a month that do not count any more; of all of the month, where the work was
    /// given up.
    public func passOver(at period: ReportingPeriod, all: Bool = false) throws(StoreFault) {
        let counting: SQL =
            all
            ? "" : "AND number NOT IN (SELECT assessment FROM book WHERE state = 'accepted' AND assessment IS NOT NULL)"
        try transaction.run(
            """
            UPDATE assessment SET exposures = 2 WHERE state = 'kept' AND exposures = 0
                AND book IN (SELECT id FROM book WHERE period = \(period)) \(counting)
            """)
    }

    /// Keeps the exposures of an assessment.
    /// - Returns: Whether they were kept; not if they are there already.
    @discardableResult public func insert(
        _ exposures: [ProjectExposure], assessment: Int64
    ) throws(StoreFault) -> Bool {
        let isNew = try transaction.run(
            "UPDATE assessment SET exposures = 1 WHERE number = \(assessment) AND exposures = 0")
        guard isNew == 1 else { return false }
        try transaction.copy(
            into: "project_exposure",
            [
                "assessment", "position", "code", "owned", "named", "facilities", "balance", "green", "cost", "lines",
            ],
            exposures.enumerated().lazy.map { position, exposure in
                let traces = exposure.traces
                let lines = exposure.lines.prefix(Self.mostLines).map { String($0) }.joined(separator: " ")
                return [
                    .integer(assessment), .integer(Int64(position)), Self.text(traces.code), Self.text(traces.owned),
                    Self.text(traces.named), .integer(Int64(exposure.lines.count)),
                    .integer(Int64(clamping: exposure.balance)), .integer(Int64(clamping: exposure.green)),
                    exposure.cost.sqlValue, .text(lines),
                ]
            })
        return true
    }

    private static func text(_ text: String?) -> SQLValue { text.map { .text($0.withoutNUL) } ?? .null }

    /// Hands over all exposures of the books of a month that count, one by one.
    public func each(at period: ReportingPeriod, _ body: (ExposureRecord) throws -> Void) throws {
        let query: SQL = """
            SELECT book.organisation AS organisation, e.assessment AS assessment, e.position AS position, e.code AS code,
                e.owned AS owned, e.named AS named, e.facilities AS facilities, e.balance AS balance, e.cost AS cost
            FROM book JOIN assessment ON assessment.number = book.assessment AND assessment.exposures = 1
                JOIN project_exposure AS e ON e.assessment = book.assessment
            WHERE book.state = 'accepted' AND book.period = \(period) ORDER BY e.assessment, e.position
            """
        try transaction.each(query) { row in try body(Self.record(row)) }
    }

    /// What books that count and that grants cover have out for a project, the latest month first.
    /// - Parameter traces: Of the project; those that it has not are passed over. With a code, loans under other codes are not its own.
    public func list(_ traces: ProjectTraces, _ grants: [Grant], limit: Int) throws -> [ExposureLine] {
        var known: [SQL] = []
        if let code = traces.code { known.append("e.code = \(code)") }
        if let named = traces.named { known.append("(e.named = \(named) AND e.code IS NULL)") }
        guard !known.isEmpty else { return [] }
        return try transaction.rows(
            """
            SELECT \(BorrowerExposures.columns) FROM project_exposure AS e
                JOIN book ON book.assessment = e.assessment AND book.state = 'accepted'
                JOIN assessment ON assessment.number = e.assessment AND assessment.exposures = 1
                JOIN organisation ON organisation.id = book.organisation
            WHERE (\(SQL.joined(known, by: " OR "))) AND \(GrantCondition.books(grants))
            ORDER BY period DESC, balance DESC, lender_id, e.position LIMIT \(limit)
            """
        ).map { try BorrowerExposures.line($0) }
    }

    /// The lines of loans behind an exposure, as far as they are kept.
    public func lines(_ assessment: Int64, _ position: Int) throws(StoreFault) -> [Int] {
        let row = try transaction.row(
            "SELECT lines FROM project_exposure WHERE assessment = \(assessment) AND position = \(position)")
        guard let row else { return [] }
        return try row("lines", as: String.self).split(separator: " ").compactMap { Int($0) }
    }

    private static func record(_ row: Row) throws -> ExposureRecord {
        ExposureRecord(
            organisation: try row("organisation"), assessment: try row("assessment"), position: try row("position"),
            traces: ProjectTraces(code: try row("code"), owned: try row("owned"), named: try row("named")),
            facilities: try row("facilities"), balance: Int128(try row("balance", as: Int64.self)),
            cost: try row("cost"))
    }
}
