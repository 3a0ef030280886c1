import Vocabulary

/// The whole tree of a criterion with what was found at each leaf.
public struct Evaluation: Sendable {
    public let criterion: Criterion
    public let truth: Truth
    /// The fact that a leaf rests on, with what is known of it.
    public let fact: FactID?
    public let finding: Fact?
    public let parts: [Evaluation]

    /// The facts still to be shown, in the order of the criterion, each once. Leaves of branches that are
    /// already decided do not matter and are left out.
    public var missing: [FactID] {
        guard truth == .unknown else { return [] }
        if let fact { return [fact] }
        var seen: Set<FactID> = []
        return parts.flatMap(\.missing).filter { seen.insert($0).inserted }
    }

    /// The leaves that make the criterion fail, for saying why.
    public var failures: [Evaluation] {
        guard truth == .notMet else { return [] }
        if parts.isEmpty { return [self] }
        if case .not = criterion { return [self] }
        return parts.flatMap(\.failures)
    }
}

extension Criterion {
    /// How many references of `see` are followed one from another.
    static let deepestReference = 8

    /// Evaluates over what is known, with strong Kleene logic.
    ///
    /// - Parameters:
    ///   - facts: What is known.
    ///   - resolve: Gives the criterion of another item for `see`. References are followed at most eight deep;
    ///     deeper, or to an item that is not there, the result is unknown. (Loading a pack refuses both.)
    public func evaluate(
        _ facts: FactSheet, depth: Int = 0, resolve: (ItemCode) -> Criterion? = { _ in nil }
    ) -> Evaluation {
        switch self {
        case .all(let parts):
            let results = parts.map { $0.evaluate(facts, depth: depth, resolve: resolve) }
            return branch(Truth.all(results.lazy.map(\.truth)), results)
        case .any(let parts):
            let results = parts.map { $0.evaluate(facts, depth: depth, resolve: resolve) }
            return branch(Truth.any(results.lazy.map(\.truth)), results)
        case .not(let part):
            let result = part.evaluate(facts, depth: depth, resolve: resolve)
            return branch(!result.truth, [result])
        case .see(let code):
            guard depth < Self.deepestReference, let other = resolve(code) else { return branch(.unknown, []) }
            let result = other.evaluate(facts, depth: depth + 1, resolve: resolve)
            return branch(result.truth, [result])
        case .compare(let id, let comparison, let threshold):
            return leaf(id, facts[id]) { value in
                guard case .number(let number) = value else { return nil }
                return comparison.holds(number, threshold.value)
            }
        case .holds(let id):
            return leaf(id, facts[id]) { value in
                guard case .yesNo(let yes) = value else { return nil }
                return yes
            }
        case .oneOf(let id, let choices):
            return leaf(id, facts[id]) { value in
                guard case .choice(let choice) = value else { return nil }
                return choices.contains(choice)
            }
        case .complies(let standard, let compliance):
            let id = Self.fact(of: standard, compliance)
            return leaf(id, facts[id]) { value in
                switch (compliance, value) {
                case (.grade(let worst), .number(let grade)): grade <= Double(worst)
                case (.conforms, .yesNo(let yes)), (.level, .yesNo(let yes)): yes
                default: nil
                }
            }
        }
    }

    private func branch(_ truth: Truth, _ parts: [Evaluation]) -> Evaluation {
        Evaluation(criterion: self, truth: truth, fact: nil, finding: nil, parts: parts)
    }

    private func leaf(_ id: FactID, _ fact: Fact?, _ test: (FactValue) -> Bool?) -> Evaluation {
        let truth = fact.flatMap { test($0.value) }.map(Truth.init) ?? .unknown
        return Evaluation(criterion: self, truth: truth, fact: id, finding: fact, parts: [])
    }
}
