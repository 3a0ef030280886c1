import Standards
import Vocabulary

extension ItemAccount {
    /// The item as text for a terminal.
    public func text(_ words: ConditionWords) -> String {
        let language = words.language
        var lines = ["\(item.code)  \(item.name[language])", "\(pack.id)  \(pack.name[language])"]
        if pack.header.verification != .official {
            lines.append(words.say("explain.verification.\(pack.header.verification.rawValue)"))
        }
        lines.append("")
        lines.append(words.say("standards.show.subject", ["text": item.subject[language]]))
        if !item.synonyms.isEmpty {
            lines.append(words.say("standards.show.synonyms", ["text": item.synonyms.joined(separator: "、")]))
        }
        for clause in clauses {
            lines.append("")
            lines += rows(clause, words)
            lines += conditions(clause, words)
            for change in clause.changes {
                lines.append("  " + words.change(change, by: pack))
                if let condition = change.condition { lines += words.tree(condition, indent: 4) }
            }
        }
        if let general = pack.header.general {
            lines.append("")
            lines.append(words.say("explain.general"))
            lines += words.tree(general, indent: 2)
        }
        if !links.isEmpty {
            lines.append("")
            lines.append(words.say("standards.show.counterparts"))
            lines += counterparts(words)
        }
        return lines.joined(separator: "\n")
    }

    private func rows(_ clause: Clause, _ words: ConditionWords) -> [String] {
        let language = words.language
        let pages = Set(clause.rows.compactMap(\.page)).sorted().map(String.init)
        var title = words.rows(clause.rows.map(\.row))
        if !pages.isEmpty { title += words.say("explain.page", ["pages": pages.joined(separator: words.separator)]) }
        var lines = [title]
        for activity in clause.rows {
            var parts = ["  \(activity.row)."]
            let industry = [activity.industry, activity.industryName].filter { !$0.isEmpty }.joined(separator: " ")
            if !industry.isEmpty { parts.append("[\(industry)]") }
            if activity.mark != .none { parts.append(words.say("statement.mark.\(activity.mark.rawValue)")) }
            if activity.subject != item.subject { parts.append(activity.subject[language]) }
            if parts.count > 1 { lines.append(parts.joined(separator: "  ")) }
            if let note = activity.note {
                lines.append("     " + words.say("standards.show.note", ["text": note[language]]))
            }
        }
        return lines
    }

    private func conditions(_ clause: Clause, _ words: ConditionWords) -> [String] {
        guard let criterion = clause.criterion else { return ["  " + words.say("standards.show.no-criterion")] }
        guard !clause.tiers.isEmpty else {
            return ["  " + words.say("standards.show.condition")] + words.tree(criterion, indent: 4)
        }
        return clause.tiers.flatMap { tier in
            let named = pack.header.tiers.first { $0.id == tier.tier }?.name[words.language] ?? tier.tier
            return ["  " + words.say("explain.tier", ["tier": named])] + words.tree(tier.criterion, indent: 4)
        }
    }

    /// Every direct counterpart, and of those through a third standard the nearest.
    private func counterparts(_ words: ConditionWords) -> [String] {
        let most = 5
        var lines: [String] = []
        var left: [String: Int] = [:]
        for link in links {
            let isFar = link.crosswalks.count > 1
            if isFar { left[link.standard, default: 0] += 1 }
            if !isFar || left[link.standard, default: 0] <= most { lines.append("  " + counterpart(link, words)) }
        }
        for (standard, count) in left.sorted(by: { $0.key < $1.key }) where count > most {
            lines.append(
                "  " + words.say("standards.show.more", ["standard": standard, "count": "\(count - most)"]))
        }
        return lines
    }

    private func counterpart(_ link: Link, _ words: ConditionWords) -> String {
        var text = link.row.map { words.rows([$0]) + words.colon } ?? ""
        text += words.say(
            "standards.show.counterpart",
            [
                "standard": link.standard, "item": "\(link.item)", "name": link.name?[words.language] ?? "",
                "relation": words.say(StandardWords.relation(link.relation)),
            ])
        if link.crosswalks.count > 1 {
            text += words.say(
                "standards.show.through", ["crosswalks": link.crosswalks.joined(separator: words.separator)])
        }
        if let because = link.because { text += (words.language == .zh ? "" : " ") + because[words.language] }
        return text
    }

    /// The item for machines.
    public func json(_ dictionary: FactDictionary) -> String { StandardJSON.written(document(dictionary)) }

    /// The item as a value, for the API.
    public func jsonValue(_ dictionary: FactDictionary) -> JSONValue { document(dictionary).jsonValue }

    private func document(_ dictionary: FactDictionary) -> JSONText {
        func clause(_ clause: Clause) -> JSONText {
            .object([
                (
                    "rows",
                    .array(
                        clause.rows.map { row in
                            .object([
                                ("row", .number("\(row.row)")), ("industry", .string(row.industry)),
                                ("industry_name", .string(row.industryName)), ("mark", .string(row.mark.rawValue)),
                                ("subject", StandardJSON.both(row.subject)), ("note", StandardJSON.both(row.note)),
                                ("page", row.page.map { .number("\($0)") } ?? .null),
                            ])
                        })
                ), ("criterion", clause.criterion.map { StandardJSON.tree($0, dictionary) } ?? .null),
                (
                    "tiers",
                    .array(
                        clause.tiers.map { tier in
                            .object([
                                ("tier", .string(tier.tier)),
                                ("criterion", StandardJSON.tree(tier.criterion, dictionary)),
                            ])
                        })
                ),
                (
                    "changes",
                    .array(
                        clause.changes.map { change in
                            .object([
                                ("kind", .string(change.kind.name)), ("because", StandardJSON.both(change.because)),
                                ("criterion", change.condition.map { StandardJSON.tree($0, dictionary) } ?? .null),
                            ])
                        })
                ),
            ])
        }
        func counterpart(_ link: Link) -> JSONText {
            .object([
                ("standard", .string(link.standard)), ("item", .string("\(link.item)")),
                ("name", StandardJSON.both(link.name)), ("row", link.row.map { .number("\($0)") } ?? .null),
                ("relation", .string(link.relation.rawValue)),
                ("crosswalks", .array(link.crosswalks.map { .string($0) })),
                ("because", StandardJSON.both(link.because)),
            ])
        }
        return .object([
            ("standard", .string(pack.id)), ("overlay_of", StandardJSON.text(pack.header.overlayOf)),
            ("item", .string(item.code.text)),
            ("name", StandardJSON.both(item.name)), ("subject", StandardJSON.both(item.subject)),
            ("synonyms", .array(item.synonyms.map { .string($0) })), ("clauses", .array(clauses.map(clause))),
            ("general", pack.header.general.map { StandardJSON.tree($0, dictionary) } ?? .null),
            ("counterparts", .array(links.map(counterpart))),
        ])
    }
}
