import Standards
import Testing
import Vocabulary

/// Small standards side by side with a crosswalk between them, for the tests of projects and recognition.
enum SmallStandards {
    /// A pack of items in group 1.1, each with its rows' conditions.
    static func pack(
        _ id: String, _ items: [String: [Criterion?]], general: Criterion? = nil, tiers: [Tier] = [],
        tiered: [String: [TierCriterion]] = [:]
    ) throws -> StandardPack {
        var list = try items.sorted { $0.key < $1.key }.map { try Examples.item($0.key, $0.value) }
        for (code, steps) in tiered.sorted(by: { $0.key < $1.key }) {
            list.append(
                Item(
                    code: try Examples.code(code), name: Examples.words(), subject: Examples.words(), synonyms: [],
                    activities: [
                        Activity(
                            row: 1, industry: "", industryName: "", mark: .direct, subject: Examples.words(),
                            criterion: nil, tiers: steps)
                    ]))
        }
        return try StandardPack(
            header: PackHeader(
                id: id, version: "1", name: Examples.words(), issuer: Examples.words(), documentNumber: "1",
                effective: try CalendarDate.parse("2025-10-01"), jurisdictions: ["CN"], source: Examples.words(),
                verification: .example, general: general, tiers: tiers),
            chapters: [Heading(code: "1", name: Examples.words())],
            groups: [Heading(code: "1.1", name: Examples.words())], items: list)
    }

    static func at(_ code: String, row: Int? = nil) throws -> ItemReference {
        ItemReference(try Examples.code(code), row: row)
    }

    static func link(
        _ from: ItemReference, _ relation: ScopeRelation, _ to: ItemReference, confidence: Double? = nil
    ) -> CrosswalkLink {
        CrosswalkLink(from: from, to: to, relation: relation, confidence: confidence)
    }

    static func crosswalk(_ from: String, _ to: String, _ links: [CrosswalkLink]) -> Crosswalk {
        Crosswalk(
            id: "\(from)--\(to)", from: from, to: to, verification: .example, source: Examples.words(), links: links)
    }

    /// A numeric fact against a threshold in the fact's unit.
    static func compare(_ id: FactID, _ comparison: Comparison, _ value: String) throws -> Criterion {
        .compare(id, comparison, Threshold(try Quantity.parse(value)))
    }

    static func project(
        _ subjects: [String: ItemReference], _ facts: [FactID: Fact] = [:]
    ) -> ProjectDossier {
        ProjectDossier(
            id: "P1", name: "项目", about: "", borrower: "", subjects: subjects, facts: FactSheet(facts))
    }
}
