import Credit
import Crypto
import Library
import Spreadsheet
import Synchronization
import Vocabulary

/// Where a ledger comes from.
public enum LedgerInput: Sendable {
    case file(String)
    case standardInput
    /// Bytes from anywhere else, under the name that they give themselves.
    case source(any ByteSource)

    public var name: String {
        switch self {
        case .file(let path): path
        case .standardInput: "-"
        case .source(let source): source.name
        }
    }
}

/// A ledger opened: its header understood, its bytes hashed while they are read.
struct LedgerSource: ~Copyable {
    let layout: LedgerLayout
    let delimiter: Delimiter
    /// What the file is, in words for the statement: `CSV, gb18030, comma`.
    let form: String
    private var reader: RecordReader
    private let hash: HashState
    /// The records behind the header in the first batch.
    private var pending: RecordBatch?

    /// The running hash, shared with the reader that feeds it.
    private final class HashState: Sendable {
        private let state = Mutex((hash: SHA256(), bytes: 0))

        func update(_ bytes: Span<UInt8>) {
            state.withLock { state in
                bytes.withUnsafeBytes { state.hash.update(bufferPointer: $0) }
                state.bytes += bytes.count
            }
        }

        func finish() -> (digest: String, bytes: Int) {
            state.withLock { state in
                return (state.hash.finalize().hexadecimal, state.bytes)
            }
        }
    }

    init(
        _ input: LedgerInput, options: RecordReader.Options, library: RuleLibrary, mapping: LedgerMapping
    ) throws(AssessmentFault) {
        let hash = HashState()
        var reader = try Self.open(input, options, hash)
        let first = try Self.batch(&reader, options.blockSize)
        guard let first, !first.records.isEmpty else { throw .noHeader }
        var cursor = FieldCursor(delimiter: reader.delimiter)
        let header = first.text.span.extracting(first.records[0].byteRange)
        cursor.split(header)
        let headers = (0..<cursor.count).map { cursor.text(at: $0, in: header) }
        let layout = try Self.layout(headers, library, mapping)
        self.layout = layout
        self.hash = hash
        delimiter = reader.delimiter
        form = Self.describe(reader.format)
        pending = first
        self.reader = reader
    }

    private static func layout(
        _ headers: [String], _ library: RuleLibrary, _ mapping: LedgerMapping
    ) throws(AssessmentFault) -> LedgerLayout {
        do {
            return try LedgerLayout(
                headers: headers, words: library.ledgerWords, mapping: mapping, dictionary: library.facts)
        } catch {
            throw .layout(error)
        }
    }

    private static func batch(
        _ reader: inout RecordReader, _ bytes: Int
    ) throws(AssessmentFault) -> RecordBatch? {
        do {
            return try reader.next(maximumBytes: bytes)
        } catch {
            throw .unreadable(error)
        }
    }

    /// The next records behind the header.
    mutating func next(maximumBytes: Int) throws(AssessmentFault) -> RecordBatch? {
        if let first = pending {
            pending = nil
            return first.withoutFirstRecord
        }
        return try Self.batch(&reader, maximumBytes)
    }

    /// SHA-256 and length of the whole input; asked after the last batch.
    func fingerprint() -> (digest: String, bytes: Int) { hash.finish() }

    private static func open(
        _ input: LedgerInput, _ options: RecordReader.Options, _ hash: HashState
    ) throws(AssessmentFault) -> RecordReader {
        do {
            switch input {
            case .file(let path):
                return try RecordReader(path: path, options: options, observer: { hash.update($0) })
            case .standardInput:
                return try RecordReader.standardInput(options: options, observer: { hash.update($0) })
            case .source(let source):
                return try RecordReader(source: source, options: options, observer: { hash.update($0) })
            }
        } catch {
            throw .unreadable(error)
        }
    }

    private static func describe(_ format: TableFormat) -> String {
        switch format {
        case .workbook(let sheet): "XLSX, \(sheet)"
        case .delimitedText(let encoding, let delimiter): "CSV, \(encoding.rawValue), \(delimiter)"
        }
    }
}
