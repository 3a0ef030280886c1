import Access
import Platform
import Projects
import Store
import Vocabulary

/// The pages for records that are likely the same.
struct DuplicatePages: Sendable {
    let frame: Frame

    private var words: Words { frame.words }
    private var top: (name: String, address: String) { (words("portal.projects"), "/projects") }

    private func path(_ project: Project) -> [(name: String, address: String)] {
        [top, (project.name, "/projects/\(project.id.text)")]
    }

    /// - Parameter aside: The records that stand aside in the last merge, where it can be undone.
    func list(
        _ record: ProjectRecord, _ found: [LikelySame], aside: [ProjectRecord], _ state: FormState,
        notice: Message? = nil
    ) -> Page {
        func may(_ record: ProjectRecord) -> Bool { frame.viewer?.may(.mergeProjects, on: record.placement) ?? false }
        let table = Table(
            columns: [
                "project.field.name", "project.field.owner-name", "merging.verdict", "merging.probability",
                "merging.for",
                "merging.against", "",
            ],
            rows: found.map { same in
                let (other, likeness) = (same.record.project, same.likeness)
                let merge: HTML =
                    may(record) && may(same.record)
                    ? "<a href=\"/projects/\(record.project.id.text)/merge?with=\(other.id.text)\">\(words("merging.compare"))</a>"
                    : .none
                return [
                    "<a href=\"/projects/\(other.id.text)\">\(other.name)</a>", "\(other.owner.name)",
                    "\(words(likeness.verdict.phrase))", "\(Int((likeness.probability * 100).rounded())) %",
                    reasons(likeness.reasonsFor), reasons(likeness.reasonsAgainst), merge,
                ]
            }, empty: "merging.none", numeric: [3])
        return Page(
            "merging.duplicates", path: path(record.project), notice: notice,
            "<p class=\"lead\">\(record.project.name)</p>\(table.html(words))\(undo(record, aside, may(record), state))"
        )
    }

    private func reasons(_ findings: [WeighedFinding]) -> HTML {
        let lines: [HTML] = findings.map { "<li>\(words($0.message))</li>" }
        return lines.isEmpty ? .none : "<ul>\(lines)</ul>"
    }

    private func undo(_ record: ProjectRecord, _ aside: [ProjectRecord], _ may: Bool, _ state: FormState) -> HTML {
        guard !aside.isEmpty else { return .none }
        let lines: [HTML] = aside.map {
            "<li><a href=\"/projects/\($0.project.id.text)\">\($0.project.name)</a></li>"
        }
        let form = Form(
            action: "/projects/\(record.project.id.text)/unmerge",
            fields: [Field(name: "reason", label: "merging.reason")], button: "merging.undo",
            hidden: [("version", String(record.version))])
        return "<h2>\(words("merging.aside"))</h2><ul>\(lines)</ul>\(may ? form.html(state, frame) : .none)"
    }

    // MARK: Putting together

    /// - Parameter asked: The record whose page it is.
    func merge(_ proposal: MergeProposal, asked: ID<Project>, _ state: FormState) -> Page {
        let records = proposal.records
        let survivor = records[0].project
        let own = records.first { $0.project.id == asked } ?? records[0]
        let other = records.first { $0.project.id != asked } ?? records[1]
        var groups: [(place: ProjectMerge.Place, conflicts: [ProjectMerge.Conflict])] = []
        for conflict in proposal.merge.conflicts {
            let place = Self.deciding(conflict)
            if let index = groups.firstIndex(where: { $0.place == place }) {
                groups[index].conflicts.append(conflict)
            } else {
                groups.append((place, [conflict]))
            }
        }
        let choices: [HTML] = groups.map { fieldset($0.place, $0.conflicts, proposal) }
        let reason = Field(name: "reason", label: "merging.reason")
        return Page(
            "merging.title", path: path(own.project),
            """
            <p>\(words("merging.what", ["name": survivor.name]))</p>
            <form method="post" action="/projects/\(own.project.id.text)/merge">\(frame.token)
            <input type="hidden" name="version" value="\(own.version)">
            <input type="hidden" name="with" value="\(other.project.id.text)">
            <input type="hidden" name="with_version" value="\(other.version)">
            \(state.summary(besides: ["reason"], words))
            <h2>\(words("merging.conflicts"))</h2>
            \(choices.isEmpty ? "<p>\(words("merging.no-conflicts"))</p>" : "\(choices)" as HTML)
            \(reason.html(state, words))
            <button>\(words("merging.merge"))</button></form>
            """)
    }

    /// The records' words for one choice; an offer of financing and a person to ask are chosen whole.
    private func fieldset(
        _ place: ProjectMerge.Place, _ conflicts: [ProjectMerge.Conflict], _ proposal: MergeProposal
    ) -> HTML {
        let chosen = proposal.merge.choices[place] ?? proposal.merge.origins[place]
        let options: [HTML] = proposal.records.compactMap { record in
            let id = record.project.id
            let told = conflicts.flatMap { conflict in
                conflict.candidates.filter { $0.id == id }.map { candidate in
                    conflicts.count > 1
                        ? "\(words(conflict.field.title)) \(said(candidate.text))" : said(candidate.text)
                }
            }
            guard !told.isEmpty else { return nil }
            return """
                <label class="check"><input type="radio" name="\(Self.name(of: place))" value="\(id.text)"\
                \(id == chosen ? " checked" as HTML : .none)> \(told.joined(separator: "；"))</label>
                """
        }
        let key = place.key.isEmpty ? "" : " \(place.key)"
        return "<fieldset class=\"field\"><legend>\(words(place.field.title))\(key)</legend>\(options)</fieldset>"
    }

    private func said(_ text: FieldText) -> String {
        switch text {
        case .text(let text): text
        case .phrase(let message): words(message)
        }
    }

    /// The field whose choice decides a conflict.
    private static func deciding(_ conflict: ProjectMerge.Conflict) -> ProjectMerge.Place {
        switch conflict.field {
        case .needAmount, .needTenor, .needKind, .needRate: ProjectMerge.Place(.needAmount)
        case .contactName, .contactTelephone, .contactEmail: ProjectMerge.Place(.contactName)
        default: ProjectMerge.Place(conflict.field, key: conflict.key)
        }
    }

    /// The name of the form's field for a choice.
    static func name(of place: ProjectMerge.Place) -> String { "choice:\(place.field.rawValue):\(place.key)" }

    /// The place that a field of the form chooses for; nil where it is another field.
    static func place(named name: String) -> ProjectMerge.Place? {
        let parts = name.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "choice", let field = ProjectField(rawValue: parts[1]) else { return nil }
        return ProjectMerge.Place(field, key: parts[2])
    }
}
