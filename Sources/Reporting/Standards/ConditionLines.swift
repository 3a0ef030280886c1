import Standards
import Vocabulary

/// Whole conditions in words, on one line or as a tree.
extension ConditionWords {
    /// The condition in one line: nested parts stand in brackets.
    public func line(_ criterion: Criterion) -> String {
        let mark = language == .zh ? "；" : "; "
        switch criterion {
        case .all(let parts):
            return parts.isEmpty
                ? condition(criterion) : say("standards.all-of", ["parts": parts.map(enclosed).joined(separator: mark)])
        case .any(let parts):
            if let cases = Self.kindCases(parts) {
                return cases.map { kinds(.oneOf($0.fact, $0.choices)) + colon + line($0.rest) }.joined(separator: mark)
            }
            return say("standards.any-of", ["parts": parts.map(enclosed).joined(separator: mark)])
        case .not(let part), .until(_, let part):
            return condition(criterion) + (language == .zh ? "" : " ") + enclosed(part)
        case .see, .compare, .holds, .oneOf, .complies: return condition(criterion)
        }
    }

    private func enclosed(_ criterion: Criterion) -> String {
        guard criterion.parts.count > 1 else { return line(criterion) }
        return language == .zh ? "（\(line(criterion))）" : "(\(line(criterion)))"
    }

    /// The condition as lines, a part below its whole, with the evidence and the id of each fact.
    ///
    /// Alternatives for kinds of one fact are told kind by kind.
    public func tree(_ criterion: Criterion, indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        if let fact = criterion.fact {
            let evidence = evidence(fact)
            return ["\(space)• \(condition(criterion))\(evidence.isEmpty ? "" : " ← \(evidence)")  [\(fact.name)]"]
        }
        if case .any(let parts) = criterion, let cases = Self.kindCases(parts), let fact = cases.first?.fact {
            var lines = [space + say("standards.by-kind", ["fact": label(fact), "id": fact.name])]
            for branch in cases {
                let kind = kinds(.oneOf(fact, branch.choices))
                if branch.rest == .subject {
                    lines.append("\(space)  \(kind)\(colon)\(condition(.subject))")
                } else {
                    lines.append("\(space)  \(kind)" + (language == .zh ? "：" : ":"))
                    lines += tree(branch.rest, indent: indent + 4)
                }
            }
            return lines
        }
        return [space + condition(criterion)] + criterion.parts.flatMap { tree($0, indent: indent + 2) }
    }

    /// The choices of a leaf of choice, without the name of the fact.
    func kinds(_ leaf: Criterion) -> String {
        guard case .oneOf(let fact, let choices) = leaf else { return condition(leaf) }
        return choices.map { value(.choice($0), of: fact) }.joined(separator: separator)
    }

    /// What a leaf asks of a number (`≥ 5 MW`), without the name of the fact; nil for other leaves.
    func bound(_ leaf: Criterion) -> String? {
        switch leaf {
        case .compare(_, let comparison, let threshold): "\(Self.sign(comparison)) \(self.threshold(threshold))"
        case .complies(_, .grade(let grade)): "≤ \(grade)"
        default: nil
        }
    }

    var colon: String { language == .zh ? "：" : ": " }

    private static func kindCases(
        _ parts: [Criterion]
    ) -> [(fact: FactID, choices: [String], rest: Criterion)]? {
        let cases = parts.compactMap(\.kindCase)
        guard cases.count == parts.count, cases.count > 1, let fact = cases.first?.fact,
            cases.allSatisfy({ $0.fact == fact })
        else { return nil }
        return cases
    }
}
