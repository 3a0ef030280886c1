import Foundation
import Platform
import Spreadsheet
import Vocabulary

/// Small invented files of every kind that is taken, and of some that are not.
public enum SampleFiles {
    public static let pdf = Array("%PDF-1.7\n虚构的核准批复\n%%EOF\n".utf8)
    public static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
        + Array(repeating: 1, count: 40)
    public static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 2, count: 40)
    public static let csv = Array("项目名称,业主\n虚构风电场,虚构新能源有限公司\n".utf8)
    /// 绿色 in GB 18030, which is no UTF-8.
    public static let gb18030: [UInt8] = [0xC2, 0xCC, 0xC9, 0xAB, 0x0A]

    /// A ZIP container that holds empty parts of these names.
    public static func archive(_ names: [String]) -> [UInt8] {
        func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) } }
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for name in names {
            let text = Array(name.utf8)
            let start = bytes.count
            bytes += number(0x0403_4B50, 4) + number(20, 2) + number(0, 2) + number(0, 2) + number(0, 16)
            bytes += number(text.count, 2) + number(0, 2) + text
            directory += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 20)
            directory += number(text.count, 2) + number(0, 2) + number(0, 2) + number(0, 8) + number(start, 4) + text
        }
        let end =
            number(0x0605_4B50, 4) + number(0, 4) + number(names.count, 2) + number(names.count, 2)
            + number(directory.count, 4) + number(bytes.count, 4) + number(0, 2)
        return bytes + directory + end
    }

    public static let docx = archive(["[Content_Types].xml", "word/document.xml"])

    /// A real workbook of texts.
    public static func workbook(_ rows: [[String]]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "sample-\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        var writer = try XLSXWriter(path: file.path, properties: WorkbookProperties(created: 0))
        let sheet = try writer.addSheet(SheetLayout(name: "1", columns: (rows.first ?? []).map { .init($0) }))
        for row in rows.dropFirst() { try writer.append(row.map { $0.isEmpty ? .empty : .text($0) }, to: sheet) }
        try writer.close()
        return try Array(Data(contentsOf: file))
    }

    /// Bytes as a file that has arrived.
    public static func received(_ bytes: [UInt8], limit: Int = Platform.mostDocumentBytes) throws -> ReceivedFile {
        let incoming = try IncomingFile(limit: limit)
        // In pieces of an odd size, as a network brings them.
        var start = 0
        while start < bytes.count {
            let end = min(start + 65_521, bytes.count)
            try incoming.append(Array(bytes[start..<end]))
            start = end
        }
        return try incoming.finish()
    }
}
