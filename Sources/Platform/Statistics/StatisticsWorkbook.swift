import Credit
import Spreadsheet
import Standards
import Statistics
import Vocabulary

extension Platform {
    /// An answer as a workbook: a line for each edition of each row, money in yuan, then the benefits in their units.
    public func workbook(of answer: StatisticsAnswer, in language: Language) throws -> [UInt8] {
        func say(_ key: String, _ arguments: [String: String] = [:]) -> String {
            library.phrasebook.text(Message(key: key, arguments: arguments), in: language)
        }
        let indicators = library.indicators.filter { indicator in
            (answer.rows + [answer.total]).contains { $0.editions.values.contains { $0.benefits[indicator.id] != nil } }
        }
        let columns =
            [
                "statistics.column-value", "statistics.column-name", "statistics.column-edition",
                "statistics.column-green-loans", "statistics.column-aligned", "statistics.column-eligible",
                "statistics.column-all", "statistics.column-in-doubt", "statistics.column-month-earlier",
                "statistics.column-year-earlier",
            ].map { say($0) }
            + indicators.map { "\($0.name[language]) (\($0.unit.symbol))" }
        return try TemporaryFolder.bytes { path in
            var writer = try XLSXWriter(path: path)
            let title = say(
                "statistics.title-of",
                ["period": answer.period?.description ?? "–", "by": say(answer.question.by.phrase)])
            let sheet = try writer.addSheet(
                SheetLayout(
                    name: answer.period?.description ?? "1", titles: [title, say("statistics.not-added")],
                    columns: columns.map { .init($0, width: 20) }))
            for row in answer.rows {
                for (standard, figures) in row.inOrder {
                    try writer.append(
                        cells(row, standard, figures, answer, language)
                            + indicators.map { indicator in
                                figures.benefits[indicator.id].map {
                                    .number($0.aligned + $0.eligible, format: "#,##0.00")
                                }
                                    ?? .empty
                            }, to: sheet)
                }
            }
            try writer.close()
        }
    }

    private func cells(
        _ row: StatisticsRow, _ standard: String, _ figures: StatisticsFigures, _ answer: StatisticsAnswer,
        _ language: Language
    ) -> [XLSXCell] {
        func money(_ fen: Int128?) -> XLSXCell {
            fen.flatMap { Int64(exactly: $0) }.map { .money(fen: $0) } ?? .empty
        }
        let sum = figures.sum
        return [
            .text(row.value), .text(name(of: row, by: answer.question.by, in: language) ?? ""), .text(standard),
            .integer(Int64(sum.green.rows)), money(sum.aligned.fen), money(sum.eligible.fen),
            answer.hasAllLoans ? money(sum.loans.fen) : .empty, answer.hasAllLoans ? money(sum.inDoubt.fen) : .empty,
            money(figures.monthEarlier?.green.fen), money(figures.yearEarlier?.green.fen),
        ]
    }
}
