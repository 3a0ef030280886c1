import Access
import Platform
import Projects
import Standards
import Store
import Vocabulary

/// The pages of the project library.
struct ProjectPages: Sendable {
    let frame: Frame
    let regions: RegionTable
    let packs: [StandardPack]

    private var words: Words { frame.words }
    private var viewer: Viewer? { frame.viewer }
    private var top: (name: String, address: String) { (words("portal.projects"), "/projects") }

    private func address(_ id: ID<Project>, _ rest: String = "") -> String { "/projects/\(id.text)\(rest)" }

    private func region(_ code: RegionCode?) -> String {
        guard let code else { return "–" }
        return regions.region(code)?.name ?? code.description
    }

    /// Amounts as people say them: 万元.

    // MARK: Lists

    func list(
        _ lines: [ProjectLine], counts: [ProjectStatus: Int], filter: ProjectFilter, next: String?,
        notice: Message? = nil
    ) -> Page {
        let mayRegister = !(viewer?.grants(for: .registerProject).isEmpty ?? true)
        let summary: [HTML] = ProjectStatus.allCases.compactMap { status in
            guard let count = counts[status], count > 0 else { return nil }
            return "<li><a href=\"/projects?status=\(status.rawValue)\">\(words(status.phrase)) \(count)</a></li>"
        }
        let table = Table(
            columns: [
                "project.field.name", "project.field.owner-name", "project.field.region", "project.field.stage",
                "project.field.status", "project.total-10k", "project.need-10k", "project.changed",
            ],
            rows: lines.map { line in
                [
                    "<a href=\"\(address(line.id))\">\(line.name)</a>", "\(line.ownerName)", "\(region(line.region))",
                    "\(line.stage.map { words($0.phrase) } ?? "–")", "\(words(line.status.phrase))",
                    "\(amount(line.totalInvestment))", "\(amount(line.needAmount))", "\(words(line.changedAt))",
                ]
            }, empty: "project.none", numeric: [5, 6])
        let statuses: [HTML] = ProjectStatus.allCases.map {
            .option($0.rawValue, words($0.phrase), isChosen: $0 == filter.status)
        }
        return Page(
            "portal.projects", notice: notice,
            """
            <form method="get" action="/projects" class="filter">
            <label>\(words("project.search")) <input name="words" type="search" value="\(filter.words)"></label>
            <label>\(words("project.field.status")) <select name="status"><option value="">\(words("portal.all"))</option>\(statuses)</select></label>
            <label>\(words("project.field.region")) <input name="region" inputmode="numeric" pattern="[0-9]{6}" value="\(filter.region?.description ?? "")"></label>
            <button class="quiet">\(words("project.find"))</button></form>
            <ul class="summary">\(summary)</ul>
            \(mayRegister ? "<p><a class=\"button\" href=\"/projects/new\">\(words("project.register"))</a> <a href=\"/projects/import\">\(words("project-import.title"))</a></p>" : .none)
            \(table.html(words))
            \(words.next(next))
            """)
    }

    // MARK: One project

    /// - Parameter verdicts: What each standard says, by its name.
    func project(
        _ record: ProjectRecord, verdicts: [VerdictLine], step: FormState, upload: FormState = .empty,
        notice: Message? = nil
    ) -> Page {
        let project = record.project
        let place = record.placement
        func may(_ act: Act) -> Bool { viewer?.may(act, on: place) ?? false }
        let entries: [HTML] = project.entries.filter { $0.field != .document && $0.field != .fact }.map { entry in
            let key = entry.key.isEmpty ? "" : " \(entry.key)"
            return "<dt>\(words(entry.field.title))\(key)</dt><dd>\(said(entry.text))</dd>"
        }
        let facts = Table(
            columns: ["project.field.fact", "project.fact-value"],
            rows: project.entries.filter { $0.field == .fact }.map { ["<code>\($0.key)</code>", "\(said($0.text))"] },
            empty: "project.no-facts")
        let mayEdit = may(.editProject) && project.status != .merged
        let seesLoans = !(viewer?.grants(for: .readFacility).isEmpty ?? true)
        let documents = Table(
            columns: ["project.file", "project.bytes", "project.proves", ""],
            rows: project.documents.map { document in
                [
                    "<a href=\"\(address(project.id, "/documents/\(document.digest)"))\">\(document.fileName)</a>",
                    "\(document.byteCount)", "\(document.proves.sorted().map(\.name).joined(separator: ", "))",
                    mayEdit ? detach(document, from: record) : .none,
                ]
            }, empty: "project.no-documents", numeric: [1])
        let steps: [HTML] = ProjectStep.allCases.compactMap { step in
            guard may(step.act), project.status.next.contains(step.status) else { return nil }
            return "<button class=\"quiet\" name=\"step\" value=\"\(step.rawValue)\">\(words(step.phrase))</button> "
        }
        let stepForm: HTML = """
            <h2>\(words("project.steps"))</h2>
            <form method="post" action="\(address(project.id, "/step"))">\(frame.token)
            <input type="hidden" name="version" value="\(record.version)">
            \(step.summary(words))
            <div class="field"><label for="reason">\(words("project.reason"))</label>
            <input id="reason" name="reason" maxlength="500" value="\(step.values["reason"] ?? "")"></div>
            \(steps)</form>
            """
        return Page(
            "project.one", path: [top], notice: notice,
            """
            <p class="lead">\(project.name)</p>
            <p><a href="\(address(project.id, "/history"))">\(words("project.history"))</a> ·
            <a href="\(address(project.id, "/passport"))">\(words("passport.title"))</a>
            · <a href="\(address(project.id, "/duplicates"))">\(words("merging.duplicates"))</a>
            \(seesLoans ? " · <a href=\"\(address(project.id, "/exposures"))\">\(words("exposure.project"))</a>" : .none)
            \(mayEdit ? " · <a href=\"\(address(project.id, "/edit"))\">\(words("portal.edit"))</a>" : .none)</p>
            <h2>\(words("project.verdicts"))</h2>
            \(VerdictLine.table(verdicts, words).html(words))
            <h2>\(words("project.data"))</h2>
            <dl>\(entries)</dl>
            <h2>\(words("project.field.fact"))</h2>\(facts.html(words))
            <h2>\(words("project.field.document"))</h2>\(documents.html(words))
            \(mayEdit ? attach(project, upload) : .none)
            \(steps.isEmpty ? .none : stepForm)
            """)
    }

    private func attach(_ project: Project, _ state: FormState) -> HTML {
        let proves = Field(
            name: "proves", label: "project.proves", hint: "document.proves-hint",
            kind: .checks(project.facts.facts.keys.sorted().map { ($0.name, $0.name) }), isRequired: false)
        return """
            <form method="post" action="\(address(project.id, "/documents"))" enctype="multipart/form-data">\(frame.token)
            \(state.summary(words))
            <div class="field"><label for="file">\(words("project.attach"))</label>
            <p class="hint" id="file-hint">\(words("project.attach-hint"))</p>
            <input id="file" type="file" name="file" required aria-describedby="file-hint"></div>
            \(project.facts.facts.isEmpty ? .none : proves.html(FormState(values: state.values), words))
            <button class="quiet">\(words("project.attach"))</button></form>
            """
    }

    private func detach(_ document: ProjectDocument, from record: ProjectRecord) -> HTML {
        """
        <form method="post" action="\(address(record.project.id, "/documents/\(document.digest)/detach"))">\(frame.token)
        <input type="hidden" name="version" value="\(record.version)">
        <button class="link">\(words("document.detach"))</button></form>
        """
    }

    private func said(_ text: FieldText) -> String {
        switch text {
        case .text(let text): text
        case .phrase(let message): words(message)
        }
    }

    // MARK: History

    func history(_ project: Project, _ versions: [ProjectVersion]) -> Page {
        let blocks: [HTML] = versions.enumerated().map { index, version in
            let earlier = index + 1 < versions.count ? versions[index + 1].project : nil
            let changes =
                earlier.map { ProjectRevision(from: $0, to: version.project).changes } ?? []
            let lines: [HTML] = changes.map {
                "<li>\($0.text(words.phrasebook, in: words.language))</li>"
            }
            return """
                <h2>\(words("project.version", ["number": String(version.version)]))</h2>
                <p class="quiet">\(words(version.at)) · \(version.personName) · \(words(version.act))\
                \(version.reason.isEmpty ? "" : " · \(version.reason)")</p>
                <ul>\(lines)</ul>
                """
        }
        return Page("project.history", path: [top, (project.name, address(project.id))], "\(blocks)")
    }

    // MARK: Entering

    /// The form for a new project, or for another version of one.
    /// - Parameter organisations: For which organisations the viewer may enter it; asked where there are several.
    func form(_ record: ProjectRecord?, organisations: [(value: String, word: String)], _ state: FormState) -> Page {
        let stages = [(value: "", word: "–")] + ProjectStage.allCases.map { ($0.rawValue, words($0.phrase)) }
        let kinds = [(value: "", word: "–")] + FinancingNeed.Kind.allCases.map { ($0.rawValue, words($0.phrase)) }
        var fields: [Field] = []
        if record == nil && organisations.count > 1 {
            fields.append(Field(name: "organisation", label: "project.for", kind: .choice(organisations)))
        }
        fields += [
            Field(name: "name", label: "project.field.name"),
            Field(name: "owner_name", label: "project.field.owner-name", isRequired: false),
            Field(
                name: "owner_code", label: "project.field.owner-credit-code", hint: "organisation.credit-code-hint",
                isRequired: false),
            Field(name: "national_code", label: "project.field.national-code", isRequired: false),
            Field(
                name: "region", label: "project.field.region", hint: "project.region-hint", isRequired: false),
            Field(name: "industry", label: "project.field.industry", isRequired: false),
            Field(
                name: "purpose", label: "project.field.purpose", hint: "project.purpose-hint", kind: .lines,
                isRequired: false),
            Field(
                name: "subjects", label: "project.field.subject", hint: "project.subjects-hint", kind: .lines,
                isRequired: false),
            Field(name: "stage", label: "project.field.stage", kind: .choice(stages), isRequired: false),
            Field(
                name: "total_investment", label: "project.field.total-investment", hint: "project.money-hint",
                isRequired: false),
            Field(name: "own_capital", label: "project.field.own-capital", isRequired: false),
            Field(name: "need_amount", label: "project.field.need-amount", isRequired: false),
            Field(
                name: "need_kind", label: "project.field.need-kind", kind: .choice(kinds), isRequired: false),
            Field(
                name: "need_tenor", label: "project.field.need-tenor",
                kind: .line(type: "number", autocomplete: "off"), isRequired: false),
            Field(
                name: "planned_start", label: "project.field.planned-start",
                kind: .line(type: "date", autocomplete: "off"), isRequired: false),
            Field(
                name: "planned_finish", label: "project.field.planned-finish",
                kind: .line(type: "date", autocomplete: "off"), isRequired: false),
            Field(
                name: "facts", label: "project.field.fact", hint: "project.facts-hint", kind: .lines,
                isRequired: false),
            Field(name: "contact_name", label: "project.field.contact-name", isRequired: false),
            Field(name: "contact_telephone", label: "project.field.contact-telephone", isRequired: false),
            Field(name: "contact_email", label: "project.field.contact-email", isRequired: false),
        ]
        var hidden: [(name: String, value: String)] = []
        if let record {
            fields.append(Field(name: "reason", label: "project.reason", isRequired: false))
            hidden.append(("version", String(record.version)))
        } else if let only = organisations.first, organisations.count == 1 {
            hidden.append(("organisation", only.value))
        }
        let form = Form(
            action: record.map { address($0.project.id, "/edit") } ?? "/projects", fields: fields,
            button: "portal.save", hidden: hidden)
        let path = record.map { [top, ($0.project.name, address($0.project.id))] } ?? [top]
        return Page(record == nil ? "project.register" : "portal.edit", path: path, form.html(state, frame))
    }
}
