import Access
import Foundation
import PlatformFixtures
import Projects
import Seeded
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("The index of projects")
struct IndexTests {
    @Test(
        "Duplicates among 20,000 projects are found without reading them all for each question",
        .enabled(if: ProcessInfo.processInfo.environment["JIALING_FULL_TESTS"] != nil), arguments: Engine.allCases)
    func many(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.district, [.officer], region: TestPlatform.chongqing)
            let records = Self.invented(20_000, house, by: officer)
            let database = house.platform.database
            try await database.write { transaction in
                for record in records {
                    try transaction.projects.insert(record, person: officer.person, act: "project.register")
                }
            }
            let clock = ContinuousClock()
            var found = 0
            let first = try await clock.measure {
                found += try await house.platform.likelySame(as: records[0].project.id, by: officer).count
            }
            let later = try await clock.measure {
                for record in records.prefix(100) {
                    found += try await house.platform.likelySame(as: record.project.id, by: officer).count
                }
            }
            print("\(engine): 20,000 projects, index \(first), a look-up \(later / 100), \(found) found")
            // Reading and taking apart all of them for each look-up would take a hundred times as long as the first one.
            #expect(later < first * 20)
        }
    }

    private static func invented(_ count: Int, _ house: TestPlatform, by officer: Viewer) -> [ProjectRecord] {
        var random = SeededGenerator(seed: 20_000)
        let letters = Array("恒瑞嘉渝蜀川巴锦泰宏鑫盛华源丰明远博信安凯龙江山天新泽峰达润通宇创和茂联晟祥隆景岳捷诚翔鼎邦澜颐禾桥")
        let works = ["光伏发电项目", "风电场项目", "储能电站项目", "污水处理厂项目", "垃圾焚烧发电项目", "供水工程"]
        let regions = house.platform.library.regions.regions.filter {
            $0.code.level == .county && $0.code.number / 10_000 == 50
        }
        func word() -> String { (0..<2).map { _ in String(letters.randomElement(using: &random) ?? "新") }.joined() }
        return (0..<count).map { _ in
            let region = regions.randomElement(using: &random)
            let size = Int.random(in: 1...40, using: &random) * 5
            var project = Project(
                id: house.id(),
                name: "\(region?.name ?? "")\(word())\(size)MW\(works.randomElement(using: &random) ?? "")",
                owner: ProjectOwner(name: "重庆\(word())新能源有限公司"))
            project.region = region?.code
            project.totalInvestment = Money(fen: Int64.random(in: 1_000_000_00...900_000_000_00, using: &random))
            return ProjectRecord(
                project: project, organisation: officer.home, kind: .district, createdAt: house.now,
                changedAt: house.now)
        }
    }
}
