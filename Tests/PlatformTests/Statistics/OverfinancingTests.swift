import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Projects
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Projects financed for more than they cost, across lenders")
struct OverfinancingUseTests {
    private static let code = "2026-500235-44-01-123456"

    private static func ledger(
        _ id: String, _ project: String, _ balance: String, cost: String = "100000000.00", code: String = "",
        borrower: String = "重庆渝能新能源有限公司"
    ) -> Ledger {
        Ledger([
            Ledger.loan(
                id, "50MW风力发电场建设", balance: balance,
                ["项目名称": project, "项目总投资": cost, "项目代码": code, "借款人名称": borrower]),
            Ledger.loan("其他", "采购钢材", balance: "1000000.00", ["借款人名称": "别的客户有限公司"]),
        ])
    }

    private func settle(_ house: TestPlatform) async throws {
        while try await house.runner().lookOverOnce() { try await house.work() }
    }

    @Test(
        "Each is told as much as is his: a supervisor the whole, a lender that there are others",
        arguments: Engine.allCases)
    func told(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let first = try await house.member(.lender, [.officer])
            let second = try await house.member(.lender, [.officer])
            let south = try await house.member(.lender, [.officer], region: TestPlatform.chengdu)
            let outside = try await house.member(.lender, [.officer])
            _ = try await house.take(Self.ledger("A1", "云阳龙缸风电项目（二期）", "60000000.00"), by: first)
            _ = try await house.take(
                Self.ledger("B1", "云阳龙缸风电项目二期", "30000000.00", borrower: "渝能（重庆）新能源有限责任公司"), by: second)
            _ = try await house.take(Self.ledger("C1", "云阳龙缸风电项目(二期)", "20000000.00"), by: south)
            _ = try await house.take(Self.ledger("D1", "云阳龙缸风电项目一期", "90000000.00"), by: outside)
            let platform = house.platform
            #expect(try await platform.overfinancings(limit: 9, by: first).isEmpty)
            try await settle(house)

            let chongqing = try await house.member(.regulator, [.officer])
            let sichuan = try await house.member(.regulator, [.reader], region: TestPlatform.sichuan)
            let seen = try await platform.overfinancings(limit: 9, by: chongqing)
            #expect(seen.count == 1 && seen[0].project == "云阳龙缸风电项目（二期）")
            let whole = try #require(seen.first?.whole)
            #expect(whole.lenders == 3 && whole.balance == 11_000_000_000 && whole.cost == Money(fen: 10_000_000_000))
            #expect(whole.elsewhere == 2_000_000_000 && whole.provinces == [TestPlatform.sichuan])
            #expect(seen[0].parts.map(\.organisation) == [first.home, second.home] && seen[0].hasOthers)
            let other = try #require(try await platform.overfinancings(limit: 9, by: sichuan).first)
            #expect(other.whole?.elsewhere == 9_000_000_000 && other.whole?.provinces == [TestPlatform.chongqing])
            #expect(other.parts.map(\.organisation) == [south.home])

            // A lender learns of its own loans, and nothing by which it could reckon what others have.
            let own = try #require(try await platform.overfinancings(limit: 9, by: second).first)
            #expect(own.whole == nil && own.hasOthers)
            #expect(own.parts.map(\.organisation) == [second.home] && own.parts[0].balance == 3_000_000_000)
            #expect(own.borrower == "渝能（重庆）新能源有限责任公司")
            let opened = try await platform.overfinancing(own.id, by: second)
            #expect(opened.loans.map { $0.loans.map(\.loanID) } == [["B1"]])
            #expect(
                try await platform.overfinancing(own.id, by: chongqing).loans.flatMap(\.loans).map(\.loanID) == [
                    "A1", "B1",
                ])
            // Who has no part in it does not learn that there is one.
            #expect(try await platform.overfinancings(limit: 9, by: outside).isEmpty)
            await #expect(throws: PlatformFault.notFound) { try await platform.overfinancing(own.id, by: outside) }
            let district = try await house.member(.district, [.reviewer])
            await #expect(throws: PlatformFault.forbidden(.readFacility)) {
                try await platform.overfinancings(limit: 9, by: district)
            }
            // Reading is noted.
            let notes = try await platform.database.read { try $0.readings.list(subject: own.id.text, limit: 9) }
            #expect(Set(notes.map(\.organisation)) == [second.home, chongqing.home])
        }
    }

    @Test(
        "A corrected book ends it, another month has its own, and what stays keeps its name", arguments: Engine.allCases
    )
    func corrected(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let (first, second) = (
                try await house.member(.lender, [.officer]), try await house.member(.lender, [.officer])
            )
            let september = TestPlatform.october.previous
            for period in [september, TestPlatform.october] {
                _ = try await house.take(
                    Self.ledger("A", "甲", "60000000.00", code: Self.code), period: period, by: first)
                _ = try await house.take(
                    Self.ledger("B", "乙", "60000000.00", code: Self.code), period: period, by: second)
            }
            try await settle(house)
            let platform = house.platform
            let found = try await platform.overfinancings(limit: 9, by: first)
            #expect(Set(found.map(\.period)) == [september, TestPlatform.october])
            let later = try #require(found.first { $0.period == TestPlatform.october })
            // Still too much: the same finding with other figures.
            house.pass(seconds: 60)
            _ = try await house.take(Self.ledger("A", "甲", "50000000.00", code: Self.code), by: first)
            try await settle(house)
            let regulator = try await house.member(.regulator, [.officer])
            let still = try await platform.overfinancing(later.id, by: regulator).entry
            #expect(still.whole?.balance == 11_000_000_000 && still.foundAt == later.foundAt)
            _ = try await house.take(Self.ledger("A", "甲", "40000000.00", code: Self.code), by: first)
            try await settle(house)
            #expect(try await platform.overfinancings(limit: 9, by: first).map(\.period) == [september])
            #expect(try await platform.overfinancings(at: TestPlatform.october, limit: 9, by: first).isEmpty)
            await #expect(throws: PlatformFault.notFound) { try await platform.overfinancing(later.id, by: first) }
        }
    }

    @Test("What the project library says of the cost counts too", arguments: Engine.allCases)
    func library(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let (first, second) = (
                try await house.member(.lender, [.officer]), try await house.member(.lender, [.officer])
            )
            let owner = try await house.member(.enterprise, [.officer])
            var project = Project(id: house.id(), name: "云阳龙缸风电项目", owner: ProjectOwner(name: "重庆渝能新能源有限公司"))
            project.nationalCode = try .parse(Self.code)
            project.totalInvestment = Money(fen: 11_000_000_000)
            let record = ProjectRecord(
                project: project, organisation: owner.home, kind: .enterprise, createdAt: house.now,
                changedAt: house.now)
            try await house.platform.database.write {
                try $0.projects.insert(record, person: owner.person, act: "project.register")
            }
            _ = try await house.take(Self.ledger("A", "甲", "60000000.00", code: Self.code), by: first)
            _ = try await house.take(Self.ledger("B", "乙", "50000000.00", code: Self.code), by: second)
            try await settle(house)
            #expect(try await house.platform.overfinancings(limit: 9, by: first).isEmpty)
            _ = try await house.take(Self.ledger("B", "乙", "50000000.01", code: Self.code), by: second)
            try await settle(house)
            let regulator = try await house.member(.regulator, [.officer])
            let found = try #require(try await house.platform.overfinancings(limit: 9, by: regulator).first?.whole)
            #expect(found.cost == project.totalInvestment && found.libraryProject == project.id)
        }
    }

    @Test(
        "A month is looked over once for all books that came, by one process at a time, and again after a break",
        arguments: Engine.allCases)
    func once(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let first = try await house.member(.lender, [.officer])
            _ = try await house.take(Self.ledger("A", "甲", "600000000.00", code: Self.code), by: first)
            #expect(try await house.runner().lookOverOnce())
            // It waits: nobody asks for it twice.
            #expect(try await !house.runner("other").lookOverOnce())
            let job = try #require(
                try await house.platform.database.read { try $0.jobs.next(deadSince: .earliest) })
            #expect(job.kind == .overfinancing && job.subject == "2026-10")
            // A process takes it up and is gone.
            let moment = house.now
            _ = try await house.platform.database.write {
                try $0.jobs.claim(job.id, by: "gone", deadSince: moment, at: moment)
            }
            house.pass(seconds: 60)
            try await house.work()
            #expect(try await house.platform.overfinancings(limit: 9, by: first).count == 1)
            #expect(try await !house.runner().lookOverOnce())
        }
    }
}
