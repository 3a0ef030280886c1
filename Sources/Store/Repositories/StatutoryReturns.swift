import Access
import Statistics
import Vocabulary

extension Transaction {
    /// The statutory returns of lenders.
    public var statutoryReturns: StatutoryReturns { StatutoryReturns(transaction: self) }
}

/// The returns as they are kept.
public struct StatutoryReturns {
    let transaction: any Transaction

    private static let columns: SQL = """
        r.id, r.organisation, r.form, r.period, r.state, r.version, r.changes, r.prepared_by, r.prepared_at, r.submitted_by,
        r.submitted_at, r.reason, r.assessments, organisation.name AS lender, organisation.region AS lender_region,
        \(Jobs.joined)
        """
    private static let from: SQL = """
        FROM statutory_return AS r JOIN organisation ON organisation.id = r.organisation JOIN job ON job.id = r.job
        """

    // MARK: Drafts

    /// Begins a draft, with the work that counts it.
    /// - Returns: Whether it began: not if there is a draft of the period.
    public func insert(
        _ id: ID<ReturnRecord>, form: String, _ period: ReportingPeriod, of organisation: ID<Organisation>,
        job: ID<JobRecord>, by person: ID<Person>, at moment: Timestamp
    ) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            INSERT INTO statutory_return (id, organisation, form, period, state, job, changes, prepared_by, prepared_at, reason,
                assessments, adjustments, explanations)
            VALUES (\(id), \(organisation), \(form), \(period), 'draft', \(job), 0, \(person), \(moment), '', '', '[]', '[]')
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Has a draft counted again. What people said stays.
    /// - Returns: Whether it is a draft that nobody counts now.
    public func count(
        _ id: ID<ReturnRecord>, job: ID<JobRecord>, by person: ID<Person>, at moment: Timestamp
    ) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE statutory_return SET job = \(job), changes = changes + 1, prepared_by = \(person), prepared_at = \(moment)
            WHERE id = \(id) AND state = 'draft'
                AND job IN (SELECT id FROM job WHERE state NOT IN ('waiting', 'running'))
            """) == 1
    }

    /// Keeps what a draft was counted to.
    public func keep(
        _ tables: ReturnTables, _ id: ID<ReturnRecord>, from assessments: [Int64], job: ID<JobRecord>
    ) throws {
        try transaction.run(
            """
            UPDATE statutory_return SET tables = \(try Self.text(tables.json)), changes = changes + 1,
                assessments = \(assessments.map { String($0) }.joined(separator: " "))
            WHERE id = \(id) AND state = 'draft' AND job = \(job)
            """)
    }

    /// Changes what people say of a draft.
    /// - Parameters:
    ///   - tables: The draft's, which tell the units of the adjustments.
    ///   - seen: The changes that the person knew of.
    /// - Returns: Whether it was changed; not if somebody else changed it meanwhile, or it is no draft.
    public func change(
        _ id: ID<ReturnRecord>, _ adjustments: [ReturnAdjustment], of tables: ReturnTables,
        _ explanations: [ReturnExplanation], seen: Int, by person: ID<Person>, at moment: Timestamp
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE statutory_return SET adjustments = \(try Self.text(.array(adjustments.map { $0.json(in: tables.unit(of: $0)) }))),
                explanations = \(try Self.text(.array(explanations.map(\.json)))), changes = changes + 1,
                prepared_by = \(person), prepared_at = \(moment)
            WHERE id = \(id) AND state = 'draft' AND changes = \(seen)
            """) == 1
    }

    /// Hands a draft in, in place of the version before.
    /// - Returns: Whether it was handed in; not if somebody changed it meanwhile, or another version came first.
    public func submit(
        _ id: ID<ReturnRecord>, version: Int, reason: String, _ checks: [ReturnCheckResult], seen: Int,
        by person: ID<Person>, at moment: Timestamp
    ) throws -> Bool {
        try transaction.run(
            """
            UPDATE statutory_return SET state = 'replaced' WHERE state = 'submitted' AND (organisation, form, period) IN
                (SELECT organisation, form, period FROM statutory_return WHERE id = \(id))
            """)
        return try transaction.run(
            """
            UPDATE statutory_return SET state = 'submitted', version = \(version), reason = \(reason),
                checks = \(try Self.text(.array(checks.map(\.json)))), submitted_by = \(person), submitted_at = \(moment)
            WHERE id = \(id) AND state = 'draft' AND changes = \(seen)
            """) == 1
    }

    /// Throws a draft away.
    /// - Returns: Whether it was one.
    public func discard(_ id: ID<ReturnRecord>) throws(StoreFault) -> Bool {
        try transaction.run("DELETE FROM statutory_return WHERE id = \(id) AND state = 'draft'") == 1
    }

    // MARK: Reading

    /// The returns that grants cover, the latest period first. Drafts are told to their lenders alone.
    /// - Parameter before: The last one of the page before.
    public func list(
        _ grants: [Grant], _ filter: ReturnFilter, before: (period: ReportingPeriod, id: ID<ReturnRecord>)? = nil,
        limit: Int
    ) throws -> [ReturnEntry] {
        var conditions = [Self.visible(grants)]
        if let organisation = filter.organisation { conditions.append("r.organisation = \(organisation)") }
        if let form = filter.form { conditions.append("r.form = \(form)") }
        if let period = filter.period { conditions.append("r.period = \(period)") }
        if let state = filter.state { conditions.append("r.state = \(state)") }
        if let before { conditions.append("(r.period, r.id) < (\(before.period), \(before.id))") }
        return try transaction.rows(
            """
            SELECT \(Self.columns) \(Self.from) WHERE \(SQL.joined(conditions, by: " AND "))
            ORDER BY r.period DESC, r.id DESC LIMIT \(limit)
            """
        ).map { try Self.entry($0) }
    }

    public func find(_ id: ID<ReturnRecord>) throws -> ReturnEntry? {
        try transaction.row("SELECT \(Self.columns) \(Self.from) WHERE r.id = \(id)").map { try Self.entry($0) }
    }

    /// The draft of a lender's period; nil for none.
    public func draft(
        of organisation: ID<Organisation>, form: String, _ period: ReportingPeriod
    ) throws -> ReturnEntry? {
        try one(organisation, form, period, .draft)
    }

    /// The return of a lender's period that is in force; nil for none.
    public func inForce(
        of organisation: ID<Organisation>, form: String, _ period: ReportingPeriod
    ) throws -> ReturnEntry? {
        try one(organisation, form, period, .submitted)
    }

    private func one(
        _ organisation: ID<Organisation>, _ form: String, _ period: ReportingPeriod, _ state: ReturnState
    ) throws -> ReturnEntry? {
        try transaction.row(
            """
            SELECT \(Self.columns) \(Self.from) WHERE r.organisation = \(organisation) AND r.form = \(form)
                AND r.period = \(period) AND r.state = \(state)
            """
        ).map { try Self.entry($0) }
    }

    /// The submitted returns of a lender's period, the latest first.
    public func versions(
        of organisation: ID<Organisation>, form: String, _ period: ReportingPeriod
    ) throws -> [ReturnEntry] {
        try transaction.rows(
            """
            SELECT \(Self.columns) \(Self.from) WHERE r.organisation = \(organisation) AND r.form = \(form)
                AND r.period = \(period) AND r.version IS NOT NULL ORDER BY r.version DESC
            """
        ).map { try Self.entry($0) }
    }

    /// What stands in a return; nil if there is none such.
    public func content(_ id: ID<ReturnRecord>) throws -> ReturnContent? {
        let row = try transaction.row(
            "SELECT tables, adjustments, explanations, checks FROM statutory_return WHERE id = \(id)")
        guard let row else { return nil }
        let tables = try Self.json(row, "tables")
        let read = tables.flatMap { ReturnTables(json: $0) }
        guard (tables == nil) == (read == nil) else { throw StoreFault.badColumn("tables") }
        return ReturnContent(
            tables: read, adjustments: try Self.all(row, "adjustments") { ReturnAdjustment(json: $0) } ?? [],
            explanations: try Self.all(row, "explanations") { ReturnExplanation(json: $0) } ?? [],
            checks: try Self.all(row, "checks") { ReturnCheckResult(json: $0) })
    }

    // MARK: Rows

    private static func visible(_ grants: [Grant]) -> SQL {
        let own = grants.filter { $0.reach == .own }
        let others = grants.filter { $0.reach != .own }
        return """
            (\(GrantCondition.books(own, in: "r")) OR (r.state <> 'draft' AND \(GrantCondition.books(others, in: "r"))))
            """
    }

    private static func entry(_ row: Row) throws -> ReturnEntry {
        ReturnEntry(
            record: ReturnRecord(
                id: try row("id"), organisation: try row("organisation"), form: try row("form"),
                period: try row("period"), state: try row("state"), version: try row("version"),
                changes: try row("changes"), preparedBy: try row("prepared_by"), preparedAt: try row("prepared_at"),
                submittedBy: try row("submitted_by"), submittedAt: try row("submitted_at"), reason: try row("reason"),
                assessments: try row("assessments", as: String.self).split(separator: " ").compactMap { Int64($0) }),
            lender: try row("lender"), region: try row("lender_region"), job: try Jobs.record(row, prefix: "job_"))
    }

    private static func text(_ json: JSONValue) throws -> String {
        String(decoding: try json.canonicalBytes(), as: UTF8.self).withoutNUL
    }

    private static func json(_ row: Row, _ column: String) throws -> JSONValue? {
        guard let text: String = try row(column) else { return nil }
        return try JSONValue.parse(text, limits: .ofStore)
    }

    /// All elements of an array; one that cannot be read is never passed over.
    private static func all<Element>(
        _ row: Row, _ column: String, _ read: (JSONValue) -> Element?
    ) throws -> [Element]? {
        guard let elements = try json(row, column)?.elements else { return nil }
        return try elements.map { element in
            guard let value = read(element) else { throw StoreFault.badColumn(column) }
            return value
        }
    }
}

extension ReturnExplanation {
    fileprivate var json: JSONValue {
        ["standard": .string(standard), "check": .string(check), "text": .string(text)]
    }

    fileprivate init?(json: JSONValue) {
        guard let standard = json["standard"]?.text, let check = json["check"]?.text, let text = json["text"]?.text
        else { return nil }
        self.init(standard: standard, check: check, text: text)
    }
}
