import Vocabulary

/// What one judgement proves under another standard.
public enum RecognitionOutcome: String, Sendable, Hashable, CaseIterable {
    /// What was proved under the first standard implies all that the second asks.
    case recognised
    /// Nothing stands against it; the second standard still asks for something.
    case withFurtherFacts = "with_further_facts"
    case notRecognised = "not_recognised"
}

/// Why a judgement is not recognised.
public enum RecognitionRefusal: String, Sendable, Hashable, CaseIterable {
    /// The project is not aligned under the first standard, so there is nothing to recognise.
    case notProved = "not_proved"
    /// The second standard has no item of this subject.
    case noCounterpart = "no_counterpart"
    /// What was proved under the first standard excludes what the second asks.
    case conditionFails = "condition_fails"
}

/// What a judgement under one standard is worth under another, derived from the conditions that were met and the facts behind
/// them.
public struct Recognition: Sendable {
    public let from: String
    public let to: String
    public let outcome: RecognitionOutcome
    public let refusal: RecognitionRefusal?
    /// The item of the second standard, with how the subjects stand to each other.
    public let counterpart: Counterpart?
    /// Whether it is still to be shown that the project's subject lies in the second standard's item.
    public let subjectOpen: Bool
    /// The facts that the second standard still asks, in the order of its criterion.
    public let further: [FactID]
    /// Those of them that the project states already: their evidence is at hand, only nobody has looked at it yet.
    public let onFile: [FactID]
    /// The facts that the second standard asks and need not ask again.
    public let settled: [FactID]
    /// The conditions of the second standard that fail.
    public let failures: [Criterion]
}

/// Derives what a judgement under one standard proves under another.
public struct RecognitionRule: Sendable {
    private let dictionary: FactDictionary
    private let crosswalks: CrosswalkTable
    private let year: Int

    public init(dictionary: FactDictionary, crosswalks: CrosswalkTable, year: Int) {
        self.dictionary = dictionary
        self.crosswalks = crosswalks
        self.year = year
    }

    /// - Parameters:
    ///   - verdict: The judgement under `first`.
    ///   - stated: The item of `second` that the project is said to belong to, where somebody says so: no crosswalk is needed.
    ///
    ///   - facts: The facts that the project states besides: of alternatives the way is named that needs the least beyond them.
    ///
    /// Only the facts that `first` asked for prove anything: at the evidence of the others nobody has looked.
    public func recognise(
        _ verdict: Verdict, under first: StandardPack, by second: StandardPack, stated: ItemReference? = nil,
        onFile facts: Set<FactID> = []
    ) -> Recognition {
        func refused(_ reason: RecognitionRefusal) -> Recognition {
            Recognition(
                from: first.id, to: second.id, outcome: .notRecognised, refusal: reason, counterpart: nil,
                subjectOpen: false, further: [], onFile: [], settled: [], failures: [])
        }
        guard verdict.kind == .aligned, let code = verdict.item else { return refused(.notProved) }
        let subject = ItemReference(code, row: verdict.activity)
        let counterparts =
            stated.map { [Counterpart(reference: $0, relation: .equal, path: [], crosswalks: [])] }
            ?? crosswalks.counterparts(of: subject, in: first.id, under: second.id)
        let candidates = counterparts.filter { second.has($0.reference) }
            .map { recognise(verdict, under: first, by: second, as: $0, facts) }
        return candidates.min { Self.rank($0) < Self.rank($1) } ?? refused(.noCounterpart)
    }

    /// Recognised before open before refused; then the fewest facts; then the order of the crosswalk.
    private static func rank(_ recognition: Recognition) -> (Int, Int) {
        let outcome =
            switch recognition.outcome {
            case .recognised: 0
            case .withFurtherFacts: 1
            case .notRecognised: 2
            }
        return (outcome, recognition.further.count + (recognition.subjectOpen ? 1 : 0))
    }

    private func recognise(
        _ verdict: Verdict, under first: StandardPack, by second: StandardPack, as counterpart: Counterpart,
        _ onFile: Set<FactID>
    ) -> Recognition {
        // What the judgement proves: that its conditions are met, and the facts it looked at.
        let premises = (verdict.findings.map(\.evaluation.criterion) + [first.header.general].compactMap { $0 })
            .map { first.unfolded($0) }
        var known: [FactID: FactValue] = [:]
        for leaf in verdict.leaves {
            if let fact = leaf.fact, let finding = leaf.finding { known[fact] = finding.value }
        }
        let asked = second.conditions(of: counterpart.reference)
        let proof = Proof(dictionary, premises: premises, known: known, year: year)
        var further: [FactID] = []
        var failures: [Criterion] = []
        // A pack without conditions for the item asks for nothing, and so nothing shows that it is met.
        var isProved = !asked.isEmpty
        for condition in asked {
            if proof.excludes(condition) {
                for part in proof.excludedParts(of: condition) where !failures.contains(part) { failures.append(part) }
            } else if !proof.implies(condition) {
                isProved = false
                for fact in proof.open(in: condition, onFile: onFile) where !further.contains(fact) {
                    further.append(fact)
                }
            }
        }
        let subjectOpen = !counterpart.relation.isWithin
        let outcome: RecognitionOutcome =
            !failures.isEmpty
            ? .notRecognised : isProved && !subjectOpen ? .recognised : .withFurtherFacts
        var settled: [FactID] = []
        for fact in asked.flatMap(\.facts) where !further.contains(fact) && !settled.contains(fact) {
            if known[fact] != nil || outcome == .recognised { settled.append(fact) }
        }
        return Recognition(
            from: first.id, to: second.id, outcome: outcome, refusal: failures.isEmpty ? nil : .conditionFails,
            counterpart: counterpart, subjectOpen: subjectOpen, further: further,
            onFile: further.filter { onFile.contains($0) }, settled: settled,
            failures: failures)
    }
}

extension StandardPack {
    /// What the pack asks of an item or row: for an item every row's condition, since which row it is stays open, and what it
    /// asks of all. References are unfolded.
    func conditions(of reference: ItemReference) -> [Criterion] {
        guard let item = self[reference.item] else { return [] }
        let rows = item.activities(row: reference.row)
        let criteria = rows.compactMap(\.criterion)
        guard criteria.count == rows.count else { return [] }
        var distinct: [Criterion] = []
        for criterion in criteria.map({ unfolded($0) }) where !distinct.contains(criterion) {
            distinct.append(criterion)
        }
        return distinct + [header.general].compactMap { $0.map { unfolded($0) } }
    }

    /// The criterion with what it refers to put in its place.
    func unfolded(_ criterion: Criterion, depth: Int = 0) -> Criterion {
        switch criterion {
        case .all(let parts): .all(parts.map { unfolded($0, depth: depth) })
        case .any(let parts): .any(parts.map { unfolded($0, depth: depth) })
        case .not(let part): .not(unfolded(part, depth: depth))
        case .until(let year, let part): .until(year: year, unfolded(part, depth: depth))
        case .see(let reference):
            if depth < Criterion.deepestReference, let other = self.criterion(of: reference) {
                unfolded(other, depth: depth + 1)
            } else {
                criterion
            }
        case .compare, .holds, .oneOf, .complies: criterion
        }
    }
}
