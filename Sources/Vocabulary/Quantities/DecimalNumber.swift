/// Reading decimal numbers of quantities and percentages from cells.
///
///     try DecimalNumber.parse("1,234.5")                      // 1234.5
///     try DecimalNumber.parse("３５％")                        // 0.35
///     try DecimalNumber.parse("35%", percentSign: .ignored)    // 35
public enum DecimalNumber {
    /// What a percent sign behind the number means.
    public enum PercentSign: Sendable {
        /// The number is divided by 100: 35 % is 0.35.
        case divides
        /// The column is in percent anyway: 35 % is 35.
        case ignored
        /// A percent sign is a fault.
        case refused
    }

    /// A number with the mark whether a percent sign stood behind it.
    public struct Reading: Sendable, Hashable {
        /// The number as written: 35 for "35%".
        public let value: Double
        /// Whether a percent sign stood behind it.
        public let hasPercentSign: Bool
    }

    /// Reads a decimal number: digits (also full-width), thousands separators (comma or space, groups of three), sign,
    /// exponent, percent sign. The result is the Double nearest to the decimal number.
    /// - Parameters:
    ///   - bytes: UTF-8 text of at most 64 bytes.
    ///   - percentSign: what a percent sign behind the number means.
    /// - Throws: ``ParseFault`` with a code `number.…`.
    public static func parse(
        _ bytes: Span<UInt8>, percentSign: PercentSign = .divides
    ) throws(ParseFault) -> Double {
        let text = try DecimalText(bytes, percentSign: percentSign != .refused)
        let shift = text.hasPercentSign && percentSign == .divides ? -2 : 0
        return try value(of: text, shift: shift, in: bytes)
    }

    /// Reads a decimal number from a String.
    /// - Parameters:
    ///   - text: at most 64 bytes of UTF-8.
    ///   - percentSign: what a percent sign behind the number means.
    /// - Throws: ``ParseFault`` with a code `number.…`.
    public static func parse(_ text: String, percentSign: PercentSign = .divides) throws(ParseFault) -> Double {
        try parse(text.utf8Span.span, percentSign: percentSign)
    }

    /// Reads a decimal number and tells whether a percent sign stood behind it.
    /// - Parameter bytes: UTF-8 text of at most 64 bytes.
    /// - Throws: ``ParseFault`` with a code `number.…`.
    public static func read(_ bytes: Span<UInt8>) throws(ParseFault) -> Reading {
        let text = try DecimalText(bytes, percentSign: true)
        return Reading(value: try value(of: text, shift: 0, in: bytes), hasPercentSign: text.hasPercentSign)
    }

    private static func value(
        of text: DecimalText, shift: Int, in bytes: Span<UInt8>
    ) throws(ParseFault) -> Double {
        let magnitude = text.numeral.doubleValue(shiftedBy: shift)
        guard magnitude.isFinite else { throw .at(.numberOverflow, in: bytes) }
        // A cell that says "-0" means zero.
        return text.isNegative && magnitude != 0 ? -magnitude : magnitude
    }
}

/// A cell that holds one decimal number.
struct DecimalText {
    let numeral: Numeral
    let isNegative: Bool
    let hasPercentSign: Bool

    /// The longest cell that is read as a number, in bytes.
    static let byteLimit = 64

    /// Reads the whole cell.
    /// - Parameter percentSign: whether a percent sign may stand behind the number.
    init(_ bytes: Span<UInt8>, percentSign: Bool) throws(ParseFault) {
        guard bytes.count <= Self.byteLimit else {
            throw .at(.numberTooLong, in: bytes, ["limit": String(Self.byteLimit)])
        }
        var index = 0
        (numeral, isNegative) = try Self.leadingNumber(bytes, at: &index)
        index = UTF8Reading.skipSpaces(bytes, from: index)
        let sign = UTF8Reading.folded(bytes, at: index)
        hasPercentSign = sign.value == 0x25
        if hasPercentSign {
            guard percentSign else { throw .at(.numberPercentSign, in: bytes, byte: index) }
            index = UTF8Reading.skipSpaces(bytes, from: index + sign.length)
        }
        guard index == bytes.count else { throw .character(.numberUnexpectedCharacter, in: bytes, byte: index) }
    }

    /// Reads a signed number at the beginning of a text and leaves what follows.
    static func leadingNumber(
        _ bytes: Span<UInt8>, at index: inout Int
    ) throws(ParseFault) -> (numeral: Numeral, isNegative: Bool) {
        index = UTF8Reading.skipSpaces(bytes, from: index)
        guard index < bytes.count else { throw .at(.numberEmpty, in: bytes) }
        let sign = UTF8Reading.folded(bytes, at: index)
        if sign.value == 0x2B || sign.value == 0x2D {
            index = UTF8Reading.skipSpaces(bytes, from: index + sign.length)
        }
        do {
            return (try Numeral.scan(bytes, at: &index), sign.value == 0x2D)
        } catch {
            switch error.reason {
            case .noDigits: throw .at(.numberNotANumber, in: bytes, byte: error.byte)
            case .grouping: throw .at(.numberGrouping, in: bytes, byte: error.byte)
            case .exponent: throw .at(.numberExponent, in: bytes, byte: error.byte)
            }
        }
    }
}

extension Numeral {
    /// The Double nearest to the numeral times a power of ten; infinite if it is too large for one.
    func doubleValue(shiftedBy shift: Int) -> Double {
        let power = exponent + shift
        if significand == 0 { return 0 }
        // Both numbers exact, so one division or multiplication rounds once (Clinger 1990).
        if significand <= 1 << 53 && abs(power) <= 22 {
            let whole = Double(UInt64(significand))
            return power < 0 ? whole / PowerOfTen.exactDouble[-power] : whole * PowerOfTen.exactDouble[power]
        }
        // Spreadsheets write 17 digits. A quotient of at least 55 bits whose last bit also stands for any remainder
        // rounds as the exact quotient would.
        if power < 0 && power >= -19 {
            let divisor = PowerOfTen.wide[-power]
            let room = significand.leadingZeroBitCount
            let (quotient, remainder) = (significand << UInt128(room)).quotientAndRemainder(dividingBy: divisor)
            // The upper 64 bits of the quotient suffice, as long as their last bit stands for all below.
            let excess = max(64 - quotient.leadingZeroBitCount, 0)
            let upper = UInt64(truncatingIfNeeded: quotient >> UInt128(excess))
            let isExact = remainder == 0 && quotient & ((1 << UInt128(excess)) - 1) == 0
            return Double(sign: .plus, exponent: excess - room, significand: Double(isExact ? upper : upper | 1))
        }
        // Rare: more digits or larger powers than any meter shows.
        return Double("\(significand)e\(power)") ?? .infinity
    }
}
