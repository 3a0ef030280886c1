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
        var seen: Set<FactID> = []
        return undecidedLeaves.compactMap(\.fact).filter { seen.insert($0).inserted }
    }

    /// The leaves on which the result still hangs.
    public var undecidedLeaves: [Evaluation] {
        guard truth == .unknown else { return [] }
        return parts.isEmpty ? [self] : parts.flatMap(\.undecidedLeaves)
    }

    /// The leaves that make the criterion fail, for saying why.
    public var failures: [Evaluation] {
        guard truth == .notMet else { return [] }
        if parts.isEmpty { return [self] }
        switch criterion {
        case .not: return [self]
        case .until where parts[0].truth != .notMet: return [self]
        default: return parts.flatMap(\.failures)
        }
    }

    /// The leaves, or refusals of what must not hold, that make the criterion met: what the verdict rests on.
    public var supports: [Evaluation] {
        guard truth == .met else { return [] }
        if parts.isEmpty { return fact == nil ? [] : [self] }
        if case .not = criterion { return [self] }
        return parts.flatMap(\.supports)
    }

    /// Every leaf with a fact, whatever was found.
    public var leaves: [Evaluation] { fact != nil ? [self] : parts.flatMap(\.leaves) }
}

extension Criterion {
    /// How many references of `see` are followed one from another.
    static let deepestReference = 8

    /// Evaluates over what is known, with strong Kleene logic.
    ///
    /// - Parameters:
    ///   - facts: What is known.
    ///   - year: The year of the assessment, for thresholds that step and tiers that close. Without it these are unknown.
    ///   - resolve: Gives the criterion of another item for `see`. References are followed at most eight deep;
    ///     deeper, or to an item that is not there, the result is unknown. (Loading a pack refuses both.)
    public func evaluate(
        _ facts: FactSheet, year: Int? = nil, depth: Int = 0, resolve: (ItemReference) -> Criterion? = { _ in nil }
    ) -> Evaluation {
        switch self {
        case .all(let parts):
            let results = parts.map { $0.evaluate(facts, year: year, depth: depth, resolve: resolve) }
            return branch(Truth.all(results.lazy.map(\.truth)), results)
        case .any(let parts):
            let results = parts.map { $0.evaluate(facts, year: year, depth: depth, resolve: resolve) }
            return branch(Truth.any(results.lazy.map(\.truth)), results)
        case .not(let part):
            let result = part.evaluate(facts, year: year, depth: depth, resolve: resolve)
            return branch(!result.truth, [result])
        case .until(let last, let part):
            let result = part.evaluate(facts, year: year, depth: depth, resolve: resolve)
            return branch(Truth.all([Self.open(until: last, in: year), result.truth]), [result])
        case .see(let reference):
            guard depth < Self.deepestReference, let other = resolve(reference) else { return branch(.unknown, []) }
            let result = other.evaluate(facts, year: year, depth: depth + 1, resolve: resolve)
            return branch(result.truth, [result])
        case .compare(let id, _, _), .holds(let id), .oneOf(let id, _):
            return leaf(id, facts[id], year)
        case .complies(let standard, let compliance):
            let id = Self.fact(of: standard, compliance)
            return leaf(id, facts[id], year)
        }
    }

    private static func open(until last: Int, in year: Int?) -> Truth {
        year.map { Truth($0 <= last) } ?? .unknown
    }

    /// What a leaf says of a value: nil where the value is not of its kind, or no threshold is in force in the year.
    func test(_ value: FactValue, year: Int?) -> Bool? {
        switch (self, value) {
        case (.compare(_, let comparison, let threshold), .number(let number)):
            threshold.quantity(in: year).map { comparison.holds(number, $0.value) }
        case (.holds, .yesNo(let yes)): yes
        case (.oneOf(_, let choices), .choice(let choice)): choices.contains(choice)
        case (.complies(_, .grade(let worst)), .number(let grade)): grade <= Double(worst)
        case (.complies(_, .conforms), .yesNo(let yes)), (.complies(_, .level), .yesNo(let yes)): yes
        default: nil
        }
    }

    private func branch(_ truth: Truth, _ parts: [Evaluation]) -> Evaluation {
        Evaluation(criterion: self, truth: truth, fact: nil, finding: nil, parts: parts)
    }

    private func leaf(_ id: FactID, _ fact: Fact?, _ year: Int?) -> Evaluation {
        let truth = fact.flatMap { test($0.value, year: year) }.map(Truth.init) ?? .unknown
        return Evaluation(criterion: self, truth: truth, fact: id, finding: fact, parts: [])
    }
}
