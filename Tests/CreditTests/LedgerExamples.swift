import Credit
import Foundation
import Library
import Standards
import Testing
import Vocabulary

/// The repository's own library, read once for all tests of this target.
enum LoadedLibrary {
    private static let loaded = Result { () throws(LibraryFault) in
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try RuleLibrary.load(root: package.appending(path: "Library").path)
    }

    static func shared() throws(LibraryFault) -> RuleLibrary { try loaded.get() }
}

/// Makes layouts, parsers and rows from texts.
struct LedgerExamples {
    let library: RuleLibrary

    init() throws {
        library = try LoadedLibrary.shared()
    }

    func layout(_ headers: [String], _ mapping: LedgerMapping = LedgerMapping()) throws(LayoutFault) -> LedgerLayout {
        try LedgerLayout(headers: headers, words: library.ledgerWords, mapping: mapping, dictionary: library.facts)
    }

    func layoutFault(_ headers: [String], _ mapping: LedgerMapping = LedgerMapping()) -> LayoutFault? {
        do throws(LayoutFault) {
            _ = try layout(headers, mapping)
            return nil
        } catch {
            return error
        }
    }

    func parser(
        _ headers: [String], rates: [String: Ratio] = [:], epoch: SpreadsheetEpoch = .year1900
    ) throws(LayoutFault) -> RowParser {
        RowParser(
            layout: try layout(headers), words: library.ledgerWords, dictionary: library.facts,
            regions: library.regions, industries: library.industries, epoch: epoch, rates: rates, statedBy: "台账")
    }
}

/// A record as a reader hands it over: bytes and the ranges of its fields.
struct Record {
    let bytes: [UInt8]
    let fields: [Range<Int>]

    init(_ texts: [String]) {
        self.init(bytes: texts.map { Array($0.utf8) })
    }

    init(bytes texts: [[UInt8]]) {
        var bytes: [UInt8] = []
        var fields: [Range<Int>] = []
        for text in texts {
            fields.append(bytes.count..<bytes.count + text.count)
            bytes += text
            bytes.append(UInt8(ascii: ","))
        }
        self.bytes = bytes
        self.fields = fields
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    func row(_ parser: RowParser, line: Int = 2) throws(Rejection) -> LoanRow {
        var row = LoanRow()
        try parser.parse(fields, of: bytes.span, line: line, into: &row)
        return row
    }
}
