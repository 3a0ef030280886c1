import Access
import Credit
import Standards
import Statistics
import Store
import Vocabulary

/// What is asked of the sums of all books that count.
public struct StatisticsQuestion: Sendable, Hashable {
    /// The month; nil for the latest of which the viewer sees a book.
    public var period: ReportingPeriod?
    public var by: CubeGrouping
    public var lender: ID<Organisation>?
    /// The edition that judges the loans; nil for all, each in a series of its own.
    public var standard: String?
    /// Values that the loans must have.
    public var filters: [CubeDimension: String] = [:]

    public init(period: ReportingPeriod? = nil, by: CubeGrouping) {
        self.period = period
        self.by = by
    }
}

/// The sums of an edition at a month's end, and at the ends of earlier months for comparison.
public struct StatisticsFigures: Sendable, Equatable {
    public var sum = CubeSum()
    /// A month and a year earlier; nil where no book of that month counts for it, and of a series by months.
    public var monthEarlier: CubeSum?
    public var yearEarlier: CubeSum?
    /// Yearly benefits by the indicator's id; empty where none can be told.
    public var benefits: [String: CubeBenefit] = [:]
}

/// One line of an answer.
public struct StatisticsRow: Sendable, Equatable {
    /// A month, the id of a lender, or a value of the dimension; empty for what is not stated.
    public var value = ""
    /// The edition whose item or chapter the value is; nil for other values, which mean the same under each.
    public var standard: String?
    /// The lender, where the answer is by lender.
    public var lender: Organisation?
    /// By the edition that judges the loans. They are never added.
    public var editions: [String: StatisticsFigures] = [:]
    /// All loans of the line, whichever edition judges them.
    public var loans = LoanSum()

    /// The editions, the catalogue in force first.
    public var inOrder: [(standard: String, figures: StatisticsFigures)] {
        editions.sorted { Platform.precedes($0.key, $1.key) }.map { ($0.key, $0.value) }
    }
}

/// An answer from the sums of all books that count and that the viewer may see.
public struct StatisticsAnswer: Sendable, Equatable {
    /// The question with its month.
    public let question: StatisticsQuestion
    /// The month that the figures are of; nil where no book counts.
    public let period: ReportingPeriod?
    /// The months that could be asked for, the latest first.
    public let periods: [ReportingPeriod]
    public let rows: [StatisticsRow]
    /// All lines together.
    public let total: StatisticsRow
    /// Whether the lines hold loans that are not green too, so that green shares and what is in doubt can be told.
    public let hasAllLoans: Bool
    /// Of how many lenders a book of the month counts, and of which ones none does.
    public let counted: Int
    public let missing: [Organisation]
}

extension Platform {
    /// How many months a series has at most.
    public static let mostMonths = 36

    /// Twenty years and what comes.
    fileprivate static let mostPeriods = 300
    fileprivate static let mostLenders = 10_000

    /// The order of editions: the catalogue in force first.
    static func precedes(_ left: String, _ right: String) -> Bool {
        (left == standardOfLists ? 0 : 1, left) < (right == standardOfLists ? 0 : 1, right)
    }

    /// The sums of all books that count and that the viewer may see. They tell of lenders, and of no customer.
    /// - Throws: `PlatformFault.notFound` for a lender whose books the viewer may not see; `invalid` where the sums are not kept by all
    ///   that is asked together, or a value is none of its dimension.
    public func statistics(_ question: StatisticsQuestion, by viewer: Viewer) async throws -> StatisticsAnswer {
        let grants = try viewer.requireGrants(for: .readStatistics)
        let face = try Self.face(of: question)
        var question = question
        if !Set(question.filters.keys).isDisjoint(with: CubeDimension.ofEdition), question.standard == nil {
            question.standard = Self.standardOfLists
        }
        let key = StatisticsMemory.Key(question: question, grants: Set(grants))
        let state = try await database.read { try $0.cube.state() }
        if let known = statisticsMemory.answer(key, at: state) { return known }
        let (answer, told) = try await database.read { [question] transaction in
            (try transaction.answer(question, from: face, grants, viewer), try transaction.cube.state())
        }
        statisticsMemory.keep(answer, key, at: told)
        return answer
    }

    /// The face that has all that is asked for.
    private static func face(of question: StatisticsQuestion) throws(PlatformFault) -> CubeFace {
        if let period = question.period, period.kind != .month {
            throw PlatformFault.invalid("/period", "book.not-a-month")
        }
        for (dimension, value) in question.filters where !dimension.has(value) {
            throw PlatformFault.invalid("/\(dimension.rawValue)", "json.bad-value")
        }
        var dimensions = Set(question.filters.keys)
        if let dimension = question.by.dimension { dimensions.insert(dimension) }
        guard let face = CubeFace.holding(dimensions) else {
            throw PlatformFault.invalid("/by", "statistics.not-together")
        }
        return face
    }
}

extension Transaction {
    fileprivate func answer(
        _ asked: StatisticsQuestion, from face: CubeFace, _ grants: [Grant], _ viewer: Viewer
    ) throws -> StatisticsAnswer {
        let periods = try cube.periods(grants, limit: Platform.mostPeriods)
        var question = asked
        question.period = question.period ?? periods.first
        let hasAllLoans =
            face.hasAllLoans && question.by.dimension?.isOfGreenLoans != true
            && !question.filters.keys.contains(where: \.isOfGreenLoans)
        if let lender = question.lender {
            _ = try viewer.covered(by: .readStatistics, at: \.placement) {
                try organisations.find(lender).flatMap { $0.kind == .lender ? $0 : nil }
            }
        }
        let months = Self.months(question, periods)
        var selection = CubeSelection(face: face, periods: months)
        selection.lender = question.lender
        selection.standard = question.standard
        selection.filters = question.filters
        selection.byPeriod = true
        selection.byLender = question.by == .lender
        selection.by = question.by.dimension
        let sums = try cube.sums(grants, selection)
        // Those of earlier months are told of no line but the month's own.
        if question.by != .month { selection.periods = Array(months.prefix(1)) }
        let table = StatisticsTable(
            question, sums: sums, benefits: try cube.benefits(grants, selection),
            lenders: question.by == .lender ? try lenders(grants) : [], ofGreenOnly: !hasAllLoans)
        return StatisticsAnswer(
            question: question, period: question.period, periods: periods, rows: table.rows, total: table.total,
            hasAllLoans: hasAllLoans, counted: try question.period.map { try cube.countLenders(grants, at: $0) } ?? 0,
            missing: try question.period.map {
                try organisations.lenders(grants, withoutBookOf: $0, limit: Platform.mostLenders)
            } ?? lenders(grants).filter { $0.closedAt == nil })
    }

    private func lenders(_ grants: [Grant]) throws -> [Organisation] {
        try organisations.list(grants, kind: .lender, limit: Platform.mostLenders)
    }

    /// The months whose sums are looked at: of a series all, else the month itself and those that it is compared with.
    private static func months(_ question: StatisticsQuestion, _ periods: [ReportingPeriod]) -> [ReportingPeriod] {
        guard let period = question.period else { return [] }
        if question.by == .month { return Array(periods.filter { $0 <= period }.prefix(Platform.mostMonths)) }
        return [period, period.previous, period.yearEarlier]
    }
}

extension CubeDimension {
    /// Whether a text is a value of the dimension; an empty one stands for loans of which it is not stated.
    fileprivate func has(_ value: String) -> Bool {
        if value.isEmpty { return true }
        return switch self {
        case .item: ItemCode(value) != nil
        case .chapter: value.utf8.count <= 3 && value.utf8.allSatisfy { (48...57).contains($0) }
        case .mark: Mark(rawValue: value) != nil
        case .quality: LoanQuality(rawValue: value) != nil
        case .region: value.utf8.count == 6 && Int(value).flatMap { RegionCode($0) } != nil
        case .industry: IndustrySection.allCases.contains { String($0.letter) == value }
        case .size: BorrowerSize(rawValue: value) != nil
        }
    }
}
