/// The code of an item of a catalogue: numbers joined by points, e.g. `4.2.1`, ordered number by number.
public struct ItemCode: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let text: String
    private let order: UInt64

    /// - Returns: nil where the text is not two to four numbers below 1000 joined by points.
    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (2...4).contains(parts.count) else { return nil }
        var order: UInt64 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
                let number = UInt64(part)
            else { return nil }
            order = order << 16 | (number + 1)
        }
        self.text = text
        self.order = order << (16 * UInt64(4 - parts.count))
    }

    /// The code of the chapter, `4` of `4.2.1`.
    public var chapter: String { String(text.prefix { $0 != "." }) }

    /// The code of the heading above: `4.2` of `4.2.1`, `4` of `4.2`.
    public var group: String { String(text[..<(text.lastIndex(of: ".") ?? text.endIndex)]) }

    /// The number within the group, 1 of `4.2.1`.
    public var number: Int { text.split(separator: ".").last.flatMap { Int($0) } ?? 0 }

    public var description: String { text }

    /// Number by number; of `1.1` and `1.01`, which are not equal, the text decides.
    public static func < (lhs: ItemCode, rhs: ItemCode) -> Bool {
        lhs.order == rhs.order ? lhs.text < rhs.text : lhs.order < rhs.order
    }
    public static func == (lhs: ItemCode, rhs: ItemCode) -> Bool { lhs.text == rhs.text }
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
