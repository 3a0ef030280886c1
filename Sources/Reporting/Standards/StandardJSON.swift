import Standards
import Vocabulary

/// What standards have for machines: names in both languages, conditions as trees.
enum StandardJSON {
    static func both(_ text: BilingualText?) -> JSONText {
        text.map { .object([("zh", .string($0.zh)), ("en", .string($0.en))]) } ?? .null
    }

    static func text(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }

    static func numbers(_ numbers: [Int]) -> JSONText { .array(numbers.map { .number("\($0)") }) }

    static func written(_ document: JSONText) -> String {
        var out = ""
        document.write(into: &out)
        return out
    }

    /// A condition with its parts; leaves with the labels of their facts and what proves them.
    static func tree(_ criterion: Criterion, _ dictionary: FactDictionary) -> JSONText {
        var members: [(String, JSONText)]
        switch criterion {
        case .all: members = [("node", .string("all"))]
        case .any: members = [("node", .string("any"))]
        case .not: members = [("node", .string("not"))]
        case .until(let year, _): members = [("node", .string("until")), ("year", .number("\(year)"))]
        case .see(let reference): members = [("node", .string("see")), ("item", .string(reference.description))]
        case .compare, .holds, .oneOf, .complies:
            let definition = criterion.fact.flatMap { dictionary[$0] }
            return .object([
                ("node", .string("fact")), ("fact", text(criterion.fact?.name)),
                ("condition", .string(criterion.outline)), ("label", both(definition?.label)),
                ("evidence", both(definition?.evidence)),
            ])
        }
        if !criterion.parts.isEmpty {
            members.append(("parts", .array(criterion.parts.map { tree($0, dictionary) })))
        }
        return .object(members)
    }
}

extension StandardDiff {
    /// The comparison for machines.
    public func json(_ firstPack: StandardPack, _ secondPack: StandardPack) -> String {
        var matchedBy: [(String, JSONText)] = [("by", .string(matching.word))]
        if case .crosswalk(let ids) = matching { matchedBy.append(("crosswalks", .array(ids.map { .string($0) }))) }
        func only(_ codes: [ItemCode], _ pack: StandardPack) -> JSONText {
            .array(
                codes.map {
                    .object([("code", .string($0.text)), ("name", StandardJSON.both(pack[$0]?.name))])
                })
        }
        var summary: [(String, JSONText)] = [("pairs", .number("\(pairs.count)"))]
        for change in ConditionChange.allCases { summary.append((change.rawValue, .number("\(count(of: change))"))) }
        summary += [
            ("only_in_a", .number("\(onlyInFirst.count)")), ("only_in_b", .number("\(onlyInSecond.count)")),
        ]
        return StandardJSON.written(
            .object([
                ("a", .string(first)), ("b", .string(second)), ("year", .number("\(year)")),
                ("matching", .object(matchedBy)), ("general", Self.part(general)),
                ("pairs", .array(pairs.map { Self.pair($0, firstPack, secondPack) })),
                ("only_in_a", only(onlyInFirst, firstPack)), ("only_in_b", only(onlyInSecond, secondPack)),
                ("summary", .object(summary)),
            ]))
    }

    private static func pair(_ pair: ItemDiff, _ first: StandardPack, _ second: StandardPack) -> JSONText {
        .object([
            ("a", .string(pair.first.description)), ("b", .string(pair.second.description)),
            ("name_a", StandardJSON.both(first[pair.first.item]?.name)),
            ("name_b", StandardJSON.both(second[pair.second.item]?.name)),
            ("relation", StandardJSON.text(pair.relation?.rawValue)), ("because", StandardJSON.both(pair.because)),
            ("change", .string(pair.change.rawValue)), ("rows_only_in_a", StandardJSON.numbers(pair.onlyInFirst)),
            ("rows_only_in_b", StandardJSON.numbers(pair.onlyInSecond)), ("cases", .array(pair.cases.map(part))),
        ])
    }

    private static func part(_ part: ConditionCase) -> JSONText {
        .object([
            ("rows_a", StandardJSON.numbers(part.firstRows)), ("tier_a", StandardJSON.text(part.firstTier)),
            ("rows_b", StandardJSON.numbers(part.secondRows)), ("tier_b", StandardJSON.text(part.secondTier)),
            ("change", .string(part.change.rawValue)), ("added", .array(part.added.map(demand))),
            ("dropped", .array(part.dropped.map(demand))),
        ])
    }

    private static func demand(_ demand: FurtherDemand) -> JSONText {
        func outlines(_ criteria: [Criterion]) -> JSONText { .array(criteria.map { .string($0.outline) }) }
        return .object([
            ("kinds", outlines(demand.kinds)), ("condition", .string(demand.condition.outline)),
            ("facts", .array(demand.condition.facts.map { .string($0.name) })),
            ("against", outlines(demand.against)),
            ("contradicted", .number(demand.isContradicted ? "true" : "false")),
        ])
    }
}
