import Access
import LedgerFixtures
import Platform
import PlatformFixtures
import Store
import Testing
import Vocabulary

@Suite("Journeys through the statistics")
struct StatisticsJourneyTests {
    private static let ledger = Ledger([
        Ledger.loan(
            "L1", "50MW风力发电场建设", balance: "30000000.00", ["行政区划": "500235", "五级分类": "正常", "总投资": "60000000"]),
        Ledger.loan("L2", "采购钢材", balance: "2000000.00"),
    ])

    @Test("A regulator opens the figures of a month step by step, and takes them along", arguments: Engine.allCases)
    func regulator(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            let officer = try portal.browser(await house.member(.regulator, [.officer]))
            let nothing = try await officer.get("/statistics")
            #expect(nothing.status == 200 && nothing.text.contains("还没有可汇总的台账"))
            let bank = try await house.organisation(.lender)
            _ = try await house.take(Self.ledger, by: house.viewer([.officer], of: bank))
            let late = try await house.organisation(.lender)

            var page = try await officer.get("/statistics")
            #expect(page.text.contains("已有 1 家机构的台账计入，1 家尚无"))
            #expect(page.text.contains("<li>\(late.name)</li>"))
            #expect(page.text.contains(">3,000.00<") && page.text.contains("绿色金融支持项目目录"))
            // From the chapter to its items.
            let further = try #require(page.text.firstMatch(of: /\/statistics\?by=item&amp;chapter=[^"]+/))
            page = try await officer.get(String(further.output).replacing("&amp;", with: "&"))
            #expect(page.text.contains("风力发电") && page.text.contains(">3,000.00<"))
            // From the lender to its chapters, and back by dropping the condition.
            page = try await officer.get("/statistics?by=lender")
            #expect(page.text.contains(bank.name) && page.text.contains(">93.75%<"))
            let lender = try #require(page.text.firstMatch(of: /\/statistics\?by=chapter&amp;lender=[^"]+/))
            page = try await officer.get(String(lender.output).replacing("&amp;", with: "&"))
            #expect(page.text.contains("机构") && page.text.contains("取消此条件"))
            let sheet = try await officer.get("/statistics/sheet?by=region")
            #expect(sheet.headers[.contentDisposition]?.contains("2026-10-region.xlsx") == true)
            // What is not kept together is told, not an error of the system.
            #expect(try await officer.get("/statistics?by=quality&region=500235").status == 422)
            #expect(try await officer.get("/statistics?by=nothing").status == 422)
        }
    }

    @Test(
        "A lender and its supervisor look at a project that costs less than is out for it", arguments: Engine.allCases)
    func overfinanced(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            func loan(_ id: String, _ borrower: String) -> Ledger {
                Ledger([
                    Ledger.loan(
                        id, "50MW风力发电场建设", balance: "6000000.00",
                        ["项目名称": "云阳龙缸风电项目", "项目总投资": "10000000.00", "借款人名称": borrower])
                ])
            }
            let (bank, other) = (try await house.organisation(.lender), try await house.organisation(.lender))
            let officer = try await house.viewer([.officer], of: bank)
            _ = try await house.take(loan("A1", "渝能新能源有限公司"), by: officer)
            _ = try await house.take(loan("B1", "渝能新能源有限责任公司"), by: house.viewer([.officer], of: other))
            while try await house.runner().lookOverOnce() { try await house.work() }
            let lender = try portal.browser(officer)
            var page = try await lender.get("/overfinancings")
            #expect(page.text.contains("云阳龙缸风电项目") && page.text.contains("本机构与其他机构"))
            let link = try #require(page.text.firstMatch(of: /\/overfinancings\/fin_[a-z0-9]+/)).output
            page = try await lender.get(String(link))
            #expect(page.text.contains(">A1</a>") && page.text.contains("合计超过其总投资"))
            for secret in [">B1<", other.name, "渝能新能源有限责任公司", "1,200.00"] { #expect(!page.text.contains(secret)) }
            let supervisor = try portal.browser(await house.member(.regulator, [.officer]))
            page = try await supervisor.get(String(link))
            for word in [">A1</a>", ">B1</a>", bank.name, other.name, "1,200.00", "200.00"] {
                #expect(page.text.contains(word), "\(word)")
            }
            // From the loan to its months and to all that its borrower owes.
            let loan = try #require(page.text.firstMatch(of: /\/books\/[a-z0-9_]+\/facilities\/2/)).output
            page = try await supervisor.get(String(loan))
            let months = try await supervisor.get("\(loan)/months")
            #expect(months.text.contains(">2026-10</a>") && months.text.contains(">600.00<"))
            let borrower = try #require(page.text.firstMatch(of: /\/borrowers\?borrower=[^"]+/)).output
            page = try await supervisor.get(String(borrower))
            #expect(page.text.contains(bank.name) && page.text.contains(other.name))
            #expect(try await lender.get(String(borrower)).text.contains(other.name) == false)
            #expect(try await supervisor.get("/borrowers").status == 200)
            #expect(try await supervisor.get("/overfinancings?period=2026-09").text.contains("没有这样的项目"))
        }
    }

    @Test("A supervisor publishes a month, and whoever comes by reads it", arguments: Engine.allCases)
    func published(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            let regulator = try await house.organisation(.regulator)
            let reviewer = try portal.browser(await house.viewer([.reviewer], of: regulator))
            let stranger = try portal.browser(await house.member(.enterprise, [.officer]))
            #expect(try await stranger.get("/open").text.contains("还没有公布的数据"))
            for _ in 0..<3 {
                let ledger = Ledger((1...4).map { Ledger.loan("G\($0)", "50MW风力发电场建设", balance: "2000000.00") })
                _ = try await house.take(ledger, by: house.member(.lender, [.officer]))
            }
            var page = try await reviewer.get("/statistics")
            let link = "/organisations/\(regulator.id.text)/releases/2026-10"
            #expect(page.text.contains(link))
            page = try await reviewer.get(link)
            #expect(page.text.contains(">2,400.00<") && page.text.contains("不能修改"))
            var answer = try await reviewer.post(link, from: page, ["after": ""])
            #expect(answer.status == 303)
            page = try await stranger.get(try #require(answer.location))
            #expect(page.status == 200 && page.text.contains(regulator.name) && page.text.contains(">2,400.00<"))
            #expect(try await stranger.get("/open").text.contains("2026-10"))
            // Sent twice, or without a reason: told beside the field.
            page = try await reviewer.get(link)
            answer = try await reviewer.post(link, from: page, ["after": "1", "reason": ""])
            #expect(answer.status == 422 && answer.text.contains("公布新版本须说明理由"))
            answer = try await reviewer.post(link, from: page, ["after": "1", "reason": "更正"])
            #expect(answer.status == 422 && answer.text.contains("无须再公布"))
            #expect(try await stranger.get(link).status == 403)
        }
    }
}
