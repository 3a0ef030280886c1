/// A table in tab-separated UTF-8 text: one header line, no quoting, no tab or line break inside a cell.
struct TabSeparatedText {
    /// A row with the number of its line, counted from 1.
    struct Row {
        let line: Int
        let cells: [String]
    }

    let rows: [Row]
    private let columns: [String]

    /// More than any table of codes needs (the whole GB/T 2260 is under 200 kB), less than would hurt.
    private static let byteLimit = 8 << 20

    /// Reads a whole table.
    /// - Parameter columns: the names that the header line must begin with; further columns are passed over.
    init(_ bytes: Span<UInt8>, columns: [String]) throws(ParseFault) {
        self.columns = columns
        guard bytes.count <= Self.byteLimit else {
            throw ParseFault(code: FaultCode.tableTooLarge.rawValue, arguments: ["limit": String(Self.byteLimit)])
        }
        let text: String
        do {
            text = String(copying: try UTF8Span(validating: bytes))
        } catch {
            throw ParseFault(
                code: FaultCode.tableNotUTF8.rawValue,
                arguments: ["line": String(Self.line(of: error.byteOffsets.lowerBound, in: bytes))])
        }
        var rows: [Row] = []
        var header: [String]?
        var lineNumber = 0
        for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            lineNumber += 1
            var content = Substring(line)
            if lineNumber == 1 && content.unicodeScalars.first == "\u{FEFF}" { content.unicodeScalars.removeFirst() }
            if content.utf8.last == UInt8(ascii: "\r") { content = Substring(content.utf8.dropLast()) }
            if content.isEmpty { continue }
            let cells = content.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            guard let header else {
                guard cells.starts(with: columns) else {
                    throw ParseFault(
                        code: FaultCode.tableHeader.rawValue,
                        arguments: ["line": String(lineNumber), "expected": columns.joined(separator: " ")])
                }
                header = cells
                continue
            }
            guard cells.count == header.count else {
                throw ParseFault(
                    code: FaultCode.tableColumns.rawValue,
                    arguments: [
                        "line": String(lineNumber), "expected": String(header.count), "found": String(cells.count),
                    ])
            }
            rows.append(Row(line: lineNumber, cells: cells))
        }
        guard !rows.isEmpty else { throw ParseFault(code: FaultCode.tableEmpty.rawValue) }
        self.rows = rows
    }

    /// Reads a cell as a value.
    /// - Throws: ``ParseFault`` `table.bad-cell` with line, column, text and the code of the inner fault as `cause`.
    func value<Value: UTF8Parsable>(_ type: Value.Type, at column: Int, of row: Row) throws(ParseFault) -> Value {
        do {
            return try Value.parse(row.cells[column])
        } catch {
            throw fault(at: column, of: row, cause: error.code)
        }
    }

    /// The fault of a cell.
    func fault(at column: Int, of row: Row, cause: String) -> ParseFault {
        ParseFault(
            code: FaultCode.tableBadCell.rawValue,
            arguments: [
                "line": String(row.line), "column": columns[column], "cause": cause,
                "text": String(row.cells[column].prefix(64)),
            ])
    }

    /// The fault of a key that stands in the table twice.
    func duplicate(_ key: String, in row: Row) -> ParseFault {
        ParseFault(code: FaultCode.tableDuplicate.rawValue, arguments: ["line": String(row.line), "key": key])
    }

    private static func line(of byte: Int, in bytes: Span<UInt8>) -> Int {
        var line = 1
        for index in 0..<min(byte, bytes.count) where bytes[index] == UInt8(ascii: "\n") { line += 1 }
        return line
    }
}
