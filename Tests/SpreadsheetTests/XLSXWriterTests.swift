import Foundation
import Spreadsheet
import Testing

@Suite("Writing workbooks")
struct XLSXWriterTests {
    private let layout = SheetLayout(
        name: "贷款清单", titles: ["绿色贷款清单", "单位：元"],
        columns: [.init("借款人", width: 30), .init("余额"), .init("占比"), .init("日期"), .init("系数")])

    private func read(_ path: String, sheet: String? = nil) throws -> [ReadRecord] {
        var reader = try RecordReader(path: path, options: .init(sheet: sheet))
        var records: [ReadRecord] = []
        while let batch = try reader.next() {
            for index in batch.records.indices {
                records.append(ReadRecord(batch.string(at: index), line: batch.records[index].line))
            }
        }
        return records
    }

    @Test("What is written is read back, in constant memory too", arguments: [false, true])
    func roundTrip(forLongTables: Bool) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("清单 ledger.xlsx")
        var writer = try XLSXWriter(
            path: path, forLongTables: forLongTables,
            properties: WorkbookProperties(title: "清单", author: "绿金部", created: 1_735_603_200))
        let sheet = try writer.addSheet(layout)
        try writer.append(
            [
                .text("嘉陵江水务, \"甲\""), .money(fen: 123_456_789), .percentage(0.125),
                .date(year: 2024, month: 12, day: 31), .number(0.5703, format: "0.0000"),
            ], to: sheet)
        try writer.append([.empty, .integer(-7), .empty, .date(year: 1900, month: 3, day: 1)], to: sheet)
        try writer.append([.text("=1+1"), .money(fen: -5)], to: sheet)
        try writer.close()
        #expect(
            try read(path).map(\.text) == [
                "绿色贷款清单", "单位：元", "借款人,余额,占比,日期,系数",
                "\"嘉陵江水务, \"\"甲\"\"\",1234567.89,0.125,2024-12-31,0.5703", ",-7,,1900-03-01", "=1+1,-0.05",
            ])
        #expect(try folder.names() == ["清单 ledger.xlsx"])
    }

    @Test("A record's line is the sheet's row")
    func lines() throws {
        let folder = try TemporaryFolder()
        var writer = try XLSXWriter(path: folder.file("a"))
        let sheet = try writer.addSheet(SheetLayout(name: "a", columns: [.init("h")]))
        for row in 0..<3 { try writer.append(row == 1 ? [] : [.integer(1)], to: sheet) }
        try writer.close()
        #expect(try read(folder.file("a")).map(\.line) == [1, 2, 4])
    }

    @Test("Text that could confuse a spreadsheet stays what it is", arguments: [false, true])
    func awkwardText(forLongTables: Bool) throws {
        let folder = try TemporaryFolder()
        let texts = [
            "=HYPERLINK(\"http://x\")", "+1", "@a", " lead and trail ", "a\nb", "c\rd", "tab\there", "_x0041_", "_x41_",
            "<&>\"'", "\u{1}\u{1F}", "\u{FFFE}\u{0}", "🌱", "http://example.org", "1e5", "TRUE",
        ]
        let path = folder.file("a")
        var writer = try XLSXWriter(path: path, forLongTables: forLongTables)
        let sheet = try writer.addSheet(SheetLayout(name: "a", columns: [.init("文本")]))
        for text in texts { try writer.append([.text("x"), .text(text)], to: sheet) }
        try writer.close()
        let values = try read(path).dropFirst().map { fields(of: $0.text).last }
        let expected = texts.map { $0 == "\u{FFFE}\u{0}" ? "\u{FFFD}\u{FFFD}" : $0 }
        #expect(values == expected)
    }

    @Test("Numbers beyond a spreadsheet's precision are kept digit for digit as text")
    func precision() throws {
        let folder = try TemporaryFolder()
        var writer = try XLSXWriter(path: folder.file("a"))
        let sheet = try writer.addSheet(SheetLayout(name: "a", columns: []))
        try writer.append(
            [
                .integer(.max), .money(fen: .min), .integer(999_999_999_999_999), .money(fen: 999_999_999_999_999),
                .money(fen: -1_000_000_000_000_005),
            ], to: sheet)
        try writer.close()
        #expect(
            try read(folder.file("a")).map(\.text) == [
                "9223372036854775807,-92233720368547758.08,999999999999999,9999999999999.99,-10000000000000.05"
            ])
    }

    @Test("Sheet names that a workbook can't have are adapted, and never taken twice")
    func sheetNames() throws {
        let folder = try TemporaryFolder()
        var writer = try XLSXWriter(path: folder.file("a"))
        let long = String(repeating: "绿色金融支持项目", count: 5)
        let wishes = [
            "a/b:c*d?e[f]g\\h", long, long, "", "'引号'", "History", "ABC", "abc", "  ",
            String(repeating: "🌱", count: 20),
        ]
        var names: [String] = []
        for wish in wishes { names.append(try writer.addSheet(SheetLayout(name: wish, columns: [.init("列")])).name) }
        try writer.close()
        #expect(names[0] == "a-b-c-d-e(f)g-h")
        #expect(names[1] == String(long.prefix(31)))
        #expect(names[2] == String(long.prefix(27)) + " (2)")
        #expect(names[3...8] == ["Sheet", "引号", "History_", "ABC", "abc (2)", "Sheet (2)"])
        #expect(names[9] == String(repeating: "🌱", count: 15))
        let reader = try RecordReader(path: folder.file("a"))
        #expect(reader.sheetNames == names)
    }

    @Test("Several sheets may be filled in turn, in constant memory too")
    func interleaved() throws {
        let folder = try TemporaryFolder()
        var writer = try XLSXWriter(path: folder.file("a"), forLongTables: true)
        let first = try writer.addSheet(SheetLayout(name: "一", columns: [.init("a"), .init("b")]))
        let second = try writer.addSheet(SheetLayout(name: "二", columns: [.init("c")]))
        for number in 0..<5 {
            try writer.append([.integer(Int64(number)), .text("x")], to: first)
            try writer.append([.text("y")], to: second)
        }
        try writer.appendTitle("注：以上为示例", to: first)
        try writer.close()
        #expect(try read(folder.file("a")).count == 7)
        #expect(try read(folder.file("a"), sheet: "二").map(\.text) == ["c", "y", "y", "y", "y", "y"])
    }

    @Test("Cells that can't be written name their place")
    func cellFaults() throws {
        let folder = try TemporaryFolder()
        func fault(_ cell: XLSXCell) -> SpreadsheetFault? {
            do throws(SpreadsheetFault) {
                var writer = try XLSXWriter(path: folder.file("a"))
                let sheet = try writer.addSheet(SheetLayout(name: "a", columns: [.init("h")]))
                try writer.append([.empty, cell], to: sheet)
                try writer.close()
                return nil
            } catch {
                return error
            }
        }
        let place = ["path": folder.file("a"), "sheet": "a", "row": "2", "column": "B"]
        #expect(fault(.number(.nan, format: "0")) == SpreadsheetFault(.outputNumberNotFinite, place))
        #expect(fault(.percentage(.infinity))?.code == .outputNumberNotFinite)
        #expect(fault(.date(year: 2023, month: 2, day: 29))?.arguments["date"] == "2023-2-29")
        #expect(fault(.date(year: 1899, month: 12, day: 31))?.code == .outputDateInvalid)
        #expect(fault(.date(year: 2024, month: 2, day: 29)) == nil)
        #expect(fault(.text(String(repeating: "长", count: 32_768)))?.code == .outputTextTooLong)
        #expect(fault(.text(String(repeating: "长", count: 32_767))) == nil)
        #expect(try folder.names() == ["a"])
    }

    @Test("A folder that can't be written to is noticed at once, and an abandoned writer leaves nothing")
    func paths() throws {
        let folder = try TemporaryFolder()
        let code = faultCode { () throws(SpreadsheetFault) in
            _ = try XLSXWriter(path: folder.file("none/a.xlsx"))
        }
        #expect(code == .outputNotWritable)
        _ = try folder.write([1, 2, 3], to: "old.xlsx")
        func abandon() throws {
            var writer = try XLSXWriter(path: folder.file("old.xlsx"), forLongTables: true)
            let sheet = try writer.addSheet(layout)
            try writer.append([.text("x")], to: sheet)
        }
        try abandon()
        #expect(try folder.names() == ["old.xlsx"])
        #expect(try folder.bytes(of: "old.xlsx") == [1, 2, 3])
    }

    @Test("The sheet has a frozen bold header, filters and widths")
    func layoutIsWritten() throws {
        let folder = try TemporaryFolder()
        var writer = try XLSXWriter(path: folder.file("a"))
        let sheet = try writer.addSheet(layout)
        try writer.append([.text("x")], to: sheet)
        try writer.appendTitle("注", to: sheet)
        try writer.close()
        let unzipped = try UnzippedPart(of: try folder.bytes(of: "a"), named: "xl/worksheets/sheet1.xml").text
        #expect(unzipped.contains("<pane ySplit=\"3\" topLeftCell=\"A4\" activePane=\"bottomLeft\" state=\"frozen\"/>"))
        #expect(unzipped.contains("<autoFilter ref=\"A3:E4\"/>"))
        #expect(unzipped.contains("<mergeCell ref=\"A1:E1\"/>"))
        #expect(unzipped.contains("<mergeCell ref=\"A5:E5\"/>"))
        #expect(unzipped.contains("min=\"1\" max=\"1\" width=\"30.7"))
    }
}
