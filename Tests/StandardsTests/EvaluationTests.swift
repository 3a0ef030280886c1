import Seeded
import Standards
import Testing
import Vocabulary

@Suite("What an evaluation says is missing and what failed")
struct EvaluationTests {
    private let facts = ["a", "b", "c", "d"].map(FactID.init)

    private func holds(_ position: Int) -> Criterion { .holds(facts[position]) }

    private func evaluate(_ criterion: Criterion, _ known: [Int: Bool]) -> Evaluation {
        var sheet = FactSheet()
        for (position, value) in known { sheet[facts[position]] = Fact(.yesNo(value)) }
        return criterion.evaluate(sheet)
    }

    @Test("Missing facts stand in the order of the criterion, each once")
    func order() {
        let criterion = Criterion.all([holds(2), .any([holds(0), holds(2)]), holds(1)])
        #expect(evaluate(criterion, [:]).missing == [facts[2], facts[0], facts[1]])
        #expect(evaluate(criterion, [2: true]).missing == [facts[1]])
    }

    @Test("A branch that is decided asks for nothing more")
    func decidedBranches() {
        let criterion = Criterion.all([.any([holds(0), holds(1)]), .all([holds(2), holds(3)])])
        // The first branch is met by b alone; a is not asked for.
        #expect(evaluate(criterion, [1: true]).missing == [facts[2], facts[3]])
        // One part fails: nothing can be mended by evidence.
        let failed = evaluate(criterion, [2: false])
        #expect(failed.truth == .notMet)
        #expect(failed.missing.isEmpty)
        // Inside an "any" a failed alternative asks for nothing, the open one does.
        let alternatives = Criterion.any([.all([holds(0), holds(1)]), holds(2)])
        #expect(evaluate(alternatives, [0: false]).missing == [facts[2]])
        #expect(evaluate(alternatives, [2: true, 0: false]).missing.isEmpty)
    }

    @Test("Every missing fact matters: there is a set of answers to the others under which it decides")
    func missingFactsMatter() {
        var generator = SeededGenerator(seed: 64)
        for _ in 0..<300 {
            let criterion = random(depth: 3, using: &generator)
            var known: [Int: Bool] = [:]
            for position in facts.indices where Int.random(in: 0..<3, using: &generator) == 0 {
                known[position] = Bool.random(using: &generator)
            }
            let found = evaluate(criterion, known)
            #expect(found.missing.isEmpty == (found.truth != .unknown))
            #expect(Set(found.missing).count == found.missing.count)
            // With everything that is missing shown either way, the criterion is decided.
            let open = found.missing.compactMap(facts.firstIndex(of:))
            #expect(open.allSatisfy { known[$0] == nil })
            for answers in 0..<(1 << open.count) {
                var full = known
                for (bit, position) in open.enumerated() { full[position] = answers >> bit & 1 == 1 }
                #expect(evaluate(criterion, full).truth != .unknown)
            }
        }
    }

    @Test("More evidence never unsettles a criterion that is decided")
    func monotone() {
        var generator = SeededGenerator(seed: 65)
        for _ in 0..<500 {
            let criterion = random(depth: 3, using: &generator)
            var known: [Int: Bool] = [:]
            var before = evaluate(criterion, known).truth
            for position in facts.indices.shuffled(using: &generator) {
                known[position] = Bool.random(using: &generator)
                let after = evaluate(criterion, known).truth
                if before != .unknown { #expect(after == before) }
                before = after
            }
            #expect(before != .unknown)
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
        default: return holds(Int.random(in: facts.indices, using: &generator))
        }
    }

    @Test("Failures are the leaves that fail, not those that are met or open")
    func failures() {
        let criterion = Criterion.all([holds(0), .any([holds(1), holds(2)]), holds(3)])
        #expect(
            evaluate(criterion, [0: true, 1: false, 2: false]).failures.compactMap(\.fact) == [facts[1], facts[2]])
        #expect(evaluate(criterion, [0: false]).failures.compactMap(\.fact) == [facts[0]])
        #expect(evaluate(criterion, [1: false]).failures.isEmpty)
        #expect(evaluate(criterion, [0: true, 1: true, 3: true]).failures.isEmpty)
        // What must not hold but does fails as a whole.
        let refused = evaluate(.all([.not(holds(0)), holds(1)]), [0: true, 1: true]).failures
        #expect(refused.map(\.criterion) == [.not(holds(0))])
    }

    @Test("A leaf carries the finding it rests on")
    func findings() throws {
        let day = try CalendarDate.parse("2026-03-01")
        let fact = Fact(.yesNo(true), assurance: .verified, document: "证书 12", statedBy: "台账", statedOn: day)
        let leaf = holds(0).evaluate(FactSheet([facts[0]: fact]))
        #expect(leaf.fact == facts[0])
        #expect(leaf.finding == fact)
        #expect(leaf.parts.isEmpty)
        #expect(Assurance.stated < .documented && Assurance.documented < .verified)
    }

    @Test("See takes the criterion of another item; without it the result is unknown and names nothing")
    func see() throws {
        let other = ItemReference(try Examples.code("1.1.2"))
        let criterion = Criterion.all([.see(other), holds(0)])
        let sheet = Examples.sheet([facts[0]: .yesNo(true)])
        let resolved = criterion.evaluate(sheet) { $0 == other ? holds(1) : nil }
        #expect(resolved.truth == .unknown)
        #expect(resolved.missing == [facts[1]])
        let met = criterion.evaluate(Examples.sheet([facts[0]: .yesNo(true), facts[1]: .yesNo(true)])) { _ in holds(1) }
        #expect(met.truth == .met)
        let failed = criterion.evaluate(Examples.sheet([facts[1]: .yesNo(false)])) { _ in holds(1) }
        #expect(failed.truth == .notMet)
        #expect(failed.failures.compactMap(\.fact) == [facts[1]])
        let dangling = criterion.evaluate(sheet)
        #expect(dangling.truth == .unknown)
        #expect(dangling.missing.isEmpty)
    }

    @Test("References are followed eight deep and no deeper, and a circle ends", arguments: 0...12)
    func depth(length: Int) throws {
        // Item n refers to item n - 1; item 0 asks for the fact.
        func criterion(_ number: Int) throws -> Criterion {
            number == 0 ? holds(0) : .see(ItemReference(try Examples.code("1.1.\(number - 1)")))
        }
        let sheet = Examples.sheet([facts[0]: .yesNo(true)])
        let result = try criterion(length).evaluate(sheet) { reference in
            try? criterion(reference.item.number)
        }
        #expect(result.truth == (length <= 8 ? .met : .unknown))
        let own = ItemReference(try Examples.code("1.1.1"))
        #expect(Criterion.see(own).evaluate(sheet) { .see($0) }.truth == .unknown)
    }
}
