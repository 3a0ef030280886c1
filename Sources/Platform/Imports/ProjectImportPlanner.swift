import Access
import Projects
import Store
import Vocabulary

/// Finds for each line of a list the record of the organisation that it is about.
struct ProjectImportPlanner {
    private var finder: DuplicateFinder
    /// The records of the organisation by national code; of several with one code the oldest.
    private var byCode: [ProjectCode: ID<Project>] = [:]
    /// Lines by what they are about: another line about the same is one too many.
    private var lineByTarget: [ID<Project>: Int] = [:]

    init(own: [Project], _ comparison: ProjectComparison) {
        for project in own {
            guard let code = project.nationalCode else { continue }
            byCode[code] = min(byCode[code] ?? project.id, project.id)
        }
        finder = DuplicateFinder(own, comparison)
    }

    /// What a line is about.
    enum Finding {
        case new(perhaps: ID<Project>?)
        case same(ID<Project>)
        /// The same as an earlier line.
        case twice(line: Int)
    }

    mutating func find(_ project: Project, line: Int) -> Finding {
        let matches = finder.matches(of: project, limit: 5)
        let target =
            project.nationalCode.flatMap { byCode[$0] } ?? matches.first { $0.likeness.verdict == .same }?.id
        if let target {
            if let earlier = lineByTarget[target] { return .twice(line: earlier) }
            lineByTarget[target] = line
            return .same(target)
        }
        finder.insert(project.asCompared)
        lineByTarget[project.id] = line
        if let code = project.nationalCode { byCode[code] = project.id }
        // Another line that is perhaps the same is no record yet.
        let perhaps = matches.first { $0.likeness.verdict == .perhaps && lineByTarget[$0.id] == nil }
        return .new(perhaps: perhaps?.id)
    }
}
