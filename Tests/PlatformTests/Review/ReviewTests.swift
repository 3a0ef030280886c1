import Access
import Credit
import LedgerFixtures
import PlatformFixtures
import Seeded
import Standards
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Review")
struct ReviewTests {
    /// Three loans in doubt, a green one and one whose stated fact speaks against it.
    private static let ledger = Ledger([
        Ledger.loan("D1", "设备更新改造项目", balance: "1000000.00"),
        Ledger.loan("D2", "生产线节能升级与扩建", balance: "9000000.00"),
        Ledger.loan("D3", "新型建材生产线建设", balance: "1000000.00"),
        Ledger.loan("L4", "50MW风力发电场建设", balance: "2000000.00"),
        Ledger.loan("L5", "二星级绿色建筑住宅小区建设", balance: "500000.00", ["fact:green_building_stars": "0"]),
    ])
    private static let saving = ItemCode("1.4.1")!

    /// A lender's people and its book of October.
    private struct Bank {
        let house: TestPlatform
        let administrator: Viewer
        let officer: Viewer
        let reviewer: Viewer
        let book: ID<BookRecord>

        init(_ house: TestPlatform, _ ledger: Ledger = ReviewTests.ledger) async throws {
            self.house = house
            let home = try await house.organisation(.lender)
            administrator = try await house.viewer([.administrator], of: home)
            officer = try await house.viewer([.officer], of: home)
            reviewer = try await house.viewer([.reviewer], of: home)
            book = try await house.take(ledger, by: officer).book.id
        }

        func decide(
            _ line: Int, _ verdict: ReviewVerdict, _ item: ItemCode? = nil, _ reason: String = "看过合同",
            by viewer: Viewer? = nil
        ) async throws -> ReviewDecision {
            house.pass(seconds: 1)
            return try await house.platform.decide(
                on: book, line: line, verdict, item: item, reason: reason, in: .zh, by: viewer ?? officer
            ).decision
        }

        func limit(_ yuan: Int64) async throws {
            try await house.platform.setReviewLimit(Money(fen: yuan * 100), of: officer.home, by: administrator)
        }

        /// Has the book gone over again.
        func count() async throws -> BookEntry {
            house.pass(seconds: 1)
            _ = try await house.platform.reassessBook(book, by: officer)
            try await house.work()
            return try await house.platform.book(book, by: officer)
        }

        func facility(_ line: Int, in book: ID<BookRecord>? = nil) async throws -> FacilitySnapshot {
            try await house.platform.reviewCase(of: book ?? self.book, line: line, by: officer).facility
        }

        var doubts: [String] {
            get async throws { try await house.platform.doubts(of: book, limit: 99, by: officer).map(\.loanID) }
        }
    }

    @Test("What is in doubt waits, the largest first, page by page", arguments: Engine.allCases)
    func queue(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            #expect(try await bank.doubts == ["D2", "D1", "D3"])
            let first = try await house.platform.doubts(of: bank.book, limit: 2, by: bank.officer)
            #expect(first.map(\.loanID) == ["D2", "D1"])
            let next = try await house.platform.doubts(
                of: bank.book, after: (first[1].balance, first[1].line), limit: 2, by: bank.officer)
            #expect(next.map(\.loanID) == ["D3"])
        }
    }

    @Test(
        "A case tells what the loan says, what was found and why, and what would come of each candidate",
        arguments: Engine.allCases)
    func evidence(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            let doubt = try await house.platform.reviewCase(of: bank.book, line: 3, by: bank.officer)
            #expect(doubt.facility.loanID == "D2" && doubt.found.decision == .review)
            #expect(doubt.found.item == Self.saving && doubt.found.model == house.platform.library.model.version)
            // The words stand in the loan's own texts, for and against.
            #expect(!doubt.words.isEmpty && doubt.words.allSatisfy { "生产线节能升级与扩建".contains($0.text) })
            #expect(doubt.words.contains { $0.weight > 0 } && doubt.words.contains { $0.weight < 0 })
            #expect(doubt.reason(in: .zh).contains("1.4.1") && doubt.reason(in: .en) != doubt.reason(in: .zh))
            #expect(doubt.candidates.map(\.item) == doubt.facility.finding.candidates.map(\.item))
            #expect(doubt.candidates.map(\.probability) == doubt.facility.finding.candidates.map(\.probability))
            #expect(doubt.candidates[0].decision == .accepted && doubt.candidates[0].verdict == .eligible)
            #expect(doubt.needsSecond && doubt.decisions.isEmpty)
            try await bank.limit(9_000_000)
            #expect(
                try await !house.platform.reviewCase(of: bank.book, line: 3, by: bank.officer).needsSecond)
            // A stated fact that speaks against an item is told before anybody decides.
            let failing = try await house.platform.reviewCase(of: bank.book, line: 6, by: bank.officer)
            let building = try #require(failing.candidates.first)
            #expect(building.decision == .notGreen && building.verdict == nil)
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.reviewCase(of: bank.book, line: 99, by: bank.officer)
            }
        }
    }

    @Test(
        "Above the lender's limit a decision waits for a second person, who must be another one",
        arguments: Engine.allCases)
    func secondPerson(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            // Without a limit every decision waits, whoever proposes it.
            let proposed = try await bank.decide(3, .accepted, Self.saving, by: bank.reviewer)
            #expect(proposed.state == .proposed && proposed.secondBy == nil && proposed.change == nil)
            #expect(try await bank.doubts == ["D1", "D3"])
            await #expect(throws: PlatformFault.conflict("review.own-decision")) {
                try await house.platform.confirmDecision(proposed.id, by: bank.reviewer)
            }
            await #expect(throws: PlatformFault.forbidden(.confirmDecision)) {
                try await house.platform.confirmDecision(proposed.id, by: bank.officer)
            }
            await #expect(throws: PlatformFault.conflict("review.waiting-already")) {
                try await bank.decide(3, .notGreen)
            }
            await #expect(throws: PlatformFault.conflict("review.not-own")) {
                try await house.platform.withdrawDecision(proposed.id, by: bank.officer)
            }
            let second = try await house.viewer(
                [.reviewer], of: house.platform.organisation(bank.officer.home, by: bank.officer).organisation)
            house.pass(seconds: 1)
            let confirmed = try await house.platform.confirmDecision(proposed.id, by: second)
            #expect(confirmed.decision.state == .inForce && confirmed.decision.secondBy == second.person)
            #expect(confirmed.decision.decidedAt == house.now && confirmed.decision.change == 1)
            #expect(confirmed.second == second.name && confirmed.proposer == bank.reviewer.name)
            for again in [second, bank.reviewer] {
                await #expect(throws: PlatformFault.self) {
                    try await house.platform.confirmDecision(proposed.id, by: again)
                }
            }
            // What is declined or taken back waits no more, and the loan is in doubt again.
            let declined = try await bank.decide(2, .notGreen)
            let answer = try await house.platform.declineDecision(declined.id, reason: "合同写明节能", by: bank.reviewer)
            #expect(answer.decision.state == .declined && answer.decision.secondReason == "合同写明节能")
            let withdrawn = try await bank.decide(2, .notGreen)
            #expect(
                try await house.platform.withdrawDecision(withdrawn.id, by: bank.officer).decision.state == .withdrawn)
            await #expect(throws: PlatformFault.conflict("review.decided")) {
                try await house.platform.confirmDecision(withdrawn.id, by: bank.reviewer)
            }
            #expect(try await bank.doubts == ["D1", "D3"])
            let history = try await house.platform.reviewCase(of: bank.book, line: 2, by: bank.officer).decisions
            #expect(history.map(\.decision.state) == [.withdrawn, .declined])
            // Up to the limit one person is enough.
            try await bank.limit(1_000_000)
            let alone = try await bank.decide(2, .notGreen)
            #expect(alone.state == .inForce && alone.secondBy == nil && alone.aloneUpTo == Money(fen: 100_000_000))
            var filter = ReviewFilter()
            filter.state = .inForce
            #expect(
                try await house.platform.decisions(filter, limit: 9, by: bank.officer).map(\.decision.id)
                    == [alone.id, proposed.id])
            let acts = try await house.platform.database.read { try $0.audit.list(of: bank.officer.home, limit: 99) }
            #expect(
                acts.map(\.act).prefix(3) == ["facility.decide", "review.set-limit", "facility.decide"])
            #expect(acts.contains { $0.act == "decision.confirm" && $0.person == second.person })
            // The trail holds no words of people.
            #expect(acts.allSatisfy { !$0.body.contains("合同") })
        }
    }

    @Test(
        "Decisions count when the book is gone over again: sums, statement and what changed agree",
        arguments: Engine.allCases)
    func counted(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            try await bank.limit(10_000_000)
            let before = try await house.platform.book(bank.book, by: bank.officer).book
            #expect(before.summary?.decisions[.review] == LoanSum(rows: 3, fen: 1_100_000_000))
            let accepted = try await bank.decide(3, .accepted, Self.saving)
            _ = try await bank.decide(2, .notGreen)
            let review = try await house.platform.review(of: bank.book, by: bank.officer)
            #expect(review.open == 2 && !review.isByOlderRules && review.assessments.count == 1)
            // Nothing has moved yet.
            #expect(try await house.platform.book(bank.book, by: bank.officer).book == before)
            let entry = try await bank.count()
            #expect(entry.book.state == .accepted && entry.book.version == 1 && entry.job.state == .done)
            #expect(entry.book.summary?.decisions[.review] == LoanSum(rows: 1, fen: 100_000_000))
            #expect(entry.book.summary?.green == LoanSum(rows: 2, fen: 1_100_000_000))
            let facility = try await bank.facility(3)
            #expect(facility.finding.decision == .accepted && facility.finding.item == Self.saving)
            #expect(facility.finding.decidedBy == accepted.id.text && facility.finding.green == facility.balance)
            #expect(try await bank.facility(5).finding.decidedBy == nil)
            // What was found without people is still told.
            #expect(
                try await house.platform.reviewCase(of: bank.book, line: 3, by: bank.officer).found.decision == .review)
            let after = try await house.platform.review(of: bank.book, by: bank.officer)
            #expect(after.open == 0 && after.assessments.count == 2)
            #expect(after.assessments[0].decisions == 2 && after.assessments[0].askedBy == bank.officer.name)
            #expect(
                after.assessments[0].changes?.changed == 2
                    && after.assessments[0].changes?.greenDifference == 900_000_000)
            #expect(after.assessments[1].askedBy == nil && after.assessments[1].changes == nil)
            let statement = try JSONValue.parse(
                try await house.platform.statement(of: bank.book, as: .json, by: bank.officer).bytes)
            #expect(statement["summary"]?["green_rows"] == 2)
            #expect(try await bank.doubts == ["D3"])
        }
    }

    @Test("A decision is undone by a decision, and then the words judge again", arguments: Engine.allCases)
    func undo(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            try await bank.limit(10_000_000)
            await #expect(throws: PlatformFault.conflict("review.nothing-to-undo")) {
                try await bank.decide(5, .asFound)
            }
            // A loan that nobody doubted can be decided of as well.
            let first = try await bank.decide(5, .notGreen)
            #expect(try await bank.count().book.summary?.green == LoanSum(rows: 0, fen: 0))
            await #expect(throws: PlatformFault.conflict("review.same")) {
                try await bank.decide(5, .notGreen, nil, "再次")
            }
            let undone = try await bank.decide(5, .asFound, nil, "弄错了")
            #expect(try await house.platform.decision(first.id, by: bank.officer).decision.state == .replaced)
            #expect(undone.state == .inForce)
            await #expect(throws: PlatformFault.conflict("review.nothing-to-undo")) {
                try await bank.decide(5, .asFound)
            }
            #expect(try await house.platform.review(of: bank.book, by: bank.officer).open == 1)
            #expect(try await bank.count().book.summary?.green == LoanSum(rows: 1, fen: 200_000_000))
            #expect(try await bank.facility(5).finding.decidedBy == nil)
            // Undoing needs the same number of people as deciding.
            try await bank.limit(100)
            let proposed = try await bank.decide(3, .accepted, Self.saving)
            _ = try await house.platform.confirmDecision(proposed.id, by: bank.reviewer)
            #expect(try await bank.decide(3, .asFound).state == .proposed)
        }
    }

    @Test(
        "A decision holds in later months as long as the loan says the same, and one person's word as long as it is small",
        arguments: Engine.allCases)
    func carriedOn(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            try await bank.limit(1_000_000)
            _ = try await bank.decide(2, .accepted, Self.saving)
            let large = try await bank.decide(3, .accepted, Self.saving)
            _ = try await house.platform.confirmDecision(large.id, by: bank.reviewer)
            _ = try await bank.decide(4, .notGreen)
            var ledger = Self.ledger
            // The first grew beyond one person's word, the second grew too, the third says something else.
            ledger.rows[0]["贷款余额"] = "1000000.01"
            ledger.rows[1]["贷款余额"] = "9500000.00"
            ledger.rows[2]["贷款用途"] = "新型建材生产线建设项目"
            let corrected = try await house.take(ledger, by: bank.officer)
            #expect(corrected.book.version == 2)
            let found = try await house.platform.facilities(of: corrected.book.id, limit: 9, by: bank.officer)
            #expect(found.prefix(3).map(\.finding.decision) == [.review, .accepted, .review])
            #expect(found[1].finding.decidedBy == large.id.text)
            // The other two are in doubt once more, and can be decided of again.
            #expect(
                try await house.platform.doubts(of: corrected.book.id, limit: 9, by: bank.officer).map(\.loanID)
                    == ["D1", "D3"])
            let again = try await house.platform.decide(
                on: corrected.book.id, line: 4, .notGreen, reason: "同前", in: .zh, by: bank.officer)
            #expect(again.decision.state == .inForce)
            // What the version says otherwise than the first goes along when it is gone over again.
            let first = try #require(corrected.book.changes)
            house.pass(seconds: 1)
            _ = try await house.platform.reassessBook(corrected.book.id, by: bank.officer)
            try await house.work()
            let then = try await house.platform.book(corrected.book.id, by: bank.officer).book
            let listed = try await house.platform.changes(in: corrected.book.id, limit: 99, by: bank.officer)
            #expect(then.changes?.changed == listed.count && then.changes != nil && first.changed == 3)
            // The version that was replaced is not decided of any more.
            await #expect(throws: PlatformFault.conflict("review.not-in-force")) { try await bank.decide(2, .notGreen) }
            await #expect(throws: PlatformFault.conflict("review.not-in-force")) { try await bank.count() }
        }
    }

    @Test(
        "What still waits is what no decision holds of, whatever became of the loans since", arguments: Engine.allCases)
    func stillWaiting(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            var chance = SeededGenerator(seed: 20_261_122)
            let purposes = ["生产线节能升级与扩建", "设备更新改造项目", "新型建材生产线建设"]
            func loan(_ number: Int) -> [String: String] {
                Ledger.loan(
                    "D\(number)", purposes.randomElement(using: &chance) ?? "",
                    balance: "\(Int.random(in: 1...3, using: &chance)).00",
                    // Before the catalogue, after it, or not told.
                    ["审批日期": ["2024-03-01", "2026-03-01", ""].randomElement(using: &chance) ?? ""])
            }
            let bank = try await Bank(house, Ledger((0..<30).map(loan)))
            try await bank.limit(2)
            for line in 2..<32 where Int.random(in: 0..<5, using: &chance) > 0 {
                let review = try await house.platform.reviewCase(of: bank.book, line: line, by: bank.officer)
                let item = review.candidates.first { $0.decision == .accepted }?.item
                let isGreen = item != nil && Bool.random(using: &chance)
                let decision = try await bank.decide(line, isGreen ? .accepted : .notGreen, isGreen ? item : nil)
                if decision.state == .proposed {
                    _ = try await house.platform.confirmDecision(decision.id, by: bank.reviewer)
                }
            }
            let next = try await house.take(Ledger((0..<30).map(loan)), by: bank.officer)
            let found = try await house.platform.facilities(of: next.book.id, limit: 99, by: bank.officer)
            let waiting = try await house.platform.doubts(of: next.book.id, limit: 99, by: bank.officer)
            let open = found.filter { $0.finding.decision == .review }.map(\.loanID)
            #expect(Set(waiting.map(\.loanID)) == Set(open))
            #expect(open.count > 3 && open.count < 30, "decisions that all hold, or none, try nothing")
            #expect(found.contains { $0.finding.decidedBy != nil })
        }
    }

    @Test(
        "A loan that the older edition judges is decided of by that edition's items", arguments: Engine.allCases)
    func older(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(
                house,
                Ledger([
                    Ledger.loan("O1", "二星级绿色建筑住宅小区建设", balance: "3000000.00", ["审批日期": "2024-03-01"]),
                    Ledger.loan("L2", "采购钢材", balance: "1000000.00"),
                ]))
            try await bank.limit(10_000_000)
            let doubt = try await house.platform.reviewCase(of: bank.book, line: 2, by: bank.officer)
            // The words are clear, but the older edition has no item of the same extent.
            #expect(doubt.facility.finding.decision == .review && doubt.standard == "cn.green-industry.2019")
            #expect(doubt.reason(in: .zh).contains("原标准"))
            let older = try #require(house.platform.library.pack(doubt.standard))
            #expect(!doubt.candidates.isEmpty && doubt.candidates.allSatisfy { older[$0.item]?.name == $0.name })
            let item = try #require(doubt.candidates.first { $0.decision == .accepted }?.item)
            // An item of the newer catalogue alone is none of the older one's.
            await #expect(throws: PlatformFault.invalid("/item", "review.item-needed")) {
                try await bank.decide(2, .accepted, ItemCode("9.1.2"))
            }
            let decision = try await bank.decide(2, .accepted, item)
            #expect(decision.standard == doubt.standard && decision.state == .inForce)
            let entry = try await bank.count()
            #expect(entry.book.summary?.olderEligible.fen == 300_000_000 && entry.book.summary?.eligible.rows == 0)
            let finding = try await bank.facility(2).finding
            #expect(finding.decision == .accepted && finding.standard == doubt.standard && finding.item == item)
            #expect(finding.decidedBy == decision.id.text && finding.green == Money(fen: 300_000_000))
            // Under another edition the item would be another one: the decision does not hold there.
            var ledger = Ledger([Ledger.loan("O1", "二星级绿色建筑住宅小区建设", balance: "3000000.00", ["审批日期": "2026-03-01"])])
            ledger.rows.append(Ledger.loan("L2", "采购钢材", balance: "1000000.00"))
            let newer = try await house.take(ledger, by: bank.officer)
            let judged = try await house.platform.facilities(of: newer.book.id, limit: 1, by: bank.officer)[0].finding
            #expect(judged.decidedBy == nil && judged.item == ItemCode("6.1.1"))
        }
    }

    @Test("A decision that says nothing, or would come to nothing, is refused", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            for reason in ["", " \n", String(repeating: "长", count: 1001)] {
                await #expect(throws: PlatformFault.invalid("/reason", "review.reason-needed", ["most": "1000"])) {
                    try await bank.decide(2, .notGreen, nil, reason)
                }
            }
            for item in [nil, ItemCode("9.9.9")] {
                await #expect(throws: PlatformFault.invalid("/item", "review.item-needed")) {
                    try await bank.decide(2, .accepted, item)
                }
            }
            let building = try #require(
                try await house.platform.reviewCase(of: bank.book, line: 6, by: bank.officer).candidates.first?.item)
            let fault = await #expect(throws: PlatformFault.self) { try await bank.decide(6, .accepted, building) }
            guard case .invalid(let faults)? = fault else {
                Issue.record("\(String(describing: fault))")
                return
            }
            #expect(faults.first?.pointer == "/item" && faults.first?.message.key == "review.no-effect")
            #expect(faults.first?.message.arguments["reason"]?.contains("星级") == true)
            #expect(try await house.platform.decisions(limit: 9, by: bank.officer).isEmpty)
        }
    }

    @Test("Supervisors read decisions; nobody else learns that there are any", arguments: Engine.allCases)
    func permissions(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            let decision = try await bank.decide(3, .accepted, Self.saving)
            let supervisor = try await house.member(.regulator, [.reader])
            #expect(try await house.platform.decisions(limit: 9, by: supervisor).map(\.decision.id) == [decision.id])
            #expect(try await house.platform.decision(decision.id, by: supervisor).decision == decision)
            await #expect(throws: PlatformFault.forbidden(.decideFacility)) {
                try await bank.decide(2, .notGreen, by: supervisor)
            }
            let competitor = try await house.member(.lender, [.officer, .reviewer, .administrator])
            let elsewhere = try await house.member(.regulator, [.reader], region: TestPlatform.sichuan)
            for stranger in [competitor, elsewhere] {
                #expect(try await house.platform.decisions(limit: 9, by: stranger).isEmpty)
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.decision(decision.id, by: stranger)
                }
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.reviewCase(of: bank.book, line: 3, by: stranger)
                }
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.doubts(of: bank.book, limit: 9, by: stranger)
                }
            }
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.confirmDecision(decision.id, by: competitor)
            }
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.setReviewLimit(nil, of: bank.officer.home, by: competitor)
            }
            let readings = try await house.platform.database.read {
                try $0.readings.list(subject: decision.id.text, limit: 9)
            }
            #expect(readings.map(\.person) == [supervisor.person])
        }
    }

    @Test(
        "Going over again can be called off, and gives way to a later version of the book", arguments: Engine.allCases)
    func again(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let bank = try await Bank(house)
            try await bank.limit(10_000_000)
            _ = try await bank.decide(3, .accepted, Self.saving)
            let before = try await house.platform.book(bank.book, by: bank.officer).book
            _ = try await house.platform.reassessBook(bank.book, by: bank.officer)
            await #expect(throws: PlatformFault.conflict("book.under-way", ["period": "2026-10"])) {
                try await house.platform.reassessBook(bank.book, by: bank.officer)
            }
            let off = try await house.platform.cancelBook(bank.book, by: bank.officer)
            #expect(off.job.state == .cancelled && off.book.state == .accepted)
            #expect(off.book.assessment == before.assessment && off.book.summary == before.summary)
            try await house.work()
            #expect(try await house.platform.review(of: bank.book, by: bank.officer).open == 1)
            // A version that arrives while the older one waits to be gone over takes the decisions in itself.
            house.pass(seconds: 1)
            let sent = try await house.send(Self.ledger.csv(), by: bank.officer)
            house.pass(seconds: 1)
            _ = try await house.platform.reassessBook(bank.book, by: bank.officer)
            try await house.work()
            let older = try await house.platform.book(bank.book, by: bank.officer)
            let newer = try await house.platform.book(sent.book.id, by: bank.officer)
            #expect(older.book.state == .replaced && older.job.state == .cancelled)
            #expect(newer.book.state == .accepted && newer.book.version == 2)
            #expect(newer.book.summary?.green == LoanSum(rows: 2, fen: 1_100_000_000))
            #expect(try await house.platform.review(of: sent.book.id, by: bank.officer).open == 0)
        }
    }
}
