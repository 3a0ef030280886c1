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
}

/// The verdict on one item, with its reasons.
public struct Verdict: Sendable {
    public let kind: VerdictKind
    public let item: ItemCode?
    /// The row of the item that decided, where one is known.
    public let activity: Int?
    /// The whole tree of conditions; nil where the pack has no conditions for the item yet.
    public let evaluation: Evaluation?
    /// The facts still to be shown, where the verdict is `eligible`.
    public let missing: [FactID]

    public static let notCovered = Verdict(
        kind: .notCovered, item: nil, activity: nil, evaluation: nil, missing: [])
}

extension StandardPack {
    /// Judges a project whose subject is `item`.
    ///
    /// - Parameter activity: The row (from 1) where it is known. Otherwise the project may be any row of the item: it
    ///   is aligned if every row would be met, not aligned if none can be, and eligible in between.
    public func verdict(on code: ItemCode, activity row: Int?, facts: FactSheet) -> Verdict {
        guard let item = self[code] else { return .notCovered }
        let rows = item.activities.filter { row == nil || $0.row == row }
        let criteria = rows.compactMap(\.criterion)
        guard !rows.isEmpty, criteria.count == rows.count else {
            return Verdict(kind: .eligible, item: code, activity: row, evaluation: nil, missing: [])
        }
        var distinct: [Criterion] = []
        for criterion in criteria where !distinct.contains(criterion) { distinct.append(criterion) }
        let results = distinct.map { $0.evaluate(facts, resolve: criterion(of:)) }
        let evaluation =
            results.count == 1 ? results[0] : Criterion.any(distinct).evaluate(facts, resolve: criterion(of:))
        let truths = results.map(\.truth)
        let kind: VerdictKind =
            truths.allSatisfy { $0 == .met } ? .aligned : truths.allSatisfy { $0 == .notMet } ? .notAligned : .eligible
        var missing: [FactID] = []
        if kind == .eligible {
            for fact in results.flatMap(\.missing) where !missing.contains(fact) { missing.append(fact) }
        }
        return Verdict(kind: kind, item: code, activity: row, evaluation: evaluation, missing: missing)
    }
}
