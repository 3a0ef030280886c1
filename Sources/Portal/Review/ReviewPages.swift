import Access
import Credit
import Platform
import Standards
import Store
import Vocabulary

/// The pages on which people decide of loans.
struct ReviewPages: Sendable {
    let frame: Frame

    private var words: Words { frame.words }
    private var books: BookPages { BookPages(frame: frame, indicators: []) }

    static func address(_ book: ID<BookRecord>, _ line: Int, _ rest: String = "") -> String {
        "/books/\(book.text)/facilities/\(line)\(rest)"
    }

    private func path(_ entry: BookEntry) -> [(name: String, address: String)] {
        [books.top, (books.name(entry), books.address(entry.book))]
    }

    // MARK: What waits

    func doubts(_ entry: BookEntry, _ found: [FacilitySnapshot], next: String?) -> Page {
        let table = Table(
            columns: ["book.loan", "book.borrower", "book.purpose", "book.balance-10k", "review.candidates"],
            rows: found.map { facility in
                let project: HTML =
                    facility.projectName.isEmpty ? .none : "<br><span class=\"hint\">\(facility.projectName)</span>"
                let candidates = facility.finding.candidates.prefix(3).map {
                    "\($0.item.text) \(percent($0.probability))"
                }
                return [
                    link(entry.book.id, facility.line, facility.loanID), "\(facility.borrower)",
                    "\(facility.purpose)\(project)", "\(amount(facility.balance))",
                    "\(candidates.isEmpty ? "–" : candidates.joined(separator: " · "))",
                ]
            }, empty: "review.no-doubts", numeric: [3])
        return Page(
            "review.doubts", path: path(entry),
            """
            <p>\(words("review.doubts-what"))</p>
            \(table.html(words))
            \(words.next(next))
            """)
    }

    /// The decisions of all loans that the viewer may see.
    func decisions(_ entries: [ReviewEntry], filter: ReviewFilter, next: String?, notice: Message? = nil) -> Page {
        let states: [HTML] = ReviewState.allCases.map {
            .option($0.rawValue, words($0.phrase), isChosen: $0 == filter.state)
        }
        let table = Table(
            columns: [
                "book.loan", "book.lender", "book.purpose", "book.balance-10k", "review.decision", "review.reason",
                "review.state", "review.proposed",
            ],
            rows: entries.map { entry in
                let decision = entry.decision
                return [
                    link(decision.book, decision.line, decision.loanID), "\(entry.lender) \(entry.period.description)",
                    "\(decision.texts.purpose)", "\(amount(decision.balance))", "\(said(decision))",
                    "\(decision.reason)", "\(words(decision.state.phrase))",
                    "\(entry.proposer)<br>\(words(decision.proposedAt))",
                ]
            }, empty: "review.no-decisions", numeric: [3])
        return Page(
            "review.title", notice: notice,
            """
            <form method="get" action="/decisions" class="filter">
            <label>\(words("review.state")) <select name="state"><option value="">\(words("portal.all"))</option>\(states)</select></label>
            <label>\(words("book.loan")) <input name="loan_id" value="\(filter.loanID ?? "")"></label>
            <button class="quiet">\(words("project.find"))</button></form>
            \(table.html(words))
            \(words.next(next))
            """)
    }

    // MARK: One loan

    /// - Parameters:
    ///   - mayDecide: Whether the viewer may decide of it: the book counts, and the permission is there.
    ///   - mayConfirm: Whether the viewer may be the second person.
    func one(
        _ review: ReviewCase, mayDecide: Bool, mayConfirm: Bool, _ state: FormState, notice: Message? = nil
    ) -> Page {
        let facility = review.facility
        let finding = facility.finding
        let conclusion = finding.item.map { "\($0.text) " } ?? ""
        let verdict = finding.verdict.map { words("explain.verdict.\($0.rawValue)") } ?? ""
        // Until one that waits is answered no other decision is taken.
        let showsForm = mayDecide && !review.decisions.contains { $0.decision.state == .proposed }
        let warnings: [HTML] = facility.warnings.map { warning in
            "<li>\(warning.column.map { "\($0): " } ?? "")\(words(warning.message))</li>"
        }
        return Page(
            "review.one", path: path(review.entry), notice: notice,
            """
            <p class="lead">\(facility.loanID) · \(words(finding.decision.phrase)) \(conclusion)\(verdict)\
            \(finding.decidedBy == nil ? "" : "（\(words("review.by-person"))）")</p>
            \(state.summary(besides: showsForm ? ["item", "reason"] : [], words))
            <dl><dt>\(words("book.borrower"))</dt><dd>\(facility.borrower)</dd>
            <dt>\(words("review.purpose"))</dt><dd>\(facility.purpose)</dd>
            <dt>\(words("review.project"))</dt><dd>\(facility.projectName.isEmpty ? "–" : facility.projectName)</dd>
            <dt>\(words("review.industry"))</dt><dd>\(facility.industry?.description ?? "–")</dd>
            <dt>\(words("book.balance-10k"))</dt><dd>\(amount(facility.balance))</dd>
            <dt>\(words("review.standard"))</dt><dd>\(review.standard)</dd>
            <dt>\(words("review.approved"))</dt><dd>\((facility.approvedOn ?? facility.issuedOn)?.description ?? "–")</dd></dl>
            <p><a href="\(Self.address(review.entry.book.id, facility.line, "/months"))">\(words("exposure.months"))</a> ·
            <a href="\(ExposurePages.address(ofBorrower: facility.borrowerCode?.description ?? facility.borrower))">\(words("exposure.borrower"))</a></p>
            \(warnings.isEmpty ? .none : "<ul class=\"hint\">\(warnings)</ul>" as HTML)
            <h2>\(words("review.found"))</h2>
            <p>\(review.reason(in: words.language))</p>
            \(evidence(review))
            \(candidates(review))
            <p class="hint">\(words("review.model", ["model": review.found.model, "probability": percent(review.found.probability)]))</p>
            \(history(review, mayDecide: mayDecide, mayConfirm: mayConfirm))
            \(showsForm ? form(review, state) : .none)
            """)
    }

    private func evidence(_ review: ReviewCase) -> HTML {
        func list(_ side: (ReviewCase.Word) -> Bool) -> String {
            review.words.filter(side).map { word in
                word.source == .industry ? words("reason.industry") : "「\(word.text)」"
            }.joined(separator: " ")
        }
        let (speaking, against) = (list { $0.weight > 0 }, list { $0.weight < 0 })
        let lines: [HTML] = [("review.words-for", speaking), ("review.words-against", against)].compactMap {
            $0.1.isEmpty ? nil : "<li>\(words($0.0))\($0.1)</li>"
        }
        return lines.isEmpty ? .none : "<ul>\(lines)</ul>"
    }

    private func candidates(_ review: ReviewCase) -> HTML {
        Table(
            columns: ["book.item", "review.name", "review.probability", "review.outcome"],
            rows: review.candidates.map { candidate in
                let outcome =
                    candidate.verdict.map { words("explain.verdict.\($0.rawValue)") }
                    ?? words(candidate.decision.phrase)
                return [
                    "\(candidate.item.text)", "\(candidate.name[words.language])", "\(percent(candidate.probability))",
                    "\(outcome)",
                ]
            }, empty: "review.no-candidates", numeric: [2]
        ).html(words)
    }

    private func history(_ review: ReviewCase, mayDecide: Bool, mayConfirm: Bool) -> HTML {
        guard !review.decisions.isEmpty else { return .none }
        let table = Table(
            columns: ["review.decision", "review.reason", "review.proposed", "review.second", "review.state", ""],
            rows: review.decisions.map { entry in
                let decision = entry.decision
                let second: HTML = """
                    \(entry.second ?? "–")\(decision.secondReason.map { "<br>\($0)" as HTML })\
                    \(entry.second == nil ? .none : "<br>\(words(decision.decidedAt))" as HTML)
                    """
                return [
                    "\(said(decision))", "\(decision.reason)", "\(entry.proposer)<br>\(words(decision.proposedAt))",
                    second, "\(words(decision.state.phrase))",
                    answers(decision, mayDecide: mayDecide, mayConfirm: mayConfirm),
                ]
            }, empty: "review.no-decisions")
        return "<h2>\(words("review.history"))</h2>\(table.html(words))"
    }

    /// What the viewer may do to a decision that waits.
    private func answers(_ decision: ReviewDecision, mayDecide: Bool, mayConfirm: Bool) -> HTML {
        guard decision.state == .proposed else { return .none }
        let base = "/decisions/\(decision.id.text)"
        if decision.proposedBy == frame.viewer?.person {
            guard mayDecide else { return .none }
            return """
                <form method="post" action="\(base)/withdrawal">\(frame.token)<button class="quiet">\(words("review.withdraw"))</button></form>
                """
        }
        guard mayConfirm else { return .none }
        return """
            <form method="post" action="\(base)/confirmation">\(frame.token)<button>\(words("review.confirm"))</button></form>\
            <form method="post" action="\(base)/refusal">\(frame.token)<label>\(words("review.reason")) \
            <input name="reason" maxlength="1000" required></label>
            <button class="quiet">\(words("review.decline"))</button></form>
            """
    }

    private func form(_ review: ReviewCase, _ state: FormState) -> HTML {
        let chosen = state.values["choice"]
        func choice(_ value: String, _ label: HTML) -> HTML {
            """
            <label class="choice"><input type="radio" name="choice" value="\(value)" required\
            \(value == chosen ? " checked" as HTML : .none)> \(label)</label>
            """
        }
        let accepted: [HTML] = review.candidates.filter { $0.decision == .accepted }.map {
            choice("item:\($0.item.text)", "\(words("review.as")) \($0.item.text) \($0.name[words.language])")
        }
        let hasInForce = review.decisions.contains {
            $0.decision.state == .inForce && $0.decision.verdict != .asFound
        }
        let item = Field(name: "item", label: "review.other-item", hint: "review.other-item-hint", isRequired: false)
        let reason = Field(name: "reason", label: "review.reason", hint: "review.reason-hint", kind: .lines)
        return """
            <h2 id="decide">\(words("review.decide"))</h2>
            <p class="hint">\(words(review.needsSecond ? "review.second-needed" : "review.alone-enough"))</p>
            <form method="post" action="\(Self.address(review.entry.book.id, review.facility.line, "/decisions"))">\(frame.token)
            <fieldset class="field"><legend>\(words("review.decision"))</legend>
            \(accepted)
            \(choice("other", "\(words("review.as-other"))"))
            \(choice("not_green", "\(words("review.verdict-not-green"))"))
            \(hasInForce ? choice("as_found", "\(words("review.verdict-as-found"))") : .none)</fieldset>
            \(item.html(state, words))\(reason.html(state, words))
            <button>\(words("review.decide"))</button></form>
            """
    }

    // MARK: In a book

    /// What a page of a book that counts says of its review.
    func section(_ review: BookReview, mayRead: Bool, mayReassess: Bool) -> HTML {
        let entry = review.entry
        let book = entry.book
        let doubts = book.summary?.decisions[.review]?.rows ?? 0
        var lines: [HTML] = ["<li>\(words("review.in-doubt", ["count": String(doubts)]))</li>"]
        if review.open > 0 { lines.append("<li>\(words("review.open", ["count": String(review.open)]))</li>") }
        if review.isByOlderRules { lines.append("<li>\(words("review.older-rules"))</li>") }
        let links: HTML =
            mayRead
            ? """
            <p><a class="button" href="\(books.address(book, "/doubts"))">\(words("review.doubts"))</a>
            <a href="/decisions?state=proposed">\(words("review.waiting"))</a></p>
            """ : .none
        let again: HTML =
            mayReassess && !entry.job.state.isOpen
            ? """
            <form method="post" action="\(books.address(book, "/assessments"))">\(frame.token)
            <p class="hint">\(words("review.count-hint"))</p>
            <button\(review.open > 0 ? .none : " class=\"quiet\"" as HTML)>\(words("review.count"))</button></form>
            """ : .none
        let failed: HTML =
            book.state == .accepted && entry.job.state == .failed
            ? "<p class=\"fault\" role=\"alert\">\(words("review.failed"))</p>" : .none
        let table = Table(
            columns: [
                "review.kept", "review.decisions", "review.asked-by", "book.change-changed", "review.green-change",
            ],
            rows: review.assessments.map { assessment in
                [
                    "\(words(assessment.keptAt ?? assessment.begunAt))", "\(assessment.decisions)",
                    "\(assessment.askedBy ?? words("review.arrival"))",
                    "\(assessment.changes.map { String($0.changed) } ?? "–")",
                    "\(amount(assessment.changes?.greenDifference))",
                ]
            }, empty: "book.none", numeric: [1, 3, 4])
        return """
            <h2>\(words("review.title"))</h2>
            \(failed)<ul>\(lines)</ul>\(links)\(again)
            \(table.html(words))
            """
    }

    // MARK: Words

    private func link(_ book: ID<BookRecord>, _ line: Int, _ text: String) -> HTML {
        "<a href=\"\(Self.address(book, line))\">\(text.isEmpty ? "–" : text)</a>"
    }

    private func percent(_ probability: Double) -> String { "\(Int((probability * 100).rounded()))%" }

    /// A decision in words: green under an item, not green, taken back.
    private func said(_ decision: ReviewDecision) -> String {
        switch decision.verdict {
        case .accepted: "\(words("review.verdict-accepted")) \(decision.item?.text ?? "")"
        case .notGreen: words("review.verdict-not-green")
        case .asFound: words("review.verdict-as-found")
        }
    }
}

extension ReviewState {
    /// The key of its name in the phrasebook.
    var phrase: String {
        switch self {
        case .proposed: "review.state-proposed"
        case .inForce: "review.state-in-force"
        case .declined: "review.state-declined"
        case .withdrawn: "review.state-withdrawn"
        case .replaced: "review.state-replaced"
        }
    }
}
