import Credit
import LedgerFixtures
import Library
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Statistics

@Suite("A statutory return")
struct ReturnTests {
    static let standard = "cn.green-finance.2025"

    static func form() throws -> ReturnForm {
        try #require(try RealLibrary.loaded().returnForm("green-loans"))
    }

    static func catalogues() throws -> [ReturnCatalogue] {
        let library = try RealLibrary.loaded()
        return RandomLoan.standards.compactMap { library.pack($0) }.map { ReturnCatalogue($0) }
    }

    static func day(_ text: String) throws -> CalendarDate { try CalendarDate.parse(text) }

    static func key(
        _ item: String = "4.2.1", quality: LoanQuality? = .normal, mark: Mark? = .direct, isAligned: Bool = true
    ) throws -> ReturnKey {
        ReturnKey(
            standard: standard, item: try #require(ItemCode(item)), industry: .utilities, quality: quality, mark: mark,
            isAligned: isAligned)
    }

    /// A loan of a thousand yuan by default, all of it green.
    static func loan(
        _ key: ReturnKey?, balance: Int64 = 100_000, green: Int64? = nil, amount: Int64? = nil,
        issued: String? = nil, matures: String? = nil
    ) throws -> ReturnLoan {
        ReturnLoan(
            key: key, balance: Money(fen: balance), green: Money(fen: key == nil ? 0 : green ?? balance),
            amount: amount.map { Money(fen: $0) }, issuedOn: try issued.map { try day($0) },
            maturesOn: try matures.map { try day($0) })
    }

    /// What became of one loan in July to September 2026.
    static func flow(_ before: ReturnLoan?, _ after: ReturnLoan?) throws -> ReturnCells {
        var cells = ReturnCells(hasOpening: true)
        if let before { cells.addOpening(before) }
        if let after { cells.addClosing(after) }
        cells.addFlow(from: before, to: after, between: try day("2026-06-30"), and: try day("2026-09-30"))
        return cells
    }

    // MARK: Stock and flow

    @Test("What is out less was repaid, what is out more was drawn, as far as it is green")
    func balances() throws {
        let key = try Self.key()
        let fell = try Self.flow(Self.loan(key, balance: 1000, green: 600), Self.loan(key, balance: 500, green: 300))
        #expect(fell.sums[key]?.repaid == 300 && fell.sums[key]?.drawn == 0 && fell.sums[key]?.reclassified == 0)
        let rose = try Self.flow(Self.loan(key, balance: 500, green: 300), Self.loan(key, balance: 1000, green: 600))
        #expect(rose.sums[key]?.drawn == 300 && rose.sums[key]?.repaid == 0)
        let first = try Self.flow(Self.loan(key, balance: 0), Self.loan(key, balance: 700))
        #expect(first.sums[key]?.drawn == 700 && first.sums[key]?.reclassified == 0)
    }

    @Test("What is another part green without a payment is reclassified, not drawn")
    func parts() throws {
        let key = try Self.key()
        let cells = try Self.flow(Self.loan(key, balance: 1000, green: 600), Self.loan(key, balance: 1000, green: 900))
        #expect(cells.sums[key]?.reclassified == 300 && cells.sums[key]?.drawn == 0 && cells.sums[key]?.repaid == 0)
    }

    @Test("A loan that moves to another class takes its balance along after what was paid")
    func migration() throws {
        let (good, bad) = (try Self.key(), try Self.key(quality: .substandard))
        let cells = try Self.flow(Self.loan(good, balance: 1000), Self.loan(bad, balance: 800))
        #expect(cells.sums[good]?.repaid == 200 && cells.sums[good]?.reclassified == -800)
        #expect(cells.sums[bad]?.reclassified == 800 && cells.sums[bad]?.closing == 800)
    }

    @Test("A loan that becomes green, or ceases to be, is told as reclassified")
    func greenness() throws {
        let key = try Self.key()
        let became = try Self.flow(Self.loan(nil, balance: 900), Self.loan(key, balance: 1000))
        #expect(became.sums[key]?.reclassified == 1000 && became.sums[key]?.drawn == 0)
        let ceased = try Self.flow(Self.loan(key, balance: 1000), Self.loan(nil, balance: 900))
        #expect(ceased.sums[key]?.repaid == 100 && ceased.sums[key]?.reclassified == -900)
    }

    @Test(
        "A new loan was drawn if it was issued in the period, with what was repaid of it at once; an older one came otherwise"
    )
    func arrivals() throws {
        let key = try Self.key()
        let drawn = try Self.flow(nil, Self.loan(key, balance: 700, amount: 1000, issued: "2026-07-01"))
        #expect(drawn.sums[key]?.drawn == 1000 && drawn.sums[key]?.repaid == 300)
        for issued in ["2026-06-30", nil] {
            let entered = try Self.flow(nil, Self.loan(key, balance: 700, amount: 1000, issued: issued))
            #expect(entered.sums[key]?.entered == 700 && entered.sums[key]?.drawn == 0)
        }
    }

    @Test("A loan that is gone was repaid if it had matured; else the books do not tell")
    func departures() throws {
        let key = try Self.key()
        let matured = try Self.flow(Self.loan(key, balance: 700, matures: "2026-09-30"), nil)
        #expect(matured.sums[key]?.repaid == 700 && matured.sums[key]?.gone == 0)
        for maturity in ["2026-10-01", nil] {
            let gone = try Self.flow(Self.loan(key, balance: 700, matures: maturity), nil)
            #expect(gone.sums[key]?.gone == 700 && gone.sums[key]?.repaid == 0)
        }
    }

    @Test(
        "Whatever becomes of loans over three months, stock and flow agree for each key, and all tables with each other"
    )
    func algebra() throws {
        var chance = SeededGenerator(seed: 11)
        let form = try Self.form()
        for count in [0, 1, 40, 400] {
            let months = (0..<4).map { _ in
                (0..<count).map { line -> FacilitySnapshot? in
                    guard Int.random(in: 0..<5, using: &chance) > 0 else { return nil }
                    var loan = RandomLoan.next(line: line, &chance)
                    loan.balance = Money(fen: max(0, loan.balance.fen))
                    loan.amount = Bool.random(using: &chance) ? Money(fen: loan.balance.fen * 2) : nil
                    loan.issuedOn = CalendarDate(year: 2026, month: Int.random(in: 5...9, using: &chance), day: 3)
                    loan.maturesOn = CalendarDate(year: 2026, month: Int.random(in: 7...12, using: &chance), day: 3)
                    return loan
                }
            }
            var cells = ReturnCells(hasOpening: true)
            for loan in months[0].compactMap({ $0 }) { cells.addOpening(ReturnLoan(loan)) }
            for loan in months[3].compactMap({ $0 }) {
                cells.addClosing(ReturnLoan(loan), benefits: loan.finding.benefits)
            }
            for month in 1...3 {
                let (first, last) = try (Self.day("2026-0\(5 + month)-28"), Self.day("2026-0\(6 + month)-28"))
                for (before, after) in zip(months[month - 1], months[month]) {
                    cells.addFlow(
                        from: before.map { ReturnLoan($0) }, to: after.map { ReturnLoan($0) }, between: first, and: last
                    )
                }
            }
            for sum in cells.sums.values {
                #expect(
                    sum.opening + sum.drawn - sum.repaid - sum.gone + sum.entered + sum.reclassified == sum.closing)
                #expect([sum.drawn, sum.repaid, sum.gone, sum.entered].allSatisfy { $0 >= 0 })
            }
            let tables = form.tables(of: cells, under: try Self.catalogues(), units: [:])
            for standard in RandomLoan.standards {
                let green = months[3].compactMap { $0 }.filter {
                    $0.finding.decision == .accepted && $0.finding.standard == standard
                }
                let edition = try #require(tables.edition(standard))
                for id in ["purpose", "industry", "quality", "carbon", "kind", "flow"] {
                    #expect(
                        edition.table(id)?.figure(ReturnTable.total, "closing")
                            == green.reduce(0) { $0 + Int128($1.finding.green.fen) })
                }
                #expect(edition.table("purpose")?.figure(ReturnTable.total, "loans") == Int128(green.count))
            }
            let failed = form.check(tables, earlier: nil, database: [:]).filter { !$0.failures.isEmpty }
            // Random loans have no class now and then, become green and cease to be, and are of chapters that no kind has.
            #expect(
                Set(failed.map(\.check)).isSubset(of: [
                    "quality-complete", "reclassified-away", "kinds-complete",
                ]), "\(failed.map(\.check))")
        }
    }

    // MARK: Tables

    @Test("A chapter is the sum of its groups, the total that of the chapters, and a column of others theirs")
    func sums() throws {
        var cells = ReturnCells(hasOpening: false)
        cells.addClosing(try Self.loan(Self.key("4.1.1", quality: .loss), balance: 100))
        cells.addClosing(try Self.loan(Self.key("4.2.1", quality: .doubtful, isAligned: false), balance: 20))
        cells.addClosing(try Self.loan(Self.key("7.1.1", mark: .enabling), balance: 3))
        let tables = try Self.form().tables(of: cells, under: Self.catalogues(), units: [:])
        let purpose = try #require(tables.edition(Self.standard)?.table("purpose"))
        #expect(purpose.figure("4", "closing") == 120 && purpose.figure("4.1", "closing") == 100)
        #expect(purpose.figure(ReturnTable.total, "closing") == 123)
        #expect(purpose.figure("4", "non_performing") == 120 && purpose.figure("4.2", "doubtful") == 20)
        #expect(purpose.figure("4", "aligned") == 100 && purpose.figure("4", "project") == 120)
        #expect(purpose.figure("7", "service") == 3 && purpose.figure(ReturnTable.total, "enabling") == 3)
        let flow = try #require(tables.edition(Self.standard)?.table("flow"))
        #expect(flow.figure("4", "opening") == nil && flow.figure(ReturnTable.total, "drawn") == nil)
        #expect(flow.figure("4", "written_off") == 0 && flow.figure("4", "closing") == 120)
    }

    @Test("An item that no heading is known of is counted all the same")
    func unknownHeadings() throws {
        var cells = ReturnCells(hasOpening: false)
        for (item, fen) in [("4.99.1", 5), ("4.9", 7), ("12.1.1", 11)] {
            cells.addClosing(try Self.loan(Self.key(item), balance: Int64(fen)))
        }
        let tables = try Self.form().tables(of: cells, under: Self.catalogues(), units: [:])
        let purpose = try #require(tables.edition(Self.standard)?.table("purpose"))
        #expect(purpose.figure("4.99", "closing") == 5 && purpose.figure("4", "closing") == 12)
        #expect(purpose.figure("12", "closing") == 11 && purpose.figure(ReturnTable.total, "closing") == 23)
    }

    @Test("Only loans for projects have the seven indicators")
    func indicators() throws {
        var cells = ReturnCells(hasOpening: false)
        cells.addClosing(try Self.loan(Self.key("4.2.1")), benefits: ["co2e_t": 1.000_000_001, "dust_t": 4])
        cells.addClosing(try Self.loan(Self.key("7.1.1")), benefits: ["co2e_t": 5])
        let tables = try Self.form().tables(of: cells, under: Self.catalogues(), units: ["co2e_t": "tCO2e"])
        let table = try #require(tables.edition(Self.standard)?.table("indicators"))
        #expect(table.figure(ReturnTable.total, "co2e_t") == 1_000_000_001)
        #expect(table.columns.first { $0.id == "co2e_t" }?.unit == .indicator("tCO2e"))
    }

    @Test("A figure is adjusted where it is counted, and sums follow; nothing else can be")
    func adjustments() throws {
        var cells = ReturnCells(hasOpening: false)
        cells.addClosing(try Self.loan(Self.key("4.2.1"), balance: 100))
        let tables = try Self.form().tables(of: cells, under: Self.catalogues(), units: [:])
        func adjustment(_ table: String, _ line: String, _ column: String, _ amount: Int128 = 50) -> ReturnAdjustment {
            ReturnAdjustment(
                standard: Self.standard, table: table, line: line, column: column, amount: amount, reason: "核销")
        }
        let adjusted = tables.adjusted(by: [
            adjustment("purpose", "4.1", "substandard"), adjustment("flow", "4", "opening", 7),
        ])
        let purpose = try #require(adjusted.edition(Self.standard)?.table("purpose"))
        #expect(purpose.figure("4.1", "substandard") == 50 && purpose.figure("4", "non_performing") == 50)
        #expect(purpose.figure(ReturnTable.total, "non_performing") == 50 && purpose.figure("4", "closing") == 100)
        // What could not be told is what people say of it.
        #expect(adjusted.edition(Self.standard)?.table("flow")?.figure("4", "opening") == 7)
        for wrong in [
            adjustment("purpose", "4", "closing"), adjustment("purpose", ReturnTable.total, "closing"),
            adjustment("purpose", "4.1", "non_performing"), adjustment("purpose", "99", "closing"),
            adjustment("nothing", "4.1", "closing"), adjustment("purpose", "4.1", "nothing"),
        ] {
            #expect(!tables.canAdjust(wrong))
            #expect(tables.adjusted(by: [wrong]) == tables)
        }
    }

    @Test("Returns of several lenders add up cell by cell, also lines and editions that only one has")
    func consolidation() throws {
        let form = try Self.form()
        var (one, other) = (ReturnCells(hasOpening: true), ReturnCells(hasOpening: false))
        one.addClosing(try Self.loan(Self.key("4.2.1"), balance: 100))
        other.addClosing(try Self.loan(Self.key("4.99.1"), balance: 10))
        other.addClosing(try Self.loan(Self.key("4.2.1"), balance: 1))
        let all = try Self.catalogues()
        let first = form.tables(of: one, under: Array(all.prefix(1)), units: [:])
        let second = form.tables(of: other, under: all, units: [:])
        for pair in [[first, second], [second, first]] {
            let sum = try #require(ReturnTables.sum(pair))
            let purpose = try #require(sum.edition(Self.standard)?.table("purpose"))
            #expect(purpose.figure("4.2", "closing") == 101 && purpose.figure("4.99", "closing") == 10)
            #expect(purpose.figure(ReturnTable.total, "closing") == 111)
            #expect(sum.editions.count == 2)
            // One lender's opening balance is known, the other's is not: the sum is of what is known.
            #expect(sum.edition(Self.standard)?.table("flow")?.figure(ReturnTable.total, "opening") == 0)
        }
        // A version of the form with fewer columns adds to the later one's, wherever it stands.
        let old = ReturnTables(
            form: first.form, formVersion: "2025",
            editions: [
                ReturnEdition(
                    standard: Self.standard,
                    tables: [
                        ReturnTable(
                            id: "purpose", name: BilingualText(zh: "表", en: "table"), axis: .group,
                            columns: [.init(id: "closing", name: BilingualText(zh: "余额", en: "balance"), unit: .money)],
                            lines: [
                                .init(key: ReturnTable.total, name: nil, level: 0, figures: [7]),
                                .init(key: "4", name: nil, level: 1, figures: [7]),
                                .init(key: "4.2", name: nil, level: 2, figures: [7]),
                            ])
                    ])
            ])
        for pair in [[first, old], [old, first]] {
            let purpose = ReturnTables.sum(pair)?.edition(Self.standard)?.table("purpose")
            #expect(purpose?.figure("4.2", "closing") == 107 && purpose?.figure("4.2", "loans") == 1)
        }
        #expect(ReturnTables.sum([]) == nil)
        #expect(ReturnTables.sum([first, ReturnTables(form: "another", formVersion: "1", editions: [])]) == nil)
    }

    @Test("What is kept as JSON is read back as it was")
    func json() throws {
        var chance = SeededGenerator(seed: 5)
        var cells = ReturnCells(hasOpening: false)
        for line in 0..<200 {
            let loan = RandomLoan.next(line: line, &chance)
            cells.addClosing(ReturnLoan(loan), benefits: loan.finding.benefits)
        }
        let form = try Self.form()
        let tables = form.tables(of: cells, under: try Self.catalogues(), units: ["co2e_t": "tCO2e"])
        let text = try tables.json.canonicalBytes()
        #expect(
            ReturnTables(json: try JSONValue.parse(text, limits: JSONLimits(bytes: 1 << 24, values: 1_000_000)))
                == tables)
        let results = form.check(tables, earlier: tables, database: [Self.standard: ["green": 1]])
        #expect(results.contains { !$0.failures.isEmpty })
        #expect(results.compactMap { ReturnCheckResult(json: $0.json) } == results)
        let adjustment = ReturnAdjustment(
            standard: Self.standard, table: "indicators", line: "4.2", column: "co2e_t", amount: -1_500_000_000,
            reason: "复核")
        #expect(tables.unit(of: adjustment).text(adjustment.amount) == "-1.5")
        #expect(ReturnAdjustment(json: adjustment.json(in: tables.unit(of: adjustment))) == adjustment)
        #expect(ReturnTables(json: ["form": "green-loans"]) == nil && ReturnCheckResult(json: .null) == nil)
    }

    @Test("A figure is written and read as decimal digits, and nothing else is one")
    func figures() {
        let unit = ReturnUnit.indicator("t")
        for (figure, text) in [
            (0, "0"), (1, "0.000000001"), (-1_000_000_000, "-1"), (1_234_500_000_000, "1234.5"),
        ] as [(Int128, String)] {
            #expect(unit.text(figure) == text)
            #expect(unit.figure(text) == figure)
        }
        #expect(ReturnUnit.money.text(-12) == "-12" && ReturnUnit.money.figure("-12") == -12)
        for wrong in ["", "-", "1.", ".5", "1e3", "+1", "１", " 1", "1.0000000001", String(repeating: "9", count: 28)] {
            #expect(unit.figure(wrong) == nil, "\(wrong)")
        }
        #expect(ReturnUnit.money.figure("1.5") == nil)
        // What people may type at most, in every line of ten thousand lenders, times the largest factor of a check, fits.
        for unit in [ReturnUnit.money, .count, .indicator("t")] {
            let (product, isTooMuch) = unit.largestAdjustment.multipliedReportingOverflow(by: 1000 * 10_000 * 100)
            #expect(!isTooMuch && product > 0)
        }
    }

    // MARK: Checks

    @Test("A check fails on the line where two tables do not agree, and tells both figures")
    func failures() throws {
        let form = try Self.form()
        var cells = ReturnCells(hasOpening: true)
        cells.addClosing(try Self.loan(Self.key("4.2.1"), balance: 100))
        cells.addOpening(try Self.loan(Self.key("4.2.1"), balance: 100))
        let tables = form.tables(of: cells, under: [try Self.catalogues()[0]], units: [:])
        func failed(_ tables: ReturnTables, earlier: ReturnTables? = nil, green: Int128? = nil) -> [String:
            [ReturnCheckResult.Failure]]
        {
            let results = form.check(
                tables, earlier: earlier, database: green.map { [Self.standard: ["green": $0]] } ?? [:])
            return Dictionary(
                uniqueKeysWithValues: results.filter { !$0.failures.isEmpty }.map { ($0.check, $0.failures) })
        }
        #expect(failed(tables).isEmpty)
        #expect(failed(tables, green: 100).isEmpty)
        #expect(failed(tables, green: 101)["database-green"] == [.init(line: ReturnTable.total, left: 100, right: 101)])
        let changed = tables.adjusted(by: [
            ReturnAdjustment(
                standard: Self.standard, table: "flow", line: "4", column: "written_off", amount: 30, reason: "核销")
        ])
        #expect(
            failed(changed)["stock-and-flow"] == [
                .init(line: ReturnTable.total, left: 70, right: 100), .init(line: "4", left: 70, right: 100),
            ])
        #expect(
            failed(tables, earlier: changed).isEmpty, "what was handed in before agrees but for what was written off")
        let half = tables.adjusted(by: [
            ReturnAdjustment(
                standard: Self.standard, table: "purpose", line: "4.2", column: "closing", amount: -51, reason: "少报")
        ])
        #expect(failed(tables, earlier: half)["doubled"] == [.init(line: ReturnTable.total, left: 100, right: 98)])
    }

    @Test("Where there is nothing to compare with, a check says so and does not pass")
    func notCompared() throws {
        let form = try Self.form()
        let tables = form.tables(of: ReturnCells(hasOpening: false), under: [try Self.catalogues()[0]], units: [:])
        let results = Dictionary(
            uniqueKeysWithValues: form.check(tables, earlier: nil, database: [:]).map { ($0.check, $0) })
        for check in ["opening-earlier", "database-green", "stock-and-flow", "doubled"] {
            #expect(results[check]?.compared == 0 && results[check]?.isPassed == false)
        }
        #expect(results["purpose-industry"]?.isPassed == true)
    }

    @Test("A term of a check is read as it is written, or refused")
    func terms() {
        #expect(ReturnCheck.Term("flow.drawn") == .init(.own(table: "flow", column: "drawn")))
        #expect(
            ReturnCheck.Term("-3*earlier.flow.drawn") == .init(factor: -3, .earlier(table: "flow", column: "drawn")))
        #expect(ReturnCheck.Term("database.green") == .init(.database("green")))
        for wrong in ["", "flow", "flow.", "a.b.c", "0*a.b", "-a", "1001*a.b", "x*a.b", "--a.b", "earlier.a.b.c"] {
            #expect(ReturnCheck.Term(wrong) == nil, "\(wrong)")
        }
    }
}
