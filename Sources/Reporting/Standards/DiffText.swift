import Standards
import Vocabulary

/// The comparison of two standards as text for a terminal.
public struct DiffText {
    private let diff: StandardDiff
    private let first: StandardPack
    private let second: StandardPack
    private let words: ConditionWords
    private let isWhole: Bool
    private var lines: [String] = []
    /// How many differences of a pair are told where not all are asked for.
    private static let fewest = 3

    private init(
        _ diff: StandardDiff, _ first: StandardPack, _ second: StandardPack, _ words: ConditionWords, isWhole: Bool
    ) {
        self.diff = diff
        self.first = first
        self.second = second
        self.words = words
        self.isWhole = isWhole
    }

    /// - Parameter isWhole: Whether every difference is told, and not only the first three of a pair.
    public static func text(
        _ diff: StandardDiff, _ first: StandardPack, _ second: StandardPack, _ words: ConditionWords, isWhole: Bool
    ) -> String {
        var text = DiffText(diff, first, second, words, isWhole: isWhole)
        text.tell()
        return text.lines.joined(separator: "\n")
    }

    private mutating func tell() {
        let language = words.language
        lines.append("A  \(first.id)  \(first.name[language])")
        lines.append("B  \(second.id)  \(second.name[language])")
        lines.append(basis())
        lines.append("")
        lines.append(
            words.say("standards.diff.general", ["change": words.say(StandardWords.change(diff.general.change))]))
        for one in told(diff.general) { lines.append("  " + text(one)) }
        for pair in diff.pairs where isWhole || !isSame(pair) { tell(pair) }
        only("standards.diff.only-first", diff.onlyInFirst, first)
        only("standards.diff.only-second", diff.onlyInSecond, second)
        lines.append("")
        lines.append(summary())
    }

    private func basis() -> String {
        let year = "\(diff.year)"
        switch diff.matching {
        case .crosswalk(let ids):
            return words.say(
                "standards.diff.by-crosswalk", ["year": year, "crosswalks": ids.joined(separator: words.separator)])
        case .code: return words.say("standards.diff.by-code", ["year": year])
        case .indirect: return words.say("standards.diff.by-third", ["year": year])
        case .name: return words.say("standards.diff.by-name", ["year": year])
        }
    }

    /// Whether there is nothing to tell of a pair of one code: the summary counts it.
    private func isSame(_ pair: ItemDiff) -> Bool {
        diff.matching == .code && pair.change == .equal && (pair.onlyInFirst + pair.onlyInSecond).isEmpty
    }

    private mutating func tell(_ pair: ItemDiff) {
        func named(_ reference: ItemReference, _ pack: StandardPack) -> String {
            "\(reference) \(pack[reference.item]?.name[words.language] ?? "")"
        }
        lines.append("")
        lines.append("A \(named(pair.first, first))  →  B \(named(pair.second, second))")
        lines.append(
            "  "
                + words.say(
                    "standards.diff.pair",
                    [
                        "relation": words.say(StandardWords.relation(pair.relation)),
                        "change": words.say(StandardWords.change(pair.change)),
                    ]))
        if isWhole, let because = pair.because { lines.append("  " + because[words.language]) }
        var left = isWhole ? Int.max : Self.fewest
        var total = 0
        func take(_ parts: [ToldDemand]) -> [ToldDemand] {
            let taken = Array(parts.prefix(left))
            left -= taken.count
            total += parts.count
            return taken
        }
        let all = pair.cases.map(told)
        let common = pair.cases.count > 1 ? (all.first ?? []).filter { one in all.allSatisfy { $0.contains(one) } } : []
        for one in take(common) { lines.append("    " + text(one, of: words.say("standards.diff.every-row"))) }
        for (part, demands) in zip(pair.cases, all) {
            let own = demands.filter { !common.contains($0) }
            let taken = take(own)
            if pair.cases.count > 1, isWhole || !taken.isEmpty { lines.append("    " + clause(part)) }
            for one in taken { lines.append((pair.cases.count > 1 ? "      " : "    ") + text(one)) }
        }
        func added(_ rows: [Int], _ reference: ItemReference, _ pack: StandardPack, _ side: String) {
            for activity in pack[reference.item]?.activities ?? [] where rows.contains(activity.row) {
                lines.append(
                    "    "
                        + words.say(
                            "standards.diff.added-row",
                            ["side": side, "row": "\(activity.row)", "subject": activity.subject[words.language]]))
            }
        }
        added(pair.onlyInFirst, pair.first, first, "A")
        added(pair.onlyInSecond, pair.second, second, "B")
        guard !isWhole, total > Self.fewest else { return }
        lines.append(
            "    "
                + words.say(
                    "standards.diff.more", ["count": "\(total - Self.fewest)", "item": pair.first.item.text]))
    }

    /// A demand with the side that makes it.
    private struct ToldDemand: Equatable {
        let isOfSecond: Bool
        let demand: FurtherDemand
    }

    private func told(_ part: ConditionCase) -> [ToldDemand] {
        part.added.map { ToldDemand(isOfSecond: true, demand: $0) }
            + part.dropped.map { ToldDemand(isOfSecond: false, demand: $0) }
    }

    private func clause(_ part: ConditionCase) -> String {
        func side(_ letter: String, _ rows: [Int], _ tier: String?, _ pack: StandardPack) -> String {
            let named = tier.flatMap { id in pack.header.tiers.first { $0.id == id } }?.name[words.language]
            let text = [words.rows(rows), named ?? ""].filter { !$0.isEmpty }.joined(separator: words.separator)
            return "\(letter) \(text)"
        }
        return side("A", part.firstRows, part.firstTier, first) + "  →  "
            + side("B", part.secondRows, part.secondTier, second) + words.colon
            + words.say(StandardWords.change(part.change))
    }

    private func text(_ told: ToldDemand, of rows: String = "") -> String {
        let demand = told.demand
        let other = told.isOfSecond ? "A" : "B"
        var text = (told.isOfSecond ? "+ B " : "− A ") + rows
        text += demand.kinds.map { words.kinds($0) + words.colon }.joined()
        text += words.line(demand.condition)
        if !demand.against.isEmpty {
            let against = demand.against.map { leaf in
                leaf.fact == demand.condition.fact ? words.bound(leaf) ?? words.line(leaf) : words.line(leaf)
            }
            text += words.say(
                "standards.diff.against", ["side": other, "conditions": against.joined(separator: words.separator)])
        }
        if demand.isContradicted { text += words.say("standards.diff.contradicted", ["side": other]) }
        return text
    }

    private mutating func only(_ key: String, _ codes: [ItemCode], _ pack: StandardPack) {
        guard !codes.isEmpty else { return }
        lines.append("")
        lines.append(words.say(key, ["count": "\(codes.count)"]))
        for code in codes { lines.append("  \(code) \(pack[code]?.name[words.language] ?? "")") }
    }

    private func summary() -> String {
        var arguments = [
            "pairs": "\(diff.pairs.count)", "first": "\(diff.onlyInFirst.count)",
            "second": "\(diff.onlyInSecond.count)",
        ]
        for change in ConditionChange.allCases { arguments[change.rawValue] = "\(diff.count(of: change))" }
        return words.say("standards.diff.summary", arguments)
    }
}
