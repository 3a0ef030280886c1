import Library
import Projects
import Spreadsheet
import Standards
import Vocabulary

/// A list of projects as it was read: its header, and each line with what is wrong with it.
struct ProjectList {
    /// One line of the list.
    struct Line {
        /// Its first physical line in the file.
        let number: Int
        let cells: [String]
        var project: Project?
        var faults: [ProjectImportFault]
    }

    let layout: ProjectSheetLayout
    let isWorkbook: Bool
    private(set) var lines: [Line] = []

    /// The most lines that are taken at once.
    static let mostLines = 5000
    /// A header stands within the first lines, below titles at most.
    private static let deepestHeader = 20

    /// Reads a file.
    /// - Parameters:
    ///   - id: Makes the id of each draft.
    /// - Throws: `PlatformFault.invalid` at `/file` where it is no table, has no header that is understood, no line, or too many.
    init(
        _ file: ReceivedFile, name: String, _ words: ProjectSheetWords, _ register: ProjectRegister, standard: String,
        statedBy: String, id: () -> ID<Project>
    ) throws(PlatformFault) {
        do {
            var options = RecordReader.Options()
            // A list of 5,000 lines is far smaller.
            options.workbookLimits = WorkbookLimits(
                inflatedBytes: 256 << 20, sharedTextBytes: 64 << 20, spooledBytes: 64 << 20)
            var reader = try RecordReader(source: file.source(named: name), options: options)
            if case .workbook = reader.format { isWorkbook = true } else { isWorkbook = false }
            var cursor = FieldCursor(delimiter: reader.delimiter)
            var sheet: ProjectSheetReader?
            var first: PlatformFault?
            var heads = 0
            var lines: [Line] = []
            while let batch = try reader.next() {
                for record in batch.records {
                    let bytes = batch.text.span.extracting(record.byteRange)
                    cursor.split(bytes)
                    let cells = (0..<cursor.count).map { cursor.text(at: $0, in: bytes) }
                    guard let sheet else {
                        do throws(ProjectSheetFault) {
                            let layout = try ProjectSheetLayout(
                                headers: cells.map { $0.trimmingSpaces() }, words: words,
                                dictionary: register.dictionary)
                            sheet = ProjectSheetReader(
                                layout: layout, words: words, register: register, standard: standard, statedBy: statedBy
                            )
                        } catch {
                            let fault = PlatformFault.invalid([FieldFault("/file", error.message(titles: words.titles))]
                            )
                            // Titles stand above a header; a header that is wrong is told at once.
                            if case .columnsMissing(let columns, _) = error, columns.count == ProjectColumn.needed.count
                            {
                            } else {
                                throw fault
                            }
                            first = first ?? fault
                            heads += 1
                            if heads == Self.deepestHeader { throw fault }
                        }
                        continue
                    }
                    guard lines.count < Self.mostLines else {
                        throw PlatformFault.invalid("/file", "import.too-long", ["count": String(Self.mostLines)])
                    }
                    lines.append(
                        Self.line(
                            record, cells, isDamaged: cursor.hasDamagedQuotes, sheet, id: id()))
                }
            }
            guard let sheet else {
                throw first ?? PlatformFault.invalid("/file", "document.empty")
            }
            guard !lines.isEmpty else { throw PlatformFault.invalid("/file", "project-import.no-lines") }
            layout = sheet.layout
            self.lines = lines
        } catch let fault as SpreadsheetFault {
            throw PlatformFault.invalid("/file", fault.code.rawValue, fault.arguments)
        } catch let fault as PlatformFault {
            throw fault
        } catch {
            throw PlatformFault.invalid("/file", "document.damaged")
        }
    }

    private static func line(
        _ record: RecordBatch.Record, _ cells: [String], isDamaged: Bool, _ sheet: ProjectSheetReader, id: ID<Project>
    ) -> Line {
        func damaged(_ key: String) -> Line {
            Line(
                number: record.line, cells: cells, project: nil,
                faults: [ProjectImportFault(line: record.line, column: "", value: "", message: Message(key: key))])
        }
        if isDamaged || !record.flags.isDisjoint(with: [.unterminatedQuote, .tooLong]) {
            return damaged("import.damaged")
        }
        if record.flags.contains(.invalidText) { return damaged("project-import.not-text") }
        if record.flags.contains(.errorCell) { return damaged("project-import.error-cell") }
        let read = sheet.read(cells, line: record.line, id: id)
        return Line(
            number: record.line, cells: cells, project: read.project,
            faults: read.faults.map {
                ProjectImportFault(line: $0.line, column: $0.column, value: $0.value, message: $0.message)
            })
    }

    /// Says of the facts of each line whose word they are.
    mutating func state(_ facts: (FactSheet) -> FactSheet) {
        for index in lines.indices {
            guard let sheet = lines[index].project?.facts, !sheet.facts.isEmpty else { continue }
            lines[index].project?.facts = facts(sheet)
        }
    }

    /// Notes something that is wrong with a line.
    /// - Parameter path: The field of the project, told where the list has no column of it.
    mutating func fault(_ index: Int, _ column: ProjectColumn?, at path: String, _ message: Message) {
        let field = column.flatMap { layout.fields[$0] }
        let cells = lines[index].cells
        lines[index].faults.append(
            ProjectImportFault(
                line: lines[index].number, column: field.map { layout.headers[$0] } ?? column?.rawValue ?? path,
                value: field.map { $0 < cells.count ? String(cells[$0].prefix(100)) : "" } ?? "", message: message))
    }
}

/// Something in a list that cannot be taken, with the cell that it stands in.
public struct ProjectImportFault: Sendable, Hashable {
    /// The first physical line of the record; the header's is 1, unless titles stand above it.
    public let line: Int
    /// The header of the column; empty where the whole line is at fault.
    public let column: String
    /// What stands there, cut to 100 characters.
    public let value: String
    public let message: Message
}
