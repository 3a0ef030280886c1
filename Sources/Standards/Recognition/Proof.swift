/// What follows from conditions that were met and facts that are known.
struct Proof {
    let solver: Satisfiability
    let premises: [Criterion]
    let known: [FactID: FactValue]

    /// Whether the condition holds in every case in which the premises do.
    func implies(_ condition: Criterion) -> Bool {
        solver.implies(premises, condition, known: known)
    }

    /// Whether the condition fails in every such case.
    func excludes(_ condition: Criterion) -> Bool {
        !solver.isPossible(
            (premises + [condition]).map { Satisfiability.Goal($0, holds: true) }, known: known)
    }

    /// The facts on which the condition still hangs: none where it is implied; of alternatives those of the one with the fewest.
    func open(in condition: Criterion) -> [FactID] {
        if implies(condition) { return [] }
        if let fact = condition.fact { return known[fact] == nil ? [fact] : [] }
        if case .any(let parts) = condition {
            // A branch that can no longer be met asks for nothing.
            let ways = parts.filter { !excludes($0) }.map { open(in: $0) }
            if let fewest = ways.filter({ !$0.isEmpty }).min(by: { $0.count < $1.count }) { return fewest }
        }
        var found: [FactID] = []
        for part in condition.parts {
            for fact in open(in: part) where !found.contains(fact) { found.append(fact) }
        }
        if found.isEmpty {
            // Each part by itself is settled or cannot be told apart from its neighbours: all of its unknown facts count.
            for fact in condition.facts where known[fact] == nil && !found.contains(fact) { found.append(fact) }
        }
        return found
    }

    /// The smallest parts that fail.
    func excludedParts(of condition: Criterion) -> [Criterion] {
        switch condition {
        case .all(let parts):
            let failing = parts.filter { excludes($0) }
            return failing.isEmpty ? [condition] : failing.flatMap { excludedParts(of: $0) }
        case .any(let parts): return parts.isEmpty ? [condition] : parts.flatMap { excludedParts(of: $0) }
        case .until(_, let part):
            return excludes(part) ? excludedParts(of: part) : [condition]
        default: return [condition]
        }
    }
}
