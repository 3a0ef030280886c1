/// Fixed-width numbers in bytes, low byte first, as the ZIP format stores them.
struct LittleEndianFields {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var count: Int { bytes.count }

    func uint16(at offset: Int) -> UInt16 { UInt16(truncatingIfNeeded: number(at: offset, width: 2)) }

    func uint32(at offset: Int) -> UInt32 { UInt32(truncatingIfNeeded: number(at: offset, width: 4)) }

    func uint64(at offset: Int) -> UInt64 { number(at: offset, width: 8) }

    func slice(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

    private func number(at offset: Int, width: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in (0..<width).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
        return value
    }
}
