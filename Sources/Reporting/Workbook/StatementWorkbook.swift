import Spreadsheet
import Standards

extension Statement {
    /// Writes the statement as a workbook: one sheet a table, headers in both languages.
    /// - Throws: `SpreadsheetFault`; no file is left then.
    public func writeWorkbook(path: String) throws(SpreadsheetFault) {
        var writer = try XLSXWriter(
            path: path, properties: WorkbookProperties(title: title.zh, subject: subtitle.zh, company: "Jialing 嘉陵"))
        for table in [summary] + tables {
            let headers = table.columns.flatMap { column in
                Self.isBilingual(column, table)
                    ? [column.title.zh + " 中文", column.title.en + " (en)"] : [Self.both(column.title)]
            }
            var titles = [Self.both(title), Self.both(table.title)]
            if let note = table.note { titles += [note.zh, note.en] }
            let sheet = try writer.addSheet(
                SheetLayout(
                    name: table.title.zh, titles: titles,
                    columns: headers.enumerated().map { SheetLayout.Column($1, width: $0 < 3 ? 26 : 18) }))
            for row in table.rows {
                var cells: [XLSXCell] = []
                for (column, cell) in zip(table.columns, row) {
                    cells += Self.isBilingual(column, table) ? Self.twoCells(cell) : [Self.cell(cell)]
                }
                try writer.append(cells, to: sheet)
            }
        }
        let zh = SheetLayout(
            name: "假设 Assumptions", titles: [Self.both(title)],
            columns: [SheetLayout.Column("中文", width: 80), SheetLayout.Column("English", width: 80)])
        let sheet = try writer.addSheet(zh)
        for text in assumptions { try writer.append([.text(text.zh), .text(text.en)], to: sheet) }
        try writeOpened(&writer)
        try writer.close()
    }

    private func writeOpened(_ writer: inout XLSXWriter) throws(SpreadsheetFault) {
        let columns = ["贷款 Loan", "方法 Method", "项目 Quantity", "数值 Value", "单位 Unit", "来源 Origin"]
        let sheet = try writer.addSheet(
            SheetLayout(
                name: "算例 Worked figures", titles: [Self.both(title)],
                columns: columns.map { SheetLayout.Column($0, width: 30) }))
        for loan in openedLoans {
            for line in loan.inputs + loan.results {
                try writer.append(
                    [
                        .text(loan.heading.zh), .text(loan.method.zh), .text(Self.both(line.name)),
                        .text(line.value), .text(line.unit), .text(line.origin.zh),
                    ], to: sheet)
            }
        }
    }

    static func both(_ text: BilingualText) -> String {
        text.zh == text.en ? text.zh : "\(text.zh) \(text.en)"
    }

    private static func isBilingual(_ column: StatementColumn, _ table: StatementTable) -> Bool {
        guard let index = table.columns.firstIndex(of: column) else { return false }
        return table.rows.contains { if case .bilingual = $0[index] { true } else { false } }
    }

    private static func twoCells(_ cell: StatementCell) -> [XLSXCell] {
        guard case .bilingual(let text) = cell else { return [self.cell(cell), .empty] }
        return [.text(text.zh), .text(text.en)]
    }

    private static func cell(_ cell: StatementCell) -> XLSXCell {
        switch cell {
        case .empty: .empty
        case .text(let text): .text(text)
        case .bilingual(let text): .text(both(text))
        case .integer(let number): .integer(Int64(number))
        case .money(let fen):
            Int64(exactly: fen).map { .money(fen: $0) } ?? .text(CellText.yuan(fen, grouped: true))
        case .decimal(let value, let digits):
            .number(value, format: digits == 0 ? "#,##0" : "#,##0." + String(repeating: "0", count: digits))
        case .percent(let value): .percentage(value / 100)
        }
    }
}
