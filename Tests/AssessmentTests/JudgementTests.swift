import Assessment
import Credit
import LedgerFixtures
import Seeded
import Standards
import Testing
import Vocabulary

@Suite("What a row says of its loan")
struct JudgementTests {
    /// Facts with which a wind farm's benefit is computed.
    static let measured = ["项目名称": "大风项目", "项目总投资": "2000000.00", "fact:annual_electricity_supplied": "100"]

    @Test("The shares of one project add up to at most 1; the loan that reaches the whole is cut, with a flag")
    func shares() async throws {
        let result = try await AssessedLedger(
            Ledger((1...4).map { Ledger.loan("A\($0)", "风电场建设", balance: "800000.00", Self.measured) }))
        #expect(result.rows["share"] == ["0.400000", "0.400000", "0.200000", "0.000000"])
        #expect(result.rows.records.map { $0["warnings"].contains("100%") } == [false, false, true, true])
        #expect(result.book.totals.cappedShares == 2)
    }

    @Test("No order of balances and projects makes a project's shares pass 1", arguments: 0..<3)
    func sharesNeverPassOne(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        var projects: [String: String] = [:]
        let loans = (1...60).map { number in
            let project = ["甲项目", "乙项目", "丙项目"].randomElement(using: &generator) ?? ""
            projects["A\(number)"] = project
            var others = Self.measured
            others["项目名称"] = project
            others["项目总投资"] = "\(Int.random(in: 1...3, using: &generator) * 1_000_000).01"
            return Ledger.loan(
                "A\(number)", "风电场建设", balance: "\(Int.random(in: 0...700_000, using: &generator)).37", others)
        }
        let result = try await AssessedLedger(Ledger(loans)) { $0.batchBytes = 500 }
        var sums: [String: Int] = [:]
        for row in result.rows.records {
            let share = row["share"]
            #expect(share.hasPrefix("0.") || share == "1.000000")
            // Millionths, so that adding rounds nothing.
            sums[projects[row["loan_id"]] ?? "", default: 0] += Int(share.filter { $0 != "." }) ?? 0
        }
        #expect(sums.count == 3)
        #expect(sums.values.allSatisfy { $0 <= 1_000_000 })
    }

    @Test("Loans that the older edition judges are told apart and stand in totals of their own")
    func older() async throws {
        let ledger = Ledger([
            Ledger.loan("A1", "风电场建设", balance: "300.00", ["审批日期": "2024-03-01", "发放日期": "2026-01-01"]),
            Ledger.loan("A2", "风电场建设", balance: "200.00", ["审批日期": "2025-10-01", "发放日期": ""]),
            Ledger.loan("A3", "风电场建设", balance: "100.00", ["审批日期": "", "发放日期": "2025-09-30"]),
            Ledger.loan("A4", "风电场建设", balance: "50.00"),
        ])
        let older = try await AssessedLedger(ledger)
        #expect(older.rows["decision"] == ["accepted", "accepted", "accepted", "accepted"])
        #expect(older.rows["standard"][0] == "cn.green-industry.2019")
        #expect(older.rows["standard"][1] == "cn.green-finance.2025")
        // 风力发电设施建设和运营 is 3.2.1 of the 2019 catalogue and 4.2.1 of the 2025 one.
        #expect(older.rows["item"] == ["3.2.1", "4.2.1", "3.2.1", "4.2.1"])
        #expect(older.book.totals.assessed.fen == 25_000)
        #expect(older.book.totals.green.fen == 25_000)
        #expect(older.book.olderTotals.assessed.fen == 40_000)
        #expect(older.book.olderTotals.green.fen == 40_000)
        #expect(older.book.totals.decisions[.unassessed] == nil)
        #expect(older.book.totals.rowsWithoutDate == 1)
        let current = try await AssessedLedger(ledger) { $0.earlierBusiness = .current }
        // Approved before publication and not drawn then: the old edition by rule, whatever the parameter.
        #expect(current.rows["item"] == ["3.2.1", "4.2.1", "4.2.1", "4.2.1"])
        #expect(current.book.totals.green.fen == 35_000)
        #expect(current.book.olderTotals.green.fen == 30_000)
    }

    @Test("People's verdicts go before the model's, with name and reason")
    func people() async throws {
        let ledger = Ledger([
            Ledger.loan("A1", "节能改造"), Ledger.loan("A2", "风电场建设"), Ledger.loan("A3", "风电场建设"),
            Ledger.loan("A4", "进货"),
        ])
        let result = try await AssessedLedger(ledger) {
            $0.decisions = [
                "A1": PersonDecision(decision: .accepted, item: ItemCode("4.2.5"), by: "王五", reason: "看过合同"),
                "A2": PersonDecision(decision: .notGreen, item: nil, by: "赵六", reason: "项目已停建"),
                "A3": PersonDecision(decision: .review, item: nil, by: "钱七", reason: "待现场核查"),
                "A9": PersonDecision(decision: .notGreen, item: nil, by: "孙八", reason: "没有这笔"),
            ]
        }
        #expect(result.rows["decision"] == ["accepted", "not_green", "review", "not_green"])
        #expect(result.rows["item"] == ["4.2.5", "", "", ""])
        let words = ["王五", "看过合同", "赵六", "项目已停建", "钱七", "待现场核查"]
        for (number, word) in words.enumerated() { #expect(result.rows["reason"][number / 2].contains(word)) }
        #expect(result.rows["probability"][0] == "1.0000")
        #expect(result.rows["verdict"][1] == "not_covered")
        #expect(result.rows["candidates"][0].hasPrefix("4.2.5:1.0000"))
        // The words alone gave five others.
        #expect(result.rows["candidates"][0].split(separator: ";").count == 5)
        #expect(result.book.totals.personDecisions == 3)
    }

    @Test("Several uses: the main one decides, and only the green part counts")
    func severalUses() async throws {
        let ledger = Ledger([
            Ledger.loan("A1", "60%用于风电场建设，40%补充流动资金", balance: "100.01"),
            Ledger.loan("A2", "30%用于风电场建设，70%补充流动资金", balance: "100.00"),
            Ledger.loan("A3", "风电场建设", balance: "1.00"),
        ])
        let result = try await AssessedLedger(ledger)
        #expect(result.rows["decision"] == ["accepted", "not_green", "accepted"])
        #expect(result.rows["green_share_pct"] == ["60.00", "30.00", "100.00"])
        // 60 % of 10001 fen is 6000.6, rounded once.
        #expect(result.book.totals.green.fen == 6_001 + 100)
        #expect(result.book.totals.severalUses == 2)
    }

    @Test("Conditions: shown, not shown and shown to fail")
    func conditions() async throws {
        func loan(_ id: String, _ stars: String) -> [String: String] {
            Ledger.loan(id, "二星级绿色建筑住宅小区建设", ["fact:green_building_stars": stars])
        }
        let result = try await AssessedLedger(Ledger([loan("A1", "2"), loan("A2", ""), loan("A3", "0")]))
        #expect(result.rows["verdict"] == ["aligned", "eligible", "not_aligned"])
        #expect(result.rows["decision"] == ["accepted", "accepted", "not_green"])
        #expect(result.rows["missing"][0].isEmpty)
        #expect(result.rows["missing"][1].contains("星级"))
        #expect(result.rows["reason"][2].contains("星级"))
        #expect(result.book.totals.green.aligned.rows == 1)
        #expect(result.book.totals.green.eligible.rows == 1)
    }

    /// The pairs a reader may rely on, over a whole invented ledger.
    @Test("Verdict, decision and candidates of every row agree with each other")
    func agreement() async throws {
        let result = try await AssessedLedger(
            try AssessedLedger.generated(rows: 1_500, seed: 3), in: try TemporaryFolder())
        let allowed: [String: Set<String>] = [
            "accepted": ["aligned", "eligible"], "not_green": ["not_aligned", "not_covered"], "review": [""],
            "unassessed": [""],
        ]
        var seen: Set<String> = []
        for row in result.rows.records {
            let decision = row["decision"]
            seen.insert(decision)
            #expect(
                allowed[decision]?.contains(row["verdict"]) == true, "\(row["loan_id"]): \(decision), \(row["verdict"])"
            )
            #expect((decision == "accepted") == !row["item"].isEmpty)
            #expect((decision == "accepted") == !row["mark"].isEmpty)
            #expect(!row["reason"].isEmpty)
            let candidates = row["candidates"].split(separator: ";").map { $0.split(separator: ":") }
            #expect(candidates.count <= 5)
            #expect(candidates.allSatisfy { $0.count == 2 })
            let probabilities = candidates.compactMap { Double($0[1]) }
            #expect(probabilities.count == candidates.count)
            #expect(probabilities == probabilities.sorted(by: >))
            #expect(probabilities.reduce(0, +) <= (Double(row["probability"]) ?? 0) + 0.001)
            if decision == "accepted" { #expect(candidates.first?.first.map(String.init) == row["item"]) }
            if row["share"].isEmpty, decision == "accepted" { #expect(!row["benefit_note"].isEmpty) }
            if !row["share"].isEmpty { #expect(!row["method"].isEmpty) }
        }
        #expect(seen.isSuperset(of: ["accepted", "not_green"]))
    }

    @Test("A person's acceptance does not stand against a fact that fails a condition")
    func personAgainstCondition() async throws {
        let result = try await AssessedLedger(
            Ledger([Ledger.loan("A1", "绿色建筑住宅小区建设", ["fact:green_building_stars": "0"])])
        ) {
            $0.decisions["A1"] = PersonDecision(decision: .accepted, item: ItemCode("6.1.1"), by: "王五", reason: "看过")
        }
        #expect(result.rows["decision"][0] == "not_green")
        #expect(result.rows["verdict"][0] == "not_aligned")
    }
}
