/// How far a project has come in the world, whatever the platform does with it.
public enum ProjectStage: String, Sendable, Hashable, CaseIterable {
    /// 谋划: thought of, studied, not yet put before an authority.
    case planning
    /// 立项, 核准 or 备案: approved or put on record; nothing is built.
    case approved
    /// 在建: being built.
    case construction
    /// 投产: working, its final acceptance still to come.
    case operation
    /// 竣工: finished and accepted.
    case completed
    /// 停建, 终止: given up.
    case abandoned

    /// The stages that may follow. A stage may be left out, for a registry hears of a project when it hears of it; none leads
    /// back, but a project given up may be taken up again where it stood.
    public var next: Set<ProjectStage> {
        switch self {
        case .planning: [.approved, .construction, .operation, .completed, .abandoned]
        case .approved: [.construction, .operation, .completed, .abandoned]
        case .construction: [.operation, .completed, .abandoned]
        case .operation: [.completed]
        case .completed: []
        case .abandoned: [.planning, .approved, .construction]
        }
    }

    /// The key of its name in the phrasebook.
    public var phrase: String {
        switch self {
        case .planning: "project.stage.planning"
        case .approved: "project.stage.approved"
        case .construction: "project.stage.construction"
        case .operation: "project.stage.operation"
        case .completed: "project.stage.completed"
        case .abandoned: "project.stage.abandoned"
        }
    }
}
