import Credit
import Spreadsheet
import Vocabulary

/// What a worker made of one batch, waiting for its turn.
struct AssessedChunk: Sendable {
    struct Loan: Sendable {
        let loan: AssessedLoan
        let row: LoanRow
        /// Its line, up to what other rows decide; nil where none is written.
        let pieces: RowFormatter.Pieces?
        let fingerprint: DuplicateIndex.Fingerprint
        let project: UInt64?
        /// The whole record as read.
        let record: Range<Int>
    }

    enum Record: Sendable {
        case loan(Loan)
        case rejected(AssessedRows.Rejected)
    }

    var records: [Record] = []
    /// The lines of the loans, up to what other rows decide.
    var lines: [UInt8] = []
    /// The text that the loans' ranges refer to.
    var text: [UInt8] = []
    var bytesRead = 0
}

/// Reads, judges and formats batches. One for each task; shares nothing.
struct ChunkWorker {
    private var assessor: Assessor
    private let parser: RowParser
    private let formatter: RowFormatter?
    private let delimiter: UInt8
    private var fields: [FieldRange] = []
    private var ranges: [Range<Int>] = []
    private var scratch: [UInt8] = []
    private var row = LoanRow()
    private var written = RowFormatter.Written()

    /// - Parameter formatter: Writes the lines; nil where none are wanted.
    init(basis: AssessmentBasis, parser: RowParser, formatter: RowFormatter?, delimiter: Delimiter) {
        assessor = Assessor(basis: basis)
        self.parser = parser
        self.formatter = formatter
        self.delimiter = delimiter.rawValue
    }

    mutating func assess(_ batch: RecordBatch) -> AssessedChunk {
        var chunk = AssessedChunk()
        chunk.text = batch.text
        chunk.bytesRead = batch.text.count
        chunk.records.reserveCapacity(batch.records.count)
        var lines: [UInt8] = []
        if formatter != nil { lines.reserveCapacity(batch.text.count * 2) }
        for record in batch.records {
            if record.flags.contains(.tooLong) || record.flags.contains(.unterminatedQuote) {
                let key = record.flags.contains(.tooLong) ? "row.too-long" : "row.unterminated-quote"
                let value = String(decoding: batch.text[record.byteRange].prefix(300), as: UTF8.self)
                let rejection = Rejection(line: record.line, column: "", value: value, message: Message(key: key))
                chunk.records.append(.rejected(.init(rejection: rejection, record: record.byteRange)))
                continue
            }
            splitFields(of: batch.text.span.extracting(record.byteRange), delimiter: delimiter, into: &fields)
            unquote(record.byteRange.lowerBound, batch, &chunk)
            do {
                try parser.parse(ranges, of: chunk.text.span, line: record.line, into: &row)
            } catch {
                chunk.records.append(.rejected(.init(rejection: error, record: record.byteRange)))
                continue
            }
            warn(of: record)
            let loan = assessor.assess(row, in: chunk.text.span)
            let pieces = formatter?.append(
                loan, row: row, in: chunk.text.span, scratch: &scratch, written: &written, to: &lines)
            chunk.records.append(
                .loan(
                    AssessedChunk.Loan(
                        loan: loan, row: row, pieces: pieces,
                        fingerprint: DuplicateIndex.Fingerprint(chunk.text.span.extracting(row.loanID)),
                        project: ProjectClaims.key(row, in: chunk.text.span), record: record.byteRange)))
        }
        chunk.lines = lines
        return chunk
    }

    /// Fills `ranges`; a field with doubled quotes gets its plain text at the end of the chunk's text.
    private mutating func unquote(_ base: Int, _ batch: RecordBatch, _ chunk: inout AssessedChunk) {
        ranges.removeAll(keepingCapacity: true)
        for field in fields {
            guard field.needsUnescaping else {
                ranges.append(base + field.start..<base + field.end)
                continue
            }
            scratch.removeAll(keepingCapacity: true)
            batch.text.withUnsafeBufferPointer { text in
                let record = Span(_unsafeElements: UnsafeBufferPointer(rebasing: text[base...]))
                unescapeField(field, of: record, into: &scratch)
            }
            let start = chunk.text.count
            chunk.text += scratch
            ranges.append(start..<chunk.text.count)
        }
    }

    private mutating func warn(of record: RecordBatch.Record) {
        if record.hasInvalidText {
            row.warnings.append(RowWarning(column: nil, message: Message(key: "row.invalid-text")))
        }
        if record.flags.contains(.errorCell) {
            row.warnings.append(RowWarning(column: nil, message: Message(key: "row.error-cell")))
        }
        if ranges.count != parser.layout.headers.count {
            row.warnings.append(
                RowWarning(
                    column: nil,
                    message: Message(
                        key: "row.field-count",
                        arguments: ["found": "\(ranges.count)", "expected": "\(parser.layout.headers.count)"])))
        }
    }
}
