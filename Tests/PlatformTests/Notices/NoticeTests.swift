import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Projects
import Statistics
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Notices")
struct NoticeTests {
    private func kinds(_ house: TestPlatform, _ viewer: Viewer) async throws -> [NoticeKind] {
        try await house.platform.notices(limit: 99, by: viewer).notices.compactMap { NoticeKind(rawValue: $0.kind) }
    }

    private func make(_ house: TestPlatform) async throws {
        while try await house.runner().noticeOnce() {}
    }

    @Test("Who can do the next thing is told, once, and nobody else", arguments: Engine.allCases)
    func books(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let officer = try await house.member(.lender, [.officer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            let reader = try await house.colleague([.reader], of: officer)
            let other = try await house.member(.lender, [.officer, .reviewer])
            let ledger = Ledger([Ledger.loan("D1", "设备更新改造项目", balance: "9000000.00")])
            let book = try await house.take(ledger, by: officer)
            _ = try await house.take(
                Array("甲,乙\n1,2\n".utf8), period: ReportingPeriod(.month, year: 2026, number: 9)!, by: officer)
            try await make(house)
            #expect(try await kinds(house, officer) == [.bookReturned, .bookAccepted])
            for stranger in [reviewer, reader, other] { #expect(try await kinds(house, stranger).isEmpty) }
            // A decision waits for a second person; its proposer hears of the answer.
            let decision = try await platform.decide(
                on: book.book.id, line: 2, .notGreen, item: nil, reason: "一般设备", in: .zh, by: officer)
            try await make(house)
            #expect(try await kinds(house, reviewer) == [.decisionProposed])
            let notice = try #require(try await platform.notices(limit: 1, by: reviewer).notices.first)
            #expect(platform.text(of: notice, in: .zh) == "借据 D1 的决定等待您复核")
            _ = try await platform.confirmDecision(decision.decision.id, by: reviewer)
            try await make(house)
            #expect(try await kinds(house, officer).first == .decisionAgreed)
            #expect(try await kinds(house, reviewer) == [.decisionProposed])
            // Once more over the same trail makes nothing new.
            try await make(house)
            #expect(try await kinds(house, officer).count == 3)
            // Read is read, up to what was seen.
            let all = try await platform.notices(limit: 9, by: officer)
            #expect(all.unread == 3)
            try await platform.markNoticesRead(upTo: all.notices[1].entry, by: officer)
            #expect(try await platform.notices(limit: 9, by: officer).unread == 1)
            #expect(try await platform.notices(limit: 9, by: reviewer).unread == 1)
            let before = try await platform.notices(before: all.notices[0].entry, limit: 1, by: officer).notices
            #expect(before.map(\.id) == [all.notices[1].id])
        }
    }

    @Test(
        "A supervisor is told of a return, a district of a project, its author of what became of it",
        arguments: Engine.allCases)
    func others(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let platform = house.platform
            let officer = try await house.member(.lender, [.officer])
            let reviewer = try await house.colleague([.reviewer], of: officer)
            let (here, elsewhere) = (
                try await house.member(.regulator, [.officer]),
                try await house.member(.regulator, [.officer], region: TestPlatform.sichuan)
            )
            try await ReturnUseTests.books(house, by: officer)
            let draft = try await ReturnUseTests.prepare(house, by: officer)
            _ = try await platform.submitReturn(draft.entry.record.id, reason: "", seen: nil, by: reviewer)
            try await make(house)
            #expect(try await kinds(house, here) == [.returnSubmitted])
            #expect(try await kinds(house, elsewhere).isEmpty)
            let author = try await house.member(.enterprise, [.officer])
            let district = try await house.member(.district, [.reviewer], region: TestPlatform.yunyang)
            let far = try await house.member(.district, [.reviewer], region: TestPlatform.yuzhong)
            let project = try await platform.registerProject(ProjectTests.draft(), for: author.home, by: author).project
            _ = try await platform.step(.submit, project.id, version: nil, by: author)
            try await make(house)
            #expect(try await kinds(house, district) == [.projectSubmitted])
            #expect(try await kinds(house, far).isEmpty)
            _ = try await platform.step(.return, project.id, version: nil, reason: "缺批复", by: district)
            try await make(house)
            #expect(try await kinds(house, author) == [.projectReturned])
        }
    }

    @Test("Two processes over one trail tell each once", arguments: Engine.allCases)
    func together(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.lender, [.officer])
            for month in 1...6 {
                _ = try await house.take(
                    Ledger([Ledger.loan("L1", "采购钢材")]),
                    period: ReportingPeriod(.month, year: 2026, number: month)!, by: officer)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<4 {
                    group.addTask { while try await house.runner("worker\(worker)").noticeOnce() {} }
                }
                try await group.waitForAll()
            }
            #expect(try await kinds(house, officer) == Array(repeating: .bookAccepted, count: 6))
        }
    }
}
