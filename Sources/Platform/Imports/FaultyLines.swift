import Access
import Projects
import Spreadsheet
import Store
import Vocabulary

/// The records of a list or book that were not taken, as a table to be mended and handed in again: its header, the records with one
/// more column that says what is wrong.
public struct FaultyLines: Sendable {
    public let fileName: String
    public let mediaType: String
    public let bytes: [UInt8]

    /// The most columns that are written: a record that is much longer than its header is damaged.
    private static let mostColumns = ProjectSheetLayout.mostColumns

    /// - Parameters:
    ///   - name: The name of the file without its ending.
    ///   - isWorkbook: Whether the table is a workbook, as the list was; else CSV. Texts that a spreadsheet program would take
    ///     for formulas are kept from being calculated.
    ///   - reason: What the last column is called.
    ///   - lines: The cells of each record, and what is wrong with it.
    /// - Throws: `SpreadsheetFault`, `PlatformFault.busy`.
    init(
        named name: String, isWorkbook: Bool, headers: [String], reason: String,
        lines: [(cells: [String], wrong: String)]
    ) throws {
        let width = min(max(headers.count, lines.map(\.cells.count).max() ?? 0), Self.mostColumns)
        func padded(_ cells: [String], _ end: String) -> [String] {
            cells.prefix(width) + Array(repeating: "", count: max(0, width - cells.count)) + [end]
        }
        let rows = [padded(headers, reason)] + lines.map { padded($0.cells, $0.wrong) }
        if isWorkbook {
            fileName = name + ".xlsx"
            mediaType = DocumentKind.xlsx.mediaType
            bytes = try TemporaryFolder.bytes { try Self.write(rows, to: $0) }
        } else {
            fileName = name + ".csv"
            mediaType = "text/csv; charset=utf-8"
            var text = CSVWriter.byteOrderMark
            var writer = CSVWriter(defusesFormulas: true)
            for row in rows { writer.appendRecord(row, to: &text) }
            bytes = text
        }
    }

    /// Cells of text are never calculated, whatever stands in them.
    private static func write(_ rows: [[String]], to path: String) throws {
        var writer = try XLSXWriter(path: path)
        let sheet = try writer.addSheet(SheetLayout(name: "1", columns: (rows.first ?? []).map { .init($0) }))
        for row in rows.dropFirst() {
            // A cell holds 32,767 units; what a person reads is shorter.
            try writer.append(
                row.map { $0.isEmpty ? .empty : .text(String(decoding: $0.utf16.prefix(32_000), as: UTF16.self)) },
                to: sheet)
        }
        try writer.close()
    }
}

extension Platform {
    /// The faulty lines of a list of projects, with what is wrong in a language.
    public func faultyLines(
        of id: ID<ProjectImportRecord>, in language: Language, by viewer: Viewer
    ) async throws -> FaultyLines {
        let (plan, list) = try await planned(id, by: viewer)
        let faulty = list.lines.filter { !$0.faults.isEmpty }
        return try faultTable(
            of: plan.record.fileName, isWorkbook: list.isWorkbook, headers: list.layout.headers,
            lines: faulty.map { line in (line.cells, line.number, line.faults.map { ($0.column, $0.message) }) },
            in: language)
    }

    /// What was wrong with each record.
    func faultTable(
        of file: String, isWorkbook: Bool, headers: [String],
        lines: [(cells: [String], number: Int, faults: [(column: String, message: Message)])], in language: Language
    ) throws -> FaultyLines {
        func say(_ message: Message) -> String { library.phrasebook.text(message, in: language) }
        let stem = file.split(separator: ".").dropLast().joined(separator: ".")
        return try FaultyLines(
            named: say(Message(key: "project-import.faults-file", arguments: ["name": stem])), isWorkbook: isWorkbook,
            headers: headers, reason: say(Message(key: "project-import.what-is-wrong")),
            lines: lines.map { line in
                let reasons = line.faults.map {
                    $0.column.isEmpty ? say($0.message) : "\($0.column): \(say($0.message))"
                }
                return (line.cells, "\(line.number): " + reasons.joined(separator: " "))
            })
    }
}
