import Access
import Platform
import Statistics
import Store
import Vocabulary

extension PlatformAPI {
    static let returnPeriod = Schema.text(4...7)
    private static let name = Schema.object([.init("zh", .text(0...20_000)), .init("en", .text(0...20_000))])
    private static let identifier = Schema.text(1...64)
    private static let standard = Schema.text(1...200)
    /// Decimal digits: money in whole fen, a benefit in its unit.
    private static let digits = Schema.text(1...48)
    private static let lineKey = Schema.text(0...64)

    static let adjustments = Schema.array(
        of: .object([
            .init("standard", standard), .init("table", identifier), .init("line", lineKey),
            .init("column", identifier), .init("amount", digits, note: "api.note.return-figure"),
            .init("reason", .text(1...1000)),
        ]), 0...Platform.mostAdjustments)
    static let explanations = Schema.array(
        of: .object([
            .init("standard", standard), .init("check", identifier), .init("text", .text(1...1000)),
        ]), 0...1000)

    static let returnSchemas: [String: Schema] = [
        "ReturnForm": .object([
            .init("id", identifier), .init("version", .text(1...64)), .init("name", name),
            .init("confirmed", .boolean, note: "api.note.return-confirmed"), .init("note", name),
            .init("frequency", .choice(["month", "quarter", "half", "year"])),
            .init(
                "tables",
                .array(
                    of: .object([
                        .init("id", identifier), .init("name", name),
                        .init("lines", .words(ReturnTableForm.Axis.self)),
                        .init(
                            "columns", .array(of: .object([.init("id", identifier), .init("name", name)]), 0...1000)),
                    ]), 0...1000)),
            .init(
                "checks",
                .array(
                    of: .object([
                        .init("id", identifier), .init("name", name), .init("lines", .nullable(identifier)),
                        .init("left", .array(of: .text(1...200), 0...1000)),
                        .init("relation", .words(ReturnCheck.Relation.self)),
                        .init("right", .array(of: .text(1...200), 0...1000)),
                        .init("severity", .words(ReturnCheck.Severity.self)),
                    ]), 0...1000)),
        ]),
        "Return": .object([
            .init("id", .id(of: ReturnRecord.self)), .init("organisation", .id(of: Organisation.self)),
            .init("lender", .text(1...400)), .init("form", identifier), .init("period", returnPeriod),
            .init("state", .words(ReturnState.self)),
            .init("version", .nullable(.integer(1...Int64.max)), note: "api.note.return-version"),
            .init("prepared_at", .moment), .init("submitted_at", .nullable(.moment)), .init("reason", .text(0...4000)),
            .init("counting", .words(JobState.self), note: "api.note.return-counting"),
        ]),
        "ReturnTables": .object([
            .init("form", identifier), .init("form_version", .text(1...64)),
            .init(
                "editions",
                .array(
                    of: .object([
                        .init("standard", standard), .init("tables", .array(of: .named("ReturnTable"), 0...1000)),
                    ]), 0...100)),
        ]),
        "ReturnTable": .object([
            .init("id", identifier), .init("name", name), .init("axis", .words(ReturnTableForm.Axis.self)),
            .init(
                "columns",
                .array(
                    of: .object([
                        .init("id", identifier), .init("name", name),
                        .init("unit", .text(1...100), note: "api.note.return-unit"),
                        .init("sum_of", .array(of: identifier, 0...1000)),
                    ]), 0...1000)),
            .init(
                "lines",
                .array(
                    of: .object([
                        .init("key", lineKey, note: "api.note.return-key"), .init("name", .nullable(name)),
                        .init("level", .integer(0...2), note: "api.note.return-level"),
                        .init("figures", .array(of: .nullable(digits), 0...1000), note: "api.note.return-figure"),
                    ]), 0...100_000)),
        ]),
        "ReturnCheck": .object([
            .init("standard", standard), .init("check", identifier), .init("name", name),
            .init("severity", .words(ReturnCheck.Severity.self)), .init("relation", .words(ReturnCheck.Relation.self)),
            .init("unit", .text(1...100), note: "api.note.return-unit"),
            .init("compared", .integer(0...Int64.max), note: "api.note.return-compared"),
            .init(
                "failures",
                .array(
                    of: .object([.init("line", lineKey), .init("left", digits), .init("right", digits)]), 0...100_000)),
        ]),
        "ReturnContent": .object([
            .init("return", .named("Return")),
            .init("tables", .nullable(.named("ReturnTables")), note: "api.note.return-tables"),
            .init(
                "adjustments",
                .array(
                    of: .object([
                        .init("standard", standard), .init("table", identifier), .init("line", lineKey),
                        .init("column", identifier), .init("unit", .text(1...100)), .init("amount", digits),
                        .init("reason", .text(0...4000)),
                    ]), 0...Platform.mostAdjustments)),
            .init("explanations", explanations), .init("checks", .array(of: .named("ReturnCheck"), 0...100_000)),
            .init("outdated", .boolean, note: "api.note.return-outdated"),
            .init("versions", .array(of: .named("Return"), 0...10_000)),
        ]),
        "ReturnTotals": .object([
            .init("form", identifier), .init("period", returnPeriod),
            .init("tables", .nullable(.named("ReturnTables"))),
            .init("checks", .array(of: .named("ReturnCheck"), 0...100_000)),
            .init("submitted", .array(of: .named("Return"), 0...100_000)),
            .init(
                "missing",
                .array(
                    of: .object([.init("id", .id(of: Organisation.self)), .init("name", .text(1...400))]), 0...100_000)),
        ]),
    ]

    // MARK: Values

    static func statutoryReturn(_ entry: ReturnEntry) -> JSONValue {
        let record = entry.record
        return [
            "id": .string(record.id.text), "organisation": .string(record.organisation.text),
            "lender": .string(entry.lender), "form": .string(record.form),
            "period": .string(record.period.description), "state": .string(record.state.rawValue),
            "version": JSONValue(record.version.map { Int64($0) }),
            "prepared_at": .string(record.preparedAt.description),
            "submitted_at": JSONValue(record.submittedAt?.description), "reason": .string(record.reason),
            "counting": .string(entry.job.state.rawValue),
        ]
    }

    static func content(_ view: ReturnView) -> JSONValue {
        [
            "return": statutoryReturn(view.entry), "tables": view.tables?.json ?? .null,
            "adjustments": .array(
                view.adjustments.map { $0.json(in: view.counted?.unit(of: $0) ?? .money) }),
            "explanations": .array(
                view.explanations.map {
                    ["standard": .string($0.standard), "check": .string($0.check), "text": .string($0.text)]
                }), "checks": .array(view.checks.map(\.json)), "outdated": .bool(view.isOutdated),
            "versions": .array(view.versions.map(statutoryReturn)),
        ]
    }

    static func totals(_ totals: ReturnTotals) -> JSONValue {
        [
            "form": .string(totals.form.id), "period": .string(totals.period.description),
            "tables": totals.tables?.json ?? .null, "checks": .array(totals.checks.map(\.json)),
            "submitted": .array(totals.submitted.map(statutoryReturn)),
            "missing": .array(totals.missing.map { ["id": .string($0.id.text), "name": .string($0.name)] }),
        ]
    }

    static func form(_ form: ReturnForm) -> JSONValue {
        [
            "id": .string(form.id), "version": .string(form.version), "name": form.name.json,
            "confirmed": .bool(form.isConfirmed), "note": form.note.json,
            "frequency": .string(form.frequency.word),
            "tables": .array(
                form.tables.map { table in
                    [
                        "id": .string(table.id), "name": table.name.json, "lines": .string(table.axis.rawValue),
                        "columns": .array(table.columns.map { ["id": .string($0.id), "name": $0.name.json] }),
                    ]
                }),
            "checks": .array(
                form.checks.map { check in
                    [
                        "id": .string(check.id), "name": check.name.json, "lines": JSONValue(check.lines),
                        "left": .array(check.left.map { .string($0.text) }),
                        "relation": .string(check.relation.rawValue),
                        "right": .array(check.right.map { .string($0.text) }),
                        "severity": .string(check.severity.rawValue),
                    ]
                }),
        ]
    }
}

extension ReportingPeriod.Kind {
    fileprivate var word: String {
        switch self {
        case .month: "month"
        case .quarter: "quarter"
        case .half: "half"
        case .year: "year"
        }
    }
}
