import Vocabulary

/// One fact put otherwise, and the verdicts that change with it.
public struct FactChange: Sendable {
    public struct Effect: Sendable {
        public let standard: String
        public let subject: ItemReference?
        public let before: VerdictKind
        public let after: VerdictKind
        public let tierBefore: String?
        public let tierAfter: String?
    }

    public let fact: FactID
    public let before: FactValue?
    /// The value that was tried. Where a threshold has to be passed (a condition of `<` or `>`), one just beyond it.
    public let after: FactValue
    /// The threshold, where it has to be passed and not only to be reached.
    public let beyond: FactValue?
    public let effects: [Effect]

    public var isBeyond: Bool { beyond != nil }

    /// The value at which the condition turns: the threshold itself where it has to be passed, else the value tried.
    public var turningPoint: FactValue { beyond ?? after }
}

extension ProjectJudge {
    /// What changes if one fact is put otherwise.
    public func change(
        _ project: ProjectDossier, _ fact: FactID, to value: FactValue,
        read: [String: [(item: ItemReference, probability: Double)]] = [:]
    ) -> FactChange {
        change(project, fact, to: value, beyond: nil, from: judge(project, read: read), read)
    }

    /// Every single change of one fact, known or not, that makes some verdict aligned which was not.
    ///
    /// The values tried are those at which a condition turns and which the fact can have: its threshold, its grade, each
    /// choice, yes and no. The change with the most effects comes first.
    public func singleChangesThatAlign(
        _ project: ProjectDossier, read: [String: [(item: ItemReference, probability: Double)]] = [:]
    ) -> [FactChange] {
        let now = judge(project, read: read)
        var tried: Set<FactValueAt> = []
        var found: [FactChange] = []
        for judgement in now.judgements where judgement.verdict.kind != .aligned {
            // Met leaves too: one may stand where it must not.
            for leaf in judgement.verdict.leaves {
                guard let fact = leaf.fact else { continue }
                for (value, beyond) in leaf.criterion.turningValues(year: day.year, dictionary) {
                    guard now.facts[fact]?.value != value, dictionary.allows(value, of: fact),
                        tried.insert(FactValueAt(fact: fact, value: value)).inserted
                    else { continue }
                    let change = change(project, fact, to: value, beyond: beyond, from: now, read)
                    if change.effects.contains(where: { $0.before != .aligned && $0.after == .aligned }) {
                        found.append(change)
                    }
                }
            }
        }
        return found.sorted {
            (-$0.effects.count, $0.after.readiness, $0.fact) < (-$1.effects.count, $1.after.readiness, $1.fact)
        }
    }

    private struct FactValueAt: Hashable {
        let fact: FactID
        let value: FactValue
    }

    private func change(
        _ project: ProjectDossier, _ fact: FactID, to value: FactValue, beyond: FactValue?, from now: Result,
        _ read: [String: [(item: ItemReference, probability: Double)]]
    ) -> FactChange {
        var facts = project.facts
        facts[fact] = Fact(value)
        let changed = ProjectDossier(
            id: project.id, name: project.name, about: project.about, borrower: project.borrower,
            subjects: project.subjects, facts: facts)
        var effects: [FactChange.Effect] = []
        for (old, new) in zip(now.judgements, judge(changed, read: read).judgements) {
            guard old.verdict.kind != new.verdict.kind || old.verdict.tier != new.verdict.tier else { continue }
            effects.append(
                FactChange.Effect(
                    standard: old.standard, subject: new.subject, before: old.verdict.kind, after: new.verdict.kind,
                    tierBefore: old.verdict.tier, tierAfter: new.verdict.tier))
        }
        return FactChange(
            fact: fact, before: now.facts[fact]?.value, after: value, beyond: beyond, effects: effects)
    }
}

extension Criterion {
    /// The values at which the leaf turns, with the threshold where it has to be passed and not only reached.
    fileprivate func turningValues(year: Int, _ dictionary: FactDictionary) -> [(FactValue, beyond: FactValue?)] {
        switch self {
        case .compare(_, let comparison, let threshold):
            guard let value = threshold.quantity(in: year)?.value else { return [] }
            // A millionth beyond: far below any measurement, far above the tolerance of a comparison.
            let step = max(abs(value), 1) * 1e-6
            let at = FactValue.number(value)
            return switch comparison {
            case .less: [(.number(value - step), at), (at, nil)]
            case .greater: [(.number(value + step), at), (at, nil)]
            case .atMost: [(at, nil), (.number(value + step), at)]
            case .atLeast: [(at, nil), (.number(value - step), at)]
            case .equal: [(at, nil)]
            }
        case .complies(_, .grade(let worst)):
            return [(.number(Double(worst)), nil), (.number(Double(worst + 1)), nil)]
        case .holds, .complies: return [(.yesNo(true), nil), (.yesNo(false), nil)]
        case .oneOf(let id, _):
            guard case .choice(let choices)? = dictionary[id]?.kind else { return [] }
            return choices.map { (.choice($0.id), nil) }
        case .all, .any, .not, .see, .until: return []
        }
    }
}

extension FactDictionary {
    /// Whether a number lies within the range of the fact.
    fileprivate func allows(_ value: FactValue, of id: FactID) -> Bool {
        guard case .number(let number) = value, case .number(_, let minimum, let maximum)? = self[id]?.kind else {
            return true
        }
        return number >= minimum ?? number && number <= maximum ?? number
    }
}

extension FactValue {
    /// Figures change more readily than answers, and these more readily than what a thing is.
    fileprivate var readiness: Int {
        switch self {
        case .number: 0
        case .yesNo: 1
        case .choice: 2
        }
    }
}
