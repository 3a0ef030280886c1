import Assessment
import Credit
import Library
import Vocabulary

/// The few lines that a run ends with.
struct Summary {
    let book: AssessedBook
    let library: RuleLibrary
    let language: Language

    var text: String {
        let totals = book.totals
        func say(_ key: String, _ arguments: [String: String]) -> String {
            library.phrasebook.text(Message(key: "summary.\(key)", arguments: arguments), in: language)
        }
        var lines = [
            say(
                "rows",
                [
                    "in": "\(totals.rowsIn + book.olderTotals.rowsIn)",
                    "read": "\(totals.acceptedRows + book.olderTotals.acceptedRows)",
                    "rejected": "\(totals.rejectedRows)",
                ]),
            say(
                "green",
                [
                    "rows": "\(totals.green.rows)", "balance": Self.amount(totals.green.fen),
                    "aligned": Self.amount(totals.green.aligned.fen),
                    "eligible": Self.amount(totals.green.eligible.fen), "of": Self.amount(totals.assessed.fen),
                ]),
        ]
        if let review = totals.decisions[.review], review.rows > 0 {
            lines.append(say("review", ["rows": "\(review.rows)", "balance": Self.amount(review.fen)]))
        }
        if let older = totals.decisions[.unassessed], older.rows > 0 {
            lines.append(say("unassessed", ["rows": "\(older.rows)", "balance": Self.amount(older.fen)]))
        }
        let apart = book.olderTotals
        if apart.acceptedRows > 0 {
            lines.append(
                say(
                    "older",
                    [
                        "rows": "\(apart.acceptedRows)", "balance": Self.amount(apart.assessed.fen),
                        "green": Self.amount(apart.green.fen),
                    ]))
        }
        if let index = totals.indicators.firstIndex(where: { $0.id == "co2e_t" }) {
            let sum = (totals.green.alignedBenefits[index] ?? 0) + (totals.green.eligibleBenefits[index] ?? 0)
            if totals.green.alignedBenefits[index] != nil || totals.green.eligibleBenefits[index] != nil {
                var digits: [UInt8] = []
                appendDecimal(sum, fractionDigits: 0, to: &digits)
                lines.append(say("co2e", ["tonnes": String(decoding: digits, as: UTF8.self)]))
            }
        }
        return lines.joined(separator: "\n")
    }

    /// In 万元, as people say it.
    private static func amount(_ fen: Int128) -> String {
        let rounded = (fen.magnitude + 500_000) / 1_000_000
        return String(rounded)
    }
}
