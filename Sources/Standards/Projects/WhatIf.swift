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
    public let after: FactValue
    /// Whether the value only has to pass the threshold, not to equal it (a condition of `<` or `>`).
    public let isBeyond: Bool
    public let effects: [Effect]
}

extension ProjectJudge {
    /// What changes if one fact is put otherwise.
    public func change(
        _ project: ProjectDossier, _ fact: FactID, to value: FactValue, isBeyond: Bool = false,
        read: [String: [(item: ItemReference, probability: Double)]] = [:]
    ) -> FactChange {
        change(project, fact, to: value, isBeyond: isBeyond, from: judge(project, read: read), read)
    }

    /// Every single change of one fact, known or not, that makes some verdict aligned which was not.
    ///
    /// The values tried are those at which a condition turns: its threshold, its grade, each choice, yes and no. The change
    /// with the most effects comes first.
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
                for (value, isBeyond) in leaf.criterion.turningValues(year: day.year, dictionary) {
                    guard now.facts[fact]?.value != value,
                        tried.insert(FactValueAt(fact: fact, value: value)).inserted
                    else { continue }
                    let change = change(project, fact, to: value, isBeyond: isBeyond, from: now, read)
                    if change.effects.contains(where: { $0.after == .aligned }) { found.append(change) }
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
        _ project: ProjectDossier, _ fact: FactID, to value: FactValue, isBeyond: Bool, from now: Result,
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
            fact: fact, before: now.facts[fact]?.value, after: value, isBeyond: isBeyond, effects: effects)
    }
}

extension Criterion {
    /// The values at which the leaf turns, with whether the value has to be passed and not only reached.
    fileprivate func turningValues(year: Int, _ dictionary: FactDictionary) -> [(FactValue, isBeyond: Bool)] {
        switch self {
        case .compare(_, let comparison, let threshold):
            guard let value = threshold.quantity(in: year)?.value else { return [] }
            // A millionth beyond: far below any measurement, far above the tolerance of a comparison.
            let step = max(abs(value), 1) * 1e-6
            return switch comparison {
            case .less: [(.number(value - step), true), (.number(value), false)]
            case .greater: [(.number(value + step), true), (.number(value), false)]
            case .atMost: [(.number(value), false), (.number(value + step), true)]
            case .atLeast: [(.number(value), false), (.number(value - step), true)]
            case .equal: [(.number(value), false)]
            }
        case .complies(_, .grade(let worst)):
            return [(.number(Double(worst)), false), (.number(Double(worst + 1)), false)]
        case .holds, .complies: return [(.yesNo(true), false), (.yesNo(false), false)]
        case .oneOf(let id, _):
            guard case .choice(let choices)? = dictionary[id]?.kind else { return [] }
            return choices.map { (.choice($0.id), false) }
        case .all, .any, .not, .see, .until: return []
        }
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
