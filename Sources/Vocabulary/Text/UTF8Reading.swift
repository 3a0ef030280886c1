/// Reading UTF-8 one character at a time, with the foldings that every parser of this module shares.
///
/// Clerks type with Chinese input methods, so digits, letters and signs arrive in their full-width forms; spreadsheets
/// pad with no-break spaces. Folding maps these to ASCII, so that each parser has to know one form only.
enum UTF8Reading {
    /// What reading past the end gives; no Unicode scalar has this value.
    static let end: UInt32 = .max

    /// The character at a byte and its length in bytes. A malformed byte reads as U+FFFD of length 1.
    @inline(__always)
    static func scalar(_ bytes: Span<UInt8>, at index: Int) -> (value: UInt32, length: Int) {
        guard index < bytes.count else { return (end, 0) }
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        return multibyteScalar(bytes, at: index, first: first)
    }

    /// The character at a byte, folded, and its length in bytes.
    @inline(__always)
    static func folded(_ bytes: Span<UInt8>, at index: Int) -> (value: UInt32, length: Int) {
        guard index < bytes.count else { return (end, 0) }
        let first = bytes[index]
        if first < 0x80 { return (UInt32(first), 1) }
        let (value, length) = multibyteScalar(bytes, at: index, first: first)
        return (fold(value), length)
    }

    /// Maps full-width forms, spaces and minus signs to ASCII; everything else stays.
    static func fold(_ value: UInt32) -> UInt32 {
        switch value {
        case 0xFF01...0xFF5E: value - 0xFEE0
        case 0x3000, 0x00A0, 0x2007, 0x2009, 0x202F, 0xFEFF: 0x20
        case 0x2212, 0xFE63: 0x2D
        default: value
        }
    }

    /// The index of the first byte that is not a space, a tab or a line end.
    @inline(__always)
    static func skipSpaces(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while true {
            let (value, length) = folded(bytes, at: index)
            guard isSpace(value) else { return index }
            index += length
        }
    }

    /// Space, tab or line end.
    @inline(__always)
    static func isSpace(_ value: UInt32) -> Bool {
        value == 0x20 || (0x09...0x0D).contains(value)
    }

    /// The digit 0 to 9 that a folded character stands for, or nil.
    @inline(__always)
    static func digit(_ value: UInt32) -> UInt8? {
        (0x30...0x39).contains(value) ? UInt8(truncatingIfNeeded: value &- 0x30) : nil
    }

    /// A folded character in upper case, if it is an ASCII letter.
    @inline(__always)
    static func uppercased(_ value: UInt32) -> UInt32 {
        (0x61...0x7A).contains(value) ? value - 0x20 : value
    }

    private static func multibyteScalar(
        _ bytes: Span<UInt8>, at index: Int, first: UInt8
    ) -> (value: UInt32, length: Int) {
        let malformed: (UInt32, Int) = (0xFFFD, 1)
        let length: Int
        var value: UInt32
        switch first {
        case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
        case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
        case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
        default: return malformed
        }
        guard index + length <= bytes.count else { return malformed }
        for offset in 1..<length {
            let next = bytes[index + offset]
            guard next & 0xC0 == 0x80 else { return malformed }
            value = value << 6 | UInt32(next & 0x3F)
        }
        // Overlong forms and surrogates are no characters (Unicode, table 3-7).
        switch length {
        case 3 where value < 0x800 || (0xD800...0xDFFF).contains(value): return malformed
        case 4 where value < 0x10000 || value > 0x10FFFF: return malformed
        default: return (value, length)
        }
    }
}
