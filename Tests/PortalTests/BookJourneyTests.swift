import Access
import HTTPTypes
import LedgerFixtures
import Platform
import PlatformFixtures
import Store
import Testing
import Vocabulary

@Suite("Journeys of a lender's month")
struct BookJourneyTests {
    private static let ledger = Ledger([
        Ledger.loan("L1", "50MW风力发电场建设", balance: "30000000.00", ["项目名称": "虚构风电场"]),
        Ledger.loan("L2", "采购钢材", balance: "2000000.00"),
    ])

    @Test(
        "A book is sent, followed, given back with its faults, sent again, opened, and replaced",
        arguments: Engine.allCases)
    func month(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            let bank = try await house.organisation(.lender)
            let officer = try portal.browser(await house.viewer([.officer], of: bank))
            let form = try await officer.get("/books")
            #expect(form.status == 200 && form.text.contains("没有台账") && form.text.contains("报送台账"))
            func send(_ ledger: Ledger, period: String = "2026-10") async throws -> Answer {
                house.pass(seconds: 1)
                return try await officer.upload(
                    "/books", from: form, file: "台账.csv", "text/csv", ledger.csv(),
                    fields: [("organisation", form.hidden("organisation")), ("period", period)])
            }
            func path(_ answer: Answer) throws -> String {
                #expect(answer.status == 303, "\(answer.text)")
                return String(try #require(answer.location).prefix { $0 != "?" })
            }
            // A month that is not over comes back beside its field.
            let early = try await send(Self.ledger, period: "2026-11")
            #expect(early.status == 422 && early.text.contains("尚未结束") && early.text.contains("value=\"2026-11\""))
            // A faulty one: it can be followed, and goes back with the lines that are wrong.
            var wrong = Self.ledger
            wrong.rows[1]["贷款余额"] = "二百万"
            let faulty = try path(await send(wrong))
            var page = try await officer.get(faulty + "?done=book.sent")
            #expect(page.text.contains("台账已收到") && page.text.contains("等待处理"))
            #expect(page.headers[try #require(.init("Refresh"))] == "2; url=\(faulty)")
            #expect(try await send(Self.ledger).text.contains("正在处理，请等其完成或先取消"))
            try await house.work()
            page = try await officer.get(faulty)
            #expect(page.text.contains("有1行不能读作贷款") && page.text.contains("二百万"))
            #expect(page.headers[try #require(.init("Refresh"))] == nil)
            let faults = try await officer.get(faulty + "/faults")
            #expect(faults.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(faults.text.contains("L2,重庆某某有限公司,采购钢材,二百万,"))
            // One that waits is called off.
            let waiting = try path(await send(Self.ledger))
            let called = try await officer.post(waiting + "/cancellation", from: officer.get(waiting), [:])
            #expect(called.location == waiting + "?done=book.cancel-asked")
            #expect(try await officer.get(waiting).text.contains("已取消"))
            // The right one is opened, down to the loan and the statement.
            let first = try path(await send(Self.ledger))
            try await house.work()
            page = try await officer.get(first)
            #expect(page.text.contains("已采用") && page.text.contains("3,200.00") && page.text.contains("3,000.00"))
            #expect(!page.text.contains("book."), "a phrase is missing")
            let loans = try await officer.get(first + "/facilities?decision=accepted")
            #expect(loans.text.contains("虚构风电场") && !loans.text.contains("采购钢材"))
            let statement = try await officer.get(first + "/statement")
            #expect(statement.status == 200 && statement.text.contains("<html"))
            #expect(statement.headers[.contentSecurityPolicy]?.hasPrefix("default-src 'none'") == true)
            #expect(try await officer.get(first + "/statement.xlsx").bytes.starts(with: Array("PK".utf8)))
            #expect(try await officer.get(first + "/file").bytes == Self.ledger.csv())
            // The next version tells what is otherwise.
            var more = Self.ledger
            more.rows[0]["贷款余额"] = "29000000.00"
            let second = try path(await send(more))
            try await house.work()
            page = try await officer.get(second)
            #expect(page.text.contains("变动1笔") && page.text.contains("-100.00") && page.text.contains(first))
            let changes = try await officer.get(second + "/changes")
            #expect(
                changes.text.contains("<td>L1</td>") && !changes.text.contains("<td>L2</td>")
                    && changes.text.contains("2,900.00"))
            #expect(try await officer.get(first).text.contains("已被替换"))
            // The supervisor sees it, another bank does not.
            let supervisor = try portal.browser(await house.member(.regulator, [.reader]))
            #expect(try await supervisor.get(second).status == 200)
            #expect(try await supervisor.get(second + "/file").status == 403)
            #expect(try await !supervisor.get("/books").text.contains("id=\"send\""))
            let other = try portal.browser(await house.member(.lender, [.officer]))
            for rest in ["", "/facilities", "/changes", "/statement", "/file", "/faults"] {
                #expect(try await other.get(second + rest).status == 404)
            }
            let english = try await officer.get("/books?period=2026-10&state=accepted")
            #expect(english.text.contains("2026-10") && !english.text.contains("已被替换</td>"))
        }
    }
}
