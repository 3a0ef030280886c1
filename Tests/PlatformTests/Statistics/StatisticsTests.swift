import Access
import Credit
import Foundation
import LedgerFixtures
import PlatformFixtures
import Seeded
import Spreadsheet
import Standards
import Statistics
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Statistics over all books")
struct StatisticsTests {
    private static let september = ReportingPeriod(.month, year: 2026, number: 9)!
    private static let wind = "50MW风力发电场建设"

    private static func ledger(_ wind: String, _ other: String = "200000.00") -> Ledger {
        Ledger([
            Ledger.loan("L1", Self.wind, balance: wind, ["行政区划": "500235", "五级分类": "正常"]),
            Ledger.loan("L2", "日常办公用品采购", balance: other, ["行政区划": "500103"]),
        ])
    }

    private func ask(
        _ house: TestPlatform, _ by: CubeGrouping, _ viewer: Viewer,
        _ change: (inout StatisticsQuestion) -> Void = { _ in }
    ) async throws -> StatisticsAnswer {
        var question = StatisticsQuestion(by: by)
        change(&question)
        return try await house.platform.statistics(question, by: viewer)
    }

    private func green(_ row: StatisticsRow?) -> Int128? { row?.editions[BookWork.standard]?.sum.green.fen }

    @Test("Each sees the books that count of whom it may, by every grouping alike", arguments: Engine.allCases)
    func scopes(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await house.member(.lender, [.officer])
            let other = try await house.member(.lender, [.officer])
            let elsewhere = try await house.member(.lender, [.officer], region: TestPlatform.chengdu)
            let regulator = try await house.member(.regulator, [.officer])
            let empty = try await ask(house, .chapter, regulator)
            #expect(empty.period == nil && empty.rows.isEmpty && empty.counted == 0 && empty.missing.count == 2)
            _ = try await house.take(Self.ledger("1000000.00"), by: bank)
            _ = try await house.take(Self.ledger("3000000.00"), by: other)
            _ = try await house.take(Self.ledger("7000000.00"), by: elsewhere)

            for by in CubeGrouping.allCases {
                for (viewer, wanted) in [
                    (bank, 100_000_000), (other, 300_000_000), (elsewhere, 700_000_000), (regulator, 400_000_000),
                ] {
                    let answer = try await ask(house, by, viewer)
                    #expect(green(answer.total) == Int128(wanted), "\(by)")
                    #expect(answer.rows.reduce(0) { $0 + (green($1) ?? 0) } == Int128(wanted), "\(by)")
                    #expect(answer.period == TestPlatform.october)
                }
            }
            let lenders = try await ask(house, .lender, regulator)
            #expect(Set(lenders.rows.compactMap(\.lender?.id)) == [bank.home, other.home])
            #expect(lenders.counted == 2 && lenders.missing.isEmpty)
            // All loans stand beside the green ones where they can be told.
            #expect(lenders.hasAllLoans && lenders.total.loans == LoanSum(rows: 4, fen: 440_000_000))
            let places = try await ask(house, .region, regulator)
            #expect(places.rows.map(\.value) == ["500235", "500103"])
            let chapters = try await ask(house, .chapter, regulator)
            #expect(!chapters.hasAllLoans && chapters.rows.count == 1)
            #expect(chapters.rows.first?.standard == BookWork.standard)
            // No other member sees any.
            for (kind, role) in [
                (OrganisationKind.district, Role.reviewer), (.enterprise, .officer), (.verifier, .officer),
            ] {
                let viewer = try await house.member(kind, [role])
                await #expect(throws: PlatformFault.forbidden(.readStatistics)) {
                    try await ask(house, .chapter, viewer)
                }
            }
            // Another lender is as good as none.
            await #expect(throws: PlatformFault.notFound) {
                try await ask(house, .chapter, bank) { $0.lender = other.home }
            }
            #expect(green(try await ask(house, .chapter, regulator) { $0.lender = other.home }.total) == 300_000_000)
        }
    }

    @Test(
        "A month stands beside the month and the year before, and a series by months beside none",
        arguments: Engine.allCases)
    func time(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await house.member(.lender, [.officer])
            let lastYear = TestPlatform.october.yearEarlier
            _ = try await house.take(Self.ledger("500000.00"), period: lastYear, by: bank)
            _ = try await house.take(Self.ledger("800000.00"), period: Self.september, by: bank)
            _ = try await house.take(Self.ledger("1000000.00"), by: bank)
            let item = try await ask(house, .item, bank)
            let figures = try #require(item.rows.first?.editions[BookWork.standard])
            #expect(figures.sum.green.fen == 100_000_000)
            #expect(figures.monthEarlier?.green.fen == 80_000_000 && figures.yearEarlier?.green.fen == 50_000_000)
            let series = try await ask(house, .month, bank)
            #expect(series.rows.map(\.value) == ["2025-10", "2026-09", "2026-10"])
            #expect(series.rows.map { green($0) } == [50_000_000, 80_000_000, 100_000_000])
            #expect(series.periods.map(\.description) == ["2026-10", "2026-09", "2025-10"])
            let before = try await ask(house, .month, bank) { $0.period = Self.september }
            #expect(before.rows.map(\.value) == ["2025-10", "2026-09"])
            // A later version of a book takes the place of the earlier one's sums, a returned one does not.
            _ = try await house.take(Self.ledger("2000000.00"), by: bank)
            #expect(green(try await ask(house, .chapter, bank).total) == 200_000_000)
            _ = try await house.take(Self.ledger("viel"), by: bank)
            #expect(green(try await ask(house, .chapter, bank).total) == 200_000_000)
        }
    }

    @Test(
        "Conditions narrow what is added up; what is not kept together is refused, and so is what no value is",
        arguments: Engine.allCases)
    func filters(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await house.member(.lender, [.officer])
            _ = try await house.take(Self.ledger("1000000.00"), by: bank)
            let chapter = try #require(try await ask(house, .chapter, bank).rows.first?.value)
            let there = try await ask(house, .item, bank) { $0.filters[.chapter] = chapter }
            #expect(green(there.total) == 100_000_000 && there.question.standard == BookWork.standard)
            #expect(try await ask(house, .item, bank) { $0.filters[.chapter] = "99" }.rows.isEmpty)
            for region in ["500235", "500200", "500000"] {
                #expect(
                    green(try await ask(house, .chapter, bank) { $0.filters[.region] = region }.total) == 100_000_000)
            }
            let south = try await ask(house, .chapter, bank) { $0.filters[.region] = "510000" }
            #expect(south.total.editions.isEmpty)
            let noSize = try await ask(house, .chapter, bank) { $0.filters[.size] = "" }
            #expect(green(noSize.total) == 100_000_000)
            await #expect(throws: PlatformFault.invalid("/by", "statistics.not-together")) {
                try await ask(house, .quality, bank) { $0.filters[.region] = "500235" }
            }
            await #expect(throws: PlatformFault.invalid("/region", "json.bad-value")) {
                try await ask(house, .chapter, bank) { $0.filters[.region] = "50023" }
            }
            await #expect(throws: PlatformFault.invalid("/period", "book.not-a-month")) {
                try await ask(house, .chapter, bank) { $0.period = ReportingPeriod(.year, year: 2026) }
            }
            // Taken along: titles above the header, money in yuan, the names of the place and the lender.
            let folder = try TemporaryFolder()
            let workbook = try house.platform.workbook(of: try await ask(house, .region, bank), in: .en)
            try Data(workbook).write(to: URL(filePath: folder.file("a.xlsx")))
            let table = try Table(path: folder.file("a.xlsx"))
            let header = try #require(table.records.first { $0.fields.first == "Code" })
            let line = try #require(table.records.first { $0.fields.first == "500235" }).fields
            func cell(_ name: String) throws -> String { line[try #require(header.fields.firstIndex(of: name))] }
            let (name, edition) = (try cell("Name"), try cell("Edition"))
            #expect(name == "云阳县" && edition == BookWork.standard)
            let parts = [try cell("Conditions shown (yuan)"), try cell("Evidence missing (yuan)")].compactMap(
                Double.init)
            #expect(parts.reduce(0, +) == 1_000_000)
        }
    }

    @Test(
        "Books from before there were sums are added up behind requests, once, to the same", arguments: Engine.allCases)
    func madeUpFor(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await house.member(.lender, [.officer])
            _ = try await house.take(Self.ledger("1000000.00"), by: bank)
            let before = try await ask(house, .item, bank)
            #expect(try await !house.runner().addUpOnce())
            try await house.platform.database.forgetCubes()
            #expect(try await ask(house, .item, bank).rows.isEmpty)
            #expect(try await house.runner().addUpOnce())
            #expect(try await ask(house, .item, bank) == before)
            #expect(try await !house.runner().addUpOnce())
        }
    }

    @Test(
        "What a place comes to is what its lenders' books come to, whatever happened to these",
        arguments: Engine.allCases)
    func rolledUp(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            var chance = SeededGenerator(seed: 9)
            let platform = house.platform
            let administrator = try await house.member(.platformOperator, [.administrator])
            let seats = [TestPlatform.chongqing, TestPlatform.yunyang, TestPlatform.chengdu]
            var lenders: [Viewer] = []
            for seat in seats { lenders.append(try await house.member(.lender, [.officer], region: seat)) }
            let regulators = [
                try await house.member(.regulator, [.officer]),
                try await house.member(.regulator, [.officer], region: TestPlatform.sichuan),
            ]
            for step in 0..<14 {
                let lender = try #require(lenders.randomElement(using: &chance))
                let period = Bool.random(using: &chance) ? TestPlatform.october : Self.september
                switch Int.random(in: 0..<6, using: &chance) {
                case 0:
                    let seat = try #require(seats.randomElement(using: &chance))
                    let home = try #require(try await platform.database.read { try $0.organisations.find(lender.home) })
                    _ = try await platform.editOrganisation(
                        lender.home, OrganisationDraft(name: home.name, region: seat), version: nil, by: administrator)
                case 1:
                    let book = try await platform.database.read { try $0.books.inForce(lender.home, period) }
                    guard let book else { continue }
                    _ = try await platform.reassessBook(book.book.id, by: lender)
                    try await house.work()
                default:
                    let loans = Ledger(
                        (0..<Int.random(in: 1...4, using: &chance)).map { number in
                            Ledger.loan(
                                "L\(number)", Bool.random(using: &chance) ? Self.wind : "采购钢材",
                                balance: "\(Int.random(in: 1...9_000_000, using: &chance))",
                                [
                                    "行政区划": Bool.random(using: &chance) ? "500235" : "510104",
                                    "项目总投资": "90000000", "fact:installed_capacity": "50000",
                                ])
                        })
                    _ = try await house.take(loans, period: period, by: lender)
                }
                for regulator in regulators {
                    for by in [CubeGrouping.chapter, .item, .region, .month, .industry] {
                        for period in [TestPlatform.october, Self.september] {
                            let rolled = try await ask(house, by, regulator) { $0.period = period }
                            // By lender nothing is rolled up: the books themselves are added.
                            let direct = try await ask(house, .lender, regulator) { $0.period = period }
                            for standard in Set(direct.total.editions.keys).union(rolled.total.editions.keys) {
                                let none = StatisticsFigures()
                                let one = rolled.total.editions[standard] ?? none
                                let other = direct.total.editions[standard] ?? none
                                #expect(one.sum.green == other.sum.green, "step \(step)")
                                #expect(one.sum.aligned == other.sum.aligned)
                                if rolled.hasAllLoans { #expect(one.sum.loans == other.sum.loans) }
                                if by == .region { #expect(one.benefits == other.benefits) }
                            }
                        }
                    }
                }
            }
        }
    }

    @Test("A book beyond what money can say is given back, with the reason", arguments: Engine.allCases)
    func beyondMoney(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await house.member(.lender, [.officer])
            let most = "92233720368547758.07"
            let book = try await house.take(Self.ledger(most, most), by: bank)
            #expect(book.book.state == .returned && book.book.fault?.key == "book.sum-too-large")
        }
    }
}

extension Database {
    /// As it was before there were cubes.
    fileprivate func forgetCubes() async throws {
        try await write { transaction in
            for table: SQL in ["cube_cell", "cube_benefit", "cube_total", "cube_total_benefit"] {
                try transaction.run("DELETE FROM \(table)")
            }
            try transaction.run("UPDATE assessment SET has_cube = 0")
            try transaction.run("UPDATE cube_head SET changes = changes + 1")
        }
    }
}
