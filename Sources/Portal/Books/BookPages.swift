import Access
import Credit
import Impact
import Platform
import Reporting
import Store
import Vocabulary

/// The pages of the lenders' books.
struct BookPages: Sendable {
    let frame: Frame
    let indicators: [Indicator]

    var words: Words { frame.words }
    var top: (name: String, address: String) { (words("portal.books"), "/books") }
    /// The most faults that a page shows; the table for download has the rest.
    static let mostFaults = 100

    func address(_ book: BookRecord, _ rest: String = "") -> String { "/books/\(book.id.text)\(rest)" }

    func name(_ entry: BookEntry) -> String { "\(entry.lender) \(entry.book.period)" }

    // MARK: The list

    /// - Parameter organisations: For which lenders the viewer may send books.
    func list(
        _ entries: [BookEntry], filter: BookFilter, organisations: [(value: String, word: String)], _ state: FormState,
        next: String?, notice: Message? = nil
    ) -> Page {
        let states: [HTML] = BookState.allCases.map {
            .option($0.rawValue, words($0.phrase), isChosen: $0 == filter.state)
        }
        let table = Table(
            columns: [
                "book.period", "book.lender", "book.version", "book.state", "book.rows", "book.balance-10k",
                "book.green-10k", "book.received",
            ],
            rows: entries.map { entry in
                let book = entry.book
                return [
                    "<a href=\"\(address(book))\">\(book.period.description)</a>", "\(entry.lender)",
                    "\(book.version.map(String.init) ?? "–")", "\(words(book.state.phrase))",
                    "\(book.summary.map { String($0.rows) } ?? "–")", "\(amount(book.summary?.balance))",
                    "\(amount(book.summary?.green.fen))", "\(words(book.receivedAt))",
                ]
            }, empty: "book.none", numeric: [2, 4, 5, 6])
        return Page(
            "portal.books", notice: notice,
            """
            <form method="get" action="/books" class="filter">
            <label>\(words("book.period")) <input name="period" type="month" value="\(filter.period?.description ?? "")"></label>
            <label>\(words("book.state")) <select name="state"><option value="">\(words("portal.all"))</option>\(states)</select></label>
            <button class="quiet">\(words("project.find"))</button></form>
            \(table.html(words))
            \(words.next(next))
            \(organisations.isEmpty ? .none : form(organisations, state))
            """)
    }

    private func form(_ organisations: [(value: String, word: String)], _ state: FormState) -> HTML {
        let organisation = organisationChoice(organisations, label: "book.lender", state, words)
        let period = Field(name: "period", label: "book.period", kind: .line(type: "month", autocomplete: "off"))
        let rates = Field(name: "rates", label: "book.rates", hint: "book.rates-hint", isRequired: false)
        let mapping = Field(
            name: "mapping", label: "book.mapping", hint: "book.mapping-hint", kind: .lines, isRequired: false)
        return """
            <h2 id="send">\(words("book.send"))</h2>
            <p>\(words("book.send-what", ["size": String(Platform.mostBookBytes >> 30)]))</p>
            <form method="post" action="/books" enctype="multipart/form-data">\(frame.token)
            \(state.summary(besides: ["period", "rates", "mapping"], words))
            \(organisation)\(period.html(state, words))\(rates.html(state, words))\(mapping.html(state, words))
            <div class="field"><label for="file">\(words("book.file"))</label>
            <input id="file" type="file" name="file" accept=".csv,.txt,.xlsx" required></div>
            <button>\(words("book.send"))</button></form>
            """
    }

    // MARK: One book

    /// - Parameters:
    ///   - maySend: Whether the viewer may send another in its place.
    ///   - mayCancel: Whether the viewer may call it off.
    ///   - faults: The first faults of a returned book, for those who may see them.
    func book(
        _ review: BookReview, faults: [BookFault], maySend: Bool, mayCancel: Bool, mayRead: Bool,
        mayReassess: Bool, mayDownload: Bool, notice: Message? = nil
    ) -> Page {
        let entry = review.entry
        let book = entry.book
        var body: HTML = """
            <p class="lead">\(name(entry)) · \(words(book.state.phrase))</p>
            <dl><dt>\(words("book.file"))</dt><dd>\(book.fileName)（\(CellText.decimal(Double(book.byteCount) / 1_048_576, digits: 2, grouped: true)) MB）</dd>
            <dt>\(words("book.received"))</dt><dd>\(words(book.receivedAt))</dd>
            <dt>\(words("book.decided-at"))</dt><dd>\(words(book.decidedAt))</dd>
            <dt>\(words("book.version"))</dt><dd>\(book.version.map(String.init) ?? "–")</dd>
            <dt>SHA-256</dt><dd>\(book.digest)</dd></dl>
            """
        switch book.state {
        case .underWay: body += progress(entry, mayCancel: mayCancel)
        case .accepted, .replaced:
            if entry.job.state.isOpen { body += progress(entry, mayCancel: mayCancel) }
            body += content(book, mayRead: mayRead)
            body += ReviewPages(frame: frame).section(
                review, mayRead: mayRead, mayReassess: mayReassess && book.state == .accepted)
        case .returned: body += wrong(book, faults, mayDownload: mayDownload)
        case .cancelled: break
        }
        if mayDownload {
            body += "<p><a href=\"\(address(book, "/file"))\">\(words("book.download-file"))</a></p>"
        }
        if maySend, book.state == .returned || book.state == .cancelled {
            body +=
                "<p><a class=\"button\" href=\"/books?period=\(book.period.description)#send\">\(words("book.send-again"))</a></p>"
        }
        return Page("book.one", path: [top], notice: notice, body)
    }

    private func progress(_ entry: BookEntry, mayCancel: Bool) -> HTML {
        let (progress, job) = (entry.job.progress, entry.job)
        let cancel: HTML =
            mayCancel && !job.isCancelAsked
            ? """
            <form method="post" action="\(address(entry.book, "/cancellation"))">\(frame.token)
            <button class="quiet">\(words("book.cancel"))</button></form>
            """ : .none
        let state = job.isCancelAsked ? "book.being-cancelled" : job.state == .waiting ? "book.waiting" : "book.running"
        return """
            <p role="status"><progress max="\(max(1, progress.bytesTotal))" value="\(progress.bytesDone)">\
            \(progress.bytesDone) / \(progress.bytesTotal)</progress>
            \(words(state, ["rows": String(progress.rows)]))</p>
            <p class="hint">\(words("book.leave"))</p>\(cancel)
            """
    }

    private func content(_ book: BookRecord, mayRead: Bool) -> HTML {
        guard let summary = book.summary else { return .none }
        let decisions: [[HTML]] = LoanDecision.allCases.compactMap { decision in
            guard let sum = summary.decisions[decision] else { return nil }
            let word: HTML =
                mayRead
                ? "<a href=\"\(address(book, "/facilities?decision=\(decision.rawValue)"))\">\(words(decision.phrase))</a>"
                : "\(words(decision.phrase))"
            return [word, "\(sum.rows)", "\(amount(sum.fen))"]
        }
        let green: [[HTML]] = [
            ("book.aligned", summary.aligned), ("book.eligible", summary.eligible),
            ("book.older-aligned", summary.olderAligned), ("book.older-eligible", summary.olderEligible),
        ].map { ["\(words($0.0))", "\($0.1.rows)", "\(amount($0.1.fen))"] }
        let benefits: [[HTML]] = indicators.compactMap { indicator in
            guard let value = summary.benefits[indicator.id] else { return nil }
            let name = words.language == .zh ? indicator.name.zh : indicator.name.en
            return ["\(name)", "\(CellText.decimal(value, digits: 2, grouped: true))", "\(indicator.unit.symbol)"]
        }
        let columns = ["book.decision", "book.rows", "book.balance-10k"]
        return """
            <ul class="summary"><li>\(words("book.rows")) \(summary.rows)</li>
            <li>\(words("book.balance-10k")) \(amount(summary.balance))</li>
            <li>\(words("book.green-10k")) \(amount(summary.green.fen))</li>
            <li>\(words("book.warned", ["count": String(summary.rowsWithWarnings)]))</li></ul>
            \(Table(columns: columns, rows: decisions, empty: "book.none", numeric: [1, 2]).html(words))
            <h2>\(words("book.green"))</h2>
            \(Table(columns: ["book.verdict", "book.rows", "book.balance-10k"], rows: green, empty: "book.none", numeric: [1, 2]).html(words))
            <h2>\(words("book.benefits"))</h2>
            \(Table(columns: ["book.indicator", "book.figure", "book.unit"], rows: benefits, empty: "book.no-benefits", numeric: [1]).html(words))
            \(changes(book, mayRead: mayRead))
            \(mayRead ? links(book) : .none)
            """
    }

    private func links(_ book: BookRecord) -> HTML {
        """
        <p><a href="\(address(book, "/facilities"))">\(words("book.facilities"))</a> ·
        <a href="\(address(book, "/statement"))">\(words("book.statement"))</a> ·
        <a href="\(address(book, "/statement.xlsx"))">XLSX</a> · <a href="\(address(book, "/statement.json"))">JSON</a></p>
        """
    }

    private func changes(_ book: BookRecord, mayRead: Bool) -> HTML {
        guard let changes = book.changes, let replaced = book.replaces else { return .none }
        let arguments = [
            "added": String(changes.added.rows), "added-balance": amount(changes.added.fen),
            "removed": String(changes.removed.rows), "removed-balance": amount(changes.removed.fen),
            "changed": String(changes.changed), "balance": amount(changes.balanceDifference),
            "green": amount(changes.greenDifference),
        ]
        let open: HTML =
            mayRead ? "<p><a href=\"\(address(book, "/changes"))\">\(words("book.changes-open"))</a></p>" : .none
        return """
            <h2>\(words("book.changes"))</h2>
            <p>\(words("book.changes-what", arguments)) <a href="/books/\(replaced.text)">\(words("book.replaced-one"))</a></p>\(open)
            """
    }

    private func wrong(_ book: BookRecord, _ faults: [BookFault], mayDownload: Bool) -> HTML {
        var body: HTML = .none
        if let fault = book.fault { body += "<p class=\"fault\" role=\"alert\">\(words(fault))</p>" }
        guard let count = book.faulty else { return body }
        body += "<p class=\"fault\" role=\"alert\">\(words("book.faulty", ["count": String(count)]))</p>"
        guard mayDownload else { return body }
        let table = Table(
            columns: ["project-import.line", "project-import.column", "project-import.value", "project-import.reason"],
            rows: faults.map { ["\($0.line)", "\($0.column)", "\($0.value)", "\(words($0.message))"] },
            empty: "book.none", numeric: [0])
        body += "<p><a href=\"\(address(book, "/faults"))\">\(words("book.download-faults"))</a></p>"
        return body + table.html(words)
    }
}
