import Access
import PlatformFixtures
import Projects
import Spreadsheet
import Standards
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Lists of projects")
struct ImportTests {
    private static let header = "项目名称,业主,项目代码,所属区县,建设内容,总投资（万元）,fact:installed_capacity"

    private func handIn(
        _ lines: [String], _ house: TestPlatform, by officer: Viewer, name: String = "清单.csv"
    ) async throws -> ProjectImportRecord {
        let text = ([Self.header] + lines).joined(separator: "\n") + "\n"
        return try await house.platform.handIn(
            SampleFiles.received(Array(text.utf8)), name: name, for: officer.home, by: officer)
    }

    private func names(_ house: TestPlatform, by officer: Viewer) async throws -> [String] {
        try await house.platform.projects(ProjectFilter(), limit: 99, by: officer).map(\.project.name).sorted()
    }

    @Test(
        "New, changed and unchanged lines are told apart, and nothing is taken until it is confirmed",
        arguments: Engine.allCases)
    func wholeWay(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.district, [.officer], region: TestPlatform.yunyang)
            let first = try await handIn(
                [
                    "云阳县盘石风电场,重庆盘石风电有限公司,2026-500235-44-01-123456,云阳县,100MW风电,65000,100000",
                    "云阳县凤鸣污水处理厂,云阳县凤鸣水务有限公司,,云阳县,日处理2万吨,8000,",
                ], house, by: officer)
            var plan = try await house.platform.importPlan(first.id, by: officer)
            #expect(plan.additions.map(\.line) == [2, 3])
            #expect(plan.changes.isEmpty && plan.faults.isEmpty)
            #expect(try await names(house, by: officer).isEmpty)
            let taken = try await house.platform.takeImport(first.id, plan: plan.digest, by: officer)
            #expect(taken.added == 2 && taken.changed == 0 && taken.takenAt == house.now)
            #expect(try await names(house, by: officer) == ["云阳县凤鸣污水处理厂", "云阳县盘石风电场"])
            // The code says that it is the same, under another name; the second line says the same once more.
            let second = try await handIn(
                [
                    "云阳盘石风力发电项目,重庆盘石风电有限公司,2026-500235-44-01-123456,云阳县,,66000,",
                    "云阳县凤鸣污水处理厂,云阳县凤鸣水务有限公司,,云阳县,日处理2万吨,8000,",
                    "云阳县龙角光伏电站,重庆龙角新能源有限公司,,云阳县,50MW光伏,20000,50000",
                ], house, by: officer)
            plan = try await house.platform.importPlan(second.id, by: officer)
            #expect(plan.additions.map(\.line) == [4])
            #expect(plan.changes.map(\.line) == [2])
            #expect(plan.unchangedCount == 1)
            house.pass(seconds: 60)
            _ = try await house.platform.takeImport(second.id, plan: plan.digest, by: officer)
            let id = plan.changes[0].record.project.id
            let record = try await house.platform.project(id, by: officer)
            #expect(record.version == 2)
            #expect(record.project.name == "云阳盘石风力发电项目")
            #expect(record.project.formerNames == ["云阳县盘石风电场"])
            #expect(record.project.purpose == "100MW风电")
            #expect(record.project.totalInvestment == (try Money.parse("66000", unit: .tenThousandYuan)))
            let fact = try #require(record.project.facts[FactID("installed_capacity")])
            #expect(fact.value == .number(100_000) && fact.assurance == .stated && fact.statedBy == officer.name)
            let history = try await house.platform.history(of: id, by: officer)
            #expect(history.map(\.act) == ["project.edit", "project.register"])
            let trail = try await house.platform.database.read { try $0.audit.list(of: officer.home, limit: 99) }
            #expect(trail.map(\.act) == ["project.register", "project.edit", "project.register", "project.register"])
            #expect(trail[1].body.contains(second.id.text))
        }
    }

    @Test("A list is taken once, as it was shown, by its own organisation", arguments: Engine.allCases)
    func once(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.district, [.officer], region: TestPlatform.yunyang)
            let other = try await house.member(.district, [.officer], region: TestPlatform.yuzhong)
            let line = "云阳县盘石风电场,重庆盘石风电有限公司,,云阳县,100MW风电,65000,"
            let record = try await handIn([line], house, by: officer)
            let plan = try await house.platform.importPlan(record.id, by: officer)
            await #expect(throws: PlatformFault.notFound) { try await house.platform.importPlan(record.id, by: other) }
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.takeImport(record.id, plan: plan.digest, by: other)
            }
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.prepareToImport(for: officer.home, by: other)
            }
            // Another list is taken in between: the plan is no longer what was shown.
            let rival = try await handIn([line], house, by: officer)
            let rivalPlan = try await house.platform.importPlan(rival.id, by: officer)
            _ = try await house.platform.takeImport(rival.id, plan: rivalPlan.digest, by: officer)
            await #expect(throws: PlatformFault.conflict("project-import.nothing")) {
                try await house.platform.takeImport(record.id, plan: plan.digest, by: officer)
            }
            await #expect(throws: PlatformFault.conflict("project-import.taken")) {
                try await house.platform.takeImport(rival.id, plan: rivalPlan.digest, by: officer)
            }
            let more = try await handIn([line, "云阳县龙角光伏电站,重庆龙角新能源有限公司,,云阳县,,20000,"], house, by: officer)
            await #expect(throws: PlatformFault.conflict("project-import.stale")) {
                try await house.platform.takeImport(more.id, plan: plan.digest, by: officer)
            }
            #expect(try await names(house, by: officer) == ["云阳县盘石风电场"])
        }
    }

    @Test("Of two who confirm one list at once one is told that it was taken", arguments: Engine.allCases)
    func confirmedTwice(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.district, [.officer], region: TestPlatform.yunyang)
            let record = try await handIn(
                (0..<20).map { "云阳县第\($0)号虚构电站,重庆虚构\($0)号有限公司,,云阳县,,\(100 + $0)," }, house, by: officer)
            let plan = try await house.platform.importPlan(record.id, by: officer)
            let taken = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        (try? await house.platform.takeImport(record.id, plan: plan.digest, by: officer)) != nil
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 1)
            #expect(try await names(house, by: officer).count == plan.additions.count)
        }
    }

    @Test("Faulty lines are told with line, column and reason, and the others may be taken", arguments: Engine.allCases)
    func faults(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.district, [.officer], region: TestPlatform.yunyang)
            let record = try await handIn(
                [
                    "云阳县盘石风电场,重庆盘石风电有限公司,,云阳县,100MW风电,65000,",
                    ",没有名称的业主,,云阳县,,1,", "=SUM(A1),某业主,,火星,,1,", "某项目,某业主,123,云阳县,,abc,",
                    "云阳县盘石风电场,重庆盘石风电有限公司,,云阳县,,65000,",
                ], house, by: officer)
            let plan = try await house.platform.importPlan(record.id, by: officer)
            #expect(plan.additions.map(\.line) == [2])
            let found = Set(plan.faults.map { "\($0.line) \($0.column) \($0.message.key)" })
            #expect(found.contains("3 项目名称 project.fault.missing"))
            #expect(found.contains("4 所属区县 project-sheet.unknown-region"))
            #expect(found.contains { $0.hasPrefix("5 项目代码 ") } && found.contains { $0.hasPrefix("5 总投资（万元） ") })
            #expect(found.contains("6 项目名称 project-import.twice"))
            #expect(plan.faultyCount == 4)
            let file = try await house.platform.faultyLines(of: record.id, in: .zh, by: officer)
            let text = String(decoding: file.bytes, as: UTF8.self)
            #expect(file.fileName == "清单-有误的行.csv" && text.hasPrefix("\u{FEFF}项目名称,"))
            // Split by scalars: CR LF is one Character.
            let lines = text.unicodeScalars.split(separator: "\n").map { String($0) }
            #expect(lines.count == 5)
            #expect(lines[0].contains("fact:installed_capacity,错误原因"))
            #expect(lines[2].hasPrefix("'=SUM(A1),") && lines[2].contains("火星"))
            _ = try await house.platform.takeImport(record.id, plan: plan.digest, by: officer)
            #expect(try await names(house, by: officer) == ["云阳县盘石风电场"])
        }
    }

    @Test("A workbook gives its faults back as a workbook, in which nothing is a formula")
    func workbook() async throws {
        try await TestPlatform.with(.sqlite) { house in
            let officer = try await house.member(.district, [.officer], region: TestPlatform.yunyang)
            let bytes = try SampleFiles.workbook([
                ["项目名称", "业主", "所属区县"], ["=HYPERLINK(\"http://x\")", "某业主", "火星"],
                ["云阳县盘石风电场", "重庆盘石风电有限公司", "云阳县"],
            ])
            let record = try await house.platform.handIn(
                SampleFiles.received(bytes), name: "清单.xlsx", for: officer.home, by: officer)
            let plan = try await house.platform.importPlan(record.id, by: officer)
            #expect(plan.additions.map(\.project.name) == ["云阳县盘石风电场"])
            let faulty = try await house.platform.faultyLines(of: record.id, in: .zh, by: officer)
            #expect(faulty.fileName == "清单-有误的行.xlsx")
            let back = try SampleFiles.received(faulty.bytes)
            #expect(try back.kind(name: faulty.fileName, declared: faulty.mediaType) == .xlsx)
            var reader = try RecordReader(source: back.source(named: "faults"))
            let batch = try #require(try reader.next())
            #expect(batch.records.count == 2)
            #expect(batch.string(at: 1).contains("HYPERLINK") && batch.string(at: 1).contains("火星"))
        }
    }

    @Test(
        "What is no list of projects is refused before anything is kept",
        arguments: [
            ("清单.csv", Array("甲,乙\n1,2\n".utf8), "project-sheet.columns-missing"),
            ("清单.csv", Array("项目名称,业主\n".utf8), "project-import.no-lines"),
            ("清单.csv", Array("项目名称,业主,fact:nonsense\n甲,乙,1\n".utf8), "project-sheet.unknown-fact"),
            ("清单.csv", SampleFiles.pdf, "document.kind-unknown"), ("清单.pdf", SampleFiles.pdf, "document.kind-unknown"),
            ("清单.xlsx", SampleFiles.csv, "document.name-lies"), ("清单.docx", SampleFiles.docx, "document.kind-unknown"),
            ("清单.xlsx", SampleFiles.archive(["[Content_Types].xml", "xl/workbook.xml"]), nil),
        ] as [(String, [UInt8], String?)])
    func noList(name: String, bytes: [UInt8], wanted: String?) async throws {
        try await TestPlatform.with(.sqlite) { house in
            let officer = try await house.member(.district, [.officer])
            do {
                _ = try await house.platform.handIn(
                    SampleFiles.received(bytes), name: name, for: officer.home, by: officer)
                Issue.record("taken")
            } catch PlatformFault.invalid(let faults) {
                #expect(faults.map(\.pointer) == ["/file"])
                if let wanted { #expect(faults.map(\.message.key) == [wanted]) }
            }
            let kept = try await house.platform.database.read { try $0.rows("SELECT digest FROM content") }
            #expect(kept.isEmpty)
        }
    }

    @Test("Titles may stand above the header; a list of more than 5,000 lines is refused")
    func edges() async throws {
        try await TestPlatform.with(.sqlite) { house in
            let officer = try await house.member(.district, [.officer])
            func handIn(_ text: String) async throws -> ProjectImportPlan {
                let record = try await house.platform.handIn(
                    SampleFiles.received(Array(text.utf8)), name: "a.csv", for: officer.home, by: officer)
                return try await house.platform.importPlan(record.id, by: officer)
            }
            let plan = try await handIn("虚构县储备项目清单\n单位：万元\n项目名称,业主\n甲项目,乙公司\n")
            #expect(plan.additions.map(\.line) == [4])
            let many = "项目名称,业主\n" + String(repeating: "甲,乙\n", count: 5001)
            await #expect(throws: PlatformFault.invalid("/file", "import.too-long", ["count": "5000"])) {
                _ = try await handIn(many)
            }
        }
    }

    @Test("A published project is not revised into one that could not be published", arguments: Engine.allCases)
    func published(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let place = try await house.organisation(.district, region: TestPlatform.yunyang)
            let officer = try await house.viewer([.officer], of: place)
            let id = try await house.platform.registerProject(ProjectTests.draft(), for: place.id, by: officer).project
                .id
            _ = try await house.platform.step(.submit, id, version: 1, by: officer)
            let record = try await handIn(
                ["虚构县100MW风电场,虚构新能源有限公司,,云阳县,,1000,"], house, by: officer)
            let plan = try await house.platform.importPlan(record.id, by: officer)
            #expect(plan.isEmpty)
            // The need on file is more than the total that the list tells.
            #expect(plan.faults.map(\.message.key).contains("project.fault.more-than-total"))
        }
    }
}
