/// Writes a sheet's rows as comma-separated records (RFC 4180) into the text of a batch.
struct RowRecordWriter {
    private(set) var text: [UInt8] = []
    private(set) var records: [RecordBatch.Record] = []

    private let recordByteLimit: Int
    private var recordStart = 0
    private var lastColumn = 0
    private var hasContent = false
    private var flags: RecordBatch.Flags = []
    /// The fields of the first record, to which the others are filled up.
    private var width = 0

    private static let comma = Delimiter.comma.rawValue

    init(recordByteLimit: Int) {
        self.recordByteLimit = recordByteLimit
    }

    mutating func beginRow() {
        recordStart = text.count
        lastColumn = 0
        hasContent = false
        flags = []
    }

    mutating func flag(_ flag: RecordBatch.Flags) {
        flags.formUnion(flag)
    }

    /// Appends a value at a column, after empty fields for the columns passed over.
    mutating func append(_ value: Span<UInt8>, column: Int) {
        guard !value.isEmpty, !flags.contains(.tooLong) else { return }
        let gap = column - lastColumn
        // Twice the value's length is what it may need in quotes, each byte being one.
        guard text.count - recordStart + gap + 2 * value.count + 2 <= recordByteLimit else {
            let exact = Self.quotedLength(of: value)
            guard text.count - recordStart + gap + exact <= recordByteLimit else { return flags.formUnion(.tooLong) }
            return appendFitting(value, gap: gap, column: column)
        }
        appendFitting(value, gap: gap, column: column)
    }

    /// Ends the row; one without any content leaves no trace. Says how many bytes were written.
    mutating func endRow(number: Int) -> Int {
        guard hasContent || !flags.isEmpty else {
            text.removeSubrange(recordStart...)
            return 0
        }
        if width == 0 { width = lastColumn + 1 }
        if lastColumn + 1 < width {
            text.append(contentsOf: repeatElement(Self.comma, count: width - lastColumn - 1))
        }
        records.append(RecordBatch.Record(range: recordStart..<text.count, line: number, flags: flags))
        text.append(RecordScanner.lineFeed)
        return text.count - recordStart
    }

    /// Hands over the records written so far.
    mutating func takeBatch() -> RecordBatch? {
        guard !records.isEmpty else { return nil }
        let batch = RecordBatch(text: text, records: records)
        let (textCount, recordCount) = (text.count, records.count)
        text = []
        records = []
        text.reserveCapacity(textCount)
        records.reserveCapacity(recordCount)
        return batch
    }

    private mutating func appendFitting(_ value: Span<UInt8>, gap: Int, column: Int) {
        if gap > 0 { text.append(contentsOf: repeatElement(Self.comma, count: gap)) }
        CSVWriter.append(value, delimiter: Self.comma, to: &text)
        lastColumn = column
        hasContent = true
    }

    private static func quotedLength(of value: Span<UInt8>) -> Int {
        var length = value.count
        var needsQuotes = false
        for offset in 0..<value.count {
            switch value[offset] {
            case RecordScanner.quote:
                length += 1
                needsQuotes = true
            case comma, RecordScanner.lineFeed, RecordScanner.carriageReturn: needsQuotes = true
            default: continue
            }
        }
        return needsQuotes ? length + 2 : length
    }
}
