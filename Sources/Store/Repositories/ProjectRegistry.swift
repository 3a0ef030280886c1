import Access
import Projects
import Vocabulary

/// A project's place in the order of changes, for keeping an index up to date.
public struct ProjectMark: Sendable, Hashable {
    public let id: ID<Project>
    public let version: Int64
    public let changedAt: Timestamp
    /// Whether it may be found as the same: neither merged nor withdrawn.
    public let isFindable: Bool
}

extension ProjectLibrary {
    /// The marks of all projects that were changed at or after a moment, the earliest first; of all where none is given. No bodies
    /// are read.
    public func marks(since moment: Timestamp? = nil) throws(StoreFault) -> [ProjectMark] {
        var query: SQL = "SELECT id, version, changed_at, status FROM project"
        if let moment { query += " WHERE changed_at >= \(moment)" as SQL }
        query += " ORDER BY changed_at, id"
        var marks: [ProjectMark] = []
        for row in try transaction.rows(query) {
            let status: ProjectStatus = try row("status")
            marks.append(
                ProjectMark(
                    id: try row("id"), version: try row("version"), changedAt: try row("changed_at"),
                    isFindable: status != .merged && status != .withdrawn))
        }
        return marks
    }

    /// Hands over the projects that may be found as the same, one by one.
    public func eachFindable(of organisation: ID<Organisation>? = nil, _ body: (Project) throws -> Void) throws {
        var query: SQL = "SELECT body FROM project WHERE status NOT IN ('merged', 'withdrawn')"
        if let organisation { query += " AND organisation = \(organisation)" as SQL }
        try transaction.each(query) { row in try body(Self.project(row)) }
    }

    /// Lets no other transaction change a project until this one ends.
    public func lock(_ id: ID<Project>) throws(StoreFault) {
        try transaction.run("UPDATE project SET version = version WHERE id = \(id)")
    }

    /// Some projects, whoever may see them: for an index that tells nobody of them by itself.
    public func bodies(_ ids: [ID<Project>]) throws -> [Project] {
        try transaction.rows("SELECT body FROM project WHERE id IN (\(list: ids))").map(Self.project)
    }

    /// The project of a national code that may be found, whoever may see it: of several the one with the largest total investment.
    public func find(nationalCode code: String) throws -> Project? {
        let row = try transaction.row(
            """
            SELECT body FROM project WHERE national_code = \(code) AND status NOT IN ('merged', 'withdrawn')
            ORDER BY total_investment DESC NULLS LAST, id LIMIT 1
            """)
        return try row.map { try Self.project($0) }
    }

    /// Those of some projects that grants cover.
    public func find(_ ids: [ID<Project>], _ grants: [Grant]) throws -> [ProjectRecord] {
        let rows = try transaction.rows(
            """
            SELECT \(Self.columns) FROM project WHERE id IN (\(list: ids)) AND \(GrantCondition.projects(grants))
            """)
        return try rows.map { try Self.record($0, sharedWith: []) }
    }

    /// One version of a project.
    public func version(_ version: Int64, of id: ID<Project>) throws -> Project? {
        let row = try transaction.row(
            "SELECT body FROM project_version WHERE project = \(id) AND version = \(version)")
        return try row.map { try Self.project($0) }
    }
}
