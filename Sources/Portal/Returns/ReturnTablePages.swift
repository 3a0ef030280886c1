import Access
import Platform
import Reporting
import Statistics
import Store
import Vocabulary

extension ReturnPages {
    /// One table of a return, with the ways to the others.
    /// - Parameters:
    ///   - counted: The tables without what people changed; nil where nothing can be changed.
    ///   - place: The address of the page.
    ///   - id: The return whose lines can be changed; nil for none.
    func chosen(
        _ tables: ReturnTables, counted: ReturnTables?, _ shown: (standard: String, table: String)?, at place: String,
        adjusting id: ID<ReturnRecord>?
    ) -> HTML {
        guard let first = tables.editions.first else { return .none }
        let edition = shown.flatMap { tables.edition($0.standard) } ?? first
        guard let table = shown.flatMap({ edition.table($0.table) }) ?? edition.tables.first else { return .none }
        let ways: [HTML] = tables.editions.map { other in
            let links: [HTML] = other.tables.map { one in
                let isHere = other.standard == edition.standard && one.id == table.id
                let query = PercentEncoding.query([("standard", other.standard), ("table", one.id)])
                let name = one.name[words.language]
                return isHere
                    ? "<li aria-current=\"page\"><strong>\(name)</strong></li>"
                    : "<li><a href=\"\(place)\(place.contains("?") ? "&" : "?")\(query)\">\(name)</a></li>"
            }
            return """
                <nav class="ways" aria-label="\(platform.name(ofEdition: other.standard, in: words.language))">\
                <h3>\(platform.name(ofEdition: other.standard, in: words.language))</h3><ul>\(links)</ul></nav>
                """
        }
        return """
            \(ways)
            <h2>\(table.name[words.language])</h2>
            <p class="hint">\(words("return.money-in-10k"))</p>
            \(html(table, counted: counted?.edition(edition.standard)?.table(table.id), edition.standard, id))
            """
    }

    private func html(
        _ table: ReturnTable, counted: ReturnTable?, _ standard: String, _ id: ID<ReturnRecord>?
    ) -> HTML {
        let head: [HTML] = table.columns.map {
            "<th scope=\"col\" class=\"number\">\($0.title(in: words.language))</th>"
        }
        let rows: [HTML] = table.lines.enumerated().map { position, line in
            let cells: [HTML] = table.columns.enumerated().map { column, unit in
                let before = counted?.lines[position].figures[column]
                let changed: HTML =
                    counted != nil && before != line.figures[column]
                    ? "<abbr title=\"\(words("return.was-counted", ["figure": figure(before ?? nil, unit.unit)]))\">*</abbr>"
                    : .none
                return "<td class=\"number\">\(figure(line.figures[column], unit.unit))\(changed)</td>"
            }
            let name = platform.name(of: line, in: table, under: standard, in: words.language)
            let code = line.level > 0 && line.key != name && line.name != nil ? "\(line.key) " : ""
            let title: HTML
            if let id, table.isCounted(line: position) {
                let query = PercentEncoding.query([("standard", standard), ("table", table.id), ("line", line.key)])
                title = "<a href=\"\(Self.address(id, "/line"))?\(query)\">\(code)\(name)</a>"
            } else {
                title = "\(code)\(name)"
            }
            let below: HTML = line.level == 2 ? " class=\"below\"" : .none
            return "<tr\(below)><th scope=\"row\">\(title)</th>\(cells)</tr>\n"
        }
        return """
            <div class="scroll"><table><thead><tr><th scope="col">\(words("return.line"))</th>\(head)</tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            """
    }

    /// A figure as people read it: money in 万元, a benefit in its unit, a dash for what cannot be told.
    func figure(_ figure: Int128?, _ unit: ReturnUnit) -> String {
        guard let figure else { return "–" }
        switch unit {
        case .money: return amount(figure)
        case .count: return String(figure)
        case .indicator: return CellText.decimal(Double(figure) / BenefitCell.parts, digits: 2, grouped: true)
        }
    }

    // MARK: Checks

    func checks(_ view: ReturnView, mayExplain: Bool, _ state: FormState) -> HTML {
        let explained = view.explanations
        let open: [HTML] = view.checks.filter { !$0.failures.isEmpty && $0.severity == .warning }.enumerated().map {
            position, result in
            let known = explained.first { $0.standard == result.standard && $0.check == result.check }?.text ?? ""
            return """
                <div class="field"><label for="text-\(position)">\(result.name[words.language])</label>\
                <input type="hidden" name="standard" value="\(result.standard)"><input type="hidden" name="check" value="\(result.check)">\
                <textarea id="text-\(position)" name="text" rows="2">\(known)</textarea></div>
                """
        }
        let form: HTML =
            mayExplain && !open.isEmpty
            ? """
            <h3>\(words("return.explain"))</h3>
            <form method="post" action="\(Self.address(view.entry.record.id, "/explanations"))">\(frame.token)\
            <input type="hidden" name="seen" value="\(view.entry.record.changes)">
            \(open)
            <button class="quiet">\(words("portal.save"))</button></form>
            """ : .none
        return checkTable(view.checks, explanations: explained) + form
    }

    /// How many checks passed, failed and had nothing to compare.
    func summary(_ checks: [ReturnCheckResult]) -> String {
        let (passed, failed) = (checks.count(where: \.isPassed), checks.count { !$0.failures.isEmpty })
        return words(
            "return.checked",
            [
                "passed": String(passed), "failed": String(failed), "open": String(checks.count - passed - failed),
            ])
    }

    func checkTable(_ checks: [ReturnCheckResult], explanations: [ReturnExplanation]) -> HTML {
        let failed = checks.filter { !$0.failures.isEmpty }
        let rows: [[HTML]] = failed.map { result in
            let text = explanations.first { $0.standard == result.standard && $0.check == result.check }?.text
            let lines: [HTML] = result.failures.prefix(6).map { failure in
                let sign = result.relation == .equal ? "≠" : ">"
                let place = failure.line == ReturnTable.total ? words("statistics.total") : failure.line
                return
                    "<li>\(place): \(figure(failure.left, result.unit)) \(sign) \(figure(failure.right, result.unit))</li>"
            }
            let more = result.failures.count - lines.count
            return [
                "\(result.name[words.language])", "\(words(result.severity.phrase))",
                "<ul>\(lines)</ul>\(more > 0 ? words("return.more-lines", ["count": String(more)]) : "")",
                "\(text ?? "–")",
            ]
        }
        let others: [HTML] = checks.filter(\.failures.isEmpty).map { result in
            "<li>\(words(result.phrase)) · \(platform.name(ofEdition: result.standard, in: words.language)) · \(result.name[words.language])</li>"
        }
        let table = Table(
            columns: ["return.check", "return.severity", "return.differences", "return.explanation"], rows: rows,
            empty: "return.no-failures")
        return """
            <h2 id="checks">\(words("return.checks"))</h2>
            <p>\(summary(checks))</p>
            \(table.html(words))
            <details><summary>\(words("return.all-checks"))</summary><ul>\(others)</ul></details>
            """
    }

    // MARK: Changing a line

    /// The form in which a line's figures are changed.
    func line(
        _ view: ReturnView, _ standard: String, _ table: ReturnTable, _ line: ReturnTable.Line, _ state: FormState
    ) -> Page {
        let mine = view.adjustments.filter {
            $0.standard == standard && $0.table == table.id && $0.line == line.key
        }
        let rows: [HTML] = table.columns.enumerated().filter { $0.element.sumOf.isEmpty }.map { position, column in
            let known = mine.first { $0.column == column.id }
            let value = state.values[column.id] ?? known.map { Self.typed($0.amount, column.unit) } ?? ""
            let faults = state.faults.filter { $0.pointer == "/\(column.id)" }
            let wrong: HTML =
                faults.isEmpty
                ? .none
                : "<p class=\"fault\" id=\"\(column.id)-fault\">\(faults.map { words($0.message) }.joined(separator: " "))</p>"
            let described: HTML =
                faults.isEmpty ? .none : " aria-invalid=\"true\" aria-describedby=\"\(column.id)-fault\""
            return """
                <tr><th scope="row"><label for="\(column.id)">\(column.title(in: words.language))</label></th>\
                <td class="number">\(figure(line.figures[position], column.unit))</td>\
                <td><input id="\(column.id)" name="\(column.id)" value="\(value)"\(described)>\(wrong)</td></tr>
                """
        }
        let query = PercentEncoding.query([("standard", standard), ("table", table.id), ("line", line.key)])
        let reason = Field(name: "reason", label: "return.reason", hint: "return.reason-hint", kind: .lines)
        var filled = state
        if filled.values["reason"] == nil { filled.values["reason"] = mine.first?.reason ?? "" }
        return Page(
            "return.change-line",
            path: [(words("return.title"), "/returns"), (words("return.one"), Self.address(view.entry.record.id))],
            """
            <p class="lead">\(table.name[words.language]) · \(platform.name(of: line, in: table, under: standard, in: words.language))</p>
            <p class="hint">\(words("return.change-what"))</p>
            <form method="post" action="\(Self.address(view.entry.record.id, "/line"))?\(query)">\(frame.token)\
            <input type="hidden" name="seen" value="\(view.entry.record.changes)">
            \(state.summary(besides: table.columns.map(\.id) + ["reason"], words))
            <div class="scroll"><table><thead><tr><th scope="col">\(words("return.column"))</th>\
            <th scope="col" class="number">\(words("return.counted-figure"))</th><th scope="col">\(words("return.added-figure"))</th></tr></thead>
            <tbody>
            \(rows)</tbody></table></div>
            \(reason.html(filled, words))
            <button>\(words("portal.save"))</button></form>
            """)
    }

    /// An amount as the form takes it: money in yuan, a benefit in its unit.
    static func typed(_ amount: Int128, _ unit: ReturnUnit) -> String {
        guard unit == .money, let fen = Int64(exactly: amount) else { return unit.text(amount) }
        return Money(fen: fen).description
    }

    /// What was typed, as digits of the smallest part; nil for what is no amount.
    static func stated(_ text: String, _ unit: ReturnUnit) -> String? {
        let text = text.trimmingSpaces()
        guard !text.isEmpty else { return "0" }
        guard unit == .money else { return unit.figure(text) == nil ? nil : text }
        return (try? Money.parse(text)).map { String($0.fen) }
    }
}
