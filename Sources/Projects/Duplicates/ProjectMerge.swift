import Standards
import Vocabulary

/// Several records of one project put together.
///
/// A merge is a function of the set of its originals and of the choices that people made: in whatever order and grouping
/// records are joined, the same comes of it, and nothing of an original is lost.
///
///     let merge = try ProjectMerge([a, b])
///     merge.conflicts                                  // what a person should choose
///     let chosen = merge.choosing(b.id, for: .totalInvestment)
///     chosen.project                                   // goes on under the id of the first
///     chosen.originals                                 // undo: put them back
public struct ProjectMerge: Sendable, Hashable {
    /// A field of which the originals say different things.
    public struct Conflict: Sendable, Hashable {
        public let field: ProjectField
        /// Which of several facts or subjects; empty elsewhere.
        public let key: String
        /// What each original says, the one that counts first.
        public let candidates: [Candidate]
        /// Whether a person chose.
        public let isChosen: Bool
    }

    /// What one original says.
    public struct Candidate: Sendable, Hashable {
        public let id: ID<Project>
        public let text: FieldText
    }

    /// Which of several fields a choice is about.
    public struct Place: Sendable, Hashable {
        public let field: ProjectField
        public let key: String

        public init(_ field: ProjectField, key: String = "") {
            self.field = field
            self.key = key
        }
    }

    /// The records, sorted by id; undoing the merge puts them back as they were.
    public let originals: [Project]
    /// What people chose: the original that a field is taken from.
    public let choices: [Place: ID<Project>]

    /// - Throws: `ProjectFault` at `/mergedInto` for fewer than two projects, or one that is merged already.
    public init(_ projects: some Sequence<Project>, choices: [Place: ID<Project>] = [:]) throws(ProjectFault) {
        var byID: [ID<Project>: Project] = [:]
        for project in projects { byID[project.id] = project }
        guard byID.count >= 2, byID.values.allSatisfy({ $0.status != .merged }) else {
            throw ProjectFault(.mergedInto, at: "/mergedInto")
        }
        self.init(unchecked: byID, choices)
    }

    private init(unchecked projects: [ID<Project>: Project], _ choices: [Place: ID<Project>]) {
        originals = projects.values.sorted { $0.id < $1.id }
        self.choices = choices.filter { projects[$0.value] != nil }
    }

    /// The two merges as one. Where people chose differently, the choice of the older original counts.
    ///
    /// An original that both have must be the same version in both.
    public func joined(with other: ProjectMerge) -> ProjectMerge {
        let all = Dictionary((originals + other.originals).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return ProjectMerge(unchecked: all, choices.merging(other.choices) { min($0, $1) })
    }

    /// The merge with a person's choice for a field.
    public func choosing(_ id: ID<Project>, for field: ProjectField, key: String = "") -> ProjectMerge {
        var all = choices
        all[Place(field, key: key)] = id
        return ProjectMerge(
            unchecked: Dictionary(originals.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }), all)
    }

    /// The record that goes on: the oldest.
    public var survivor: ID<Project> { originals[0].id }

    /// The other records as they stand aside, each naming the one that goes on.
    public var standingAside: [Project] {
        originals.dropFirst().map { original in
            var project = original
            project.status = .merged
            project.mergedInto = survivor
            return project
        }
    }

    /// Those that came furthest on the platform speak first, then the older record.
    var byPrecedence: [Project] {
        originals.sorted { (-$0.status.progress, $0.id) < (-$1.status.progress, $1.id) }
    }
}
