import Access
import HTTPTypes
import LedgerFixtures
import Platform
import PlatformFixtures
import Standards
import Store
import Testing
import Vocabulary

@Suite("Journeys of a lender's own model")
struct ModelJourneyTests {
    @Test(
        "A model is trained from decisions, looked at, and switched on by another reviewer", arguments: Engine.allCases)
    func model(engine: Engine) async throws {
        try await PortalHouse.with(engine) { portal in
            let house = portal.house
            let bank = try await house.organisation(.lender)
            let officer = try await house.viewer([.officer], of: bank)
            let reviewer = try portal.browser(await house.viewer([.reviewer], of: bank))
            let second = try portal.browser(await house.viewer([.reviewer], of: bank))
            try await house.platform.setReviewLimit(
                Money(fen: .max), of: bank.id, by: house.viewer([.administrator], of: bank))
            let refresh = try #require(HTTPField.Name("Refresh"))
            let path = "/organisations/\(bank.id.text)/models"
            let home = try await reviewer.get("/organisations/\(bank.id.text)")
            #expect(home.text.contains("href=\"\(path)\""))
            let empty = try await reviewer.get(path)
            #expect(empty.text.contains("还没有训练过模型") && empty.text.contains("现用平台自带的模型"))
            let few = try await reviewer.post(path, from: empty, [:])
            #expect(few.status == 422 && few.text.contains("至少需要20项"))
            let ledger = Ledger(
                "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许".enumerated().map {
                    Ledger.loan("D\($0.offset)", "\($0.element)记设备更新改造项目", balance: "1000000.00")
                })
            let book = try await house.take(ledger, by: officer).book.id
            for line in 2..<22 {
                _ = try await house.platform.decide(
                    on: book, line: line, .accepted, item: ItemCode("1.4.1"), reason: "看过合同", in: .zh, by: officer)
            }
            let asked = try await reviewer.post(path, from: empty, [:])
            #expect(asked.location == path + "?done=model.started")
            let training = try await reviewer.get(path)
            #expect(training.text.contains("训练中") && training.headers[refresh] != nil)
            #expect(try await reviewer.post(path, from: training, [:]).text.contains("已有模型正在训练"))
            try await house.work()
            let ready = try await second.get(path)
            #expect(ready.text.contains("可用") && ready.text.contains("留作检验的决定") && ready.text.contains("待人工判定"))
            #expect(!ready.text.contains(">model.") && ready.headers[refresh] == nil)
            let use = ["model": try ready.hidden("model")]
            #expect(try await reviewer.post(path + "/in-use", from: training, use).text.contains("不能自行切换"))
            let switched = try await second.post(path + "/in-use", from: ready, use)
            #expect(switched.location == path + "?done=model.switched")
            let now = try await second.get(path)
            #expect(now.text.contains("现用</td>") && now.text.contains("改用平台自带的模型"))
            #expect(try await second.get("/books/\(book.text)").text.contains("较早的规则"))
            #expect(try await second.post(path + "/in-use", from: now, ["model": ""]).status == 303)
            #expect(try await second.post(path + "/in-use", from: now, ["model": "x"]).status == 404)
            let examples = try await second.get(path + "/examples")
            #expect(examples.headers[.contentDisposition]?.contains("examples.tsv") == true)
            #expect(examples.text.split(separator: "\n").count == 21)
            // The supervisor sees how it compares, and no customer.
            let supervisor = try portal.browser(await house.member(.regulator, [.reader]))
            #expect(try await supervisor.get(path).text.contains("可用"))
            #expect(try await supervisor.get(path + "/examples").status == 403)
            #expect(try await portal.browser(house.member(.lender, [.reviewer])).get(path).status == 404)
        }
    }
}
