import Access
import Vocabulary

extension Transaction {
    /// The organisations.
    public var organisations: Organisations { Organisations(transaction: self) }
}

/// The organisations as they are kept.
public struct Organisations {
    let transaction: any Transaction

    private static let columns: SQL = """
        organisation.id, organisation.kind, organisation.name, organisation.english_name, organisation.credit_code,
        organisation.region, organisation.version, organisation.created_at, organisation.closed_at
        """

    /// - Throws: `StoreFault.constraint` if another has the same credit code.
    public func insert(_ organisation: Organisation, at moment: Timestamp) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO organisation (id, kind, name, english_name, credit_code, region, created_at, closed_at)
            VALUES (\(organisation.id), \(organisation.kind), \(organisation.name), \(organisation.englishName),
                \(organisation.creditCode), \(organisation.region), \(moment), \(organisation.closedAt))
            """)
    }

    public func find(_ id: ID<Organisation>) throws(StoreFault) -> Organisation? {
        guard let row = try transaction.row("SELECT \(Self.columns) FROM organisation WHERE id = \(id)") else {
            return nil
        }
        return try Self.organisation(row)
    }

    /// Of a kind, the open ones, the oldest first.
    public func open(_ kind: OrganisationKind) throws(StoreFault) -> [Organisation] {
        try Self.all(
            transaction.rows(
                "SELECT \(Self.columns) FROM organisation WHERE kind = \(kind) AND closed_at IS NULL ORDER BY id"))
    }

    /// The enterprise of a credit code, if it is a member and open; nil without a code.
    public func enterprise(_ code: UnifiedSocialCreditCode?) throws(StoreFault) -> Organisation? {
        guard let code else { return nil }
        let row = try transaction.row(
            """
            SELECT \(Self.columns) FROM organisation
            WHERE credit_code = \(code) AND kind = 'enterprise' AND closed_at IS NULL
            """)
        guard let row else { return nil }
        return try Self.organisation(row)
    }

    /// Changes what may change of it, if it still is the version that was looked at.
    /// - Returns: Whether it was: false if somebody else changed it meanwhile, or there is none.
    public func update(_ organisation: Organisation, from version: Int64) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE organisation SET name = \(organisation.name), english_name = \(organisation.englishName),
                credit_code = \(organisation.creditCode), region = \(organisation.region),
                closed_at = \(organisation.closedAt), version = version + 1
            WHERE id = \(organisation.id) AND version = \(version)
            """) == 1
    }

    /// Holds an organisation until the transaction ends: who changes its people waits here.
    public func lock(_ id: ID<Organisation>) throws(StoreFault) {
        try transaction.run("UPDATE organisation SET version = version WHERE id = \(id)")
    }

    /// The version, which every change raises by one.
    public func version(of id: ID<Organisation>) throws(StoreFault) -> Int64? {
        try transaction.row("SELECT version FROM organisation WHERE id = \(id)").map { row throws(StoreFault) in
            try row("version")
        }
    }

    /// Those that grants cover, by name; at most `limit`, after the one that a page ended with.
    public func list(
        _ grants: [Grant], kind: OrganisationKind? = nil, after: (name: String, id: ID<Organisation>)? = nil,
        limit: Int
    ) throws(StoreFault) -> [Organisation] {
        var conditions: [SQL] = [GrantCondition.organisations(grants)]
        if let kind { conditions.append("organisation.kind = \(kind)") }
        if let after {
            conditions.append("(name > \(after.name) OR (name = \(after.name) AND id > \(after.id)))")
        }
        return try Self.all(
            transaction.rows(
                """
                SELECT \(Self.columns) FROM organisation WHERE \(SQL.joined(conditions, by: " AND "))
                ORDER BY name, id LIMIT \(limit)
                """))
    }

    /// The organisations that grants cover and whose name holds all words, or whose credit code is the text; by name.
    public func search(_ grants: [Grant], _ text: String, limit: Int) throws(StoreFault) -> [Organisation] {
        let words = text.split(separator: " ").prefix(5).map(String.init)
        let named = words.map { word -> SQL in
            "(\(.contains("name", word)) OR \(.contains("english_name", word)))"
        }
        guard !named.isEmpty else { return [] }
        return try Self.all(
            transaction.rows(
                """
                SELECT \(Self.columns) FROM organisation
                WHERE \(GrantCondition.organisations(grants))
                    AND ((\(SQL.joined(named, by: " AND "))) OR credit_code = \(text))
                ORDER BY name, id LIMIT \(limit)
                """))
    }

    /// The open lenders that grants cover and of which no book of a month counts, by name.
    public func lenders(_ grants: [Grant], withoutBookOf period: ReportingPeriod, limit: Int) throws(StoreFault)
        -> [Organisation]
    {
        try Self.all(
            transaction.rows(
                """
                SELECT \(Self.columns) FROM organisation
                WHERE organisation.kind = 'lender' AND organisation.closed_at IS NULL AND \(GrantCondition.organisations(grants))
                    AND NOT EXISTS (SELECT 1 FROM book WHERE book.period = \(period)
                        AND book.organisation = organisation.id AND book.state = 'accepted')
                ORDER BY name, id LIMIT \(limit)
                """))
    }

    private static func all(_ rows: [Row]) throws(StoreFault) -> [Organisation] {
        var organisations: [Organisation] = []
        for row in rows { organisations.append(try organisation(row)) }
        return organisations
    }

    private static func organisation(_ row: Row) throws(StoreFault) -> Organisation {
        Organisation(
            id: try row("id"), kind: try row("kind"), name: try row("name"), englishName: try row("english_name"),
            creditCode: try row("credit_code"), region: try row("region"), closedAt: try row("closed_at"))
    }
}
