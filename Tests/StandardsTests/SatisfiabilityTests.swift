import Standards
import Testing
import Vocabulary

@Suite("Whether conditions can all hold at once")
struct SatisfiabilityTests {
    private let stars = Examples.stars
    private let permitted = Examples.permitted
    private let technology = Examples.technology
    private let share = FactID("share")
    private let grade = FactID("gb_1.grade")
    private let dictionary: FactDictionary

    init() throws {
        let known = try Examples.dictionary().all
        dictionary = try FactDictionary(
            known + [
                Examples.definition(FactID("gb_1.grade"), .number(unit: .one, minimum: 1, maximum: 3)),
                Examples.definition(FactID("gb_1.conforms"), .yesNo),
            ])
    }

    private func isPossible(
        _ criteria: Criterion..., known: [FactID: FactValue] = [:], year: Int = 2026,
        resolve: @escaping (ItemReference) -> Criterion? = { _ in nil }
    ) -> Bool {
        Satisfiability(dictionary, year: year, resolve: resolve)
            .isPossible(criteria.map { Satisfiability.Goal($0, holds: true) }, known: known)
    }

    private func compare(_ comparison: Comparison, _ text: String) throws -> Criterion {
        try Examples.compare(share, comparison, text)
    }

    @Test("No number is at least 5 and less than 3, and 5 alone is at least 5 and at most 5")
    func numbers() throws {
        #expect(!isPossible(try compare(.atLeast, "5 %"), try compare(.less, "3 %")))
        #expect(isPossible(try compare(.atLeast, "5 %"), try compare(.atMost, "5 %")))
        #expect(!isPossible(try compare(.greater, "5 %"), try compare(.atMost, "5 %")))
        #expect(!isPossible(try compare(.atLeast, "5 %"), try compare(.less, "5 %")))
        #expect(isPossible(try compare(.greater, "3 %"), try compare(.less, "5 %")))
        #expect(!isPossible(try compare(.equal, "3 %"), try compare(.equal, "5 %")))
        #expect(!isPossible(try compare(.equal, "3 %"), .not(try compare(.equal, "3 %"))))
        #expect(
            !isPossible(
                try compare(.atLeast, "5 %"), try compare(.atMost, "5 %"), .not(try compare(.equal, "5 %"))))
        // Without one point of a range the rest of it is left.
        #expect(isPossible(try compare(.atLeast, "5 %"), .not(try compare(.equal, "5 %"))))
    }

    @Test("Lists of choices that have none in common exclude each other, and so does an empty list")
    func choices() {
        #expect(!isPossible(.oneOf(technology, ["onshore"]), .oneOf(technology, ["offshore"])))
        #expect(isPossible(.oneOf(technology, ["onshore", "offshore"]), .oneOf(technology, ["offshore"])))
        #expect(!isPossible(.not(.oneOf(technology, ["onshore", "offshore"]))))
        #expect(!isPossible(.oneOf(technology, [])))
    }

    @Test("An answer is not both yes and no, of a fact and of a standard")
    func answers() {
        #expect(!isPossible(.holds(permitted), .not(.holds(permitted))))
        #expect(isPossible(.any([.holds(permitted), .not(.holds(permitted))])))
        let conforms = Criterion.complies(standard: "GB 1", .conforms)
        #expect(!isPossible(conforms, .not(.holds(FactID("gb_1.conforms")))))
    }

    @Test("What lies outside the dictionary's range cannot be")
    func range() throws {
        #expect(!isPossible(try Examples.compare(stars, .greater, "3")))
        #expect(isPossible(try Examples.compare(stars, .atLeast, "3")))
        #expect(!isPossible(try Examples.compare(stars, .less, "0")))
        #expect(!isPossible(.not(try Examples.compare(stars, .atMost, "3"))))
        #expect(!isPossible(try Examples.compare(Examples.capacity, .less, "0 kW")))
        #expect(isPossible(try compare(.less, "-100 %")))
    }

    @Test("A grade is one of those that the standard has")
    func grades() throws {
        func atLeast(_ grade: Int) -> Criterion { .complies(standard: "GB 1", .grade(atLeast: grade)) }
        #expect(isPossible(atLeast(1)))
        #expect(!isPossible(atLeast(0)))
        #expect(!isPossible(.not(atLeast(3))))
        #expect(isPossible(atLeast(2), .not(atLeast(1))))
        #expect(!isPossible(atLeast(1), .not(atLeast(2))))
        #expect(!isPossible(atLeast(1), try Examples.compare(grade, .atLeast, "2")))
    }

    @Test("What is known leaves no other value, also one that the dictionary would not allow")
    func known() throws {
        let three = try Examples.compare(stars, .atLeast, "3")
        #expect(isPossible(three, known: [stars: .number(3)]))
        #expect(!isPossible(three, known: [stars: .number(2)]))
        #expect(isPossible(three, known: [stars: .number(9)]))
        #expect(!isPossible(.holds(permitted), known: [permitted: .yesNo(false)]))
        #expect(isPossible(.oneOf(technology, ["onshore"]), known: [technology: .choice("onshore")]))
        #expect(!isPossible(.not(.oneOf(technology, ["onshore"])), known: [technology: .choice("onshore")]))
    }

    @Test("A fact that the dictionary lacks can be anything, even both at once")
    func unknownFact() {
        let foreign = FactID("foreign")
        #expect(isPossible(.holds(foreign)) && isPossible(.not(.holds(foreign))))
    }

    @Test("What needs nothing is possible, what has no alternative is not")
    func empty() {
        #expect(isPossible())
        #expect(isPossible(.subject) && !isPossible(.not(.subject)))
        #expect(!isPossible(.any([])) && isPossible(.not(.any([]))))
    }

    @Test("A closed alternative is out of reach after its last year, a threshold that is not in force is no hindrance")
    func years() throws {
        let closing = Criterion.until(year: 2030, .holds(permitted))
        #expect(isPossible(closing, year: 2030) && !isPossible(closing, year: 2031))
        #expect(!isPossible(closing, .not(.holds(permitted)), year: 2030))
        #expect(isPossible(.not(closing), .holds(permitted), year: 2031))
        #expect(!isPossible(.not(closing), .holds(permitted), year: 2030))
        let stepping = try Examples.compare(share, .atMost, steps: [2026: "10 %", 2030: "5 %"])
        let seven = try compare(.equal, "7 %")
        #expect(isPossible(stepping, seven, year: 2029) && !isPossible(stepping, seven, year: 2030))
        #expect(isPossible(.not(stepping), seven, year: 2030) && !isPossible(.not(stepping), seven, year: 2029))
        // Before the first step the condition is open: neither it nor its opposite can be ruled out.
        #expect(isPossible(stepping, seven, year: 2025) && isPossible(.not(stepping), seven, year: 2025))
    }

    @Test("Behind a reference stands the other item's condition; one that leads nowhere can go either way")
    func references() throws {
        let other = ItemReference(try Examples.code("1.1.2"))
        #expect(!isPossible(.see(other), .not(.holds(permitted))) { _ in .holds(permitted) })
        #expect(!isPossible(.not(.see(other)), .holds(permitted)) { _ in .holds(permitted) })
        #expect(isPossible(.see(other), .not(.see(other))))
    }

    @Test("A reference in a circle ends, as it does in an evaluation", .timeLimit(.minutes(5)))
    func circle() throws {
        let own = ItemReference(try Examples.code("1.1.1"))
        #expect(isPossible(.see(own)) { .see($0) })
        #expect(isPossible(.see(own)) { .any([.see($0), .all([.see($0), .see($0)])]) })
    }

    @Test("One condition implies another where there is no way to meet the first and miss the second")
    func implications() throws {
        let satisfiability = Satisfiability(dictionary, year: 2026)
        let (two, one) = (try Examples.compare(stars, .atLeast, "2"), try Examples.compare(stars, .atLeast, "1"))
        #expect(satisfiability.implies([two], one) && !satisfiability.implies([one], two))
        #expect(satisfiability.implies([one], two, known: [stars: .number(2)]))
        #expect(satisfiability.implies([], .subject) && !satisfiability.implies([], one))
        #expect(satisfiability.implies([.holds(permitted), .not(.holds(permitted))], .any([])))
        #expect(satisfiability.implies([.any([two, .holds(permitted)]), .not(.holds(permitted))], one))
        #expect(satisfiability.implies([.not(.oneOf(technology, ["onshore"]))], .oneOf(technology, ["offshore"])))
    }

    @Test("A tree too wide to be gone through counts as possible, and is given up soon", .timeLimit(.minutes(5)))
    func wide() throws {
        // Sixty pairs of alternatives over independent facts, and at the end what contradicts itself.
        var facts: [FactDefinition] = []
        var parts: [Criterion] = []
        for number in 0..<120 { facts.append(Examples.definition(FactID("f\(number)"), .yesNo)) }
        for pair in 0..<60 { parts.append(.any([.holds(FactID("f\(2 * pair)")), .holds(FactID("f\(2 * pair + 1)"))])) }
        let wide = Satisfiability(try FactDictionary(facts), year: 2026)
        let contradiction = Criterion.any([
            .all([.holds(FactID("f0")), .not(.holds(FactID("f0")))]),
            .all([.holds(FactID("f1")), .not(.holds(FactID("f1")))]),
            .all([.holds(FactID("f2")), .not(.holds(FactID("f2")))]),
        ])
        #expect(wide.isPossible([Satisfiability.Goal(.all(parts + [contradiction]), holds: true)]))
        #expect(wide.isPossible([Satisfiability.Goal(.all(parts), holds: true)]))
        #expect(wide.isPossible([Satisfiability.Goal(.all(parts), holds: false)]))
    }
}
