/// An amount of Chinese yuan in whole fen.
///
/// Money is never a Double: amounts are read digit by digit, added with overflow checks, and rounded once, half away
/// from zero, where a result is not a whole fen.
///
///     let balance = try Money.parse("1,234,567.80")
///     let share = try balance.multiplied(by: Ratio(1, over: 3))   // 411522.60
///     share.formatted(in: .tenThousandYuan, fractionDigits: 2)     // "41.15"
public struct Money: Sendable, Hashable, Comparable {
    /// The amount in fen (1/100 yuan).
    public let fen: Int64

    /// Makes an amount from fen.
    public init(fen: Int64) {
        self.fen = fen
    }

    /// No money at all. Not to be used for a missing amount, which is nil.
    public static let zero = Money(fen: 0)

    /// Smaller amounts come first.
    public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }

    /// Whether money is owed rather than owned.
    public var isNegative: Bool { fen < 0 }

    /// The sum.
    /// - Throws: ``MoneyOverflow`` if Int64 fen cannot hold it.
    public func adding(_ other: Money) throws(MoneyOverflow) -> Money {
        let (sum, overflow) = fen.addingReportingOverflow(other.fen)
        if overflow { throw MoneyOverflow(operation: .addition, left: description, right: other.description) }
        return Money(fen: sum)
    }

    /// The difference.
    /// - Throws: ``MoneyOverflow`` if Int64 fen cannot hold it.
    public func subtracting(_ other: Money) throws(MoneyOverflow) -> Money {
        let (difference, overflow) = fen.subtractingReportingOverflow(other.fen)
        if overflow { throw MoneyOverflow(operation: .subtraction, left: description, right: other.description) }
        return Money(fen: difference)
    }

    /// The amount times a ratio, rounded once to a whole fen, half away from zero.
    ///
    /// Computed in 128 bits, so that the product of amount and numerator is exact.
    /// - Throws: ``MoneyOverflow`` if Int64 fen cannot hold the result.
    public func multiplied(by ratio: Ratio) throws(MoneyOverflow) -> Money {
        let product = Int128(fen) * Int128(ratio.numerator)
        let divisor = UInt128(ratio.denominator.magnitude)
        let (quotient, remainder) = product.magnitude.quotientAndRemainder(dividingBy: divisor)
        let magnitude = Int128(remainder >= divisor - remainder ? quotient + 1 : quotient)
        guard let result = Int64(exactly: product < 0 ? -magnitude : magnitude) else {
            throw MoneyOverflow(operation: .multiplication, left: description, right: ratio.description)
        }
        return Money(fen: result)
    }

    /// The ratio of this amount to another, such as a loan's balance to the total investment; nil if the other is zero
    /// or either is Int64.min fen.
    public func ratio(to other: Money) -> Ratio? {
        Ratio(numerator: fen, denominator: other.fen)
    }

    /// The sum of many amounts.
    /// - Throws: ``MoneyOverflow`` if Int64 fen cannot hold a partial sum.
    public static func sum(_ amounts: some Sequence<Money>) throws(MoneyOverflow) -> Money {
        var total = Money.zero
        for amount in amounts { total = try total.adding(amount) }
        return total
    }
}
