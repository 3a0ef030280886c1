import CZlib

/// Inflates one entry of a ZIP container piece by piece (RFC 1951) and checks size and CRC-32 at its end.
final class ZIPEntryReader {
    private let archive: ZIPArchive
    private let entry: ZIPEntry
    private let limits: WorkbookLimits
    private let budget: InflationBudget

    private var fileOffset: Int
    private var compressedLeft: Int
    private var input: [UInt8]
    private var inputRange = 0..<0
    private var produced = 0
    private var checksum: UInt
    private var isAtEnd = false

    /// zlib keeps a pointer to its stream, which therefore needs an address that doesn't change.
    private var stream: UnsafeMutablePointer<z_stream>?

    private static let headerLength = 30
    private static let headerSignature: UInt32 = 0x0403_4B50

    init(
        _ entry: ZIPEntry, of archive: ZIPArchive, limits: WorkbookLimits, budget: InflationBudget
    ) throws(SpreadsheetFault) {
        self.archive = archive
        self.entry = entry
        self.limits = limits
        self.budget = budget
        let facts = ["path": archive.name, "entry": entry.name]
        guard !entry.isEncrypted else { throw SpreadsheetFault(.zipEntryEncrypted, facts) }
        guard let method = ZIPEntry.Method(rawValue: entry.method) else {
            let more = ["method": String(entry.method)]
            throw SpreadsheetFault(.zipMethodUnsupported, facts.merging(more) { first, _ in first })
        }
        let corrupt = SpreadsheetFault(.zipEntryCorrupt, facts)
        input = [UInt8](repeating: 0, count: max(Self.headerLength, min(1 << 16, entry.compressedSize)))
        checksum = crc32(0, nil, 0)
        fileOffset = entry.headerOffset
        compressedLeft = Self.headerLength
        try fillInput()
        guard inputRange.count == Self.headerLength else { throw corrupt }
        let header = LittleEndianFields(Array(input[inputRange]))
        guard header.uint32(at: 0) == Self.headerSignature else { throw corrupt }
        guard header.uint16(at: 6) & 1 == 0 else { throw SpreadsheetFault(.zipEntryEncrypted, facts) }
        fileOffset += Int(header.uint16(at: 26)) + Int(header.uint16(at: 28))
        guard fileOffset <= archive.directoryOffset, entry.compressedSize <= archive.directoryOffset - fileOffset else {
            throw corrupt
        }
        compressedLeft = entry.compressedSize
        inputRange = 0..<0
        if method == .deflated {
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            self.stream = stream
            let size = Int32(MemoryLayout<z_stream>.size)
            // Negative window bits: raw deflate data without a zlib header.
            guard inflateInit2_(stream, -MAX_WBITS, ZLIB_VERSION, size) == Z_OK else { throw corrupt }
        }
    }

    deinit {
        guard let stream else { return }
        inflateEnd(stream)
        stream.deinitialize(count: 1)
        stream.deallocate()
    }

    /// Puts the next bytes into the buffer and says how many there are; 0 is the end of an intact entry.
    ///
    /// - Throws: `zipEntryCorrupt`, `zipRatioTooHigh`, `zipInflatedTooLarge`.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        guard !isAtEnd, !buffer.isEmpty else { return 0 }
        let count = stream == nil ? try copyStored(into: buffer) : try inflateNext(into: buffer)
        if count == 0 {
            isAtEnd = true
            guard produced == entry.inflatedSize, checksum == UInt(entry.checksum) else { throw corrupt }
            return 0
        }
        produced += count
        guard produced <= entry.inflatedSize else { throw corrupt }
        checksum = crc32(checksum, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(count))
        if produced > limits.ratioFreeBytes, produced / max(1, limits.inflationRatio) > entry.compressedSize {
            let facts = ["path": archive.name, "entry": entry.name, "limit": String(limits.inflationRatio)]
            throw SpreadsheetFault(.zipRatioTooHigh, facts)
        }
        try budget.spend(count)
        return count
    }

    private var corrupt: SpreadsheetFault {
        SpreadsheetFault(.zipEntryCorrupt, ["path": archive.name, "entry": entry.name])
    }

    private func fillInput() throws(SpreadsheetFault) {
        let wanted = min(input.count, compressedLeft)
        var outcome: Result<Int, SpreadsheetFault> = .success(0)
        input.withUnsafeMutableBytes { buffer in
            do throws(SpreadsheetFault) {
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
                outcome = .success(try archive.file.read(into: part, at: fileOffset, name: archive.name))
            } catch {
                outcome = .failure(error)
            }
        }
        let count = try outcome.get()
        guard count == wanted else { throw corrupt }
        fileOffset += count
        compressedLeft -= count
        inputRange = 0..<count
    }

    private func copyStored(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        if inputRange.isEmpty { try fillInput() }
        let count = min(buffer.count, inputRange.count)
        let part = inputRange.lowerBound..<(inputRange.lowerBound + count)
        input.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[part])) }
        inputRange = part.upperBound..<inputRange.upperBound
        return count
    }

    private func inflateNext(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        guard let stream else { return 0 }
        let room = UInt32(clamping: buffer.count)
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = room
        while true {
            if inputRange.isEmpty, compressedLeft > 0 { try fillInput() }
            let range = inputRange
            let (status, left) = input.withUnsafeMutableBufferPointer { bytes in
                stream.pointee.next_in = bytes.baseAddress.map { $0 + range.lowerBound }
                stream.pointee.avail_in = UInt32(range.count)
                return (inflate(stream, Z_NO_FLUSH), Int(stream.pointee.avail_in))
            }
            inputRange = (range.upperBound - left)..<range.upperBound
            let count = Int(room - stream.pointee.avail_out)
            switch status {
            case Z_STREAM_END:
                return count
            case Z_OK where count > 0:
                return count
            case Z_OK, Z_BUF_ERROR:
                guard !inputRange.isEmpty || compressedLeft > 0 else { throw corrupt }
            default:
                throw corrupt
            }
        }
    }
}
