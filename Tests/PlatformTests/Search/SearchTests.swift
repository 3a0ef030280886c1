import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Projects
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Search over all that one may see")
struct SearchTests {
    private static func loan(_ id: String, _ borrower: String, balance: String = "1000000.00") -> Ledger {
        Ledger([Ledger.loan(id, "50MW风力发电场建设", balance: balance, ["借款人名称": borrower, "行政区划": "500235"])])
    }

    @Test(
        "A loan is found by its number, in its latest month, by its lender and its supervisor alone",
        arguments: Engine.allCases)
    func loans(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let (officer, other) = (
                try await house.member(.lender, [.officer]), try await house.member(.lender, [.officer])
            )
            for month in [9, 10] {
                _ = try await house.take(
                    Self.loan("JJ-1", "云阳某某新能源有限公司", balance: "\(month)00.00"),
                    period: ReportingPeriod(.month, year: 2026, number: month)!, by: officer)
            }
            _ = try await house.take(Self.loan("JJ-1", "另一家有限公司"), by: other)
            while try await house.runner().lookOverOnce() { try await house.work() }
            let found = try await platform.search(" JJ-1 ", by: officer)
            #expect(found.loans.map(\.month.period) == [TestPlatform.october])
            #expect(
                found.loans[0].month.facility.balance == Money(fen: 100_000)
                    && found.loans[0].organisation == officer.home)
            #expect(found.borrower == nil)
            let supervisor = try await house.member(.regulator, [.officer])
            #expect(try await platform.search("JJ-1", by: supervisor).loans.count == 2)
            for stranger in [
                try await house.member(.regulator, [.officer], region: TestPlatform.sichuan),
                try await house.member(.district, [.officer]), try await house.member(.enterprise, [.officer]),
            ] {
                #expect(try await platform.search("JJ-1", by: stranger).loans.isEmpty)
            }
            // A borrower under any spelling of the whole name, as far as the viewer has loans to it.
            #expect(try await platform.search("云阳某某新能源有限责任公司", by: officer).borrower == "云阳某某新能源有限责任公司")
            #expect(try await platform.search("云阳某某新能源有限公司", by: other).borrower == nil)
            #expect(try await platform.search("云阳某某", by: officer).borrower == nil)
            // That somebody looked is noted; that nothing was found is nobody's record.
            let readings = try await platform.database.read {
                try $0.rows("SELECT COUNT(*) AS count FROM audit_read WHERE what = 'search.read'")[0](
                    "count", as: Int.self)
            }
            #expect(readings >= 3)
        }
    }

    @Test(
        "Projects are found by name, owner and national code, organisations by name and code, each as far as one may see",
        arguments: Engine.allCases)
    func others(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let enterprise = try await house.member(.enterprise, [.officer])
            let record = try await platform.registerProject(ProjectTests.draft(), for: enterprise.home, by: enterprise)
            let name = record.project.name
            #expect(
                try await platform.search(String(name.prefix(4)), by: enterprise).projects.map(\.id) == [
                    record.project.id
                ])
            #expect(try await platform.search(record.project.owner.name, by: enterprise).projects.count == 1)
            let stranger = try await house.member(.enterprise, [.officer])
            #expect(try await platform.search(name, by: stranger).projects.isEmpty)
            let home = try await platform.database.read { try $0.organisations.find(enterprise.home) }
            let title = try #require(home?.name)
            #expect(try await platform.search(title, by: enterprise).organisations.map(\.id) == [enterprise.home])
            #expect(try await platform.search(title, by: stranger).organisations.isEmpty)
        }
    }

    @Test(
        "Items of the catalogues are everybody's; signs of patterns mean themselves; too much is refused",
        arguments: Engine.allCases)
    func items(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let viewer = try await house.member(.lender, [.officer])
            let byCode = try await house.platform.search("4.2.1", by: viewer).items
            #expect(byCode.contains { $0.standard == BookWork.standard && $0.code.text == "4.2.1" })
            #expect(try await !house.platform.search("风力发电", by: viewer).items.isEmpty)
            for odd in ["%", "_", "\\", "'; DROP TABLE book; --", "ＡＢ％"] {
                let found = try await house.platform.search(odd, by: viewer)
                #expect(found.projects.isEmpty && found.loans.isEmpty && found.organisations.isEmpty, "\(odd)")
            }
            for wrong in ["", "  ", "\u{0}", String(repeating: "长", count: 101)] {
                await #expect(throws: PlatformFault.self) { try await house.platform.search(wrong, by: viewer) }
            }
        }
    }
}
