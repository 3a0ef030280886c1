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

@Suite("Books")
struct BookTests {
    @Test(
        "A book counts once it was gone over: its loans, its sums, its statement, and the acts in the trail",
        arguments: Engine.allCases)
    func accepted(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let sent = try await house.send(Samples.ledger.csv(), by: officer)
            #expect(sent.book.state == .underWay && sent.job.state == .waiting)
            #expect(try await house.platform.facilities(of: sent.book.id, limit: 9, by: officer).isEmpty)
            house.pass(seconds: 5)
            try await house.work()
            let entry = try await house.platform.book(sent.book.id, by: officer)
            #expect(entry.book.state == .accepted && entry.book.version == 1 && entry.book.replaces == nil)
            #expect(entry.book.decidedAt == house.now && entry.job.state == .done)
            #expect(entry.job.progress.rows == 3 && entry.job.progress.bytesDone == entry.book.byteCount)
            let summary = try #require(entry.book.summary)
            #expect(summary.rows == 3 && summary.balance == 3_700_000_000)
            #expect(summary.green == LoanSum(rows: 2, fen: 3_500_000_000))
            #expect(entry.book.changes == nil)
            let loans = try await house.platform.facilities(of: entry.book.id, limit: 9, by: officer)
            #expect(loans.map(\.loanID) == ["L1", "L2", "L3"] && loans.map(\.line) == [2, 3, 4])
            #expect(loans[0].purpose == "50MW风力发电场建设" && loans[0].projectName == "虚构风电场")
            #expect(loans[0].region == RegionCode(500_235) && loans[0].quality == .normal)
            #expect(loans.map(\.finding.decision) == [.accepted, .notGreen, .accepted])
            #expect(loans[0].finding.standard == BookWork.standard)
            #expect(loans[0].finding.item != nil && loans[0].finding.green == loans[0].balance)
            #expect(loans[1].finding.item == nil && loans[1].finding.green == .zero)
            var filter = FacilityFilter()
            filter.decision = .accepted
            #expect(
                try await house.platform.facilities(of: entry.book.id, filter, after: 2, limit: 9, by: officer)
                    .map(\.loanID) == ["L3"])
            filter.words = "污水"
            #expect(
                try await house.platform.facilities(of: entry.book.id, filter, limit: 9, by: officer).map(\.loanID)
                    == ["L3"])
            for form in StatementForm.allCases {
                #expect(try await house.platform.statement(of: entry.book.id, as: form, by: officer).bytes.count > 1000)
            }
            let statement = try JSONValue.parse(
                try await house.platform.statement(of: entry.book.id, as: .json, by: officer).bytes)
            #expect(statement["summary"]?["green_rows"] == 2)
            let trail = try await house.platform.database.read { try $0.audit.list(of: officer.home, limit: 9) }
            #expect(trail.map(\.act) == ["book.accept", "book.send"])
            #expect(trail[0].person == nil && trail[1].person == officer.person)
            let body = try JSONValue.parse(trail[0].body)
            #expect(body["detail"]?["green"]?.text == "3500000000" && body["detail"]?["rows"] == 3)
        }
    }

    @Test("A workbook is taken as well as a text, in GB 18030 too", arguments: Engine.allCases)
    func forms(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let folder = try TemporaryFolder()
            try Samples.ledger.writeWorkbook(to: folder.file("book.xlsx"))
            let workbook = try await house.take(folder.bytes(of: "book.xlsx"), named: "台账.xlsx", by: officer)
            let text = try await house.take(Samples.ledger.gb18030(), by: officer)
            #expect(workbook.book.state == .accepted && text.book.state == .accepted)
            #expect(workbook.book.summary == text.book.summary)
            // The second says nothing else than the first.
            #expect(text.book.version == 2 && text.book.changes?.isEmpty == true)
        }
    }

    @Test(
        "A new version replaces the old one in sight, and tells what it says otherwise", arguments: Engine.allCases)
    func versions(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let first = try await house.take(Samples.ledger, by: officer)
            var ledger = Samples.ledger
            ledger.rows[0]["贷款余额"] = "28000000.00"
            ledger.rows[1] = Ledger.loan("L4", "50MW光伏电站建设", balance: "7000000.00")
            let second = try await house.take(ledger, by: officer)
            #expect(try await house.platform.book(first.book.id, by: officer).book.state == .replaced)
            #expect(second.book.version == 2 && second.book.replaces == first.book.id)
            let changes = try #require(second.book.changes)
            #expect(changes.added == LoanSum(rows: 1, fen: 700_000_000))
            #expect(changes.removed == LoanSum(rows: 1, fen: 200_000_000))
            #expect(changes.changed == 1 && changes.balanceDifference == -200_000_000)
            #expect(changes.greenDifference == 500_000_000)
            let found = try await house.platform.changes(in: second.book.id, limit: 9, by: officer)
            #expect(found.map(\.loanID) == ["L1", "L2", "L4"])
            #expect(found[0].before?.balance == Money(fen: 3_000_000_000))
            #expect(found[0].after?.balance == Money(fen: 2_800_000_000))
            #expect(found[1].after == nil && found[2].before == nil)
            let rest = try await house.platform.changes(in: second.book.id, after: "L1", limit: 1, by: officer)
            #expect(rest.map(\.loanID) == ["L2"])
            // The old version can still be read.
            #expect(try await house.platform.facilities(of: first.book.id, limit: 9, by: officer).count == 3)
            // Another month is a book of its own.
            let september = try #require(ReportingPeriod(.month, year: 2026, number: 9))
            let other = try await house.take(ledger.csv(), period: september, by: officer)
            #expect(other.book.version == 1 && other.book.changes == nil)
        }
    }

    @Test("Of a month one book at a time is under way, and the same request makes one book", arguments: Engine.allCases)
    func once(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let first = try await house.send(Samples.ledger.csv(), key: "a", by: officer)
            await #expect(throws: PlatformFault.conflict("book.under-way", ["period": "2026-10"])) {
                try await house.send(Samples.ledger.csv(), key: "b", by: officer)
            }
            // The same again is the same book, before it is decided and after.
            #expect(try await house.send(Samples.ledger.csv(), key: "a", by: officer).book.id == first.book.id)
            try await house.work()
            #expect(try await house.send(Samples.ledger.csv(), key: "a", by: officer).book.id == first.book.id)
            await #expect(throws: PlatformFault.invalid("Idempotency-Key", "book.key-used")) {
                try await house.send(Array("a,b\n".utf8), key: "a", by: officer)
            }
            await #expect(throws: PlatformFault.invalid("Idempotency-Key", "book.key-used")) {
                try await house.platform.sendBook(
                    SampleFiles.received(Samples.ledger.csv()), name: "a.csv", period: TestPlatform.october,
                    rates: "USD=7", for: officer.home, requestKey: "a", by: officer)
            }
            // Another lender's keys are others.
            let other = try await house.member(.lender, [.officer])
            #expect(try await house.send(Samples.ledger.csv(), key: "a", by: other).book.id != first.book.id)
            // Two at once: one is taken, and one told.
            let more = try await withThrowingTaskGroup(of: ID<BookRecord>.self) { group in
                for _ in 0..<4 {
                    group.addTask { try await house.send(Samples.ledger.csv(), key: "c", by: officer).book.id }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(more.count == 1)
        }
    }

    @Test("A lender's books are seen by its own people and its supervisors", arguments: Engine.allCases)
    func permissions(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let entry = try await house.take(Samples.ledger, by: officer)
            let id = entry.book.id
            let supervisor = try await house.member(.regulator, [.reader])
            #expect(try await house.platform.books(limit: 9, by: supervisor).map(\.book.id) == [id])
            #expect(try await house.platform.facilities(of: id, limit: 9, by: supervisor).count == 3)
            await #expect(throws: PlatformFault.forbidden(.downloadBook)) {
                try await house.platform.originalFile(of: id, by: supervisor)
            }
            await #expect(throws: PlatformFault.forbidden(.cancelBook)) {
                try await house.platform.cancelBook(id, by: supervisor)
            }
            let elsewhere = try await house.member(.regulator, [.reader], region: TestPlatform.sichuan)
            let competitor = try await house.member(.lender, [.officer])
            for stranger in [elsewhere, competitor] {
                #expect(try await house.platform.books(limit: 9, by: stranger).isEmpty)
                await #expect(throws: PlatformFault.notFound) { try await house.platform.book(id, by: stranger) }
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.facilities(of: id, limit: 9, by: stranger)
                }
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.statement(of: id, as: .html, by: stranger)
                }
            }
            for kind in [OrganisationKind.platformOperator, .district, .enterprise, .verifier] {
                let member = try await house.member(kind, Set(Role.allCases))
                await #expect(throws: PlatformFault.forbidden(.readBook)) {
                    try await house.platform.books(limit: 9, by: member)
                }
            }
            await #expect(throws: PlatformFault.notFound) {
                try house.platform.prepareToSendBook(of: officer.home, by: competitor)
            }
            // Who looked at whose customers is noted.
            let readings = try await house.platform.database.read { try $0.readings.list(subject: id.text, limit: 99) }
            #expect(readings.contains { $0.person == supervisor.person && $0.act == "facility.read" && $0.count == 3 })
            #expect(!readings.contains { $0.person == competitor.person })
        }
    }

    @Test("A loan in a foreign currency counts at the rate that came with the book", arguments: Engine.allCases)
    func currencies(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let bytes = Ledger([
                Ledger.loan("L1", "50MW风力发电场建设", balance: "1000.00", ["币种": "USD"]), Ledger.loan("L2", "采购钢材"),
            ]).csv()
            let without = try await house.take(bytes, by: officer)
            #expect(without.book.state == .returned && without.book.faulty == 1)
            for wrong in ["USD", "USD=", "USD=0", "USD=-7", "DOLLAR=7", "USD=7=8", "=7"] {
                await #expect(throws: PlatformFault.invalid("/rates", "book.bad-rate", ["value": wrong])) {
                    try await house.platform.sendBook(
                        SampleFiles.received(bytes), name: "a.csv", period: TestPlatform.october, rates: wrong,
                        for: officer.home, by: officer)
                }
            }
            house.pass(seconds: 1)
            _ = try await house.platform.sendBook(
                SampleFiles.received(bytes), name: "a.csv", period: TestPlatform.october, rates: "usd=7.1234，EUR=8",
                for: officer.home, by: officer)
            try await house.work()
            let entry = try await house.platform.books(limit: 1, by: officer)[0]
            #expect(entry.book.state == .accepted && entry.book.rates.keys.sorted() == ["EUR", "USD"])
            let loans = try await house.platform.facilities(of: entry.book.id, limit: 9, by: officer)
            #expect(loans.map(\.balance) == [Money(fen: 712_340), Money(fen: 100_000_000)])
        }
    }

    @Test(
        "A book under headers of its own comes with its mapping, and the next one begins with the same",
        arguments: Engine.allCases)
    func mapped(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let bytes = Array("流水键,户名,钱去哪儿,月末数\nL1,虚构公司,50MW风力发电场建设,300\n".utf8)
            let without = try await house.take(bytes, by: officer)
            #expect(without.book.fault?.key == "ledger.columns-missing")
            #expect(try await house.platform.lastMapping(of: officer.home, by: officer) == "")
            func send(_ mapping: String) async throws -> BookEntry {
                house.pass(seconds: 1)
                return try await house.platform.sendBook(
                    SampleFiles.received(bytes), name: "a.csv", period: TestPlatform.october, mapping: mapping,
                    for: officer.home, by: officer
                ).entry
            }
            let fault = Message(
                key: "ledger.mapping-column", arguments: ["line": "2", "text": "colour: x", "name": "colour"])
            await #expect(throws: PlatformFault.invalid([FieldFault("/mapping", fault)])) {
                try await send("loan_id: 流水键\ncolour: x")
            }
            let mapping = "loan_id: 流水键\nborrower：户名\n\n# 注\npurpose: 钱去哪儿\nbalance_yuan: 月末数 [万元]"
            let sent = try await send(mapping)
            try await house.work()
            let loans = try await house.platform.facilities(of: sent.book.id, limit: 9, by: officer)
            #expect(loans.map(\.balance) == [Money(fen: 300_000_000)] && loans.map(\.borrower) == ["虚构公司"])
            #expect(try await house.platform.lastMapping(of: officer.home, by: officer) == mapping)
            let other = try await house.member(.lender, [.officer])
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.lastMapping(of: officer.home, by: other)
            }
        }
    }

    @Test("The file comes back as it was sent", arguments: Engine.allCases)
    func original(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let bytes = try AssessedLedger.generated(rows: 12_000)
            let entry = try await house.send(bytes, by: officer)
            let stored = try await house.platform.originalFile(of: entry.book.id, by: officer)
            #expect(stored.pieceCount > 2)
            var back: [UInt8] = []
            for position in 0..<stored.pieceCount { back += try await house.platform.piece(position, of: stored) }
            #expect(back == bytes)
        }
    }

    @Test("A book is judged as the same ledger is from the command line", arguments: Engine.allCases)
    func sameAsAssess(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            let bytes = try AssessedLedger.generated(rows: 3000, seed: 7)
            let ledger = try await AssessedLedger(bytes, in: TemporaryFolder())
            let entry = try await house.take(bytes, by: officer)
            #expect(entry.book.state == .accepted)
            #expect(entry.book.summary == BookSummary(ledger.book.totals, older: ledger.book.olderTotals))
            let loans = try await house.platform.facilities(of: entry.book.id, limit: 5000, by: officer)
            try #require(loans.count == ledger.rows.records.count)
            for (loan, row) in zip(loans, ledger.rows.records) {
                #expect(loan.loanID == row["loan_id"])
                #expect(loan.finding.decision.rawValue == row["decision"])
                #expect(loan.finding.item?.text ?? "" == row["item"])
                #expect(loan.finding.verdict?.rawValue ?? "" == row["verdict"])
                #expect(loan.finding.share == nil ? row["share"] == "" : row["share"] != "")
            }
        }
    }
}
