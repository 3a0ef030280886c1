import Access
import Projects
import Statistics
import Vocabulary

extension Transaction {
    /// The projects for which more is out than they cost.
    public var overfinancings: Overfinancings { Overfinancings(transaction: self) }
}

/// A project for which more was out at the end of a month than it costs.
public struct OverfinancingRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "fin"

    /// The exposure of a lender that is part of it.
    public struct Part: Sendable, Hashable {
        public let organisation: ID<Organisation>
        public let assessment: Int64
        public let position: Int

        public init(organisation: ID<Organisation>, assessment: Int64, position: Int) {
            self.organisation = organisation
            self.assessment = assessment
            self.position = position
        }
    }

    public let id: ID<OverfinancingRecord>
    public let period: ReportingPeriod
    /// What the project is known by: its code, else its owner and name.
    public let project: String
    public let lenders: Int
    public let facilities: Int
    public let balance: Int128
    public let cost: Money
    /// The project of the library, where it is there.
    public let libraryProject: ID<Project>?
    public let foundAt: Timestamp

    public init(
        id: ID<OverfinancingRecord>, period: ReportingPeriod, project: String, lenders: Int, facilities: Int,
        balance: Int128, cost: Money, libraryProject: ID<Project>?, foundAt: Timestamp
    ) {
        self.id = id
        self.period = period
        self.project = project
        self.lenders = lenders
        self.facilities = facilities
        self.balance = balance
        self.cost = cost
        self.libraryProject = libraryProject
        self.foundAt = foundAt
    }
}

/// The exposure of a lender that is part of a finding, with where it stands.
public struct OverfinancingPart: Sendable, Equatable {
    public let organisation: ID<Organisation>
    public let lender: String
    /// Where the lender sits.
    public let region: RegionCode
    public let book: ID<BookRecord>
    public let assessment: Int64
    public let position: Int
    public let facilities: Int
    public let balance: Int128
    public let cost: Money?

    /// Where it stands, as far as permissions look at it.
    public var placement: Placement { Placement(organisation: organisation, kind: .lender, region: region) }
}

/// The projects for which more is out than they cost, as they are kept.
public struct Overfinancings {
    let transaction: any Transaction

    private static let columns: SQL = """
        f.id AS id, f.period AS period, f.project AS project, f.lenders AS lenders, f.facilities AS facilities,
        f.balance AS balance, f.cost AS cost, f.library_project AS library_project, f.found_at AS found_at
        """

    /// Puts the findings of a month in place of those that were there. What was known already keeps its id and the moment at which it
    /// was found first.
    /// - Returns: How many are new, and how many were there and are no more.
    public func replace(
        at period: ReportingPeriod, with findings: [(record: OverfinancingRecord, parts: [OverfinancingRecord.Part])]
    ) throws -> (new: Int, ended: Int) {
        let known = try transaction.rows(
            "SELECT \(Self.columns) FROM overfinancing AS f WHERE f.period = \(period) ORDER BY f.id"
        ).map { try Self.record($0) }
        let byProject = Dictionary(known.map { ($0.project, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = Set(findings.map(\.record.project))
        let ended = known.filter { !kept.contains($0.project) }
        for record in known {
            try transaction.run("DELETE FROM overfinancing_part WHERE finding = \(record.id)")
        }
        for record in ended { try transaction.run("DELETE FROM overfinancing WHERE id = \(record.id)") }
        for (record, parts) in findings {
            let id = byProject[record.project]?.id ?? record.id
            try transaction.run(
                """
                INSERT INTO overfinancing (id, period, project, lenders, facilities, balance, cost, library_project, found_at)
                VALUES (\(id), \(period), \(record.project.withoutNUL), \(record.lenders), \(record.facilities),
                    \(Int64(clamping: record.balance)), \(record.cost), \(record.libraryProject), \(record.foundAt))
                ON CONFLICT (period, project) DO UPDATE SET lenders = excluded.lenders, facilities = excluded.facilities,
                    balance = excluded.balance, cost = excluded.cost, library_project = excluded.library_project
                """)
            try transaction.copy(
                into: "overfinancing_part", ["finding", "organisation", "assessment", "position"],
                parts.map { part in
                    [
                        id.sqlValue, part.organisation.sqlValue, .integer(part.assessment),
                        .integer(Int64(part.position)),
                    ]
                })
        }
        return (findings.count { byProject[$0.record.project] == nil }, ended.count)
    }

    /// Those of which grants cover a part, the last found first.
    /// - Parameter after: The last one of the page before.
    public func list(
        _ grants: [Grant], at period: ReportingPeriod? = nil, after id: ID<OverfinancingRecord>? = nil, limit: Int
    ) throws -> [OverfinancingRecord] {
        var conditions: [SQL] = [
            """
            EXISTS (SELECT 1 FROM overfinancing_part AS p JOIN organisation ON organisation.id = p.organisation
                WHERE p.finding = f.id AND \(GrantCondition.books(grants, in: "p")))
            """
        ]
        if let period { conditions.append("f.period = \(period)") }
        if let id { conditions.append("f.id < \(id)") }
        return try transaction.rows(
            """
            SELECT \(Self.columns) FROM overfinancing AS f WHERE \(SQL.joined(conditions, by: " AND "))
            ORDER BY f.id DESC LIMIT \(limit)
            """
        ).map { try Self.record($0) }
    }

    public func find(_ id: ID<OverfinancingRecord>) throws -> OverfinancingRecord? {
        try transaction.row("SELECT \(Self.columns) FROM overfinancing AS f WHERE f.id = \(id)").map {
            try Self.record($0)
        }
    }

    /// The exposures behind a finding, whoever may see them, the largest first.
    public func parts(of id: ID<OverfinancingRecord>) throws -> [OverfinancingPart] {
        try transaction.rows(
            """
            SELECT p.organisation AS organisation, organisation.name AS lender, organisation.region AS lender_region,
                assessment.book AS book, p.assessment AS assessment, p.position AS position, e.facilities AS facilities,
                e.balance AS balance, e.cost AS cost
            FROM overfinancing_part AS p JOIN organisation ON organisation.id = p.organisation
                JOIN assessment ON assessment.number = p.assessment
                JOIN project_exposure AS e ON e.assessment = p.assessment AND e.position = p.position
            WHERE p.finding = \(id) ORDER BY e.balance DESC, p.assessment, p.position
            """
        ).map { row in
            OverfinancingPart(
                organisation: try row("organisation"), lender: try row("lender"), region: try row("lender_region"),
                book: try row("book"), assessment: try row("assessment"), position: try row("position"),
                facilities: try row("facilities"), balance: Int128(try row("balance", as: Int64.self)),
                cost: try row("cost"))
        }
    }

    private static func record(_ row: Row) throws -> OverfinancingRecord {
        OverfinancingRecord(
            id: try row("id"), period: try row("period"),
            project: try row("project"), lenders: try row("lenders"), facilities: try row("facilities"),
            balance: Int128(try row("balance", as: Int64.self)), cost: try row("cost"),
            libraryProject: try row("library_project"), foundAt: try row("found_at"))
    }
}
