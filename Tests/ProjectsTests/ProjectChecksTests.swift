import Library
import Standards
import Testing
import Vocabulary

@testable import Projects

@Suite("What a project has to say")
struct ProjectChecksTests {
    private let register: ProjectRegister

    init() throws { register = try NameLibrary.shared().projectRegister }

    @Test("A project with nothing missing may be submitted, published and financed")
    func complete() throws {
        var project = try Examples.complete()
        for status in [ProjectStatus.submitted, .published, .financed] {
            project = try project.moved(to: status)
            #expect(project.faults(against: register) == [])
        }
    }

    @Test("A draft may lack everything but its name; a submitted project tells all that it lacks at once")
    func missing() throws {
        var project = Examples.project()
        project.owner.name = ""
        #expect(project.faults(against: register) == [])
        project.status = .submitted
        #expect(
            project.faults(against: register).map(\.path)
                == ["/owner/name", "/region", "/purpose", "/stage", "/totalInvestment"])
        #expect(throws: ProjectFault(.missing, at: "/owner/name")) {
            var draft = project
            draft.status = .draft
            _ = try draft.moved(to: ProjectStatus.submitted)
        }
    }

    @Test("Money that does not add up is told with the total")
    func money() throws {
        var project = try Examples.complete()
        project.ownCapital = Money(fen: 100_000_000_00)
        let found = project.faults(against: register)
        #expect(found == [ProjectFault(.partsMoreThanTotal, at: "/need/amount", ["total": "420000000.00"])])
        project.need?.kind = .guarantee
        #expect(project.faults(against: register) == [])
        project.ownCapital = Money(fen: .max)
        #expect(project.faults(against: register).map(\.reason) == [.moreThanTotal])
        project.totalInvestment = Money(fen: -1)
        project.need?.amount = Money(fen: .min)
        let paths = Set(project.faults(against: register).map(\.path))
        #expect(paths == ["/totalInvestment", "/need/amount", "/ownCapital"])
    }

    @Test("A rate of 450 percent, a tenor of a century and an end before the beginning are refused")
    func plan() throws {
        var project = try Examples.complete()
        project.need?.rateCeiling = Ratio(45, over: 10)
        project.need?.tenorMonths = 1200
        project.plannedFinish = try CalendarDate.parse("2020-01-01")
        #expect(project.faults(against: register).map(\.reason) == [.tenor, .rate, .dateOrder])
    }

    @Test("Codes, standards, items and facts must be ones that there are")
    func codes() throws {
        var project = try Examples.complete()
        project.region = try RegionCode.parse("500299")
        project.industry = try IndustryCode.parse("4499")
        project.subjects["cn.none"] = ItemReference("4.2.1")
        project.subjects["cn.green-finance.2025"] = ItemReference("99.1")
        project.facts[FactID("a/b~c")] = Fact(.number(1))
        project.facts[FactID("installed_capacity")] = Fact(.yesNo(true), assurance: .verified)
        let found = project.faults(against: register)
        #expect(
            found.map(\.path) == [
                "/region", "/industry", "/subjects/cn.green-finance.2025", "/subjects/cn.none", "/facts/a~1b~0c",
                "/facts/installed_capacity", "/facts/installed_capacity",
            ])
        #expect(found.last?.reason == .factWithoutDocument)
    }

    @Test("A document needs a digest, a harmless name, a media type and a size, and stands once")
    func documents() throws {
        var project = try Examples.complete()
        let good = ProjectDocument(
            digest: Examples.digest, fileName: "备案证.pdf", mediaType: "application/pdf", byteCount: 12,
            proves: [FactID("installed_capacity")])
        project.documents = [good]
        project.facts[FactID("installed_capacity")] = Fact(.number(100), assurance: .documented)
        #expect(project.faults(against: register) == [])
        project.documents = [
            good, good,
            ProjectDocument(
                digest: "0A", fileName: "../x", mediaType: "pdf", byteCount: 0, proves: [FactID("no_such")]),
            ProjectDocument(
                digest: String(repeating: "g", count: 64), fileName: "a\u{202E}fdp.exe", mediaType: "text/<b>",
                byteCount: .max),
        ]
        #expect(
            project.faults(against: register).map(\.path) == [
                "/documents/1", "/documents/2/digest", "/documents/2/fileName", "/documents/2/mediaType",
                "/documents/2/byteCount", "/documents/2/proves", "/documents/3/digest", "/documents/3/fileName",
                "/documents/3/mediaType", "/documents/3/byteCount",
            ])
    }

    @Test("Texts are bounded and hold nothing invisible; a contact can be reached")
    func texts() throws {
        var project = try Examples.complete()
        project.name = String(repeating: "长", count: 201)
        project.formerNames = ["甲\u{7}", "乙", "乙", " "]
        project.purpose = "一\n二\t三"
        project.contact = ProjectContact(name: "张三", telephone: "call me", email: "a@b@c")
        #expect(
            project.faults(against: register).map { "\($0.path) \($0.reason)" } == [
                "/name tooLong", "/formerNames/0 controlCharacter", "/formerNames/2 duplicate",
                "/formerNames/3 missing",
                "/contact/email email", "/contact/telephone telephone",
            ])
        project.contact = ProjectContact(name: "张三", telephone: "+86 (23) 6789-0123", email: "z@example.org")
        #expect(!project.faults(against: register).contains { $0.path.hasPrefix("/contact") })
    }

    @Test("Every fault is told in both languages with all its values")
    func phrases() throws {
        let library = try NameLibrary.shared()
        let arguments = Dictionary(
            uniqueKeysWithValues: [
                "limit", "value", "total", "start", "standard", "item", "fact", "from", "to",
            ].map { ($0, "1") })
        for reason in ProjectFault.Reason.allCases {
            for language in Language.allCases {
                let text = library.phrasebook.text(ProjectFault(reason, at: "/", arguments).message, in: language)
                #expect(text != reason.rawValue && !text.contains("{"), "\(reason) in \(language)")
            }
        }
    }
}
