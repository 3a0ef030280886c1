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

    /// What projects are checked against.
    var register: ProjectRegister {
        ProjectRegister(
            dictionary: library.facts, regions: library.regions, industries: library.industries, packs: library.packs)
    }
}
