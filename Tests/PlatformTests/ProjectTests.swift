import Access
import PlatformFixtures
import Projects
import Seeded
import Standards
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("The project library")
struct ProjectTests {
    /// A project as somebody enters it; invented.
    static func draft(name: String = "虚构县100MW风电场", region: String = "500235") -> JSONValue {
        [
            "name": .string(name), "owner": ["name": "虚构新能源有限公司"], "region": .string(region),
            "purpose": "建设100MW陆上风电场", "stage": "approved", "total_investment": "65000000000",
            "need": ["amount": "45000000000", "kind": "loan", "tenor_months": 180],
            "subjects": ["cn.green-finance.2025": "4.2.1"],
            "facts": ["installed_capacity": ["value": 100_000, "document": "核准批复（虚构）"]],
        ]
    }

    @Test(
        "A district's project goes from draft to published, each step by who may, and its history tells all",
        arguments: Engine.allCases)
    func wholeWay(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let place = try await house.organisation(.district, region: TestPlatform.yunyang)
            let officer = try await house.viewer([.officer], of: place)
            let reviewer = try await house.viewer([.reviewer], of: place)
            let bank = try await house.member(.lender, [.reader])
            let entered = try await house.platform.registerProject(Self.draft(), for: place.id, by: officer)
            let id = entered.project.id
            #expect(entered.version == 1)
            #expect(entered.project.facts[FactID("installed_capacity")]?.assurance == .documented)
            #expect(entered.project.facts[FactID("installed_capacity")]?.statedBy == officer.name)
            await #expect(throws: PlatformFault.notFound) { try await house.platform.project(id, by: bank) }
            let submitted = try await house.platform.step(.submit, id, version: 1, by: officer)
            await #expect(throws: PlatformFault.forbidden(.publishProject)) {
                try await house.platform.step(.publish, id, version: submitted.version, by: officer)
            }
            let published = try await house.platform.step(.publish, id, version: submitted.version, by: reviewer)
            #expect(try await house.platform.project(id, by: bank).project == published.project)
            await #expect(throws: PlatformFault.forbidden(.editProject)) {
                try await house.platform.editProject(id, Self.draft(), version: 3, by: bank)
            }
            let history = try await house.platform.history(of: id, by: officer)
            #expect(history.map(\.act) == ["project.publish", "project.submit", "project.register"])
            #expect(history.map(\.project.status) == [.published, .submitted, .draft])
            let trail = try await house.platform.database.read { try $0.audit.list(subject: id.text, limit: 9) }
            #expect(trail.map(\.act) == history.map(\.act))
        }
    }

    @Test("Of two who change one version the second is told, and nothing of it is kept", arguments: Engine.allCases)
    func collision(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await house.platform.registerProject(Self.draft(), for: officer.home, by: officer).project.id
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        do {
                            _ = try await house.platform.editProject(
                                id, Self.draft(name: "改名\(number)"), version: 1, by: officer)
                            return true
                        } catch {
                            return error as? PlatformFault != .changedMeanwhile
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter(\.self).count == 1)
            #expect(try await house.platform.history(of: id, by: officer).map(\.version) == [2, 1])
        }
    }

    @Test("All that is wrong is told at once, with its fields", arguments: Engine.allCases)
    func faults(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            do {
                _ = try await house.platform.registerProject(
                    ["name": 7, "region": "999", "total_investment": "12.5", "owner": ["credit_code": "X"]],
                    for: officer.home, by: officer)
                Issue.record("taken with faults")
            } catch PlatformFault.invalid(let faults) {
                #expect(
                    Set(faults.map(\.pointer)) == ["/name", "/region", "/total_investment", "/owner/credit_code"])
            }
            do {
                _ = try await house.platform.registerProject(
                    ["name": "x", "subjects": ["no.such": "1.1.1"], "facts": ["no_such_fact": ["value": 1]]],
                    for: officer.home, by: officer)
                Issue.record("taken with faults")
            } catch PlatformFault.invalid(let faults) {
                #expect(Set(faults.map(\.pointer)) == ["/subjects/no.such", "/facts/no_such_fact"])
            }
            #expect(try await house.platform.projects(ProjectFilter(), limit: 9, by: officer).isEmpty)
        }
    }

    @Test("Nobody enters that a fact was verified, nor that somebody else stated it", arguments: Engine.allCases)
    func assurance(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let record = try await house.platform.registerProject(
                [
                    "name": "虚构项目",
                    "facts": ["installed_capacity": ["value": 5, "assurance": "verified", "stated_by": "某核查机构"]],
                ], for: officer.home, by: officer)
            let fact = try #require(record.project.facts[FactID("installed_capacity")])
            #expect(fact.assurance == .stated)
            #expect(fact.statedBy == officer.name)
            #expect(fact.statedOn == house.now.day())
        }
    }

    @Test("A list shows what the matrix lets one see, no more and no less", arguments: Engine.allCases)
    func listsAgreeWithChecks(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            var generator = SeededGenerator(seed: 4)
            let regions = [
                TestPlatform.yunyang, TestPlatform.yuzhong, TestPlatform.chengdu, RegionCode(510_104)!,
                TestPlatform.chongqing,
            ]
            var authors: [Viewer] = []
            for kind in [OrganisationKind.district, .lender, .enterprise] {
                for region in regions { authors.append(try await house.member(kind, [.officer], region: region)) }
            }
            var viewers = authors
            for kind in [OrganisationKind.regulator, .verifier, .platformOperator, .lender] {
                for region in [TestPlatform.chongqing, TestPlatform.sichuan, RegionCode(100_000)!] {
                    viewers.append(try await house.member(kind, [.reader, .officer], region: region))
                }
            }
            var records: [ProjectRecord] = []
            for number in 0..<60 {
                let author = authors.randomElement(using: &generator)!
                let region = regions.randomElement(using: &generator)!
                house.pass(seconds: Int64.random(in: 0...1, using: &generator))
                var record = try await house.platform.registerProject(
                    Self.draft(name: "虚构项目\(number)", region: "\(region)"), for: author.home, by: author)
                if Bool.random(using: &generator) {
                    let bank = viewers.filter { $0.memberships[0].kind == .lender }.randomElement(using: &generator)!
                    try await house.platform.share(record.project.id, with: bank.home, by: author)
                }
                if Bool.random(using: &generator) {
                    record = try await house.platform.step(.submit, record.project.id, version: 1, by: author)
                    if author.memberships[0].kind == .district {
                        let reviewer = Viewer(
                            person: author.person, name: author.name, language: .zh,
                            memberships: [
                                .init(
                                    organisation: author.home, kind: .district,
                                    region: author.memberships[0].region, roles: [.reviewer])
                            ], credential: author.credential)
                        record = try await house.platform.step(.publish, record.project.id, version: 2, by: reviewer)
                    }
                }
                let id = record.project.id
                records.append(try #require(try await house.platform.database.read { try $0.projects.find(id) }))
            }
            for viewer in viewers {
                let allowed = records.filter { viewer.may(.readProject, on: $0.placement) }.map(\.project.id)
                guard !viewer.grants(for: .readProject).isEmpty else {
                    #expect(allowed.isEmpty)
                    continue
                }
                // Page by page, so that the cursor is tried too.
                var listed: [ProjectRecord] = []
                while true {
                    let page = try await house.platform.projects(
                        ProjectFilter(), before: listed.last.map { ($0.changedAt, $0.project.id) }, limit: 7,
                        by: viewer)
                    listed += page
                    if page.count < 7 { break }
                }
                #expect(Set(listed.map(\.project.id)) == Set(allowed))
                #expect(listed.count == allowed.count)
                #expect(listed.map(\.changedAt) == listed.map(\.changedAt).sorted(by: >))
                let counts = try await house.platform.projectCounts(by: viewer)
                #expect(counts.values.reduce(0, +) == allowed.count)
            }
        }
    }

    @Test("Who reads a project is noted before it is shown", arguments: Engine.allCases)
    func readings(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let regulator = try await house.member(.regulator, [.reader])
            let id = try await house.platform.registerProject(Self.draft(), for: officer.home, by: officer).project.id
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<25 { group.addTask { _ = try await house.platform.project(id, by: regulator) } }
                try await group.waitForAll()
            }
            let notes = try await house.platform.database.read { try $0.readings.list(subject: id.text, limit: 99) }
            #expect(notes.count == 25)
            #expect(Set(notes.map(\.person)) == [regulator.person])
            #expect(Set(notes.map(\.organisation)) == [regulator.home])
        }
    }

    @Test("Words find projects by name and owner; signs of patterns mean themselves", arguments: Engine.allCases)
    func search(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            for name in ["云阳风电", "100%再生_材料", "奉节光伏"] {
                _ = try await house.platform.registerProject(Self.draft(name: name), for: officer.home, by: officer)
            }
            func found(_ words: String) async throws -> [String] {
                var filter = ProjectFilter()
                filter.words = words
                return try await house.platform.projects(filter, limit: 9, by: officer).map(\.project.name).sorted()
            }
            #expect(try await found("风电") == ["云阳风电"])
            #expect(try await found("新能源 光伏") == ["奉节光伏"])
            #expect(try await found("0%再") == ["100%再生_材料"])
            #expect(try await found("_") == ["100%再生_材料"])
            #expect(try await found("' OR 1=1 --").isEmpty)
        }
    }

    @Test("What each standard says of a project stands beside it", arguments: Engine.allCases)
    func judged(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.enterprise, [.officer])
            let id = try await house.platform.registerProject(Self.draft(), for: officer.home, by: officer).project.id
            let account = try await house.platform.judgement(of: id, by: officer)
            let verdict = account.result.judgements.first { $0.standard == "cn.green-finance.2025" }
            #expect(verdict?.subject?.description == "4.2.1")
            #expect(verdict?.verdict.kind == .eligible || verdict?.verdict.kind == .aligned)
        }
    }
}
