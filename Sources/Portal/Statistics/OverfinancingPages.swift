import Access
import Platform
import Reporting
import Store
import Vocabulary

/// The projects for which more is out than they cost.
struct OverfinancingPages: Sendable {
    let frame: Frame
    let regions: RegionTable

    private var words: Words { frame.words }

    static func address(_ id: ID<OverfinancingRecord>) -> String { "/overfinancings/\(id.text)" }

    func list(_ entries: [OverfinancingEntry], period: String, next: String?) -> Page {
        let table = Table(
            columns: [
                "book.period", "overfinancing.project", "overfinancing.seen-10k", "overfinancing.whole-10k",
                "overfinancing.cost-10k", "overfinancing.lenders",
            ],
            rows: entries.map { entry in
                [
                    "\(entry.period.description)",
                    """
                    <a href="\(Self.address(entry.id))">\(entry.project.isEmpty ? "–" : entry.project)</a>\
                    <br><span class="hint">\(entry.borrower)</span>
                    """,
                    "\(amount(seen(entry)))", "\(amount(entry.whole?.balance))", "\(amount(entry.whole?.cost))",
                    "\(lenders(entry))",
                ]
            }, empty: "overfinancing.none", numeric: [2, 3, 4])
        return Page(
            "overfinancing.title", path: [(words("statistics.title"), "/statistics")],
            """
            <p>\(words("overfinancing.what"))</p>
            <form method="get" action="/overfinancings" class="filter">
            <label>\(words("statistics.month")) <input name="period" type="month" value="\(period)"></label>
            <button class="quiet">\(words("project.find"))</button></form>
            \(table.html(words))
            \(words.next(next))
            """)
    }

    func one(_ entry: OverfinancingEntry, _ loans: [OverfinancingLoans]) -> Page {
        let parts: [HTML] = loans.map { part in
            let table = Table(
                columns: ["book.loan", "book.borrower", "book.purpose", "book.balance-10k", "overfinancing.cost-10k"],
                rows: part.loans.map { loan in
                    [
                        "<a href=\"\(ReviewPages.address(part.part.book, loan.line))\">\(loan.loanID.isEmpty ? "–" : loan.loanID)</a>",
                        "\(loan.borrower)", "\(loan.purpose)", "\(amount(loan.balance))",
                        "\(amount(loan.totalInvestment))",
                    ]
                }, empty: "overfinancing.none", numeric: [3, 4])
            return """
                <h2>\(part.part.lender) · \(amount(part.part.balance))</h2>
                \(table.html(words))
                """
        }
        return Page(
            "overfinancing.one",
            path: [
                (words("statistics.title"), "/statistics"), (words("overfinancing.title"), "/overfinancings"),
            ],
            """
            <p><strong>\(entry.project)</strong> · \(entry.borrower) · \(entry.period.description)</p>
            \(summary(entry))
            \(parts)
            """)
    }

    private func summary(_ entry: OverfinancingEntry) -> HTML {
        guard let whole = entry.whole else {
            return """
                <p>\(words(entry.hasOthers ? "overfinancing.with-others" : "overfinancing.alone"))</p>
                <p>\(words("overfinancing.what-to-do"))</p>
                """
        }
        let places = whole.provinces.map { regions.region($0)?.name ?? $0.description }.joined(separator: " · ")
        let elsewhere: HTML =
            entry.hasOthers
            ? "<li>\(words("overfinancing.elsewhere", ["amount": amount(whole.elsewhere), "places": places]))</li>"
            : .none
        let project: HTML =
            whole.libraryProject.map {
                "<li><a href=\"/projects/\($0.text)\">\(words("overfinancing.library"))</a></li>"
            } ?? .none
        return """
            <ul class="summary"><li>\(words("overfinancing.whole-10k")) \(amount(whole.balance))</li>
            <li>\(words("overfinancing.cost-10k")) \(amount(whole.cost))</li>
            <li>\(words("overfinancing.excess-10k")) \(amount(whole.balance - Int128(whole.cost.fen)))</li>
            <li>\(words("overfinancing.lenders")) \(whole.lenders)</li>\(elsewhere)\(project)</ul>
            """
    }

    private func seen(_ entry: OverfinancingEntry) -> Int128 { entry.parts.reduce(0) { $0 + $1.balance } }

    private func lenders(_ entry: OverfinancingEntry) -> String {
        if let whole = entry.whole { return String(whole.lenders) }
        return words(entry.hasOthers ? "overfinancing.and-others" : "overfinancing.own-alone")
    }
}
