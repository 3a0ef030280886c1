import Access
import Credit
import Platform
import Standards
import Statistics
import Store
import Vocabulary

extension PlatformAPI {
    private static let green = Schema.object([.init("aligned", .loans), .init("eligible", .loans)])
    private static let value = Schema.text(1...32)

    static let statisticsSchemas: [String: Schema] = [
        "Statistics": .object([
            .init("period", .nullable(.month), note: "api.note.statistics-period"),
            .init("by", .words(CubeGrouping.self)),
            .init("rows", .array(of: .named("StatisticsRow"), 0...100_000)), .init("total", .named("StatisticsRow")),
            .init("has_all_loans", .boolean, note: "api.note.statistics-all-loans"),
            .init("counted", .integer(0...Int64.max), note: "api.note.statistics-counted"),
            .init(
                "missing",
                .array(
                    of: .object([.init("id", .id(of: Organisation.self)), .init("name", .text(1...400))]), 0...100_000),
                note: "api.note.statistics-missing"),
            .init("periods", .array(of: .month, 0...1000)),
        ]),
        "StatisticsRow": .object([
            .init("value", .text(0...64), note: "api.note.statistics-value"),
            .init("name", .nullable(.text(1...400))), .init("standard", .nullable(.text(1...200))),
            .init("loans", .nullable(.loans)),
            .init("editions", .array(of: .named("StatisticsFigures"), 0...100), note: "api.note.statistics-editions"),
        ]),
        "StatisticsFigures": .object([
            .init("standard", .text(1...200)), .init("aligned", .loans), .init("eligible", .loans),
            .init("loans", .nullable(.loans)), .init("in_doubt", .nullable(.loans)),
            .init("month_earlier", .nullable(green)), .init("year_earlier", .nullable(green)),
            .init("benefits", .map(of: green(of: figure), most: 100), note: "api.note.benefits"),
        ]),
    ]

    private static func green(of schema: Schema) -> Schema {
        .object([.init("aligned", schema), .init("eligible", schema)])
    }

    var statisticsEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/statistics", operation: "getStatistics", tag: "statistics",
                summary: "api.operation.get-statistics", security: .scope(.booksRead),
                parameters: [
                    .query("by", .words(CubeGrouping.self)), .query("period", .month, note: "api.note.period"),
                    .query("lender", .id(of: Organisation.self)),
                    .query("standard", .text(1...200), note: "api.note.statistics-standard"),
                ] + CubeDimension.allCases.map { .query($0.rawValue, Self.value, note: "api.note.statistics-filter") },
                replies: [.init(200, .json(.named("Statistics")))]
            ) { request in
                let answer = try await platform.statistics(
                    try StatisticsQuestion(asked: request.text), by: try request.signedIn())
                return .json(statistics(answer, request.language))
            }
        ]
    }

    private func statistics(_ answer: StatisticsAnswer, _ language: Language) -> JSONValue {
        [
            "period": JSONValue(answer.period?.description), "by": .string(answer.question.by.rawValue),
            "rows": .array(answer.rows.map { row($0, answer, language) }),
            "total": row(answer.total, answer, nil), "has_all_loans": .bool(answer.hasAllLoans),
            "counted": .integer(Int64(answer.counted)),
            "missing": .array(answer.missing.map { ["id": .string($0.id.text), "name": .string($0.name)] }),
            "periods": .array(answer.periods.map { .string($0.description) }),
        ]
    }

    /// - Parameter language: Of the names; nil for none.
    private func row(_ row: StatisticsRow, _ answer: StatisticsAnswer, _ language: Language?) -> JSONValue {
        let name = language.flatMap { platform.name(of: row, by: answer.question.by, in: $0) }
        let hasAllLoans = answer.hasAllLoans
        return [
            "value": .string(row.value), "name": JSONValue(name), "standard": JSONValue(row.standard),
            "loans": hasAllLoans ? row.loans.json : .null,
            "editions": .array(
                row.inOrder.map { standard, figures in
                    [
                        "standard": .string(standard), "aligned": figures.sum.aligned.json,
                        "eligible": figures.sum.eligible.json, "loans": hasAllLoans ? figures.sum.loans.json : .null,
                        "in_doubt": hasAllLoans ? figures.sum.inDoubt.json : .null,
                        "month_earlier": Self.green(figures.monthEarlier),
                        "year_earlier": Self.green(figures.yearEarlier),
                        "benefits": .object(
                            figures.benefits.mapValues {
                                ["aligned": JSONValue(figure: $0.aligned), "eligible": JSONValue(figure: $0.eligible)]
                            }),
                    ]
                }),
        ]
    }

    private static func green(_ sum: CubeSum?) -> JSONValue {
        sum.map { ["aligned": $0.aligned.json, "eligible": $0.eligible.json] } ?? .null
    }
}
