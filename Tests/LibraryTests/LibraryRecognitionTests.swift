import Library
import Seeded
import Standards
import Testing
import Vocabulary

/// Recognition along every link of the library, for projects with random facts.
@Suite("Recognition between the standards of the library")
struct LibraryRecognitionTests {
    private let library: RuleLibrary
    private static let year = 2026

    init() throws {
        library = try LoadedLibrary.shared()
    }

    private struct Way {
        let from: StandardPack
        let to: StandardPack
        let subject: ItemReference
        let target: ItemReference
    }

    /// Every link, both ways.
    private func ways() throws -> [Way] {
        try library.crosswalks.crosswalks.flatMap { crosswalk in
            let from = try #require(library.pack(crosswalk.from))
            let to = try #require(library.pack(crosswalk.to))
            return crosswalk.links.flatMap { link in
                [
                    Way(from: from, to: to, subject: link.from, target: link.to),
                    Way(from: to, to: from, subject: link.to, target: link.from),
                ]
            }
        }
    }

    private func verdict(_ pack: StandardPack, _ reference: ItemReference, _ facts: FactSheet) -> Verdict {
        pack.verdict(on: reference.item, activity: reference.row, facts: facts, year: Self.year)
    }

    /// A value for a fact such that the leaf is met; nil where none is easy to see.
    private func value(meeting leaf: Criterion, using generator: inout SeededGenerator) -> FactValue? {
        switch leaf {
        case .holds: return .yesNo(true)
        case .complies(_, .grade(let worst)): return .number(Double(worst))
        case .complies: return .yesNo(true)
        case .oneOf(_, let choices): return choices.randomElement(using: &generator).map { .choice($0) }
        case .compare(_, let comparison, let threshold):
            guard let value = threshold.quantity(in: Self.year)?.value else { return nil }
            switch comparison {
            case .less: return .number(value - max(abs(value), 1) * 0.01)
            case .greater: return .number(value + max(abs(value), 1) * 0.01)
            case .atMost, .atLeast, .equal: return .number(value)
            }
        case .all, .any, .not, .see, .until: return nil
        }
    }

    /// A sheet that is likely to meet the item: leaves of its trees are met one after the other, at random.
    private func sheet(_ way: Way, using generator: inout SeededGenerator) -> FactSheet {
        var facts = FactSheet()
        for _ in 0..<12 {
            let found = verdict(way.from, way.subject, facts)
            guard found.kind == .eligible else { break }
            let open = (found.findings.map(\.evaluation) + [found.general].compactMap { $0 })
                .flatMap(\.undecidedLeaves)
            for leaf in open.shuffled(using: &generator).prefix(6) {
                guard let fact = leaf.fact, facts[fact] == nil,
                    let value = value(meeting: leaf.criterion, using: &generator)
                else {
                    continue
                }
                facts[fact] = Fact(value)
            }
        }
        return facts
    }

    @Test("What is recognised is never refused by the other standard on the same facts", .timeLimit(.minutes(3)))
    func neverRefused() throws {
        let rule = RecognitionRule(dictionary: library.facts, crosswalks: library.crosswalks, year: Self.year)
        var generator = SeededGenerator(seed: 41)
        var aligned = 0
        var outcomes: [RecognitionOutcome: Int] = [:]
        for way in try ways() {
            for _ in 0..<2 {
                let facts = sheet(way, using: &generator)
                let proved = verdict(way.from, way.subject, facts)
                guard proved.kind == .aligned else { continue }
                aligned += 1
                let found = rule.recognise(proved, under: way.from, by: way.to, stated: way.target)
                outcomes[found.outcome, default: 0] += 1
                let place: Comment = "\(way.from.id) \(way.subject) → \(way.to.id) \(way.target)"
                var seen = FactSheet()
                for leaf in proved.leaves { if let id = leaf.fact { seen[id] = leaf.finding } }
                switch found.outcome {
                case .recognised:
                    #expect(verdict(way.to, way.target, facts).kind != .notAligned, place)
                    #expect(verdict(way.to, way.target, seen).kind != .notAligned, place)
                case .withFurtherFacts:
                    #expect(verdict(way.to, way.target, seen).kind != .notAligned, place)
                    #expect(!found.further.isEmpty, place)
                    #expect(found.further.allSatisfy { seen[$0] == nil }, place)
                case .notRecognised: #expect(!found.failures.isEmpty, place)
                }
            }
        }
        #expect(aligned > 300, "\(aligned) aligned: \(outcomes)")
        for outcome in RecognitionOutcome.allCases { #expect((outcomes[outcome] ?? 0) > 0, "\(outcomes)") }
    }

    @Test("A standard recognises its own judgement of every item", .timeLimit(.minutes(3)))
    func itself() throws {
        let rule = RecognitionRule(dictionary: library.facts, crosswalks: library.crosswalks, year: Self.year)
        var generator = SeededGenerator(seed: 42)
        var aligned = 0
        for pack in library.packs {
            for item in pack.items {
                let row = item.activities.randomElement(using: &generator)?.row
                let subject = ItemReference(item.code, row: row)
                let way = Way(from: pack, to: pack, subject: subject, target: subject)
                let proved = verdict(pack, subject, sheet(way, using: &generator))
                guard proved.kind == .aligned else { continue }
                aligned += 1
                let found = rule.recognise(proved, under: pack, by: pack, stated: subject)
                #expect(found.outcome == .recognised, "\(pack.id) \(subject)")
            }
        }
        #expect(aligned > 300, "\(aligned)")
    }
}
