/// Reads a table, delimited text or an XLSX sheet, as one stream of records in bounded memory.
///
///     var reader = try RecordReader(path: "ledger.csv")
///     var fields = FieldCursor(delimiter: reader.delimiter)
///     while let batch = try reader.next() {
///         for index in batch.records.indices {
///             batch.withRecord(at: index) { record in
///                 fields.split(record)
///                 print(batch.records[index].line, fields.text(at: 0, in: record))
///             }
///         }
///     }
///
/// What the input is, is decided by its content, never by its name. A row of a sheet becomes a comma-separated record,
/// so that what follows is the same for both. Blank lines and empty rows are passed over but counted.
///
/// The reader has one owner. Several tasks may call ``next(maximumBytes:)`` in turn if the owner guards it, for
/// instance as `Mutex<RecordReader>`; the batches themselves are values that any task may work on.
// Unchecked: the source is a graph of classes that is made here, never handed out and reached only through
// `mutating` methods of a value that can't be copied, so that no two tasks can touch it at the same time.
public struct RecordReader: ~Copyable, @unchecked Sendable {
    /// How to read.
    public struct Options: Sendable {
        /// The encoding of delimited text; nil to detect it.
        public var encoding: TextEncoding?
        /// The delimiter of delimited text; nil to detect it by the header record.
        public var delimiter: Delimiter?
        /// The sheet of a workbook; nil for the first visible one.
        public var sheet: String?
        /// The most bytes of UTF-8 text that a record may have, from 1 to 256 MiB; 1 MiB unless changed.
        public var recordByteLimit: Int
        /// How many bytes to read at once, from 1 to 256 MiB; 1 MiB unless changed.
        public var blockSize: Int
        /// What a workbook may take up while it is read.
        public var workbookLimits: WorkbookLimits

        /// Options with everything detected and the usual limits, or as given.
        public init(
            encoding: TextEncoding? = nil, delimiter: Delimiter? = nil, sheet: String? = nil,
            recordByteLimit: Int = 1 << 20, blockSize: Int = ByteReader.defaultBlockSize,
            workbookLimits: WorkbookLimits = WorkbookLimits()
        ) {
            self.encoding = encoding
            self.delimiter = delimiter
            self.sheet = sheet
            self.recordByteLimit = recordByteLimit
            self.blockSize = blockSize
            self.workbookLimits = workbookLimits
        }
    }

    /// What the input turned out to be.
    public let format: TableFormat

    /// The names of the workbook's visible sheets in their order; empty for delimited text.
    public let sheetNames: [String]

    private let source: any RecordSource

    /// The byte between the fields of the records.
    public var delimiter: Delimiter {
        if case .delimitedText(_, let delimiter) = format { delimiter } else { .comma }
    }

    /// Opens a file and recognises what it is.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - options: how to read it.
    ///   - observer: sees every raw block of the file once and in order; it has seen all of them when
    ///     ``next(maximumBytes:)`` has returned nil.
    /// - Throws: ``SpreadsheetFault`` if the file can't be read or is no table.
    public init(
        path: String, options: Options = Options(), observer: ByteReader.Observer? = nil
    ) throws(SpreadsheetFault) {
        try self.init(source: try FileByteSource(path: path), options: options, observer: observer)
    }

    /// Reads standard input; a workbook is kept in a temporary file meanwhile, which has no name any more.
    ///
    /// - Throws: ``SpreadsheetFault`` if the input can't be read or is no table.
    public static func standardInput(
        options: Options = Options(), observer: ByteReader.Observer? = nil
    ) throws(SpreadsheetFault) -> RecordReader {
        try RecordReader(source: FileByteSource.standardInput, options: options, observer: observer)
    }

    /// Reads any source of bytes.
    ///
    /// - Throws: ``SpreadsheetFault`` if the source can't be read or is no table.
    public init(
        source bytes: any ByteSource, options: Options = Options(), observer: ByteReader.Observer? = nil
    ) throws(SpreadsheetFault) {
        var options = options
        // Offsets within a batch have 32 bits.
        options.recordByteLimit = min(max(1, options.recordByteLimit), 1 << 28)
        options.blockSize = min(max(1, options.blockSize), 1 << 28)
        var input = ByteReader(source: bytes, blockSize: options.blockSize, observer: observer)
        var prefix: [UInt8] = []
        while prefix.count < TextEncoding.detectionPrefixLength {
            let hasBlock = try input.withNextBlock { (block) throws(SpreadsheetFault) in prefix.append(block) }
            if !hasBlock { break }
        }
        let signature = FileSignature(of: prefix.span, isWhole: input.isAtEnd)
        if let fault = signature.fault(path: input.name) { throw fault }
        if signature == .zip {
            let workbook = try WorkbookRecordSource(
                input: &input, prefix: prefix, isObserved: observer != nil, options: options)
            format = .workbook(sheet: workbook.sheetName)
            sheetNames = workbook.visibleSheetNames
            source = workbook
        } else {
            let text = try DelimitedRecordSource(input: input, prefix: prefix, options: options)
            format = .delimitedText(encoding: text.encoding, delimiter: text.delimiter)
            sheetNames = []
            source = text
        }
    }

    /// The next records, nil after the last.
    ///
    /// - Parameter maximumBytes: about how much text to hand out at once; the batch ends with the record that
    ///   reaches it, so that it is longer by at most one record.
    /// - Throws: ``SpreadsheetFault`` if the input can't be read on; what was handed out before remains valid.
    public mutating func next(maximumBytes: Int = 1 << 20) throws(SpreadsheetFault) -> RecordBatch? {
        // The upper bound keeps offsets within a batch in 32 bits.
        try source.next(maximumBytes: min(max(1, maximumBytes), 1 << 28))
    }
}
