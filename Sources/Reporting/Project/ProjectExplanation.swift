import Standards
import Vocabulary

/// A project's account as text for a terminal.
public struct ProjectExplanation {
    private let account: ProjectAccount
    private let words: ConditionWords
    private var lines: [String] = []

    /// Whether branches for other kinds than the project's own are told too.
    private let isWhole: Bool

    private init(_ account: ProjectAccount, phrasebook: Phrasebook, language: Language, isWhole: Bool) {
        self.account = account
        self.isWhole = isWhole
        words = ConditionWords(dictionary: account.dictionary, phrasebook: phrasebook, language: language)
    }

    public static func text(
        _ account: ProjectAccount, phrasebook: Phrasebook, language: Language, isWhole: Bool = false
    ) -> String {
        var explanation = ProjectExplanation(account, phrasebook: phrasebook, language: language, isWhole: isWhole)
        explanation.tell()
        return explanation.lines.map(\.withoutControls).joined(separator: "\n")
    }

    private mutating func tell() {
        let project = account.project
        lines.append(
            words.say(
                "explain.title", ["id": project.id, "name": project.name, "date": account.day.description]))
        lines.append("")
        for judgement in account.result.judgements { overview(judgement) }
        for judgement in account.result.judgements { detail(judgement) }
        expired()
        changes()
        recognitions()
    }

    private mutating func overview(_ judgement: StandardJudgement) {
        let pack = account.pack(judgement.standard)
        var parts = [
            ProjectWords.symbol(judgement.verdict.kind),
            words.say("explain.verdict.\(judgement.verdict.kind.rawValue)"),
            pack?.name[words.language] ?? judgement.standard,
        ]
        if let subject = judgement.subject {
            parts.append("\(subject) \(pack?[subject.item]?.name[words.language] ?? "")")
        }
        if let tier = judgement.verdict.tier, let named = pack?.header.tiers.first(where: { $0.id == tier }) {
            parts.append(words.say("explain.tier", ["tier": named.name[words.language]]))
        }
        lines.append("  " + parts.joined(separator: "  "))
    }

    private mutating func detail(_ judgement: StandardJudgement) {
        guard let subject = judgement.subject, let origin = judgement.origin,
            let pack = account.pack(judgement.standard)
        else { return }
        lines.append("")
        lines.append("── \(pack.id)  \(pack.name[words.language]) ──")
        if pack.header.verification != .official {
            lines.append("  " + words.say("explain.verification.\(pack.header.verification.rawValue)"))
        }
        lines.append("  " + ProjectWords.origin(origin, words))
        if !origin.isSettled { lines.append("  " + words.say("explain.subject-open", ["item": "\(subject)"])) }
        for finding in judgement.verdict.findings {
            lines.append("  " + clause(pack, subject, finding))
            changed(finding, by: pack)
        }
        if let general = judgement.verdict.general {
            lines.append("  " + words.say("explain.general"))
            tree(general, indent: 4)
        }
        if !judgement.easiest.isEmpty {
            lines.append("  " + words.say("explain.missing-title"))
            for (position, fact) in judgement.easiest.enumerated() {
                lines.append(
                    "    "
                        + words.say(
                            "explain.missing",
                            [
                                "number": "\(position + 1)", "fact": words.label(fact), "id": fact.name,
                                "evidence": words.evidence(fact),
                            ]))
            }
        }
        for other in judgement.others {
            lines.append(
                "  "
                    + words.say(
                        "explain.other",
                        [
                            "item": "\(other.subject) \(pack[other.subject.item]?.name[words.language] ?? "")",
                            "verdict": words.say("explain.verdict.\(other.verdict.kind.rawValue)"),
                            "origin": ProjectWords.origin(other.origin, words),
                        ]))
        }
    }

    private func clause(_ pack: StandardPack, _ subject: ItemReference, _ finding: RowFinding) -> String {
        guard let item = pack[subject.item] else { return "\(subject)" }
        let activities = item.activities.filter { finding.rows.contains($0.row) }
        let rows = finding.rows.map(String.init).joined(separator: words.separator)
        let pages = Set(activities.compactMap(\.page)).sorted().map(String.init).joined(separator: words.separator)
        let key = item.activities.count == 1 ? "explain.clause-item" : "explain.clause"
        var text = words.say(key, ["item": item.code.text, "rows": rows, "name": item.name[words.language]])
        if !pages.isEmpty { text += words.say("explain.page", ["pages": pages]) }
        return text
    }

    /// The tree of what the catalogue asks, and behind it what an overlay changed, each with its reason and its own tree.
    private mutating func changed(_ finding: RowFinding, by pack: StandardPack) {
        guard !finding.changes.isEmpty, let catalogue = pack.header.overlayOf else {
            return tree(finding.evaluation, indent: 4)
        }
        if !finding.changes.contains(where: { $0.kind == .added }) {
            let truth = ProjectWords.symbol(finding.ofCatalogue.truth)
            lines.append("    \(truth) " + words.say("explain.of-catalogue", ["standard": catalogue]))
            tree(finding.ofCatalogue, indent: 6)
        } else {
            tree(finding.ofCatalogue, indent: 4)
        }
        for (change, evaluation) in finding.ofChanges {
            let sign = evaluation.map { ProjectWords.symbol($0.truth) } ?? "·"
            lines.append("    \(sign) " + words.change(change, by: pack))
            for part in ProjectWords.trees(change, evaluation) { tree(part, indent: 6) }
        }
    }

    private mutating func tree(_ evaluation: Evaluation, indent: Int) {
        var text = String(repeating: " ", count: indent) + ProjectWords.symbol(evaluation.truth) + " "
        text += words.condition(evaluation.criterion)
        if let fact = evaluation.fact {
            if let finding = evaluation.finding {
                text += " ← " + words.value(finding.value, of: fact) + words.aside(words.source(finding))
            } else {
                text += " ← " + words.say("explain.unknown")
            }
            text += "  [\(fact.name)]"
        }
        lines.append(text)
        let parts = isWhole ? evaluation.parts : evaluation.applicableParts
        for part in parts { tree(part, indent: indent + 2) }
        if parts.count < evaluation.parts.count {
            let left = words.say("explain.other-kinds", ["count": "\(evaluation.parts.count - parts.count)"])
            lines.append(String(repeating: " ", count: indent + 2) + "– " + left)
        }
    }

    private mutating func expired() {
        guard !account.result.expired.isEmpty else { return }
        lines.append("")
        lines.append(words.say("explain.expired-title"))
        for fact in account.result.expired {
            let finding = account.project.facts[fact]
            lines.append("  " + words.label(fact) + words.aside(finding.map(words.source) ?? "") + "  [\(fact.name)]")
        }
    }

    private mutating func changes() {
        guard !account.changes.isEmpty else { return }
        lines.append("")
        lines.append(words.say("explain.changes-title"))
        for change in account.changes { lines.append("  " + ProjectWords.change(change, words)) }
    }

    private mutating func recognitions() {
        guard !account.recognitions.isEmpty else { return }
        lines.append("")
        lines.append(words.say("explain.recognition-title"))
        for recognition in account.recognitions { lines.append("  " + ProjectWords.recognition(recognition, words)) }
    }
}

extension String {
    /// The text with a space for every character that moves a terminal's cursor or turns its writing round: what a project's
    /// file says must not look like a line of ours.
    fileprivate var withoutControls: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .lineSeparator, .paragraphSeparator, .format: " "
                    default: scalar
                    }
                }))
    }
}

extension Evaluation {
    /// The parts, without alternatives for other kinds than the one that is known: where "is of kind A, and …" stands beside
    /// "is of kind B, and …" and the kind is A, the second says nothing.
    var applicableParts: [Evaluation] {
        guard case .any = criterion else { return parts }
        let kinds = parts.map(\.kindLeaf)
        let known = Set(kinds.compactMap { $0 }.filter { $0.truth == .met }.compactMap(\.fact))
        return zip(parts, kinds).filter { _, kind in
            guard let kind, kind.truth == .notMet, let fact = kind.fact else { return true }
            return !known.contains(fact)
        }.map(\.0)
    }

    /// The leaf that says for which kind a branch stands, if it begins with one.
    private var kindLeaf: Evaluation? {
        switch criterion {
        case .oneOf: self
        case .all: parts.first.flatMap { if case .oneOf = $0.criterion { $0 } else { nil } }
        default: nil
        }
    }
}
