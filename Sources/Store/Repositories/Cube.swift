import Access
import Credit
import Statistics
import Vocabulary

extension Transaction {
    /// The sums of the books that count.
    public var cube: Cube { Cube(transaction: self) }
}

/// Which cells of the cube are added up, and by what the sums are told apart.
public struct CubeSelection: Sendable, Equatable {
    public var face: CubeFace
    /// The months.
    public var periods: [ReportingPeriod]
    public var lender: ID<Organisation>?
    public var standard: String?
    /// Values that cells must have; a region stands for all that lie within it. Only dimensions that the face has.
    public var filters: [CubeDimension: String] = [:]
    public var byPeriod = false
    public var byLender = false
    /// A dimension of the face; a chapter is told from the item where the face has only that.
    public var by: CubeDimension?

    public init(face: CubeFace, periods: [ReportingPeriod]) {
        self.face = face
        self.periods = periods
    }
}

/// What a row of sums is of.
public struct CubePlace: Sendable, Hashable {
    public var period: ReportingPeriod?
    public var lender: ID<Organisation>?
    public var standard: String
    /// Of the dimension asked for; empty where it is not stated or none was asked for.
    public var value: String
}

/// Sums of books that count.
public struct CubeRow: Sendable, Equatable {
    public var place: CubePlace
    public var sum: CubeSum
}

/// A benefit of books that count.
public struct CubeBenefitRow: Sendable, Equatable {
    public var place: CubePlace
    public var indicator: String
    public var benefit: CubeBenefit
    /// All of it, in the whole parts that it was added up in (`BenefitCell.parts`).
    public var parts: Int128
}

/// The sums of the books that count, as they are kept.
public struct Cube {
    let transaction: any Transaction

    private static let cellColumns = [
        "assessment", "face", "standard", "key1", "key2", "key3", "loans", "balance", "aligned_loans", "aligned",
        "eligible_loans", "eligible", "in_doubt_loans", "in_doubt", "largest",
    ]
    private static let benefitColumns = [
        "assessment", "face", "standard", "key1", "indicator", "aligned_high", "aligned_low", "eligible_high",
        "eligible_low",
    ]

    /// Keeps the cube of an assessment, whose sums are within what money can say (`BookCube.exceedsMoney`).
    /// - Returns: Whether it was kept; not if it is there already.
    @discardableResult public func insert(_ cube: BookCube, assessment: Int64) throws -> Bool {
        let isNew = try transaction.run(
            "UPDATE assessment SET has_cube = 1 WHERE number = \(assessment) AND has_cube = 0")
        guard isNew == 1 else { return false }
        try transaction.copy(
            into: "cube_cell", Self.cellColumns,
            cube.cells.lazy.map { cell in
                let keys = (0..<3).map { SQLValue.text($0 < cell.values.count ? cell.values[$0] : "") }
                let sums = [cell.sum.loans, cell.sum.aligned, cell.sum.eligible, cell.sum.inDoubt].flatMap {
                    [SQLValue.integer(Int64($0.rows)), .integer(Int64(clamping: $0.fen))]
                }
                return [.integer(assessment), .text(cell.face.rawValue), .text(cell.standard)] + keys + sums
                    + [.integer(cell.sum.largest)]
            })
        try transaction.copy(
            into: "cube_benefit", Self.benefitColumns,
            cube.benefitCells.lazy.map { cell in
                [
                    .integer(assessment), .text(cell.face.rawValue), .text(cell.standard), .text(cell.value),
                    .text(cell.indicator),
                ] + WideSum.parts(of: cell.aligned) + WideSum.parts(of: cell.eligible)
            })
        return true
    }

    /// An assessment that counts or counted and has no cube yet: one from before there were cubes.
    public func missing() throws(StoreFault) -> Int64? {
        let row = try transaction.row(
            "SELECT number FROM assessment WHERE state = 'kept' AND has_cube = 0 ORDER BY number DESC LIMIT 1")
        guard let row else { return nil }
        return try row("number")
    }

    /// The months of which books count that grants cover, the latest first.
    public func periods(_ grants: [Grant], limit: Int) throws -> [ReportingPeriod] {
        // From one month to the one before it: a search for each month instead of a look at every book.
        try transaction.rows(
            """
            WITH RECURSIVE month (period) AS (
                SELECT MAX(period) FROM book WHERE state = 'accepted'
                UNION ALL SELECT (SELECT MAX(period) FROM book WHERE state = 'accepted' AND period < month.period)
                FROM month WHERE month.period IS NOT NULL)
            SELECT period FROM month WHERE period IS NOT NULL AND EXISTS (SELECT 1 FROM \(Self.books)
                WHERE book.state = 'accepted' AND book.period = month.period AND \(GrantCondition.books(grants)))
            ORDER BY period DESC LIMIT \(limit)
            """
        ).map { try $0("period") }
    }

    /// Of how many lenders a book of a month counts that grants cover.
    public func countLenders(_ grants: [Grant], at period: ReportingPeriod) throws(StoreFault) -> Int {
        let row = try transaction.row(
            """
            SELECT COUNT(*) AS count FROM \(Self.books)
            WHERE book.state = 'accepted' AND book.period = \(period) AND \(GrantCondition.books(grants))
            """)
        return try row?("count") ?? 0
    }

    /// The assessments of a month that count and that grants cover.
    public func assessments(_ grants: [Grant], at period: ReportingPeriod) throws -> [Int64] {
        try transaction.rows(
            """
            SELECT book.assessment AS number FROM \(Self.books)
            WHERE book.state = 'accepted' AND book.period = \(period) AND \(GrantCondition.books(grants))
            ORDER BY number
            """
        ).map { try $0("number") }
    }

    /// The lenders that some assessments are of.
    public func lenders(of assessments: some Sequence<Int64>) throws(StoreFault) -> Set<ID<Organisation>> {
        var lenders: Set<ID<Organisation>> = []
        for part in assessments.sorted().chunked(by: 1000) {
            let rows = try transaction.rows(
                """
                SELECT DISTINCT book.organisation AS organisation FROM assessment JOIN book ON book.id = assessment.book
                WHERE assessment.number IN (\(list: part))
                """)
            for row in rows { lenders.insert(try row("organisation")) }
        }
        return lenders
    }

    /// The sums of the books that grants cover.
    public func sums(_ grants: [Grant], _ selection: CubeSelection) throws -> [CubeRow] {
        let source = CubeSource(grants, selection)
        let groups = source.groups(selection)
        let rows = try transaction.rows(
            """
            SELECT \(SQL.joined(groups.map { "\($0.column) AS \($0.name)" }, by: ", ")),
                SUM(c.loans) AS loans, SUM(c.aligned_loans) AS aligned_loans, SUM(c.eligible_loans) AS eligible_loans,
                SUM(c.in_doubt_loans) AS in_doubt_loans, \(source.sums)
            FROM \(source.cells) WHERE \(source.condition(grants, selection)) AND c.loans <> 0
            GROUP BY \(SQL.joined(groups.map(\.column), by: ", "))
            """)
        return try rolledUp(rows.map { CubeRow(place: try place($0, selection), sum: try Self.sum($0)) }, selection)
    }

    /// The benefits of the books that grants cover; nothing where the face has none, or is asked by another than its first dimension.
    public func benefits(_ grants: [Grant], _ selection: CubeSelection) throws -> [CubeBenefitRow] {
        guard Self.hasBenefits(selection) else { return [] }
        let source = CubeSource(grants, selection)
        let groups = source.groups(selection)
        let columns = groups.map(\.column) + ["c.indicator"]
        let rows = try transaction.rows(
            """
            SELECT \(SQL.joined(groups.map { "\($0.column) AS \($0.name)" }, by: ", ")), c.indicator AS indicator,
                SUM(c.aligned_high) AS aligned_high, SUM(c.aligned_low) AS aligned_low,
                SUM(c.eligible_high) AS eligible_high, SUM(c.eligible_low) AS eligible_low
            FROM \(source.benefits) WHERE \(source.condition(grants, selection))
            GROUP BY \(SQL.joined(columns, by: ", "))
            """)
        var found: [Indicated: (benefit: CubeBenefit, parts: Int128)] = [:]
        for row in rows {
            let key = Indicated(place: try place(row, selection), indicator: try row("indicator"))
            let (aligned, eligible) = (try WideSum.value(row, "aligned"), try WideSum.value(row, "eligible"))
            found[key, default: (CubeBenefit(), 0)].benefit += CubeBenefit(
                aligned: Double(aligned) / BenefitCell.parts, eligible: Double(eligible) / BenefitCell.parts)
            found[key]?.parts += aligned + eligible
        }
        // What came to nothing because a book was replaced is as good as never told.
        return found.filter { $1.benefit.aligned != 0 || $1.benefit.eligible != 0 }.map {
            CubeBenefitRow(place: $0.place, indicator: $0.indicator, benefit: $1.benefit, parts: $1.parts)
        }
    }

    /// Whether benefits can be told of a selection.
    public static func hasBenefits(_ selection: CubeSelection) -> Bool {
        let first = selection.face.dimensions.first
        let asked = Set(selection.filters.keys).union(selection.by.map { [$0] } ?? [])
        return selection.face.hasBenefits
            && asked.allSatisfy { $0 == first || ($0 == .chapter && selection.face == .item) }
    }

    // MARK: Rows

    static let books: SQL = "book JOIN organisation ON organisation.id = book.organisation"

    private func place(_ row: Row, _ selection: CubeSelection) throws -> CubePlace {
        var value: String = selection.by == nil ? "" : try row("value")
        if selection.by == .chapter, selection.face == .item { value = String(value.prefix { $0 != "." }) }
        return CubePlace(
            period: selection.byPeriod ? try row("period") : nil,
            lender: selection.byLender ? try row("organisation") : nil, standard: try row("standard"), value: value)
    }

    /// Puts rows of one place together.
    private func rolledUp(_ rows: [CubeRow], _ selection: CubeSelection) -> [CubeRow] {
        guard selection.by == .chapter, selection.face == .item else { return rows }
        var sums: [CubePlace: CubeSum] = [:]
        for row in rows { sums[row.place, default: CubeSum()] += row.sum }
        return sums.map { CubeRow(place: $0, sum: $1) }
    }

    private struct Indicated: Hashable {
        let place: CubePlace
        let indicator: String
    }

    private static func sum(_ row: Row) throws -> CubeSum {
        func part(_ loans: String, _ fen: String) throws -> LoanSum {
            LoanSum(rows: try row(loans), fen: try WideSum.value(row, fen))
        }
        var sum = CubeSum()
        sum.loans = try part("loans", "balance")
        sum.aligned = try part("aligned_loans", "aligned")
        sum.eligible = try part("eligible_loans", "eligible")
        sum.inDoubt = try part("in_doubt_loans", "in_doubt")
        sum.largest = try row("largest", as: Int64?.self) ?? 0
        return sum
    }
}

extension Array {
    /// The elements in order, so many at once.
    fileprivate func chunked(by size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
