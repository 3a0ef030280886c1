import Access
import Projects
import Store
import Vocabulary

/// A project of the demonstration with all that happened to it, each step by whom and when.
struct ProjectStory: Sendable {
    struct Step: Sendable {
        let project: Project
        let at: Timestamp
        let person: ID<Person>
        let act: Act
    }

    let author: Organisation
    let steps: [Step]

    /// Enters it as the use cases would have: every step a version and an act of the trail.
    func enter(in transaction: any Transaction) throws {
        for (index, step) in steps.enumerated() {
            let record = ProjectRecord(
                project: step.project, organisation: author.id, kind: author.kind,
                owner: author.kind == .enterprise ? author.id : nil, version: Int64(index),
                createdAt: steps[0].at, changedAt: step.at)
            if index == 0 {
                try transaction.projects.insert(record, person: step.person, act: step.act.rawValue)
            } else {
                _ = try transaction.projects.update(
                    record, at: step.at, by: step.person, for: author.id, act: step.act.rawValue, reason: "")
            }
            try transaction.record(
                Deed(
                    step.act, on: step.project.id.text, by: step.person, for: author.id,
                    [
                        "version": .integer(Int64(index + 1)),
                        "digest": .string(try step.project.json.canonicalDigest()), "demonstration": true,
                    ]), at: step.at)
        }
    }
}
