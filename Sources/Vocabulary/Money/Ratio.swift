/// An exact ratio of two whole numbers, such as a loan's share in an investment or a rate of subsidy.
///
/// Kept in lowest terms with a positive denominator, so that equal ratios are equal values.
public struct Ratio: Sendable, Hashable, Comparable {
    /// The numerator; it carries the sign.
    public let numerator: Int64
    /// The denominator, at least 1.
    public let denominator: Int64

    /// Makes a ratio in lowest terms; nil if the denominator is zero or either number is Int64.min.
    public init?(numerator: Int64, denominator: Int64) {
        guard denominator != 0, numerator != .min, denominator != .min else { return nil }
        var (a, b) = (numerator.magnitude, denominator.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        let divisor = Int64(a) * (denominator < 0 ? -1 : 1)
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// Makes a ratio of numbers known when the program is written.
    /// - Precondition: the denominator is positive and neither number is Int64.min.
    public init(_ numerator: Int64, over denominator: Int64) {
        precondition(denominator > 0 && numerator != .min, "a ratio needs a positive denominator")
        var (a, b) = (numerator.magnitude, denominator.magnitude)
        while b != 0 { (a, b) = (b, a % b) }
        self.numerator = numerator / Int64(a)
        self.denominator = denominator / Int64(a)
    }

    /// The whole: 1/1.
    public static let one = Ratio(1, over: 1)
    /// Nothing: 0/1.
    public static let zero = Ratio(0, over: 1)

    /// The ratio as a Double, for display and for quantities; never for money.
    public var doubleValue: Double { Double(numerator) / Double(denominator) }

    /// The smaller ratio comes first; compared exactly in 128 bits.
    public static func < (left: Ratio, right: Ratio) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }
}

extension Ratio: UTF8Parsable {
    /// Reads a decimal number exactly, with or without a percent sign: "0.35" and "35%" are 7/20.
    /// - Parameter bytes: UTF-8 text of at most 64 bytes.
    /// - Throws: ``ParseFault`` with a code `number.…`; `number.too-precise` if 64-bit numbers cannot hold the ratio.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> Ratio {
        let text = try DecimalText(bytes, percentSign: true)
        var significand = text.numeral.significand
        var exponent = text.numeral.exponent - (text.hasPercentSign ? 2 : 0)
        while exponent < 0 && significand != 0 && significand % 10 == 0 {
            significand /= 10
            exponent += 1
        }
        if significand == 0 { exponent = 0 }
        guard (-18...18).contains(exponent), let whole = Int64(exactly: significand) else {
            throw .at(.numberTooPrecise, in: bytes)
        }
        let signed = text.isNegative ? -whole : whole
        let power = Int64(PowerOfTen.narrow[abs(exponent)])
        if exponent > 0 {
            let (product, overflow) = signed.multipliedReportingOverflow(by: power)
            guard !overflow, product != .min else { throw .at(.numberTooPrecise, in: bytes) }
            return Ratio(product, over: 1)
        }
        return Ratio(signed, over: power)
    }
}

extension Ratio: UTF8Printable {
    /// Appends the ratio as `numerator/denominator`, such as `7/20`.
    public func write(into buffer: inout [UInt8]) {
        if numerator < 0 { buffer.append(UInt8(ascii: "-")) }
        DecimalDigits.append(numerator.magnitude, to: &buffer)
        buffer.append(UInt8(ascii: "/"))
        DecimalDigits.append(denominator.magnitude, to: &buffer)
    }
}

extension Ratio {
    /// The ratio as a decimal number without loss, such as `7.1234` or `-0.05`, which ``parse(_:)`` reads back; nil for one that
    /// has no end, such as 1/3, or more than 18 digits behind the point.
    public var decimalText: String? {
        var (power, digits) = (Int128(1), 0)
        while power % Int128(denominator) != 0 {
            guard digits < 18 else { return nil }
            power *= 10
            digits += 1
        }
        let scaled = Int128(numerator).magnitude * (power / Int128(denominator)).magnitude
        let sign = numerator < 0 ? "-" : ""
        guard digits > 0 else { return sign + String(scaled) }
        let (whole, rest) = scaled.quotientAndRemainder(dividingBy: power.magnitude)
        let fraction = String(rest)
        return "\(sign)\(whole)." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
