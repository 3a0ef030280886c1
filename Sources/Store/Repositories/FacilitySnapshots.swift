import Access
import Credit
import Standards
import Vocabulary

extension Transaction {
    /// The facilities as books state them.
    public var facilitySnapshots: FacilitySnapshots { FacilitySnapshots(transaction: self) }
}

/// Which facilities of a book a list shows.
public struct FacilityFilter: Sendable, Equatable {
    public var decision: LoanDecision?
    public var item: ItemCode?
    public var loanID: String?
    /// Part of the borrower's name, of the purpose or of the project's.
    public var words = ""

    public init() {}
}

/// Snapshots of an assessment on their way into the store, made ready outside the transaction that writes them.
public struct SnapshotRows: Sendable {
    fileprivate private(set) var values: [[SQLValue]] = []

    public init() {}

    public init(_ snapshots: [FacilitySnapshot], assessment: Int64) {
        values = snapshots.map { SnapshotRow.values($0, assessment: assessment) }
    }

    public var count: Int { values.count }

    public static func += (left: inout SnapshotRows, right: SnapshotRows) { left.values += right.values }
}

/// A facility that another version of its book states otherwise; nil where one of them lacks it.
public struct FacilityChange: Sendable, Equatable {
    public let before: FacilitySnapshot?
    public let after: FacilitySnapshot?

    /// The lender's number of the facility.
    public var loanID: String { after?.loanID ?? before?.loanID ?? "" }
}

/// A facility as the book of a month that counts states it.
public struct FacilityMonth: Sendable, Equatable {
    public let period: ReportingPeriod
    public let book: ID<BookRecord>
    public let facility: FacilitySnapshot
}

/// A loan that was looked for by its number, as the book of a month that counts states it.
public struct FoundLoan: Sendable, Equatable {
    public let organisation: ID<Organisation>
    public let lender: String
    public let region: RegionCode
    public let month: FacilityMonth

    /// Where it stands, as far as permissions look at it.
    public var placement: Placement { Placement(organisation: organisation, kind: .lender, region: region) }
}

/// The facilities as books state them, as they are kept.
public struct FacilitySnapshots {
    let transaction: any Transaction

    /// Keeps snapshots of an assessment.
    public func insert(_ rows: SnapshotRows) throws(StoreFault) {
        try transaction.copy(into: "facility_snapshot", SnapshotRow.names, rows.values)
    }

    /// The facilities of an assessment in the order of the book.
    /// - Parameter after: The line of the last one of the page before; 0 for the first page.
    public func list(
        _ assessment: Int64, _ filter: FacilityFilter = FacilityFilter(), after line: Int = 0, limit: Int
    ) throws -> [FacilitySnapshot] {
        var conditions: [SQL] = ["assessment = \(assessment)", "line > \(line)"]
        if let decision = filter.decision {
            conditions.append("decision = \(decision)")
            // The index has only these: most loans are not green, and are found without it.
            if decision != .notGreen { conditions.append("decision <> 'not_green'") }
        }
        if let item = filter.item { conditions.append("item = \(item)") }
        if let loanID = filter.loanID { conditions.append("loan_id = \(loanID)") }
        for word in filter.words.split(separator: " ").prefix(5) {
            let (borrower, purpose, project) = (
                SQL.contains("borrower", String(word)), SQL.contains("purpose", String(word)),
                SQL.contains("project_name", String(word))
            )
            conditions.append("(\(borrower) OR \(purpose) OR \(project))")
        }
        return try transaction.rows(
            """
            SELECT \(SnapshotRow.columns) FROM facility_snapshot WHERE \(SQL.joined(conditions, by: " AND "))
            ORDER BY assessment, line LIMIT \(limit)
            """
        ).map { try SnapshotRow.snapshot($0) }
    }

    /// What one assessment has otherwise than an earlier one, facility by facility.
    public func changes(from before: Int64, to after: Int64) throws -> BookChanges {
        var changes = BookChanges()
        let added = try only(after, lackedBy: before)
        let removed = try only(before, lackedBy: after)
        (changes.added, changes.removed) = (added.balance, removed.balance)
        changes.greenDifference = added.green.fen - removed.green.fen
        let changed = try transaction.row(
            """
            SELECT COUNT(*) AS count, \(WideSum.of("n.balance", "balance")), \(WideSum.of("n.green", "green")),
                \(WideSum.of("o.balance", "old_balance")), \(WideSum.of("o.green", "old_green"))
            FROM facility_snapshot AS n JOIN facility_snapshot AS o
                ON o.assessment = \(before) AND o.loan_id = n.loan_id
            WHERE n.assessment = \(after) AND \(Self.differs)
            """)
        if let changed {
            changes.changed = try changed("count")
            changes.balanceDifference =
                try WideSum.value(changed, "balance") - WideSum.value(changed, "old_balance")
            changes.greenDifference += try WideSum.value(changed, "green") - WideSum.value(changed, "old_green")
        }
        return changes
    }

    /// What of one assessment another has not.
    private func only(_ one: Int64, lackedBy other: Int64) throws -> (balance: LoanSum, green: LoanSum) {
        let row = try transaction.row(
            """
            SELECT COUNT(*) AS count, \(WideSum.of("s.balance", "balance")), \(WideSum.of("s.green", "green"))
            FROM facility_snapshot AS s WHERE s.assessment = \(one) AND NOT EXISTS
                (SELECT 1 FROM facility_snapshot AS o WHERE o.assessment = \(other) AND o.loan_id = s.loan_id)
            """)
        guard let row else { return (LoanSum(), LoanSum()) }
        let count: Int = try row("count")
        return (
            LoanSum(rows: count, fen: try WideSum.value(row, "balance")),
            LoanSum(rows: count, fen: try WideSum.value(row, "green"))
        )
    }

    /// The facilities that two assessments have otherwise, in the order of the lender's numbers.
    /// - Parameter after: The number of the last one of the page before; nil for the first page.
    public func differences(
        from before: Int64, to later: Int64, after loanID: String? = nil, limit: Int
    ) throws -> [FacilityChange] {
        let behind: SQL = loanID.map { "AND n.loan_id > \($0)" } ?? ""
        let gone: SQL = loanID.map { "AND o.loan_id > \($0)" } ?? ""
        // Each in the order of an index and no further than the page; then the two are put together.
        let there = try transaction.rows(
            """
            SELECT n.loan_id FROM facility_snapshot AS n LEFT JOIN facility_snapshot AS o
                ON o.assessment = \(before) AND o.loan_id = n.loan_id
            WHERE n.assessment = \(later) \(behind) AND (o.loan_id IS NULL OR \(Self.differs))
            ORDER BY n.assessment, n.loan_id LIMIT \(limit)
            """)
        let removed = try transaction.rows(
            """
            SELECT o.loan_id FROM facility_snapshot AS o WHERE o.assessment = \(before) \(gone) AND NOT EXISTS
                (SELECT 1 FROM facility_snapshot AS n WHERE n.assessment = \(later) AND n.loan_id = o.loan_id)
            ORDER BY o.assessment, o.loan_id LIMIT \(limit)
            """)
        let ids: [String] = try (there + removed).map { try $0("loan_id") }
        // By their bytes, as the engines sort them.
        return try ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(limit).map { id in
            FacilityChange(before: try find(id, in: before), after: try find(id, in: later))
        }
    }

    /// The facilities of an assessment that are in doubt and of which nobody has said anything that holds or waits for a second
    /// person, the largest first.
    /// - Parameter after: The last of the page before.
    public func inDoubt(
        _ assessment: Int64, of organisation: ID<Organisation>, after: (balance: Money, line: Int)? = nil, limit: Int
    ) throws -> [FacilitySnapshot] {
        let behind: SQL =
            after.map { "AND (s.balance < \($0.balance) OR (s.balance = \($0.balance) AND s.line > \($0.line)))" } ?? ""
        return try transaction.rows(
            """
            SELECT \(SnapshotRow.columns(of: "s")) FROM facility_snapshot AS s
            WHERE s.assessment = \(assessment) AND s.decision = 'review' \(behind)
                AND NOT EXISTS (SELECT 1 FROM review_decision AS d WHERE d.organisation = \(organisation)
                    AND d.loan_id = s.loan_id AND d.state = 'proposed')
                AND NOT EXISTS (SELECT 1 FROM review_decision AS d WHERE d.organisation = \(organisation)
                    AND d.loan_id = s.loan_id AND d.state = 'in_force' AND \(Self.holds))
            ORDER BY s.balance DESC, s.line LIMIT \(limit)
            """
        ).map { try SnapshotRow.snapshot($0) }
    }

    /// Whether a decision `d` in force is a verdict that holds of a facility `s`: the same rule as `PersonDecision.holds`.
    private static let holds: SQL = """
        d.verdict <> 'as_found' AND (d.verdict = 'not_green' OR d.standard = s.standard) AND (d.alone_up_to IS NULL OR s.balance <= d.alone_up_to)
            AND d.borrower = s.borrower AND d.purpose = s.purpose AND d.project_name = s.project_name
        """

    /// A facility of an assessment by its line in the book.
    public func find(line: Int, in assessment: Int64) throws -> FacilitySnapshot? {
        let row = try transaction.row(
            """
            SELECT \(SnapshotRow.columns) FROM facility_snapshot
            WHERE assessment = \(assessment) AND line = \(line)
            """)
        guard let row else { return nil }
        return try SnapshotRow.snapshot(row)
    }

    /// A facility of an assessment by the lender's number.
    public func find(_ loanID: String, in assessment: Int64) throws -> FacilitySnapshot? {
        let row = try transaction.row(
            """
            SELECT \(SnapshotRow.columns) FROM facility_snapshot
            WHERE assessment = \(assessment) AND loan_id = \(loanID)
            """)
        guard let row else { return nil }
        return try SnapshotRow.snapshot(row)
    }

    /// A lender's facility in the books that count, the latest month first: by the lender's number.
    public func history(_ loanID: String, of organisation: ID<Organisation>, limit: Int) throws -> [FacilityMonth] {
        try transaction.rows(
            """
            SELECT book.period AS book_period, book.id AS book_id, \(SnapshotRow.columns(of: "s"))
            FROM book JOIN facility_snapshot AS s ON s.assessment = book.assessment AND s.loan_id = \(loanID)
            WHERE book.organisation = \(organisation) AND book.state = 'accepted'
            ORDER BY book.period DESC LIMIT \(limit)
            """
        ).map { row in
            FacilityMonth(
                period: try row("book_period"), book: try row("book_id"),
                facility: try SnapshotRow.snapshot(row))
        }
    }

    /// The loans of a number in books that count and that grants cover, of each lender in its latest month; the latest first.
    public func search(loanID: String, _ grants: [Grant], limit: Int) throws -> [FoundLoan] {
        // From each book to its loan by the index: as many searches as there are books, none through the loans. Which month of a lender
        // is its latest is told afterwards: asked in the same statement it is looked for before the loan, book by book.
        let rows = try transaction.rows(
            """
            SELECT organisation.id AS lender_id, organisation.name AS lender, organisation.region AS lender_region,
                book.period AS book_period, book.id AS book_id, book.assessment AS number,
                (SELECT s.line FROM facility_snapshot AS s
                    WHERE s.assessment = book.assessment AND s.loan_id = \(loanID)) AS line
            FROM book JOIN organisation ON organisation.id = book.organisation
            WHERE book.state = 'accepted' AND \(GrantCondition.books(grants))
            ORDER BY book.period DESC, book.organisation
            """)
        var found: [FoundLoan] = []
        var lenders: Set<ID<Organisation>> = []
        for row in rows where found.count < limit {
            let (lender, line): (ID<Organisation>, Int?) = (try row("lender_id"), try row("line"))
            guard let line, lenders.insert(lender).inserted, let facility = try find(line: line, in: try row("number"))
            else { continue }
            found.append(
                FoundLoan(
                    organisation: lender, lender: try row("lender"), region: try row("lender_region"),
                    month: FacilityMonth(
                        period: try row("book_period"), book: try row("book_id"), facility: facility)))
        }
        return found
    }

    /// Whether the new row `n` states something else than the old row `o`, or something else was found of it.
    private static let differs: SQL = """
        (n.stated <> o.stated OR n.decision <> o.decision OR n.item IS DISTINCT FROM o.item
            OR n.standard <> o.standard OR n.verdict IS DISTINCT FROM o.verdict)
        """
}

/// Sums of money in 128 bits: a hostile book may hold ten million of the largest amounts, and one sum beyond 64 bits would end the
/// transaction. Thousands of millions and what is left of them are added apart.
enum WideSum {
    static let part: Int64 = 1_000_000_000

    /// The columns of a sum.
    static func of(_ column: SQL, _ name: SQL) -> SQL {
        """
        COALESCE(SUM(\(column) / \(part)), 0) AS \(name)_high, COALESCE(SUM(\(column) % \(part)), 0) AS \(name)_low
        """
    }

    /// A sum as the values of two columns; one beyond all that can be added is cut to it.
    static func parts(of sum: Int128) -> [SQLValue] {
        let limit: Int128 = 1_000_000_000_000_000 * Int128(part)
        let cut = min(max(sum, -limit), limit)
        return [.integer(Int64(cut / Int128(part))), .integer(Int64(cut % Int128(part)))]
    }

    static func value(_ row: Row, _ name: String) throws(StoreFault) -> Int128 {
        let (high, low): (Int64, Int64) = (try row("\(name)_high"), try row("\(name)_low"))
        return Int128(high) * Int128(part) + Int128(low)
    }
}
