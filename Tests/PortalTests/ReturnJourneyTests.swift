import Access
import LedgerFixtures
import Platform
import PlatformFixtures
import Store
import Testing
import Vocabulary

@Suite("Journeys through the returns")
struct ReturnJourneyTests {
    private static func ledger(_ balance: String) -> Ledger {
        Ledger([
            Ledger.loan(
                "L1", "50MW风力发电场建设", balance: balance,
                ["五级分类": "正常", "发放日期": "2026-01-05", "贷款投向行业": "D4415"])
        ])
    }

    @Test(
        "A quarter is counted, changed, explained and handed in by two people, and its supervisor reads it",
        arguments: Engine.allCases)
    func quarter(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            let bank = try await house.organisation(.lender)
            let preparing = try await house.viewer([.officer], of: bank)
            let officer = try portal.browser(preparing)
            let reviewer = try portal.browser(await house.viewer([.reviewer], of: bank))
            let supervisor = try portal.browser(await house.member(.regulator, [.reader]))
            var page = try await officer.get("/returns")
            #expect(page.text.contains("没有报表") && page.text.contains("value=\"2026Q3\""))
            let wanted = ["organisation": bank.id.text, "form": "green-loans", "period": "2026Q3"]
            var answer = try await officer.post("/returns", from: page, wanted)
            #expect(answer.status == 422 && answer.text.contains("截至 2026-09-30 的台账尚未采用"))
            answer = try await officer.post("/returns", from: page, wanted.merging(["period": "去年"]) { $1 })
            #expect(answer.status == 422 && answer.text.contains("id=\"period-fault\""))
            for (month, balance) in [(6, "30000000.00"), (9, "20000000.00")] {
                _ = try await house.take(
                    Self.ledger(balance), period: ReportingPeriod(.month, year: 2026, number: month)!, by: preparing)
            }
            answer = try await officer.post("/returns", from: page, wanted)
            let path = try #require(answer.headers[.location])
            page = try await officer.get(path)
            #expect(page.text.contains("正在汇总") && page.headers[.init("Refresh")!] != nil)
            try await house.work()
            page = try await officer.get(path)
            #expect(page.text.contains(">2,000.00<") && page.text.contains("没有不一致"))
            #expect(page.text.contains("表式") && page.headers[.init("Refresh")!] == nil)
            #expect(!page.text.contains("/submission"))
            page = try await officer.get("\(path)?standard=cn.green-finance.2025&table=flow")
            #expect(page.text.contains(">3,000.00<") && page.text.contains(">1,000.00<"))
            // A loan that the book leaves out, in one table only.
            let place = "\(path)/line?standard=cn.green-finance.2025&table=purpose&line=4.2"
            page = try await officer.get(place)
            #expect(page.text.contains("调整一行"))
            answer = try await officer.post(
                place, from: page, ["closing": "一百", "reason": "补录", "seen": try page.hidden("seen")])
            #expect(answer.status == 422 && answer.text.contains("id=\"closing-fault\"") && answer.text.contains("补录"))
            answer = try await officer.post(
                place, from: page, ["closing": "100.00", "reason": "", "seen": try page.hidden("seen")])
            #expect(answer.status == 422 && answer.text.contains("id=\"reason-fault\""))
            answer = try await officer.post(
                place, from: page, ["closing": "100.00", "reason": "补录", "seen": try page.hidden("seen")])
            #expect(answer.status == 303)
            page = try await officer.get(path)
            #expect(page.text.contains("用途表与行业表的期末余额一致") && page.text.contains(">补录<"))
            let stuck = try await reviewer.get(path)
            #expect(stuck.text.contains("项校验不一致") && !stuck.text.contains("/submission"))
            // Who saw the page before overwrites nothing.
            page = try await officer.get(place)
            answer = try await officer.post(place, from: page, ["closing": "", "reason": "", "seen": "0"])
            #expect(answer.status == 422 && answer.text.contains("其他人"))
            answer = try await officer.post(
                place, from: page, ["closing": "", "reason": "", "seen": try page.hidden("seen")])
            #expect(answer.status == 303)
            // The supervisor learns of it when it is handed in.
            #expect(try await supervisor.get(path).status == 404)
            page = try await reviewer.get(path)
            answer = try await reviewer.post("\(path)/submission", from: page, ["seen": try page.hidden("seen")])
            #expect(answer.status == 303)
            page = try await supervisor.get(path)
            #expect(page.text.contains("已提交") && page.text.contains(">2,000.00<"))
            let sheet = try await supervisor.get("\(path)/sheet")
            #expect(sheet.headers[.contentDisposition]?.contains("green-loans-2026Q3-v1.xlsx") == true)
            let late = try await house.organisation(.lender)
            page = try await supervisor.get("/returns/totals?form=green-loans&period=2026Q3")
            #expect(page.text.contains("已报送 1 家，未报送 1 家") && page.text.contains("<li>\(late.name)</li>"))
            #expect(
                try await supervisor.get("/returns/totals/sheet?form=green-loans&period=2026Q3").headers[
                    .contentDisposition]?.contains("green-loans-2026Q3.xlsx") == true)
            #expect(try await supervisor.get("/returns/totals?form=green-loans&period=2026-09").status == 422)
            // By search: the loan, the return by its id, and nothing of it for a stranger.
            page = try await supervisor.get("/search?words=L1")
            #expect(page.text.contains(">L1</a>") && page.text.contains(">2026-09<"))
            #expect(
                try await supervisor.get("/search?words=\(path.dropFirst("/returns/".count))").headers[.location]
                    == path)
            let stranger = try portal.browser(await house.member(.lender, [.officer]))
            #expect(try await stranger.get("/search?words=L1").text.contains("没有找到"))
            #expect(try await stranger.get("/search").status == 200)
            // Locked; a corrected book asks for a version with a reason.
            answer = try await officer.post(
                place, from: try await officer.get("/returns"), ["closing": "1", "reason": "再改"])
            #expect(answer.status == 422)
            _ = try await house.take(
                Self.ledger("21000000.00"), period: ReportingPeriod(.month, year: 2026, number: 9)!, by: preparing)
            page = try await officer.get(path)
            #expect(page.text.contains("提交之后台账有变化"))
            answer = try await officer.post("/returns", from: page, wanted)
            try await house.work()
            let next = try #require(answer.headers[.location])
            page = try await reviewer.get(next)
            answer = try await reviewer.post(
                "\(next)/submission", from: page, ["reason": "", "seen": try page.hidden("seen")])
            #expect(answer.status == 422 && answer.text.contains("提交新版本须说明理由"))
            answer = try await reviewer.post(
                "\(next)/submission", from: page, ["reason": "更正九月台账", "seen": try page.hidden("seen")])
            #expect(answer.status == 303)
            page = try await supervisor.get(path)
            #expect(page.text.contains("已被新版本取代") && page.text.contains("更正九月台账"))
        }
    }

    @Test("What disagrees for a reason is explained on the page", arguments: Engine.allCases)
    func explained(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            let bank = try await house.organisation(.lender)
            let preparing = try await house.viewer([.officer], of: bank)
            let officer = try portal.browser(preparing)
            // A loan without a class of quality.
            let ledger = Ledger([Ledger.loan("L1", "50MW风力发电场建设", ["贷款投向行业": "D4415"])])
            _ = try await house.take(ledger, period: ReportingPeriod(.month, year: 2026, number: 9)!, by: preparing)
            var page = try await officer.get("/returns")
            var answer = try await officer.post(
                "/returns", from: page, ["organisation": bank.id.text, "form": "green-loans", "period": "2026Q3"])
            let path = try #require(answer.headers[.location])
            try await house.work()
            page = try await officer.get(path)
            #expect(page.text.contains("五级分类之和等于余额") && page.text.contains("不一致须说明"))
            answer = try await officer.post(
                "\(path)/explanations", from: page,
                [
                    "standard": "cn.green-finance.2025", "check": "quality-complete", "text": "新系统<未>迁移分类",
                    "seen": try page.hidden("seen"),
                ])
            #expect(answer.status == 303)
            let reviewer = try portal.browser(await house.viewer([.reviewer], of: bank))
            page = try await reviewer.get(path)
            #expect(page.text.contains("新系统&lt;未&gt;迁移分类") && page.text.contains("/submission"))
            answer = try await reviewer.post("\(path)/submission", from: page, ["seen": try page.hidden("seen")])
            #expect(answer.status == 303)
            // A draft that is thrown away is gone.
            page = try await officer.get("/returns")
            answer = try await officer.post(
                "/returns", from: page, ["organisation": bank.id.text, "form": "green-loans", "period": "2026Q3"])
            let other = try #require(answer.headers[.location])
            page = try await officer.get("/returns")
            #expect(try await officer.post("\(other)/discard", from: page, [:]).status == 303)
            #expect(try await officer.get(other).status == 404)
        }
    }
}
