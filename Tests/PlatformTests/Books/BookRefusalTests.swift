import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Spreadsheet
import Standards
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Books that are not taken")
struct BookRefusalTests {
    @Test(
        "A book with a faulty record goes back whole, and each fault comes with its record", arguments: Engine.allCases)
    func returned(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            _ = try await house.take(Samples.ledger, by: officer)
            var ledger = Samples.ledger
            ledger.rows[1]["贷款余额"] = "二百万"
            ledger.rows[2]["借据号"] = "L1"
            ledger.rows.append(Ledger.loan("", "=HYPERLINK(\"http://example.org\")"))
            let entry = try await house.take(ledger, by: officer)
            #expect(entry.book.state == .returned && entry.book.faulty == 3 && entry.book.assessment == nil)
            #expect(entry.book.version == nil && entry.book.summary == nil && entry.job.state == .done)
            let faults = try await house.platform.faults(of: entry.book.id, limit: 9, by: officer)
            #expect(faults.map(\.line) == [3, 4, 5])
            #expect(faults[0].value == "二百万" && faults[0].column == "贷款余额")
            #expect(faults[1].message.key == "row.duplicate")
            let table = try await house.platform.faultyRecords(of: entry.book.id, in: .zh, by: officer)
            let text = String(decoding: table.bytes.dropFirst(3), as: UTF8.self)
            let lines = text.split(separator: "\r\n").map(String.init)
            #expect(table.fileName.hasSuffix(".csv") && lines.count == 4)
            #expect(lines[0].hasPrefix("借据号,借款人名称,贷款用途,贷款余额"))
            #expect(lines[1].hasPrefix("L2,重庆某某有限公司,采购钢材,二百万"))
            // What would be calculated when the table is opened is a text.
            #expect(!lines[3].contains(",=HYPER") && !lines[3].contains(",\"=HYPER"))
            // The book that counted still counts, and nothing of the faulty one is left.
            let books = try await house.platform.books(limit: 9, by: officer)
            #expect(books.map(\.book.state) == [.returned, .accepted])
            #expect(try await house.platform.facilities(of: entry.book.id, limit: 9, by: officer).isEmpty)
            while try await house.runner().tidyOnce() {}
            let kept = try await house.platform.database.read {
                try $0.row("SELECT COUNT(*) AS count FROM facility_snapshot")?("count", as: Int.self)
            }
            #expect(kept == 3)
        }
    }

    @Test(
        "A file that is no book goes back with what is wrong with it",
        arguments: [
            ("借据号,借款人名称\nL1,某某\n", "ledger.columns-missing"),
            ("借据号,借款人名称,贷款用途,贷款余额\n", "book.no-loans"),
            ("借据号,借据号,借款人名称,贷款用途,贷款余额\nL1,L1,a,b,1\n", "ledger.column-twice"),
        ])
    func noBook(text: String, key: String) async throws {
        try await TestPlatform.with(.sqlite) { house in
            let officer = try await house.member(.lender, [.officer])
            let entry = try await house.take(Array(text.utf8), by: officer)
            #expect(entry.book.state == .returned && entry.book.fault?.key == key)
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.faultyRecords(of: entry.book.id, in: .zh, by: officer)
            }
        }
    }

    @Test("What cannot be a book is refused at once")
    func refused() async throws {
        try await TestPlatform.with(.sqlite) { house in
            let officer = try await house.member(.lender, [.officer])
            func key(_ bytes: [UInt8], _ name: String, _ period: ReportingPeriod) async throws -> String? {
                do {
                    try await house.send(bytes, named: name, period: period, by: officer)
                    return nil
                } catch PlatformFault.invalid(let faults) {
                    return faults[0].message.key
                }
            }
            let november = try #require(ReportingPeriod(.month, year: 2026, number: 11))
            let quarter = try #require(ReportingPeriod(.quarter, year: 2026, number: 3))
            let csv = Samples.ledger.csv()
            #expect(try await key(csv, "a.csv", november) == "book.month-not-over")
            #expect(try await key(csv, "a.csv", quarter) == "book.not-a-month")
            let old = try #require(ReportingPeriod(.month, year: 2005, number: 12))
            #expect(try await key(csv, "a.csv", old) == "book.month-too-old")
            #expect(try await key(csv, "a.xlsx", TestPlatform.october) == "document.name-lies")
            #expect(try await key(SampleFiles.pdf, "a.csv", TestPlatform.october) == "document.kind-unknown")
            #expect(try await house.platform.books(limit: 9, by: officer).isEmpty)
        }
    }

    @Test("What no column can hold is told, and no book is stuck with it", arguments: Engine.allCases)
    func hostile(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            // Behind the part that is looked at before a book is taken in.
            let padding = (0..<300).map { "P\($0),某某公司,\(String(repeating: "采购", count: 700)),1.00\n" }.joined()
            let header = "借据号,借款人名称,贷款用途,贷款余额\n"
            let taken = try await house.take(
                Array((header + padding + "L\0 1,借款\0人,风电\0场,1.00\n").utf8), by: officer)
            if taken.book.state == .accepted {
                let loans = try await house.platform.facilities(of: taken.book.id, after: 301, limit: 9, by: officer)
                #expect(loans.map(\.borrower) == ["借款\u{FFFD}人"])
            } else {
                #expect(taken.book.state == .returned && taken.book.fault == nil && taken.book.faulty == 1)
            }
            let returned = try await house.take(
                Array((header + padding + "L2,a,b,1\0 0\n").utf8), by: officer)
            #expect(returned.book.state == .returned && returned.book.faulty == 1 && returned.book.fault == nil)
            #expect(try await house.platform.faultyRecords(of: returned.book.id, in: .zh, by: officer).bytes.count > 10)
        }
    }

    @Test("A lender has no more than a few books under way")
    func bounded() async throws {
        try await TestPlatform.with(.sqlite) { house in
            let officer = try await house.member(.lender, [.officer])
            var period = TestPlatform.october
            for _ in 0..<Platform.mostUnderWay {
                try await house.send(Samples.ledger.csv(), period: period, by: officer)
                period = period.previous
            }
            let limit = ["count": String(Platform.mostUnderWay)]
            await #expect(throws: PlatformFault.conflict("book.too-many", limit)) {
                try await house.send(Samples.ledger.csv(), period: period, by: officer)
            }
            // Another lender's are no concern of it.
            let other = try await house.member(.lender, [.officer])
            try await house.send(Samples.ledger.csv(), period: period, by: other)
            #expect(try await house.runner().workOnce())
            try await house.send(Samples.ledger.csv(), period: period, by: officer)
        }
    }

    @Test(
        "A header of more columns than anybody has keeps no list of books from being read", arguments: Engine.allCases)
    func columns(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let header = "借据号,借款人名称,贷款用途,贷款余额" + String(repeating: ",x", count: 120_000)
            let entry = try await house.take(Array((header + "\nL1,a,b,无\n").utf8), by: officer)
            #expect(entry.book.state == .returned && entry.book.faulty == 1)
            #expect(try await house.platform.books(limit: 9, by: officer).map(\.book.id) == [entry.book.id])
            let table = try await house.platform.faultyRecords(of: entry.book.id, in: .zh, by: officer)
            #expect(String(decoding: table.bytes.dropFirst(3), as: UTF8.self).hasPrefix("借据号,"))
        }
    }

    @Test("Faults come in the order of the book, whichever worker found them", arguments: Engine.allCases)
    func order(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let rows = (0..<9000).map { "L\($0),虚构有限公司,采购钢材用于厂房,\($0 % 30 == 7 ? "无" : "100.00")\n" }
            let bytes = Array(("借据号,借款人名称,贷款用途,贷款余额\n" + rows.joined()).utf8)
            let entry = try await house.take(bytes, by: officer)
            #expect(entry.book.state == .returned && entry.book.faulty == 300)
            let faults = try await house.platform.faults(of: entry.book.id, limit: 999, by: officer)
            #expect(faults.map(\.line) == (0..<300).map { $0 * 30 + 7 + 2 })
        }
    }
}
