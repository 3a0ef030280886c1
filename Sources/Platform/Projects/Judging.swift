import Access
import Library
import Projects
import Reporting
import Standards
import Store
import Vocabulary

extension Platform {
    /// What each standard says of a project on a day, with what is missing and what would change it.
    /// - Parameter day: The day of the judgement; nil for today.
    public func judgement(
        of id: ID<Project>, on day: CalendarDate? = nil, by viewer: Viewer
    ) async throws -> ProjectAccount {
        let record = try await project(id, by: viewer)
        return try judgement(of: record.project.dossier, on: day)
    }

    /// The passport of a project: the judgement with its evidence and what it was made by.
    public func passport(
        of id: ID<Project>, on day: CalendarDate? = nil, by viewer: Viewer
    ) async throws -> Passport {
        Passport(try await judgement(of: id, on: day, by: viewer), parts: library.parts)
    }

    /// What each standard says of a project that nobody has entered: for "is my project green?" without an account.
    public func judgement(of dossier: ProjectDossier, on day: CalendarDate? = nil) throws -> ProjectAccount {
        guard let day = day ?? now.day() else { throw PlatformFault.invalid("/day", "date.impossible-year") }
        let judge = ProjectJudge(
            packs: library.packs, crosswalks: library.crosswalks, dictionary: library.facts, day: day)
        return ProjectAccount(dossier, judge: judge, read: library.subjects(of: dossier))
    }

    /// What each standard says of a project that somebody describes and nobody keeps: without an account.
    /// - Parameter json: The members of `Project.json` that people write.
    /// - Throws: `invalid` with everything that is wrong.
    public func judgement(ofDraft json: JSONValue, on day: CalendarDate? = nil) throws -> ProjectAccount {
        var project = Project(id: newID(), name: "", owner: ProjectOwner(name: ""))
        let unreadable = project.fill(from: json)
        guard unreadable.isEmpty else { throw PlatformFault.invalid(unreadable) }
        project.facts = stated(project.facts, by: nil)
        try check(project)
        return try judgement(of: project.dossier, on: day)
    }

    /// What projects are checked against.
    var register: ProjectRegister {
        ProjectRegister(
            dictionary: library.facts, regions: library.regions, industries: library.industries, packs: library.packs)
    }
}
