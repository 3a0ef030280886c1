import Spreadsheet

/// Bytes of a test as a source, which may hand them out in small pieces.
struct ArraySource: ByteSource {
    var name: String { "test" }
    let bytes: [UInt8]
    let pieceLength: Int
    private var firstPieceLength: Int?
    private var offset = 0

    init(_ bytes: [UInt8], pieceLength: Int = .max, firstPieceLength: Int? = nil) {
        self.bytes = bytes
        self.pieceLength = pieceLength
        self.firstPieceLength = firstPieceLength
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(SpreadsheetFault) -> Int {
        let count = min(buffer.count, firstPieceLength ?? pieceLength, bytes.count - offset)
        firstPieceLength = nil
        bytes.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<(offset + count)]))
        }
        offset += count
        return count
    }
}

/// One record as a test looks at it.
struct ReadRecord: Equatable, CustomStringConvertible {
    let text: String
    let line: Int
    let flags: RecordBatch.Flags

    init(_ text: String, line: Int, flags: RecordBatch.Flags = []) {
        self.text = text
        self.line = line
        self.flags = flags
    }

    var description: String { "\(line): \(text.debugDescription.prefix(200)) [\(flags.rawValue)]" }
}

/// Reads all records of some bytes.
func readRecords(
    _ bytes: [UInt8], options: RecordReader.Options = .init(), batch: Int = 1 << 20
) throws(SpreadsheetFault) -> [ReadRecord] {
    try readRecords(from: ArraySource(bytes), options: options, batch: batch)
}

func readRecords(
    _ text: String, options: RecordReader.Options = .init(), batch: Int = 1 << 20
) throws(SpreadsheetFault) -> [ReadRecord] {
    try readRecords(Array(text.utf8), options: options, batch: batch)
}

/// Reads all records of a source.
func readRecords(
    from source: ArraySource, options: RecordReader.Options = .init(), batch: Int = 1 << 20
) throws(SpreadsheetFault) -> [ReadRecord] {
    var reader = try RecordReader(source: source, options: options)
    var records: [ReadRecord] = []
    while let next = try reader.next(maximumBytes: batch) {
        for index in next.records.indices {
            let record = next.records[index]
            records.append(ReadRecord(next.string(at: index), line: record.line, flags: record.flags))
        }
    }
    return records
}

/// The fields of a record as strings.
func fields(of record: String, delimiter: Delimiter = .comma) -> [String] {
    var cursor = FieldCursor(delimiter: delimiter)
    let bytes = Array(record.utf8)
    cursor.split(bytes.span)
    return (0..<cursor.count).map { cursor.text(at: $0, in: bytes.span) }
}

/// The code of the fault that reading ends with, nil if it doesn't.
func faultCode(of body: () throws(SpreadsheetFault) -> Void) -> SpreadsheetFault.Code? {
    do throws(SpreadsheetFault) {
        try body()
        return nil
    } catch {
        return error.code
    }
}
