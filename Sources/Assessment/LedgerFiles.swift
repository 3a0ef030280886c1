import Credit
import Foundation
import Library
import Spreadsheet
import Vocabulary

/// The two files of a run: rows.csv, a line for each loan, and rejected.csv, a line for each record that is none.
struct LedgerFiles {
    let rowsPath: String
    let rejectedPath: String
    let formatter: RowFormatter
    private let rows: OutputFile
    private let rejected: OutputFile
    private let phrasebook: Phrasebook
    private let language: Language

    /// - Throws: `AssessmentFault.cannotWrite`.
    init(_ options: AssessmentOptions, library: RuleLibrary, formatter: RowFormatter) throws(AssessmentFault) {
        do {
            try FileManager.default.createDirectory(
                atPath: options.outputFolder, withIntermediateDirectories: true)
        } catch {
            throw .cannotWrite(options.outputFolder, error.localizedDescription)
        }
        rowsPath = options.outputFolder + "/rows.csv"
        rejectedPath = options.outputFolder + "/rejected.csv"
        rows = try OutputFile(path: rowsPath)
        do {
            rejected = try OutputFile(path: rejectedPath)
        } catch {
            rows.discard()
            throw error
        }
        self.formatter = formatter
        phrasebook = library.phrasebook
        language = options.language
        let mark = options.byteOrderMark ? CSVWriter.byteOrderMark : []
        try rows.write(mark + formatter.header)
        var header: [UInt8] = mark
        var writer = CSVWriter()
        writer.appendRecord(["line", "column", "value", "reason"], to: &header)
        try rejected.write(header)
    }

    func write(_ lines: [UInt8]) throws(AssessmentFault) { try rows.write(lines) }

    func write(_ rejection: Rejection) throws(AssessmentFault) {
        var line: [UInt8] = []
        var writer = CSVWriter()
        writer.append(number: "\(rejection.line)", to: &line)
        writer.append(text: rejection.column, to: &line)
        writer.append(text: rejection.value, to: &line)
        writer.append(text: phrasebook.text(rejection.message, in: language), to: &line)
        writer.endRecord(to: &line)
        try rejected.write(line)
    }

    /// Makes both files complete under their names.
    func finish() throws(AssessmentFault) {
        try rejected.finish()
        try rows.finish()
    }

    /// Takes unfinished files away.
    func discard() {
        rows.discard()
        rejected.discard()
    }
}
