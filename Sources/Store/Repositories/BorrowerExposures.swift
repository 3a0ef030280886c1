import Access
import Credit
import Statistics
import Vocabulary

extension Transaction {
    /// What books have out to each borrower.
    public var borrowerExposures: BorrowerExposures { BorrowerExposures(transaction: self) }
}

/// What a book that counts has out in loans that are green or in doubt to a borrower, or for a project.
public struct ExposureLine: Sendable, Equatable {
    public let period: ReportingPeriod
    public let organisation: ID<Organisation>
    public let lender: String
    /// Where the lender sits.
    public let region: RegionCode
    public let book: ID<BookRecord>
    public let assessment: Int64
    public let facilities: Int
    public let balance: Int128
    public let green: Int128
    /// The lines of the loans, as far as they are kept.
    public let lines: [Int]

    /// Where it stands, as far as permissions look at it.
    public var placement: Placement { Placement(organisation: organisation, kind: .lender, region: region) }
}

/// What books have out to each borrower, as it is kept.
public struct BorrowerExposures {
    let transaction: any Transaction

    /// Keeps the exposures of an assessment; those of a failed attempt are there no more.
    public func insert(_ exposures: [BorrowerExposure], assessment: Int64) throws(StoreFault) {
        try transaction.copy(
            into: "borrower_exposure",
            ["borrower", "assessment", "facilities", "balance", "green", "in_doubt", "lines", "also"],
            exposures.lazy.map { exposure in
                let lines = exposure.lines.prefix(ProjectExposures.mostLines).map { String($0) }.joined(separator: " ")
                let also = exposure.also.sorted().prefix(Self.mostAlso).joined(separator: "\n")
                return [
                    .text(exposure.trace.text.withoutNUL), .integer(assessment),
                    .integer(Int64(exposure.lines.count)), .integer(Int64(clamping: exposure.balance)),
                    .integer(Int64(clamping: exposure.green)), .integer(Int64(clamping: exposure.inDoubt)),
                    .text(lines), .text(also.withoutNUL),
                ]
            })
    }

    private static let mostAlso = 20

    /// What books that count and that grants cover have out to a borrower, the latest month first.
    public func list(_ trace: String, _ grants: [Grant], limit: Int) throws -> [ExposureLine] {
        try transaction.rows(
            """
            SELECT \(Self.columns) FROM borrower_exposure AS e
                JOIN book ON book.assessment = e.assessment AND book.state = 'accepted'
                JOIN assessment ON assessment.number = e.assessment AND assessment.exposures = 1
                JOIN organisation ON organisation.id = book.organisation
            WHERE e.borrower = \(trace) AND e.facilities > 0 AND \(GrantCondition.books(grants))
            ORDER BY period DESC, balance DESC, lender_id LIMIT \(limit)
            """
        ).map { try Self.line($0) }
    }

    /// The other traces that such books state with one.
    public func also(_ trace: String, _ grants: [Grant]) throws -> Set<String> {
        let rows = try transaction.rows(
            """
            SELECT DISTINCT e.also AS also FROM borrower_exposure AS e
                JOIN book ON book.assessment = e.assessment AND book.state = 'accepted'
                JOIN organisation ON organisation.id = book.organisation
            WHERE e.borrower = \(trace) AND e.also <> '' AND \(GrantCondition.books(grants))
            """)
        return Set(try rows.flatMap { try $0("also", as: String.self).split(separator: "\n").map(String.init) })
    }

    static let columns: SQL = """
        book.period AS period, book.organisation AS lender_id, organisation.name AS lender,
        organisation.region AS lender_region, book.id AS book, e.assessment AS assessment, e.facilities AS facilities,
        e.balance AS balance, e.green AS green, e.lines AS lines
        """

    static func line(_ row: Row) throws -> ExposureLine {
        ExposureLine(
            period: try row("period"), organisation: try row("lender_id"),
            lender: try row("lender"), region: try row("lender_region"), book: try row("book"),
            assessment: try row("assessment"), facilities: try row("facilities"),
            balance: Int128(try row("balance", as: Int64.self)), green: Int128(try row("green", as: Int64.self)),
            lines: try row("lines", as: String.self).split(separator: " ").compactMap { Int($0) })
    }
}
