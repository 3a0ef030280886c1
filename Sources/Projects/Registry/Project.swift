import Standards
import Vocabulary

/// The company or body that carries a project out.
public struct ProjectOwner: Sendable, Hashable {
    public var name: String
    /// Names that it bore before, the latest first.
    public var formerNames: [String]
    public var creditCode: UnifiedSocialCreditCode?

    public init(name: String, formerNames: [String] = [], creditCode: UnifiedSocialCreditCode? = nil) {
        self.name = name
        self.formerNames = formerNames
        self.creditCode = creditCode
    }
}

/// Whom to ask about a project.
public struct ProjectContact: Sendable, Hashable {
    public var name: String
    public var telephone: String
    public var email: String

    public init(name: String = "", telephone: String = "", email: String = "") {
        self.name = name
        self.telephone = telephone
        self.email = email
    }
}

/// A project of the library, as a district, bank or enterprise put it there.
///
/// A value says nothing of whether it is complete: `faults(against:)` does. Amounts and dates that nobody gave are nil, never 0.
///
///     var project = Project(id: ID(at: now, random), name: "奉节县金凤100MW光伏发电项目", owner: owner)
///     project.stage = .approved
///     project.faults(against: registry).map(\.path)      // ["/region"]
public struct Project: Sendable, Hashable, Identified {
    public static let idPrefix = "prj"

    public let id: ID<Project>
    public var name: String
    /// Names that it bore before, the latest first.
    public var formerNames: [String] = []
    public var owner: ProjectOwner
    /// The code of the national online approval platform.
    public var nationalCode: ProjectCode?
    public var region: RegionCode?
    public var industry: IndustryCode?
    /// What is built or bought, and what for.
    public var purpose = ""
    /// The item that the project is said to belong to, by the id of the standard.
    public var subjects: [String: ItemReference] = [:]
    public var stage: ProjectStage?
    public var status: ProjectStatus = .draft
    /// The project that goes on in this one's place; set if and only if the status is `merged`.
    public var mergedInto: ID<Project>?
    public var totalInvestment: Money?
    public var ownCapital: Money?
    public var need: FinancingNeed?
    public var plannedStart: CalendarDate?
    public var plannedFinish: CalendarDate?
    public var facts = FactSheet()
    /// The documents on file, each digest once.
    public var documents: [ProjectDocument] = []
    public var contact: ProjectContact?

    public init(id: ID<Project>, name: String, owner: ProjectOwner) {
        self.id = id
        self.name = name
        self.owner = owner
    }

    /// The project as it is put before the standards.
    public var dossier: ProjectDossier {
        ProjectDossier(
            id: id.text, name: name, about: purpose, borrower: owner.name, subjects: subjects, facts: facts)
    }
}

extension Project {
    /// The project with its next status.
    /// - Throws: `ProjectFault` at `/status` where the step is not allowed, or what the status asks for is missing: see
    ///   `faults(against:)`, which tells all of them.
    public func moved(to status: ProjectStatus) throws(ProjectFault) -> Project {
        guard self.status.next.contains(status) else {
            throw ProjectFault(
                .statusStep, at: "/status", ["from": self.status.rawValue, "to": status.rawValue])
        }
        var project = self
        project.status = status
        if status != .merged { project.mergedInto = nil }
        if let missing = project.missing().first { throw missing }
        return project
    }

    /// The project as it stands aside for another, which is the same and goes on in its place.
    /// - Throws: `ProjectFault` where it is merged already, or the other is itself.
    public func merged(into survivor: ID<Project>) throws(ProjectFault) -> Project {
        var project = self
        project.mergedInto = survivor
        return try project.moved(to: .merged)
    }

    /// The project with its next stage.
    /// - Throws: `ProjectFault` at `/stage` where no project goes that way.
    public func moved(to stage: ProjectStage) throws(ProjectFault) -> Project {
        if let current = self.stage, !current.next.contains(stage) {
            throw ProjectFault(.stageStep, at: "/stage", ["from": current.rawValue, "to": stage.rawValue])
        }
        var project = self
        project.stage = stage
        return project
    }
}
