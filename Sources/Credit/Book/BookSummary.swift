import Vocabulary

/// What a book adds up to, small enough to stand in a list of books.
public struct BookSummary: Sendable, Hashable {
    public var rows = 0
    public var balance: Int128 = 0
    public var rowsWithWarnings = 0
    /// By what became of the rows; those that the older edition judges are among them.
    public var decisions: [LoanDecision: LoanSum] = [:]
    /// The green loans under the standard itself.
    public var aligned = LoanSum()
    public var eligible = LoanSum()
    /// Those that its predecessor judges: never added to the others.
    public var olderAligned = LoanSum()
    public var olderEligible = LoanSum()
    /// The loans' shares of yearly benefits by the indicator's id, of both editions.
    public var benefits: [String: Double] = [:]

    public init() {}

    /// - Parameters:
    ///   - totals: Of the loans that the standard judges.
    ///   - older: Of those that its predecessor judges.
    public init(_ totals: BookTotals, older: BookTotals) {
        rowsWithWarnings = totals.rowsWithWarnings + older.rowsWithWarnings
        for part in [totals, older] {
            for (decision, sum) in part.decisions {
                decisions[decision, default: LoanSum()] += sum
                rows += sum.rows
                balance += sum.fen
            }
            for (position, indicator) in part.indicators.enumerated() {
                let values = [part.green.alignedBenefits[position], part.green.eligibleBenefits[position]]
                for value in values.compactMap({ $0 }) { benefits[indicator.id, default: 0] += value }
            }
        }
        (aligned, eligible) = (totals.green.aligned, totals.green.eligible)
        (olderAligned, olderEligible) = (older.green.aligned, older.green.eligible)
    }

    /// The green loans of both editions.
    public var green: LoanSum { aligned + eligible + olderAligned + olderEligible }
}

/// What a book says otherwise than the one that it replaces.
public struct BookChanges: Sendable, Hashable {
    /// Facilities that only the new book has, and only the old one.
    public var added = LoanSum()
    public var removed = LoanSum()
    /// Facilities of both of which something is stated otherwise, or is found otherwise.
    public var changed = 0
    /// New balances less old ones, over the changed facilities, in fen.
    public var balanceDifference: Int128 = 0
    /// New green parts less old ones, over all facilities, in fen.
    public var greenDifference: Int128 = 0

    public init() {}

    public var isEmpty: Bool { added.rows == 0 && removed.rows == 0 && changed == 0 }
}

extension LoanSum {
    public init(rows: Int, fen: Int128) {
        self.rows = rows
        self.fen = fen
    }

    public static func + (left: LoanSum, right: LoanSum) -> LoanSum {
        LoanSum(rows: left.rows + right.rows, fen: left.fen + right.fen)
    }

    public static func += (left: inout LoanSum, right: LoanSum) { left = left + right }
}

extension LoanSum {
    /// `{"rows": 3, "balance": "12300"}`, the balance in fen.
    public var json: JSONValue { ["rows": .integer(Int64(rows)), "balance": .string(String(fen))] }

    /// Reads what `json` writes; nil for anything else.
    public init?(json: JSONValue?) {
        guard let rows = json?["rows"]?.integer, let fen = json?["balance"]?.text.flatMap({ Int128($0) }) else {
            return nil
        }
        self.init(rows: Int(rows), fen: fen)
    }
}

extension BookSummary {
    /// For the store and the API: sums as strings of fen.
    public var json: JSONValue {
        [
            "rows": .integer(Int64(rows)), "balance": .string(String(balance)),
            "rows_with_warnings": .integer(Int64(rowsWithWarnings)),
            "decisions": .object(
                Dictionary(
                    uniqueKeysWithValues: LoanDecision.allCases.map {
                        ($0.rawValue, (decisions[$0] ?? LoanSum()).json)
                    })),
            "aligned": aligned.json, "eligible": eligible.json, "older_aligned": olderAligned.json,
            "older_eligible": olderEligible.json, "benefits": .object(benefits.mapValues { JSONValue(figure: $0) }),
        ]
    }

    /// Reads what `json` writes; nil for anything else.
    public init?(json: JSONValue) {
        guard let rows = json["rows"]?.integer, let balance = json["balance"]?.text.flatMap({ Int128($0) }),
            let warned = json["rows_with_warnings"]?.integer, case .object(let parts)? = json["decisions"],
            let aligned = LoanSum(json: json["aligned"]), let eligible = LoanSum(json: json["eligible"]),
            let olderAligned = LoanSum(json: json["older_aligned"]),
            let olderEligible = LoanSum(json: json["older_eligible"]), case .object(let benefits)? = json["benefits"]
        else { return nil }
        (self.rows, self.balance, rowsWithWarnings) = (Int(rows), balance, Int(warned))
        (self.aligned, self.eligible) = (aligned, eligible)
        (self.olderAligned, self.olderEligible) = (olderAligned, olderEligible)
        for (name, part) in parts {
            guard let decision = LoanDecision(rawValue: name), let sum = LoanSum(json: part) else { return nil }
            if sum.rows > 0 { decisions[decision] = sum }
        }
        for (id, value) in benefits {
            guard let figure = value.figure else { return nil }
            self.benefits[id] = figure
        }
    }
}

extension BookChanges {
    /// For the store and the API: sums as strings of fen.
    public var json: JSONValue {
        [
            "added": added.json, "removed": removed.json, "changed": .integer(Int64(changed)),
            "balance_difference": .string(String(balanceDifference)),
            "green_difference": .string(String(greenDifference)),
        ]
    }

    /// Reads what `json` writes; nil for anything else.
    public init?(json: JSONValue) {
        guard let added = LoanSum(json: json["added"]), let removed = LoanSum(json: json["removed"]),
            let changed = json["changed"]?.integer,
            let balance = json["balance_difference"]?.text.flatMap({ Int128($0) }),
            let green = json["green_difference"]?.text.flatMap({ Int128($0) })
        else { return nil }
        (self.added, self.removed, self.changed) = (added, removed, Int(changed))
        (balanceDifference, greenDifference) = (balance, green)
    }
}
