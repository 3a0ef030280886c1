/// A decimal numeral as it stands in a cell: an exact significand and a power of ten, before anyone rounds it.
struct Numeral {
    /// The significant digits as a whole number, at most 30 digits.
    var significand: UInt128 = 0
    /// The power of ten that the significand is to be multiplied by.
    var exponent = 0

    /// Significant digits that are kept. Int64 fen has 19 and a Double 17, so digits behind the 30th can no longer
    /// change a result that is rounded half away from zero: only the digit after the last one kept decides.
    static let keptDigits = 30

    /// What is wrong with a numeral, and at which byte.
    struct Fault: Error {
        enum Reason { case noDigits, grouping, exponent }
        let reason: Reason
        let byte: Int
    }

    /// Reads an unsigned numeral: digits with or without thousands separators, a fraction, an exponent.
    ///
    /// Separators (comma or space, never mixed) must stand before groups of exactly three digits. A space that no digit
    /// follows and an E that no digit follows end the numeral.
    /// - Parameter index: where the numeral begins; afterwards the first byte behind it.
    static func scan(_ bytes: Span<UInt8>, at index: inout Int) throws(Fault) -> Numeral {
        var numeral = Numeral()
        var collector = DigitCollector()
        let start = index
        try scanWhole(bytes, at: &index, into: &collector)
        let point = UTF8Reading.folded(bytes, at: index)
        if point.value == 0x2E {
            let afterPoint = index + point.length
            if collector.count > 0 || UTF8Reading.digit(UTF8Reading.folded(bytes, at: afterPoint).value) != nil {
                index = afterPoint
                collector.isFraction = true
                while true {
                    let (value, length) = UTF8Reading.folded(bytes, at: index)
                    guard let digit = UTF8Reading.digit(value) else { break }
                    collector.append(digit)
                    index += length
                }
            }
        }
        guard collector.count > 0 else { throw Fault(reason: .noDigits, byte: start) }
        numeral.significand = collector.significand
        numeral.exponent = collector.exponent + (try scanExponent(bytes, at: &index))
        return numeral
    }

    private static func scanWhole(
        _ bytes: Span<UInt8>, at index: inout Int, into collector: inout DigitCollector
    ) throws(Fault) {
        var separator: UInt32 = 0
        var separatorByte = 0
        var groupDigits = 0
        while true {
            let (value, length) = UTF8Reading.folded(bytes, at: index)
            if let digit = UTF8Reading.digit(value) {
                collector.append(digit)
                groupDigits += 1
                index += length
                continue
            }
            guard value == 0x2C || value == 0x20 else { break }
            let isBeforeDigit = UTF8Reading.digit(UTF8Reading.folded(bytes, at: index + length).value) != nil
            if !isBeforeDigit && value == 0x20 || collector.count == 0 { break }
            // "0,123" is how other countries write a decimal fraction: better refused than read as 123.
            let isPlausible =
                separator == 0
                ? groupDigits <= 3 && collector.firstDigit != 0
                : groupDigits == 3 && value == separator
            guard isBeforeDigit && isPlausible else {
                let isShortGroup = separator != 0 && groupDigits != 3
                throw Fault(reason: .grouping, byte: isShortGroup ? separatorByte : index)
            }
            separator = value
            separatorByte = index
            groupDigits = 0
            index += length
        }
        if separator != 0 && groupDigits != 3 { throw Fault(reason: .grouping, byte: separatorByte) }
    }

    /// Reads "E+7" if it stands here; nothing but an E without digits is left for the caller.
    private static func scanExponent(_ bytes: Span<UInt8>, at index: inout Int) throws(Fault) -> Int {
        let letter = UTF8Reading.folded(bytes, at: index)
        guard letter.value == 0x45 || letter.value == 0x65 else { return 0 }
        var cursor = index + letter.length
        let sign = UTF8Reading.folded(bytes, at: cursor)
        let isNegative = sign.value == 0x2D
        if isNegative || sign.value == 0x2B { cursor += sign.length }
        var magnitude = 0
        var digits = 0
        while let digit = UTF8Reading.digit(UTF8Reading.folded(bytes, at: cursor).value) {
            cursor += UTF8Reading.folded(bytes, at: cursor).length
            magnitude = magnitude * 10 + Int(digit)
            digits += 1
            // Spreadsheets write at most three digits; more is no number that anyone meant.
            if digits > 3 { throw Fault(reason: .exponent, byte: index) }
        }
        guard digits > 0 else { return 0 }
        index = cursor
        return isNegative ? -magnitude : magnitude
    }
}

/// Gathers digits into a significand and counts where the point stands.
private struct DigitCollector {
    var isFraction = false
    private(set) var count = 0
    private(set) var firstDigit: UInt8 = 0
    private(set) var exponent = 0
    private var kept = 0
    // 128-bit multiplication costs several times as much, and almost every figure fits 64 bits.
    private var low: UInt64 = 0
    private var wide: UInt128 = 0

    var significand: UInt128 { kept > 18 ? wide : UInt128(low) }

    mutating func append(_ digit: UInt8) {
        if count == 0 { firstDigit = digit }
        count += 1
        if kept == 0 && digit == 0 {
            if isFraction { exponent -= 1 }
            return
        }
        if kept < 18 {
            low = low &* 10 &+ UInt64(digit)
        } else if kept < Numeral.keptDigits {
            if kept == 18 { wide = UInt128(low) }
            wide = wide &* 10 &+ UInt128(digit)
        } else {
            if !isFraction { exponent += 1 }
            return
        }
        kept += 1
        if isFraction { exponent -= 1 }
    }
}

/// Powers of ten.
enum PowerOfTen {
    /// 10 to the power of 0 to 38, all that fit 128 bits.
    static let wide: [UInt128] = {
        var powers: [UInt128] = [1]
        for _ in 1...38 { powers.append((powers.last ?? 1) * 10) }
        return powers
    }()

    /// 10 to the power of 0 to 19, all that fit 64 bits.
    static let narrow: [UInt64] = wide.prefix(20).map { UInt64($0) }

    /// 10 to the power of 0 to 22, all that a Double holds exactly.
    static let exactDouble: [Double] = wide.prefix(23).map { Double($0) }

    /// Divides and rounds half away from zero.
    /// - Parameter exponent: the power of ten to divide by, not negative.
    static func divideRounding(_ value: UInt128, byPower exponent: Int) -> UInt128 {
        guard exponent <= 38 else { return 0 }
        if let small = UInt64(exactly: value), exponent < 20 {
            let divisor = narrow[exponent]
            let (quotient, remainder) = small.quotientAndRemainder(dividingBy: divisor)
            return UInt128(remainder >= divisor - remainder ? quotient + 1 : quotient)
        }
        let divisor = wide[exponent]
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder >= divisor - remainder ? quotient + 1 : quotient
    }
}
