import Vocabulary

extension StandardPack {
    /// The facts to show for a verdict to become aligned, by the way that needs the fewest: of alternatives the one with
    /// the fewest facts still open.
    ///
    /// What somebody only has to say (the kind of a product) comes first, then yes/no findings, then numbers that have to be
    /// measured: so the cheap answers, which may decide which alternative applies, are asked for before the dear ones.
    public func easiestWay(_ verdict: Verdict, _ dictionary: FactDictionary) -> [FactID] {
        guard verdict.kind == .eligible else { return [] }
        var facts: [FactID] = []
        let trees = verdict.findings.map(\.evaluation) + [verdict.general].compactMap { $0 }
        for tree in trees where tree.truth == .unknown {
            for fact in tree.fewestFacts(toBe: .met) where !facts.contains(fact) { facts.append(fact) }
        }
        return facts.enumerated().sorted {
            (dictionary[$0.element]?.kind.effort ?? 0, $0.offset) < (
                dictionary[$1.element]?.kind.effort ?? 0, $1.offset
            )
        }.map(\.element)
    }
}

extension FactKind {
    /// 0 for what the owner knows by heart, 2 for what has to be measured.
    fileprivate var effort: Int {
        switch self {
        case .choice: 0
        case .yesNo: 1
        case .number: 2
        }
    }
}

extension Evaluation {
    /// The smallest set of open facts that can bring an undecided node to the wanted truth.
    fileprivate func fewestFacts(toBe wanted: Truth) -> [FactID] {
        guard truth == .unknown else { return [] }
        if let fact { return [fact] }
        switch criterion {
        case .not: return parts.first?.fewestFacts(toBe: !wanted) ?? []
        case .all where wanted == .met, .any where wanted == .notMet:
            var facts: [FactID] = []
            for part in parts {
                for fact in part.fewestFacts(toBe: wanted) where !facts.contains(fact) { facts.append(fact) }
            }
            return facts
        case .all, .any:
            return parts.filter { $0.truth == .unknown }.map { $0.fewestFacts(toBe: wanted) }
                .min { $0.count < $1.count } ?? []
        default: return parts.first?.fewestFacts(toBe: wanted) ?? []
        }
    }
}
