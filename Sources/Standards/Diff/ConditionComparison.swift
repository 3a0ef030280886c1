/// Finds what one condition asks beyond another.
///
/// Every part is held against the other condition by `Satisfiability.implies`; what is not implied is followed down to the
/// smallest parts that make the difference. Where alternatives stand for kinds (`by` in a pack), each kind is compared by
/// itself. Like the search it rests on, it is cautious: where a proof is too wide to go through, a part counts as not implied.
struct ConditionComparison {
    let solver: Satisfiability

    /// What `asked` asks of those who meet all of `given`; empty exactly where it is implied.
    func demands(of asked: Criterion, given: [Criterion]) -> [FurtherDemand] {
        merged(demands(of: asked, given, kinds: [])).map { demand in
            // What is asked of every kind that can be is asked of all.
            var kinds = demand.kinds
            for kind in demand.kinds where !isPossible(.not(kind), with: given + kinds.filter { $0 != kind }) {
                kinds.removeAll { $0 == kind }
            }
            return demand.asked(of: kinds)
        }
    }

    private func demands(of asked: Criterion, _ given: [Criterion], kinds: [Criterion]) -> [FurtherDemand] {
        let premises = given + kinds
        if solver.implies(premises, asked) { return [] }
        switch asked {
        case .all(let parts):
            let found = parts.flatMap { demands(of: $0, given, kinds: kinds) }
            return found.isEmpty ? [demand(asked, given, kinds)] : found
        case .any(let parts):
            if let found = demandsByKind(parts, given, kinds) { return found }
            let open = parts.filter { isPossible($0, with: premises) }
            if open.count == 1 { return demands(of: open[0], given, kinds: kinds) }
            return [
                demand(
                    open.isEmpty ? asked : Criterion.any(open.map { rest(of: $0, premises) }).flattened, given, kinds)
            ]
        case .until(_, let part):
            // Past its year it fails whatever the facts are.
            let isClosed = !isPossible(asked, with: [])
            return isClosed ? [demand(asked, given, kinds)] : demands(of: part, given, kinds: kinds)
        case .not, .compare, .holds, .oneOf, .complies, .see:
            return [demand(asked, given, kinds)]
        }
    }

    /// Alternatives that each begin with a kind of one fact, kind by kind; nil where they are of another form.
    private func demandsByKind(
        _ branches: [Criterion], _ given: [Criterion], _ kinds: [Criterion]
    ) -> [FurtherDemand]? {
        let cases = branches.compactMap(\.kindCase)
        guard cases.count == branches.count, cases.count > 1, let fact = cases.first?.fact,
            cases.allSatisfy({ $0.fact == fact })
        else { return nil }
        var found: [FurtherDemand] = []
        let covered = Criterion.oneOf(fact, cases.flatMap(\.choices))
        if isPossible(.not(covered), with: given + kinds) { found.append(demand(covered, given, kinds)) }
        for branch in cases {
            let kind = Criterion.oneOf(fact, branch.choices)
            // The other condition does not let this kind in: nothing is asked of those who meet it.
            guard isPossible(kind, with: given + kinds) else { continue }
            found += demands(of: branch.rest, given, kinds: kinds + [kind])
        }
        return found.isEmpty ? nil : found
    }

    private func demand(_ condition: Criterion, _ given: [Criterion], _ kinds: [Criterion]) -> FurtherDemand {
        let leaves = condition.leafCriteria
        var against: [Criterion] = []
        for leaf in given.flatMap({ reachableLeaves(of: $0, with: kinds) })
        where !against.contains(leaf) && !leaves.contains(leaf) && leaves.contains(where: leaf.speaksOfTheSame(as:)) {
            against.append(leaf)
        }
        return FurtherDemand(
            kinds: kinds, condition: condition, against: against,
            isContradicted: !isPossible(condition, with: given + kinds))
    }

    /// The condition without its parts that are implied and its alternatives that are ruled out.
    private func rest(of condition: Criterion, _ premises: [Criterion]) -> Criterion {
        switch condition {
        case .all(let parts):
            let open = parts.filter { !solver.implies(premises, $0) }.map { rest(of: $0, premises) }
            return open.isEmpty ? condition : Criterion.all(open).flattened
        case .any(let parts):
            let open = parts.filter { isPossible($0, with: premises) }.map { rest(of: $0, premises) }
            return open.isEmpty ? condition : Criterion.any(open).flattened
        default: return condition
        }
    }

    /// The leaves of a condition, without alternatives that are ruled out.
    private func reachableLeaves(of condition: Criterion, with kinds: [Criterion]) -> [Criterion] {
        switch condition {
        case .all(let parts): parts.flatMap { reachableLeaves(of: $0, with: kinds) }
        case .any(let parts):
            parts.filter { kinds.isEmpty || isPossible($0, with: kinds) }
                .flatMap { reachableLeaves(of: $0, with: kinds) }
        case .until(_, let part): reachableLeaves(of: part, with: kinds)
        case .not(let part): part.fact == nil ? [] : [condition]
        case .compare, .holds, .oneOf, .complies, .see: [condition]
        }
    }

    private func isPossible(_ condition: Criterion, with premises: [Criterion]) -> Bool {
        solver.isPossible((premises + [condition]).map { Satisfiability.Goal($0, holds: true) })
    }

    /// Puts together what is asked alike of several kinds, first within the innermost fact.
    private func merged(_ demands: [FurtherDemand]) -> [FurtherDemand] {
        var merged: [FurtherDemand] = []
        for demand in demands {
            let known = merged.firstIndex { $0.isLike(demand) && $0.kinds.joined(with: demand.kinds) != nil }
            if let known, let kinds = merged[known].kinds.joined(with: demand.kinds) {
                merged[known] = merged[known].asked(of: kinds)
            } else {
                merged.append(demand)
            }
        }
        // Kinds that were put together may now differ from others in an outer fact alone.
        return merged.count < demands.count ? self.merged(merged) : merged
    }
}

extension FurtherDemand {
    fileprivate func isLike(_ other: FurtherDemand) -> Bool {
        condition == other.condition && against == other.against && isContradicted == other.isContradicted
    }

    fileprivate func asked(of kinds: [Criterion]) -> FurtherDemand {
        FurtherDemand(kinds: kinds, condition: condition, against: against, isContradicted: isContradicted)
    }
}

extension [Criterion] {
    /// Two lists of kinds as one: they are the same, or differ only in the choices of one fact.
    fileprivate func joined(with other: [Criterion]) -> [Criterion]? {
        guard count == other.count else { return nil }
        var joined = self
        var isJoined = false
        for (position, (mine, theirs)) in zip(self, other).enumerated() where mine != theirs {
            guard !isJoined, case .oneOf(let fact, let first) = mine, case .oneOf(let otherFact, let second) = theirs,
                fact == otherFact
            else { return nil }
            isJoined = true
            joined[position] = .oneOf(fact, first + second.filter { !first.contains($0) })
        }
        return joined
    }
}

extension Criterion {
    /// The kind for which a branch stands and what it asks of it, where it begins with one.
    public var kindCase: (fact: FactID, choices: [String], rest: Criterion)? {
        switch self {
        case .oneOf(let fact, let choices): return (fact, choices, .subject)
        case .all(let parts):
            guard case .oneOf(let fact, let choices)? = parts.first else { return nil }
            return (fact, choices, parts.count == 2 ? parts[1] : .all(Array(parts.dropFirst())))
        default: return nil
        }
    }

    /// The same condition, with a part of its own kind and a single part taken up by the whole: any of (any of a, b) and c is
    /// any of a, b and c.
    var flattened: Criterion {
        switch self {
        case .all(let parts):
            let flat = parts.map(\.flattened).flatMap { if case .all(let inner) = $0 { inner } else { [$0] } }
            return flat.count == 1 ? flat[0] : .all(flat)
        case .any(let parts):
            let flat = parts.map(\.flattened).flatMap { if case .any(let inner) = $0 { inner } else { [$0] } }
            return flat.count == 1 ? flat[0] : .any(flat)
        case .not(let part): return .not(part.flattened)
        case .until(let year, let part): return .until(year: year, part.flattened)
        case .compare, .holds, .oneOf, .complies, .see: return self
        }
    }

    /// The leaves, in order.
    public var leafCriteria: [Criterion] { fact == nil ? parts.flatMap(\.leafCriteria) : [self] }

    /// Whether two leaves rest on one fact or on one technical standard.
    fileprivate func speaksOfTheSame(as other: Criterion) -> Bool {
        if case .not(let part) = self { return part.speaksOfTheSame(as: other) }
        if case .complies(let mine, _) = self, case .complies(let theirs, _) = other { return mine == theirs }
        return fact != nil && fact == other.fact
    }
}
