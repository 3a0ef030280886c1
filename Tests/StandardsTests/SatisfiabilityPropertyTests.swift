import Seeded
import Standards
import Testing
import Vocabulary

@Suite("The search for a contradiction finds what trying every value finds")
struct SatisfiabilityPropertyTests {
    private static let number = FactID("number")
    private static let free = FactID("free")
    private static let answer = FactID("answer")
    private static let choice = FactID("choice")
    private static let year = 2026

    private let dictionary: FactDictionary
    /// Every combination of values: numbers at each threshold, between each two, and at the ends of the range.
    private let cases: [[FactID: FactValue]]

    init() throws {
        dictionary = try FactDictionary([
            Examples.definition(Self.number, .number(unit: .one, minimum: 0, maximum: 4)),
            Examples.definition(Self.free, .number(unit: .one, minimum: nil, maximum: nil)),
            Examples.definition(Self.answer, .yesNo),
            Examples.definition(
                Self.choice, .choice(["a", "b", "c"].map { FactChoice(id: $0, label: Examples.words()) })),
        ])
        var cases: [[FactID: FactValue]] = []
        for number in stride(from: 0, through: 4, by: 0.5) {
            for free in stride(from: 0.5, through: 4.5, by: 0.5) {
                for answer in [true, false] {
                    for choice in ["a", "b", "c"] {
                        cases.append([
                            Self.number: .number(number), Self.free: .number(free), Self.answer: .yesNo(answer),
                            Self.choice: .choice(choice),
                        ])
                    }
                }
            }
        }
        self.cases = cases
    }

    /// Thresholds of `number` are -1…5 (its range is 0…4), those of `free` 1…4 (tried from below 1 to above 4).
    private func leaf(using generator: inout SeededGenerator) throws -> Criterion {
        let comparison = Comparison.allCases[Int.random(in: 0..<5, using: &generator)]
        switch Int.random(in: 0..<6, using: &generator) {
        case 0, 1: return try Examples.compare(Self.number, comparison, "\(Int.random(in: -1...5, using: &generator))")
        case 2: return try Examples.compare(Self.free, comparison, "\(Int.random(in: 1...4, using: &generator))")
        case 3: return .holds(Self.answer)
        case 4:
            return .oneOf(Self.choice, ["a", "b", "c"].filter { _ in Bool.random(using: &generator) })
        default:
            let steps = [
                2020: "\(Int.random(in: 1...4, using: &generator))",
                2024 + Int.random(in: 0...4, using: &generator): "\(Int.random(in: 1...4, using: &generator))",
            ]
            return try Examples.compare(Self.free, comparison, steps: steps)
        }
    }

    private func random(depth: Int, using generator: inout SeededGenerator) throws -> Criterion {
        if depth == 0 { return try leaf(using: &generator) }
        var parts: [Criterion] = []
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            parts.append(try random(depth: depth - 1, using: &generator))
        }
        switch Int.random(in: 0..<7, using: &generator) {
        case 0, 1: return .all(parts)
        case 2, 3: return .any(parts)
        case 4: return .not(try random(depth: depth - 1, using: &generator))
        case 5:
            let last = Self.year + Int.random(in: -1...1, using: &generator)
            return .until(year: last, try random(depth: depth - 1, using: &generator))
        default:
            let item = try Examples.code("1.1.\(Int.random(in: 1...Self.shared, using: &generator))")
            return .see(ItemReference(item))
        }
    }

    private static let shared = 3

    /// Conditions that the random ones may refer to.
    private func targets(using generator: inout SeededGenerator) throws -> [Criterion] {
        try (0..<Self.shared).map { _ in
            .any([try leaf(using: &generator), .all([try leaf(using: &generator), try leaf(using: &generator)])])
        }
    }

    private func holds(
        _ criterion: Criterion, _ values: [FactID: FactValue], _ resolve: (ItemReference) -> Criterion?
    ) -> Bool {
        let truth = criterion.evaluate(Examples.sheet(values), year: Self.year, resolve: resolve).truth
        #expect(truth != .unknown)
        return truth == .met
    }

    @Test("A condition can hold, or fail, exactly where some value makes it")
    func possible() throws {
        var generator = SeededGenerator(seed: 2_026)
        var found: [Bool: Int] = [:]
        for round in 0..<400 {
            let targets = try targets(using: &generator)
            let resolve: (ItemReference) -> Criterion? = { targets[$0.item.number - 1] }
            let search = Satisfiability(dictionary, year: Self.year, resolve: resolve)
            let criterion = try random(depth: round % 4, using: &generator)
            let outcomes = Set(cases.map { holds(criterion, $0, resolve) })
            for wanted in [true, false] {
                let possible = search.isPossible([Satisfiability.Goal(criterion, holds: wanted)])
                #expect(possible == outcomes.contains(wanted), "\(criterion.outline) \(wanted)")
                found[possible, default: 0] += 1
            }
        }
        // The sample has contradictions to find, and is not made of them.
        #expect(found[true, default: 0] > 200 && found[false, default: 0] > 60)
    }

    @Test("Premises imply a consequence exactly where no value meets them and misses it")
    func implications() throws {
        var generator = SeededGenerator(seed: 2_027)
        var found: [Bool: Int] = [:]
        for round in 0..<300 {
            let targets = try targets(using: &generator)
            let resolve: (ItemReference) -> Criterion? = { targets[$0.item.number - 1] }
            let search = Satisfiability(dictionary, year: Self.year, resolve: resolve)
            var premises: [Criterion] = []
            for _ in 0..<Int.random(in: 0...2, using: &generator) {
                premises.append(try random(depth: round % 3, using: &generator))
            }
            let consequence = try random(depth: round % 3, using: &generator)
            var known = cases.randomElement(using: &generator) ?? [:]
            for fact in known.keys.sorted() where Int.random(in: 0..<3, using: &generator) > 0 { known[fact] = nil }
            let matching = cases.filter { values in known.allSatisfy { values[$0.key] == $0.value } }
            #expect(!matching.isEmpty)
            let expected = matching.allSatisfy { values in
                !premises.allSatisfy { holds($0, values, resolve) } || holds(consequence, values, resolve)
            }
            let implied = search.implies(premises, consequence, known: known)
            #expect(implied == expected, "\(premises.map(\.outline)) → \(consequence.outline), \(known)")
            found[implied, default: 0] += 1
        }
        #expect(found[true, default: 0] > 60 && found[false, default: 0] > 60)
    }
}
