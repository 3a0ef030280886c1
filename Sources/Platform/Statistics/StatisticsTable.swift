import Access
import Credit
import Standards
import Statistics
import Store
import Vocabulary

/// Puts the sums of several months into the lines of an answer.
struct StatisticsTable {
    let rows: [StatisticsRow]
    let total: StatisticsRow

    private struct Place: Hashable {
        let standard: String?
        let value: String
    }

    /// - Parameters:
    ///   - lenders: Those that the viewer may see.
    ///   - ofGreenOnly: Whether lines without green loans say nothing.
    init(
        _ question: StatisticsQuestion, sums: [CubeRow], benefits: [CubeBenefitRow], lenders: [Organisation],
        ofGreenOnly: Bool
    ) {
        var lines: [Place: StatisticsRow] = [:]
        var total = StatisticsRow()
        let byID = Dictionary(lenders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let isSeries = question.by == .month
        for row in sums {
            let place = Self.place(of: row.place, question.by)
            let line = StatisticsRow(
                value: place.value, standard: place.standard, lender: row.place.lender.flatMap { byID[$0] })
            lines[place, default: line].add(row, question.period, isSeries: isSeries)
            total.add(row, question.period, isSeries: false)
        }
        for row in benefits {
            if isSeries || row.place.period == question.period {
                lines[Self.place(of: row.place, question.by)]?.add(row)
            }
            if row.place.period == question.period { total.add(row) }
        }
        // What only an earlier month has is told too: it fell to nothing.
        self.rows = lines.values.filter { !ofGreenOnly || $0.hasGreen }
            .map { (row: $0, item: question.by == .item ? ItemCode($0.value) : nil) }
            .sorted { Self.precedes($0, $1, question.by) }.map(\.row)
        self.total = total
    }

    /// Items and chapters of two editions are not the same, though their codes are.
    private static func place(of place: CubePlace, _ by: CubeGrouping) -> Place {
        Place(standard: by == .item || by == .chapter ? place.standard : nil, value: value(of: place, by))
    }

    private static func value(of place: CubePlace, _ by: CubeGrouping) -> String {
        switch by {
        case .month: place.period?.description ?? ""
        case .lender: place.lender?.text ?? ""
        case .chapter, .item, .mark, .quality, .region, .industry, .size: place.value
        case .prefecture:
            Int(place.value).flatMap { RegionCode($0) }.map { String(($0.prefecture ?? $0).number) } ?? ""
        case .province: Int(place.value).flatMap { RegionCode($0) }.map { String($0.province.number) } ?? ""
        }
    }

    /// Months, chapters and items in their order, others the greenest first; what is not stated last.
    private static func precedes(
        _ one: (row: StatisticsRow, item: ItemCode?), _ other: (row: StatisticsRow, item: ItemCode?), _ by: CubeGrouping
    ) -> Bool {
        let (left, right) = (one.row, other.row)
        if left.value.isEmpty != right.value.isEmpty { return right.value.isEmpty }
        if let first = left.standard, let second = right.standard, first != second {
            return Platform.precedes(first, second)
        }
        switch by {
        case .month: return left.value < right.value
        case .item:
            if let first = one.item, let second = other.item { return first < second }
        case .chapter:
            if let first = Int(left.value), let second = Int(right.value) { return first < second }
        case .lender, .mark, .quality, .province, .prefecture, .region, .industry, .size: break
        }
        let (first, second) = (left.green, right.green)
        return first == second ? left.value < right.value : first > second
    }
}

extension StatisticsRow {
    /// Green money of all editions: for the order of lines alone, it is no figure to show.
    fileprivate var green: Int128 { editions.values.reduce(0) { $0 + $1.sum.green.fen } }

    fileprivate var hasGreen: Bool {
        editions.values.contains { figures in
            [figures.sum, figures.monthEarlier, figures.yearEarlier].contains { ($0?.green.rows ?? 0) > 0 }
        }
    }

    fileprivate mutating func add(_ row: CubeRow, _ period: ReportingPeriod?, isSeries: Bool) {
        let standard = row.place.standard
        if isSeries || row.place.period == period {
            editions[standard, default: StatisticsFigures()].sum += row.sum
            loans += row.sum.loans
        } else if row.place.period == period?.previous {
            editions[standard, default: StatisticsFigures()].monthEarlier =
                Self.sum(editions[standard]?.monthEarlier, row.sum)
        } else if row.place.period == period?.yearEarlier {
            editions[standard, default: StatisticsFigures()].yearEarlier =
                Self.sum(editions[standard]?.yearEarlier, row.sum)
        }
    }

    fileprivate mutating func add(_ row: CubeBenefitRow) {
        editions[row.place.standard, default: StatisticsFigures()]
            .benefits[row.indicator, default: CubeBenefit()] += row.benefit
    }

    private static func sum(_ one: CubeSum?, _ other: CubeSum) -> CubeSum {
        var sum = one ?? CubeSum()
        sum += other
        return sum
    }
}
