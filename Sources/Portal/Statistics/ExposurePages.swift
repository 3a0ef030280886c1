import Access
import Platform
import Projects
import Store
import Vocabulary

/// Loans month by month, and what all lenders have out to a borrower or for a project.
struct ExposurePages: Sendable {
    let frame: Frame

    private var words: Words { frame.words }
    private var books: BookPages { BookPages(frame: frame, indicators: []) }

    static func address(ofBorrower borrower: String) -> String {
        "/borrowers?" + PercentEncoding.query([("borrower", borrower)])
    }

    /// One loan in all months.
    func months(_ entry: BookEntry, _ months: [FacilityMonth]) -> Page {
        let table = Table(
            columns: [
                "book.period", "book.balance-10k", "book.decision", "book.item", "book.green-10k", "book.quality",
            ],
            rows: months.map { month in
                let (facility, finding) = (month.facility, month.facility.finding)
                return [
                    "<a href=\"\(ReviewPages.address(month.book, facility.line))\">\(month.period.description)</a>",
                    "\(amount(facility.balance))", "\(words(finding.decision.phrase))", "\(finding.item?.text ?? "–")",
                    "\(finding.decision == .accepted ? amount(finding.green) : "–")",
                    "\(facility.quality.map { words($0.phrase) } ?? "–")",
                ]
            }, empty: "exposure.no-months", numeric: [1, 4])
        let facility = months.first?.facility
        return Page(
            "exposure.months",
            path: [books.top, (books.name(entry), books.address(entry.book))],
            """
            <p class="lead">\(facility?.loanID ?? "") · \(facility?.borrower ?? "")</p>
            \(table.html(words))
            """)
    }

    /// What lenders have out to a borrower; nil where nobody was asked for yet.
    func borrower(_ account: BorrowerAccount?, asked: String) -> Page {
        let parts: [HTML] = (account?.traces ?? []).filter { !$0.exposures.isEmpty }.map { trace in
            "<h2>\(heading(trace.text))</h2>\(table(trace.exposures))"
        }
        let found: HTML =
            account == nil ? .none : parts.isEmpty ? "<p class=\"empty\">\(words("exposure.none"))</p>" : "\(parts)"
        return Page(
            "exposure.borrower", path: [(words("statistics.title"), "/statistics")],
            """
            <p>\(words("exposure.borrower-what"))</p>
            <form method="get" action="/borrowers" class="filter">
            <label>\(words("exposure.borrower-asked")) <input name="borrower" type="search" value="\(asked)"></label>
            <button class="quiet">\(words("project.find"))</button></form>
            \(found)
            """)
    }

    /// A code as it is; a name without the digits of its place, and that it stands for loans without a code.
    private func heading(_ trace: String) -> String {
        guard (try? UnifiedSocialCreditCode.parse(trace)) == nil else { return trace }
        let name = trace.drop { $0 != " " }.drop { $0 == " " }
        return words("exposure.by-name", ["name": String(name).trimmingSpaces()])
    }

    /// What lenders have out for a project of the library.
    func project(_ record: ProjectRecord, _ exposures: [ExposureLine]) -> Page {
        Page(
            "exposure.project",
            path: [
                (words("portal.projects"), "/projects"), (record.project.name, "/projects/\(record.project.id.text)"),
            ],
            """
            <p>\(words("exposure.project-what"))</p>
            \(table(exposures))
            """)
    }

    private func table(_ exposures: [ExposureLine]) -> HTML {
        Table(
            columns: [
                "book.period", "book.lender", "book.rows", "book.balance-10k", "book.green-10k", "exposure.loans",
            ],
            rows: exposures.map { line in
                let loans: [HTML] = line.lines.prefix(Self.mostLinks).map {
                    "<a href=\"\(ReviewPages.address(line.book, $0))\">\($0)</a> "
                }
                return [
                    "\(line.period.description)", "\(line.lender)", "\(line.facilities)", "\(amount(line.balance))",
                    "\(amount(line.green))", "\(loans)\(line.facilities > Self.mostLinks ? "…" : "")",
                ]
            }, empty: "exposure.none", numeric: [2, 3, 4]
        ).html(words)
    }

    private static let mostLinks = 12
}
