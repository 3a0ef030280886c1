import Assessment
import Credit
import Impact
import Library
import Standards
import Vocabulary

/// Makes a statement from an assessed book.
public struct StatementBuilder: Sendable {
    let book: AssessedBook
    let library: RuleLibrary
    let words: StatementWords
    var totals: BookTotals { book.totals }

    public init(book: AssessedBook, library: RuleLibrary) {
        self.book = book
        self.library = library
        words = StatementWords(phrasebook: library.phrasebook)
    }

    public func statement() -> Statement {
        Statement(
            title: words("title"),
            subtitle: words(
                "subtitle", ["date": book.asOf.description, "id": book.pack.id],
                bilingual: ["standard": book.pack.name]),
            summary: summary,
            tables: [
                benefits, byChapter, byItem, byMark, byRegion, bySize, byQuality, decisions, byOtherStandard,
                olderDecisions, olderByItem, gaps, methods, factors, columns, versions,
            ],
            assumptions: assumptions, openedLoans: book.examples.map(opened), bars: charts)
    }

    // MARK: Single figures

    private var summary: StatementTable {
        let assessed = totals.assessed
        func decision(_ decision: LoanDecision) -> LoanSum { totals.decisions[decision] ?? LoanSum() }
        let share = assessed.fen == 0 ? 0 : Double(totals.green.fen) / Double(assessed.fen) * 100
        let lines: [(String, StatementCell)] = [
            ("rows_in", .integer(totals.rowsIn + book.olderTotals.rowsIn)),
            ("rows_accepted", .integer(totals.acceptedRows + book.olderTotals.acceptedRows)),
            ("rows_rejected", .integer(totals.rejectedRows)),
            ("balance_assessed_yuan", .money(assessed.fen)),
            ("green_rows", .integer(totals.green.rows)),
            ("green_balance_yuan", .money(totals.green.fen)),
            ("aligned_balance_yuan", .money(totals.green.aligned.fen)),
            ("eligible_balance_yuan", .money(totals.green.eligible.fen)),
            ("green_share_pct", .percent(share)),
            ("review_rows", .integer(decision(.review).rows)),
            ("review_balance_yuan", .money(decision(.review).fen)),
            ("not_green_rows", .integer(decision(.notGreen).rows)),
            ("unassessed_rows", .integer(decision(.unassessed).rows)),
            ("unassessed_balance_yuan", .money(decision(.unassessed).fen)),
            ("older_rows", .integer(book.olderTotals.acceptedRows)),
            ("older_balance_yuan", .money(book.olderTotals.assessed.fen)),
            ("older_green_rows", .integer(book.olderTotals.green.rows)),
            ("older_green_balance_yuan", .money(book.olderTotals.green.fen)),
            ("rows_with_warnings", .integer(totals.rowsWithWarnings + book.olderTotals.rowsWithWarnings)),
        ]
        return StatementTable(
            id: "summary", title: words("table.summary"), columns: words.columns("figure", "value"),
            rows: lines.map { [.bilingual(words("figure.\($0.0)")), $0.1] }, ids: lines.map(\.0))
    }

    // MARK: Totals

    var groupColumns: [StatementColumn] {
        words.columns(
            "rows", "balance_yuan", "aligned_yuan", "eligible_yuan", "share_of_green_pct", "aligned_rows",
            "eligible_rows")
            + totals.indicators.filter(\.national).flatMap { indicator in
                [
                    StatementColumn(
                        id: indicator.id,
                        title: BilingualText(
                            zh: "\(indicator.name.zh) (\(indicator.unit.symbol))",
                            en: "\(indicator.name.en) (\(indicator.unit.symbol))"))
                ]
            }
    }

    func cells(_ sum: GreenSum, of whole: BookTotals) -> [StatementCell] {
        let share = whole.green.fen == 0 ? 0 : Double(sum.fen) / Double(whole.green.fen) * 100
        var cells: [StatementCell] = [
            .integer(sum.rows), .money(sum.fen), .money(sum.aligned.fen), .money(sum.eligible.fen), .percent(share),
            .integer(sum.aligned.rows), .integer(sum.eligible.rows),
        ]
        for (position, indicator) in totals.indicators.enumerated() where indicator.national {
            cells.append(Self.sum(sum.alignedBenefits[position], sum.eligibleBenefits[position]))
        }
        return cells
    }

    private static func sum(_ a: Double?, _ b: Double?) -> StatementCell {
        guard a != nil || b != nil else { return .empty }
        return .decimal((a ?? 0) + (b ?? 0), digits: 2)
    }

    private func table(
        _ id: String, _ keyColumns: [StatementColumn], _ groups: [(key: [StatementCell], sum: GreenSum)],
        note: BilingualText? = nil
    ) -> StatementTable {
        StatementTable(
            id: id, title: words("table.\(id)"), note: note, columns: keyColumns + groupColumns,
            rows: groups.map { $0.key + cells($0.sum, of: totals) })
    }

    private var byItem: StatementTable {
        let groups = totals.byItem.sorted { $0.key < $1.key }.map { position, sum in
            let item = book.pack.items[position]
            return (key: [StatementCell.text(item.code.text), .bilingual(item.name)], sum: sum)
        }
        return table("by_item", words.columns("code", "name"), groups)
    }

    private var byChapter: StatementTable {
        var sums: [String: GreenSum] = [:]
        for (position, sum) in totals.byItem {
            let chapter = book.pack.items[position].code.chapter
            sums[chapter, default: GreenSum(indicators: totals.indicators.count)].add(sum)
        }
        let groups = book.pack.chapters.compactMap { heading in
            sums[heading.code].map { (key: [StatementCell.text(heading.code), .bilingual(heading.name)], sum: $0) }
        }
        return table("by_chapter", words.columns("code", "name"), groups)
    }

    private var byMark: StatementTable {
        let order: [Mark?] = [.direct, .enabling, .transitional, Mark.none, nil]
        let groups = order.compactMap { mark in
            totals.byMark[mark].map { sum in
                let id = mark?.rawValue ?? "undetermined"
                return (key: [StatementCell.text(id), .bilingual(words("mark.\(id)"))], sum: sum)
            }
        }
        return table("by_mark", words.columns("code", "name"), groups, note: words("note.mark"))
    }

    private var byRegion: StatementTable {
        let groups = totals.byRegion.sorted { ($0.key?.number ?? .max) < ($1.key?.number ?? .max) }.map { code, sum in
            (
                key: [
                    code.map { StatementCell.text($0.description) } ?? .empty,
                    code.map { .text(regionName($0)) } ?? .bilingual(words("unknown")),
                ], sum: sum
            )
        }
        return table("by_region", words.columns("code", "name"), groups, note: words("note.region"))
    }

    func regionName(_ code: RegionCode) -> String {
        let path = library.regions.path(to: code).filter { $0.status != .aggregate }
        return path.isEmpty ? code.description : path.map(\.name).joined()
    }

    private var bySize: StatementTable {
        let order: [BorrowerSize?] = BorrowerSize.allCases + [nil]
        let groups = order.compactMap { size in
            totals.bySize[size].map { sum in
                let id = size?.rawValue
                return (
                    key: [
                        StatementCell.text(id ?? ""), .bilingual(id.map { words("size.\($0)") } ?? words("unknown")),
                    ],
                    sum: sum
                )
            }
        }
        return table("by_borrower_size", words.columns("code", "name"), groups)
    }

    private var byQuality: StatementTable {
        let order: [LoanQuality?] = LoanQuality.allCases + [nil]
        let groups = order.compactMap { quality in
            totals.byQuality[quality].map { sum in
                let id = quality?.rawValue
                return (
                    key: [
                        StatementCell.text(id ?? ""), .bilingual(id.map { words("quality.\($0)") } ?? words("unknown")),
                    ], sum: sum
                )
            }
        }
        return table("by_quality", words.columns("code", "name"), groups)
    }

    private var decisions: StatementTable {
        decisionTable("decisions", totals, title: words("table.decisions"), note: words("note.decisions"))
    }

    func decisionTable(
        _ id: String, _ totals: BookTotals, title: BilingualText, note: BilingualText
    ) -> StatementTable {
        StatementTable(
            id: id, title: title, note: note,
            columns: words.columns("code", "name", "rows", "balance_yuan"),
            rows: LoanDecision.allCases.map { decision in
                let sum = totals.decisions[decision] ?? LoanSum()
                return [
                    .text(decision.rawValue), .bilingual(words("decision.\(decision.rawValue)")), .integer(sum.rows),
                    .money(sum.fen),
                ]
            })
    }

    // MARK: Benefits

    private var benefits: StatementTable {
        StatementTable(
            id: "benefits", title: words("table.benefits"), note: words("note.benefits"),
            columns: words.columns("indicator", "name", "unit", "aligned", "eligible", "total"),
            rows: totals.indicators.enumerated().compactMap { position, indicator in
                let aligned = totals.green.alignedBenefits[position]
                let eligible = totals.green.eligibleBenefits[position]
                guard indicator.national || aligned != nil || eligible != nil else { return nil }
                return [
                    .text(indicator.id), .bilingual(indicator.name), .text(indicator.unit.symbol),
                    Self.sum(aligned, nil), Self.sum(nil, eligible), Self.sum(aligned, eligible),
                ]
            })
    }

    private var gaps: StatementTable {
        StatementTable(
            id: "benefit_gaps", title: words("table.benefit_gaps"),
            columns: words.columns("code", "name", "rows", "balance_yuan"),
            rows: BenefitGap.allCases.compactMap { gap in
                totals.gaps[gap].map { sum in
                    [
                        .text(gap.rawValue), .bilingual(words("gap.\(gap.rawValue)")), .integer(sum.rows),
                        .money(sum.fen),
                    ]
                }
            })
    }
}

extension StatementTable {
    /// A table of single figures whose rows have names in JSON.
    init(id: String, title: BilingualText, columns: [StatementColumn], rows: [[StatementCell]], ids: [String]) {
        self.init(
            id: id, title: title, columns: [StatementColumn(id: "id", title: BilingualText("id"))] + columns,
            rows: zip(ids, rows).map { [.text($0)] + $1 })
    }
}
