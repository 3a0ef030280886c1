import Access
import Projects
import Vocabulary

extension Transaction {
    /// Which records of one project were put together.
    public var projectMerges: ProjectMerges { ProjectMerges(transaction: self) }
}

/// That one record stood aside for another, with the versions that the two got by it.
public struct ProjectMergeRecord: Sendable, Equatable {
    public let survivor: ID<Project>
    public let survivorVersion: Int64
    public let other: ID<Project>
    public let otherVersion: Int64

    public init(survivor: ID<Project>, survivorVersion: Int64, other: ID<Project>, otherVersion: Int64) {
        self.survivor = survivor
        self.survivorVersion = survivorVersion
        self.other = other
        self.otherVersion = otherVersion
    }
}

/// The merges as they are kept.
public struct ProjectMerges {
    let transaction: any Transaction

    public func insert(_ record: ProjectMergeRecord) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO project_merge (survivor, survivor_version, other, other_version)
            VALUES (\(record.survivor), \(record.survivorVersion), \(record.other), \(record.otherVersion))
            """)
    }

    /// The records that stood aside in the last merge into a project that was not undone, by id; none if there is no such merge.
    public func latest(into survivor: ID<Project>) throws(StoreFault) -> [ProjectMergeRecord] {
        let rows = try transaction.rows(
            """
            SELECT survivor_version, other, other_version FROM project_merge
            WHERE survivor = \(survivor) AND undone_at IS NULL AND survivor_version =
                (SELECT MAX(survivor_version) FROM project_merge WHERE survivor = \(survivor) AND undone_at IS NULL)
            ORDER BY other
            """)
        var records: [ProjectMergeRecord] = []
        for row in rows {
            records.append(
                ProjectMergeRecord(
                    survivor: survivor, survivorVersion: try row("survivor_version"), other: try row("other"),
                    otherVersion: try row("other_version")))
        }
        return records
    }

    /// Notes that a merge was undone.
    /// - Returns: Whether it had not been before.
    public func undo(_ survivor: ID<Project>, version: Int64, at moment: Timestamp) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE project_merge SET undone_at = \(moment)
            WHERE survivor = \(survivor) AND survivor_version = \(version) AND undone_at IS NULL
            """) > 0
    }
}
