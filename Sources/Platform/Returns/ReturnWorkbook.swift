import Credit
import Spreadsheet
import Standards
import Statistics
import Store
import Vocabulary

extension Platform {
    /// A return as a workbook: a sheet for each table, money in yuan, then the checks and what people changed and explained.
    public func workbook(of view: ReturnView, in language: Language) throws -> [UInt8] {
        let record = view.entry.record
        let form = library.returnForm(record.form)
        let say = { (key: String) in library.phrasebook.text(Message(key: key), in: language) }
        let version = record.version.map { "\(say("release.version")) \($0)" } ?? say("return.state-draft")
        var titles = [
            form?.name[language] ?? record.form, "\(view.entry.lender) · \(record.period) · \(version)",
        ]
        if let moment = record.submittedAt { titles.append("\(say("return.submitted-at")) \(moment.localText)") }
        if !record.reason.isEmpty { titles.append("\(say("release.reason")) \(record.reason)") }
        return try returnWorkbook(
            view.tables, titles: titles, form, checks: view.checks, view.explanations, view.adjustments, in: language)
    }

    /// The returns of several lenders added up, as a workbook.
    public func workbook(of totals: ReturnTotals, in language: Language) throws -> [UInt8] {
        let lenders = library.phrasebook.text(
            Message(
                key: "return.counted",
                arguments: ["counted": String(totals.submitted.count), "missing": String(totals.missing.count)]),
            in: language)
        return try returnWorkbook(
            totals.tables, titles: [totals.form.name[language], "\(totals.period) · \(lenders)"], totals.form,
            checks: totals.checks, [], [], in: language)
    }

    private func returnWorkbook(
        _ tables: ReturnTables?, titles: [String], _ form: ReturnForm?, checks: [ReturnCheckResult],
        _ explanations: [ReturnExplanation], _ adjustments: [ReturnAdjustment], in language: Language
    ) throws -> [UInt8] {
        func say(_ key: String) -> String { library.phrasebook.text(Message(key: key), in: language) }
        let notes = form.map { $0.isConfirmed ? [] : [say("return.unconfirmed")] } ?? []
        return try TemporaryFolder.bytes { path in
            var writer = try XLSXWriter(path: path)
            for (number, edition) in (tables?.editions ?? []).enumerated() {
                for table in edition.tables {
                    let sheet = try writer.addSheet(
                        SheetLayout(
                            name: "\(number + 1)-\(table.id)",
                            titles: titles + [name(ofEdition: edition.standard, in: language), table.name[language]]
                                + [say("return.money-in-yuan")] + notes,
                            columns: [
                                .init(say("statistics.column-value"), width: 10),
                                .init(say("statistics.column-name"), width: 34),
                            ]
                                + table.columns.map { column in
                                    .init(column.title(in: language), width: 18)
                                }))
                    for line in table.lines {
                        let name = name(of: line, in: table, under: edition.standard, in: language)
                        try writer.append(
                            [.text(line.level == 0 ? "" : line.key), .text(name)]
                                + zip(table.columns, line.figures).map { $0.unit.cell($1) }, to: sheet)
                    }
                }
            }
            try appendChecks(checks, explanations, titles, to: &writer, in: language)
            if !adjustments.isEmpty { try append(adjustments, titles, tables, to: &writer, in: language) }
            try writer.close()
        }
    }

    private func appendChecks(
        _ checks: [ReturnCheckResult], _ explanations: [ReturnExplanation], _ titles: [String],
        to writer: inout XLSXWriter, in language: Language
    ) throws {
        func say(_ key: String) -> String { library.phrasebook.text(Message(key: key), in: language) }
        let columns = [
            ("statistics.edition", 30.0), ("return.check", 50), ("return.severity", 10), ("return.result", 12),
            ("return.line", 10), ("return.left", 20), ("return.right", 20), ("return.explanation", 50),
        ]
        let sheet = try writer.addSheet(
            SheetLayout(
                name: say("return.checks"), titles: titles,
                columns: columns.map { .init(say($0.0), width: $0.1) }))
        for result in checks {
            let text = explanations.first { $0.standard == result.standard && $0.check == result.check }?.text ?? ""
            let first: [XLSXCell] = [
                .text(name(ofEdition: result.standard, in: language)), .text(result.name[language]),
                .text(say(result.severity.phrase)), .text(say(result.phrase)),
            ]
            guard !result.failures.isEmpty else {
                try writer.append(first + [.empty, .empty, .empty, .text(text)], to: sheet)
                continue
            }
            for failure in result.failures {
                let place = failure.line == ReturnTable.total ? say("statistics.total") : failure.line
                try writer.append(
                    first + [
                        .text(place), result.unit.cell(failure.left), result.unit.cell(failure.right), .text(text),
                    ], to: sheet)
            }
        }
    }

    private func append(
        _ adjustments: [ReturnAdjustment], _ titles: [String], _ tables: ReturnTables?, to writer: inout XLSXWriter,
        in language: Language
    ) throws {
        func say(_ key: String) -> String { library.phrasebook.text(Message(key: key), in: language) }
        let columns = [
            ("statistics.edition", 30.0), ("return.table", 16), ("return.line", 12), ("return.column", 24),
            ("return.amount", 20), ("return.reason", 50),
        ]
        let sheet = try writer.addSheet(
            SheetLayout(
                name: say("return.adjustments"), titles: titles,
                columns: columns.map { .init(say($0.0), width: $0.1) }))
        for adjustment in adjustments {
            let table = tables?.edition(adjustment.standard)?.table(adjustment.table)
            let column = table?.columns.first { $0.id == adjustment.column }
            try writer.append(
                [
                    .text(name(ofEdition: adjustment.standard, in: language)),
                    .text(table?.name[language] ?? adjustment.table), .text(adjustment.line),
                    .text(column?.title(in: language) ?? adjustment.column),
                    (column?.unit ?? .money).cell(adjustment.amount), .text(adjustment.reason),
                ], to: sheet)
        }
    }
}

extension ReturnTable.Column {
    /// The name with the unit of an indicator behind it.
    public func title(in language: Language) -> String {
        if case .indicator(let symbol) = unit { return "\(name[language]) (\(symbol))" }
        return name[language]
    }
}

extension ReturnCheck.Severity {
    /// The key of its word.
    public var phrase: String {
        switch self {
        case .error: "return.severity-error"
        case .warning: "return.severity-warning"
        }
    }
}

extension ReturnCheckResult {
    /// The key of what it came to.
    public var phrase: String {
        guard failures.isEmpty else { return "return.failed" }
        return compared == 0 ? "return.not-compared" : "return.passed"
    }
}

extension ReturnUnit {
    /// Money in yuan, a benefit in its unit; empty for what cannot be told.
    fileprivate func cell(_ figure: Int128?) -> XLSXCell {
        guard let figure else { return .empty }
        switch self {
        case .money: return Int64(exactly: figure).map { .money(fen: $0) } ?? .text(text(figure))
        case .count: return Int64(exactly: figure).map { .integer($0) } ?? .text(text(figure))
        case .indicator: return .number(Double(figure) / BenefitCell.parts, format: "#,##0.00")
        }
    }
}
