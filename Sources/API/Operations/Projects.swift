import Access
import Platform
import Projects
import Store
import Vocabulary
import Web

extension PlatformAPI {
    /// The project that a path names.
    static let project = Parameter.path("project", .id(of: Project.self))

    private static let answer = Endpoint.Reply(
        200, .json(.named("Project")), headers: ["ETag": "api.note.etag"])

    var projectEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/projects", operation: "listProjects", tag: "projects", summary: "api.operation.list-projects",
                security: .scope(.projectsRead),
                parameters: [
                    .query("status", .words(ProjectStatus.self)), .query("stage", .words(ProjectStage.self)),
                    .query("region", .region, note: "api.note.region-filter"),
                    .query("organisation", .id(of: Organisation.self)),
                    .query("words", .text(1...100), note: "api.note.words-filter"),
                ], replies: [.init(200, .json(.page(of: .named("Project"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let before = page.after.flatMap { cursor -> (changedAt: Timestamp, id: ID<Project>)? in
                    guard let milliseconds = Int64(cursor.sortKey), let id = ID<Project>(cursor.id) else { return nil }
                    return (Timestamp(milliseconds: milliseconds), id)
                }
                let found = try await platform.projects(
                    try Self.filter(request), before: before, limit: page.limit + 1, by: try request.signedIn())
                return .page(
                    Page(
                        found, limit: page.limit,
                        cursor: { Cursor(sortKey: String($0.changedAt.milliseconds), id: $0.project.id.text) },
                        value: Self.project))
            }.with { $0.isPaged = true },
            Endpoint(
                .get, "/project-counts", operation: "countProjects", tag: "projects",
                summary: "api.operation.count-projects", security: .scope(.projectsRead),
                replies: [
                    .init(
                        200,
                        .json(
                            .object(
                                ProjectStatus.allCases.map { .init($0.rawValue, .integer(0...Int64.max)) })))
                ]
            ) { request in
                let counts = try await platform.projectCounts(by: try request.signedIn())
                return .json(
                    .object(
                        Dictionary(
                            uniqueKeysWithValues: ProjectStatus.allCases.map {
                                ($0.rawValue, .integer(Int64(counts[$0] ?? 0)))
                            })))
            },
            Endpoint(
                .post, "/projects", operation: "registerProject", tag: "projects",
                summary: "api.operation.register-project", security: .scope(.projectsWrite),
                body: .json(
                    .object(
                        [.init("organisation", .id(of: Organisation.self), note: "api.note.for-organisation")]
                            + Self.projectDraft)),
                replies: [
                    .init(
                        201, .json(.named("Project")),
                        headers: ["ETag": "api.note.etag", "Location": "api.note.location"])
                ]
            ) { request in
                let body = try request.json()
                guard let organisation = body["organisation"]?.text.flatMap({ ID<Organisation>($0) }) else {
                    throw Problem.badRequest
                }
                let record = try await platform.registerProject(body, for: organisation, by: try request.signedIn())
                return .created(
                    Self.project(record), path: "/projects/\(record.project.id.text)",
                    tag: EntityTag(version: record.version))
            }.with { $0.idempotencyKey = .optional },
            Endpoint(
                .get, "/projects/{project}", operation: "getProject", tag: "projects",
                summary: "api.operation.get-project", security: .scope(.projectsRead), parameters: [Self.project],
                replies: [Self.answer]
            ) { request in
                Self.answer(try await platform.project(try request.id("project"), by: try request.signedIn()))
            },
            Endpoint(
                .put, "/projects/{project}", operation: "editProject", tag: "projects",
                summary: "api.operation.edit-project", security: .scope(.projectsWrite), parameters: [Self.project],
                body: .json(
                    .object([.init("reason", .nullable(.text(0...500)), isRequired: false)] + Self.projectDraft)),
                replies: [Self.answer]
            ) { request in
                let body = try request.json()
                return Self.answer(
                    try await platform.editProject(
                        try request.id("project"), body, version: try request.seenVersion(),
                        reason: body["reason"]?.text ?? "",
                        by: try request.signedIn()))
            }.with { $0.ifMatch = .required },
        ]
    }

    var projectStepEndpoints: [Endpoint] {
        [
            Endpoint(
                .post, "/projects/{project}/steps", operation: "stepProject", tag: "projects",
                summary: "api.operation.step-project", security: .scope(.projectsWrite), parameters: [Self.project],
                body: .json(
                    .object([
                        .init("step", .words(ProjectStep.self)),
                        .init("reason", .nullable(.text(0...500)), isRequired: false, note: "api.note.step-reason"),
                    ])), replies: [Self.answer]
            ) { request in
                let body = try request.json()
                guard let step = body["step"]?.text.flatMap(ProjectStep.init(rawValue:)) else {
                    throw Problem.badRequest
                }
                return Self.answer(
                    try await platform.step(
                        step, try request.id("project"), version: try request.seenVersion(),
                        reason: body["reason"]?.text ?? "",
                        by: try request.signedIn()))
            }.with { $0.ifMatch = .required },
            Endpoint(
                .post, "/projects/{project}/shares", operation: "shareProject", tag: "projects",
                summary: "api.operation.share-project", security: .scope(.projectsWrite), parameters: [Self.project],
                body: .json(.object([.init("organisation", .id(of: Organisation.self))])), replies: [.init(204)]
            ) { request in
                guard let other = try request.json()["organisation"]?.text.flatMap({ ID<Organisation>($0) }) else {
                    throw Problem.badRequest
                }
                try await platform.share(try request.id("project"), with: other, by: try request.signedIn())
                return .noContent
            },
        ]
    }

    private static func answer(_ record: ProjectRecord) -> EndpointResponse {
        .json(project(record), tag: EntityTag(version: record.version))
    }

    private static func filter(_ request: EndpointRequest) throws(Problem) -> ProjectFilter {
        var filter = ProjectFilter()
        filter.status = request.word("status")
        filter.stage = request.word("stage")
        filter.organisation = request.text("organisation").flatMap { ID<Organisation>($0) }
        filter.words = request.text("words") ?? ""
        if let text = request.text("region") {
            do {
                filter.region = try RegionCode.parse(text)
            } catch {
                throw Problem.invalid([FieldFault("region", error.message)])
            }
        }
        return filter
    }
}
