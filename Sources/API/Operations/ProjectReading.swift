import Access
import Hummingbird
import Platform
import Projects
import Reporting
import Store
import Vocabulary
import Web

extension PlatformAPI {
    private static let day = Parameter.query("day", .date, note: "api.note.day")

    /// What is told of a project beside itself.
    var projectReadingEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/projects/{project}/history", operation: "getProjectHistory", tag: "projects",
                summary: "api.operation.get-project-history", security: .scope(.projectsRead),
                parameters: [Self.project], replies: [.init(200, .json(.list(of: .named("ProjectVersion"))))]
            ) { request in
                let versions = try await platform.history(
                    of: try request.id("project"), by: try request.signedIn())
                return .list(history(versions, request.language))
            },
            Endpoint(
                .get, "/projects/{project}/judgement", operation: "judgeProject", tag: "projects",
                summary: "api.operation.judge-project", security: .scope(.projectsRead),
                parameters: [Self.project, Self.day], replies: [.init(200, .json(.named("Judgement")))]
            ) { request in
                .json(
                    try await platform.judgement(
                        of: try request.id("project"), on: request.day("day"), by: try request.signedIn()
                    ).jsonValue)
            },
            Endpoint(
                .get, "/projects/{project}/passport", operation: "getPassport", tag: "projects",
                summary: "api.operation.get-passport", security: .scope(.projectsRead),
                parameters: [Self.project, Self.day], replies: [.init(200, .json(.named("Passport")))]
            ) { request in .json(try await passport(request).jsonValue) },
            Endpoint(
                .get, "/projects/{project}/passport.html", operation: "getPassportPage", tag: "projects",
                summary: "api.operation.get-passport-page", security: .scope(.projectsRead),
                parameters: [Self.project, Self.day],
                replies: [.init(200, .bytes(mediaType: "text/html; charset=utf-8"))]
            ) { request in
                let page = try await passport(request).html(platform.library.phrasebook)
                // A document of its own, made to be kept and sent on: it has its style within, and no script.
                return EndpointResponse(
                    .bytes(.init(byteBuffer: ByteBuffer(string: page)), mediaType: "text/html; charset=utf-8"),
                    headers: [
                        .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
                    ])
            },
        ]
    }

    private func passport(_ request: EndpointRequest) async throws -> Passport {
        try await platform.passport(
            of: try request.id("project"), on: request.day("day"), by: try request.signedIn())
    }

    /// The versions, the latest first, each with what it changed of the one before.
    private func history(_ versions: [ProjectVersion], _ language: Language) -> [JSONValue] {
        let phrasebook = platform.library.phrasebook
        func say(_ text: FieldText?) -> JSONValue {
            switch text {
            case .text(let text): .string(text)
            case .phrase(let message): .string(phrasebook.text(message, in: language))
            case nil: .null
            }
        }
        return versions.indices.map { index in
            let version = versions[index]
            let before = index + 1 < versions.count ? versions[index + 1].project : nil
            let changes = before.map { ProjectRevision(from: $0, to: version.project).changes } ?? []
            return [
                "version": .integer(version.version), "at": .string(version.at.description),
                "person": .string(version.person.text), "person_name": .string(version.personName),
                "organisation": .string(version.organisation.text), "act": .string(version.act),
                "reason": .string(version.reason), "status": .string(version.project.status.rawValue),
                "changes": .array(
                    changes.map { change in
                        [
                            "field": .string(String(change.field.rawValue.dropFirst("project.field.".count))),
                            "key": .string(change.key), "before": say(change.before), "after": say(change.after),
                            "text": .string(change.text(phrasebook, in: language)),
                        ]
                    }),
            ]
        }
    }
}
