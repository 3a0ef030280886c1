/// What follows from conditions that were met and facts that are known.
///
/// A known fact decides its conditions by their own test, as in a verdict, so that a proof and a verdict never disagree on a
/// figure at its threshold. What a known fact cannot decide (a threshold that is not in force in the year, a reference that
/// leads nowhere) is neither shown nor refuted.
struct Proof {
    private let solver: Satisfiability
    private var premises: [Criterion] = []
    private let known: [FactID: FactValue]
    private let year: Int

    /// - Parameter premises: Conditions that were met, with references unfolded.
    init(_ dictionary: FactDictionary, premises: [Criterion], known: [FactID: FactValue], year: Int) {
        solver = Satisfiability(dictionary, year: year)
        self.known = known
        self.year = year
        self.premises = premises.map { decided($0, otherwise: true) }
    }

    /// Whether the condition holds in every case in which the premises do.
    func implies(_ condition: Criterion) -> Bool {
        solver.implies(premises, decided(condition, otherwise: false))
    }

    /// Whether the condition fails in every such case.
    func excludes(_ condition: Criterion) -> Bool {
        let together = premises + [decided(condition, otherwise: true)]
        return !solver.isPossible(together.map { Satisfiability.Goal($0, holds: true) })
    }

    /// The condition with every leaf that a known fact decides put as met or not, and every branch that this settles taken
    /// away: what is left is small, however wide the catalogue's tree.
    ///
    /// - Parameter otherwise: What counts for a leaf that nothing can decide.
    private func decided(_ condition: Criterion, otherwise: Bool) -> Criterion {
        switch condition {
        case .all(let parts):
            let left = parts.map { decided($0, otherwise: otherwise) }.filter { $0 != Self.met }
            return left.contains(Self.notMet) ? Self.notMet : .all(left)
        case .any(let parts):
            let left = parts.map { decided($0, otherwise: otherwise) }.filter { $0 != Self.notMet }
            return left.contains(Self.met) ? Self.met : .any(left)
        case .not(let part):
            let left = decided(part, otherwise: !otherwise)
            return left == Self.met ? Self.notMet : left == Self.notMet ? Self.met : .not(left)
        case .until(let last, let part): return year <= last ? decided(part, otherwise: otherwise) : Self.notMet
        case .see: return Self.constant(otherwise)
        case .compare(_, _, let threshold) where threshold.quantity(in: year) == nil: return Self.constant(otherwise)
        case .compare, .holds, .oneOf, .complies:
            guard let fact = condition.fact, let value = known[fact] else { return condition }
            return Self.constant(condition.test(value, year: year) ?? otherwise)
        }
    }

    private static let met = Criterion.all([])
    private static let notMet = Criterion.any([])

    private static func constant(_ holds: Bool) -> Criterion { holds ? met : notMet }

    /// The facts on which the condition still hangs: none where it is implied; of alternatives those of the one with the fewest
    /// that are not on file, and of these with the fewest.
    func open(in condition: Criterion, onFile: Set<FactID>) -> [FactID] {
        if implies(condition) { return [] }
        if let fact = condition.fact {
            // What is known and fails asks for nothing; what is known and not decided yet, since no threshold is in force, does.
            return known[fact].flatMap { condition.test($0, year: year) } == nil ? [fact] : []
        }
        if let parts = condition.alternatives {
            // A branch that can no longer be met asks for nothing.
            let ways = parts.filter { !excludes($0) }.map { open(in: $0, onFile: onFile) }
            func effort(_ way: [FactID]) -> (Int, Int) { (way.count { !onFile.contains($0) }, way.count) }
            if let least = ways.filter({ !$0.isEmpty }).min(by: { effort($0) < effort($1) }) { return least }
        }
        var found: [FactID] = []
        for part in condition.parts {
            for fact in open(in: part, onFile: onFile) where !found.contains(fact) { found.append(fact) }
        }
        if found.isEmpty {
            // Each part by itself is settled or cannot be told apart from its neighbours: all of its unknown facts count.
            for fact in condition.facts where known[fact] == nil && !found.contains(fact) { found.append(fact) }
        }
        return found
    }

    /// The smallest parts that fail, of a condition that is excluded: at least one.
    func excludedParts(of condition: Criterion) -> [Criterion] {
        switch condition {
        case .all(let parts):
            let failing = parts.filter { excludes($0) }
            return failing.isEmpty ? [condition] : failing.flatMap { excludedParts(of: $0) }
        case .any(let parts) where !parts.isEmpty:
            // What is asked of other kinds than the project's own says nothing to it.
            let own = parts.filter { part in
                part.kindCase.map { !excludes(.oneOf($0.fact, $0.choices)) } ?? true
            }
            return (own.isEmpty ? parts : own).flatMap { excludedParts(of: $0) }
        case .until(_, let part):
            return excludes(part) ? excludedParts(of: part) : [condition]
        default: return [condition]
        }
    }
}

extension Criterion {
    /// The parts of which one has to be met; nil where it is not a matter of alternatives. Not all of a and b is not a or not b.
    fileprivate var alternatives: [Criterion]? {
        switch self {
        case .any(let parts): parts
        case .not(.all(let parts)): parts.map { .not($0) }
        case .not(.not(let part)): part.alternatives
        default: nil
        }
    }
}
