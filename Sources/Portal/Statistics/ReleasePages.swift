import Access
import Credit
import Library
import Platform
import Reporting
import Standards
import Statistics
import Store
import Vocabulary

/// What supervisors publish for everybody, and the page on which they do.
struct ReleasePages: Sendable {
    let frame: Frame
    let platform: Platform

    private var words: Words { frame.words }

    static func address(_ id: ID<ReleaseRecord>) -> String { "/open/\(id.text)" }
    static func address(of organisation: ID<Organisation>, _ period: ReportingPeriod) -> String {
        "/organisations/\(organisation.text)/releases/\(period.description)"
    }

    func list(_ releases: [ReleaseRecord], next: String?) -> Page {
        let table = Table(
            columns: ["book.period", "release.publisher", "release.lenders", "release.version", "release.published"],
            rows: releases.map { release in
                [
                    "<a href=\"\(Self.address(release.id))\">\(release.period.description)</a>", "\(release.publisher)",
                    "\(release.totals.lenders)", "\(release.version)", "\(words(release.publishedAt))",
                ]
            }, empty: "release.none", numeric: [2, 3])
        return Page(
            "release.title",
            """
            <p>\(words("release.what"))</p>
            \(table.html(words))
            \(words.next(next))
            """)
    }

    func one(_ release: ReleaseRecord, versions: [ReleaseRecord], notice: Message? = nil) -> Page {
        let others: [HTML] = versions.filter { $0.id != release.id }.map { other in
            """
            <li><a href="\(Self.address(other.id))">\(words("release.version")) \(other.version)</a> \
            \(words(other.publishedAt)) \(other.reason)</li>
            """
        }
        let latest = versions.first
        let superseded: HTML =
            latest.map { $0.version > release.version } ?? false
            ? "<p class=\"notice\">\(words("release.superseded"))</p>" : .none
        return Page(
            "release.one", path: [(words("release.title"), "/open")], notice: notice,
            """
            <p class="lead">\(release.publisher) · \(release.period.description)</p>
            \(superseded)
            <p class="hint">\(words("release.version")) \(release.version) · \(words(release.publishedAt)) \
            \(release.reason)</p>
            \(totals(release.totals))
            \(others.isEmpty ? .none : "<h2>\(words("release.versions"))</h2><ul>\(others)</ul>" as HTML)
            """)
    }

    func draft(_ draft: ReleaseDraft, _ state: FormState) -> Page {
        let latest = draft.versions.first
        let reason = Field(name: "reason", label: "release.reason", isRequired: latest != nil)
        let form = Form(
            action: Self.address(of: draft.organisation.id, draft.period), fields: latest == nil ? [] : [reason],
            button: "release.publish", hidden: [("after", latest.map { String($0.version) } ?? "")])
        let out: HTML =
            latest.map {
                """
                <p><a href="\(Self.address($0.id))">\(words("release.is-out", ["version": String($0.version)]))</a>
                \(words("release.changed", ["count": String(draft.changedLenders)]))</p>
                """
            } ?? .none
        let tells: HTML =
            draft.tellsApart
            ? "<p class=\"fault\">\(words("release.tells-apart", ["lenders": String(draft.totals.rule.lenders)]))</p>"
            : .none
        let missing: HTML =
            draft.missing > 0
            ? "<p class=\"notice\">\(words("release.missing", ["count": String(draft.missing)]))</p>" : .none
        return Page(
            "release.draft", path: [(words("statistics.title"), "/statistics")],
            """
            <p class="lead">\(draft.organisation.name) · \(draft.period.description)</p>
            <p>\(words("release.draft-what"))</p>
            \(missing)\(out)\(tells)
            \(form.html(state, frame))
            \(totals(draft.totals))
            """)
    }

    // MARK: The figures

    private func totals(_ totals: PublicTotals) -> HTML {
        let editions: [HTML] = totals.editions.map(edition)
        let rule = totals.rule
        return """
            <ul class="summary"><li>\(words("release.lenders")) \(totals.lenders)</li>
            <li>\(words("statistics.all-10k")) \(figure(totals.loans?.fen))</li></ul>
            <p class="hint">\(words("release.rule", ["lenders": String(rule.lenders), "loans": String(rule.loans),
                "part": String(rule.largestPart)]))</p>
            <p class="hint">\(words("statistics.not-added"))</p>
            \(editions.isEmpty ? ["<p class=\"empty\">\(words("release.nothing-to-show"))</p>"] : editions)
            """
    }

    private func edition(_ edition: PublicTotals.Edition) -> HTML {
        let name = platform.library.pack(edition.standard)?.name[words.language] ?? edition.standard
        let tables: [HTML] = edition.tables.map { table in
            let rows: [[HTML]] = table.lines.map { line in
                let title =
                    platform.name(of: line.value, standard: edition.standard, by: table.by, in: words.language)
                    ?? line.value
                return [
                    "\(title)", "\(line.green.map { String($0.rows) } ?? words("release.withheld"))",
                    "\(figure(line.green?.fen))",
                ]
            }
            return Table(
                columns: [table.by.column, "statistics.green-loans", "statistics.green-10k"], rows: rows,
                empty: "statistics.no-rows", numeric: [1, 2]
            ).html(words)
        }
        let benefits: [[HTML]] = platform.library.indicators.compactMap { indicator in
            edition.benefits[indicator.id].map { value in
                [
                    "\(indicator.name[words.language])", "\(CellText.decimal(value, digits: 2, grouped: true))",
                    "\(indicator.unit.symbol)",
                ]
            }
        }
        let benefitTable: HTML =
            benefits.isEmpty
            ? .none
            : """
            <h3>\(words("statistics.benefits"))</h3>
            \(Table(columns: ["statistics.indicator", "statistics.benefit", "statistics.unit"], rows: benefits,
                empty: "statistics.no-rows", numeric: [1]).html(words))
            """
        return """
            <h2>\(name)</h2>
            <p>\(words("statistics.green-10k")) <strong>\(amount(edition.green.fen))</strong> · \
            \(words("statistics.green-loans")) \(edition.green.rows)</p>
            \(tables)\(benefitTable)
            """
    }

    private func figure(_ fen: Int128?) -> String { fen.map { amount($0) } ?? words("release.withheld") }
}
