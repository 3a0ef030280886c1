import Vocabulary

/// The part of a project's yearly benefit that a loan may claim: balance ÷ total investment (the central bank's rule
/// for green-loan statistics; ICMA's pro-rata rule is the same with allocated proceeds).
///
/// Held in whole millionths, rounded down, so that the shares of one project can be added without ever passing 1.
public struct LoanShare: Sendable, Hashable, Comparable {
    /// Millionths, 0 ... 1,000,000.
    public let millionths: Int64
    /// Balance ÷ investment was above what was left of the project, so that the share was cut.
    public let capped: Bool

    public static let whole: Int64 = 1_000_000

    public init(millionths: Int64, capped: Bool) {
        self.millionths = min(max(millionths, 0), Self.whole)
        self.capped = capped
    }

    /// - Parameters:
    ///   - balance: What is outstanding. A negative balance claims nothing.
    ///   - totalInvestment: Of the whole project; nil or nothing gives no share.
    ///   - alreadyClaimed: What other loans of the same project claim, in millionths.
    public init?(balance: Money, totalInvestment: Money?, alreadyClaimed: Int64 = 0) {
        guard let totalInvestment, totalInvestment.fen > 0 else { return nil }
        let wanted = Int128(max(balance.fen, 0)) * Int128(Self.whole) / Int128(totalInvestment.fen)
        let left = Self.whole - min(max(alreadyClaimed, 0), Self.whole)
        self.init(millionths: Int64(min(wanted, Int128(left))), capped: wanted > Int128(left))
    }

    public var ratio: Double { Double(millionths) / Double(Self.whole) }

    public static func < (lhs: LoanShare, rhs: LoanShare) -> Bool { lhs.millionths < rhs.millionths }
}
