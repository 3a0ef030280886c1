import Platform
import Projects
import Vocabulary

/// The pages for lists of projects.
struct ImportPages: Sendable {
    let frame: Frame

    private var words: Words { frame.words }
    private var top: (name: String, address: String) { (words("portal.projects"), "/projects") }
    /// The most lines of each kind that a page shows; the rest is counted.
    private static let mostShown = 200

    /// - Parameter organisations: For which organisations the viewer may hand a list in; asked where there are several.
    func form(_ organisations: [(value: String, word: String)], _ state: FormState) -> Page {
        return Page(
            "project-import.title", path: [top],
            """
            <p>\(words("project-import.what", ["lines": String(Platform.mostImportLines), "size": String(Platform.mostImportBytes >> 20)]))</p>
            <form method="post" action="/projects/import" enctype="multipart/form-data">\(frame.token)
            \(state.summary(words))
            \(organisationChoice(organisations, label: "project.for", FormState(values: state.values), words))
            <div class="field"><label for="file">\(words("project-import.file"))</label>
            <input id="file" type="file" name="file" accept=".csv,.txt,.xlsx" required></div>
            <button>\(words("project-import.preview"))</button></form>
            """)
    }

    func preview(_ plan: ProjectImportPlan, _ state: FormState) -> Page {
        let address = "/projects/import/\(plan.record.id.text)"
        let path = [top, (words("project-import.title"), "/projects/import")]
        if let taken = plan.record.takenAt {
            let arguments = [
                "time": taken.localText, "added": String(plan.record.added ?? 0),
                "changed": String(plan.record.changed ?? 0),
            ]
            return Page("project-import.one", path: path, "<p>\(words("project-import.was-taken", arguments))</p>")
        }
        let take: HTML = """
            <form method="post" action="\(address)">\(frame.token)
            <input type="hidden" name="plan" value="\(plan.digest)">
            <p class="hint">\(words("project-import.take-hint"))</p>
            <button>\(words("project-import.take"))</button></form>
            """
        return Page(
            "project-import.one", path: path,
            """
            <p class="lead">\(plan.record.fileName)</p>
            \(state.summary(words))
            <ul class="summary"><li>\(words("project-import.lines", ["count": String(plan.lineCount)]))</li>
            <li>\(words("project-import.new", ["count": String(plan.additions.count)]))</li>
            <li>\(words("project-import.revised", ["count": String(plan.changes.count)]))</li>
            <li>\(words("project-import.same", ["count": String(plan.unchangedCount)]))</li>
            <li>\(words("project-import.faulty", ["count": String(plan.faultyCount)]))</li></ul>
            \(plan.isEmpty ? .none : take)
            \(wrong(plan, address))\(changed(plan))\(new(plan))
            """)
    }

    private func wrong(_ plan: ProjectImportPlan, _ address: String) -> HTML {
        guard !plan.faults.isEmpty else { return .none }
        return section(
            "project-import.faulty", plan.faultyCount, count: plan.faults.count,
            above: "<p><a href=\"\(address)/faults\">\(words("project-import.download-faults"))</a></p>",
            columns: ["project-import.line", "project-import.column", "project-import.value", "project-import.reason"],
            plan.faults.prefix(Self.mostShown).map { fault in
                ["\(fault.line)", "\(fault.column)", "\(fault.value)", "\(words(fault.message))"]
            })
    }

    private func changed(_ plan: ProjectImportPlan) -> HTML {
        guard !plan.changes.isEmpty else { return .none }
        return section(
            "project-import.revised", plan.changes.count, count: plan.changes.count,
            columns: ["project-import.line", "project.field.name", "project-import.changes"],
            plan.changes.prefix(Self.mostShown).map { change in
                let lines: [HTML] = ProjectRevision(from: change.record.project, to: change.project).changes.map {
                    "<li>\($0.text(words.phrasebook, in: words.language))</li>"
                }
                let project = change.record.project
                return [
                    "\(change.line)", "<a href=\"/projects/\(project.id.text)\">\(project.name)</a>",
                    "<ul>\(lines)</ul>",
                ]
            })
    }

    private func new(_ plan: ProjectImportPlan) -> HTML {
        guard !plan.additions.isEmpty else { return .none }
        return section(
            "project-import.new", plan.additions.count, count: plan.additions.count,
            columns: [
                "project-import.line", "project.field.name", "project.field.owner-name", "project-import.perhaps",
            ],
            plan.additions.prefix(Self.mostShown).map { addition in
                let perhaps = addition.perhaps.map {
                    "<a href=\"/projects/\($0.text)\">\(words("project-import.look"))</a>" as HTML
                }
                return [
                    "\(addition.line)", "\(addition.project.name)", "\(addition.project.owner.name)", perhaps ?? .none,
                ]
            })
    }

    private func section(
        _ title: String, _ number: Int, count: Int, above: HTML = .none, columns: [String], _ rows: [[HTML]]
    ) -> HTML {
        let table = Table(columns: columns, rows: rows, empty: "project.none", numeric: [0])
        let more = count - rows.count
        return """
            <h2>\(words(title, ["count": String(number)]))</h2>\(above)\(table.html(words))
            \(more > 0 ? "<p>\(words("project-import.more", ["count": String(more)]))</p>" : .none)
            """
    }
}
