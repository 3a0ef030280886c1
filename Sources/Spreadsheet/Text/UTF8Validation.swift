/// Checks bytes against the well-formed UTF-8 sequences (Unicode Standard, table 3-7).
enum UTF8Validation {
    /// The end of the run of complete, well-formed characters that begins at an offset.
    static func endOfValidRun(in bytes: Span<UInt8>, from start: Int) -> Int {
        let raw = bytes.bytes
        let count = bytes.count
        var offset = start
        while offset < count {
            while offset + 8 <= count {
                let word = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
                let high = UInt64(littleEndian: word) & 0x8080_8080_8080_8080
                guard high == 0 else {
                    offset += high.trailingZeroBitCount >> 3
                    break
                }
                offset += 8
            }
            // Han text is a run of three-byte characters; four bytes at once decide about one of them.
            while offset + 4 <= count {
                let loaded = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt32.self)
                let word = UInt32(littleEndian: loaded)
                guard word & 0x00C0_C0F0 == 0x0080_80E0 else { break }
                let lead = word & 0xFF
                let second = (word >> 8) & 0xFF
                if (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) { return offset }
                offset += 3
            }
            guard offset < count else { break }
            let length = sequenceLength(in: bytes, at: offset)
            guard length > 0 else { return offset }
            offset += length
        }
        return offset
    }

    /// Whether the bytes from an offset to the end are the beginning of a character, cut off by the end.
    static func isCutCharacter(in bytes: Span<UInt8>, at offset: Int) -> Bool {
        let rest = bytes.count - offset
        guard rest > 0, rest < 4 else { return false }
        let lead = bytes[offset]
        let length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 ? 2 : 1
        guard lead <= 0xF4, length > rest else { return false }
        if rest > 1, !secondBytes(after: lead).contains(bytes[offset + 1]) { return false }
        if rest > 2, bytes[offset + 2] & 0xC0 != 0x80 { return false }
        return true
    }

    /// How many places are not well-formed; a character cut at the end counts only in a whole input.
    static func countOffences(in bytes: Span<UInt8>, isWhole: Bool) -> Int {
        var offences = 0
        var offset = endOfValidRun(in: bytes, from: 0)
        while offset < bytes.count {
            if !isWhole && isCutCharacter(in: bytes, at: offset) { break }
            offences += 1
            offset = endOfValidRun(in: bytes, from: offset + 1)
        }
        return offences
    }

    private static func secondBytes(after lead: UInt8) -> ClosedRange<UInt8> {
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
    }

    /// The length of the character at an offset, 0 if it is ill-formed or cut.
    private static func sequenceLength(in bytes: Span<UInt8>, at offset: Int) -> Int {
        let lead = bytes[offset]
        let length: Int
        switch lead {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return 0
        }
        guard offset + length <= bytes.count, secondBytes(after: lead).contains(bytes[offset + 1]) else { return 0 }
        for position in 2..<max(2, length) where bytes[offset + position] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
