/// A run of consecutive records: one piece of UTF-8 text, and where each record lies in it.
///
///     while let batch = try reader.next() {
///         for index in batch.records.indices {
///             batch.withRecord(at: index) { fields.split($0) }
///         }
///     }
public struct RecordBatch: Sendable {
    /// What is to be known of a record besides its text.
    public struct Flags: OptionSet, Sendable, Hashable {
        /// The flags as bits.
        public let rawValue: UInt8

        /// Flags from their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// A quoted field was still open at the end of the input. The record is its first physical line only;
        /// the lines after it are read as records of their own.
        public static let unterminatedQuote = Flags(rawValue: 1)
        /// The record exceeds the limit. Of a text, the record is its first physical line only (at most the limit)
        /// and reading went on at the line after that; of a sheet, it is the cells that fit.
        public static let tooLong = Flags(rawValue: 2)
        /// Bytes that are no text in the input's encoding were replaced by U+FFFD.
        public static let invalidText = Flags(rawValue: 4)
        /// A cell of the sheet held an error value such as #N/A, which is handed over as empty.
        public static let errorCell = Flags(rawValue: 8)
    }

    /// One record's place in the text.
    public struct Record: Sendable, Hashable {
        let start: Int32
        let end: Int32
        /// The number of the record's first physical line in the file, or of its row in the sheet; the first is 1.
        public let line: Int
        /// What is to be known of the record.
        public let flags: Flags

        init(range: Range<Int>, line: Int, flags: Flags) {
            start = Int32(clamping: range.lowerBound)
            end = Int32(clamping: range.upperBound)
            self.line = line
            self.flags = flags
        }

        /// Where the record lies in the batch's text, without its line end.
        public var byteRange: Range<Int> { Int(start)..<Int(end) }

        /// Whether bytes of the record had to be replaced.
        public var hasInvalidText: Bool { flags.contains(.invalidText) }
    }

    /// The text that holds the records.
    public let text: [UInt8]

    /// The records in the order of the input.
    public let records: [Record]

    /// Lends a record's bytes to a closure.
    public func withRecord<Outcome, Fault: Error>(
        at index: Int, _ body: (Span<UInt8>) throws(Fault) -> Outcome
    ) throws(Fault) -> Outcome {
        try body(text.span.extracting(records[index].byteRange))
    }

    /// A record's text as a string; for messages and tests rather than for long tables.
    public func string(at index: Int) -> String {
        String(decoding: text[records[index].byteRange], as: UTF8.self)
    }
}

extension RecordBatch {
    /// The same text without its first record, for a caller that read the header apart.
    public var withoutFirstRecord: RecordBatch {
        RecordBatch(text: text, records: Array(records.dropFirst()))
    }
}
