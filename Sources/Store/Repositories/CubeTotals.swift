import Access
import Statistics
import Vocabulary

/// What the books of a month that count come to, place by place: kept in the same transactions in which books begin and cease to count.
extension Cube {
    /// Lets the cells of an assessment count for where its lender sits, in place of those of an earlier one.
    ///
    /// In one statement and in the order of the key, so that two transactions which count books of one place wait for each other and
    /// never for themselves.
    /// - Parameters:
    ///   - added: nil where nothing comes in place.
    ///   - removed: The one that counted so far; nil for none.
    public func count(
        _ added: Int64?, insteadOf removed: Int64?, at region: RegionCode, in period: ReportingPeriod
    ) throws(StoreFault) {
        let (new, old) = (added ?? 0, removed ?? 0)
        let money: [SQL] = ["balance", "aligned", "eligible", "in_doubt"]
        let counts: [SQL] = ["loans", "aligned_loans", "eligible_loans", "in_doubt_loans"]
        let sums: [SQL] =
            counts.map { "SUM(sign * \($0)) AS \($0)" }
            + money.flatMap { name -> [SQL] in
                [
                    "SUM(sign * (\(name) / \(WideSum.part))) AS \(name)_high",
                    "SUM(sign * (\(name) % \(WideSum.part))) AS \(name)_low",
                ]
            }
        try roll(
            "cube_cell", into: "cube_total", keys: ["standard", "key1", "key2", "key3"],
            names: counts + money.flatMap { ["\($0)_high", "\($0)_low"] }, sums: sums, new, old, region, period)
        let parts: [SQL] = ["aligned_high", "aligned_low", "eligible_high", "eligible_low"]
        try roll(
            "cube_benefit", into: "cube_total_benefit", keys: ["standard", "key1", "indicator"], names: parts,
            sums: parts.map { "SUM(sign * \($0)) AS \($0)" }, new, old, region, period)
        try transaction.run("UPDATE cube_head SET changes = changes + 1 WHERE id = 1")
    }

    /// What changes whenever an answer from the sums might: books that count, or lenders.
    public func state() throws(StoreFault) -> [Int64] {
        let row = try transaction.row(
            """
            SELECT cube_head.changes AS changes, COUNT(organisation.id) AS lenders,
                COALESCE(SUM(organisation.version), 0) AS versions
            FROM cube_head LEFT JOIN organisation ON organisation.kind = 'lender' WHERE cube_head.id = 1
            GROUP BY cube_head.changes
            """)
        guard let row else { throw StoreFault.statement("cube_head has no row") }
        return [try row("changes"), try row("lenders"), try row("versions")]
    }

    private func roll(
        _ cells: SQL, into totals: SQL, keys: [SQL], names: [SQL], sums: [SQL], _ added: Int64, _ removed: Int64,
        _ region: RegionCode, _ period: ReportingPeriod
    ) throws(StoreFault) {
        let list = SQL.joined(keys, by: ", ")
        let changes: [SQL] = names.map { "\($0) = \(totals).\($0) + excluded.\($0)" }
        try transaction.run(
            """
            INSERT INTO \(totals) (period, face, region, \(list), \(SQL.joined(names, by: ", ")))
            SELECT \(period), face, \(region), \(list), \(SQL.joined(sums, by: ", "))
            FROM (SELECT 1 AS sign, n.* FROM \(cells) AS n WHERE n.assessment = \(added)
                UNION ALL SELECT -1 AS sign, o.* FROM \(cells) AS o WHERE o.assessment = \(removed)) AS both_sides
            WHERE 1 = 1 GROUP BY face, \(list) ORDER BY face, \(list)
            ON CONFLICT (period, face, region, \(list)) DO UPDATE SET \(SQL.joined(changes, by: ", "))
            """)
    }

    /// Lets an assessment count whose cells came only now, if its book still counts by it.
    public func countLate(_ assessment: Int64) throws {
        // The row is held until the transaction ends: whoever replaces the book waits, and takes away what is added here.
        let row = try transaction.row(
            """
            UPDATE book SET assessment = assessment WHERE assessment = \(assessment) AND state = 'accepted'
            RETURNING organisation, period
            """)
        guard let row, let lender = try transaction.organisations.find(try row("organisation")) else { return }
        try count(
            assessment, insteadOf: nil, at: lender.region, in: try row("period")
        )
    }

    /// Moves all that a lender's books come to, because it sits elsewhere now.
    public func move(_ lender: ID<Organisation>, from old: RegionCode, to new: RegionCode) throws {
        let rows = try transaction.rows(
            """
            SELECT period, assessment FROM book WHERE organisation = \(lender) AND state = 'accepted' ORDER BY period
            """)
        for row in rows {
            let period: ReportingPeriod = try row("period")
            guard let assessment: Int64 = try row("assessment") else { continue }
            for (region, added, removed) in [(old, nil, assessment), (new, assessment, nil)]
                as [(RegionCode, Int64?, Int64?)]
            {
                try count(added, insteadOf: removed, at: region, in: period)
            }
        }
    }
}
