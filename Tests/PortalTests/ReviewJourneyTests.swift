import Access
import LedgerFixtures
import Platform
import PlatformFixtures
import Store
import Testing
import Vocabulary

@Suite("Journeys of a review")
struct ReviewJourneyTests {
    private static let ledger = Ledger([
        Ledger.loan("D/1", "生产线节能升级与扩建", balance: "9000000.00"),
        Ledger.loan("D2", "设备更新改造项目", balance: "1000000.00"),
        Ledger.loan("L3", "50MW风力发电场建设", balance: "2000000.00"),
    ])

    @Test(
        "A loan in doubt is opened, decided of, seconded, counted, and the decision undone", arguments: Engine.allCases)
    func review(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            let bank = try await house.organisation(.lender)
            let officer = try await house.viewer([.officer], of: bank)
            let (clerk, second) = (
                try portal.browser(officer), try portal.browser(await house.viewer([.reviewer], of: bank))
            )
            let chief = try portal.browser(await house.viewer([.administrator], of: bank))
            let book = "/books/\(try await house.take(Self.ledger, by: officer).book.id.text)"
            // From the book to the loan.
            let page = try await clerk.get(book)
            #expect(page.text.contains("待判定2笔") && page.text.contains("href=\"\(book)/doubts\""))
            let doubts = try await clerk.get(book + "/doubts")
            #expect(doubts.text.contains(">D/1<") && doubts.text.contains(">D2<") && !doubts.text.contains(">L3<"))
            let loan = "\(book)/facilities/2"
            #expect(doubts.text.contains("href=\"\(loan)\""))
            let opened = try await clerk.get(loan)
            #expect(opened.text.contains("「线节能升级与」") && opened.text.contains("「扩建」"))
            #expect(opened.text.contains("item:1.4.1") && opened.text.contains("须由另一名复核人员同意"))
            #expect(!opened.text.contains("review."), "a phrase is missing")
            func decide(_ fields: [String: String], on loan: String = loan, by browser: Browser? = nil) async throws
                -> Answer
            {
                house.pass(seconds: 1)
                let browser = browser ?? clerk
                return try await browser.post(loan + "/decisions", from: browser.get(loan), fields)
            }
            // What is missing comes back beside its field, with what was entered.
            let empty = try await decide(["choice": "other", "item": "", "reason": "看过合同"])
            #expect(empty.status == 422 && empty.text.contains("请填写目录中有的条目编号") && empty.text.contains("看过合同"))
            #expect(try await decide(["choice": "not_green", "reason": " "]).text.contains("请写明理由"))
            let proposed = try await decide(["choice": "item:1.4.1", "reason": "合同写明节能"])
            #expect(proposed.location == loan + "?done=review.done-proposed")
            #expect(try await decide(["choice": "not_green", "reason": "再想"]).text.contains("已有决定在等待第二人"))
            // The proposer can only take it back; the second person finds it and agrees.
            let own = try await clerk.get(loan)
            #expect(own.text.contains("/withdrawal") && !own.text.contains("/confirmation"))
            let waiting = try await second.get("/decisions?state=proposed")
            #expect(waiting.text.contains("合同写明节能") && waiting.text.contains("href=\"\(loan)\""))
            let seen = try await second.get(loan)
            let action = try #require(seen.text.firstRange(of: "/decisions/rvd_"))
            let decision = String(seen.text[action.lowerBound...].prefix { $0 != "\"" }).replacing(
                "/confirmation", with: "")
            let wordless = try await second.post(decision + "/refusal", from: seen, ["reason": ""])
            #expect(wordless.status == 422 && wordless.text.contains("请写明理由"))
            #expect(try await clerk.post(decision + "/confirmation", from: own, [:]).status == 403)
            let agreed = try await second.post(decision + "/confirmation", from: seen, [:])
            #expect(agreed.location == loan + "?done=review.answered")
            #expect(try await second.post(decision + "/confirmation", from: seen, [:]).text.contains("已经处理过了"))
            // It counts once the book is gone over again.
            var counted = try await clerk.get(book)
            #expect(counted.text.contains("有1笔决定的变动尚未计入"))
            let started = try await clerk.post(book + "/assessments", from: counted, [:])
            #expect(started.location == book + "?done=review.counting")
            counted = try await clerk.get(book)
            #expect(
                counted.text.contains("<progress") && counted.text.contains("200.00"),
                "what was found before still stands")
            try await house.work()
            counted = try await clerk.get(book)
            #expect(counted.text.contains("1,100.00") && !counted.text.contains("尚未计入"))
            #expect(counted.text.contains("待判定1笔") && counted.text.contains(officer.name))
            #expect(try await clerk.get(loan).text.contains("人工决定"))
            // The administrator sets the limit; below it one person undoes.
            let home = "/organisations/\(bank.id.text)"
            let form = try await chief.get(home)
            #expect(form.text.contains("每个决定都须由第二人同意"))
            let wrong = try await chief.post(home + "/review", from: form, ["second_above": "很多"])
            #expect(wrong.status == 422 && wrong.text.contains("value=\"很多\""))
            #expect(try await chief.post(home + "/review", from: form, ["second_above": "900"]).status == 303)
            #expect(try await chief.get(home).text.contains("900.00万元"))
            #expect(try await clerk.post(home + "/review", from: clerk.get(home), ["second_above": ""]).status == 403)
            #expect(try await clerk.get(loan).text.contains("决定即时生效"))
            let undone = try await decide(["choice": "as_found", "reason": "看错了合同"])
            #expect(undone.location == loan + "?done=review.done")
            #expect(try await clerk.get("/decisions").text.contains("看错了合同"))
            // In English too.
            let foreign = try portal.browser(
                Viewer(
                    person: officer.person, name: officer.name, language: .en, memberships: officer.memberships,
                    credential: officer.credential))
            let english = try await foreign.get(loan)
            #expect(english.text.contains("Speaks for it") && !english.text.contains("review."))
            // The supervisor reads and decides of nothing; another bank finds nothing.
            let supervisor = try portal.browser(await house.member(.regulator, [.reader]))
            let read = try await supervisor.get(loan)
            #expect(read.status == 200 && !read.text.contains("id=\"decide\"") && read.text.contains("看错了合同"))
            let other = try portal.browser(await house.member(.lender, [.reviewer]))
            for path in [loan, book + "/doubts"] { #expect(try await other.get(path).status == 404) }
            #expect(try await !other.get("/decisions").text.contains("合同"))
            #expect(try await other.post(decision + "/confirmation", from: other.get("/books"), [:]).status == 404)
            for line in ["0", "99", "x", "-1", "99999999999999999999"] {
                #expect(try await clerk.get("\(book)/facilities/\(line)").status == 404)
            }
        }
    }
}
