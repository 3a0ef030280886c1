import Standards
import Testing
import Vocabulary

/// A small dictionary and packs of it, for the tests of this target.
enum Examples {
    static let capacity = FactID("installed_capacity")
    static let permitted = FactID("permitted")
    static let technology = FactID("technology")
    static let stars = FactID("stars")

    static func words(_ zh: String = "测试", _ en: String = "test") -> BilingualText { BilingualText(zh: zh, en: en) }

    static func definition(_ id: FactID, _ kind: FactKind) -> FactDefinition {
        FactDefinition(id: id, kind: kind, label: words(), evidence: words(), validMonths: nil)
    }

    static func dictionary() throws -> FactDictionary {
        try FactDictionary([
            definition(capacity, .number(unit: try Unit.parse("kW"), minimum: 0, maximum: nil)),
            definition(permitted, .yesNo),
            definition(
                technology,
                .choice([
                    FactChoice(id: "onshore", label: words("陆上", "on land")),
                    FactChoice(id: "offshore", label: words("海上", "at sea")),
                ])),
            definition(stars, .number(unit: try Unit.parse("1"), minimum: 0, maximum: 3)),
            definition(FactID("share"), .number(unit: try Unit.parse("%"), minimum: nil, maximum: nil)),
            definition(FactID("power"), .number(unit: try Unit.parse("MW"), minimum: nil, maximum: nil)),
        ])
    }

    static func sheet(_ values: [FactID: FactValue]) -> FactSheet { FactSheet(values.mapValues { Fact($0) }) }

    static func code(_ text: String) throws -> ItemCode { try #require(ItemCode(text)) }

    /// An item with one activity for each criterion.
    static func item(_ code: String, _ criteria: [Criterion?], marks: [Mark] = []) throws -> Item {
        Item(
            code: try Self.code(code), name: words(), subject: words(), synonyms: [],
            activities: criteria.enumerated().map { position, criterion in
                Activity(
                    row: position + 1, industry: "4415", industryName: "风力发电",
                    mark: position < marks.count ? marks[position] : .direct, subject: words(), criterion: criterion)
            })
    }

    /// An item with one activity for each list of tiers.
    static func item(_ code: String, tiers: [[(String, Criterion)]]) throws -> Item {
        Item(
            code: try Self.code(code), name: words(), subject: words(), synonyms: [],
            activities: tiers.enumerated().map { position, tiers in
                Activity(
                    row: position + 1, industry: "", industryName: "", mark: .none, subject: words(), criterion: nil,
                    tiers: tiers.map { TierCriterion(tier: $0, criterion: $1) })
            })
    }

    /// A fact compared with a number in the fact's own unit.
    static func compare(_ fact: FactID, _ comparison: Comparison, _ text: String) throws -> Criterion {
        .compare(fact, comparison, Threshold(try Quantity.parse(text)))
    }

    /// A fact compared with a number that steps from year to year.
    static func compare(_ fact: FactID, _ comparison: Comparison, steps: [Int: String]) throws -> Criterion {
        .compare(
            fact, comparison, Threshold(steps: try steps.map { .init(from: $0, try Quantity.parse($1)) }))
    }

    static func pack(
        _ items: [Item], chapters: [String] = ["1"], groups: [String] = ["1.1"], predecessor: String? = "older",
        transition: Transition = Transition(earlierBusiness: .older, confirmed: false), general: Criterion? = nil,
        tiers: [Tier] = []
    ) throws -> StandardPack {
        try StandardPack(
            header: PackHeader(
                id: "test", version: "1", name: words(), issuer: words(), documentNumber: "1",
                effective: try CalendarDate.parse("2025-10-01"), jurisdictions: ["CN"], source: words(),
                verification: .example, predecessor: predecessor, transition: transition, general: general,
                tiers: tiers),
            chapters: chapters.map { Heading(code: $0, name: words()) },
            groups: groups.map { Heading(code: $0, name: words()) }, items: items)
    }
}
