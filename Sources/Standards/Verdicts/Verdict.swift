import Vocabulary

/// What a standard says of a project. It never rests on an industry code.
public enum VerdictKind: String, Sendable, Hashable, CaseIterable {
    /// The subject fits and every condition is shown to be met.
    case aligned
    /// The subject fits; evidence is missing.
    case eligible
    /// The subject fits; a condition is shown not to be met.
    case notAligned = "not_aligned"
    /// No item has this subject.
    case notCovered = "not_covered"

    init(_ truth: Truth) {
        switch truth {
        case .met: self = .aligned
        case .notMet: self = .notAligned
        case .unknown: self = .eligible
        }
    }
}

/// What was found for the rows of an item that are judged alike.
public struct RowFinding: Sendable {
    public let rows: [Int]
    public let evaluation: Evaluation
    /// The best tier whose criterion is met, in a catalogue of tiers.
    public let tier: String?
}

/// How the criterion that a pack sets for every activity is taken.
public enum GeneralTerms: String, Sendable, Hashable, CaseIterable {
    /// Each project has to show it.
    case shown
    /// Whoever runs the assessment vouches for what no fact speaks of: a bank for the loans that passed its compliance review. A
    /// fact that says no still counts.
    case vouched
}

/// The verdict on one item, with its reasons.
public struct Verdict: Sendable {
    public let kind: VerdictKind
    public let item: ItemCode?
    /// The row of the item that decided, where one is known.
    public let activity: Int?
    /// The trees of conditions, one for each set of rows that are judged alike; empty where the pack has no conditions
    /// for the item yet.
    public let findings: [RowFinding]
    /// The tree of what the pack asks of every activity.
    public let general: Evaluation?
    /// The facts still to be shown, where the verdict is `eligible`.
    public let missing: [FactID]

    public static let notCovered = Verdict(
        kind: .notCovered, item: nil, activity: nil, findings: [], general: nil, missing: [])

    /// The tier that every finding reaches, in a catalogue of tiers.
    public var tier: String? {
        guard let first = findings.first?.tier, findings.allSatisfy({ $0.tier == first }) else { return nil }
        return first
    }

    /// What makes the verdict `notAligned`.
    public var failures: [Evaluation] {
        guard kind == .notAligned else { return [] }
        let own = findings.allSatisfy { $0.evaluation.truth == .notMet } ? findings.flatMap(\.evaluation.failures) : []
        return own + (general?.failures ?? [])
    }

    /// The verdict where it is still to be shown that the project belongs to the item at all.
    var withOpenSubject: Verdict {
        guard kind == .aligned else { return self }
        return Verdict(
            kind: .eligible, item: item, activity: activity, findings: findings, general: general, missing: missing)
    }

    /// Every leaf of every tree.
    public var leaves: [Evaluation] { findings.flatMap(\.evaluation.leaves) + (general?.leaves ?? []) }
}

extension StandardPack {
    /// Judges a project whose subject is `item`.
    ///
    /// - Parameters:
    ///   - row: The row (from 1) where it is known. Otherwise the project may be any row of the item: it is aligned if
    ///     every row would be met, not aligned if none can be, and eligible in between.
    ///   - facts: What is known, see `FactSheet.current(on:)` for leaving out what has expired.
    ///   - year: The year of the assessment, for thresholds that step.
    ///   - general: Whether what the pack asks of every activity has to be shown.
    public func verdict(
        on code: ItemCode, activity row: Int?, facts: FactSheet, year: Int, general terms: GeneralTerms = .shown
    ) -> Verdict {
        guard let item = self[code] else { return .notCovered }
        let rows = item.activities.filter { row == nil || $0.row == row }
        let judged = rows.filter { $0.criterion != nil }
        guard !rows.isEmpty, judged.count == rows.count else {
            return Verdict(kind: .eligible, item: code, activity: row, findings: [], general: nil, missing: [])
        }
        var alike: [(criterion: Criterion, activity: Activity, rows: [Int])] = []
        for activity in judged {
            guard let criterion = activity.criterion else { continue }
            if let known = alike.firstIndex(where: {
                $0.criterion == criterion && $0.activity.tiers == activity.tiers
            }) {
                alike[known].rows.append(activity.row)
            } else {
                alike.append((criterion, activity, [activity.row]))
            }
        }
        let findings = alike.map { criterion, activity, rows in
            let evaluation = criterion.evaluate(facts, year: year, resolve: criterion(of:))
            let reached = zip(activity.tiers, evaluation.parts).filter { $1.truth == .met }.map(\.0.tier)
            return RowFinding(
                rows: rows, evaluation: evaluation, tier: header.tiers.map(\.id).first(where: reached.contains))
        }
        let generalFinding = header.general?.evaluate(facts, year: year, resolve: criterion(of:))
        let truths = findings.map(\.evaluation.truth)
        let own: Truth =
            truths.allSatisfy { $0 == .met } ? .met : truths.allSatisfy { $0 == .notMet } ? .notMet : .unknown
        var common = generalFinding?.truth ?? .met
        if terms == .vouched, common == .unknown { common = .met }
        let kind = VerdictKind(Truth.all([own, common]))
        var missing: [FactID] = []
        if kind == .eligible {
            let open = common == .unknown ? generalFinding?.missing ?? [] : []
            for fact in findings.flatMap(\.evaluation.missing) + open where !missing.contains(fact) {
                missing.append(fact)
            }
        }
        return Verdict(
            kind: kind, item: code, activity: row, findings: findings, general: generalFinding, missing: missing)
    }
}
