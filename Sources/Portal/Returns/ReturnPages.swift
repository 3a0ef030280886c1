import Access
import Library
import Platform
import Reporting
import Statistics
import Store
import Vocabulary

/// Statutory returns: what lenders hand in for a period, and all of them together.
struct ReturnPages: Sendable {
    let frame: Frame
    let platform: Platform

    var words: Words { frame.words }

    static func address(_ id: ID<ReturnRecord>, _ rest: String = "") -> String { "/returns/\(id.text)\(rest)" }

    /// What the viewer may do to a return.
    struct Rights {
        var mayPrepare = false
        var mayAdjust = false
        var mayDiscard = false
        var maySubmit = false
    }

    // MARK: All of them

    /// - Parameter organisations: For which lenders the viewer may have returns counted.
    func list(
        _ entries: [ReturnEntry], filter: ReturnFilter, organisations: [(value: String, word: String)],
        _ state: FormState, next: String?, notice: Message? = nil
    ) -> Page {
        let rows: [[HTML]] = entries.map { entry in
            let record = entry.record
            return [
                "<a href=\"\(Self.address(record.id))\">\(record.period.description)</a>", "\(entry.lender)",
                "\(formName(record.form))", "\(words(record.state.phrase))",
                "\(record.version.map { String($0) } ?? "–")", "\(words(record.submittedAt))",
            ]
        }
        let table = Table(
            columns: [
                "return.period", "book.lender", "return.form", "book.state", "release.version", "return.submitted-at",
            ], rows: rows, empty: "return.none", numeric: [4])
        let states: [HTML] = ReturnState.allCases.map {
            .option($0.rawValue, words($0.phrase), isChosen: $0 == filter.state)
        }
        return Page(
            "return.title", notice: notice,
            """
            <p>\(words("return.what"))</p>
            <form method="get" action="/returns" class="filter">
            <label>\(words("return.period")) <input name="period" value="\(filter.period?.description ?? "")"></label>
            <label>\(words("book.state")) <select name="state"><option value="">\(words("portal.all"))</option>\(states)</select></label>
            <button class="quiet">\(words("project.find"))</button></form>
            \(table.html(words))
            \(words.next(next))
            \(totalsForm(state))
            \(organisations.isEmpty ? .none : prepareForm(organisations, state))
            """)
    }

    private var forms: [(value: String, word: String)] {
        platform.library.returnForms.map { ($0.id, $0.name[words.language]) }
    }

    private func formName(_ id: String) -> String {
        platform.library.returnForm(id)?.name[words.language] ?? id
    }

    private func prepareForm(_ organisations: [(value: String, word: String)], _ state: FormState) -> HTML {
        let fields = [
            Field(name: "form", label: "return.form", kind: .choice(forms)),
            Field(name: "period", label: "return.period", hint: "return.period-hint"),
        ]
        return """
            <h2>\(words("return.new"))</h2>
            <p class="hint">\(words("return.new-what"))</p>
            <form method="post" action="/returns">\(frame.token)
            \(state.summary(besides: ["form", "period"], words))
            \(organisationChoice(organisations, label: "book.lender", state, words))\(fields.map { $0.html(state, words) })
            <button>\(words("return.count"))</button></form>
            """
    }

    private func totalsForm(_ state: FormState) -> HTML {
        let options: [HTML] = forms.map { .option($0.value, $0.word, isChosen: $0.value == state.values["form"]) }
        return """
            <h2>\(words("return.totals"))</h2>
            <form method="get" action="/returns/totals" class="filter">
            <label>\(words("return.form")) <select name="form">\(options)</select></label>
            <label>\(words("return.period")) <input name="period" required value="\(state.values["period"] ?? "")"></label>
            <button class="quiet">\(words("return.add-up"))</button></form>
            """
    }

    // MARK: One

    /// - Parameter shown: Which table of which edition is shown; nil for the first.
    func one(
        _ view: ReturnView, shown: (standard: String, table: String)?, _ rights: Rights, _ state: FormState,
        notice: Message? = nil
    ) -> Page {
        let record = view.entry.record
        let isCounting = view.entry.job.state.isOpen
        let form = platform.library.returnForm(record.form)
        let isDraft = record.state == .draft
        var body: HTML = """
            <p class="lead">\(view.entry.lender) · \(record.period.description) · \(formName(record.form)) · \
            \(words(record.state.phrase))\(record.version.map { " · \(words("release.version")) \($0)" } ?? "")</p>
            \(state.summary(besides: ["reason"], words))
            """
        if let form, !form.isConfirmed { body += "<p class=\"hint\">\(form.note[words.language])</p>" }
        if isCounting { body += "<p class=\"notice\" role=\"status\">\(words("return.counting"))</p>" }
        if isDraft, view.entry.job.state == .failed {
            body += "<p class=\"fault\" role=\"alert\">\(words("return.count-failed"))</p>"
        }
        if view.isOutdated {
            body += "<p class=\"notice\">\(words(isDraft ? "return.outdated" : "return.outdated-submitted"))</p>"
        }
        if !record.reason.isEmpty { body += "<p>\(words("release.reason")): \(record.reason)</p>" }
        body += """
            <dl><dt>\(words("return.prepared-at"))</dt><dd>\(words(record.preparedAt))</dd>
            <dt>\(words("return.submitted-at"))</dt><dd>\(words(record.submittedAt))</dd></dl>
            """
        if let tables = view.tables {
            body += """
                <p role="status"><a href="#checks">\(words("return.checks"))</a>: \(summary(view.checks))</p>
                <p><a href="\(Self.address(record.id, "/sheet"))">\(words("statistics.download"))</a></p>
                \(chosen(tables, counted: view.counted, shown, at: Self.address(record.id),
                    adjusting: isDraft && rights.mayAdjust && !isCounting ? record.id : nil))
                \(checks(view, mayExplain: isDraft && rights.mayAdjust && !isCounting, state))
                \(adjustments(view))
                """
        }
        body += actions(view, rights, state)
        body += versions(view)
        return Page("return.one", path: [(words("return.title"), "/returns")], notice: notice, body)
    }

    private func actions(_ view: ReturnView, _ rights: Rights, _ state: FormState) -> HTML {
        let record = view.entry.record
        guard record.state == .draft, !view.entry.job.state.isOpen else {
            return record.state == .submitted && view.isOutdated && rights.mayPrepare ? again(record) : .none
        }
        var actions: HTML = .none
        if rights.maySubmit, view.tables != nil, !view.isOutdated {
            let reason = Field(name: "reason", label: "release.reason")
            let form = Form(
                action: Self.address(record.id, "/submission"), fields: view.versions.isEmpty ? [] : [reason],
                button: "return.hand-in", hidden: [("seen", String(record.changes))])
            actions += """
                <h2>\(words("return.hand-in"))</h2><p class="hint">\(words("return.hand-in-what"))</p>
                \(view.obstacles.isEmpty ? form.html(FormState(values: state.values, faults: state.faults), frame)
                    : "<p class=\"fault\">\(words("return.checks-fail", ["count": String(view.obstacles.count)]))</p>")
                """
        }
        if rights.mayPrepare { actions += again(record) }
        if rights.mayDiscard {
            actions += """
                <form method="post" action="\(Self.address(record.id, "/discard"))">\(frame.token)\
                <button class="quiet">\(words("return.throw-away"))</button></form>
                """
        }
        return actions
    }

    /// The form that has a period counted, once more or as a new draft.
    private func again(_ record: ReturnRecord) -> HTML {
        """
        <form method="post" action="/returns">\(frame.token)<input type="hidden" name="organisation" value="\(record.organisation.text)">\
        <input type="hidden" name="form" value="\(record.form)"><input type="hidden" name="period" value="\(record.period.description)">\
        <button class="quiet">\(words("return.count-again"))</button></form>
        """
    }

    private func adjustments(_ view: ReturnView) -> HTML {
        guard !view.adjustments.isEmpty else { return .none }
        let rows: [[HTML]] = view.adjustments.map { adjustment in
            let table = view.counted?.edition(adjustment.standard)?.table(adjustment.table)
            let column = table?.columns.first { $0.id == adjustment.column }
            return [
                "\(platform.name(ofEdition: adjustment.standard, in: words.language))",
                "\(table?.name[words.language] ?? adjustment.table)", "\(adjustment.line)",
                "\(column?.title(in: words.language) ?? adjustment.column)",
                "\(figure(adjustment.amount, column?.unit ?? .money))", "\(adjustment.reason)",
            ]
        }
        let table = Table(
            columns: [
                "statistics.edition", "return.table", "return.line", "return.column", "return.amount", "return.reason",
            ], rows: rows, empty: "return.none", numeric: [4])
        return "<h2>\(words("return.adjustments"))</h2>\(table.html(words))"
    }

    private func versions(_ view: ReturnView) -> HTML {
        let others: [HTML] = view.versions.filter { $0.record.id != view.entry.record.id }.map { other in
            """
            <li><a href="\(Self.address(other.record.id))">\(words("release.version")) \(String(other.record.version ?? 0))</a> \
            \(words(other.record.submittedAt)) \(other.record.reason)</li>
            """
        }
        return others.isEmpty ? .none : "<h2>\(words("release.versions"))</h2><ul>\(others)</ul>"
    }

    // MARK: All lenders together

    func totals(_ totals: ReturnTotals, shown: (standard: String, table: String)?) -> Page {
        let query = PercentEncoding.query([("form", totals.form.id), ("period", totals.period.description)])
        let submitted: [[HTML]] = totals.submitted.map { entry in
            [
                "<a href=\"\(Self.address(entry.record.id))\">\(entry.lender)</a>",
                "\(String(entry.record.version ?? 0))", "\(words(entry.record.submittedAt))",
            ]
        }
        let missing: [HTML] = totals.missing.map { "<li>\($0.name)</li>" }
        let tables: HTML =
            totals.tables.map { tables in
                """
                <p><a href="/returns/totals/sheet?\(query)">\(words("statistics.download"))</a></p>
                \(chosen(tables, counted: nil, shown, at: "/returns/totals?\(query)", adjusting: nil))
                \(checkTable(totals.checks, explanations: []))
                """
            } ?? .none
        return Page(
            "return.totals", path: [(words("return.title"), "/returns")],
            """
            <p class="lead">\(totals.form.name[words.language]) · \(totals.period.description)</p>
            \(totals.form.isConfirmed ? .none : "<p class=\"hint\">\(totals.form.note[words.language])</p>" as HTML)
            <p role="status">\(words("return.counted", ["counted": String(totals.submitted.count),
                "missing": String(totals.missing.count)]))</p>
            \(tables)
            <h2>\(words("return.submitted"))</h2>
            \(Table(columns: ["book.lender", "release.version", "return.submitted-at"], rows: submitted,
                empty: "return.none", numeric: [1]).html(words))
            \(missing.isEmpty ? .none : "<h2>\(words("return.missing"))</h2><ul>\(missing)</ul>" as HTML)
            """)
    }
}

extension ReturnState {
    /// The key of its word.
    var phrase: String {
        switch self {
        case .draft: "return.state-draft"
        case .submitted: "return.state-submitted"
        case .replaced: "return.state-replaced"
        }
    }
}
