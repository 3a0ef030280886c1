import Access
import Projects
import Vocabulary

extension Transaction {
    /// The project library.
    public var projects: ProjectLibrary { ProjectLibrary(transaction: self) }
}

/// A project as it is kept, with what the platform knows beside it.
public struct ProjectRecord: Sendable, Equatable {
    public var project: Project
    /// The organisation that entered it.
    public let organisation: ID<Organisation>
    public let kind: OrganisationKind
    /// The organisation that owns the project, where it is a member.
    public var owner: ID<Organisation>?
    /// Whom it was shown to by name.
    public var sharedWith: Set<ID<Organisation>>
    /// From 1; every change raises it by one.
    public let version: Int64
    public let createdAt: Timestamp
    public let changedAt: Timestamp

    public init(
        project: Project, organisation: ID<Organisation>, kind: OrganisationKind, owner: ID<Organisation>? = nil,
        sharedWith: Set<ID<Organisation>> = [], version: Int64 = 1, createdAt: Timestamp, changedAt: Timestamp
    ) {
        self.project = project
        self.organisation = organisation
        self.kind = kind
        self.owner = owner
        self.sharedWith = sharedWith
        self.version = version
        self.createdAt = createdAt
        self.changedAt = changedAt
    }

    /// Where it stands, as far as permissions look at it.
    public var placement: Placement {
        Placement(
            organisation: organisation, kind: kind, about: owner, region: project.region,
            isPublished: project.status == .published || project.status == .financed, sharedWith: sharedWith)
    }
}

/// What a list shows of a project, without the project itself.
public struct ProjectLine: Sendable, Equatable {
    public let id: ID<Project>
    public let name: String
    public let ownerName: String
    public let region: RegionCode?
    public let stage: ProjectStage?
    public let status: ProjectStatus
    public let totalInvestment: Money?
    public let needAmount: Money?
    public let changedAt: Timestamp
    /// Where it stands, as far as permissions look at it; whom it was shown to by name is left out.
    public let placement: Placement
}

/// One version of a project, for its history.
public struct ProjectVersion: Sendable {
    public let project: Project
    public let version: Int64
    public let at: Timestamp
    public let person: ID<Person>
    /// The name of the person, as it is now.
    public let personName: String
    public let organisation: ID<Organisation>
    /// What was done, as in the trail.
    public let act: String
    /// Why, in the words of the person; empty where none were given.
    public let reason: String
}

/// Which projects a list shows.
public struct ProjectFilter: Sendable, Equatable {
    public var status: ProjectStatus?
    public var stage: ProjectStage?
    /// At or below this region.
    public var region: RegionCode?
    public var organisation: ID<Organisation>?
    /// Parts of the name, or of the owner's, or the national code.
    public var words = ""

    public init() {}
}

/// The projects as they are kept.
public struct ProjectLibrary {
    let transaction: any Transaction

    static let columns: SQL = """
        project.organisation, project.entered_by_kind, project.owner, project.version, project.created_at,
        project.changed_at, project.body
        """

    /// Takes a project in, as its first version.
    public func insert(_ record: ProjectRecord, person: ID<Person>, act: String) throws {
        let project = record.project
        let body = try Self.text(project)
        try transaction.run(
            """
            INSERT INTO project (id, organisation, entered_by_kind, owner, name, owner_name, owner_code, national_code,
                region, industry, stage, status, total_investment, need_amount, merged_into, version, created_at,
                changed_at, body)
            VALUES (\(project.id), \(record.organisation), \(record.kind), \(record.owner), \(project.name),
                \(project.owner.name), \(project.owner.creditCode), \(project.nationalCode?.description),
                \(project.region), \(project.industry?.description), \(project.stage), \(project.status),
                \(project.totalInvestment), \(project.need?.amount), \(project.mergedInto), 1, \(record.createdAt),
                \(record.changedAt), \(body))
            """)
        try note(project.id, 1, record.changedAt, person, record.organisation, act, "", body)
    }

    /// Keeps the next version of a project, if the one that was looked at still is the latest.
    /// - Returns: Whether it was.
    public func update(
        _ record: ProjectRecord, at moment: Timestamp, by person: ID<Person>, for organisation: ID<Organisation>,
        act: String, reason: String
    ) throws -> Bool {
        let project = record.project
        let body = try Self.text(project)
        let count = try transaction.run(
            """
            UPDATE project SET owner = \(record.owner), name = \(project.name), owner_name = \(project.owner.name),
                owner_code = \(project.owner.creditCode), national_code = \(project.nationalCode?.description),
                region = \(project.region), industry = \(project.industry?.description), stage = \(project.stage),
                status = \(project.status), total_investment = \(project.totalInvestment),
                need_amount = \(project.need?.amount), merged_into = \(project.mergedInto),
                version = version + 1, changed_at = \(moment), body = \(body)
            WHERE id = \(project.id) AND version = \(record.version)
            """)
        guard count == 1 else { return false }
        try note(project.id, record.version + 1, moment, person, organisation, act, reason, body)
        return true
    }

    public func find(_ id: ID<Project>) throws -> ProjectRecord? {
        guard let row = try transaction.row("SELECT \(Self.columns) FROM project WHERE id = \(id)") else { return nil }
        let shares = try transaction.rows("SELECT organisation FROM project_share WHERE project = \(id)")
        return try Self.record(row, sharedWith: Set(shares.map { try $0("organisation") }))
    }

    /// Shows a project to an organisation.
    /// - Returns: Whether it was not shown to it before.
    public func share(
        _ id: ID<Project>, with organisation: ID<Organisation>, by person: ID<Person>, at moment: Timestamp
    ) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO project_share (project, organisation, since, person)
            VALUES (\(id), \(organisation), \(moment), \(person)) ON CONFLICT (project, organisation) DO NOTHING
            """) == 1
    }

    /// Those that grants cover and a filter lets through, the last changed first.
    /// - Parameter before: The last of the page before.
    public func list(
        _ grants: [Grant], _ filter: ProjectFilter = ProjectFilter(),
        before: (changedAt: Timestamp, id: ID<Project>)? = nil, limit: Int
    ) throws -> [ProjectRecord] {
        try rows(Self.columns, grants, filter, before, limit).map { try Self.record($0, sharedWith: []) }
    }

    /// The same as ``list(_:_:before:limit:)`` for those who only look over them: reading whole projects takes longer than a page.
    public func lines(
        _ grants: [Grant], _ filter: ProjectFilter = ProjectFilter(),
        before: (changedAt: Timestamp, id: ID<Project>)? = nil, limit: Int
    ) throws -> [ProjectLine] {
        let columns: SQL = """
            id, name, owner_name, region, stage, status, total_investment, need_amount, changed_at, organisation,
            entered_by_kind, owner
            """
        return try rows(columns, grants, filter, before, limit).map { row in
            let status: ProjectStatus = try row("status")
            let region: RegionCode? = try row("region")
            return ProjectLine(
                id: try row("id"), name: try row("name"), ownerName: try row("owner_name"), region: region,
                stage: try row("stage"), status: status, totalInvestment: try row("total_investment"),
                needAmount: try row("need_amount"), changedAt: try row("changed_at"),
                placement: Placement(
                    organisation: try row("organisation"), kind: try row("entered_by_kind"), about: try row("owner"),
                    region: region, isPublished: status == .published || status == .financed))
        }
    }

    private func rows(
        _ columns: SQL, _ grants: [Grant], _ filter: ProjectFilter,
        _ before: (changedAt: Timestamp, id: ID<Project>)?, _ limit: Int
    ) throws -> [Row] {
        var conditions = Self.conditions(grants, filter)
        if let before {
            conditions.append(
                "(changed_at < \(before.changedAt) OR (changed_at = \(before.changedAt) AND id < \(before.id)))")
        }
        return try transaction.rows(
            """
            SELECT \(columns) FROM project WHERE \(SQL.joined(conditions, by: " AND "))
            ORDER BY changed_at DESC, id DESC LIMIT \(limit)
            """)
    }

    /// How many there are of each status.
    public func counts(_ grants: [Grant]) throws -> [ProjectStatus: Int] {
        let rows = try transaction.rows(
            """
            SELECT status, COUNT(*) AS count FROM project WHERE \(GrantCondition.manyProjects(grants)) GROUP BY status
            """)
        return try Dictionary(uniqueKeysWithValues: rows.map { (try $0("status"), try $0("count")) })
    }

    /// The versions of a project, the latest first.
    public func history(of id: ID<Project>) throws -> [ProjectVersion] {
        try transaction.rows(
            """
            SELECT project_version.version, project_version.at, project_version.person, person.name,
                project_version.organisation, project_version.act, project_version.reason, project_version.body
            FROM project_version JOIN person ON person.id = project_version.person
            WHERE project_version.project = \(id) ORDER BY project_version.version DESC
            """
        ).map { row in
            ProjectVersion(
                project: try Self.project(row), version: try row("version"), at: try row("at"),
                person: try row("person"), personName: try row("name"), organisation: try row("organisation"),
                act: try row("act"), reason: try row("reason"))
        }
    }

    private func note(
        _ id: ID<Project>, _ version: Int64, _ moment: Timestamp, _ person: ID<Person>,
        _ organisation: ID<Organisation>, _ act: String, _ reason: String, _ body: String
    ) throws {
        try transaction.run(
            """
            INSERT INTO project_version (project, version, at, person, organisation, act, reason, body)
            VALUES (\(id), \(version), \(moment), \(person), \(organisation), \(act), \(reason), \(body))
            """)
    }

    private static func conditions(_ grants: [Grant], _ filter: ProjectFilter) -> [SQL] {
        var conditions: [SQL] = [GrantCondition.manyProjects(grants)]
        if let status = filter.status { conditions.append("status = \(status)") }
        if let stage = filter.stage { conditions.append("stage = \(stage)") }
        if let region = filter.region { conditions.append(GrantCondition.region("region", region)) }
        if let organisation = filter.organisation { conditions.append("organisation = \(organisation)") }
        for word in filter.words.split(separator: " ").prefix(5) {
            let word = String(word)
            conditions.append(
                "(\(.contains("name", word)) OR \(.contains("owner_name", word)) OR national_code = \(word))")
        }
        return conditions
    }

    private static func text(_ project: Project) throws -> String {
        String(decoding: try project.json.canonicalBytes(), as: UTF8.self)
    }

    static func project(_ row: Row) throws -> Project {
        try Project(json: JSONValue.parse(try row("body", as: String.self), limits: .ofStore))
    }

    static func record(_ row: Row, sharedWith: Set<ID<Organisation>>) throws -> ProjectRecord {
        ProjectRecord(
            project: try project(row), organisation: try row("organisation"), kind: try row("entered_by_kind"),
            owner: try row("owner"), sharedWith: sharedWith, version: try row("version"),
            createdAt: try row("created_at"), changedAt: try row("changed_at"))
    }
}

extension JSONLimits {
    /// What the store itself wrote is longer than what one request brings.
    static let ofStore = JSONLimits(bytes: 1 << 26, depth: 64, values: 10_000_000)
}
