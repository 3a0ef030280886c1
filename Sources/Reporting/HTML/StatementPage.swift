import Standards

extension Statement {
    /// The statement as one page: no script, no request, prints on A4. Chinese first, English beside it.
    public func html() -> String {
        var out = HTMLText()
        out.raw("<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n")
        out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        out.element("title", Self.both(title))
        out.raw("<style>\n\(StatementStyle.text)</style>\n</head>\n<body>\n<header>\n")
        out.heading("h1", title)
        out.paragraph(subtitle, class: "subtitle")
        out.raw("</header>\n<main>\n")
        summaryCards(&out)
        for chart in bars where !chart.bars.isEmpty { Self.draw(chart, &out) }
        for table in tables where !table.rows.isEmpty { Self.table(table, &out) }
        assumptionList(&out)
        openedSections(&out)
        out.raw("</main>\n</body>\n</html>\n")
        return out.text
    }

    private func summaryCards(_ out: inout HTMLText) {
        out.raw("<section aria-labelledby=\"summary\">\n")
        out.heading("h2", summary.title, id: "summary")
        out.raw("<dl class=\"cards\">\n")
        for row in summary.rows {
            guard case .bilingual(let name) = row[1] else { continue }
            out.raw("<div><dt>")
            out.bilingual(name)
            out.raw("</dt><dd>")
            out.escaped(Self.shown(row[2]))
            if case .money = row[2] { out.raw(" <small>万元 CNY 10k</small>") }
            out.raw("</dd></div>\n")
        }
        out.raw("</dl>\n</section>\n")
    }

    private static func table(_ table: StatementTable, _ out: inout HTMLText) {
        out.raw("<section aria-labelledby=\"t-\(table.id)\">\n")
        out.heading("h2", table.title, id: "t-\(table.id)")
        if let note = table.note { out.paragraph(note, class: "note") }
        out.raw(
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"t-\(table.id)\"><table>\n<thead><tr>"
        )
        for column in table.columns {
            out.raw("<th scope=\"col\">")
            out.bilingual(column.title)
            out.raw("</th>")
        }
        out.raw("</tr></thead>\n<tbody>\n")
        for row in table.rows {
            out.raw("<tr>")
            for cell in row {
                switch cell {
                case .bilingual(let text):
                    out.raw("<td>")
                    out.bilingual(text)
                case .text(let text):
                    out.raw(text.count == 64 ? "<td class=\"hash\">" : "<td>")
                    out.escaped(text)
                default:
                    out.raw("<td class=\"n\">")
                    out.escaped(shown(cell))
                }
                out.raw("</td>")
            }
            out.raw("</tr>\n")
        }
        out.raw("</tbody></table></div>\n</section>\n")
    }

    /// Bars drawn in the page, each with its figure; the table behind the chart stands below it in the statement.
    private static func draw(_ chart: BarChart, _ out: inout HTMLText) {
        let largest = chart.bars.map { $0.aligned + $0.eligible }.max() ?? 0
        guard largest > 0 else { return }
        let rowHeight = 34
        let height = chart.bars.count * rowHeight + 8
        out.raw("<section class=\"chart\">\n")
        out.heading("h2", chart.title)
        out.paragraph(chart.unit, class: "note")
        out.raw("<svg viewBox=\"0 0 760 \(height)\" role=\"img\" aria-label=\"")
        out.escaped(both(chart.title))
        out.raw("\">\n")
        for (index, bar) in chart.bars.enumerated() {
            let top = index * rowHeight
            let aligned = bar.aligned / largest * 560
            let eligible = bar.eligible / largest * 560
            out.raw("<text x=\"0\" y=\"\(top + 12)\" class=\"label\">")
            out.escaped(bar.label.zh)
            if bar.label.zh != bar.label.en {
                out.raw("<tspan class=\"en\"> ")
                out.escaped(String(bar.label.en.drop { $0 == "." || $0.isNumber }))
                out.raw("</tspan>")
            }
            out.raw("</text>")
            out.raw("<rect class=\"aligned\" x=\"0\" y=\"\(top + 17)\" width=\"\(points(aligned))\" height=\"11\"/>")
            out.raw(
                "<rect class=\"eligible\" x=\"\(points(aligned))\" y=\"\(top + 17)\" width=\"\(points(eligible))\" height=\"11\"/>"
            )
            out.raw("<text x=\"\(points(aligned + eligible + 6))\" y=\"\(top + 27)\" class=\"value\">")
            out.escaped(CellText.decimal(bar.aligned + bar.eligible, digits: 2, grouped: true))
            out.raw("</text>\n")
        }
        out.raw(
            "</svg>\n<p class=\"legend\"><span class=\"aligned\"></span>符合 aligned <span class=\"eligible\"></span>待补证 eligible</p>\n</section>\n"
        )
    }

    private func assumptionList(_ out: inout HTMLText) {
        out.raw(
            "<section>\n<h2>假设与未确认事项 <span class=\"en\" lang=\"en\">Assumptions and what is unconfirmed</span></h2>\n<ol>\n"
        )
        for text in assumptions {
            out.raw("<li>")
            out.bilingual(text)
            out.raw("</li>\n")
        }
        out.raw("</ol>\n</section>\n")
    }

    private func openedSections(_ out: inout HTMLText) {
        guard !openedLoans.isEmpty else { return }
        out.raw(
            "<section>\n<h2>逐笔打开：数字从何而来 <span class=\"en\" lang=\"en\">Opened: where the figures come from</span></h2>\n"
        )
        for loan in openedLoans {
            out.raw("<details>\n<summary>")
            out.bilingual(loan.heading)
            out.raw("</summary>\n")
            out.paragraph(loan.method, class: "note")
            out.raw("<div class=\"scroll\" tabindex=\"0\"><table><tbody>\n")
            for line in loan.inputs + loan.results {
                out.raw("<tr><td>")
                out.bilingual(line.name)
                out.raw("</td><td class=\"n\">")
                out.escaped(line.value)
                out.raw("</td><td>")
                out.escaped(line.unit)
                out.raw("</td><td>")
                out.bilingual(line.origin)
                out.raw("</td></tr>\n")
            }
            out.raw("</tbody></table></div>\n</details>\n")
        }
        out.raw("</section>\n")
    }

    private static func points(_ value: Double) -> String { CellText.decimal(value, digits: 1, grouped: false) }

    private static func shown(_ cell: StatementCell) -> String {
        switch cell {
        case .empty: "–"
        case .text(let text): text
        case .bilingual(let text): text.zh
        case .integer(let number): CellText.decimal(Double(number), digits: 0, grouped: true)
        case .money(let fen): CellText.tenThousandYuan(fen)
        case .decimal(let value, let digits): CellText.decimal(value, digits: digits, grouped: true)
        case .percent(let value): CellText.decimal(value, digits: 2, grouped: false) + " %"
        }
    }
}
