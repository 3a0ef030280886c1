import Foundation
import Library
import Seeded
import Standards
import Testing
import Vocabulary

/// Examples/overlays: invented, to show what an overlay looks like.
@Suite("The example overlays")
struct ExampleOverlaysTests {
    private static let folder = LoadedLibrary.package.appending(path: "Examples/overlays").path
    private static let loaded = Result { () throws(LibraryFault) in
        try RuleLibrary.load(root: LoadedLibrary.root, packs: [folder])
    }

    private let library: RuleLibrary

    init() throws {
        library = try Self.loaded.get()
    }

    private func pack(_ id: String) throws -> StandardPack { try #require(library.pack(id)) }

    private func kind(_ pack: String, _ item: String, row: Int? = nil, _ facts: [String: FactValue]) throws
        -> VerdictKind
    {
        let code = try #require(ItemCode(item))
        let sheet = FactSheet(Dictionary(uniqueKeysWithValues: facts.map { (FactID($0), Fact($1)) }))
        return try self.pack(pack).verdict(on: code, activity: row, facts: sheet, year: 2026, general: .vouched).kind
    }

    @Test("They say that they are examples, stand after the catalogue, and have nothing that a check would tell")
    func labelled() throws {
        let ids = library.packs.map(\.id)
        for id in ["example.chongqing", "example.sichuan"] {
            let pack = try pack(id)
            #expect(pack.header.verification == .example)
            #expect(pack.name.zh.hasPrefix("示例") && pack.name.en.hasPrefix("Example"))
            #expect(pack.header.issuer.zh.hasPrefix("示例"))
            #expect(pack.header.overlayOf == "cn.green-finance.2025")
            #expect(try #require(ids.firstIndex(of: id)) > #require(ids.firstIndex(of: "cn.green-finance.2025")))
            #expect(library.parts.contains { $0.kind == "standard" && $0.id == id && $0.digest.count == 64 })
            #expect(library.isRead(pack))
        }
        let check = try StandardsCheck(folder: Self.folder, library: LoadedLibrary.root)
        #expect(check.faults == [] && check.packs.count == 2)
    }

    @Test("The digest of an overlay does not depend on how its folder was named")
    func digest() throws {
        let alone = try RuleLibrary.load(root: LoadedLibrary.root, packs: [Self.folder + "/example.sichuan/"])
        let digests = [alone, library].map { $0.parts.first { $0.id == "example.sichuan" }?.digest }
        #expect(digests[0] != nil && digests[0] == digests[1])
        #expect(alone.pack("example.chongqing") == nil)
        do throws(LibraryFault) {
            _ = try RuleLibrary.load(root: LoadedLibrary.root, packs: [Self.folder, Self.folder + "/example.sichuan"])
            Issue.record("the same id twice is taken")
        } catch {
            #expect(error.message.key == "library.pack-twice" && error.line == 2)
        }
    }

    @Test("Small hydropower: what the catalogue accepts, a region may want shown better, or not at all")
    func smallHydro() throws {
        var facts: [String: FactValue] = [
            "small_hydropower_station": .yesNo(true), "ecological_flow_and_connectivity_secured": .yesNo(true),
            "no_major_ecological_impact": .yesNo(true),
        ]
        #expect(try kind("cn.green-finance.2025", "4.3.4", facts) == .aligned)
        #expect(try kind("example.sichuan", "4.3.4", facts) == .aligned)
        #expect(try kind("example.chongqing", "4.3.4", facts) == .eligible)
        facts["ecological_protection_measures_taken"] = .yesNo(false)
        #expect(try kind("example.chongqing", "4.3.4", facts) == .notAligned)
        let built: [String: FactValue] = ["distributed_energy_kind": .choice("renewable_power")]
        #expect(try kind("cn.green-finance.2025", "4.3.7", row: 9, built) == .aligned)
        #expect(try kind("example.chongqing", "4.3.7", row: 9, built) == .notAligned)
    }

    @Test("A reservoir that floods much land for little power is forbidden in one region; a run-of-river plant is not")
    func largeHydro() throws {
        var facts: [String: FactValue] = [
            "hydropower_base_in_renewable_energy_plan": .yesNo(true), "no_major_ecological_impact": .yesNo(true),
            "hydropower_power_density": .number(3), "run_of_river_without_reservoir": .yesNo(false),
        ]
        #expect(try kind("example.sichuan", "4.2.4", row: 2, facts) == .notAligned)
        #expect(try kind("example.chongqing", "4.2.4", row: 2, facts) == .aligned)
        facts["run_of_river_without_reservoir"] = .yesNo(true)
        #expect(try kind("example.sichuan", "4.2.4", row: 2, facts) == .aligned)
    }

    @Test(
        "What is aligned under an example overlay is aligned under the catalogue: all its items, random sheets"
    )
    func neverLoosens() throws {
        let national = try pack("cn.green-finance.2025")
        var generator = SeededGenerator(seed: 50)
        for id in ["example.chongqing", "example.sichuan"] {
            let regional = try pack(id)
            let changed = regional.items.filter { item in
                national[item.code] != nil && item.activities.contains { !$0.changes.isEmpty }
            }
            var aligned = 0
            for _ in 0..<200 {
                for item in changed {
                    let asked = Set(item.activities.compactMap(\.criterion).flatMap(\.facts))
                    let sheet = random(asked, using: &generator)
                    for activity in item.activities where !activity.isAdded {
                        func kind(_ pack: StandardPack) -> VerdictKind {
                            pack.verdict(
                                on: item.code, activity: activity.row, facts: sheet, year: 2026, general: .vouched
                            ).kind
                        }
                        guard kind(regional) == .aligned else { continue }
                        aligned += 1
                        #expect(kind(national) == .aligned, "\(id) \(item.code)/\(activity.row)")
                    }
                }
            }
            #expect(aligned > 200)
        }
    }

    private func random(_ facts: Set<FactID>, using generator: inout SeededGenerator) -> FactSheet {
        var sheet = FactSheet()
        for id in facts.sorted() where Int.random(in: 0..<5, using: &generator) > 0 {
            switch library.facts[id]?.kind {
            case .yesNo: sheet[id] = Fact(.yesNo(Bool.random(using: &generator)))
            case .choice(let choices):
                if let choice = choices.randomElement(using: &generator) { sheet[id] = Fact(.choice(choice.id)) }
            case .number: sheet[id] = Fact(.number(Double.random(in: 0...10, using: &generator)))
            case nil: break
            }
        }
        return sheet
    }
}
