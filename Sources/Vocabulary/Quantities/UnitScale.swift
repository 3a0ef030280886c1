/// How many coherent units a unit is: an exact positive fraction in lowest terms.
///
/// Exact, so that kW·h and kWh are equal and a conversion there and back loses nothing that a Double can hold.
struct UnitScale: Sendable, Hashable {
    let numerator: UInt128
    let denominator: UInt128

    static let one = UnitScale(numerator: 1, denominator: 1)

    private init(numerator: UInt128, denominator: UInt128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// Makes a scale in lowest terms; both numbers are positive.
    init(_ numerator: UInt64, over denominator: UInt64 = 1) {
        precondition(numerator > 0 && denominator > 0, "a unit has a positive scale")
        let divisor = Self.greatestCommonDivisor(UInt128(numerator), UInt128(denominator))
        self.numerator = UInt128(numerator) / divisor
        self.denominator = UInt128(denominator) / divisor
    }

    /// The product, nil if it does not fit 128 bits.
    func multiplied(by other: UnitScale) -> UnitScale? {
        // Cancelling crosswise first keeps the result in lowest terms and the products small.
        let first = Self.greatestCommonDivisor(numerator, other.denominator)
        let second = Self.greatestCommonDivisor(other.numerator, denominator)
        let (top, topOverflow) = (numerator / first).multipliedReportingOverflow(by: other.numerator / second)
        let (bottom, bottomOverflow) = (denominator / second)
            .multipliedReportingOverflow(by: other.denominator / first)
        return topOverflow || bottomOverflow ? nil : UnitScale(numerator: top, denominator: bottom)
    }

    var inverse: UnitScale { UnitScale(numerator: denominator, denominator: numerator) }

    /// A number times the scale. Both parts are exact in a Double up to 2⁵³, so common conversions round once or twice.
    func applied(to value: Double) -> Double {
        let scaled = value * Double(numerator)
        return scaled.isFinite ? scaled / Double(denominator) : value / Double(denominator) * Double(numerator)
    }

    /// The scale as a Double.
    var doubleValue: Double { Double(numerator) / Double(denominator) }

    private static func greatestCommonDivisor(_ left: UInt128, _ right: UInt128) -> UInt128 {
        var (a, b) = (left, right)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
