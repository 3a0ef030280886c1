import Spreadsheet

/// A table read back: records by the header's names, each with its line.
public struct Table: Sendable {
    public let headers: [String]
    public let records: [Record]

    public struct Record: Sendable {
        public let line: Int
        public let fields: [String]
        let headers: [String]

        public subscript(name: String) -> String {
            guard let index = headers.firstIndex(of: name), index < fields.count else { return "" }
            return fields[index]
        }
    }

    public init(path: String, sheet: String? = nil) throws {
        var lines: [(line: Int, fields: [String])] = []
        var reader = try RecordReader(path: path, options: RecordReader.Options(sheet: sheet))
        var cursor = FieldCursor(delimiter: reader.delimiter)
        while let batch = try reader.next() {
            for record in batch.records {
                let bytes = batch.text.span.extracting(record.byteRange)
                cursor.split(bytes)
                lines.append((record.line, (0..<cursor.count).map { cursor.text(at: $0, in: bytes) }))
            }
        }
        let headers = lines.first?.fields ?? []
        self.headers = headers
        records = lines.dropFirst().map { Record(line: $0.line, fields: $0.fields, headers: headers) }
    }

    public subscript(column: String) -> [String] { records.map { $0[column] } }
}
