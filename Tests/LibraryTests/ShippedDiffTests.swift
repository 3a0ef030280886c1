import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("The shipped standards side by side")
struct ShippedDiffTests {
    private let library: RuleLibrary

    init() throws {
        library = try LoadedLibrary.shared()
    }

    private func diff(_ first: String, _ second: String, _ item: String? = nil) throws -> StandardDiff {
        let rule = StandardDiffRule(
            try #require(library.pack(first)), try #require(library.pack(second)), crosswalks: library.crosswalks,
            dictionary: library.facts)
        return rule.diff(try item.map { .first(try #require(ItemCode($0))) })
    }

    @Test("The editions of 2019 and 2025: every link of the crosswalk once, every other item on one side")
    func editions() throws {
        let diff = try diff("cn.green-industry.2019", "cn.green-finance.2025")
        let links = try #require(
            library.crosswalks.crosswalks.first { $0.id == "cn.green-finance.2025--cn.green-industry.2019" }
        ).links
        #expect(diff.pairs.count == links.count)
        #expect(Set(diff.pairs.map(\.second.item)).count + diff.onlyInSecond.count == 271)
        #expect(Set(diff.pairs.map(\.first.item)).count + diff.onlyInFirst.count == 211)
        #expect(diff.pairs.map(\.first.item) == diff.pairs.map(\.first.item).sorted())
        #expect(diff.count(of: .notStated) == 0)
        // Note 1 of the 2025 catalogue asks mandatory rules and industrial policy of every project.
        #expect(diff.general.change == .stricter)
        for pair in diff.pairs {
            #expect(pair.cases.contains { !$0.added.isEmpty } == [.stricter, .different].contains(pair.change))
            #expect(pair.cases.contains { !$0.dropped.isEmpty } == [.looser, .different].contains(pair.change))
        }
    }

    @Test("The module limits of the 2019 catalogue for solar power are not in that of 2025")
    func solarPower() throws {
        let pair = try #require(try diff("cn.green-industry.2019", "cn.green-finance.2025", "3.2.2").pairs.first)
        #expect(pair.second.description == "4.2.2")
        #expect(pair.relation == .equal)
        #expect(pair.change == .looser)
    }

    @Test("A standard beside itself is equal throughout")
    func itself() throws {
        for pack in library.packs {
            let diff = try diff(pack.id, pack.id)
            #expect(diff.pairs.count == pack.items.count)
            #expect(diff.pairs.allSatisfy { $0.change == .equal })
            #expect(diff.onlyInFirst.isEmpty && diff.onlyInSecond.isEmpty)
        }
    }

    @Test("Turned round, stricter is looser")
    func turned() throws {
        let forth = try diff("cn.green-bond.2021", "cn.green-industry.2019")
        let back = try diff("cn.green-industry.2019", "cn.green-bond.2021")
        #expect(forth.count(of: .stricter) == back.count(of: .looser))
        #expect(forth.count(of: .looser) == back.count(of: .stricter))
        #expect(forth.count(of: .equal) == back.count(of: .equal))
        #expect(forth.onlyInFirst == back.onlyInSecond)
    }

    @Test("Words of the trade lead to the item of the 2025 catalogue")
    func search() throws {
        let pack = try #require(library.pack("cn.green-finance.2025"))
        #expect(ItemSearch([pack]).items(holding: ["风力发电"]).first?.item.name.zh.contains("风力发电") == true)
        #expect(ItemSearch(library.packs).items(holding: ["offshore", "wind"]).isEmpty == false)
    }
}
