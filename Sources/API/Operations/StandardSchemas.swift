import Standards
import Vocabulary

extension PlatformAPI {
    /// The standards and the dictionary of facts, as Reporting writes them.
    static let standardSchemas: [String: Schema] = [
        "Standard": .object([
            .init("id", .text(1...100)), .init("version", .text(1...100)), .init("name", .bilingual),
            .init("issuer", .bilingual), .init("document", .text(0...400)), .init("effective", .date),
            .init("jurisdictions", .array(of: .text(1...64), 0...1000)), .init("source", .bilingual),
            .init("verification", .words(Verification.self)), .init("overlay_of", .nullable(.text(1...100))),
            .init("predecessor", .nullable(.text(1...100))), .init("items", .integer(0...1_000_000)),
            .init("activities", .integer(0...1_000_000)), .init("criteria", .integer(0...1_000_000)),
        ]),
        "ListedItem": .object([
            .init("standard", .text(1...100)), .init("item", .text(1...64)), .init("name", .bilingual),
            .init(
                "found",
                .array(
                    of: .object([
                        .init("word", .text(1...100)), .init("field", .words(ItemField.self)),
                        .init("row", .nullable(.integer(1...100_000))), .init("text", .text(1...20_000)),
                    ]), 0...100)),
        ]),
        "Condition": .object([
            .init("node", .choice(["all", "any", "not", "until", "see", "fact"])),
            .init("year", .integer(1...9999), isRequired: false), .init("item", .text(1...64), isRequired: false),
            .init("fact", .nullable(.text(1...100)), isRequired: false),
            .init("condition", .text(0...20_000), isRequired: false), .init("label", .bilingual, isRequired: false),
            .init("evidence", .bilingual, isRequired: false),
            .init("parts", .array(of: .named("Condition"), 1...1000), isRequired: false),
        ]),
        "Item": .object([
            .init("standard", .text(1...100)), .init("overlay_of", .nullable(.text(1...100))),
            .init("item", .text(1...64)), .init("name", .bilingual), .init("subject", .bilingual),
            .init("synonyms", .array(of: .text(1...1000), 0...1000)),
            .init("clauses", .array(of: .named("ItemClause"), 0...1000)),
            .init("general", .nullable(.named("Condition"))),
            .init(
                "counterparts",
                .array(
                    of: .object([
                        .init("standard", .text(1...100)), .init("item", .text(1...64)), .init("name", .bilingual),
                        .init("row", .nullable(.integer(1...100_000))), .init("relation", .words(ScopeRelation.self)),
                        .init("crosswalks", .array(of: .text(1...200), 0...10)), .init("because", .bilingual),
                    ]), 0...10_000)),
        ]),
        "ItemClause": .object([
            .init(
                "rows",
                .array(
                    of: .object([
                        .init("row", .integer(1...100_000)), .init("industry", .text(0...64)),
                        .init("industry_name", .text(0...400)), .init("mark", .words(Mark.self)),
                        .init("subject", .bilingual), .init("note", .bilingual),
                        .init("page", .nullable(.integer(0...100_000))),
                    ]), 0...1000)), .init("criterion", .nullable(.named("Condition"))),
            .init(
                "tiers",
                .array(of: .object([.init("tier", .text(1...64)), .init("criterion", .named("Condition"))]), 0...100)),
            .init(
                "changes",
                .array(
                    of: .object([
                        .init("kind", .text(1...64)), .init("because", .bilingual),
                        .init("criterion", .nullable(.named("Condition"))),
                    ]), 0...1000)),
        ]),
        "FactDefinition": .object([
            .init("id", .text(1...100)), .init("label", .bilingual), .init("evidence", .bilingual),
            .init("valid_months", .nullable(.integer(1...1200)), note: "api.note.valid-months"),
            .init("kind", .choice(["number", "yes_no", "choice"])), .init("unit", .text(1...64), isRequired: false),
            .init("minimum", .nullable(.number(-1e300...1e300)), isRequired: false),
            .init("maximum", .nullable(.number(-1e300...1e300)), isRequired: false),
            .init(
                "choices", .array(of: .object([.init("id", .text(1...100)), .init("label", .bilingual)]), 1...1000),
                isRequired: false),
        ]),
    ]
}
