import Access
import Projects
import Standards
import Store
import Vocabulary

extension PlatformAPI {
    /// What people write of a project. Whatever is left out or null is empty.
    static let projectDraft: [Schema.Member] = [
        .init("name", .text(1...400)),
        .init("former_names", optional(.array(of: .text(0...400), 0...100)), isRequired: false),
        .init(
            "owner",
            optional(
                .object([
                    .init("name", optional(.text(0...400)), isRequired: false),
                    .init("former_names", optional(.array(of: .text(0...400), 0...100)), isRequired: false),
                    .init("credit_code", optional(.text(0...40)), isRequired: false),
                ])), isRequired: false),
        .init("national_code", optional(.text(0...64)), isRequired: false),
        .init("region", optional(.text(0...6)), isRequired: false),
        .init("industry", optional(.text(0...16)), isRequired: false),
        .init("purpose", optional(.text(0...8000)), isRequired: false),
        .init("subjects", optional(.map(of: .text(0...64), most: 200)), isRequired: false, note: "api.note.subjects"),
        .init("stage", optional(.words(ProjectStage.self)), isRequired: false),
        .init("total_investment", optional(.money), isRequired: false, note: "api.note.money"),
        .init("own_capital", optional(.money), isRequired: false),
        .init(
            "need",
            optional(
                .object([
                    .init("amount", .money), .init("tenor_months", optional(.integer(1...600)), isRequired: false),
                    .init("kind", optional(.words(FinancingNeed.Kind.self)), isRequired: false),
                    .init("rate_ceiling", optional(.text(0...40)), isRequired: false, note: "api.note.rate"),
                ])), isRequired: false),
        .init("planned_start", optional(.date), isRequired: false),
        .init("planned_finish", optional(.date), isRequired: false),
        .init("facts", optional(.map(of: .named("Fact"), most: 1000)), isRequired: false, note: "api.note.facts"),
        .init(
            "contact",
            optional(
                .object([
                    .init("name", optional(.text(0...400)), isRequired: false),
                    .init("telephone", optional(.text(0...64)), isRequired: false),
                    .init("email", optional(.text(0...254)), isRequired: false),
                ])), isRequired: false),
    ]

    private static func optional(_ schema: Schema) -> Schema { .nullable(schema) }

    /// A number beyond these is no quantity of this world, and other readers of JSON would round it.
    static let factNumber = Schema.number(-1e15...1e15)

    static let projectSchemas: [String: Schema] = [
        "Fact": .object([
            .init("value", .either([factNumber, .boolean, .text(1...100)]), note: "api.note.fact-value"),
            .init("assurance", optional(.words(Assurance.self)), isRequired: false, note: "api.note.assurance"),
            .init("document", optional(.text(0...2000)), isRequired: false),
            .init("stated_by", optional(.text(0...400)), isRequired: false),
            .init("stated_on", optional(.date), isRequired: false),
        ]),
        "ProjectDraft": .object(projectDraft),
        "Project": .object([
            .init("id", .id(of: Project.self)), .init("version", .integer(1...Int64.max)),
            .init("status", .words(ProjectStatus.self)), .init("organisation", .id(of: Organisation.self)),
            .init("entered_by_kind", .words(OrganisationKind.self)),
            .init("owner_organisation", .nullable(.id(of: Organisation.self))),
            .init("merged_into", .nullable(.id(of: Project.self))), .init("created_at", .moment),
            .init("changed_at", .moment), .init("name", .text(1...400)),
            .init("former_names", .array(of: .text(0...400), 0...100)),
            .init(
                "owner",
                .object([
                    .init("name", .text(0...400)), .init("former_names", .array(of: .text(0...400), 0...100)),
                    .init("credit_code", .nullable(.text(18...18))),
                ])), .init("national_code", .nullable(.text(1...64))), .init("region", .nullable(.region)),
            .init("industry", .nullable(.text(1...16))), .init("purpose", .text(0...8000)),
            .init("subjects", .map(of: .text(1...64), most: 200)), .init("stage", .nullable(.words(ProjectStage.self))),
            .init("total_investment", .nullable(.money)), .init("own_capital", .nullable(.money)),
            .init(
                "need",
                .nullable(
                    .object([
                        .init("amount", .money), .init("tenor_months", .nullable(.integer(1...600))),
                        .init("kind", .words(FinancingNeed.Kind.self)), .init("rate_ceiling", .nullable(.text(1...40))),
                    ]))), .init("planned_start", .nullable(.date)), .init("planned_finish", .nullable(.date)),
            .init("facts", .map(of: .named("Fact"), most: 1000)),
            .init(
                "documents",
                .array(
                    of: .object([
                        .init("digest", .text(64...64)), .init("file_name", .text(1...255)),
                        .init("media_type", .text(1...255)), .init("bytes", .integer(0...Int64.max)),
                        .init("proves", .array(of: .text(1...100), 0...1000)),
                    ]), 0...500)),
            .init(
                "contact",
                .nullable(
                    .object([
                        .init("name", .text(0...400)), .init("telephone", .text(0...64)),
                        .init("email", .text(0...254)),
                    ]))),
        ]),
        "ProjectVersion": .object([
            .init("version", .integer(1...Int64.max)), .init("at", .moment), .init("person", .id(of: Person.self)),
            .init("person_name", .text(1...400)), .init("organisation", .id(of: Organisation.self)),
            .init("act", .text(1...100)), .init("reason", .text(0...500)), .init("status", .words(ProjectStatus.self)),
            .init(
                "changes",
                .array(
                    of: .object([
                        .init("field", .text(1...100)), .init("key", .text(0...200)),
                        .init("before", .nullable(.text(0...20_000))), .init("after", .nullable(.text(0...20_000))),
                        .init("text", .text(1...50_000), note: "api.note.change-text"),
                    ]), 0...10_000)),
        ]),
    ]

    static func project(_ record: ProjectRecord) -> JSONValue {
        guard case .object(var members) = record.project.json else { return .null }
        members["version"] = .integer(record.version)
        members["organisation"] = .string(record.organisation.text)
        members["entered_by_kind"] = .string(record.kind.rawValue)
        members["owner_organisation"] = JSONValue(record.owner?.text)
        members["created_at"] = .string(record.createdAt.description)
        members["changed_at"] = .string(record.changedAt.description)
        return .object(members)
    }
}
