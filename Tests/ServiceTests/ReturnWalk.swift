import Access
import HTTPTypes
import LedgerFixtures
import PlatformFixtures
import Spreadsheet
import Testing
import Vocabulary

@testable import API

extension Walk {
    /// What a lender hands in for a quarter, and what its supervisor has of it.
    func returns() async throws {
        let forms = try await ask(.get, "/return-forms").json()["items"]?.elements ?? []
        #expect(forms.first?["id"] == "green-loans" && forms.first?["confirmed"] == false)
        let region = RegionCode(510_800)!
        let bank = try await site.house.organisation(.lender, region: region)
        let regulator = try await site.house.organisation(.regulator, region: region)
        let officer = try await site.token([.booksRead, .booksWrite], of: site.house.viewer([.officer], of: bank))
        let reviewer = try await site.session(site.house.viewer([.reviewer], of: bank))
        let supervisor = try await site.token([.booksRead], of: site.house.viewer([.reader], of: regulator))
        let loan = Ledger.loan("R1", "50MW风力发电场建设", ["五级分类": "正常", "发放日期": "2026-01-05"])
        let wanted: JSONValue = [
            "organisation": .string(bank.id.text), "form": "green-loans", "period": "2026Q3",
        ]
        let early = try await ask(.post, "/returns", as: officer, wanted, expects: 409).json()
        #expect(early["code"] == "return.no-book")
        for month in ["2026-06", "2026-09"] {
            #expect(
                try await site.send(Ledger([loan]).csv(), of: bank.id, period: month, as: officer).status.code == 202)
        }
        try await site.house.work()
        let wrong = try await ask(
            .post, "/returns", as: officer,
            ["organisation": .string(bank.id.text), "form": "green-loans", "period": "2026-09"], expects: 422
        ).json()
        #expect(wrong["errors"]?.elements?.first?["pointer"] == "/period")
        let begun = try await ask(.post, "/returns", as: officer, wanted, expects: 202)
        let path = String(try #require(begun.headers[.location]).dropFirst(APISite.root.count))
        try await site.house.work()
        let counted = try await ask(.get, path, as: officer)
        let content = try counted.json()
        #expect(content["return"]?["state"] == "draft" && content["return"]?["counting"] == "done")
        let tag = try #require(counted.headers[.eTag])
        let table = content["tables"]?["editions"]?.elements?.first?["tables"]?.elements?.first
        #expect(table?["lines"]?.elements?.first?["figures"]?.elements?.prefix(2) == ["1", "100000000"])
        // Its supervisor learns nothing of a draft.
        try await ask(.get, path, as: supervisor, expects: 404)
        let adjustment: JSONValue = [
            "standard": "cn.green-finance.2025", "table": "purpose", "line": "4.2", "column": "closing",
            "amount": "-1", "reason": "尾差",
        ]
        try await ask(
            .put, "\(path)/adjustments", as: officer, ["adjustments": [adjustment]], tag: "\"v0\"",
            expects: 412)
        let adjusted = try await ask(
            .put, "\(path)/adjustments", as: officer, ["adjustments": [adjustment]], tag: tag)
        let failed = try adjusted.json()["checks"]?.elements?.filter { $0["failures"] != [] } ?? []
        #expect(failed.contains { $0["check"] == "purpose-industry" })
        let refused = try await ask(
            .post, "\(path)/submission", as: reviewer, [:], tag: "*", expects: 409
        ).json()
        #expect(refused["code"] == "return.checks-fail")
        let broken = try await ask(
            .put, "\(path)/adjustments", as: officer,
            [
                "adjustments": [
                    ["standard": "s", "table": "t", "line": "", "column": "c", "amount": "1", "reason": "r"]
                ]
            ],
            tag: "*", expects: 422
        ).json()
        #expect(broken["errors"]?.elements?.first?["pointer"] == "/adjustments/0")
        try await ask(.put, "\(path)/adjustments", as: officer, ["adjustments": []], tag: "*")
        let explained = try await ask(
            .put, "\(path)/explanations", as: officer,
            ["explanations": [["standard": "cn.green-finance.2025", "check": "doubled", "text": "新开业"]]],
            tag: "*")
        let submitted = try await ask(
            .post, "\(path)/submission", as: reviewer, [:],
            tag: try #require(explained.headers[.eTag])
        ).json()
        #expect(submitted["return"]?["version"] == 1 && submitted["return"]?["state"] == "submitted")
        #expect(try await ask(.get, path, as: supervisor).json()["tables"] == submitted["tables"])
        let list = try await ask(.get, "/returns?period=2026Q3&state=submitted", as: supervisor).json()
        #expect(list["items"] == .array([try #require(submitted["return"])]))
        let workbook = try await ask(.get, "\(path)/workbook", as: supervisor)
        #expect(workbook.body.readableBytesView.starts(with: Array("PK".utf8)))
        let totals = try await ask(.get, "/return-totals?form=green-loans&period=2026Q3", as: supervisor).json()
        #expect(totals["submitted"]?.elements?.count == 1 && totals["missing"] == [])
        #expect(totals["tables"]?["editions"]?.elements?.count == 1)
        let sheet = try await ask(.get, "/return-totals/workbook?form=green-loans&period=2026Q3", as: supervisor)
        #expect(sheet.body.readableBytesView.starts(with: Array("PK".utf8)))
        let search = try await ask(.get, "/search?words=R1", as: supervisor).json()
        #expect(search["loans"]?.elements?.map { $0["period"] } == ["2026-09"] && search["projects"] == [])
        let watching = try await site.session(site.house.viewer([.officer], of: regulator))
        #expect(try await ask(.get, "/notices", as: watching).json()["items"] == [])
        while try await site.house.runner().noticeOnce() {}
        let notice = try await ask(.get, "/notices", as: watching).json()["items"]?.elements?.first
        #expect(notice?["kind"] == "return_submitted" && notice?["read_at"] == .null)
        #expect(notice?["subject"] == submitted["return"]?["id"])
        try await ask(
            .post, "/notices/reading", as: watching, ["up_to": try #require(notice?["number"])], expects: 204)
        #expect(
            try await ask(.get, "/notices", as: watching).json()["items"]?.elements?.first?["read_at"] != .null)
        // A draft that nobody needs.
        let second = try await ask(.post, "/returns", as: officer, wanted, expects: 202)
        let other = String(try #require(second.headers[.location]).dropFirst(APISite.root.count))
        try await ask(.delete, other, as: officer, expects: 204)
        try await ask(.delete, path, as: officer, expects: 409)
    }
}
