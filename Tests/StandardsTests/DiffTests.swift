import Seeded
import Testing
import Vocabulary

@testable import Standards

@Suite("Two standards side by side")
struct DiffTests {
    private let dictionary: FactDictionary

    init() throws {
        dictionary = try Examples.dictionary()
    }

    private static func power(_ comparison: Comparison, _ megawatts: Double) throws -> Criterion {
        .compare(FactID("power"), comparison, Threshold(Quantity(megawatts, try Unit.parse("MW"))))
    }

    private static let permitted = Criterion.holds(Examples.permitted)
    private static let onshore = Criterion.oneOf(Examples.technology, ["onshore"])
    private static let offshore = Criterion.oneOf(Examples.technology, ["offshore"])

    /// Two packs of one item each, compared by code.
    private func compare(
        _ first: [Criterion?], _ second: [Criterion?], general: (Criterion?, Criterion?) = (nil, nil), year: Int? = nil
    ) throws -> ItemDiff {
        let one = try Examples.pack([try Examples.item("1.1.1", first)], general: general.0)
        let other = try Examples.pack([try Examples.item("1.1.1", second)], general: general.1)
        let diff = StandardDiffRule(one, other, crosswalks: CrosswalkTable([]), dictionary: dictionary, year: year)
            .diff()
        #expect(diff.matching == .code)
        return try #require(diff.pairs.first)
    }

    @Test("At least 5 MW is stricter than at least 3 MW, and the two bounds are told against each other")
    func bounds() throws {
        let (five, three) = (try Self.power(.atLeast, 5), try Self.power(.atLeast, 3))
        let pair = try compare([three], [five])
        #expect(pair.change == .stricter)
        let added = try #require(pair.cases.first?.added.first)
        #expect(added.condition == five)
        #expect(added.against == [three])
        #expect(!added.isContradicted)
        #expect(pair.cases.first?.dropped == [])
        #expect(try compare([five], [three]).change == .looser)
        #expect(try compare([five], [five]).change == .equal)
    }

    @Test("What cannot be met together is told so")
    func contradiction() throws {
        let pair = try compare([try Self.power(.less, 3)], [try Self.power(.atLeast, 5)])
        #expect(pair.change == .different)
        #expect(pair.cases[0].added.map(\.isContradicted) == [true])
        #expect(pair.cases[0].dropped.map(\.isContradicted) == [true])
    }

    @Test("Conditions written otherwise and meaning the same are equal")
    func equivalence() throws {
        let five = try Self.power(.atLeast, 5)
        #expect(try compare([.all([five, Self.permitted])], [.all([Self.permitted, .all([five])])]).change == .equal)
        #expect(try compare([.not(try Self.power(.less, 5))], [five]).change == .equal)
        #expect(
            try compare([.any([Self.onshore, Self.offshore])], [.oneOf(Examples.technology, ["offshore", "onshore"])])
                .change == .equal)
        // Every project is on land or at sea, the dictionary says.
        #expect(try compare([.subject], [.any([Self.onshore, Self.offshore])]).change == .equal)
    }

    @Test("Kinds are compared one by one, and what is asked of all of them alike is told once")
    func kinds() throws {
        let (five, three) = (try Self.power(.atLeast, 5), try Self.power(.atLeast, 3))
        let first = Criterion.any([.all([Self.onshore, three]), .all([Self.offshore, five])])
        let second = Criterion.any([
            .all([Self.onshore, five, Self.permitted]), .all([Self.offshore, five, Self.permitted]),
        ])
        let pair = try compare([first], [second])
        #expect(pair.change == .stricter)
        let added = pair.cases[0].added
        #expect(added.count == 2)
        let bound = try #require(added.first { $0.condition == five })
        #expect(bound.kinds == [Self.onshore])
        #expect(bound.against == [three])
        #expect(try #require(added.first { $0.condition == Self.permitted }).kinds == [])
    }

    @Test("A kind that the other standard leaves out is a difference of its own")
    func missingKind() throws {
        let pair = try compare(
            [.subject],
            [.any([.all([Self.onshore, Self.permitted]), .all([Self.onshore, try Self.power(.atLeast, 1)])])])
        #expect(pair.change == .stricter)
        #expect(
            pair.cases[0].added.contains { $0.condition == .oneOf(Examples.technology, ["onshore", "onshore"]) }
                || pair.cases[0].added.contains { $0.condition.facts.contains(Examples.technology) })
    }

    @Test("Of alternatives only those are told that are left")
    func alternatives() throws {
        let (one, nine) = (try Self.power(.less, 1), try Self.power(.greater, 9))
        let pair = try compare(
            [try Self.power(.atLeast, 5)], [.any([.all([one, Self.permitted]), .all([nine, Self.permitted])])])
        #expect(pair.cases[0].added.map(\.condition) == [nine, Self.permitted])
    }

    @Test("What a standard asks of every item counts where the other asks it of one")
    func general() throws {
        let pair = try compare([.subject], [Self.permitted], general: (Self.permitted, nil))
        #expect(pair.change == .equal)
        let one = try Examples.pack([try Examples.item("1.1.1", [.subject])], general: Self.permitted)
        let other = try Examples.pack([try Examples.item("1.1.1", [.subject])])
        let rule = StandardDiffRule(one, other, crosswalks: CrosswalkTable([]), dictionary: dictionary)
        #expect(rule.diff().general.change == .looser)
        #expect(rule.diff().general.dropped.map(\.condition) == [Self.permitted])
    }

    @Test("Each set of rows is held against the other item's, and the whole is as its rows are")
    func rows() throws {
        let five = try Self.power(.atLeast, 5)
        let pair = try compare([five], [five, .all([five, Self.permitted]), five])
        // Rows are matched by their number where the codes are.
        #expect(pair.change == .stricter)
        #expect(pair.cases.map(\.secondRows) == [[1, 3], [2]])
        #expect(pair.cases.map(\.change) == [.equal, .stricter])
        #expect(try compare([five, Self.permitted], [.subject, .all([five, Self.permitted])]).change == .different)
        #expect(try compare([nil], [five]).change == .notStated)
    }

    @Test("A condition that has run out by the year of the comparison asks what nobody can meet")
    func years() throws {
        let until = Criterion.until(year: 2026, Self.permitted)
        #expect(try compare([Self.permitted], [until], year: 2026).change == .equal)
        let closed = try compare([Self.permitted], [until], year: 2027)
        #expect(closed.change == .stricter)
        #expect(closed.cases[0].added.map(\.condition) == [until])
        #expect(closed.cases[0].added[0].isContradicted)
    }

    @Test("References are followed")
    func references() throws {
        let one = try Examples.pack([
            try Examples.item("1.1.1", [.see(ItemReference(try Examples.code("1.1.2")))]),
            try Examples.item("1.1.2", [Self.permitted]),
        ])
        let other = try Examples.pack([try Examples.item("1.1.1", [Self.permitted])])
        let diff = StandardDiffRule(one, other, crosswalks: CrosswalkTable([]), dictionary: dictionary).diff()
        #expect(diff.pairs.map(\.change) == [.equal])
        #expect(diff.onlyInFirst == [try Examples.code("1.1.2")])
        #expect(diff.count(of: .equal) == 1)
    }

    @Test("Random conditions: the change found is the one that every value of the facts shows")
    func everyValue() throws {
        var generator = SeededGenerator(seed: 20_251_001)
        var seen: Set<ConditionChange> = []
        for _ in 0..<600 {
            let first = try Self.random(depth: 3, &generator)
            let second = try Self.random(depth: 3, &generator)
            let pair = try compare([first], [second])
            var (more, less) = (false, false)
            for facts in Self.everySheet {
                let one = first.evaluate(facts, year: 2025) { _ in nil }.truth
                let other = second.evaluate(facts, year: 2025) { _ in nil }.truth
                if one == .met, other == .notMet { more = true }
                if one == .notMet, other == .met { less = true }
            }
            let expected = ConditionChange(secondAsksMore: more, firstAsksMore: less)
            #expect(pair.change == expected, "\(first.outline) ⟷ \(second.outline)")
            for demand in pair.cases[0].added {
                // Somebody of whom it is asked meets the first condition and not the demand.
                let isReal = Self.everySheet.contains { facts in
                    let asked = Criterion.all([first] + demand.kinds).evaluate(facts, year: 2025) { _ in nil }
                    return asked.truth == .met
                        && demand.condition.evaluate(facts, year: 2025, resolve: { _ in nil }).truth == .notMet
                }
                #expect(isReal, "\(first.outline) ⟶ \(demand.condition.outline)")
            }
            seen.insert(pair.change)
        }
        #expect(seen == [.equal, .stricter, .looser, .different])
    }

    /// Every combination of values between and on the thresholds of the random conditions.
    private static let everySheet: [FactSheet] = {
        var sheets: [FactSheet] = []
        for power in [0, 1, 2, 3, 4] as [Double] {
            for permitted in [true, false] {
                for technology in ["onshore", "offshore"] {
                    sheets.append(
                        Examples.sheet([
                            FactID("power"): .number(power), Examples.permitted: .yesNo(permitted),
                            Examples.technology: .choice(technology),
                        ]))
                }
            }
        }
        return sheets
    }()

    private static func random(depth: Int, _ generator: inout SeededGenerator) throws -> Criterion {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &generator) {
        case 0: permitted
        case 1: Bool.random(using: &generator) ? onshore : offshore
        case 2, 3:
            try power(
                Bool.random(using: &generator) ? .atLeast : .less, [1, 3].randomElement(using: &generator) ?? 1)
        case 4: .not(try random(depth: depth - 1, &generator))
        case 5, 6:
            .all(
                try (0..<Int.random(in: 1...3, using: &generator)).map { _ in try random(depth: depth - 1, &generator) }
            )
        default:
            .any(
                try (0..<Int.random(in: 1...3, using: &generator)).map { _ in try random(depth: depth - 1, &generator) }
            )
        }
    }
}
