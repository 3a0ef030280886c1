import LedgerFixtures
import Reporting
import Standards
import Testing
import Vocabulary

@Suite("The statement")
struct StatementTests {
    private static let groupings = ["by_item", "by_chapter", "by_region", "by_mark", "by_borrower_size", "by_quality"]

    @Test("Every grouping adds up to the green total: loans, balances, benefits, shares")
    func addsUp() async throws {
        let fixture = try await StatementFixture(generated: 800, seed: 5)
        let green = try fixture.figure("green_balance_yuan").wholeNumber
        let rows = try fixture.figure("green_rows").wholeNumber
        let aligned = try fixture.figure("aligned_balance_yuan").wholeNumber
        let eligible = try fixture.figure("eligible_balance_yuan").wholeNumber
        #expect((green ?? 0) > 0)
        #expect((aligned ?? 0) + (eligible ?? 0) == green)
        let benefits = try fixture.table("benefits")
        for id in Self.groupings {
            let table = try fixture.table(id)
            #expect(try table.sum("rows") == rows, "\(id)")
            #expect(try table.sum("balance_yuan") == green, "\(id)")
            #expect(try table.sum("aligned_yuan") == aligned, "\(id)")
            #expect(try table.sum("eligible_yuan") == eligible, "\(id)")
            #expect(try table.sum("aligned_rows") + table.sum("eligible_rows") == rows, "\(id)")
            #expect(abs(try table.decimalSum("share_of_green_pct") - 100) < 1e-6, "\(id)")
            for row in benefits.rows {
                let indicator = try #require(row[0].text)
                guard table.columns.contains(where: { $0.id == indicator }) else { continue }
                guard case .decimal(let total, _) = row[5] else { continue }
                #expect(
                    abs(try table.decimalSum(indicator) - total) <= 1e-9 * max(1, abs(total)), "\(id), \(indicator)")
            }
        }
        #expect(try fixture.table("by_chapter").rows.count > 3)
    }

    @Test("Decisions add up to the rows read, gaps and benefits to the green loans")
    func decisionsAddUp() async throws {
        let fixture = try await StatementFixture(generated: 600, seed: 6)
        let decisions = try fixture.table("decisions")
        #expect(try decisions.sum("rows") == fixture.figure("rows_accepted").wholeNumber)
        let accepted = try fixture.figure("rows_accepted").wholeNumber ?? 0
        let rejected = try fixture.figure("rows_rejected").wholeNumber ?? 0
        #expect(try fixture.figure("rows_in").wholeNumber == accepted + rejected)
        let assessed = try fixture.figure("balance_assessed_yuan").wholeNumber ?? 0
        let unassessed = try fixture.figure("unassessed_balance_yuan").wholeNumber ?? 0
        #expect(try decisions.sum("balance_yuan") == assessed + unassessed)
        let withFigures = try fixture.table("methods").sum("loans")
        #expect(try fixture.table("benefit_gaps").sum("rows") + withFigures == fixture.figure("green_rows").wholeNumber)
    }

    /// 100 MWh × 0.5581 kgCO2/kWh (announcement 47 of 2025, table 3, Chongqing) = 55.81 t.
    @Test("Known answer: 100 MWh of wind power at Chongqing's factor avoid 55.81 tonnes")
    func knownAnswer() async throws {
        let fixture = try await StatementFixture([StatementFixture.windFarm("A1", region: "500101")])
        let benefits = try fixture.table("benefits")
        func benefit(_ id: String) throws -> StatementCell {
            try #require(benefits.rows.first { $0[0] == .text(id) })[5]
        }
        guard case .decimal(let avoided, _) = try benefit("co2e_t") else {
            Issue.record("no figure")
            return
        }
        #expect(abs(avoided - 55.81) < 1e-9)
        #expect(try benefit("electricity_generated_mwh") == .decimal(100, digits: 2))
        #expect(fixture.ledger.rows["co2e_t"] == ["55.8100"])
        let factors = try fixture.table("factors")
        let grid = try #require(factors.rows.first { $0[0] == .text("grid_average") })
        #expect(grid[2] == .text("重庆市"))
        #expect(grid[4] == .text("0.5581"))
        #expect(grid[8] == .integer(1))
    }

    @Test("A loan of half the investment claims half of the benefit")
    func halfShare() async throws {
        var loan = StatementFixture.windFarm("A1", region: "500101")
        loan["项目总投资"] = "2000000.00"
        let fixture = try await StatementFixture([loan])
        #expect(fixture.ledger.rows["co2e_t"] == ["27.9050"])
        let opened = try #require(fixture.statement.openedLoans.first)
        #expect(opened.heading.zh.contains("50 %"))
    }

    @Test("Where loans on both sides of a border use the grid factor it is said, and only there")
    func border() async throws {
        func sentences(_ regions: String...) async throws -> [BilingualText] {
            let loans = regions.enumerated().map { StatementFixture.windFarm("A\($0)", region: $1) }
            return try await StatementFixture(loans).statement.assumptions.filter { $0.zh.contains("省界") }
        }
        let both = try await sentences("500101", "510104")
        #expect(both.count == 1)
        for text in [both.first?.zh, both.first?.en] {
            #expect(text?.contains("0.5581") == true)
            #expect(text?.contains("0.1564") == true)
        }
        #expect(try await sentences("500101", "500102").isEmpty)
        #expect(try await sentences("510104").isEmpty)
        #expect(try await sentences("500101", "").isEmpty, "the nation's value is no province's")
        let withoutFactor = try await StatementFixture([
            Ledger.loan("A1", "补充流动资金", ["行政区划代码": "500101"]), Ledger.loan("A2", "进货", ["行政区划代码": "510104"]),
        ])
        #expect(withoutFactor.statement.assumptions.allSatisfy { !$0.zh.contains("省界") })
    }

    @Test("Every text stands in both languages, and no phrase is missing")
    func bilingual() async throws {
        let fixture = try await StatementFixture([
            StatementFixture.windFarm("A1", region: "500101"), StatementFixture.windFarm("A2", region: ""),
            Ledger.loan("A3", "二星级绿色建筑住宅小区建设", ["五级分类": "关注", "企业规模": "大型"]), Ledger.loan("A4", "进货"),
        ])
        let statement = fixture.statement
        var texts = [statement.title, statement.subtitle] + statement.assumptions
        for table in statement.tables + [statement.summary] {
            texts += [table.title] + (table.note.map { [$0] } ?? []) + table.columns.map(\.title)
            for row in table.rows { for case .bilingual(let text) in row { texts.append(text) } }
        }
        for chart in statement.bars { texts += [chart.title, chart.unit] }
        for loan in statement.openedLoans {
            texts += [loan.heading, loan.method] + (loan.inputs + loan.results).flatMap { [$0.name, $0.origin] }
        }
        #expect(texts.count > 100)
        for text in texts {
            for words in [text.zh, text.en] {
                #expect(!words.isEmpty)
                #expect(!words.contains("statement.") && !words.contains("{"), "\(words)")
            }
        }
        // Of the statement's own phrases none is Chinese in English, but for names from documents.
        #expect(!Self.hasHan(statement.title.en) && !Self.hasHan(statement.subtitle.en))
        let grid = statement.openedLoans.flatMap(\.inputs).filter { $0.origin.zh.contains("用全国代替") }
        #expect(!grid.isEmpty || !statement.openedLoans.isEmpty)
        for line in grid { #expect(!line.origin.en.contains("全国")) }
    }

    static func hasHan(_ text: String) -> Bool { text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }

    @Test("The opened loan shows inputs, factor and document, and its results are those of the row")
    func opened() async throws {
        let fixture = try await StatementFixture([StatementFixture.windFarm("A1", region: "500101")])
        let loan = try #require(fixture.statement.openedLoans.first)
        #expect(loan.heading.zh.contains("A1"))
        #expect(loan.inputs.contains { $0.value == "0.5581" && $0.origin.zh.contains("47") })
        #expect(loan.results.contains { $0.value.contains("55.81") })
    }

    @Test("An empty book makes a statement of noughts")
    func empty() async throws {
        let fixture = try await StatementFixture([])
        #expect(try fixture.figure("green_share_pct") == .percent(0))
        #expect(try fixture.table("by_item").rows.isEmpty)
        #expect(!fixture.statement.html().isEmpty)
        let json = fixture.statement.json()
        #expect(!json.contains(": nan") && !json.contains(": inf") && !json.contains(": ,"))
    }

    @Test("Chart bars are the largest items, and no more than the green total")
    func charts() async throws {
        let fixture = try await StatementFixture(generated: 600, seed: 8)
        let green = Double(try fixture.figure("green_balance_yuan").wholeNumber ?? 0) / 1e10
        for chart in fixture.statement.bars {
            let sizes = chart.bars.map { $0.aligned + $0.eligible }
            #expect(sizes.count <= 12 && !sizes.isEmpty)
            #expect(sizes == sizes.sorted(by: >))
            #expect(sizes.reduce(0, +) <= green * (1 + 1e-9), "in 100 million yuan")
        }
    }
}
