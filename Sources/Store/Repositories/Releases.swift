import Access
import Statistics
import Vocabulary

extension Transaction {
    /// What supervisors published for everybody.
    public var releases: Releases { Releases(transaction: self) }
}

/// The totals of a month as a supervisor published them.
public struct ReleaseRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "rel"

    public let id: ID<ReleaseRecord>
    public let organisation: ID<Organisation>
    /// The supervisor, as it is called now, and the region that it answers for.
    public let publisher: String
    public let region: RegionCode
    public let period: ReportingPeriod
    /// From 1.
    public let version: Int
    public let publishedAt: Timestamp
    /// Why there is a later version; empty for the first.
    public let reason: String
    public let totals: PublicTotals
}

/// The releases as they are kept.
public struct Releases {
    let transaction: any Transaction

    private static let from: SQL = """
        SELECT r.id AS id, r.organisation AS organisation, o.name AS publisher, o.region AS publisher_region,
            r.period AS period, r.version AS version, r.published_at AS published_at, r.reason AS reason,
            r.totals AS totals, r.assessments AS assessments
        FROM public_release AS r JOIN organisation AS o ON o.id = r.organisation
        """

    /// Publishes the next version of a month.
    /// - Returns: Its number; nil where it is not the one that was expected: somebody else was faster.
    public func insert(
        _ id: ID<ReleaseRecord>, _ totals: PublicTotals, _ period: ReportingPeriod, version: Int, reason: String,
        of organisation: ID<Organisation>, by person: ID<Person>, at moment: Timestamp
    ) throws -> Bool {
        let text = String(decoding: try totals.json.canonicalBytes(), as: UTF8.self)
        let assessments = totals.assessments.map { String($0) }.joined(separator: " ")
        return try transaction.run(
            """
            INSERT INTO public_release (id, organisation, period, version, published_at, person, reason, totals, assessments)
            VALUES (\(id), \(organisation), \(period), \(version), \(moment), \(person), \(reason), \(text),
                \(assessments))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// The latest version of each month of each supervisor, the latest month first.
    /// - Parameters:
    ///   - period: Only of this month.
    ///   - before: The last one of the page before.
    public func latest(
        of period: ReportingPeriod? = nil, before: (period: ReportingPeriod, id: ID<ReleaseRecord>)? = nil, limit: Int
    ) throws -> [ReleaseRecord] {
        var behind: SQL = before.map { "AND (r.period, r.id) < (\($0.period), \($0.id))" } ?? ""
        if let period { behind += " AND r.period = \(period)" as SQL }
        return try transaction.rows(
            """
            \(Self.from) WHERE r.version = (SELECT MAX(version) FROM public_release AS l
                WHERE l.organisation = r.organisation AND l.period = r.period) \(behind)
            ORDER BY r.period DESC, r.id DESC LIMIT \(limit)
            """
        ).map { try Self.record($0) }
    }

    /// The versions of a month of a supervisor, the latest first.
    public func versions(of organisation: ID<Organisation>, _ period: ReportingPeriod) throws -> [ReleaseRecord] {
        try transaction.rows(
            """
            \(Self.from) WHERE r.organisation = \(organisation) AND r.period = \(period)
            ORDER BY r.version DESC
            """
        ).map { try Self.record($0) }
    }

    public func find(_ id: ID<ReleaseRecord>) throws -> ReleaseRecord? {
        try transaction.row("\(Self.from) WHERE r.id = \(id)").map { try Self.record($0) }
    }

    private static func record(_ row: Row) throws -> ReleaseRecord {
        let text: String = try row("totals")
        let assessments = try row("assessments", as: String.self).split(separator: " ").compactMap { Int64($0) }
        guard
            let totals = PublicTotals(
                json: try JSONValue.parse(text, limits: .ofStore), assessments: assessments)
        else { throw StoreFault.statement("a release cannot be read") }
        return ReleaseRecord(
            id: try row("id"), organisation: try row("organisation"), publisher: try row("publisher"),
            region: try row("publisher_region"), period: try row("period"),
            version: try row("version"), publishedAt: try row("published_at"), reason: try row("reason"), totals: totals
        )
    }
}
