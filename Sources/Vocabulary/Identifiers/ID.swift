/// Something that the platform keeps under an id of its own.
public protocol Identified {
    /// Three letters in front of every id of the kind, such as `prj`, so that ids of two kinds are never mixed up on paper.
    static var idPrefix: String { get }
}

/// The id of one thing of a kind: `prj_01jd5x0w2k8e6v7c3m9a4n5p6q`.
///
/// After the prefix come 26 characters of Crockford's base 32, lower case: 48 bits of time in milliseconds, then 80 random bits.
/// So ids sort by the time they were made, say nothing of how many there are and cannot be guessed. An id is no secret.
public struct ID<Subject: Identified>: Sendable, Hashable {
    /// The id with its prefix.
    public let text: String

    /// Makes a new id.
    public init(at moment: Timestamp, _ random: RandomSource) {
        var value = UInt128(UInt64(bitPattern: max(0, moment.milliseconds)) & 0xFFFF_FFFF_FFFF)
        for byte in random.bytes(10) { value = value << 8 | UInt128(byte) }
        var digits: [UInt8] = []
        for index in 0..<26 { digits.append(IDDigits.all[Int(truncatingIfNeeded: value >> (125 - 5 * index)) & 31]) }
        text = "\(Subject.idPrefix)_\(String(decoding: digits, as: UTF8.self))"
    }

    /// Reads an id; nil if the prefix is another kind's, or what follows is none. Strict, so that one thing has one id.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        let prefix = Array(Subject.idPrefix.utf8) + [UInt8(ascii: "_")]
        guard bytes.count == prefix.count + 26, bytes.starts(with: prefix),
            bytes.dropFirst(prefix.count).allSatisfy(IDDigits.all.contains), bytes[prefix.count] <= UInt8(ascii: "7")
        else { return nil }
        self.text = text
    }
}

extension ID: CustomStringConvertible, Comparable {
    public var description: String { text }
    /// The one made first comes first; within one millisecond by chance.
    public static func < (left: ID, right: ID) -> Bool { left.text < right.text }
}

private enum IDDigits {
    /// Crockford's base 32: no i, l, o, u.
    static let all = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
