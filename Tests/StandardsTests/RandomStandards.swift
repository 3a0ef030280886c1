import Seeded
import Standards
import Vocabulary

/// Random conditions over a few facts, and every case that those can tell apart.
struct RandomStandards {
    static let first = FactID("first")
    static let second = FactID("second")
    static let kind = FactID("kind")
    static let size = FactID("size")
    static let grade = FactID("gb_1.grade")
    static let year = 2026

    /// Values between and at the thresholds that conditions are made of.
    private static let values: [FactID: [FactValue]] = [
        first: [.yesNo(true), .yesNo(false)],
        second: [.yesNo(true), .yesNo(false)],
        kind: ["a", "b", "c"].map { .choice($0) },
        size: [2, 3, 4, 5, 6, 7, 8].map { .number($0) },
        grade: [1, 1.5, 2, 2.5, 3].map { .number($0) },
    ]

    static func dictionary() throws -> FactDictionary {
        let one = try Unit.parse("1")
        let choices = ["a", "b", "c"].map { FactChoice(id: $0, label: Examples.words()) }
        return try FactDictionary([
            Examples.definition(first, .yesNo), Examples.definition(second, .yesNo),
            Examples.definition(kind, .choice(choices)),
            Examples.definition(size, .number(unit: one, minimum: 0, maximum: 10)),
            Examples.definition(grade, .number(unit: one, minimum: 1, maximum: 3)),
        ])
    }

    var generator: SeededGenerator
    /// The items that conditions may refer to.
    var references: [ItemReference] = []

    private let one: Unit

    init(seed: UInt64) throws {
        generator = SeededGenerator(seed: seed)
        one = try Unit.parse("1")
    }

    /// A pack with item 1.1.1 of one or two rows, which may refer to item 1.1.2; conditions for every activity now and then.
    mutating func pack(_ id: String) throws -> StandardPack {
        references = []
        let other = criterion(depth: 1)
        references = [try SmallStandards.at("1.1.2")]
        let rows = (0..<Int.random(in: 1...2, using: &generator)).map { _ in criterion(depth: 2) }
        let general = Int.random(in: 0..<3, using: &generator) == 0 ? criterion(depth: 1) : nil
        return try SmallStandards.pack(id, ["1.1.1": rows, "1.1.2": [other]], general: general)
    }

    mutating func criterion(depth: Int) -> Criterion {
        if depth == 0 { return leaf() }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...2: return .all(parts(depth))
        case 3...5: return .any(parts(depth))
        case 6: return .not(criterion(depth: depth - 1))
        case 7: return .until(year: Bool.random(using: &generator) ? 2030 : 2020, criterion(depth: depth - 1))
        case 8: return references.randomElement(using: &generator).map { .see($0) } ?? leaf()
        default: return leaf()
        }
    }

    private mutating func parts(_ depth: Int) -> [Criterion] {
        let count = Int.random(in: 0..<12, using: &generator) == 0 ? 0 : Int.random(in: 1...3, using: &generator)
        return (0..<count).map { _ in criterion(depth: depth - 1) }
    }

    private mutating func leaf() -> Criterion {
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: return .holds(Self.first)
        case 1: return .holds(Self.second)
        case 2, 3:
            let choices = ["a", "b", "c"].shuffled(using: &generator)
            return .oneOf(Self.kind, Array(choices.prefix(Int.random(in: 1...2, using: &generator))))
        case 4, 5: return .complies(standard: "GB 1", .grade(atLeast: Int.random(in: 1...3, using: &generator)))
        default:
            let comparison = Comparison.allCases.randomElement(using: &generator) ?? .equal
            let value = Quantity([3, 5, 7].randomElement(using: &generator) ?? 5, one)
            // Now and then a threshold that begins only after the year of the assessment.
            guard Int.random(in: 0..<8, using: &generator) == 0 else {
                return .compare(Self.size, comparison, Threshold(value))
            }
            let from = Bool.random(using: &generator) ? 2024 : 2031
            return .compare(Self.size, comparison, Threshold(steps: [.init(from: from, value)]))
        }
    }

    /// Some facts with some values.
    mutating func facts(share: Double) -> FactSheet {
        var sheet = FactSheet()
        for (id, values) in Self.values.sorted(by: { $0.key < $1.key })
        where Double.random(in: 0..<1, using: &generator) < share {
            sheet[id] = values.randomElement(using: &generator).map { Fact($0) }
        }
        return sheet
    }

    /// Every way in which the facts of conditions can be filled in, as far as the conditions can tell.
    static func completions(of sheet: FactSheet, for facts: some Sequence<FactID>) -> [FactSheet] {
        var completions = [sheet]
        for id in Set(facts).sorted() where sheet[id] == nil {
            completions = completions.flatMap { sheet in
                (values[id] ?? []).map { value in
                    var next = sheet
                    next[id] = Fact(value)
                    return next
                }
            }
        }
        return completions
    }
}
