import Glibc
import Spreadsheet

/// A small ledger as a test states it: headers, and rows by header.
public struct Ledger: Sendable {
    public var headers: [String]
    public var rows: [[String: String]]

    public init(_ rows: [[String: String]], more headers: [String] = []) {
        let usual = ["借据号", "借款人名称", "贷款用途", "贷款余额"]
        var all = usual + headers
        for name in rows.flatMap({ $0.keys.sorted() }) where !all.contains(name) { all.append(name) }
        self.headers = all
        self.rows = rows
    }

    /// One loan with the columns that every ledger needs, and others.
    public static func loan(
        _ id: String, _ purpose: String, balance: String = "1000000.00", _ others: [String: String] = [:]
    ) -> [String: String] {
        ["借据号": id, "借款人名称": "重庆某某有限公司", "贷款用途": purpose, "贷款余额": balance].merging(others) { $1 }
    }

    /// Rows as fields in the order of the headers.
    private var records: [[String]] { rows.map { row in headers.map { row[$0] ?? "" } } }

    public func csv(_ delimiter: Delimiter = .comma) -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = CSVWriter(delimiter: delimiter)
        for record in [headers] + records { writer.appendRecord(record, to: &bytes) }
        return bytes
    }

    public func gb18030() throws -> [UInt8] {
        let text = csv().map { CChar(bitPattern: $0) }
        guard let converter = iconv_open("GB18030", "UTF-8"), Int(bitPattern: converter) != -1 else {
            throw ConversionFailed()
        }
        defer { iconv_close(converter) }
        var input = text
        var output = [CChar](repeating: 0, count: text.count * 2 + 16)
        var inputLeft = input.count
        var outputLeft = output.count
        let result = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                var source = from.baseAddress
                var target = to.baseAddress
                return iconv(converter, &source, &inputLeft, &target, &outputLeft)
            }
        }
        guard result != Int.max, inputLeft == 0 else { throw ConversionFailed() }
        return output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
    }

    public func writeWorkbook(to path: String) throws {
        var writer = try XLSXWriter(path: path, properties: WorkbookProperties(created: 0))
        let sheet = try writer.addSheet(SheetLayout(name: "台账", columns: headers.map { SheetLayout.Column($0) }))
        for record in records { try writer.append(record.map { $0.isEmpty ? .empty : .text($0) }, to: sheet) }
        try writer.close()
    }

    public struct ConversionFailed: Error {
        public init() {}
    }
}
