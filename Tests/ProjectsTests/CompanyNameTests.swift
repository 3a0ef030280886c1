import Seeded
import Testing
import Vocabulary

@testable import Projects

@Suite("Names of companies")
struct CompanyNameTests {
    private let words: NameWords
    private let comparison: CompanyComparison

    init() throws {
        words = try NameLibrary.words()
        comparison = try NameLibrary.comparison().companies
    }

    private func verdict(_ left: String, _ right: String) -> LikenessVerdict {
        comparison.likeness(CompanyProfile(name: left, words), CompanyProfile(name: right, words)).verdict
    }

    @Test("A name is taken apart into place, mark, trade, form and branch")
    func parts() throws {
        let name = CompanyName("重庆市渝北区渝能（集团）新能源科技有限责任公司綦江分公司", words)
        #expect(name.place == (try RegionCode.parse("500112")))
        #expect(name.mark == "渝能集团" || name.mark == "渝能")
        #expect(name.trade == "新能源科技")
        #expect(name.form == .limited)
        #expect(name.branch == "綦江分公司")
        let inner = CompanyName("长江绿能(重庆)环保科技股份有限公司", words)
        #expect(inner.innerPlace == (try RegionCode.parse("500000")) && inner.place == nil)
        #expect(inner.mark == "长江绿能" && inner.form == .jointStock)
        #expect(CompanyName("重庆渝能集团有限公司", words).isGroup)
    }

    @Test("A mark keeps two letters, and as few as the words of trade allow")
    func marks() {
        #expect(CompanyName("重庆渝新能源有限公司", words).mark == "渝新")
        #expect(CompanyName("重庆卓筑新材料科技有限公司", words).mark == "卓筑")
        #expect(CompanyName("重庆水务", words).mark == "水务")
    }

    @Test("Sister companies, other marks and other places are other companies")
    func different() {
        #expect(verdict("重庆渝能新能源有限公司", "重庆渝能能源有限公司") == .different)
        #expect(verdict("重庆渝能能源有限公司", "重庆渝龙能源有限公司") == .different)
        #expect(verdict("重庆渝能能源有限公司", "成都渝能能源有限公司") == .different)
        #expect(verdict("重庆第一建筑工程有限公司", "重庆第二建筑工程有限公司") == .different)
    }

    @Test("The same company is found in whatever brackets, letters and long forms it is written")
    func same() {
        for other in [
            "重庆市渝能新能源有限责任公司", "重庆渝能新能源公司", "重慶渝能新能源有限公司", " 重庆渝能新能源 有限公司（盖章）", "1、重庆渝能新能源有限公司",
            "重庆渝能新能原有限公司", "重庆渝能新源能有限公司",
        ] { #expect(verdict("重庆渝能新能源有限公司", other) == .same, "\(other)") }
    }

    @Test("One letter for another is a slip only where the two sound or look alike")
    func slips() {
        #expect(verdict("重庆长江航道绿化有限公司", "重庆长江航运绿化有限公司") == .different)
        #expect(verdict("重庆长江航道绿化有限公司", "重庆长江航道绿花有限公司") == .same)
    }

    @Test("Codes decide where both are known, and a branch with its own code is related")
    func codes() throws {
        let first = try UnifiedSocialCreditCode.parse("91500112N7U9BJPU29")
        let second = try UnifiedSocialCreditCode.parse("91500112A3DA3FR30D")
        func likeness(_ a: String, _ b: String, _ c: UnifiedSocialCreditCode?) -> Likeness {
            comparison.likeness(
                CompanyProfile(name: a, code: first, words), CompanyProfile(name: b, code: c, words))
        }
        let name = "重庆渝能新能源有限公司"
        #expect(likeness(name, "完全不同的名称", first).verdict == .same)
        #expect(likeness(name, name, second).verdict == .different)
        #expect(likeness(name, name + "綦江分公司", second).verdict == .related)
        #expect(likeness(name, name, nil).verdict == .same)
    }

    @Test("An older name that is stated finds the company under its new one")
    func formerNames() {
        let now = CompanyProfile(name: "重庆巴渝绿源集团有限公司", formerNames: ["重庆渝能新能源有限公司"], words)
        let old = CompanyProfile(name: "重庆市渝能新能源有限责任公司", words)
        let likeness = comparison.likeness(now, old)
        #expect(likeness.verdict == .same)
        #expect(likeness.reasonsFor.contains { $0.reason == .formerName })
    }

    @Test("Any text has a reading, and comparing is the same from both sides")
    func fuzz() {
        var random = SeededGenerator(seed: 41)
        let letters = Array("重庆市渝能新源有限责任公司（）()集团分第一二3期MW万千瓦·　\u{200B}x原曾用名：\u{1F600}").map { String($0) }
        for _ in 0..<1500 {
            func text() -> String {
                (0..<Int.random(in: 0...40, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
                    .joined()
            }
            let (left, right) = (CompanyProfile(name: text(), words), CompanyProfile(name: text(), words))
            let there = comparison.likeness(left, right)
            let back = comparison.likeness(right, left)
            #expect(there.verdict == back.verdict && (0...1).contains(there.probability))
            #expect(abs(there.probability - back.probability) < 1e-9)
        }
        _ = CompanyName(String(repeating: "（", count: 100_000), words)
    }
}
