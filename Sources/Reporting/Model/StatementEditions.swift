import Assessment
import Credit
import Standards
import Vocabulary

/// What other standards say of the book: the edition that earlier loans follow, which stands apart and is never added to the
/// rest, and the further standards that were asked for.
extension StatementBuilder {
    /// All loans that the older edition judges; without rows where there is none.
    var olderDecisions: StatementTable {
        let table = decisionTable(
            "older_decisions", book.olderTotals, title: words("table.older_decisions"),
            note: words("note.older_decisions"))
        guard book.olderTotals.acceptedRows == 0 else { return table }
        return StatementTable(id: table.id, title: table.title, note: table.note, columns: table.columns, rows: [])
    }

    /// The older edition's green loans by its own items.
    var olderByItem: StatementTable {
        let items = book.predecessor?.items ?? []
        return StatementTable(
            id: "older_by_item", title: words("table.older_by_item"),
            note: words("note.older_by_item", ["standard": book.predecessor?.id ?? "–"]),
            columns: words.columns("code", "name") + groupColumns,
            rows: book.olderTotals.byItem.sorted { $0.key < $1.key }.map { position, sum in
                [.text(items[position].code.text), .bilingual(items[position].name)]
                    + cells(sum, of: book.olderTotals)
            })
    }

    /// The green loans by the verdict of each further standard.
    var byOtherStandard: StatementTable {
        var rows: [[StatementCell]] = []
        for (number, pack) in book.further.enumerated() {
            for kind in VerdictKind.allCases {
                guard let sum = totals.byOtherStandard[number][kind] else { continue }
                rows.append([
                    .text(pack.id), .bilingual(pack.name), .bilingual(words("verdict.\(kind.rawValue)")),
                    .integer(sum.rows), .money(sum.fen),
                ])
            }
        }
        return StatementTable(
            id: "by_other_standard", title: words("table.by_other_standard"), note: words("note.by_other_standard"),
            columns: words.columns("code", "name", "verdict", "rows", "balance_yuan"), rows: rows)
    }
}
