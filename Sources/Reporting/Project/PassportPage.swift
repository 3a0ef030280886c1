import Standards
import Vocabulary

extension Passport {
    /// The passport as one page: no script, no request, prints on A4. Chinese first, English beside it.
    public func html(_ phrasebook: Phrasebook) -> String {
        let page = PassportPage(
            passport: self,
            zh: ConditionWords(dictionary: account.dictionary, phrasebook: phrasebook, language: .zh),
            en: ConditionWords(dictionary: account.dictionary, phrasebook: phrasebook, language: .en))
        return page.html()
    }
}

private struct PassportPage {
    let passport: Passport
    let zh: ConditionWords
    let en: ConditionWords

    private var account: ProjectAccount { passport.account }

    private func say(_ key: String, _ arguments: [String: String] = [:]) -> BilingualText {
        BilingualText(zh: zh.say(key, arguments), en: en.say(key, arguments))
    }

    private func both(_ tell: (ConditionWords) -> String) -> BilingualText {
        BilingualText(zh: tell(zh), en: tell(en))
    }

    func html() -> String {
        var out = HTMLText()
        out.raw("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n")
        out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        out.element("title", "\(zh.say("passport.title")) \(account.project.id)")
        out.raw("<style>\n\(StatementStyle.text)</style>\n</head>\n<body>\n<header>\n")
        out.heading("h1", say("passport.title"))
        out.paragraph(
            BilingualText(zh: "\(account.project.id)  \(account.project.name)", en: account.project.about),
            class: "subtitle")
        out.paragraph(say("passport.as-of", ["date": account.day.description]), class: "note")
        out.raw("</header>\n<main>\n")
        verdicts(&out)
        noLongerAsked(&out)
        evidence(&out)
        trees(&out)
        madeBy(&out)
        out.raw("</main>\n</body>\n</html>\n")
        return out.text
    }

    private func part(
        _ id: String, _ note: BilingualText?, _ columns: [String], _ rows: [[BilingualText]], _ out: inout HTMLText
    ) {
        out.raw("<section aria-labelledby=\"\(id)\">\n")
        out.heading("h2", say("passport.\(id)"), id: id)
        if let note { out.paragraph(note, class: "note") }
        out.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"\(id)\"><table>\n<thead><tr>")
        for column in columns {
            out.raw("<th scope=\"col\">")
            out.bilingual(say("passport.column.\(column)"))
            out.raw("</th>")
        }
        out.raw("</tr></thead>\n<tbody>\n")
        for row in rows {
            out.raw("<tr>")
            for cell in row {
                out.raw("<td>")
                out.bilingual(cell)
                out.raw("</td>")
            }
            out.raw("</tr>\n")
        }
        out.raw("</tbody></table></div>\n</section>\n")
    }

    private func plain(_ text: String) -> BilingualText { BilingualText(zh: text, en: text) }

    private func verdicts(_ out: inout HTMLText) {
        let rows = account.result.judgements.map { judgement in
            let pack = account.pack(judgement.standard)
            let item = judgement.subject.flatMap { pack?[$0.item]?.name }
            let tier = pack?.header.tiers.first { $0.id == judgement.verdict.tier }?.name
            let verdict = both { words in
                ProjectWords.symbol(judgement.verdict.kind) + " "
                    + words.say("explain.verdict.\(judgement.verdict.kind.rawValue)")
                    + (tier.map { " · \($0[words.language])" } ?? "")
            }
            let name = judgement.subject.map { reference in
                BilingualText(zh: "\(reference) \(item?.zh ?? "")", en: item?.en ?? "")
            }
            return [
                pack?.name ?? plain(judgement.standard), verdict, name ?? plain("–"),
                judgement.origin.map { origin in both { ProjectWords.origin(origin, $0) } } ?? plain("–"),
                both { words in judgement.easiest.map(words.label).joined(separator: words.separator) },
            ]
        }
        part("verdicts", nil, ["standard", "verdict", "item", "subject", "missing"], rows, &out)
    }

    /// For each standard: what was shown to another and need not be asked again, and what is left to ask.
    private func noLongerAsked(_ out: inout HTMLText) {
        let rows = account.recognitions.map { recognition in
            [
                account.pack(recognition.to)?.name ?? plain(recognition.to),
                account.pack(recognition.from)?.name ?? plain(recognition.from),
                both { ProjectWords.recognition(recognition, $0) },
                both { words in recognition.settled.map(words.label).joined(separator: words.separator) },
                both { words in recognition.further.map(words.label).joined(separator: words.separator) },
            ]
        }
        part(
            "recognition", say("passport.recognition-note"),
            ["standard", "proved-under", "outcome", "no-longer-asked", "still-asked"], rows, &out)
    }

    private func evidence(_ out: inout HTMLText) {
        let rows = account.evidence.map { fact, finding, standards in
            [
                both { $0.label(fact) }, both { $0.value(finding.value, of: fact) }, both { $0.source(finding) },
                plain(passport.holdsUntil(fact, finding)?.description ?? "–"),
                plain(standards.joined(separator: ", ")),
            ]
        }
        part("evidence", nil, ["fact", "value", "source", "holds-until", "standards"], rows, &out)
    }

    private func trees(_ out: inout HTMLText) {
        out.raw("<section aria-labelledby=\"conditions\">\n")
        out.heading("h2", say("passport.conditions"), id: "conditions")
        for judgement in account.result.judgements where judgement.subject != nil {
            out.raw("<details><summary>")
            out.bilingual(account.pack(judgement.standard)?.name ?? plain(judgement.standard))
            out.raw("</summary>\n")
            for finding in judgement.verdict.findings { tree(finding.evaluation, &out) }
            if let general = judgement.verdict.general { tree(general, &out) }
            out.raw("</details>\n")
        }
        out.raw("</section>\n")
    }

    private func tree(_ evaluation: Evaluation, _ out: inout HTMLText) {
        out.raw("<ul><li>")
        out.escaped(ProjectWords.symbol(evaluation.truth) + " ")
        out.bilingual(both { $0.condition(evaluation.criterion) })
        if let fact = evaluation.fact {
            out.raw(" ← ")
            if let finding = evaluation.finding {
                out.bilingual(both { $0.value(finding.value, of: fact) })
            } else {
                out.bilingual(say("explain.unknown"))
            }
        }
        for part in evaluation.applicableParts { tree(part, &out) }
        out.raw("</li></ul>\n")
    }

    private func madeBy(_ out: inout HTMLText) {
        let rows = passport.parts.map { [plain($0.kind), plain($0.id), plain($0.version), plain($0.digest)] }
        part("made-by", say("passport.made-by-note"), ["kind", "id", "version", "sha256"], rows, &out)
    }
}
