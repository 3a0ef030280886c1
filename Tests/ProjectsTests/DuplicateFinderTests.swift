import Foundation
import Library
import Seeded
import Testing
import Vocabulary

@testable import Projects

@Suite("Finding duplicates in a registry")
struct DuplicateFinderTests {
    private let comparison: ProjectComparison
    private let places: [Region]

    init() throws {
        comparison = try NameLibrary.comparison()
        places = try NameLibrary.shared().regions.regions.filter { $0.status == .current && $0.code.level == .county }
    }

    private func registry(_ count: Int, seed: UInt64) -> [Project] {
        var generator = InventedProjects(places: places, seed: seed)
        return (0..<count).map { generator.project(Examples.id($0)) }
    }

    @Test("A project written otherwise is found again among thousands")
    func found() throws {
        let projects = registry(3000, seed: 1)
        let finder = DuplicateFinder(projects, comparison)
        var asked = 0
        var found = 0
        for (number, project) in projects.enumerated() where number.isMultiple(of: 30) {
            var other = project
            other.name = project.name.replacingOccurrences(of: "项目", with: "工程").replacingOccurrences(
                of: "MW", with: "兆瓦")
            other.owner.name = project.owner.name.replacingOccurrences(of: "有限公司", with: "有限责任公司")
            let copy = Project(id: Examples.id(100_000 + number), name: other.name, owner: other.owner)
            asked += 1
            if finder.matches(of: copy).contains(where: { $0.id == project.id && $0.likeness.verdict == .same }) {
                found += 1
            }
        }
        #expect(asked == 100 && found >= 99)
    }

    @Test("A project does not find itself, and one taken out is found no more")
    func taken() throws {
        let project = Examples.project(1)
        let copy = Examples.project(2, "奉节县金凤10万千瓦光伏电站")
        var finder = DuplicateFinder([project, copy], comparison)
        #expect(finder.matches(of: project).map(\.id) == [copy.id])
        finder.remove(copy.id)
        #expect(finder.matches(of: project).isEmpty && finder.count == 1)
        finder.insert(copy)
        #expect(finder.matches(of: project).map(\.id) == [copy.id] && finder.count == 2)
    }

    @Test("A new version takes the place of the old one")
    func versions() {
        let project = Examples.project(1)
        var copy = Examples.project(2, "巫山县大昌风电场")
        var finder = DuplicateFinder([project, copy], comparison)
        #expect(finder.matches(of: project).isEmpty)
        copy.name = "奉节县金凤100MW光伏发电站项目"
        finder.insert(copy)
        #expect(finder.matches(of: project).map(\.id) == [copy.id])
        #expect(finder.count == 2)
    }

    @Test("One national code finds a project under any name; another code parts even the same name")
    func codes() throws {
        var project = Examples.project(1)
        var renamed = Examples.project(2, "渝东能源基地一号工程")
        project.nationalCode = try ProjectCode.parse("2403-500236-04-01-123456")
        renamed.nationalCode = project.nationalCode
        let finder = DuplicateFinder([project, renamed], comparison)
        #expect(finder.matches(of: project).first?.likeness.verdict == .same)
        var twin = Examples.project(3)
        twin.nationalCode = try ProjectCode.parse("2403-500236-04-01-654321")
        #expect(!finder.matches(of: twin).contains { $0.likeness.verdict == .same })
    }

    @Test("Every pair of duplicates is told once, the older project first, and phases are no duplicates")
    func pairs() {
        let projects = [
            Examples.project(3, "奉节县金凤光伏电站"), Examples.project(1, "奉节金凤光伏发电项目"),
            Examples.project(2, "巫山县大昌污水处理厂一期"), Examples.project(4, "巫山县大昌污水处理厂二期"),
        ]
        let pairs = DuplicateFinder(projects, comparison).pairs()
        #expect(pairs.map { [$0.first, $0.second] } == [[Examples.id(1), Examples.id(3)]])
    }

    @Test("Many projects of one name cost no more than the search allows")
    func crowd() {
        let projects = (0..<4000).map { Examples.project($0, "农村生活污水治理项目") }
        let finder = DuplicateFinder(projects, comparison)
        #expect(
            finder.matches(of: Examples.project(9999, "农村生活污水治理项目"), limit: 500).count <= CandidateSearch.mostCandidates
        )
    }

    @Test("Companies are found by code, by name and by older names")
    func companies() throws {
        let words = comparison.words
        let code = try UnifiedSocialCreditCode.parse("91500112N7U9BJPU29")
        let companies = [
            CompanyProfile(name: "重庆渝能新能源有限公司", code: code, words),
            CompanyProfile(name: "成都川锐环保科技有限公司", words),
            CompanyProfile(name: "重庆嘉恒水务有限公司", formerNames: ["重庆嘉恒供水有限公司"], words),
        ]
        let finder = CompanyFinder(companies, comparison.companies)
        func first(_ name: String, _ code: UnifiedSocialCreditCode? = nil) -> Int? {
            finder.matches(of: CompanyProfile(name: name, code: code, words)).first?.index
        }
        #expect(first("甲乙丙丁", code) == 0)
        #expect(first("成都市川锐环保科技有限责任公司") == 1)
        #expect(first("重庆嘉恒供水有限责任公司") == 2)
        #expect(first("贵州甲乙丙丁有限公司") == nil)
    }

    @Test("An index gives back what was put in, whatever came later")
    func blocks() {
        var random = SeededGenerator(seed: 3)
        var entries: [(key: UInt64, item: UInt32)] = []
        var expected: [UInt64: Set<UInt32>] = [:]
        for item in 0..<400 as Range<UInt32> {
            for _ in 0..<5 {
                let key = UInt64.random(in: 0..<60, using: &random)
                entries.append((key, item))
                expected[key, default: []].insert(item)
            }
        }
        var index = BlockIndex(&entries)
        index.add(400, keys: [1, 1, 1000])
        expected[1, default: []].insert(400)
        expected[1000] = [400]
        for key in 0...1001 as ClosedRange<UInt64> {
            var found: [UInt32] = []
            index.forEach(key) { found.append($0) }
            #expect(Set(found) == expected[key] ?? [] && found.count == index.count(key))
            #expect(found.count == Set(found).count)
        }
    }
}
