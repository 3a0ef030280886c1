import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Projects
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Borrowers, projects and loans across lenders and months")
struct ExposureTests {
    private static let code = "91500112N7U9BJPU29"

    private static func ledger(_ loans: [(id: String, borrower: String, code: String, balance: String)]) -> Ledger {
        Ledger(
            loans.map { loan in
                Ledger.loan(
                    loan.id, "50MW风力发电场建设", balance: loan.balance,
                    ["借款人名称": loan.borrower, "统一社会信用代码": loan.code, "项目名称": "云阳龙缸风电项目"])
            } + [Ledger.loan("不绿", "采购钢材", balance: "900.00", ["借款人名称": "重庆渝能新能源有限公司"])])
    }

    private func settle(_ house: TestPlatform) async throws {
        while try await house.runner().lookOverOnce() { try await house.work() }
    }

    @Test(
        "A borrower is one by its code and every spelling of its name, over lenders and months, as far as the viewer sees",
        arguments: Engine.allCases)
    func borrower(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let first = try await house.member(.lender, [.officer])
            let second = try await house.member(.lender, [.officer])
            let south = try await house.member(.lender, [.officer], region: TestPlatform.chengdu)
            let september = TestPlatform.october.previous
            let coded = Self.ledger([
                ("A1", "重庆渝能新能源有限公司", Self.code, "100.00"), ("A2", "重庆渝能新能源有限公司", Self.code, "10.00"),
            ])
            _ = try await house.take(coded, period: september, by: first)
            _ = try await house.take(coded, by: first)
            _ = try await house.take(Self.ledger([("B1", "渝能（重庆）新能源有限责任公司", "", "7.00")]), by: second)
            _ = try await house.take(Self.ledger([("C1", "重庆渝能新能源有限公司", Self.code, "50.00")]), by: south)
            try await settle(house)
            let platform = house.platform
            let regulator = try await house.member(.regulator, [.officer])
            for asked in [Self.code, " \(Self.code.lowercased()) ", "重庆渝能新能源有限责任公司"] {
                let account = try await platform.exposures(toBorrower: asked, by: regulator)
                let found = account.traces.map { $0.exposures.map { "\($0.period) \($0.balance) \($0.facilities)" } }
                // First the code, then the loans that state only the name.
                #expect(found == [["2026-10 11000 2", "2026-09 11000 2"], ["2026-10 700 1"]], "\(asked)")
                #expect(account.traces[0].text == Self.code && account.traces[0].exposures[0].lines == [2, 3])
            }
            let own = try await platform.exposures(toBorrower: Self.code, by: second)
            // What others state with the name a lender does not learn.
            #expect(own.traces.flatMap(\.exposures).isEmpty)
            let byName = try await platform.exposures(toBorrower: "渝能新能源（重庆）有限公司", by: second)
            #expect(byName.traces.allSatisfy { $0.text != Self.code })
            #expect(
                try await platform.exposures(toBorrower: "重庆渝能新能源有限公司", by: second).traces.flatMap(\.exposures).map(
                    \.balance) == [700])
            #expect(
                try await platform.exposures(toBorrower: "没有的公司", by: regulator).traces.flatMap(\.exposures).isEmpty)
            for bad in ["", " ", String(repeating: "长", count: 300)] {
                await #expect(throws: PlatformFault.invalid("/borrower", "json.bad-value")) {
                    try await platform.exposures(toBorrower: bad, by: regulator)
                }
            }
            let district = try await house.member(.district, [.reviewer])
            await #expect(throws: PlatformFault.forbidden(.readFacility)) {
                try await platform.exposures(toBorrower: Self.code, by: district)
            }
        }
    }

    @Test(
        "A loan stands month by month under the lender's number; a later version of a book takes the earlier one's place",
        arguments: Engine.allCases)
    func months(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let first = try await house.member(.lender, [.officer])
            let second = try await house.member(.lender, [.officer])
            let september = TestPlatform.october.previous
            _ = try await house.take(Self.ledger([("A1", "甲公司", "", "100.00")]), period: september, by: first)
            _ = try await house.take(Self.ledger([("A1", "甲公司", "", "90.00")]), by: first)
            let book = try await house.take(Self.ledger([("A1", "甲公司", "", "80.00")]), by: first)
            _ = try await house.take(Self.ledger([("A1", "别的客户", "", "1.00")]), by: second)
            let found = try await house.platform.months(of: book.book.id, line: 2, by: first).months
            #expect(found.map(\.period) == [TestPlatform.october, september])
            #expect(found.map(\.facility.balance.fen) == [8000, 10_000])
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.months(of: book.book.id, line: 2, by: second)
            }
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.months(of: book.book.id, line: 99, by: first)
            }
        }
    }

    @Test(
        "A project of the library finds its loans by owner and name, or by its code, and only for who may see both",
        arguments: Engine.allCases)
    func project(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await house.member(.lender, [.officer])
            let owner = try await house.member(.enterprise, [.officer])
            _ = try await house.take(Self.ledger([("A1", "重庆渝能新能源有限公司", "", "100.00")]), by: bank)
            try await settle(house)
            let project = Project(
                id: house.id(), name: "云阳龙缸风电项目", owner: ProjectOwner(name: "渝能（重庆）新能源有限责任公司"))
            var record = ProjectRecord(
                project: project, organisation: owner.home, kind: .enterprise, createdAt: house.now,
                changedAt: house.now)
            record.project.region = TestPlatform.yunyang
            let entered = record
            try await house.platform.database.write {
                try $0.projects.insert(entered, person: owner.person, act: "project.register")
            }
            let regulator = try await house.member(.regulator, [.officer])
            let found = try await house.platform.exposures(forProject: project.id, by: regulator).exposures
            #expect(found.map(\.balance) == [10_000] && found.map(\.organisation) == [bank.home])
            // It is not published: the bank does not see the project, nor the owner the loans.
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.exposures(forProject: project.id, by: bank)
            }
            await #expect(throws: PlatformFault.forbidden(.readFacility)) {
                try await house.platform.exposures(forProject: project.id, by: owner)
            }
        }
    }
}
