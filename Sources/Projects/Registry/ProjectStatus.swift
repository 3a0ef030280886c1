/// What the platform has done with a project so far. Who may take which step is the caller's to know.
public enum ProjectStatus: String, Sendable, Hashable, CaseIterable {
    /// 草稿: being written; anything may be missing.
    case draft
    /// 已提交: complete enough to be looked at.
    case submitted
    /// 已发布: shown to those who finance.
    case published
    /// 已融资: a contract stands.
    case financed
    /// 已撤回: taken back by its owner.
    case withdrawn
    /// 已合并: the same as another project, which goes on in its place.
    case merged

    /// The statuses that may follow. A submitted project may be returned, a contract may fall through, and what was taken back
    /// starts again as a draft. A merged one stays so; undoing the merge restores the original.
    public var next: Set<ProjectStatus> {
        switch self {
        case .draft: [.submitted, .withdrawn, .merged]
        case .submitted: [.draft, .published, .withdrawn, .merged]
        case .published: [.submitted, .financed, .withdrawn, .merged]
        case .financed: [.published, .merged]
        case .withdrawn: [.draft, .merged]
        case .merged: []
        }
    }

    /// How far a project has come on the platform: of two that are merged the further one speaks first.
    var progress: Int {
        switch self {
        case .financed: 4
        case .published: 3
        case .submitted: 2
        case .draft: 1
        case .withdrawn: 0
        case .merged: -1
        }
    }

    /// The key of its name in the phrasebook.
    public var phrase: String {
        switch self {
        case .draft: "project.status.draft"
        case .submitted: "project.status.submitted"
        case .published: "project.status.published"
        case .financed: "project.status.financed"
        case .withdrawn: "project.status.withdrawn"
        case .merged: "project.status.merged"
        }
    }
}
