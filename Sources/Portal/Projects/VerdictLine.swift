import Reporting
import Standards
import Vocabulary

/// What one standard says of a project, as a line of a table.
struct VerdictLine: Sendable {
    let standard: String
    let item: String
    let verdict: String
    /// What is still to be shown, the easiest first.
    let missing: [String]

    static func table(_ lines: [VerdictLine], _ words: Words) -> Table {
        Table(
            columns: ["project.standard", "project.item", "project.verdict", "project.missing"],
            rows: lines.map { line in
                let missing: [HTML] = line.missing.map { "<li>\($0)</li>" }
                return [
                    "\(line.standard)", "\(line.item)", "\(line.verdict)",
                    missing.isEmpty ? .none : "<ul>\(missing)</ul>",
                ]
            }, empty: "project.no-verdicts")
    }

    static func lines(_ account: ProjectAccount, _ words: Words) -> [VerdictLine] {
        account.result.judgements.map { judgement in
            let pack = account.pack(judgement.standard)
            let item = judgement.subject.flatMap { pack?[$0.item] }
            let name = item.map { words.language == .zh ? $0.name.zh : $0.name.en } ?? ""
            return VerdictLine(
                standard: pack.map { words.language == .zh ? $0.name.zh : $0.name.en } ?? judgement.standard,
                item: judgement.subject.map { "\($0) \(name)" } ?? "–",
                verdict: words("explain.verdict.\(judgement.verdict.kind.rawValue)"),
                missing: judgement.easiest.map { id in
                    account.dictionary[id].map { words.language == .zh ? $0.label.zh : $0.label.en } ?? id.name
                })
        }
    }
}
