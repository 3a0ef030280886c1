import Access
import Projects
import Store
import Vocabulary

/// A project that may be the same as another, and why.
public struct LikelySame: Sendable {
    public let record: ProjectRecord
    public let likeness: Likeness
}

extension Platform {
    /// The projects that may be the same as one, among those that the viewer may see; the likeliest first.
    public func likelySame(as id: ID<Project>, limit: Int = 20, by viewer: Viewer) async throws -> [LikelySame] {
        let grants = try viewer.requireGrants(for: .readProject)
        let record = try await database.read { try $0.project(id, for: .readProject, by: viewer) }
        // As many as the index compares: those that the viewer may not see fall out only afterwards.
        let matches = try await projectIndex.matches(of: record.project, limit: 60)
        let seen = try await database.read { try $0.projects.find(matches.map(\.id), grants) }
        let byID = Dictionary(seen.map { ($0.project.id, $0) }, uniquingKeysWith: { first, _ in first })
        let found = matches.compactMap { match in
            byID[match.id].map { LikelySame(record: $0, likeness: match.likeness) }
        }.prefix(limit)
        if let first = found.first {
            try await noteReading(
                of: "projects", count: found.count, what: .readProject, grant: first.record.placement, by: viewer)
        }
        return Array(found)
    }
}
