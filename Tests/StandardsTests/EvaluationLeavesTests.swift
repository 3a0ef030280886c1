import Seeded
import Standards
import Testing
import Vocabulary

@Suite("The leaves on which an evaluation rests, fails and still hangs")
struct EvaluationLeavesTests {
    private let facts = ["a", "b", "c"].map(FactID.init)

    private func holds(_ position: Int) -> Criterion { .holds(facts[position]) }

    private func evaluate(_ criterion: Criterion, _ known: [Int: Bool]) -> Evaluation {
        var sheet = FactSheet()
        for (position, value) in known { sheet[facts[position]] = Fact(.yesNo(value)) }
        return criterion.evaluate(sheet, year: 2026)
    }

    @Test("A criterion that is met rests on the leaves that are met, and on none that is not needed")
    func supports() {
        let criterion = Criterion.all([holds(0), .any([holds(1), holds(2)])])
        #expect(evaluate(criterion, [0: true, 2: true]).supports.map(\.fact) == [facts[0], facts[2]])
        #expect(evaluate(criterion, [0: true, 1: true, 2: true]).supports.map(\.fact) == facts)
        #expect(evaluate(criterion, [0: true, 1: false, 2: true]).supports.map(\.fact) == [facts[0], facts[2]])
        #expect(evaluate(criterion, [0: true]).supports.isEmpty)
        #expect(evaluate(criterion, [0: false, 1: true, 2: true]).supports.isEmpty)
    }

    @Test("The subject alone rests on nothing, also as an alternative")
    func subject() {
        #expect(evaluate(.subject, [:]).supports.isEmpty)
        let criterion = Criterion.any([.subject, holds(0)])
        #expect(evaluate(criterion, [:]).supports.isEmpty)
        #expect(evaluate(criterion, [0: true]).supports.map(\.fact) == [facts[0]])
    }

    @Test("A refusal that is met rests on itself as a whole, and one that fails fails as a whole")
    func refusals() {
        let refusal = Criterion.not(.any([holds(0), holds(1)]))
        let met = evaluate(refusal, [0: false, 1: false])
        #expect(met.truth == .met)
        #expect(met.supports.map(\.criterion) == [refusal])
        #expect(met.failures.isEmpty)
        let failed = evaluate(.all([refusal, holds(2)]), [0: true, 2: true])
        #expect(failed.failures.map(\.criterion) == [refusal])
        #expect(failed.supports.isEmpty)
    }

    @Test("Under a refusal every leaf is still a leaf, and what is open there still hangs")
    func underNot() {
        let refusal = Criterion.not(.all([holds(0), .not(holds(1))]))
        let open = evaluate(refusal, [0: true])
        #expect(open.truth == .unknown)
        #expect(open.undecidedLeaves.map(\.fact) == [facts[1]])
        #expect(open.leaves.map(\.fact) == [facts[0], facts[1]])
        #expect(open.leaves.map(\.truth) == [.met, .unknown])
        // One part under it fails: the refusal is met whatever the other says.
        let decided = evaluate(refusal, [0: false])
        #expect(decided.truth == .met && decided.undecidedLeaves.isEmpty)
        #expect(decided.leaves.map(\.truth) == [.notMet, .unknown])
    }

    @Test("Leaves are told in the order of the criterion, each as often as it stands there, whatever was found")
    func leaves() {
        let criterion = Criterion.all([holds(1), .any([holds(0), .until(year: 2030, holds(1))]), .subject])
        for known in [[:], [0: true], [0: false, 1: true], [1: false]] as [[Int: Bool]] {
            #expect(evaluate(criterion, known).leaves.map(\.fact) == [facts[1], facts[0], facts[1]])
        }
    }

    @Test("Behind a reference stand the leaves of the other item; a dangling one has none and hangs on itself")
    func see() throws {
        let reference = ItemReference(try Examples.code("1.1.2"))
        let found = Criterion.see(reference).evaluate(Examples.sheet([facts[0]: .yesNo(true)])) { _ in
            .any([holds(0), holds(1)])
        }
        #expect(found.supports.map(\.fact) == [facts[0]])
        #expect(found.leaves.map(\.fact) == [facts[0], facts[1]])
        let dangling = Criterion.see(reference).evaluate(FactSheet())
        #expect(dangling.leaves.isEmpty && dangling.supports.isEmpty && dangling.missing.isEmpty)
        #expect(dangling.undecidedLeaves.map(\.criterion) == [.see(reference)])
    }

    @Test("An alternative without parts fails by itself")
    func emptyAny() {
        let found = evaluate(.any([]), [:])
        #expect(found.truth == .notMet)
        #expect(found.failures.map(\.criterion) == [.any([])])
        #expect(found.leaves.isEmpty)
    }

    @Test("What is met has supports or asks for nothing, what fails has failures, what is open hangs on something")
    func every() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<500 {
            let criterion = random(depth: 3, using: &generator)
            var known: [Int: Bool] = [:]
            for position in facts.indices where Bool.random(using: &generator) {
                known[position] = Bool.random(using: &generator)
            }
            let found = evaluate(criterion, known)
            #expect(found.failures.isEmpty == (found.truth != .notMet))
            #expect(found.undecidedLeaves.isEmpty == (found.truth != .unknown))
            if found.truth != .met { #expect(found.supports.isEmpty) }
            #expect(found.supports.allSatisfy { $0.truth == .met })
            #expect(found.failures.allSatisfy { $0.truth == .notMet })
            #expect(found.undecidedLeaves.allSatisfy { $0.truth == .unknown })
            #expect(found.leaves.compactMap(\.fact) == criterion.facts)
            // What it rests on suffices: with everything else forgotten it is still met.
            if found.truth == .met {
                let needed = Set(found.supports.flatMap(\.leaves).compactMap(\.fact))
                let kept = known.filter { needed.contains(facts[$0.key]) }
                #expect(evaluate(criterion, kept).truth == .met)
            }
        }
    }

    private func random(depth: Int, using generator: inout SeededGenerator) -> Criterion {
        if depth == 0 { return holds(Int.random(in: facts.indices, using: &generator)) }
        var parts: [Criterion] = []
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            parts.append(random(depth: depth - 1, using: &generator))
        }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: return .all(parts)
        case 1: return .any(parts)
        case 2: return .not(parts[0])
        default: return .until(year: 2030, parts[0])
        }
    }
}
