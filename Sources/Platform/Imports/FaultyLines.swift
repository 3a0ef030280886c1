import Access
import Foundation
import Projects
import Spreadsheet
import Store
import Vocabulary

/// The lines of a list that were not taken, as a table to be mended and handed in again.
public struct FaultyLines: Sendable {
    public let fileName: String
    public let mediaType: String
    public let bytes: [UInt8]
}

extension Platform {
    /// The faulty lines of a list with its header and one more column that says what is wrong, as a workbook or CSV like the list
    /// itself. Texts that a spreadsheet program would take for formulas are kept from being calculated.
    public func faultyLines(of id: ID<ProjectImportRecord>, by viewer: Viewer) async throws -> FaultyLines {
        let (plan, list) = try await planned(id, by: viewer)
        let language = viewer.language
        let last = library.phrasebook.text(Message(key: "project-import.what-is-wrong"), in: language)
        // A line may be longer than its header; one that is much longer is damaged.
        let width = min(
            max(list.layout.headers.count, list.lines.map(\.cells.count).max() ?? 0), ProjectSheetLayout.mostColumns)
        func padded(_ cells: [String], _ end: String) -> [String] {
            cells.prefix(width) + Array(repeating: "", count: max(0, width - cells.count)) + [end]
        }
        var rows = [padded(list.layout.headers, last)]
        for line in list.lines where !line.faults.isEmpty {
            let reasons = line.faults.map { fault in
                let reason = library.phrasebook.text(fault.message, in: language)
                return fault.column.isEmpty ? reason : "\(fault.column): \(reason)"
            }
            rows.append(padded(line.cells, "\(line.number): " + reasons.joined(separator: " ")))
        }
        let stem = plan.record.fileName.split(separator: ".").dropLast().joined(separator: ".")
        let name = library.phrasebook.text(
            Message(key: "project-import.faults-file", arguments: ["name": stem]), in: language)
        if list.isWorkbook {
            return FaultyLines(
                fileName: name + ".xlsx", mediaType: DocumentKind.xlsx.mediaType, bytes: try Self.workbook(rows))
        }
        var bytes = CSVWriter.byteOrderMark
        var writer = CSVWriter(defusesFormulas: true)
        for row in rows { writer.appendRecord(row, to: &bytes) }
        return FaultyLines(fileName: name + ".csv", mediaType: "text/csv; charset=utf-8", bytes: bytes)
    }

    /// Cells of text are never calculated, whatever stands in them.
    private static func workbook(_ rows: [[String]]) throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jialing-faults-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "faults.xlsx").path
        var writer = try XLSXWriter(path: path)
        let sheet = try writer.addSheet(SheetLayout(name: "1", columns: (rows.first ?? []).map { .init($0) }))
        for row in rows.dropFirst() {
            // A cell holds 32,767 units; what a person reads is shorter.
            try writer.append(
                row.map { $0.isEmpty ? .empty : .text(String(decoding: $0.utf16.prefix(32_000), as: UTF16.self)) },
                to: sheet)
        }
        try writer.close()
        guard let data = FileManager.default.contents(atPath: path) else { throw PlatformFault.busy }
        return Array(data)
    }
}
