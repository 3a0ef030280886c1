/// Looks for single bytes eight at a time.
enum ByteSearch {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The high bit of each byte that is zero; bits above the lowest such byte may be set wrongly.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        (word &- ones) & ~word & highBits
    }

    /// The first quote, line feed or carriage return at or after an offset; the count if there is none.
    @inline(__always)
    static func firstRecordMark(in bytes: Span<UInt8>, from start: Int) -> Int {
        let quotes = ones &* UInt64(RecordScanner.quote)
        let lineFeeds = ones &* UInt64(RecordScanner.lineFeed)
        let returns = ones &* UInt64(RecordScanner.carriageReturn)
        let raw = bytes.bytes
        var offset = start
        let end = bytes.count
        while offset + 8 <= end {
            let loaded = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            let word = UInt64(littleEndian: loaded)
            let hits = zeroBytes(word ^ quotes) | zeroBytes(word ^ lineFeeds) | zeroBytes(word ^ returns)
            if hits != 0 { return offset + (hits.trailingZeroBitCount >> 3) }
            offset += 8
        }
        while offset < end {
            let byte = bytes[offset]
            if byte == RecordScanner.quote || byte == RecordScanner.lineFeed || byte == RecordScanner.carriageReturn {
                return offset
            }
            offset += 1
        }
        return end
    }

    /// The first occurrence of a byte at or after an offset; the count if there is none.
    @inline(__always)
    static func first(_ byte: UInt8, in bytes: Span<UInt8>, from start: Int) -> Int {
        let pattern = ones &* UInt64(byte)
        let raw = bytes.bytes
        var offset = start
        let end = bytes.count
        while offset + 8 <= end {
            let loaded = raw.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            let hits = zeroBytes(UInt64(littleEndian: loaded) ^ pattern)
            if hits != 0 { return offset + (hits.trailingZeroBitCount >> 3) }
            offset += 8
        }
        while offset < end, bytes[offset] != byte { offset += 1 }
        return offset
    }
}
