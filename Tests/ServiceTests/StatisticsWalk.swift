import Access
import HTTPTypes
import LedgerFixtures
import PlatformFixtures
import Store
import Testing
import Vocabulary

@testable import API

extension Walk {
    /// What all lenders have together.
    func statistics() async throws {
        let bank = try await site.house.organisation(.lender, region: TestPlatform.chengdu)
        let officer = try await site.token([.booksRead, .booksWrite], of: site.house.viewer([.officer], of: bank))
        let ledger = Ledger([
            Ledger.loan(
                "S1", "50MW风力发电场建设", balance: "1000000.00",
                ["行政区划": "510104", "项目名称": "云阳龙缸风电项目", "项目总投资": "900000.00"]),
            Ledger.loan("S2", "采购钢材", balance: "3000000.00"),
        ])
        let sent = try await site.send(ledger.csv(), of: bank.id, as: officer)
        #expect(sent.status.code == 202)
        try await site.house.work()
        while try await site.house.runner().lookOverOnce() { try await site.house.work() }
        let answer = try await ask(.get, "/statistics?by=region", as: officer).json()
        #expect(answer["period"] == "2026-10" && answer["counted"] == 1 && answer["missing"] == [])
        let row = try #require(answer["rows"]?.elements?.first)
        #expect(row["value"] == "510104" && row["name"] == "锦江区")
        #expect(row["editions"]?.elements?.first?["aligned"]?["balance"] == "100000000")
        #expect(answer["total"]?["loans"] == ["rows": 2, "balance": "400000000"])
        try await ask(.get, "/statistics?by=quality&region=510104", as: officer, expects: 422)
        let book = "/books/\(try sent.json()["id"]?.text ?? "")"
        let months = try await ask(.get, "\(book)/facilities/2/months", as: officer).json()["items"]?.elements ?? []
        #expect(months.map { $0["facility"]?["loan_id"] } == ["S1"] && months[0]["period"] == "2026-10")
        let borrower = try await ask(
            .get, "/borrowers?borrower=%E9%87%8D%E5%BA%86%E6%9F%90%E6%9F%90%E6%9C%89%E9%99%90%E5%85%AC%E5%8F%B8",
            as: officer
        ).json()
        #expect(borrower["traces"]?.elements?.first?["exposures"]?.elements?.first?["balance"] == "100000000")
        let project = try await site.ask(
            .post, "/projects", as: site.session(site.house.viewer([.officer], of: bank)),
            TestService.draft(["organisation": .string(bank.id.text)]))
        let exposures = try await ask(
            .get, "/projects/\(try project.json()["id"]?.text ?? "")/exposures",
            as: site.session(site.house.viewer([.officer], of: bank))
        ).json()
        #expect(exposures["items"] == [])
        let list = try await ask(.get, "/overfinancings?period=2026-10", as: officer).json()
        let found = try #require(list["items"]?.elements?.first)
        #expect(found["whole"] == .null && found["has_others"] == false && found["project"] == "云阳龙缸风电项目")
        let opened = try await ask(.get, "/overfinancings/\(found["id"]?.text ?? "")", as: officer).json()
        #expect(opened["loans"]?.elements?.first?["facilities"]?.elements?.map { $0["loan_id"] } == ["S1"])
        try await releases()
    }

    /// What everybody may see.
    private func releases() async throws {
        let region = RegionCode(510_700)!
        let regulator = try await site.house.organisation(.regulator, region: region)
        for _ in 0..<3 {
            let bank = try await site.house.organisation(.lender, region: region)
            let officer = try await site.token([.booksRead, .booksWrite], of: site.house.viewer([.officer], of: bank))
            _ = try await site.send(
                Ledger((1...4).map { Ledger.loan("G\($0)", "50MW风力发电场建设") }).csv(), of: bank.id, as: officer)
        }
        try await site.house.work()
        let reviewer = try await site.session(site.house.viewer([.reviewer], of: regulator))
        let path = "/organisations/\(regulator.id)/releases/2026-10"
        let draft = try await ask(.get, path, as: reviewer).json()
        #expect(draft["latest_version"] == .null && draft["tells_apart"] == false && draft["missing"] == 0)
        #expect(draft["totals"]?["editions"]?.elements?.first?["green"]?["rows"] == 12)
        let published = try await ask(.post, path, as: reviewer, ["after_version": .null], expects: 201)
        try await ask(.post, path, as: reviewer, ["after_version": 1, "reason": "更正"], expects: 409)
        let address = String(try #require(published.headers[.location]).dropFirst(APISite.root.count))
        #expect(try await ask(.get, address).json()["totals"] == draft["totals"])
        #expect(try await ask(.get, "/releases").json()["items"]?.elements?.count == 1)
    }
}
