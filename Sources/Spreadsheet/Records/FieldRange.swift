/// Where a field lies in its record, without the quotes around it.
public struct FieldRange: Sendable, Hashable {
    /// What is to be known of a field besides its place.
    public struct Flags: OptionSet, Sendable, Hashable {
        /// The flags as bits.
        public let rawValue: UInt8

        /// Flags from their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The field stands in quotes.
        public static let quoted = Flags(rawValue: 1)
        /// The quoted field holds doubled quotes, each of which stands for one.
        public static let doubledQuotes = Flags(rawValue: 2)
        /// Text follows the closing quote. The range then contains the closing quote and that text, and the value
        /// is both parts without the closing quote.
        public static let textAfterQuote = Flags(rawValue: 4)
        /// The closing quote is missing.
        public static let unterminated = Flags(rawValue: 8)
    }

    private let startOffset: Int32
    private let endOffset: Int32

    /// What is to be known of the field.
    public let flags: Flags

    /// Creates a range from byte offsets in the record.
    public init(start: Int, end: Int, flags: Flags = []) {
        startOffset = Int32(truncatingIfNeeded: start)
        endOffset = Int32(truncatingIfNeeded: end)
        self.flags = flags
    }

    /// The offset of the field's first byte in the record.
    public var start: Int { Int(startOffset) }

    /// The offset after the field's last byte in the record.
    public var end: Int { Int(endOffset) }

    /// Whether the field stands in quotes.
    public var isQuoted: Bool { flags.contains(.quoted) }

    /// Whether the field has no byte between its quotes or delimiters.
    public var isEmpty: Bool { startOffset == endOffset }

    /// Whether the bytes in the range differ from the field's value, so that it has to be unescaped.
    public var needsUnescaping: Bool { !flags.isDisjoint(with: [.doubledQuotes, .textAfterQuote]) }
}
