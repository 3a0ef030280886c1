import Credit
import Store
import Vocabulary

extension BookPages {
    private static let columns = [
        "book.loan", "book.borrower", "book.purpose", "book.balance-10k", "book.decision", "book.item",
        "book.green-10k",
        "book.quality", "book.share",
    ]

    func facilities(
        _ entry: BookEntry, _ found: [FacilitySnapshot], filter: FacilityFilter, next: String?
    ) -> Page {
        let decisions: [HTML] = LoanDecision.allCases.map {
            .option($0.rawValue, words($0.phrase), isChosen: $0 == filter.decision)
        }
        let table = Table(
            columns: Self.columns, rows: found.map { row($0, in: entry.book.id) }, empty: "book.no-facilities",
            numeric: [3, 6, 8])
        return Page(
            "book.facilities", path: [top, (name(entry), address(entry.book))],
            """
            <form method="get" action="\(address(entry.book, "/facilities"))" class="filter">
            <label>\(words("book.words")) <input name="words" type="search" value="\(filter.words)"></label>
            <label>\(words("book.loan")) <input name="loan_id" value="\(filter.loanID ?? "")"></label>
            <label>\(words("book.item")) <input name="item" value="\(filter.item?.text ?? "")"></label>
            <label>\(words("book.decision")) <select name="decision"><option value="">\(words("portal.all"))</option>\(decisions)</select></label>
            <button class="quiet">\(words("project.find"))</button></form>
            \(table.html(words))
            \(words.next(next))
            """)
    }

    private func row(_ facility: FacilitySnapshot, in book: ID<BookRecord>) -> [HTML] {
        let finding = facility.finding
        let project: HTML =
            facility.projectName.isEmpty ? .none : "<br><span class=\"hint\">\(facility.projectName)</span>"
        return [
            "<a href=\"\(ReviewPages.address(book, facility.line))\">\(facility.loanID.isEmpty ? "–" : facility.loanID)</a>",
            "\(facility.borrower)", "\(facility.purpose)\(project)",
            "\(amount(facility.balance))",
            "\(words(finding.decision.phrase))\(finding.decidedBy == nil ? "" : "（\(words("review.by-person"))）")",
            "\(item(finding))",
            "\(finding.decision == .accepted ? amount(finding.green) : "–")",
            "\(facility.quality.map { words($0.phrase) } ?? "–")",
            "\(finding.share.map { share in "\(share / 10_000).\(String(share % 10_000 + 10_000).dropFirst())%" } ?? "–")",
        ]
    }

    /// The item, or of what is in doubt what it may be.
    private func item(_ finding: FacilityFinding) -> String {
        if let item = finding.item {
            let verdict = finding.verdict.map { words("explain.verdict.\($0.rawValue)") } ?? ""
            return "\(item.text) \(verdict)"
        }
        guard !finding.candidates.isEmpty else { return "–" }
        return finding.candidates.map { "\($0.item.text) \(Int(($0.probability * 100).rounded()))%" }
            .joined(separator: " · ")
    }

    func changes(_ entry: BookEntry, _ found: [FacilityChange], next: String?) -> Page {
        let table = Table(
            columns: [
                "book.loan", "book.change", "book.balance-10k", "book.was", "book.decision", "book.was", "book.item",
                "book.was",
            ],
            rows: found.map { change in
                let (after, before) = (change.after, change.before)
                let kind =
                    after == nil ? "book.change-removed" : before == nil ? "book.change-added" : "book.change-changed"
                func decision(_ facility: FacilitySnapshot?) -> String {
                    facility.map { words($0.finding.decision.phrase) } ?? "–"
                }
                return [
                    "\(change.loanID)", "\(words(kind))", "\(amount(after?.balance))", "\(amount(before?.balance))",
                    "\(decision(after))", "\(decision(before))", "\(after.map { item($0.finding) } ?? "–")",
                    "\(before.map { item($0.finding) } ?? "–")",
                ]
            }, empty: "book.no-changes", numeric: [2, 3])
        return Page(
            "book.changes", path: [top, (name(entry), address(entry.book))],
            """
            \(table.html(words))
            \(words.next(next))
            """)
    }
}
