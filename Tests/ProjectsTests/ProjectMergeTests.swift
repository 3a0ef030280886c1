import Seeded
import Standards
import Testing
import Vocabulary

@testable import Projects

@Suite("Putting records of one project together")
struct ProjectMergeTests {
    private let capacity = FactID("installed_capacity")

    private func pair() throws -> (Project, Project) {
        var first = try Examples.complete(1)
        var second = try Examples.complete(2)
        second.name = "奉节县金凤光伏电站"
        second.owner = ProjectOwner(name: "重庆渝能新能源有限责任公司", formerNames: ["重庆渝能光伏有限公司"])
        second.industry = try IndustryCode.parse("4416")
        second.totalInvestment = try Money.parse("4.3", unit: .hundredMillionYuan)
        first.facts[capacity] = Fact(.number(90), statedOn: try CalendarDate.parse("2026-05-01"))
        second.facts[capacity] = Fact(.number(100), assurance: .verified, document: "检测报告")
        first.documents = [
            ProjectDocument(digest: Examples.digest, fileName: "a.pdf", mediaType: "application/pdf", byteCount: 1)
        ]
        second.documents = [
            ProjectDocument(
                digest: Examples.digest, fileName: "b.pdf", mediaType: "application/pdf", byteCount: 1,
                proves: [capacity])
        ]
        return (first, second)
    }

    @Test("What one record lacks comes from the other, and every name is kept")
    func fills() throws {
        let (first, second) = try pair()
        let merge = try ProjectMerge([second, first])
        let project = merge.project
        #expect(project.id == first.id)
        #expect(project.industry == second.industry)
        #expect(project.formerNames == [second.name])
        #expect(project.owner.formerNames == ["重庆渝能新能源有限责任公司", "重庆渝能光伏有限公司"])
        #expect(project.documents.count == 1 && project.documents[0].proves == [capacity])
        #expect(merge.origins[ProjectMerge.Place(.industry)] == second.id)
        #expect(merge.origins[ProjectMerge.Place(.region)] == first.id)
    }

    @Test("The fact with the stronger evidence wins over the later statement")
    func facts() throws {
        let (first, second) = try pair()
        let merge = try ProjectMerge([first, second])
        #expect(merge.project.facts[capacity]?.value == .number(100))
        #expect(merge.origins[ProjectMerge.Place(.fact, key: capacity.name)] == second.id)
    }

    @Test("Where records disagree a person is asked, and the choice holds")
    func conflicts() throws {
        let (first, second) = try pair()
        let merge = try ProjectMerge([first, second])
        #expect(merge.conflicts.map(\.field) == [.name, .ownerName, .totalInvestment, .fact])
        let investment = try #require(merge.conflicts.first { $0.field == .totalInvestment })
        #expect(investment.candidates.map(\.id) == [first.id, second.id] && !investment.isChosen)
        let chosen = merge.choosing(second.id, for: .totalInvestment)
        #expect(chosen.project.totalInvestment == second.totalInvestment)
        #expect(chosen.conflicts.first { $0.field == .totalInvestment }?.isChosen == true)
        #expect(chosen.conflicts.first { $0.field == .totalInvestment }?.candidates.first?.id == second.id)
    }

    @Test("The record that came furthest on the platform speaks first, though the oldest id goes on")
    func precedence() throws {
        var (first, second) = try pair()
        second.status = .published
        first.status = .submitted
        let merge = try ProjectMerge([first, second])
        #expect(merge.project.name == second.name && merge.project.status == .published)
        #expect(merge.project.id == first.id)
        #expect(merge.standingAside.map(\.mergedInto) == [first.id])
        #expect(merge.standingAside.allSatisfy { $0.status == .merged && $0.missing().isEmpty })
    }

    @Test("Undoing gives every original back as it was")
    func undo() throws {
        let (first, second) = try pair()
        #expect(try ProjectMerge([second, first]).originals == [first, second])
    }

    @Test("One project alone, or one that stands aside already, is not merged")
    func refused() throws {
        let (first, second) = try pair()
        #expect(throws: ProjectFault.self) { try ProjectMerge([first, first]) }
        let aside = try second.merged(into: first.id)
        #expect(throws: ProjectFault.self) { try ProjectMerge([first, aside]) }
    }

    @Test("The order and grouping in which records are joined do not matter, nor does joining twice")
    func associative() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<150 {
            let projects = (0..<4).map { randomProject($0, &random) }
            let (ab, bc) = (try ProjectMerge(projects[0...1]), try ProjectMerge(projects[1...2]))
            let cd = try ProjectMerge(projects[2...3]).choosing(projects[3].id, for: .purpose)
            let left = ab.joined(with: bc).joined(with: cd)
            let right = cd.joined(with: bc.joined(with: ab))
            #expect(left == right && left.project == right.project && left.conflicts == right.conflicts)
            #expect(left.joined(with: ab) == left && left.joined(with: left) == left)
            let shuffled = try ProjectMerge(projects.shuffled(using: &random), choices: left.choices)
            #expect(shuffled.project == left.project)
        }
    }

    @Test("No fact, name or document of an original is lost, and every value told comes from some original")
    func complete() throws {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<150 {
            let projects = (0..<3).map { randomProject($0, &random) }
            let merged = try ProjectMerge(projects).project
            #expect(Set(merged.facts.facts.keys) == Set(projects.flatMap(\.facts.facts.keys)))
            #expect(Set([merged.name] + merged.formerNames) == Set(projects.flatMap { [$0.name] + $0.formerNames }))
            #expect(Set(merged.documents.map(\.digest)) == Set(projects.flatMap { $0.documents.map(\.digest) }))
            #expect(projects.contains { $0.purpose == merged.purpose })
            #expect((merged.totalInvestment == nil) == projects.allSatisfy { $0.totalInvestment == nil })
        }
    }

    private func randomProject(_ number: Int, _ random: inout SeededGenerator) -> Project {
        var project = Examples.project(number, "项目\(Int.random(in: 0...2, using: &random))")
        project.formerNames = Bool.random(using: &random) ? ["旧名\(Int.random(in: 0...2, using: &random))"] : []
        project.status = [.draft, .submitted, .published].randomElement(using: &random) ?? .draft
        project.purpose = ["", "甲", "乙"].randomElement(using: &random) ?? ""
        project.totalInvestment = Bool.random(using: &random) ? Money(fen: .random(in: 1...3, using: &random)) : nil
        for name in ["a", "b", "c"] where Bool.random(using: &random) {
            let assurance = Assurance.allCases.randomElement(using: &random) ?? .stated
            project.facts[FactID(name)] = Fact(
                .number(Double(Int.random(in: 0...2, using: &random))), assurance: assurance)
        }
        for digit in "abc" where Bool.random(using: &random) {
            project.documents.append(
                ProjectDocument(
                    digest: String(repeating: digit, count: 64), fileName: "\(number).pdf",
                    mediaType: "application/pdf",
                    byteCount: 1))
        }
        return project
    }
}
