import Library
import Projects
import Store
import Vocabulary

/// The index in which projects that may be the same are looked up: built from the store once, then kept up to date by what was
/// changed since. It knows all projects and tells nobody of them: who asks is shown only those that the store lets him see.
///
/// A process has its own; what another process writes is found because each look-up first asks the store for later changes.
actor ProjectIndex {
    private let database: any Database
    private let library: RuleLibrary
    private var known: ProjectComparison?
    private var finder: DuplicateFinder?
    private var versions: [ID<Project>: Int64] = [:]
    private var latest = Timestamp.earliest
    /// How many were put in since the index was built.
    private var added = 0
    private var runs = SharedRuns()

    /// A transaction that is under way this long carries an earlier moment than some that ended before it.
    private static let longestTransactionSeconds: Int64 = 600
    private static let bodiesAtOnce = 500

    init(_ database: any Database, _ library: RuleLibrary) {
        self.database = database
        self.library = library
    }

    /// The projects that are the same as one, perhaps the same, or related, the likeliest first, whoever may see them.
    func matches(of project: Project, limit: Int) async throws -> [DuplicateFinder.Match] {
        try await refresh()
        return finder?.matches(of: project, limit: limit) ?? []
    }

    /// How projects are compared.
    func comparison() throws -> ProjectComparison {
        if let known { return known }
        let comparison = try library.projectComparison()
        known = comparison
        return comparison
    }

    /// Brings the index up to what the store holds at the time of the call; those who ask meanwhile share one refreshing.
    private func refresh() async throws {
        try await runs.join { try await self.catchUp() }.value
    }

    private func catchUp() async throws {
        runs.begin()
        // Old entries stay in the index until it is built anew.
        let isStale = added > 10_000 && added > (finder?.count ?? 0) / 2
        guard finder != nil, !isStale else { return try await build() }
        let since = latest.advanced(bySeconds: -Self.longestTransactionSeconds)
        let known = versions
        let (marks, projects) = try await database.read { transaction in
            let marks = try transaction.projects.marks(since: since).filter { known[$0.id] != $0.version }
            let ids = marks.filter(\.isFindable).map(\.id)
            var projects: [Project] = []
            for start in stride(from: 0, to: ids.count, by: Self.bodiesAtOnce) {
                let part = Array(ids[start..<min(start + Self.bodiesAtOnce, ids.count)])
                projects += try transaction.projects.bodies(part).map(\.asCompared)
            }
            return (marks, projects)
        }
        for mark in marks {
            versions[mark.id] = mark.version
            latest = max(latest, mark.changedAt)
            if !mark.isFindable { finder?.remove(mark.id) }
        }
        for project in projects { finder?.insert(project) }
        added += projects.count
    }

    private func build() async throws {
        let comparison = try comparison()
        let (marks, projects) = try await database.read { transaction in
            var projects: [Project] = []
            try transaction.projects.eachFindable { projects.append($0.asCompared) }
            return (try transaction.projects.marks(), projects)
        }
        finder = DuplicateFinder(projects, comparison)
        versions = Dictionary(marks.map { ($0.id, $0.version) }, uniquingKeysWith: { first, _ in first })
        latest = marks.last?.changedAt ?? .earliest
        added = 0
    }
}

extension Project {
    /// The project with no more than comparing asks for.
    var asCompared: Project {
        var project = Project(id: id, name: name, owner: owner)
        project.formerNames = formerNames
        project.nationalCode = nationalCode
        project.region = region
        project.totalInvestment = totalInvestment
        project.subjects = subjects
        return project
    }
}
