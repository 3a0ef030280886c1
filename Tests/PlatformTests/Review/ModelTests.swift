import Access
import Credit
import Foundation
import LedgerFixtures
import Library
import PlatformFixtures
import Standards
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Lenders' own models")
struct ModelTests {
    private static let saving = ItemCode("1.4.1")!
    /// Loans of as many wordings, all in doubt.
    private static let ledger = Ledger(
        "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张".enumerated().map {
            Ledger.loan("D\($0.offset)", "\($0.element)记设备更新改造项目", balance: "1000000.00")
        })

    /// A lender whose people decided of all loans but some: every other one is green.
    private func bank(
        _ house: TestPlatform, decided: Int = 24
    ) async throws -> (officer: Viewer, reviewer: Viewer, second: Viewer, book: ID<BookRecord>) {
        let home = try await house.organisation(.lender)
        let officer = try await house.viewer([.officer], of: home)
        let (reviewer, second) = (
            try await house.viewer([.reviewer], of: home), try await house.viewer([.reviewer], of: home)
        )
        try await house.platform.setReviewLimit(
            Money(fen: .max), of: home.id, by: house.viewer([.administrator], of: home))
        let book = try await house.take(Self.ledger, by: officer).book.id
        for line in 2..<2 + decided {
            _ = try await house.platform.decide(
                on: book, line: line, line % 2 == 0 ? .accepted : .notGreen, item: line % 2 == 0 ? Self.saving : nil,
                reason: "看过合同", in: .zh, by: officer)
        }
        return (officer, reviewer, second, book)
    }

    @Test(
        "Decisions become labelled examples; a model trained from them is compared, switched on by a second person, and judges",
        arguments: Engine.allCases)
    func trained(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let (officer, reviewer, second, book) = try await bank(house)
            let platform = house.platform
            let asked = try await platform.trainModel(for: officer.home, by: reviewer)
            #expect(asked.model.state == .underWay && !asked.isInUse)
            await #expect(throws: PlatformFault.conflict("model.under-way")) {
                try await platform.trainModel(for: officer.home, by: second)
            }
            await #expect(throws: PlatformFault.conflict("model.not-ready")) {
                try await platform.useModel(asked.model.id, for: officer.home, by: second)
            }
            try await house.work()
            let entry = try await platform.model(asked.model.id, by: officer)
            let model = entry.model
            #expect(model.state == .ready && entry.job.state == .done && !entry.isInUse)
            // Each decision was either learned from or held back.
            let (learned, back) = (try #require(model.examples), try #require(model.heldBack))
            #expect(learned + back == 24 && learned > 12 && back > 0, "\(learned) \(back)")
            let comparison = try #require(model.comparison)
            #expect(comparison["before"]?.text == platform.library.model.version)
            #expect(comparison["after"]?.text == model.version && model.version != platform.library.model.version)
            #expect(comparison["tests"]?["rows"] == 15 && comparison["held_back"]?["rows"]?.integer == Int64(back))
            #expect(comparison["tests"]?["before"]?["decided_right"]?.figure != nil)
            #expect(comparison["book"]?["id"]?.text == book.text && comparison["book"]?["rows"] == 24)
            // The book as it stands knows no decision yet; with them half is green and half is not.
            let moves = comparison["book"]?["moves"]?.elements ?? []
            #expect(moves.map { $0["to"] } == ["accepted", "not_green"] && moves.map { $0["rows"] } == [12, 12])
            #expect(moves.allSatisfy { $0["from"] == "review" && $0["balance"] == "1200000000" })
            // Nothing changed by itself.
            #expect(try await !platform.review(of: book, by: officer).isByOlderRules)
            await #expect(throws: PlatformFault.conflict("model.own")) {
                try await platform.useModel(model.id, for: officer.home, by: reviewer)
            }
            try await platform.useModel(model.id, for: officer.home, by: second)
            await #expect(throws: PlatformFault.conflict("model.in-use")) {
                try await platform.useModel(model.id, for: officer.home, by: second)
            }
            #expect(try await platform.review(of: book, by: officer).isByOlderRules)
            #expect(
                try await platform.reviewCase(of: book, line: 2, by: officer).found.model == model.version)
            house.pass(seconds: 1)
            _ = try await platform.reassessBook(book, by: officer)
            try await house.work()
            #expect(try await !platform.review(of: book, by: officer).isByOlderRules)
            let statement = try await platform.statement(of: book, as: .json, by: officer).bytes
            #expect(String(decoding: statement, as: UTF8.self).contains(model.version ?? "-"))
            // Another lender is judged as before, and learns nothing of it.
            let other = try await house.member(.lender, [.officer, .reviewer])
            let theirs = try await house.take(Self.ledger, by: other).book.id
            #expect(
                try await platform.reviewCase(of: theirs, line: 2, by: other).found.model
                    == platform.library.model.version)
            await #expect(throws: PlatformFault.notFound) { try await platform.model(model.id, by: other) }
            await #expect(throws: PlatformFault.notFound) {
                try await platform.useModel(model.id, for: other.home, by: other)
            }
            // And back.
            try await platform.useModel(nil, for: officer.home, by: reviewer)
            #expect(
                try await platform.reviewCase(of: book, line: 2, by: officer).found.model
                    == platform.library.model.version)
            let trail = try await platform.database.read { try $0.audit.list(of: officer.home, limit: 9) }
            #expect(
                trail.map(\.act).filter { $0.hasPrefix("model.") }
                    == ["model.switch", "model.switch", "model.trained", "model.train"])
        }
    }

    @Test(
        "Labelled examples are a table that the tools for models read, for the lender alone", arguments: Engine.allCases
    )
    func examples(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let (officer, reviewer, _, book) = try await bank(house, decided: 3)
            await #expect(throws: PlatformFault.conflict("model.too-few", ["count": "3", "fewest": "20"])) {
                try await house.platform.trainModel(for: officer.home, by: reviewer)
            }
            // What the older edition does not cover may be an item of this one: it teaches nothing.
            let older = Ledger([Ledger.loan("O1", "二星级绿色建筑住宅小区建设", ["审批日期": "2024-03-01"])])
            let september = try #require(ReportingPeriod(.month, year: 2026, number: 9))
            let other = try await house.take(older.csv(), period: september, by: officer)
            _ = try await house.platform.decide(
                on: other.book.id, line: 2, .notGreen, reason: "原标准无此条目", in: .zh, by: officer)
            // What was undone is no example.
            _ = try await house.platform.decide(
                on: book, line: 3, .asFound, reason: "弄错了", in: .zh, by: officer)
            let bytes = try await house.platform.labelledExamples(of: officer.home, by: officer)
            let folder = try TemporaryFolder()
            let file = try folder.write(bytes, to: "examples.tsv")
            let pack = try #require(house.platform.library.pack("cn.green-finance.2025"))
            let read = try TrainingData.examples(file: file, pack: pack)
            #expect(read.map(\.item) == ["1.4.1", "1.4.1"])
            #expect(Set(read.map(\.family)).count == 2)
            let supervisor = try await house.member(.regulator, [.reader])
            await #expect(throws: PlatformFault.forbidden(.downloadBook)) {
                try await house.platform.labelledExamples(of: officer.home, by: supervisor)
            }
            let competitor = try await house.member(.lender, [.officer])
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.labelledExamples(of: officer.home, by: competitor)
            }
            let readings = try await house.platform.database.read {
                try $0.readings.list(subject: officer.home.text, limit: 9)
            }
            #expect(readings.map(\.act) == ["decision.read-examples"] && readings.map(\.count) == [2])
        }
    }

    @Test("Loans of one wording are never parted between learning and trying, whatever their numbers")
    func families() throws {
        func example(_ purpose: String) throws -> LabelledExample {
            let facility = FacilitySnapshot(
                line: 2, loanID: "L", borrower: "b\tc", purpose: purpose, balance: .zero,
                finding: FacilityFinding(decision: .review, standard: "s", probability: 0.5))
            let random = RandomSource { count in Array(repeating: 7, count: count) }
            func id<Subject: Identified>(_ type: Subject.Type = Subject.self) -> ID<Subject> {
                ID(at: Timestamp(milliseconds: 1), random)
            }
            let decision = ReviewDecision(
                id: id(), organisation: id(), facility: facility, in: id(), verdict: .notGreen, standard: "c",
                item: nil,
                reason: "r", aloneUpTo: nil, found: .init(decision: .review, item: nil, probability: 0.5, model: ""),
                by: id(), at: Timestamp(milliseconds: 1))
            return try #require(LabelledExample(decision, catalogue: "c"))
        }
        #expect(try example("第3条 生产线\n改造").family == example("第45条生产线改造").family)
        #expect(try example("甲生产线改造").family != example("乙生产线改造").family)
        // No text parts a line or a column.
        #expect(try example("甲\t乙\r\n丙").line.filter { $0 == "\t" }.count == 5)
        #expect(try example("甲\t乙\r\n丙").line.split(separator: "\n").count == 1)
        let back = try (0..<1000).filter { try example("\(Character(Unicode.Scalar(0x4E00 + $0)!))项目").isHeldBack }
        #expect((150...250).contains(back.count))
    }
}
