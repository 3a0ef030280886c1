import Credit
import Standards
import Statistics
import Vocabulary

/// What became of a loan from one book to another.
public struct FacilityFlow: Sendable, Equatable {
    /// The line in the book that it was looked for in.
    public let line: Int
    public let before: ReturnLoan?
    public let after: ReturnLoan?
}

extension FacilitySnapshots {
    /// The green loans of an assessment, with what they were in an earlier one.
    /// - Parameter line: The line of the last one of the page before.
    public func arrivals(
        in later: Int64, since earlier: Int64, after line: Int, limit: Int
    ) throws -> [FacilityFlow] {
        try flows(
            """
            FROM facility_snapshot AS n LEFT JOIN facility_snapshot AS o
                ON o.assessment = \(earlier) AND o.loan_id = n.loan_id
            WHERE n.assessment = \(later) AND n.decision = 'accepted' AND n.decision <> 'not_green' AND n.line > \(line)
            ORDER BY n.line LIMIT \(limit)
            """, line: "n.line")
    }

    /// The green loans of an assessment that a later one does not have, or not as green.
    /// - Parameter line: The line of the last one of the page before.
    public func departures(
        from earlier: Int64, until later: Int64, after line: Int, limit: Int
    ) throws -> [FacilityFlow] {
        try flows(
            """
            FROM facility_snapshot AS o LEFT JOIN facility_snapshot AS n
                ON n.assessment = \(later) AND n.loan_id = o.loan_id
            WHERE o.assessment = \(earlier) AND o.decision = 'accepted' AND o.decision <> 'not_green' AND o.line > \(line)
                AND (n.loan_id IS NULL OR n.decision <> 'accepted')
            ORDER BY o.line LIMIT \(limit)
            """, line: "o.line")
    }

    private static let flowColumns = [
        "loan_id", "decision", "standard", "item", "industry", "quality", "mark", "verdict", "balance", "green",
        "amount",
        "issued_on", "matures_on",
    ]

    private func flows(_ rest: SQL, line: SQL) throws -> [FacilityFlow] {
        let columns = ["o", "n"].flatMap { table in
            Self.flowColumns.map { SQL(stringLiteral: "\(table).\($0) AS \(table)_\($0)") }
        }
        return try transaction.rows("SELECT \(line) AS line, \(SQL.joined(columns, by: ", ")) \(rest)").map { row in
            FacilityFlow(line: try row("line"), before: try Self.loan(row, "o_"), after: try Self.loan(row, "n_"))
        }
    }

    private static func loan(_ row: Row, _ prefix: String) throws -> ReturnLoan? {
        func value<Value: SQLConvertible>(_ name: String) throws(StoreFault) -> Value { try row(prefix + name) }
        guard try row(prefix + "loan_id", as: String?.self) != nil else { return nil }
        let (decision, item): (LoanDecision, ItemCode?) = (try value("decision"), try value("item"))
        var key: ReturnKey?
        if decision == .accepted, let item {
            let industry: IndustryCode? = try value("industry")
            let verdict: VerdictKind? = try value("verdict")
            key = ReturnKey(
                standard: try value("standard"), item: item, industry: industry?.section,
                quality: try value("quality"), mark: try value("mark"), isAligned: verdict == .aligned)
        }
        return ReturnLoan(
            key: key, balance: try value("balance"), green: try value("green"), amount: try value("amount"),
            issuedOn: try value("issued_on"), maturesOn: try value("matures_on"))
    }
}
