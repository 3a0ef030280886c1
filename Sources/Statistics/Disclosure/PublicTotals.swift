import Credit
import Vocabulary

/// The totals of a month that everybody may see, as they were published: a supervisor's lenders added up, with what could tell of one
/// lender or one customer withheld. Each edition has tables of its own; they are never added.
public struct PublicTotals: Sendable, Equatable {
    /// A line of a table; without figures where they are withheld.
    public struct Line: Sendable, Equatable {
        /// Empty for what is not stated.
        public let value: String
        public let green: LoanSum?

        public init(value: String, green: LoanSum?) {
            self.value = value
            self.green = green
        }
    }

    public struct Table: Sendable, Equatable {
        public let by: CubeGrouping
        public let lines: [Line]

        public init(by: CubeGrouping, lines: [Line]) {
            self.by = by
            self.lines = lines
        }
    }

    public struct Edition: Sendable, Equatable {
        public let standard: String
        /// All green loans, conditions shown or still to be shown.
        public let green: LoanSum
        public let tables: [Table]
        /// Yearly benefits by the indicator's id, in its unit; without those that are withheld.
        public let benefits: [String: Double]

        public init(standard: String, green: LoanSum, tables: [Table], benefits: [String: Double]) {
            self.standard = standard
            self.green = green
            self.tables = tables
            self.benefits = benefits
        }
    }

    /// How many lenders' books are in it.
    public let lenders: Int
    /// All loans of these, green or not; nil where withheld.
    public let loans: LoanSum?
    public let rule: DisclosureRule
    /// The catalogue in force first; those of which not even the total may be shown are left out.
    public let editions: [Edition]
    /// The assessments that it was added up from, so that a later version can tell what changed.
    public let assessments: [Int64]

    public init(
        lenders: Int, loans: LoanSum?, rule: DisclosureRule, editions: [Edition], assessments: [Int64]
    ) {
        self.lenders = lenders
        self.loans = loans
        self.rule = rule
        self.editions = editions
        self.assessments = assessments
    }
}

/// What a lender has in a cell, for putting public totals together.
public struct LenderCell: Sendable {
    public let lender: String
    public let standard: String
    public let value: String
    public let sum: CubeSum

    public init(lender: String, standard: String, value: String, sum: CubeSum) {
        self.lender = lender
        self.standard = standard
        self.value = value
        self.sum = sum
    }
}

/// A benefit of a lender's loans.
public struct LenderBenefit: Sendable {
    public let lender: String
    public let standard: String
    public let indicator: String
    public let value: Double

    public init(lender: String, standard: String, indicator: String, value: Double) {
        self.lender = lender
        self.standard = standard
        self.indicator = indicator
        self.value = value
    }
}

extension DisclosureRule {
    /// Puts public totals together.
    /// - Parameters:
    ///   - totals: Of each lender and edition, without a value.
    ///   - tables: The same told apart by groupings.
    ///   - benefits: Of each lender, edition and indicator.
    ///   - first: The edition that stands first: the catalogue in force.
    public func totals(
        _ totals: [LenderCell], tables: [(by: CubeGrouping, cells: [LenderCell])], benefits: [LenderBenefit],
        assessments: [Int64], first: String
    ) -> PublicTotals {
        var all = Contributions()
        for cell in totals {
            all.add(.init(loans: cell.sum.loans.rows, amount: cell.sum.loans.fen), of: cell.lender, largest: 0)
        }
        let standards = Set(totals.map(\.standard)).sorted { ($0 == first ? 0 : 1, $0) < ($1 == first ? 0 : 1, $1) }
        let editions = standards.compactMap { standard -> PublicTotals.Edition? in
            let green = Self.green(totals.filter { $0.standard == standard })
            guard allows(green) else { return nil }
            let told = tables.compactMap { by, cells in
                table(by, cells.filter { $0.standard == standard && $0.sum.green.rows > 0 })
            }
            return PublicTotals.Edition(
                standard: standard, green: LoanSum(rows: green.loans, fen: green.total), tables: told,
                benefits: figures(benefits.filter { $0.standard == standard }))
        }
        return PublicTotals(
            lenders: Set(totals.map(\.lender)).count,
            loans: allows(all) ? LoanSum(rows: all.loans, fen: all.total) : nil, rule: self, editions: editions,
            assessments: assessments)
    }

    private static func green(_ cells: [LenderCell]) -> Contributions {
        var sum = Contributions()
        for cell in cells {
            sum.add(
                .init(loans: cell.sum.green.rows, amount: cell.sum.green.fen), of: cell.lender,
                largest: Int128(cell.sum.largest))
        }
        return sum
    }

    private func table(_ by: CubeGrouping, _ cells: [LenderCell]) -> PublicTotals.Table? {
        let lines = Dictionary(grouping: cells, by: \.value).map { ($0, Self.green($1)) }
            .sorted { ($0.1.total, $1.0) > ($1.1.total, $0.0) }
        guard let shown = shown(lines.map(\.1)) else { return nil }
        return PublicTotals.Table(
            by: by,
            lines: zip(lines, shown).map { line, isShown in
                PublicTotals.Line(
                    value: line.0, green: isShown ? LoanSum(rows: line.1.loans, fen: line.1.total) : nil)
            })
    }

    /// Benefits of enough lenders of which none has nearly all.
    private func figures(_ benefits: [LenderBenefit]) -> [String: Double] {
        Dictionary(grouping: benefits, by: \.indicator).compactMapValues { parts in
            let byLender = Dictionary(grouping: parts, by: \.lender).mapValues { $0.reduce(0) { $0 + abs($1.value) } }
                .filter { $0.value > 0 }
            let total = byLender.values.reduce(0, +)
            guard byLender.count >= lenders, let largest = byLender.values.max(),
                largest * 100 <= total * Double(largestPart)
            else { return nil }
            return parts.map(\.value).sorted().reduce(0, +)
        }
    }
}
