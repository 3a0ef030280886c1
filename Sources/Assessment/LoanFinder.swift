import Credit
import Library
import Spreadsheet
import Vocabulary

/// Finds one loan of a ledger by its id, for laying it open.
public struct LoanFinder {
    /// A loan with the text that its ranges refer to, and its fields as they stand.
    public struct Found {
        public let row: LoanRow
        public let text: [UInt8]
        public let fields: [(header: String, value: String)]
    }

    private let library: RuleLibrary
    private let mapping: LedgerMapping

    public init(library: RuleLibrary, mapping: LedgerMapping) {
        self.library = library
        self.mapping = mapping
    }

    /// - Returns: The first loan with the id that can be read, or nil.
    public func find(_ id: String, in input: LedgerInput) throws(AssessmentFault) -> Found? {
        var source = try LedgerSource(input, options: RecordReader.Options(), library: library, mapping: mapping)
        let parser = RowParser(
            layout: source.layout, words: library.ledgerWords, dictionary: library.facts, regions: library.regions,
            industries: library.industries, epoch: .year1900, rates: [:], statedBy: input.name)
        var cursor = FieldCursor(delimiter: source.delimiter)
        var row = LoanRow()
        while let batch = try source.next(maximumBytes: 1 << 20) {
            for record in batch.records {
                let bytes = batch.text.span.extracting(record.byteRange)
                cursor.split(bytes)
                // Plain values end to end, so that ranges need no unescaping.
                var text: [UInt8] = []
                var ranges: [Range<Int>] = []
                for field in 0..<cursor.count {
                    let start = text.count
                    text += cursor.text(at: field, in: bytes).utf8
                    ranges.append(start..<text.count)
                }
                guard (try? parser.parse(ranges, of: text.span, line: record.line, into: &row)) != nil,
                    String(decoding: text[row.loanID], as: UTF8.self) == id
                else { continue }
                let values = ranges.map { String(decoding: text[$0], as: UTF8.self) }
                return Found(row: row, text: text, fields: Array(zip(source.layout.headers, values)))
            }
        }
        return nil
    }
}
