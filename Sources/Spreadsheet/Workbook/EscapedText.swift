/// Undoes the `_xHHHH_` escapes by which a workbook writes characters that XML can't hold (ECMA-376 part 1, 22.9.2.19).
enum EscapedText {
    /// Decodes the escapes in the bytes from an offset to the end, in place.
    static func decode(_ bytes: inout [UInt8], from start: Int) {
        guard var source = firstEscape(in: bytes, from: start) else { return }
        var target = source
        while source < bytes.count {
            if let scalar = escape(in: bytes, at: source) {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                    bytes[target] = byte
                    target += 1
                }
                source += 7
            } else {
                bytes[target] = bytes[source]
                target += 1
                source += 1
            }
        }
        bytes.removeSubrange(target...)
    }

    private static func firstEscape(in bytes: [UInt8], from start: Int) -> Int? {
        var offset = start
        let span = bytes.span
        while true {
            offset = ByteSearch.first(UInt8(ascii: "_"), in: span, from: offset)
            guard offset < span.count else { return nil }
            if escape(in: bytes, at: offset) != nil { return offset }
            offset += 1
        }
    }

    /// The character that the seven bytes at an offset stand for; halves of surrogate pairs stand for none.
    private static func escape(in bytes: [UInt8], at offset: Int) -> Unicode.Scalar? {
        guard offset + 7 <= bytes.count, bytes[offset] == UInt8(ascii: "_"), bytes[offset + 1] == UInt8(ascii: "x"),
            bytes[offset + 6] == UInt8(ascii: "_")
        else { return nil }
        var value: UInt32 = 0
        for digit in bytes[(offset + 2)..<(offset + 6)] {
            switch digit {
            case 0x30...0x39: value = value << 4 | UInt32(digit - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(digit - 0x37)
            case 0x61...0x66: value = value << 4 | UInt32(digit - 0x57)
            default: return nil
            }
        }
        return Unicode.Scalar(value)
    }
}
