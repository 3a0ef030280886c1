/// Bytes as letters and digits (RFC 4648), without padding and strict: one text for each sequence of bytes.
struct DataEncoding: Sendable {
    private let digits: [UInt8]
    /// How many bits a digit stands for.
    private let bits: Int

    private init(_ digits: String, bits: Int) {
        self.digits = Array(digits.utf8)
        self.bits = bits
    }

    /// RFC 4648, section 4.
    static let base64 = DataEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", bits: 6)
    /// RFC 4648, section 5: fit for addresses and cookies.
    static let base64url = DataEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", bits: 6)
    /// RFC 4648, section 6: what authenticator apps read.
    static let base32 = DataEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bits: 5)
    /// Crockford's base 32 in lower case, without letters that look like others: what people copy by hand.
    static let crockford = DataEncoding("0123456789abcdefghjkmnpqrstvwxyz", bits: 5)

    func text(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var (rest, count) = (0, 0)
        for byte in bytes {
            rest = rest << 8 | Int(byte)
            count += 8
            while count >= bits {
                count -= bits
                text.append(digits[rest >> count])
                rest &= 1 << count - 1
            }
        }
        // The last digit is filled up with zero bits.
        if count > 0 { text.append(digits[rest << (bits - count)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil if it is not what ``text(_:)`` makes of any bytes.
    func bytes(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        var (rest, count) = (0, 0)
        for character in text.utf8 {
            guard let digit = digits.firstIndex(of: character) else { return nil }
            rest = rest << bits | digit
            count += bits
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: rest >> count))
                rest &= 1 << count - 1
            }
        }
        // A whole digit left over, or bits in the filling, would make a second text of the same bytes.
        guard count < bits, rest == 0 else { return nil }
        return bytes
    }
}
