import Access
import HTTPTypes
import LedgerFixtures
import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import API

extension Walk {
    /// A month's loans in doubt, decided of by two people.
    func review() async throws {
        let bank = try await site.house.organisation(.lender)
        let officer = try await site.token([.booksRead, .booksWrite], of: site.house.viewer([.officer], of: bank))
        // A program may propose; the second pair of eyes is a person's.
        let reviewer = try await site.session(site.house.viewer([.reviewer], of: bank))
        let chief = try await site.session(site.house.viewer([.administrator], of: bank))
        let ledger = Ledger([
            Ledger.loan("D1", "设备更新改造项目", balance: "1000000.00"),
            Ledger.loan("D2", "生产线节能升级与扩建", balance: "9000000.00"), Ledger.loan("L3", "50MW风力发电场建设"),
        ])
        let sent = try await site.send(ledger.csv(), of: bank.id, as: officer)
        try await site.house.work()
        let book = "/books/\(try sent.json()["id"]?.text ?? "")"
        let first = try await ask(.get, "\(book)/doubts?limit=1", as: officer).json()
        #expect(first["items"]?.elements?.map { $0["loan_id"] } == ["D2"])
        let rest = try await ask(
            .get, "\(book)/doubts?limit=1&cursor=\(first["next"]?.text ?? "")", as: officer
        ).json()
        #expect(rest["items"]?.elements?.map { $0["loan_id"] } == ["D1"] && rest["next"] == .null)
        // The case tells enough to decide.
        let doubt = try await ask(.get, "\(book)/facilities/3", as: officer).json()
        #expect(doubt["found"]?["decision"] == "review" && doubt["needs_second"] == true)
        #expect(doubt["words"]?.elements?.isEmpty == false)
        let item = try #require(doubt["candidates"]?.elements?.first?["item"])
        let proposed = try await ask(
            .post, "\(book)/facilities/3/decisions", as: officer,
            ["verdict": "accepted", "item": item, "reason": "合同写明节能"], expects: 201)
        let decision = String(try #require(proposed.headers[.location]).dropFirst(APISite.root.count))
        #expect(try proposed.json()["state"] == "proposed")
        #expect(try await ask(.get, decision, as: reviewer).json() == proposed.json())
        let waiting = try await ask(.get, "/decisions?state=proposed&loan_id=D2", as: reviewer).json()
        #expect(try waiting["items"] == .array([proposed.json()]))
        // Faults point at the field.
        let wrong = try await ask(
            .post, "\(book)/facilities/2/decisions", as: officer,
            ["verdict": "accepted", "item": "9.9", "reason": "x"],
            expects: 422
        ).json()
        #expect(wrong["errors"]?.elements?.first?["pointer"] == "/item")
        let confirmed = try await ask(.post, "\(decision)/confirmation", as: reviewer).json()
        #expect(confirmed["state"] == "in_force" && confirmed["second_by"]?.text != nil)
        try await ask(.post, "\(decision)/confirmation", as: reviewer, expects: 409)
        for end in ["withdrawal", "refusal"] {
            let other = try await ask(
                .post, "\(book)/facilities/2/decisions", as: officer, ["verdict": "not_green", "reason": "理由"],
                expects: 201
            ).json()
            let path = "/decisions/\(other["id"]?.text ?? "")"
            let ended =
                end == "refusal"
                ? try await ask(.post, "\(path)/refusal", as: reviewer, ["reason": "不同意"]).json()
                : try await ask(.post, "\(path)/withdrawal", as: officer).json()
            #expect(ended["state"] == (end == "refusal" ? "declined" : "withdrawn"))
        }
        // It counts when the book was gone over again.
        #expect(try await ask(.get, "\(book)/review", as: officer).json()["open"] == 1)
        let again = try await ask(.post, "\(book)/assessments", as: officer, expects: 202).json()
        #expect(again["state"] == "accepted" && again["progress"]?["state"] == "waiting")
        try await site.house.work()
        let review = try await ask(.get, "\(book)/review", as: officer).json()
        #expect(review["open"] == 0 && review["assessments"]?.elements?.map { $0["decisions"] } == [1, 0])
        let counted = try await ask(.get, "\(book)/facilities?decision=accepted", as: officer).json()["items"]?.elements
        #expect(
            counted?.map { $0["decided_by"] } == [
                proposed.headers[.location].map { .string(String($0.suffix(30))) }, .null,
            ])
        // How many people it takes.
        let limit = "/organisations/\(bank.id)/review"
        #expect(try await ask(.get, limit, as: chief).json()["second_above"] == .null)
        #expect(
            try await ask(.put, limit, as: chief, ["second_above": "100000000"]).json()["second_above"] == "100000000")
        #expect(try await ask(.get, "\(book)/facilities/2", as: officer).json()["needs_second"] == false)
        try await ask(.put, limit, as: chief, ["second_above": "-1"], expects: 422)
        try await models(of: bank, reviewer)
    }

    /// A lender's own model, from its decisions to the switch.
    private func models(of bank: Organisation, _ reviewer: TestService.Caller) async throws {
        let second = try await site.session(site.house.viewer([.reviewer], of: bank))
        let officer = try await site.token([.booksRead, .booksWrite], of: site.house.viewer([.officer], of: bank))
        let home = "/organisations/\(bank.id)"
        try await ask(.post, "\(home)/models", as: reviewer, expects: 409)
        let chief = try await site.session(site.house.viewer([.administrator], of: bank))
        _ = try await site.ask(.put, "\(home)/review", as: chief, ["second_above": "1000000000"])
        let ledger = Ledger(
            (0..<20).map { Ledger.loan("M\($0)", "\(Character(Unicode.Scalar(0x4E10 + $0) ?? "x"))记设备更新改造项目") })
        let sent = try await site.send(ledger.csv(), of: bank.id, period: "2026-09", as: officer)
        try await site.house.work()
        let book = "/books/\(try sent.json()["id"]?.text ?? "")"
        for line in 2..<22 {
            try await ask(
                .post, "\(book)/facilities/\(line)/decisions", as: officer,
                ["verdict": "accepted", "item": "1.4.1", "reason": "合同写明节能"], expects: 201)
        }
        let table = try await ask(.get, "\(home)/examples", as: officer)
        #expect(table.text.split(separator: "\n").count == 22)
        let asked = try await ask(.post, "\(home)/models", as: reviewer, expects: 202)
        let path = String(try #require(asked.headers[.location]).dropFirst(APISite.root.count))
        try await site.house.work()
        let model = try await ask(.get, path, as: officer).json()
        #expect(model["state"] == "ready" && model["comparison"]?["held_back"]?["rows"] == model["held_back"])
        let use: JSONValue = ["model": model["id"] ?? .null]
        try await ask(.put, "\(home)/model-in-use", as: reviewer, use, expects: 409)
        #expect(try await ask(.put, "\(home)/model-in-use", as: second, use).json() == use)
        let list = try await ask(.get, "\(home)/models", as: officer).json()["items"]?.elements ?? []
        #expect(list.map { $0["in_use"] } == [true])
        try await ask(.put, "\(home)/model-in-use", as: second, ["model": .null])
    }
}
