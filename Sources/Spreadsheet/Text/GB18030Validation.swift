/// Checks bytes against the one-, two- and four-byte forms of GB 18030.
enum GB18030Validation {
    /// How many places don't fit the forms; a character cut at the end counts only in a whole input.
    static func countOffences(in bytes: Span<UInt8>, isWhole: Bool) -> Int {
        var offences = 0
        var offset = 0
        let count = bytes.count
        while offset < count {
            let lead = bytes[offset]
            guard lead >= 0x80 else {
                offset += 1
                continue
            }
            let length = lead == 0x80 || lead == 0xFF ? 0 : characterLength(in: bytes, at: offset)
            guard let length else {
                return isWhole ? offences + 1 : offences
            }
            offences += length == 0 ? 1 : 0
            offset += max(1, length)
        }
        return offences
    }

    /// The length of the multi-byte character at an offset, 0 if it is none, nil if the end cuts it.
    private static func characterLength(in bytes: Span<UInt8>, at offset: Int) -> Int? {
        guard offset + 1 < bytes.count else { return nil }
        switch bytes[offset + 1] {
        case 0x40...0x7E, 0x80...0xFE: return 2
        case 0x30...0x39: break
        default: return 0
        }
        guard offset + 2 < bytes.count else { return nil }
        guard (0x81...0xFE).contains(bytes[offset + 2]) else { return 0 }
        guard offset + 3 < bytes.count else { return nil }
        return (0x30...0x39).contains(bytes[offset + 3]) ? 4 : 0
    }
}
