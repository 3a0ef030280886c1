import Seeded
import Standards
import Testing
import Vocabulary

@Suite("An overlay never loosens")
struct OverlayNeverLoosensTests {
    private let facts = ["a", "b", "c", "d"].map(FactID.init)
    private let codes = ["1.1.1", "1.1.2", "1.1.3"]

    /// A condition over yes/no facts, with references to items further up where it may have them.
    private func criterion(_ depth: Int, _ above: Int, using generator: inout SeededGenerator) -> Criterion {
        let leaf = Criterion.holds(facts[Int.random(in: facts.indices, using: &generator)])
        guard depth > 0 else {
            guard above > 0, Int.random(in: 0..<3, using: &generator) == 0,
                let code = ItemCode(codes[Int.random(in: 0..<above, using: &generator)])
            else { return leaf }
            return .see(ItemReference(code, row: Bool.random(using: &generator) ? 1 : nil))
        }
        var parts: [Criterion] = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            parts.append(criterion(depth - 1, above, using: &generator))
        }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return .all(parts)
        case 1: return .any(parts)
        case 2: return .not(parts[0])
        default: return leaf
        }
    }

    private func catalogue(tiered: Bool, using generator: inout SeededGenerator) throws -> StandardPack {
        var items: [Item] = []
        for (position, code) in codes.enumerated() {
            var activities: [Activity] = []
            for row in 1...Int.random(in: 1...3, using: &generator) {
                let own = criterion(2, position, using: &generator)
                let tiers = [
                    TierCriterion(tier: "green", criterion: own),
                    TierCriterion(tier: "amber", criterion: criterion(2, position, using: &generator)),
                ]
                activities.append(
                    Activity(
                        row: row, industry: "", industryName: "", mark: .direct, subject: Examples.words(),
                        criterion: Int.random(in: 0..<8, using: &generator) == 0 ? nil : own,
                        tiers: tiered ? tiers : []))
            }
            items.append(
                Item(
                    code: try Examples.code(code), name: Examples.words(), subject: Examples.words(), synonyms: [],
                    activities: activities))
        }
        let general = Bool.random(using: &generator) ? criterion(1, 0, using: &generator) : nil
        return try Examples.pack(
            items, general: general,
            tiers: tiered ? ["green", "amber"].map { Tier(id: $0, name: Examples.words()) } : [])
    }

    /// Up to six changes; those that cannot be made are left out, as an author would have to.
    private func overlaid(_ base: StandardPack, using generator: inout SeededGenerator) throws -> StandardPack {
        var overlay = try Overlay(OverlayTests.header(), of: base)
        for number in 0..<Int.random(in: 0...6, using: &generator) {
            let because = Examples.words("因\(number)", "reason \(number)")
            let item = base.items[Int.random(in: base.items.indices, using: &generator)]
            let row = Bool.random(using: &generator) ? item.activities.randomElement(using: &generator)?.row : nil
            let asked = criterion(2, 0, using: &generator)
            let kind: OverlayChange.Kind =
                switch Int.random(in: 0..<5, using: &generator) {
                case 0: .forbidden(when: nil)
                case 1: .forbidden(when: asked)
                case 2: .preferred
                case 3: .added
                default: .tightened(asked)
                }
            if kind == .added {
                let activity = Activity(
                    row: 1, industry: "", industryName: "", mark: .none, subject: Examples.words(), criterion: asked)
                _ = try? overlay.add(activity, to: item.code, because: because)
            } else {
                _ = try? overlay.change(ItemReference(item.code, row: row), OverlayChange(kind, because: because))
            }
        }
        return try overlay.pack()
    }

    private func sheet(using generator: inout SeededGenerator) -> FactSheet {
        var sheet = FactSheet()
        for fact in facts where Int.random(in: 0..<3, using: &generator) > 0 {
            sheet[fact] = Fact(.yesNo(Bool.random(using: &generator)))
        }
        return sheet
    }

    @Test(
        "Whatever is aligned under it on an item and row of the catalogue is aligned under the catalogue, in the same tier or a better one, with the same facts",
        arguments: [false, true])
    func neverLoosens(tiered: Bool) throws {
        var generator = SeededGenerator(seed: tiered ? 51 : 50)
        var aligned = 0
        var tightened = 0
        for _ in 0..<400 {
            let base = try catalogue(tiered: tiered, using: &generator)
            let pack = try overlaid(base, using: &generator)
            for _ in 0..<6 {
                let facts = sheet(using: &generator)
                for item in base.items {
                    for row in [nil] + item.activities.map({ Optional($0.row) }) {
                        for terms in GeneralTerms.allCases {
                            func verdict(_ pack: StandardPack) -> Verdict {
                                pack.verdict(
                                    on: item.code, activity: row, facts: facts, year: 2026, general: terms)
                            }
                            let (national, regional) = (verdict(base), verdict(pack))
                            // Nor does a region make better what the catalogue refuses.
                            if national.kind == .notAligned { #expect(regional.kind == .notAligned) }
                            if national.kind == .aligned, regional.kind != .aligned { tightened += 1 }
                            guard regional.kind == .aligned else { continue }
                            aligned += 1
                            #expect(national.kind == .aligned)
                            if regional.tier == "green" { #expect(national.tier == "green") }
                        }
                    }
                }
            }
        }
        // The property is not an empty one.
        #expect(aligned > 1_000 && tightened > 200)
    }

    @Test("What a judgement under the overlay proves is recognised by its catalogue without further facts")
    func recognition() throws {
        var generator = SeededGenerator(seed: 52)
        let dictionary = try FactDictionary(facts.map { Examples.definition($0, .yesNo) })
        var recognised = 0
        for _ in 0..<150 {
            let base = try catalogue(tiered: false, using: &generator)
            let pack = try overlaid(base, using: &generator)
            let rule = RecognitionRule(
                dictionary: dictionary, crosswalks: CrosswalkTable([], packs: [base, pack]), year: 2026)
            let facts = sheet(using: &generator)
            for item in base.items {
                let verdict = pack.verdict(on: item.code, activity: 1, facts: facts, year: 2026)
                guard verdict.kind == .aligned else { continue }
                recognised += 1
                #expect(rule.recognise(verdict, under: pack, by: base).outcome == .recognised)
            }
        }
        #expect(recognised > 50)
    }
}
