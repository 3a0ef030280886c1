import Access
import Projects
import Standards
import Vocabulary

extension PlatformAPI {
    private static let factValue = Schema.either([.number(-1e300...1e300), .boolean, .text(1...100)])
    private static let standard = Schema.text(1...100)
    private static let item = Schema.text(1...64)
    private static let verdict = Schema.words(VerdictKind.self)
    private static let factNames = Schema.array(of: .text(1...100), 0...1000)
    private static let outlines = Schema.array(of: .text(0...20_000), 0...1000)

    /// What is said of a project under every standard, as Reporting writes it.
    static let judgementSchemas: [String: Schema] = [
        "AskedFact": .object([
            .init("fact", .text(1...100)), .init("label", .bilingual), .init("evidence", .bilingual),
        ]),
        "FoundFact": .object([
            .init("value", factValue), .init("assurance", .words(Assurance.self)),
            .init("document", .nullable(.text(0...2000))), .init("stated_by", .nullable(.text(0...400))),
            .init("stated_on", .nullable(.date)),
        ]),
        "SubjectOrigin": .object([
            .init("how", .choice(["stated", "words", "crosswalk"])),
            .init("probability", .number(0...1), isRequired: false),
            .init("standard", standard, isRequired: false), .init("item", item, isRequired: false),
            .init("relation", .words(ScopeRelation.self), isRequired: false),
            .init("crosswalks", .array(of: .text(1...200), 0...10), isRequired: false),
            .init("because", .array(of: .bilingual, 0...10), isRequired: false),
        ]),
        "JudgedCondition": .object([
            .init("truth", .words(Truth.self)),
            .init("node", .choice(["all", "any", "not", "until", "see", "fact"])),
            .init("year", .integer(1...9999), isRequired: false), .init("item", item, isRequired: false),
            .init("fact", .nullable(.text(1...100)), isRequired: false),
            .init("condition", .text(0...20_000), isRequired: false),
            .init("found", .nullable(.named("FoundFact")), isRequired: false),
            .init("parts", .array(of: .named("JudgedCondition"), 1...1000), isRequired: false),
        ]),
        "Verdict": .object([
            .init("standard", standard), .init("verdict", verdict), .init("tier", .nullable(.text(1...64))),
            .init("subject", .nullable(item)), .init("origin", .nullable(.named("SubjectOrigin"))),
            .init("missing", .array(of: .named("AskedFact"), 0...1000)), .init("easiest", factNames),
            .init(
                "findings",
                .array(
                    of: .object([
                        .init("rows", .array(of: .integer(1...100_000), 0...1000)),
                        .init("tier", .nullable(.text(1...64))),
                        .init("tree", .named("JudgedCondition")),
                        .init(
                            "changes",
                            .array(
                                of: .object([
                                    .init("kind", .text(1...64)), .init("because", .bilingual),
                                    .init("condition", .nullable(.text(0...20_000))),
                                    .init("truth", .nullable(.words(Truth.self))),
                                ]), 0...1000)),
                    ]), 0...1000)), .init("general", .named("JudgedCondition"), isRequired: false),
            .init(
                "others",
                .array(
                    of: .object([
                        .init("subject", item), .init("verdict", verdict), .init("origin", .named("SubjectOrigin")),
                    ]), 0...1000)),
        ]),
        "FactChange": .object([
            .init("fact", .text(1...100)), .init("before", .nullable(factValue)), .init("after", factValue),
            .init("beyond", .nullable(factValue)),
            .init(
                "effects",
                .array(
                    of: .object([
                        .init("standard", standard), .init("subject", .nullable(item)), .init("before", verdict),
                        .init("after", verdict), .init("tier_before", .nullable(.text(1...64))),
                        .init("tier_after", .nullable(.text(1...64))),
                    ]), 0...1000)),
        ]),
        "Recognition": .object([
            .init("from", standard), .init("to", standard), .init("outcome", .words(RecognitionOutcome.self)),
            .init("refusal", .nullable(.words(RecognitionRefusal.self))), .init("item", .nullable(item)),
            .init("relation", .nullable(.words(ScopeRelation.self))), .init("subject_open", .boolean),
            .init("further", .array(of: .named("AskedFact"), 0...1000)), .init("on_file", factNames),
            .init("settled", factNames), .init("failures", outlines),
        ]),
        "Judgement": .object(judgement),
        "Passport": .object(
            [.init("format", .choice(["jialing-passport/1"]))] + judgement + [
                .init(
                    "evidence",
                    .array(
                        of: .object([
                            .init("fact", .text(1...100)), .init("label", .bilingual),
                            .init("unit", .nullable(.text(1...64))), .init("found", .named("FoundFact")),
                            .init("holds_until", .nullable(.date)), .init("standards", .array(of: standard, 0...100)),
                        ]), 0...1000)),
                .init(
                    "made_by",
                    .array(
                        of: .object([
                            .init("kind", .text(1...64)), .init("id", .text(1...100)), .init("version", .text(0...100)),
                            .init("sha256", .text(64...64)),
                        ]), 0...1000)),
            ]),
    ]

    private static let judgement: [Schema.Member] = [
        .init(
            "project",
            .object([
                .init("id", .text(0...64)), .init("name", .text(0...400)), .init("about", .text(0...8000)),
                .init("borrower", .text(0...400)),
            ])), .init("as_of", .date), .init("verdicts", .array(of: .named("Verdict"), 0...100)),
        .init("expired", factNames), .init("changes", .array(of: .named("FactChange"), 0...1000)),
        .init("recognitions", .array(of: .named("Recognition"), 0...10_000)),
    ]
}
