import Seeded
import Vocabulary

@testable import Projects

/// Makes invented projects, as many as wanted, for tests of the index.
struct InventedProjects {
    let places: [Region]
    private var random: SeededGenerator
    private static let heads = Array("恒瑞嘉渝蜀川巴锦泰宏鑫盛华源丰明远博信安凯龙江山天新").map { String($0) }
    private static let tails = Array("泽峰源达润通宇创和茂恒联晟祥隆景岳捷诚翔鼎邦澜颐禾桥").map { String($0) }
    private static let works = [
        "光伏发电项目", "风电场项目", "储能电站项目", "污水处理厂项目", "垃圾焚烧发电项目", "国家储备林项目", "供水工程", "水库除险加固项目",
    ]

    init(places: [Region], seed: UInt64) {
        self.places = places
        random = SeededGenerator(seed: seed)
    }

    private mutating func pick(_ list: [String]) -> String { list.randomElement(using: &random) ?? "" }

    mutating func project(_ id: ID<Project>) -> Project {
        let place = places.randomElement(using: &random)
        let town = pick(Self.heads) + pick(Self.tails)
        let size = Int.random(in: 1...40, using: &random) * 5
        let owner = "重庆" + pick(Self.heads) + pick(Self.tails) + pick(["新能源", "水务", "环保科技"]) + "有限公司"
        let name = "\(place?.name ?? "")\(town)\(size)MW\(pick(Self.works))"
        var project = Project(id: id, name: name, owner: ProjectOwner(name: owner))
        project.region = place?.code
        project.totalInvestment = Money(fen: Int64.random(in: 1_000_000_00...900_000_000_00, using: &random))
        return project
    }
}
