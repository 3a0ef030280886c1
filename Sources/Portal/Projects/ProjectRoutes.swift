import Access
import HTTPTypes
import Hummingbird
import Platform
import Projects
import Reporting
import Standards
import Store
import Vocabulary
import Web

extension PortalSite {
    /// The project library.
    func addProjects(to router: WebRouter) {
        router.get("/projects") { request, context in
            let visit = Visit(self, request, context)
            let viewer = try visit.viewer()
            let filter = Self.filter(visit)
            let found = try await platform.projectLines(
                filter, before: Self.place(visit.asked("before")), limit: Self.rowsOnPage + 1, by: viewer)
            let (shown, next) = visit.split(found, "before") { "\($0.changedAt.milliseconds) \($0.id.text)" }
            let counts = try await platform.projectCounts(by: viewer)
            return visit.page(
                pages(visit).list(shown, counts: counts, filter: filter, next: next, notice: visit.notice))
        }
        router.get("/projects/new") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(formPage(visit, nil, .empty))
        }
        router.post("/projects") { request, context in
            try await submit(request, context) { visit, fields in
                let state = FormState(fields)
                let json = try json(state, before: nil)
                guard let organisation = fields["organisation"].flatMap({ ID<Organisation>($0) }) else {
                    throw PlatformFault.invalid([FieldFault("/organisation", "json.bad-value")])
                }
                let record = try await placing {
                    try await platform.registerProject(json, for: organisation, by: try visit.viewer())
                }
                return visit.redirect(to: "/projects/\(record.project.id.text)", done: "project.saved")
            } again: { visit, state in
                try await formPage(visit, nil, state)
            }
        }
        router.get("/projects/{id}") { request, context in
            let visit = Visit(self, request, context)
            return try await visit.page(projectPage(visit, .empty, notice: visit.notice))
        }
        router.get("/projects/{id}/edit") { request, context in
            let visit = Visit(self, request, context)
            let record = try await platform.project(try visit.id("id"), by: try visit.viewer())
            return try await visit.page(
                formPage(visit, record, FormState(values: ProjectFormText.values(of: record.project))))
        }
        router.post("/projects/{id}/edit") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Project> = try visit.id("id")
                let viewer = try visit.viewer()
                let state = FormState(fields)
                let before = try await platform.project(id, by: viewer).project
                let json = try json(state, before: before)
                let version = try Self.version(fields)
                _ = try await placing {
                    try await platform.editProject(
                        id, json, version: version, reason: fields["reason"] ?? "", by: viewer)
                }
                return visit.redirect(to: "/projects/\(id.text)", done: "project.saved")
            } again: { visit, state in
                let record = try await platform.project(try visit.id("id"), by: try visit.viewer())
                return try await formPage(visit, record, state)
            }
        }
        router.post("/projects/{id}/step") { request, context in
            try await submit(request, context) { visit, fields in
                let id: ID<Project> = try visit.id("id")
                guard let step = fields["step"].flatMap(ProjectStep.init(rawValue:)) else { throw Problem.badRequest }
                _ = try await platform.step(
                    step, id, version: try Self.version(fields), reason: fields["reason"] ?? "",
                    by: try visit.viewer())
                return visit.redirect(to: "/projects/\(id.text)", done: "project.saved")
            } again: { visit, state in
                try await projectPage(visit, state)
            }
        }
        router.get("/projects/{id}/history") { request, context in
            let visit = Visit(self, request, context)
            let versions = try await platform.history(of: try visit.id("id"), by: try visit.viewer())
            guard let latest = versions.first else { throw Problem.notFound }
            return visit.page(pages(visit).history(latest.project, versions))
        }
        router.get("/projects/{id}/passport") { request, context in
            let visit = Visit(self, request, context)
            let passport = try await platform.passport(of: try visit.id("id"), by: try visit.viewer())
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/html; charset=utf-8",
                    .contentSecurityPolicy: Self.documentPolicy,
                ],
                body: .init(byteBuffer: ByteBuffer(string: passport.html(platform.library.phrasebook))))
        }
    }

    private func pages(_ visit: Visit) -> ProjectPages {
        ProjectPages(frame: visit.frame, regions: platform.library.regions, packs: platform.library.packs)
    }

    func projectPage(
        _ visit: Visit, _ state: FormState, upload: FormState = .empty, notice: Message? = nil
    ) async throws -> Page {
        let record = try await platform.project(try visit.id("id"), by: try visit.viewer())
        let day = platform.surroundings.now().day() ?? .earliest
        let words = visit.words
        let lines = try verdicts.lines(of: record.project.id, version: record.version, on: day, in: words.language) {
            VerdictLine.lines(try platform.judgement(of: record.project.dossier, on: day), words)
        }
        return pages(visit).project(
            record, verdicts: lines, step: state, upload: upload,
            notice: notice)
    }

    /// The organisations for which the viewer may do an act.
    func organisations(for act: Act, _ visit: Visit) async throws -> [(value: String, word: String)] {
        let viewer = try visit.viewer()
        let grants = viewer.grants(for: act)
        guard !grants.isEmpty else { throw PlatformFault.forbidden(act) }
        var organisations: [(value: String, word: String)] = []
        for id in Set(grants.map(\.organisation)).sorted() {
            organisations.append((id.text, try await platform.organisation(id, by: viewer).organisation.name))
        }
        return organisations
    }

    private func formPage(_ visit: Visit, _ record: ProjectRecord?, _ state: FormState) async throws -> Page {
        let organisations = record == nil ? try await organisations(for: .registerProject, visit) : []
        return pages(visit).form(record, organisations: organisations, state)
    }

    private func json(_ state: FormState, before: Project?) throws -> JSONValue {
        let (json, faults) = ProjectFormText.json(state.values, before: before, platform.library.facts)
        guard faults.isEmpty else { throw PlatformFault.invalid(ProjectFormText.placed(faults)) }
        return json
    }

    /// Puts faults of the project's members to the fields of the form.
    private func placing<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch PlatformFault.invalid(let faults) {
            throw PlatformFault.invalid(ProjectFormText.placed(faults))
        }
    }

    private static func filter(_ visit: Visit) -> ProjectFilter {
        var filter = ProjectFilter()
        filter.words = String((visit.asked("words") ?? "").prefix(100))
        filter.status = visit.asked("status").flatMap(ProjectStatus.init(rawValue:))
        filter.stage = visit.asked("stage").flatMap(ProjectStage.init(rawValue:))
        filter.region = visit.asked("region").flatMap { try? RegionCode.parse($0) }
        return filter
    }

    /// `milliseconds id`, as the link to the next page of a list in the order of time has it.
    static func place<Subject: Identified>(_ text: String?) -> (Timestamp, ID<Subject>)? {
        let parts = (text ?? "").split(separator: " ")
        guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = ID<Subject>(String(parts[1])) else {
            return nil
        }
        return (Timestamp(milliseconds: milliseconds), id)
    }

    /// For a document that is made to be kept and sent on: it has its style within, and nothing else may be loaded or run.
    static let documentPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

}
