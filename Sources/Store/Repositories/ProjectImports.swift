import Access
import Vocabulary

extension Transaction {
    /// The lists of projects that were handed in.
    public var projectImports: ProjectImports { ProjectImports(transaction: self) }
}

/// A list of projects that somebody handed in.
public struct ProjectImportRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "imp"

    public let id: ID<ProjectImportRecord>
    /// For whom its projects are entered.
    public let organisation: ID<Organisation>
    public let person: ID<Person>
    /// The content that holds its bytes.
    public let digest: String
    public let fileName: String
    public let createdAt: Timestamp
    /// When its projects were taken in; nil before.
    public var takenAt: Timestamp?
    /// How many projects it added; nil before.
    public var added: Int?
    /// How many projects it changed; nil before.
    public var changed: Int?

    public init(
        id: ID<ProjectImportRecord>, organisation: ID<Organisation>, person: ID<Person>, digest: String,
        fileName: String, createdAt: Timestamp
    ) {
        self.id = id
        self.organisation = organisation
        self.person = person
        self.digest = digest
        self.fileName = fileName
        self.createdAt = createdAt
    }
}

/// The lists as they are kept.
public struct ProjectImports {
    let transaction: any Transaction

    public func insert(_ record: ProjectImportRecord) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO project_import (id, organisation, person, digest, file_name, created_at)
            VALUES (\(record.id), \(record.organisation), \(record.person), \(record.digest), \(record.fileName),
                \(record.createdAt))
            """)
    }

    public func find(_ id: ID<ProjectImportRecord>) throws(StoreFault) -> ProjectImportRecord? {
        let row = try transaction.row(
            """
            SELECT organisation, person, digest, file_name, created_at, taken_at, added, changed
            FROM project_import WHERE id = \(id)
            """)
        guard let row else { return nil }
        var record = ProjectImportRecord(
            id: id, organisation: try row("organisation"), person: try row("person"), digest: try row("digest"),
            fileName: try row("file_name"), createdAt: try row("created_at"))
        record.takenAt = try row("taken_at")
        record.added = try row("added")
        record.changed = try row("changed")
        return record
    }

    /// Notes that a list was taken in.
    /// - Returns: Whether it had not been before: of two who confirm at once one is told no.
    public func take(
        _ id: ID<ProjectImportRecord>, at moment: Timestamp, added: Int, changed: Int
    ) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE project_import SET taken_at = \(moment), added = \(added), changed = \(changed)
            WHERE id = \(id) AND taken_at IS NULL
            """) == 1
    }
}
