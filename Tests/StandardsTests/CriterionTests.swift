import Seeded
import Standards
import Testing
import Vocabulary

@Suite("Criteria over facts")
struct CriterionTests {
    private let capacity = Examples.capacity
    private let permitted = Examples.permitted
    private let technology = Examples.technology

    private func truth(_ criterion: Criterion, _ values: [FactID: FactValue]) -> Truth {
        criterion.evaluate(Examples.sheet(values)).truth
    }

    private func threshold(_ text: String, in unit: String) throws -> Quantity {
        try Quantity.parse(text).converted(to: try Unit.parse(unit))
    }

    @Test("A number is compared in the five ways below, at and above the threshold")
    func comparisons() {
        let table: [(Comparison, below: Bool, at: Bool, above: Bool)] = [
            (.less, true, false, false), (.atMost, true, true, false), (.equal, false, true, false),
            (.atLeast, false, true, true), (.greater, false, false, true),
        ]
        #expect(table.map(\.0) == Comparison.allCases)
        for (comparison, below, at, above) in table {
            for threshold in [-7.5, 0, 1, 5_000] {
                #expect(comparison.holds(threshold - 1, threshold) == below, "\(comparison) \(threshold)")
                #expect(comparison.holds(threshold, threshold) == at, "\(comparison) \(threshold)")
                #expect(comparison.holds(threshold + 1, threshold) == above, "\(comparison) \(threshold)")
            }
        }
    }

    @Test("5 MW is 5000 kW, 0.1 + 0.2 is 0.3, and one in a thousand million is not nothing")
    func tolerance() throws {
        for comparison in [Comparison.atLeast, .atMost, .equal] {
            let criterion = Criterion.compare(capacity, comparison, Threshold(try threshold("5 MW", in: "kW")))
            #expect(truth(criterion, [capacity: .number(5_000)]) == .met)
            #expect(comparison.holds(0.1 + 0.2, 0.3))
        }
        for comparison in [Comparison.less, .greater] {
            let criterion = Criterion.compare(capacity, comparison, Threshold(try threshold("5 MW", in: "kW")))
            #expect(truth(criterion, [capacity: .number(5_000)]) == .notMet)
            #expect(!comparison.holds(0.1 + 0.2, 0.3))
        }
        #expect(!Comparison.equal.holds(1, 1 + 1e-9))
        #expect(Comparison.less.holds(1, 1 + 1e-9))
        // Against nothing there is no tolerance: any amount above is above.
        #expect(Comparison.greater.holds(1e-300, 0))
    }

    @Test("Less and at least are opposites, and so are greater and at most, for any numbers")
    func opposites() {
        var generator = SeededGenerator(seed: 5_000)
        for _ in 0..<5_000 {
            let threshold = Double.random(in: -1e6...1e6, using: &generator)
            let value =
                Bool.random(using: &generator)
                ? threshold * (1 + Double.random(in: -2e-12...2e-12, using: &generator))
                : Double.random(in: -1e6...1e6, using: &generator)
            #expect(Comparison.less.holds(value, threshold) != Comparison.atLeast.holds(value, threshold))
            #expect(Comparison.greater.holds(value, threshold) != Comparison.atMost.holds(value, threshold))
            #expect(
                Comparison.equal.holds(value, threshold)
                    == (Comparison.atMost.holds(value, threshold) && Comparison.atLeast.holds(value, threshold)))
        }
    }

    @Test("A fact that must hold is met by yes, not met by no, unknown without it or as a number")
    func holds() {
        #expect(truth(.holds(permitted), [permitted: .yesNo(true)]) == .met)
        #expect(truth(.holds(permitted), [permitted: .yesNo(false)]) == .notMet)
        #expect(truth(.holds(permitted), [:]) == .unknown)
        #expect(truth(.holds(permitted), [permitted: .number(1)]) == .unknown)
    }

    @Test("A choice is met by one of those listed, not met by another")
    func oneOf() {
        let criterion = Criterion.oneOf(technology, ["onshore", "offshore"])
        #expect(truth(criterion, [technology: .choice("offshore")]) == .met)
        #expect(truth(criterion, [technology: .choice("rooftop")]) == .notMet)
        #expect(truth(criterion, [:]) == .unknown)
        #expect(truth(criterion, [technology: .yesNo(true)]) == .unknown)
    }

    @Test("Grade 1 is the best: a grade of 2 or better admits 1 and 2 and refuses 3")
    func grades() {
        let grade = FactID("gb_24500.grade")
        for worst in 1...5 {
            let criterion = Criterion.complies(standard: "GB 24500", .grade(atLeast: worst))
            for found in 1...5 {
                #expect(truth(criterion, [grade: .number(Double(found))]) == Truth(found <= worst))
            }
            #expect(truth(criterion, [:]) == .unknown)
            #expect(truth(criterion, [grade: .yesNo(true)]) == .unknown)
        }
    }

    @Test("Conforming and reaching a level are yes-or-no facts of the standard")
    func compliance() {
        let conforms = Criterion.complies(standard: "GB/T 1028", .conforms)
        let level = Criterion.complies(standard: "TSG 91", .level("target"))
        #expect(truth(conforms, [FactID("gb_t_1028.conforms"): .yesNo(true)]) == .met)
        #expect(truth(conforms, [FactID("gb_t_1028.conforms"): .yesNo(false)]) == .notMet)
        #expect(truth(conforms, [FactID("gb_t_1028.conforms"): .number(1)]) == .unknown)
        #expect(truth(level, [FactID("tsg_91.target"): .yesNo(true)]) == .met)
        #expect(truth(level, [FactID("tsg_91.limit"): .yesNo(true)]) == .unknown)
    }

    @Test("The fact of a standard is named after its designation and aspect")
    func factNames() {
        #expect(Criterion.fact(of: "GB/T 1028", .conforms).name == "gb_t_1028.conforms")
        #expect(Criterion.fact(of: "GB 24500", .grade(atLeast: 1)).name == "gb_24500.grade")
        #expect(Criterion.fact(of: "GB/T 38750.1", .level("limit")).name == "gb_t_38750_1.limit")
    }

    @Test("All, any and not join their parts as Kleene's tables do, for every pair of findings")
    func composition() {
        let (left, right) = (FactID("left"), FactID("right"))
        let findings: [(FactValue?, Truth)] = [(.yesNo(true), .met), (.yesNo(false), .notMet), (nil, .unknown)]
        for (leftValue, leftTruth) in findings {
            for (rightValue, rightTruth) in findings {
                var values: [FactID: FactValue] = [:]
                values[left] = leftValue
                values[right] = rightValue
                let parts: [Criterion] = [.holds(left), .holds(right)]
                #expect(truth(.all(parts), values) == Truth.all([leftTruth, rightTruth]))
                #expect(truth(.any(parts), values) == Truth.any([leftTruth, rightTruth]))
                #expect(truth(.not(.all(parts)), values) == !Truth.all([leftTruth, rightTruth]))
            }
        }
        #expect(truth(.all([]), [:]) == .met)
        #expect(truth(.any([]), [:]) == .notMet)
    }

    @Test("A criterion lists its facts and references in its own order")
    func listing() throws {
        let other = try Examples.code("1.1.2")
        let criterion = Criterion.all([
            .holds(permitted), .any([.oneOf(technology, ["onshore"]), .see(ItemReference(other))]),
            .not(.complies(standard: "GB 1", .conforms)),
            .compare(capacity, .less, Threshold(try threshold("5 MW", in: "kW"))),
        ])
        #expect(criterion.facts == [permitted, technology, FactID("gb_1.conforms"), capacity])
        #expect(criterion.references == [ItemReference(other)])
    }
}
