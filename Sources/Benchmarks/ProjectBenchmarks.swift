import Foundation
import Library
import Projects
import Vocabulary

/// The registry of projects: building the index over 100,000 invented ones, and looking for duplicates in it.
enum ProjectBenchmarks {
    static func run(root: String, projects count: Int = 100_000) throws {
        let library = try RuleLibrary.load(root: root)
        let comparison = try library.projectComparison()
        let before = residentMegabytes()
        let projects = invented(count, library)
        let clock = ContinuousClock()
        print("| projects | rows | seconds | rows/s | memory MB |")
        print("|---|---|---|---|---|")

        var finder = DuplicateFinder([], comparison)
        let built = residentMegabytes()
        let build = clock.measure { finder = DuplicateFinder(projects, comparison) }
        row("index", count, build, residentMegabytes() - built)

        var found = 0
        let asked = min(5000, count)
        let lookups = clock.measure {
            for number in 0..<asked {
                found += finder.matches(of: projects[number * (count / asked)]).isEmpty ? 0 : 1
            }
        }
        row("candidates of one, compared", asked, lookups, residentMegabytes() - before)

        let inserts = min(2000, count)
        let insert = clock.measure {
            for project in projects.prefix(inserts) {
                var changed = project
                changed.name += "（调整）"
                finder.insert(changed)
            }
        }
        row("insert", inserts, insert, residentMegabytes() - before)
        var pairs = 0
        let sweep = clock.measure { pairs = finder.pairs().count }
        row("all pairs of the registry (\(pairs) found)", finder.count, sweep, residentMegabytes() - before)
    }

    private static func row(_ what: String, _ rows: Int, _ time: Duration, _ memory: Int) {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let hundredths = Int((seconds * 100).rounded())
        let padded = hundredths % 100 < 10 ? "0\(hundredths % 100)" : "\(hundredths % 100)"
        print("| \(what) | \(rows) | \(hundredths / 100).\(padded) | \(Int(Double(rows) / seconds)) | \(memory) |")
    }

    /// What the process holds in memory, from /proc (man 5 proc: VmRSS is in kB).
    private static func residentMegabytes() -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) / 1024
    }

    /// Names as districts give them, one in twenty of them an earlier one written otherwise. The sequence is always the same.
    private static func invented(_ count: Int, _ library: RuleLibrary) -> [Project] {
        let places = library.regions.regions.filter { $0.status == .current && $0.code.level == .county }
        let heads = Array("恒瑞嘉渝蜀川巴锦泰宏鑫盛华源丰明远博信安凯龙江山天新").map { String($0) }
        let tails = Array("泽峰源达润通宇创和茂恒联晟祥隆景岳捷诚翔鼎邦澜颐禾桥").map { String($0) }
        let works = [
            "光伏发电项目", "风电场项目", "储能电站项目", "污水处理厂项目", "垃圾焚烧发电项目", "国家储备林项目", "供水工程",
            "水库除险加固项目", "农村生活污水治理项目", "充电基础设施建设项目", "老旧小区改造项目", "公路改造工程",
        ]
        var state: UInt64 = 20_261_121
        func pick(_ limit: Int) -> Int {
            // Knuth's MMIX multiplier; good enough for making names up.
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, limit)
        }
        func word() -> String { heads[pick(heads.count)] + tails[pick(tails.count)] }
        var projects: [Project] = []
        for number in 0..<count {
            let id = ID<Project>(
                at: Timestamp(milliseconds: 1_800_000_000_000 + Int64(number)),
                RandomSource { [UInt8](repeating: 0, count: $0) })
            if number > 100, pick(20) == 0 {
                let earlier = projects[pick(number)]
                var copy = Project(
                    id: id, name: earlier.name.replacingOccurrences(of: "项目", with: "工程"), owner: earlier.owner)
                copy.region = earlier.region
                projects.append(copy)
                continue
            }
            let place = places.isEmpty ? nil : places[pick(places.count)]
            let size = pick(3) == 0 ? "" : "\((pick(40) + 1) * 5)MW"
            let phase = ["", "", "", "一期", "二期"][pick(5)]
            let name = "\(place?.name ?? "")\(word())\(size)\(works[pick(works.count)])\(phase)"
            let owner = ProjectOwner(name: "重庆\(word())\(["新能源", "水务", "环保科技", "建设"][pick(4)])有限公司")
            var project = Project(id: id, name: name, owner: owner)
            project.region = place?.code
            project.totalInvestment = Money(fen: Int64(pick(90_000) + 1000) * 1_000_000)
            projects.append(project)
        }
        return projects
    }
}
