import Credit
import Standards
import Vocabulary

/// What the lines and columns of a return tell loans apart by.
public struct ReturnKey: Sendable, Hashable {
    /// The edition that judges the loan.
    public let standard: String
    public let item: ItemCode
    public let industry: IndustrySection?
    public let quality: LoanQuality?
    public let mark: Mark?
    public let isAligned: Bool

    public init(
        standard: String, item: ItemCode, industry: IndustrySection?, quality: LoanQuality?, mark: Mark?,
        isAligned: Bool
    ) {
        self.standard = standard
        self.item = item
        self.industry = industry
        self.quality = quality
        self.mark = mark
        self.isAligned = isAligned
    }
}

/// A loan of a book as a return counts it.
public struct ReturnLoan: Sendable, Equatable {
    /// nil where the loan is not green.
    public let key: ReturnKey?
    public let balance: Money
    /// The green part of the balance.
    public let green: Money
    /// What was issued in all; nil where the book does not say.
    public let amount: Money?
    public let issuedOn: CalendarDate?
    public let maturesOn: CalendarDate?

    public init(
        key: ReturnKey?, balance: Money, green: Money, amount: Money? = nil, issuedOn: CalendarDate? = nil,
        maturesOn: CalendarDate? = nil
    ) {
        self.key = key
        self.balance = balance
        self.green = green
        self.amount = amount
        self.issuedOn = issuedOn
        self.maturesOn = maturesOn
    }

    public init(_ facility: FacilitySnapshot) {
        let finding = facility.finding
        var key: ReturnKey?
        if finding.decision == .accepted, let item = finding.item {
            key = ReturnKey(
                standard: finding.standard, item: item, industry: facility.industry?.section,
                quality: facility.quality, mark: finding.mark, isAligned: finding.verdict == .aligned)
        }
        self.init(
            key: key, balance: facility.balance, green: finding.green, amount: facility.amount,
            issuedOn: facility.issuedOn, maturesOn: facility.maturesOn)
    }
}

/// The figures of loans with one key, money in fen.
public struct ReturnSums: Sendable, Equatable {
    public var closing: Int128 = 0
    public var opening: Int128 = 0
    public var drawn: Int128 = 0
    public var repaid: Int128 = 0
    public var gone: Int128 = 0
    public var entered: Int128 = 0
    public var reclassified: Int128 = 0
    public var loans: Int128 = 0
    /// By the indicator's id, in thousand-millionths of its unit.
    public var benefits: [String: Int128] = [:]

    public init() {}

    public func figure(_ measure: ReturnMeasure) -> Int128 {
        switch measure {
        case .closing: closing
        case .opening: opening
        case .drawn: drawn
        case .repaid: repaid
        case .gone: gone
        case .entered: entered
        case .reclassified: reclassified
        case .byHand: 0
        case .loans: loans
        case .benefit(let indicator): benefits[indicator] ?? 0
        }
    }
}

/// Counts the books of a period for a return, loan by loan, in any order.
///
/// Of each key, opening + drawn − repaid − gone + entered + reclassified = closing. What of a change of the balance is green follows the
/// green part of the earlier balance, rounded down to the fen; what is left is reclassified, as is all of a loan that changes its key.
public struct ReturnCells: Sendable, Equatable {
    public private(set) var sums: [ReturnKey: ReturnSums] = [:]
    /// Whether the book of the month before the period is counted too, without which there is neither an opening balance nor a flow.
    public let hasOpening: Bool

    public init(hasOpening: Bool) { self.hasOpening = hasOpening }

    /// Counts a loan of the book that the period begins with.
    public mutating func addOpening(_ loan: ReturnLoan) {
        guard let key = loan.key else { return }
        sums[key, default: ReturnSums()].opening += Int128(loan.green.fen)
    }

    /// Counts a loan of the book that the period ends with.
    /// - Parameter benefits: Its shares of its project's yearly benefits, by the indicator's id and in its unit.
    public mutating func addClosing(_ loan: ReturnLoan, benefits: [String: Double] = [:]) {
        guard let key = loan.key else { return }
        sums[key, default: ReturnSums()].closing += Int128(loan.green.fen)
        sums[key, default: ReturnSums()].loans += 1
        for (indicator, value) in benefits {
            sums[key, default: ReturnSums()].benefits[indicator, default: 0] += BenefitCell.fixed(value)
        }
    }

    /// Counts what became of a loan between two books.
    /// - Parameters:
    ///   - before: The loan in the earlier book; nil where it is not there.
    ///   - after: The loan in the later book; nil where it is not there.
    ///   - first: The last day of the earlier month.
    ///   - last: The last day of the later month.
    public mutating func addFlow(
        from before: ReturnLoan?, to after: ReturnLoan?, between first: CalendarDate, and last: CalendarDate
    ) {
        switch (before, after) {
        case (nil, nil): break
        case (let before?, nil): addGone(before, by: last)
        case (nil, let after?): addNew(after, since: first)
        case (let before?, let after?): addChange(from: before, to: after)
        }
    }

    private mutating func addGone(_ loan: ReturnLoan, by last: CalendarDate) {
        guard let key = loan.key else { return }
        let green = Int128(loan.green.fen)
        if let maturity = loan.maturesOn, maturity <= last {
            sums[key, default: ReturnSums()].repaid += green
        } else {
            sums[key, default: ReturnSums()].gone += green
        }
    }

    private mutating func addNew(_ loan: ReturnLoan, since first: CalendarDate) {
        guard let key = loan.key else { return }
        let green = Int128(loan.green.fen)
        guard let issued = loan.issuedOn, issued > first else {
            sums[key, default: ReturnSums()].entered += green
            return
        }
        // What was issued and repaid before the month ended was drawn too.
        let issuedGreen = loan.amount.map { Self.part(of: $0.fen, as: green, of: loan.balance.fen) } ?? green
        let drawn = max(green, issuedGreen)
        sums[key, default: ReturnSums()].drawn += drawn
        sums[key, default: ReturnSums()].repaid += drawn - green
    }

    private mutating func addChange(from before: ReturnLoan, to after: ReturnLoan) {
        let (old, new) = (Int128(before.green.fen), Int128(after.green.fen))
        guard let key = before.key else {
            if let key = after.key { sums[key, default: ReturnSums()].reclassified += new }
            return
        }
        // Of a loan that had nothing out all that is green now was drawn.
        let carried = before.balance == .zero ? new : Self.part(of: after.balance.fen, as: old, of: before.balance.fen)
        if carried > old {
            sums[key, default: ReturnSums()].drawn += carried - old
        } else {
            sums[key, default: ReturnSums()].repaid += old - carried
        }
        guard after.key != key else {
            sums[key, default: ReturnSums()].reclassified += new - carried
            return
        }
        sums[key, default: ReturnSums()].reclassified -= carried
        if let other = after.key { sums[other, default: ReturnSums()].reclassified += new }
    }

    /// The same part of an amount as another is of its whole, rounded down; all of it where the whole is nothing.
    private static func part(of amount: Int64, as part: Int128, of whole: Int64) -> Int128 {
        whole > 0 ? Int128(amount) * part / Int128(whole) : part
    }
}
