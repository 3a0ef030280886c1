import Impact
import Standards
import Vocabulary

/// A sum of loans: how many and how much, in fen. 128 bits, since a hostile ledger may hold ten million largest amounts.
public struct LoanSum: Sendable, Hashable {
    public var rows = 0
    public var fen: Int128 = 0

    public init() {}

    mutating func add(_ money: Int128) {
        rows += 1
        fen += money
    }
}

/// Green loans under one heading. Aligned (every condition shown) and eligible (subject fits, evidence missing) stand
/// apart everywhere.
public struct GreenSum: Sendable {
    public var aligned = LoanSum()
    public var eligible = LoanSum()
    /// The loans' shares of yearly benefits by indicator, aligned and eligible apart; nil where no loan has one.
    public var alignedBenefits: [Double?]
    public var eligibleBenefits: [Double?]

    public init(indicators: Int) {
        alignedBenefits = [Double?](repeating: nil, count: indicators)
        eligibleBenefits = alignedBenefits
    }

    public var rows: Int { aligned.rows + eligible.rows }
    public var fen: Int128 { aligned.fen + eligible.fen }

    mutating func add(_ money: Int128, aligned isAligned: Bool) {
        if isAligned { aligned.add(money) } else { eligible.add(money) }
    }

    mutating func add(_ value: Double, indicator: Int, aligned isAligned: Bool) {
        if isAligned {
            alignedBenefits[indicator] = (alignedBenefits[indicator] ?? 0) + value
        } else {
            eligibleBenefits[indicator] = (eligibleBenefits[indicator] ?? 0) + value
        }
    }
}

/// Why accepted loans have no benefit figure.
public enum BenefitGap: String, Sendable, Hashable, CaseIterable {
    case noMethod = "no_method"
    case missingFacts = "missing_facts"
    case noInvestment = "no_investment"
    /// Other loans of the project have claimed all of it already.
    case nothingLeft = "nothing_left"
}

/// Figures of one method that rest on the same factor values: the province and which factors went in.
public struct FactorUse: Sendable, Hashable {
    /// Position of the method in the basis.
    public let method: Int
    public let province: String?
    /// Over the method's factors.
    public let mask: UInt64
}

/// The totals of one assessed book. Adding is in input order, so that the same ledger gives the same digits whatever
/// the number of workers.
public struct BookTotals: Sendable {
    public let indicators: [Indicator]
    public var decisions: [LoanDecision: LoanSum] = [:]
    public var rejectedRows = 0
    public var green: GreenSum
    public var byItem: [Int: GreenSum] = [:]
    public var byRegion: [RegionCode?: GreenSum] = [:]
    public var bySize: [BorrowerSize?: GreenSum] = [:]
    public var byQuality: [LoanQuality?: GreenSum] = [:]
    /// nil is "undetermined": the item's rows differ and the loan's could not be told.
    public var byMark: [Mark?: GreenSum] = [:]
    /// How many loans' figures rest on which factors.
    public var factorUses: [FactorUse: Int] = [:]
    public var gaps: [BenefitGap: LoanSum] = [:]
    public var personDecisions = 0
    public var cappedShares = 0
    public var rowsWithWarnings = 0
    public var severalUses = 0
    public var rowsWithoutDate = 0
    /// For each further standard: the green loans by its verdict on them.
    public var byOtherStandard: [[VerdictKind: LoanSum]]

    /// For each method, the position among `indicators` of each of its own, or nil where that does not add up.
    private let columns: [[Int?]]

    /// - Parameters:
    ///   - indicators: Those that add up, in the order of the statement.
    ///   - methods: The methods of the basis, in its order.
    ///   - furtherStandards: How many further standards judge the loans.
    public init(indicators: [Indicator], methods: [CompiledMethod], furtherStandards: Int = 0) {
        byOtherStandard = [[VerdictKind: LoanSum]](repeating: [:], count: furtherStandards)
        self.indicators = indicators
        columns = methods.map { method in method.indicators.map { indicators.firstIndex(of: $0) } }
        green = GreenSum(indicators: indicators.count)
    }

    public var acceptedRows: Int { decisions.values.reduce(0) { $0 + $1.rows } }
    public var rowsIn: Int { acceptedRows + rejectedRows }

    /// Balances of all loans that were assessed under the pack at hand.
    public var assessed: LoanSum {
        var sum = LoanSum()
        for (decision, part) in decisions where decision != .unassessed {
            sum.rows += part.rows
            sum.fen += part.fen
        }
        return sum
    }

    /// Adds one loan.
    ///
    /// - Parameters:
    ///   - region: Where the loan counts at the reporting date, mergers followed.
    ///   - share: Of the project's benefit; nil where there is none to share.
    public mutating func add(_ loan: AssessedLoan, row: LoanRow, region: RegionCode?, share: LoanShare?) {
        decisions[loan.decision, default: LoanSum()].add(Int128(row.balance.fen))
        if !row.warnings.isEmpty { rowsWithWarnings += 1 }
        if loan.hasSeveralUses { severalUses += 1 }
        if row.decisiveDate == nil { rowsWithoutDate += 1 }
        if case .person = loan.ground { personDecisions += 1 }
        guard loan.isGreen, let item = loan.judgedItem else { return }
        let aligned = loan.verdictKind == .aligned
        let greenFen = loan.greenFen(of: row.balance)
        for (number, verdict) in loan.others.enumerated() where number < byOtherStandard.count {
            byOtherStandard[number][verdict.kind, default: LoanSum()].add(greenFen)
        }
        let empty = GreenSum(indicators: indicators.count)
        green.add(greenFen, aligned: aligned)
        byItem[item, default: empty].add(greenFen, aligned: aligned)
        byRegion[region, default: empty].add(greenFen, aligned: aligned)
        bySize[row.size, default: empty].add(greenFen, aligned: aligned)
        byQuality[row.quality, default: empty].add(greenFen, aligned: aligned)
        byMark[loan.mark, default: empty].add(greenFen, aligned: aligned)
        guard let benefit = loan.benefit, let share else {
            gaps[loan.gap(row), default: LoanSum()].add(greenFen)
            return
        }
        if share.capped { cappedShares += 1 }
        factorUses[
            FactorUse(method: benefit.method, province: benefit.province, mask: benefit.figures.factorMask),
            default: 0] += 1
        for (position, value) in benefit.figures.values.enumerated() where !value.isNaN {
            guard let indicator = columns[benefit.method][position] else { continue }
            let value = value * share.ratio
            green.add(value, indicator: indicator, aligned: aligned)
            byItem[item]?.add(value, indicator: indicator, aligned: aligned)
            byRegion[region]?.add(value, indicator: indicator, aligned: aligned)
            bySize[row.size]?.add(value, indicator: indicator, aligned: aligned)
            byQuality[row.quality]?.add(value, indicator: indicator, aligned: aligned)
            byMark[loan.mark]?.add(value, indicator: indicator, aligned: aligned)
        }
    }
}

extension AssessedLoan {
    /// The green part of a balance, rounded once, half away from zero.
    public func greenFen(of balance: Money) -> Int128 {
        let product = Int128(balance.fen) * Int128(greenPart)
        return (product + (product < 0 ? -500_000 : 500_000)) / 1_000_000
    }

    /// Why the loan has no share of a benefit.
    public func gap(_ row: LoanRow) -> BenefitGap {
        if !hasMethod { return .noMethod }
        if benefit == nil { return .missingFacts }
        // A total investment of nothing divides nothing, as if it were not given.
        return (row.totalInvestment?.fen ?? 0) <= 0 ? .noInvestment : .nothingLeft
    }
}
