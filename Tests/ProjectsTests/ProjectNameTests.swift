import Library
import Seeded
import Testing
import Vocabulary

@testable import Projects

@Suite("Names of projects")
struct ProjectNameTests {
    private let words: NameWords
    private let comparison: ProjectComparison

    init() throws {
        words = try NameLibrary.words()
        comparison = try NameLibrary.comparison()
    }

    private func likeness(_ left: String, _ right: String) -> Likeness {
        comparison.likeness(ProjectProfile(name: left, words), ProjectProfile(name: right, words))
    }

    @Test("A name is taken apart into place, own words, phase and capacity")
    func parts() throws {
        let name = ProjectName("关于奉节县金凤镇10万千瓦光伏发电项目（二期）的备案", words)
        #expect(name.place == (try RegionCode.parse("500236")))
        #expect(name.ownWords == "金凤")
        #expect(name.phases == [2])
        #expect(name.capacities == ["power": 100_000])
        #expect(ProjectName("綦江2×660MW燃气发电", words).capacities == ["power": 1_320_000])
        #expect(ProjectName("忠县一、二期污水管网", words).phases == [1, 2])
        #expect(ProjectName("万州区第十二污水处理厂", words).numbers == [12])
        #expect(ProjectName("渝西大道A标段", words).lots == ["a"])
    }

    @Test(
        "Capacities are compared after their units",
        arguments: [
            ("100MW", "10万千瓦"), ("100MW", "100兆瓦"), ("0.1GW", "100000kW"), ("2×50MW", "10万千瓦"),
            ("５０ＭＷ", "5万千瓦"),
        ])
    func units(_ left: String, _ right: String) {
        let found = likeness("奉节县金凤\(left)风电场", "奉节县金凤\(right)风电场")
        #expect(found.verdict == .same)
        #expect(found.findings.contains { $0.reason == .capacitySame })
    }

    @Test("Phases, lots and extensions are related projects, not the same")
    func related() {
        let name = "奉节县金凤污水处理厂"
        for (left, right) in [("一期", "二期"), ("1期", "Ⅱ期工程"), ("一标段", "二标段"), ("", "扩建工程")] {
            #expect(likeness(name + left, name + right).verdict == .related, "\(left) \(right)")
        }
        for (left, right) in [("一期", "Ⅰ期"), ("（第二期工程）", "2期"), ("项目", "建设工程"), ("", "EPC总承包")] {
            #expect(likeness(name + left, name + right).verdict == .same, "\(left) \(right)")
        }
    }

    @Test("Another number, county, town or subject is another project")
    func different() {
        #expect(likeness("奉节县第一污水处理厂", "奉节县第二污水处理厂").verdict == .different)
        #expect(likeness("奉节县城乡供水一体化项目", "云阳县城乡供水一体化项目").verdict == .different)
        #expect(likeness("奉节县康乐镇光伏项目", "奉节县白帝镇光伏项目").verdict == .different)
        #expect(likeness("奉节县康乐供水工程", "奉节县康乐排水工程").verdict == .different)
        #expect(likeness("成渝轨道交通4号线", "成渝轨道交通5号线").verdict == .different)
    }

    @Test("Every reason names what it saw, with nothing left open in its sentence")
    func reasons() throws {
        let book = try NameLibrary.shared().phrasebook
        let found = likeness("奉节县金凤100MW光伏发电项目一期", "奉节金凤5万千瓦光伏电站二期")
        #expect(Set(found.findings.map(\.reason)).isSuperset(of: [.phaseDiffers, .capacityDiffers, .nameSame]))
        for finding in found.findings {
            for language in Language.allCases { #expect(!book.text(finding.message, in: language).contains("{")) }
        }
        #expect(found.reasonsFor.allSatisfy { $0.weight > 0 } && found.reasonsAgainst.allSatisfy { $0.weight < 0 })
    }

    @Test("Any text has a reading, and comparing is the same from both sides")
    func fuzz() {
        var random = SeededGenerator(seed: 42)
        let letters = Array("奉节县金凤100MW.光伏发电项目一二期第（）()万千瓦×x吨/日关于新建标段EPC、-2025年\u{1F600}").map { String($0) }
        for _ in 0..<1500 {
            func text() -> String {
                (0..<Int.random(in: 0...40, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
                    .joined()
            }
            let (left, right) = (text(), text())
            let (there, back) = (likeness(left, right), likeness(right, left))
            #expect(there.verdict == back.verdict && (0...1).contains(there.probability), "\(left) | \(right)")
            // A name of which nothing is its own may be any project's.
            #expect([.same, .perhaps].contains(likeness(left, left).verdict) || ProjectName(left, words).core.isEmpty)
        }
        _ = ProjectName(String(repeating: "9", count: 100_000) + "MW", words)
    }
}
