/// Appends records of delimited text (RFC 4180) to bytes that the caller writes where it likes.
///
///     var writer = CSVWriter()
///     var bytes = CSVWriter.byteOrderMark
///     writer.append(text: "绿色贷款", to: &bytes)
///     writer.append(number: "-12.50", to: &bytes)
///     writer.endRecord(to: &bytes)
public struct CSVWriter: Sendable {
    /// U+FEFF in UTF-8, at the start of a file that spreadsheet programs are to open as UTF-8.
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The byte between fields.
    public let delimiter: Delimiter

    /// Whether text that a spreadsheet program would take for a formula gets an apostrophe in front.
    public let defusesFormulas: Bool

    private var fieldCount = 0
    private var hasBytes = false

    /// Creates a writer at the start of a record.
    ///
    /// - Parameters:
    ///   - delimiter: the byte between fields.
    ///   - defusesFormulas: whether to put an apostrophe before text that begins with `=`, `+`, `-`, `@`, their
    ///     full-width forms, a tab or a line break. It changes the text: leave it off for files that programs read.
    public init(delimiter: Delimiter = .comma, defusesFormulas: Bool = false) {
        self.delimiter = delimiter
        self.defusesFormulas = defusesFormulas
    }

    /// Appends a text field.
    public mutating func append(text: String, to bytes: inout [UInt8]) {
        var text = text
        text.withUTF8 { append(text: $0.span, to: &bytes) }
    }

    /// Appends a text field given as UTF-8.
    public mutating func append(text: Span<UInt8>, to bytes: inout [UInt8]) {
        beginField(isEmpty: text.isEmpty, in: &bytes)
        if defusesFormulas, Self.looksLikeFormula(text) {
            Self.append(text, delimiter: delimiter.rawValue, prefix: UInt8(ascii: "'"), to: &bytes)
        } else {
            Self.append(text, delimiter: delimiter.rawValue, to: &bytes)
        }
    }

    /// Appends a number as it is written; it is never defused, so that -1 stays a number.
    public mutating func append(number: String, to bytes: inout [UInt8]) {
        var number = number
        number.withUTF8 { digits in
            beginField(isEmpty: digits.isEmpty, in: &bytes)
            Self.append(digits.span, delimiter: delimiter.rawValue, to: &bytes)
        }
    }

    /// Appends an empty field.
    public mutating func appendEmpty(to bytes: inout [UInt8]) {
        beginField(isEmpty: true, in: &bytes)
    }

    /// Ends the record with CR LF; a record of one empty field is written `""`, for a blank line would be none.
    public mutating func endRecord(to bytes: inout [UInt8]) {
        if fieldCount <= 1, !hasBytes { bytes.append(contentsOf: [RecordScanner.quote, RecordScanner.quote]) }
        bytes.append(contentsOf: [RecordScanner.carriageReturn, RecordScanner.lineFeed])
        fieldCount = 0
        hasBytes = false
    }

    /// Appends a whole record of text fields.
    public mutating func appendRecord(_ fields: [String], to bytes: inout [UInt8]) {
        for field in fields { append(text: field, to: &bytes) }
        endRecord(to: &bytes)
    }

    private mutating func beginField(isEmpty: Bool, in bytes: inout [UInt8]) {
        if fieldCount > 0 { bytes.append(delimiter.rawValue) }
        fieldCount += 1
        if !isEmpty { hasBytes = true }
    }

    private static func looksLikeFormula(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        switch text[0] {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D: return true
        case 0xEF:
            // U+FF1D ＝, U+FF0B ＋, U+FF0D － and U+FF20 ＠, which East Asian editions read like the ASCII signs.
            guard text.count >= 3 else { return false }
            let pair = (text[1], text[2])
            return pair == (0xBC, 0x9D) || pair == (0xBC, 0x8B) || pair == (0xBC, 0x8D) || pair == (0xBC, 0xA0)
        default: return false
        }
    }

    /// Appends one field, in quotes if it holds the delimiter, a quote or a line break.
    static func append(_ field: Span<UInt8>, delimiter: UInt8, prefix: UInt8? = nil, to bytes: inout [UInt8]) {
        var needsQuotes = false
        for offset in 0..<field.count {
            let byte = field[offset]
            if byte == delimiter || byte == RecordScanner.quote || byte == RecordScanner.lineFeed
                || byte == RecordScanner.carriageReturn
            {
                needsQuotes = true
                break
            }
        }
        if needsQuotes { bytes.append(RecordScanner.quote) }
        if let prefix { bytes.append(prefix) }
        guard needsQuotes else { return bytes.append(field) }
        var start = 0
        while true {
            let quote = ByteSearch.first(RecordScanner.quote, in: field, from: start)
            bytes.append(field.extracting(start..<quote))
            guard quote < field.count else { break }
            bytes.append(contentsOf: [RecordScanner.quote, RecordScanner.quote])
            start = quote + 1
        }
        bytes.append(RecordScanner.quote)
    }
}
