import Foundation
import LedgerFixtures
import Reporting
import Spreadsheet
import Standards
import Testing

@Suite("The statement as page, workbook and JSON")
struct StatementFilesTests {
    private static let hostile = "<script>alert(\"x\")</script>&'{loan}\u{1}\u{2028}]]>--><svg onload=1>"

    private func hostile() async throws -> StatementFixture {
        try await StatementFixture([
            StatementFixture.windFarm("A<b>1", region: "500101", borrower: Self.hostile),
            StatementFixture.windFarm("=1+1", region: "510104", borrower: "\"\\\u{8}公司"),
            Ledger.loan("A3", "<img src=x onerror=alert(1)>", ["<th onclick=1>": "x"]),
        ])
    }

    // MARK: JSON

    @Test("The JSON is JSON, and holds the figures of the tables")
    func json() async throws {
        let fixture = try await StatementFixture(generated: 500, seed: 9)
        let root = try parsed(fixture.statement)
        for table in fixture.statement.tables {
            let rows = try #require(root[table.id] as? [[String: Any]], "\(table.id)")
            #expect(rows.count == table.rows.count)
            for (object, row) in zip(rows, table.rows) {
                #expect(object.count == table.columns.count)
                for (column, cell) in zip(table.columns, row) {
                    same(object[column.id], cell, "\(table.id).\(column.id)")
                }
            }
        }
        let summary = try #require(root["summary"] as? [String: Any])
        for row in fixture.statement.summary.rows { same(summary[try #require(row[0].text)], row[2], "summary") }
        #expect((root["assumptions"] as? [Any])?.count == fixture.statement.assumptions.count)
        #expect((root["opened_loans"] as? [Any])?.count == fixture.statement.openedLoans.count)
    }

    @Test("Hostile names come out of the JSON as they went in")
    func hostileJSON() async throws {
        let fixture = try await hostile()
        let root = try parsed(fixture.statement)
        let opened = try #require(root["opened_loans"] as? [[String: Any]])
        let headings = opened.compactMap { ($0["heading"] as? [String: String])?["zh"] }
        #expect(headings.contains { $0.contains(Self.hostile) })
        #expect(headings.contains { $0.contains("\"\\\u{8}公司") })
    }

    private func parsed(_ statement: Statement) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(statement.json().utf8))
        return try #require(object as? [String: Any])
    }

    private func same(_ value: Any?, _ cell: StatementCell, _ place: String) {
        switch cell {
        case .empty: #expect(value is NSNull, "\(place)")
        case .text(let text): #expect(value as? String == text, "\(place)")
        case .bilingual(let text): #expect(value as? [String: String] == ["zh": text.zh, "en": text.en], "\(place)")
        case .integer(let number): #expect((value as? NSNumber)?.intValue == number, "\(place)")
        case .money(let fen):
            let yuan = (value as? NSNumber)?.doubleValue ?? .nan
            #expect(abs(yuan - Double(fen) / 100) <= 1e-3, "\(place)")
        case .decimal(let number, let digits):
            #expect(abs(((value as? NSNumber)?.doubleValue ?? .nan) - number) <= pow(10, -Double(digits)), "\(place)")
        case .percent(let number):
            #expect(abs(((value as? NSNumber)?.doubleValue ?? .nan) - number) <= 1e-4, "\(place)")
        }
    }

    // MARK: Page

    @Test("Hostile names are text in the page")
    func hostileHTML() async throws {
        let html = try await hostile().statement.html()
        #expect(!html.lowercased().contains("<script"))
        #expect(!html.contains("<svg onload"))
        #expect(!html.contains("<th onclick"))
        #expect(!html.contains("<img"))
        #expect(!html.contains("A<b>1"))
        #expect(html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;{loan}"))
        #expect(html.contains("&lt;th onclick=1&gt;"))
    }

    @Test("The page asks for nothing from elsewhere")
    func selfContained() async throws {
        let html = try await hostile().statement.html().lowercased()
        for reference in ["<script", "<link", "<iframe", "<object", "<embed", " href=", "url(", "@import"] {
            #expect(!html.contains(reference), "\(reference)")
        }
        // Attributes alone: the words src= may stand in a purpose, as text.
        let tags = html.split(separator: "<").map { $0.prefix { $0 != ">" } }
        #expect(tags.allSatisfy { !$0.contains("src=") && !$0.contains("http") && !$0.contains("onclick") })
    }

    @Test("The page holds both languages, every table and every figure of the summary")
    func complete() async throws {
        let fixture = try await StatementFixture(generated: 400, seed: 10)
        let html = fixture.statement.html()
        for table in fixture.statement.tables where !table.rows.isEmpty {
            #expect(html.contains(table.title.zh))
            #expect(html.contains(table.title.en.replacing("&", with: "&amp;").replacing("'", with: "&#39;")))
        }
        #expect(html.hasPrefix("<!doctype html>"))
        #expect(html.contains("lang=\"zh-CN\"") && html.contains("lang=\"en\""))
        #expect(html.contains("<meta charset=\"utf-8\">"))
        let tables = fixture.statement.tables.filter { !$0.rows.isEmpty }
        #expect(html.ranges(of: "<table>").count == tables.count + fixture.statement.openedLoans.count)
        for name in ["table", "tr", "td", "th", "div", "section", "details", "svg", "p", "span", "li", "dd", "h2"] {
            let opened = html.ranges(of: "<\(name)>").count + html.ranges(of: "<\(name) ").count
            #expect(opened == html.ranges(of: "</\(name)>").count, "<\(name)>")
        }
    }

    // MARK: Workbook

    @Test("The workbook is read back sheet by sheet with the figures of the tables")
    func workbook() async throws {
        let fixture = try await StatementFixture(generated: 400, seed: 12)
        let folder = try TemporaryFolder()
        let path = folder.file("statement.xlsx")
        try fixture.statement.writeWorkbook(path: path)
        #expect(try folder.names() == ["statement.xlsx"])
        let names = try sheets(path)
        #expect(names.count == fixture.statement.tables.count + 3, "the summary, the assumptions, the worked figures")
        for (table, name) in zip([fixture.statement.summary] + fixture.statement.tables, names) {
            let records = try Table(path: path, sheet: name).records
            // Above the rows: titles, notes and the header, of which the first is taken for the header.
            let above = 2 + (table.note == nil ? 0 : 2)
            #expect(records.count == above + table.rows.count, "\(name)")
            for (record, row) in zip(records.dropFirst(above), table.rows) {
                let cells = row.flatMap { cell -> [String?] in
                    switch cell {
                    case .text(let text): [text]
                    case .bilingual(let text): [text.zh]
                    case .integer(let number): ["\(number)"]
                    case .empty, .money, .decimal, .percent: [nil]
                    }
                }
                for case let text? in cells where !text.isEmpty {
                    #expect(record.fields.contains(text), "\(name): \(text)")
                }
            }
        }
        let summary = try Table(path: path, sheet: names[0]).records
        let green = try #require(summary.first { $0.fields.first == "green_balance_yuan" })
        let fen = try #require(try fixture.figure("green_balance_yuan").wholeNumber)
        #expect(green.fields.contains { abs((Double($0) ?? .nan) - Double(fen) / 100) < 0.005 })
    }

    @Test("Hostile names are text in the workbook, and formulas stay text")
    func hostileWorkbook() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("statement.xlsx")
        try await hostile().statement.writeWorkbook(path: path)
        var texts: [String] = []
        for name in try sheets(path) { texts += try Table(path: path, sheet: name).records.flatMap(\.fields) }
        #expect(texts.contains { $0.contains("<script>alert(\"x\")</script>&'{loan}") })
        #expect(texts.contains { $0.hasPrefix("=1+1") })
    }

    @Test("A workbook that can't be written leaves nothing")
    func unwritable() async throws {
        let folder = try TemporaryFolder()
        let statement = try await hostile().statement
        #expect(throws: SpreadsheetFault.self) { try statement.writeWorkbook(path: folder.file("none/statement.xlsx")) }
        #expect(try folder.names().isEmpty)
    }

    private func sheets(_ path: String) throws -> [String] { try RecordReader(path: path).sheetNames }
}
