import Standards

extension Statement {
    /// The statement for machines. Money is in yuan with two decimals; a figure that is not there is null.
    public func json() -> String {
        var members: [(String, JSONText)] = [
            ("title", Self.value(title)), ("subtitle", Self.value(subtitle)),
            (
                "summary",
                .object(
                    summary.rows.compactMap { row in
                        guard case .text(let id) = row[0] else { return nil }
                        return (id, Self.value(row[2]))
                    })
            ),
        ]
        for table in tables {
            members.append(
                (
                    table.id,
                    .array(
                        table.rows.map { row in
                            .object(zip(table.columns, row).map { ($0.id, Self.value($1)) })
                        })
                ))
        }
        members.append(("assumptions", .array(assumptions.map(Self.value))))
        members.append(
            (
                "opened_loans",
                .array(
                    openedLoans.map { loan in
                        .object([
                            ("heading", Self.value(loan.heading)), ("method", Self.value(loan.method)),
                            ("inputs", .array(loan.inputs.map(Self.value))),
                            ("results", .array(loan.results.map(Self.value))),
                        ])
                    })
            ))
        var out = ""
        JSONText.object(members).write(into: &out)
        return out + "\n"
    }

    private static func value(_ line: OpenedLoanView.Line) -> JSONText {
        .object([
            ("name", value(line.name)), ("value", .string(line.value)), ("unit", .string(line.unit)),
            ("origin", value(line.origin)),
        ])
    }

    private static func value(_ text: BilingualText) -> JSONText {
        .object([("zh", .string(text.zh)), ("en", .string(text.en))])
    }

    private static func value(_ cell: StatementCell) -> JSONText {
        switch cell {
        case .empty: .null
        case .text(let text): .string(text)
        case .bilingual(let text): value(text)
        case .integer(let number): .number(String(number))
        case .money(let fen): .number(CellText.yuan(fen, grouped: false))
        case .decimal(let value, let digits): .number(CellText.decimal(value, digits: digits, grouped: false))
        case .percent(let value): .number(CellText.decimal(value, digits: 4, grouped: false))
        }
    }
}
