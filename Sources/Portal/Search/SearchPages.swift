import Access
import Hummingbird
import Platform
import Projects
import Store
import Vocabulary
import Web

extension PortalSite {
    /// One field for all that the viewer may see.
    func addSearch(to router: WebRouter) {
        router.get("/search") { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let words = (visit.asked("words") ?? "").trimmingSpaces()
            // An id leads straight to its page, which asks for itself who may see it.
            if let place = Self.place(ofID: words) { return visit.redirect(to: place) }
            guard !words.isEmpty else {
                return visit.page(SearchPages(frame: visit.frame, platform: platform).result(nil, words: ""))
            }
            let found = try await platform.search(words, by: viewer)
            return visit.page(SearchPages(frame: visit.frame, platform: platform).result(found, words: words))
        }
    }

    private static func place(ofID text: String) -> String? {
        if let id = ID<Project>(text) { return "/projects/\(id.text)" }
        if let id = ID<BookRecord>(text) { return "/books/\(id.text)" }
        if let id = ID<Organisation>(text) { return "/organisations/\(id.text)" }
        if let id = ID<ReturnRecord>(text) { return "/returns/\(id.text)" }
        if let id = ID<OverfinancingRecord>(text) { return "/overfinancings/\(id.text)" }
        if let id = ID<ReleaseRecord>(text) { return "/open/\(id.text)" }
        return nil
    }
}

/// What was found for some words.
struct SearchPages: Sendable {
    let frame: Frame
    let platform: Platform

    private var words: Words { frame.words }

    /// - Parameter found: nil where nothing was looked for yet.
    func result(_ found: SearchResult?, words asked: String) -> Page {
        var body: HTML = """
            <form method="get" action="/search" role="search" class="filter">
            <label>\(words("search.words")) <input name="words" value="\(asked)" maxlength="\(String(Platform.longestSearch))"></label>
            <button>\(words("search.find"))</button></form>
            <p class="hint">\(words("search.what"))</p>
            """
        if let found {
            if found.isEmpty { body += "<p class=\"empty\" role=\"status\">\(words("search.nothing"))</p>" }
            body += projects(found) + loans(found) + organisations(found) + items(found)
        }
        return Page("search.title", body)
    }

    private func projects(_ found: SearchResult) -> HTML {
        section(
            "portal.projects", ["project.field.name", "project.field.owner-name", "book.state"],
            found.projects.map { line in
                [
                    "<a href=\"/projects/\(line.id.text)\">\(line.name)</a>", "\(line.ownerName)",
                    "\(words(line.status.phrase))",
                ]
            })
    }

    private func loans(_ found: SearchResult) -> HTML {
        let borrower: HTML =
            found.borrower.map {
                """
                <h2>\(words("exposure.borrower"))</h2><p><a href="\(ExposurePages.address(ofBorrower: $0))">\($0)</a></p>
                """
            } ?? .none
        return borrower
            + section(
                "search.loans", ["book.loan", "book.lender", "book.period", "book.borrower", "book.balance-10k"],
                found.loans.map { loan in
                    let facility = loan.month.facility
                    return [
                        "<a href=\"\(ReviewPages.address(loan.month.book, facility.line))\">\(facility.loanID)</a>",
                        "\(loan.lender)", "\(loan.month.period.description)", "\(facility.borrower)",
                        "\(amount(facility.balance))",
                    ]
                }, numeric: [4])
    }

    private func organisations(_ found: SearchResult) -> HTML {
        section(
            "portal.organisations", ["organisation.name", "organisation.kind"],
            found.organisations.map {
                ["<a href=\"/organisations/\($0.id.text)\">\($0.name)</a>", "\(words($0.kind.phrase))"]
            })
    }

    private func items(_ found: SearchResult) -> HTML {
        section(
            "search.items", ["search.item", "search.item-name", "statistics.edition"],
            found.items.map {
                [
                    "\($0.code.text)", "\($0.name[words.language])",
                    "\(platform.name(ofEdition: $0.standard, in: words.language))",
                ]
            })
    }

    private func section(_ title: String, _ columns: [String], _ rows: [[HTML]], numeric: Set<Int> = []) -> HTML {
        guard !rows.isEmpty else { return .none }
        let more: HTML =
            rows.count >= Platform.mostFound
            ? "<p class=\"hint\">\(words("search.more", ["count": String(Platform.mostFound)]))</p>" : .none
        return """
            <h2>\(words(title))</h2>
            \(Table(columns: columns, rows: rows, empty: "search.nothing", numeric: numeric).html(words))
            \(more)
            """
    }
}
