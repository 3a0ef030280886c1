import Projects
import Synchronization
import Vocabulary

/// What each standard says of the projects that were looked at last: judging one takes longer than all the rest of its page, and the same
/// version says the same for a whole day.
final class VerdictMemory: Sendable {
    private struct Key: Hashable {
        let project: ID<Project>
        let version: Int64
        let day: CalendarDate
        let language: Language
    }

    private let known = Mutex<[Key: [VerdictLine]]>([:])
    /// A few kilobytes each.
    private static let most = 5000

    /// The lines for a version of a project, judged only if they are not known.
    func lines(
        of project: ID<Project>, version: Int64, on day: CalendarDate, in language: Language,
        judge: () throws -> [VerdictLine]
    ) rethrows -> [VerdictLine] {
        let key = Key(project: project, version: version, day: day, language: language)
        if let lines = known.withLock({ $0[key] }) { return lines }
        let lines = try judge()
        known.withLock { known in
            // Begun anew when it is full: who comes back most is soon known again.
            if known.count >= Self.most { known = [:] }
            known[key] = lines
        }
        return lines
    }
}
