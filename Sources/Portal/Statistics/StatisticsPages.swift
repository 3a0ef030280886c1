import Access
import Impact
import Platform
import Reporting
import Standards
import Statistics
import Vocabulary

/// The sums of all books that the viewer may see.
struct StatisticsPages: Sendable {
    let frame: Frame
    let platform: Platform

    private var words: Words { frame.words }

    func answer(_ answer: StatisticsAnswer, asked: [String: String]) -> Page {
        guard let period = answer.period else {
            return Page("statistics.title", "<p class=\"empty\">\(words("statistics.none"))</p>")
        }
        return Page(
            "statistics.title",
            """
            <p>\(words("statistics.what"))</p>
            \(form(answer, asked))
            <h2>\(words("statistics.title-of", ["period": period.description,
                "by": words(answer.question.by.phrase)]))</h2>
            <p role="status">\(words("statistics.counted", ["counted": String(answer.counted),
                "missing": String(answer.missing.count), "period": period.description]))</p>
            <p class="hint">\(words("statistics.not-added"))</p>
            \(table(answer))
            <p><a href="\(Self.address("/statistics/sheet", asked, [:]))">\(words("statistics.download"))</a></p>
            <p><a href="/overfinancings?period=\(period.description)">\(words("overfinancing.title"))</a> ·
            <a href="/borrowers">\(words("exposure.borrower"))</a></p>
            \(publishing(period))
            \(benefits(answer))
            \(missing(answer))
            """)
    }

    /// An address with some values of the query put otherwise; nil takes one out.
    static func address(_ path: String, _ asked: [String: String], _ changes: [String: String?]) -> String {
        let values = asked.merging(changes.compactMapValues { $0 }) { _, new in new }
            .filter { name, _ in changes[name].map { $0 != nil } ?? true }
        return path + "?" + PercentEncoding.query(values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    // MARK: Asking

    private func form(_ answer: StatisticsAnswer, _ asked: [String: String]) -> HTML {
        let groupings: [HTML] = CubeGrouping.allCases.map {
            .option($0.rawValue, words($0.phrase), isChosen: $0 == answer.question.by)
        }
        let periods: [HTML] = answer.periods.map {
            .option($0.description, $0.description, isChosen: $0 == answer.period)
        }
        let kept: [HTML] = asked.filter { $0.key != "by" && $0.key != "period" }.sorted { $0.key < $1.key }.map {
            "<input type=\"hidden\" name=\"\($0.key)\" value=\"\($0.value)\">"
        }
        let chosen: [HTML] = asked.filter { $0.key != "by" && $0.key != "period" }.sorted { $0.key < $1.key }.map {
            """
            <li>\(words(Self.phrase(of: $0.key))) \($0.value == StatisticsQuestion.notStated
                ? words("statistics.not-stated") : $0.value)
            <a href="\(Self.address("/statistics", asked, [$0.key: nil]))">\(words("statistics.without"))</a></li>
            """
        }
        return """
            <form method="get" action="/statistics" class="filter">\(kept)
            <label>\(words("statistics.month")) <select name="period">\(periods)</select></label>
            <label>\(words("statistics.by")) <select name="by">\(groupings)</select></label>
            <button class="quiet">\(words("project.find"))</button></form>
            \(chosen.isEmpty ? .none : "<ul class=\"summary\">\(chosen)</ul>" as HTML)
            """
    }

    /// The key of what a value of the query is.
    private static func phrase(of name: String) -> String {
        CubeDimension(rawValue: name)?.phrase ?? (name == "lender" ? "statistics.of-lender" : "statistics.of-standard")
    }

    // MARK: The table

    private func table(_ answer: StatisticsAnswer) -> HTML {
        var columns = [
            answer.question.by.column, "statistics.edition", "statistics.green-loans",
            "statistics.green-10k", "statistics.aligned-10k",
        ]
        if answer.hasAllLoans { columns += ["statistics.all-10k", "statistics.share", "statistics.in-doubt-10k"] }
        let isSeries = answer.question.by == .month
        if !isSeries { columns += ["statistics.since-month", "statistics.since-year"] }
        var rows: [[HTML]] = []
        for row in answer.rows {
            let title = title(of: row, answer)
            let link: HTML? = further(row, answer).map { "<a href=\"\($0)\">\(title)</a>" }
            rows += lines(row, answer, names: [link ?? "\(title)", "\(title)"])
        }
        let total: HTML = "<strong>\(words("statistics.total"))</strong>"
        if !isSeries { rows += lines(answer.total, answer, names: [total, total]) }
        return Table(
            columns: columns, rows: rows, empty: "statistics.no-rows", numeric: Set(2..<columns.count)
        ).html(words)
    }

    /// - Parameter names: Of the first line, with the way further, and of the others.
    private func lines(_ row: StatisticsRow, _ answer: StatisticsAnswer, names: [HTML]) -> [[HTML]] {
        row.inOrder.enumerated().map { position, part in
            let (standard, figures) = part
            let sum = figures.sum
            var cells: [HTML] = [
                names[min(position, 1)], "\(edition(standard))", "\(sum.green.rows)", "\(amount(sum.green.fen))",
                "\(amount(sum.aligned.fen))",
            ]
            if answer.hasAllLoans {
                cells += [
                    "\(amount(sum.loans.fen))", "\(percent(sum.greenShare))", "\(amount(sum.inDoubt.fen))",
                ]
            }
            if answer.question.by != .month {
                cells += [
                    "\(growth(sum.growth(since: figures.monthEarlier)))",
                    "\(growth(sum.growth(since: figures.yearEarlier)))",
                ]
            }
            return cells
        }
    }

    private func edition(_ standard: String) -> String {
        platform.library.pack(standard)?.name[words.language] ?? standard
    }

    private func percent(_ part: Double?) -> String {
        part.map { CellText.decimal($0 * 100, digits: 2, grouped: false) + "%" } ?? "–"
    }

    private func growth(_ part: Double?) -> String {
        part.map { ($0 > 0 ? "+" : "") + percent($0) } ?? "–"
    }

    /// The name of a line, with its code where it has one.
    private func title(of row: StatisticsRow, _ answer: StatisticsAnswer) -> String {
        let by = answer.question.by
        let name = platform.name(of: row, by: by, in: words.language) ?? row.value
        let code = by == .lender || name == row.value || row.value.isEmpty ? "" : row.value + " "
        return code + name
    }

    /// What the line is made of: its month by lender, its chapter by item, its place by chapter.
    private func further(_ row: StatisticsRow, _ answer: StatisticsAnswer) -> String? {
        var asked: [String: String] = ["period": answer.period?.description ?? ""]
        for (dimension, value) in answer.question.filters {
            asked[dimension.rawValue] = value.isEmpty ? StatisticsQuestion.notStated : value
        }
        asked["lender"] = answer.question.lender?.text
        asked["standard"] = answer.question.standard
        let value = row.value.isEmpty ? StatisticsQuestion.notStated : row.value
        let changes: [String: String]? =
            switch answer.question.by {
            case .month: ["period": row.value, "by": "chapter"]
            case .lender: ["lender": row.value, "by": "chapter"]
            case .chapter: row.standard.map { ["chapter": row.value, "standard": $0, "by": "item"] }
            case .province: row.value.isEmpty ? nil : ["region": value, "by": "prefecture"]
            case .prefecture: row.value.isEmpty ? nil : ["region": value, "by": "region"]
            case .region: ["region": value, "by": "chapter"]
            case .industry: ["industry": value, "by": "chapter"]
            case .size: ["size": value, "by": "chapter"]
            case .item, .mark, .quality: nil
            }
        guard let changes else { return nil }
        // Only what the sums are kept by together.
        let dimensions = Set((Array(asked.keys) + Array(changes.keys)).compactMap(CubeDimension.init(rawValue:)))
            .union(changes["by"].flatMap(CubeGrouping.init(rawValue:))?.dimension.map { [$0] } ?? [])
        guard CubeFace.holding(dimensions) != nil else { return nil }
        return Self.address("/statistics", asked, changes.mapValues { $0 })
    }

    // MARK: Beside it

    /// The ways to publishing the month, for each supervisor that the viewer acts for.
    private func publishing(_ period: ReportingPeriod) -> HTML {
        let homes = frame.viewer?.grants(for: .publishStatistics).map(\.organisation) ?? []
        let links: [HTML] = homes.map {
            "<p><a href=\"\(ReleasePages.address(of: $0, period))\">\(words("release.draft"))</a></p>"
        }
        return "\(links)"
    }

    private func benefits(_ answer: StatisticsAnswer) -> HTML {
        let indicators = platform.library.indicators
        let rows: [[HTML]] = answer.total.inOrder.flatMap { standard, figures in
            indicators.compactMap { indicator -> [HTML]? in
                guard let benefit = figures.benefits[indicator.id] else { return nil }
                func figure(_ value: Double) -> HTML { "\(CellText.decimal(value, digits: 2, grouped: true))" }
                return [
                    "\(indicator.name[words.language])", "\(edition(standard))",
                    figure(benefit.aligned + benefit.eligible),
                    figure(benefit.aligned), "\(indicator.unit.symbol)",
                ]
            }
        }
        guard !rows.isEmpty else { return .none }
        let columns = [
            "statistics.indicator", "statistics.edition", "statistics.benefit", "statistics.benefit-aligned",
            "statistics.unit",
        ]
        return """
            <h2>\(words("statistics.benefits"))</h2>
            \(Table(columns: columns, rows: rows, empty: "statistics.no-rows", numeric: [2, 3]).html(words))
            """
    }

    private func missing(_ answer: StatisticsAnswer) -> HTML {
        guard !answer.missing.isEmpty else { return .none }
        let names: [HTML] = answer.missing.map { "<li>\($0.name)</li>" }
        return """
            <details><summary>\(words("statistics.missing", ["count": String(answer.missing.count)]))</summary>
            <ul>\(names)</ul></details>
            """
    }
}
