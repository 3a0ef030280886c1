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
        // One text for one digest: what was not printed by us, such as upper case, is refused.
        guard text.utf8.count == 64, let bytes = HexDigits.bytes(text.utf8), bytes.hexadecimal == text
        else { return nil }
        self.bytes = bytes
    }

    /// As it is kept: 64 lower-case hexadecimal digits, by which a row is found.
    public var hexadecimal: String { bytes.hexadecimal }

    /// Whether two are the same, in a time that does not tell where they differ.
    public static func == (left: SecretDigest, right: SecretDigest) -> Bool {
        ConstantTime.equal(left.bytes, right.bytes)
    }
}
