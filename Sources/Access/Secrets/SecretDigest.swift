import Crypto
import Vocabulary

/// What is kept of a key: SHA-256 of its text. Whoever reads the database can use none of the keys.
///
/// Plain SHA-256 is right for keys of 80 random bits and more, which nobody can try out; passwords need
/// ``PasswordHash``.
public struct SecretDigest: Sendable, Hashable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// The digest of a text.
    public init(of text: String) { bytes = Array(SHA256.hash(data: Array(text.utf8))) }

    /// Reads what was kept; nil if it is not 64 lower-case hexadecimal digits.
    public init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// As it is kept: 64 lower-case hexadecimal digits, by which a row is found.
    public var hexadecimal: String { bytes.hexadecimal }

    /// Whether two are the same, in a time that does not tell where they differ.
    public static func == (left: SecretDigest, right: SecretDigest) -> Bool {
        ConstantTime.equal(left.bytes, right.bytes)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
