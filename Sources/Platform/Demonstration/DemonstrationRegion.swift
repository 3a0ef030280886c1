import Access
import Store
import Vocabulary

/// An invented region to try the platform with: every district of Chongqing and prefecture of Sichuan, 60 lenders, 5,300 projects
/// over 24 months. The same seed and day give the same data. Organisations, people and projects are invented; only the names of
/// places are real.
public struct DemonstrationRegion: Sendable {
    public static let seed: UInt64 = 20_260_101
    public static let lenders = 60
    public static let projects = 5300
    public static let facilities = 300_000

    /// Who signs in as what: the first organisation of each kind, in the order of the kinds.
    public static var accounts: [(email: String, kind: OrganisationKind, role: Role)] {
        OrganisationKind.allCases.flatMap { kind in
            roles(in: kind).map { (email(of: $0, in: kind, number: 1), kind, $0) }
        }
    }

    /// The roles that organisations of a kind have people for.
    static func roles(in kind: OrganisationKind) -> [Role] {
        kind == .platformOperator ? [.administrator] : Role.allCases
    }

    /// The address of somebody in the n-th organisation of a kind.
    static func email(of role: Role, in kind: OrganisationKind, number: Int) -> String {
        "\(role.rawValue).\(kind.rawValue)\(number)@example.org"
    }

    /// The one password of everybody in the region. Data that are invented need no other; real ones are never put beside them.
    public static let password = "jialing-shifan-2026"
}

extension Platform {
    /// Fills an empty database with the demonstration region.
    /// - Parameters:
    ///   - projects: How many; fewer for tests.
    ///   - facilities: How many the lenders have over 24 months; none for no books. They come behind the requests, as work that
    ///     goes on when the platform already serves.
    ///   - progress: Told how many projects stand so far.
    /// - Returns: Whether it did: a database that is not empty is left as it is.
    public func fillDemonstration(
        projects: Int = DemonstrationRegion.projects, facilities: Int = DemonstrationRegion.facilities,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> Bool {
        let isUntouched = try await database.read { try $0.settings.isUntouched() }
        guard isUntouched else { return false }
        let today = now
        var maker = DemonstrationMaker(
            library: library, words: try library.generatorWords(), end: today, seed: DemonstrationRegion.seed)
        let members = maker.members()
        let hash = try await passwordWork.hash(DemonstrationRegion.password)
        let people = maker.people(of: members)
        try await database.write { transaction in
            try transaction.settings.markDemonstration(seed: String(DemonstrationRegion.seed))
            for member in members { try transaction.organisations.insert(member.organisation, at: member.since) }
            for person in people {
                try transaction.people.insert(person.person, password: hash)
                try transaction.memberships.set(
                    person.roles, of: person.person.id, in: person.organisation, at: person.person.createdAt)
            }
        }
        var left = projects
        while left > 0 {
            // So many that a commit costs little, so few that a server beside it is not held up for long.
            let count = min(250, left)
            let stories = (0..<count).map { _ in maker.story(among: members, people) }
            try await database.write { transaction in
                for story in stories { try story.enter(in: transaction) }
            }
            left -= count
            progress(projects - left)
        }
        if facilities > 0 {
            let job: ID<JobRecord> = newID()
            let count = Int64(DemonstrationBooks.monthCount * DemonstrationRegion.lenders)
            try await database.write {
                try $0.jobs.insert(job, .demonstration, subject: String(facilities), bytes: count, at: today)
            }
        }
        return true
    }

    /// Whether the data are invented.
    public func isDemonstration() async throws -> Bool {
        try await database.read { try $0.settings.demonstration() != nil }
    }
}
