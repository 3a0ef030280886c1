import Standards
import Testing
import Vocabulary

@Suite("Conditions that change with the year of the assessment")
struct YearTests {
    private let intensity = FactID("intensity")
    private let permitted = Examples.permitted

    private func evaluate(_ criterion: Criterion, _ values: [FactID: FactValue], _ year: Int?) -> Evaluation {
        criterion.evaluate(Examples.sheet(values), year: year)
    }

    @Test(
        "A threshold that steps is unknown before its first step, and each step holds from its year on",
        arguments: [
            (nil, Truth.unknown), (2021, .unknown), (2022, .met), (2029, .met), (2030, .notMet), (2049, .notMet),
            (2050, .notMet), (9999, .notMet),
        ] as [(Int?, Truth)])
    func steps(year: Int?, truth: Truth) throws {
        // 3 kg, 1.5 kg from 2030 and 0 from 2050, as the Singapore-Asia taxonomy steps for hydrogen; 2 kg are stated.
        let criterion = try Examples.compare(
            intensity, .atMost, steps: [2050: "0 kg", 2022: "3 kg", 2030: "1.5 kg"])
        #expect(evaluate(criterion, [intensity: .number(2)], year).truth == truth)
        #expect(evaluate(criterion, [:], year).truth == .unknown)
        // What meets the last step meets each of them, but says nothing before the first.
        let expected: Truth = year.map { $0 >= 2022 } == true ? .met : .unknown
        #expect(evaluate(criterion, [intensity: .number(0)], year).truth == expected)
    }

    @Test("Steps stand in the order of the years, in whichever order they are given")
    func order() throws {
        let steps = [2040, 2022, 2030].map { Threshold.Step(from: $0, Quantity(Double($0), .one)) }
        let threshold = Threshold(steps: steps)
        #expect(threshold.steps.map(\.from) == [2022, 2030, 2040])
        #expect(threshold.quantity(in: 2039)?.value == 2030)
        #expect(threshold.quantity(in: 2040)?.value == 2040)
    }

    @Test("One step from a year on is a change; a quantity without a year is none and needs no year")
    func oneStep() throws {
        let since = try Examples.compare(intensity, .atMost, steps: [2026: "5 kg"])
        let always = try Examples.compare(intensity, .atMost, "5 kg")
        for year in [nil, 1900, 2025, 2026, 2027] as [Int?] {
            let isInForce = (year ?? 0) >= 2026
            #expect(evaluate(since, [intensity: .number(6)], year).truth == (isInForce ? .notMet : .unknown))
            #expect(evaluate(always, [intensity: .number(6)], year).truth == .notMet)
        }
        #expect(Threshold(steps: [.init(from: 2026, Quantity(5, .one))]).changes)
        #expect(!Threshold(Quantity(5, .one)).changes)
    }

    @Test("A threshold without a step is in force in no year")
    func noStep() {
        let criterion = Criterion.compare(intensity, .atMost, Threshold(steps: []))
        for year in [nil, 2026] as [Int?] {
            #expect(evaluate(criterion, [intensity: .number(1)], year).truth == .unknown)
        }
    }

    @Test("What closes can be met in its last year and not after; without a year nobody can tell")
    func until() {
        let criterion = Criterion.until(year: 2030, .holds(permitted))
        let table: [(year: Int?, yes: Truth, no: Truth, open: Truth)] = [
            (1900, .met, .notMet, .unknown), (2030, .met, .notMet, .unknown), (2031, .notMet, .notMet, .notMet),
            (nil, .unknown, .notMet, .unknown),
        ]
        for (year, yes, no, open) in table {
            #expect(evaluate(criterion, [permitted: .yesNo(true)], year).truth == yes)
            #expect(evaluate(criterion, [permitted: .yesNo(false)], year).truth == no)
            #expect(evaluate(criterion, [:], year).truth == open)
        }
    }

    @Test("After the last year it is the closing that fails, before it the part")
    func untilFailures() {
        let criterion = Criterion.until(year: 2030, .holds(permitted))
        #expect(evaluate(criterion, [permitted: .yesNo(true)], 2031).failures.map(\.criterion) == [criterion])
        #expect(evaluate(criterion, [:], 2031).failures.map(\.criterion) == [criterion])
        #expect(evaluate(criterion, [:], 2031).missing.isEmpty)
        for year in [2030, 2031, nil] {
            let failed = evaluate(criterion, [permitted: .yesNo(false)], year)
            #expect(failed.failures.map(\.fact) == [permitted])
        }
        #expect(evaluate(criterion, [permitted: .yesNo(true)], 2030).supports.map(\.fact) == [permitted])
        #expect(evaluate(criterion, [:], 2030).missing == [permitted])
        #expect(criterion.facts == [permitted])
    }

    @Test("What must not be met until a year may be met after it")
    func untilUnderNot() {
        let criterion = Criterion.not(.until(year: 2030, .holds(permitted)))
        #expect(evaluate(criterion, [permitted: .yesNo(true)], 2030).truth == .notMet)
        #expect(evaluate(criterion, [permitted: .yesNo(true)], 2031).truth == .met)
        #expect(evaluate(criterion, [:], 2031).truth == .met)
    }

    @Test("The year reaches the criterion of another item")
    func see() throws {
        let other = ItemReference(try Examples.code("1.1.2"))
        let closing = Criterion.until(year: 2030, .holds(permitted))
        for (year, truth) in [(2030, Truth.met), (2031, .notMet)] {
            let found = Criterion.see(other).evaluate(Examples.sheet([permitted: .yesNo(true)]), year: year) { _ in
                closing
            }
            #expect(found.truth == truth)
        }
    }

    @Test("A verdict is taken in the year of the assessment")
    func verdict() throws {
        let pack = try Examples.pack([
            try Examples.item("1.1.1", [try Examples.compare(intensity, .atMost, steps: [2026: "5 kg", 2030: "2 kg"])])
        ])
        let facts = Examples.sheet([intensity: .number(3)])
        for (year, kind) in [(2025, VerdictKind.eligible), (2026, .aligned), (2029, .aligned), (2030, .notAligned)] {
            let found = pack.verdict(on: try Examples.code("1.1.1"), activity: nil, facts: facts, year: year)
            #expect(found.kind == kind, "\(year)")
        }
    }
}
