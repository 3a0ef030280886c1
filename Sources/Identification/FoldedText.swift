/// Text reduced to what matters for recognising words: one 16-bit symbol a character.
///
/// Full-width forms become ASCII, letters lower case, every run of digits (with points and commas inside) one `0`,
/// every run of punctuation or space one separator. Han characters stay. So 50ＭＷ, 50MW and 120 mw begin alike, and
/// a comma more or less changes nothing.
public struct FoldedText: Sendable, Hashable {
    /// Stands for a run of punctuation, spaces or control characters.
    static let separator: UInt16 = 0
    /// Stands for a run of digits.
    static let digits: UInt16 = UInt16(UInt8(ascii: "0"))
    /// Stands for any character outside the basic plane.
    static let rare: UInt16 = 0xFFFF
    /// Longer texts are cut: a purpose is a line, not a book.
    public static let longest = 400

    public private(set) var symbols: [UInt16] = []
    /// The byte offset in the source of each symbol, and one past the last.
    public private(set) var offsets: [Int32] = []

    public init() {}

    public init(_ text: String) {
        let bytes = Array(text.utf8)
        fold(bytes.span)
    }

    /// Replaces the content by the folding of `bytes` (UTF-8; broken sequences separate), keeping the memory.
    public mutating func fold(_ bytes: Span<UInt8>) {
        symbols.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        var position = 0
        var last = Self.separator
        let count = bytes.count
        while position < count, symbols.count < Self.longest {
            let start = position
            let symbol = Self.symbol(in: bytes, at: &position)
            if symbol == Self.separator {
                if last == Self.separator { continue }
            } else if symbol == Self.digits {
                if last == Self.digits { continue }
                // "3.5" and "1,200" are one number: drop the separator between two runs of digits.
                if last == Self.separator, symbols.count >= 2, symbols[symbols.count - 2] == Self.digits,
                    Int(offsets[symbols.count - 1]) == start - 1, let mark = Self.numberMark(bytes[start - 1]), mark
                {
                    symbols.removeLast()
                    offsets.removeLast()
                    last = Self.digits
                    continue
                }
            }
            symbols.append(symbol)
            offsets.append(Int32(truncatingIfNeeded: start))
            last = symbol
        }
        if symbols.last == Self.separator {
            symbols.removeLast()
            offsets.removeLast()
        }
        offsets.append(Int32(truncatingIfNeeded: position))
    }

    private static func numberMark(_ byte: UInt8) -> Bool? {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",")
    }

    private static func symbol(in bytes: Span<UInt8>, at position: inout Int) -> UInt16 {
        let first = bytes[position]
        position += 1
        if first < 0x80 { return fold(ascii: first) }
        func continuation(_ offset: Int) -> UInt32? {
            guard position + offset < bytes.count, bytes[position + offset] & 0xC0 == 0x80 else { return nil }
            return UInt32(bytes[position + offset] & 0x3F)
        }
        if first & 0xF0 == 0xE0, let b = continuation(0), let c = continuation(1) {
            position += 2
            return fold(scalar: UInt32(first & 0x0F) << 12 | b << 6 | c)
        }
        if first & 0xE0 == 0xC0, let b = continuation(0) {
            position += 1
            return fold(scalar: UInt32(first & 0x1F) << 6 | b)
        }
        if first & 0xF8 == 0xF0, continuation(0) != nil, continuation(1) != nil, continuation(2) != nil {
            position += 3
            return rare
        }
        return separator
    }

    private static func fold(ascii byte: UInt8) -> UInt16 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt16(byte)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt16(byte | 0x20)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digits
        default: separator
        }
    }

    private static func fold(scalar: UInt32) -> UInt16 {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF: UInt16(scalar)
        case 0xFF01...0xFF5E: fold(ascii: UInt8(scalar - 0xFEE0))
        case 0x2080...0x2089: digits  // subscripts: CO₂
        case 0x00C0...0x024F, 0x0370...0x03FF, 0x0400...0x04FF: UInt16(scalar)
        case 0x2160...0x217F: digits  // Roman numerals of phases
        case 0x3007: digits
        default: separator
        }
    }
}
