/// Bytes as hexadecimal digits, two each: read in either case, written in lower case, as digests are.
///
/// Inlinable, for whole documents pass through here on their way from and to a database.
public enum HexDigits {
    @usableFromInline static let digits = Array("0123456789abcdef".utf8)

    /// The value of a digit, of either case; nil for another character.
    @inlinable public static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The byte of two digits; nil if they are none.
    @inlinable public static func byte(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = value(high), let low = value(low) else { return nil }
        return high << 4 | low
    }

    /// The bytes of two digits each; nil if that is not what stands there.
    @inlinable public static func bytes(_ digits: some Collection<UInt8>) -> [UInt8]? {
        guard digits.count % 2 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var rest = digits.makeIterator()
        while let high = rest.next() {
            guard let low = rest.next(), let byte = byte(high, low) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// Appends two digits for each byte.
    @inlinable public static func append(_ bytes: some Sequence<UInt8>, to text: inout [UInt8]) {
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
    }
}

extension Sequence<UInt8> {
    /// The bytes as lower-case hexadecimal digits, two each, as digests are written.
    public var hexadecimal: String {
        var digits: [UInt8] = []
        HexDigits.append(self, to: &digits)
        return String(decoding: digits, as: UTF8.self)
    }
}
