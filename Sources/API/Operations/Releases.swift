import Access
import Credit
import Platform
import Statistics
import Store
import Vocabulary
import Web

extension PlatformAPI {
    static let releaseSchemas: [String: Schema] = [
        "PublicTotals": .object([
            .init("lenders", .integer(0...Int64.max)), .init("loans", .nullable(.loans)),
            .init(
                "rule",
                .object([
                    .init("lenders", .integer(0...Int64.max)), .init("loans", .integer(0...Int64.max)),
                    .init("largest_part", .integer(0...100)),
                ]), note: "api.note.disclosure-rule"),
            .init(
                "editions",
                .array(
                    of: .object([
                        .init("standard", .text(1...200)), .init("green", .loans),
                        .init(
                            "tables",
                            .array(
                                of: .object([
                                    .init("by", .words(CubeGrouping.self)),
                                    .init(
                                        "lines",
                                        .array(
                                            of: .object([
                                                .init("value", .text(0...64)), .init("green", .nullable(.loans)),
                                            ]), 0...100_000), note: "api.note.withheld"),
                                ]), 0...20)),
                        .init("benefits", .map(of: figure, most: 100), note: "api.note.benefits"),
                    ]), 0...20)),
        ]),
        "Release": .object([
            .init("id", .id(of: ReleaseRecord.self)), .init("organisation", .id(of: Organisation.self)),
            .init("publisher", .text(1...400)), .init("region", .region), .init("period", .month),
            .init("version", .integer(1...Int64.max)), .init("published_at", .moment), .init("reason", .text(0...4000)),
            .init("totals", .named("PublicTotals")),
        ]),
        "ReleaseDraft": .object([
            .init("totals", .named("PublicTotals")),
            .init("latest_version", .nullable(.integer(1...Int64.max))),
            .init("changed_lenders", .integer(0...Int64.max), note: "api.note.changed-lenders"),
            .init("tells_apart", .boolean, note: "api.note.tells-apart"),
            .init("missing", .integer(0...Int64.max)),
        ]),
    ]

    private static let publisher = Parameter.path("organisation", .id(of: Organisation.self))
    private static let month = Parameter.path("period", .month, note: "api.note.period")

    var releaseEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/releases", operation: "listReleases", tag: "public", summary: "api.operation.list-releases",
                security: .anyone, replies: [.init(200, .json(.page(of: .named("Release"))))]
            ) { request in
                let page = request.page ?? PageRequest(after: nil, limit: PageRequest.usualItems)
                let found = try await platform.releases(
                    before: page.after?.periodPlace(), limit: page.limit + 1)
                return .page(
                    Page(
                        found, limit: page.limit,
                        cursor: { Cursor(sortKey: $0.period.description, id: $0.id.text) }, value: Self.release))
            }.with { $0.isPaged = true },
            Endpoint(
                .get, "/releases/{release}", operation: "getRelease", tag: "public",
                summary: "api.operation.get-release", security: .anyone,
                parameters: [.path("release", .id(of: ReleaseRecord.self))],
                replies: [.init(200, .json(.named("Release")))]
            ) { request in .json(Self.release(try await platform.release(try request.id("release")).release)) },
            Endpoint(
                .get, "/organisations/{organisation}/releases/{period}", operation: "getReleaseDraft",
                tag: "statistics", summary: "api.operation.get-release-draft", security: .session,
                parameters: [Self.publisher, Self.month], replies: [.init(200, .json(.named("ReleaseDraft")))]
            ) { request in
                let draft = try await platform.releaseDraft(
                    of: try request.id("organisation"), try request.pathMonth(), by: try request.signedIn())
                return .json([
                    "totals": draft.totals.json,
                    "latest_version": JSONValue(draft.versions.first.map { Int64($0.version) }),
                    "changed_lenders": .integer(Int64(draft.changedLenders)), "tells_apart": .bool(draft.tellsApart),
                    "missing": .integer(Int64(draft.missing)),
                ])
            },
            Endpoint(
                .post, "/organisations/{organisation}/releases/{period}", operation: "publishRelease",
                tag: "statistics", summary: "api.operation.publish-release", security: .session,
                parameters: [Self.publisher, Self.month],
                body: .json(
                    .object([
                        .init("reason", .text(0...1000), isRequired: false, note: "api.note.release-reason"),
                        .init("after_version", .nullable(.integer(1...Int64.max)), note: "api.note.after-version"),
                    ])), replies: [.init(201, .json(.named("Release")), headers: ["Location": "api.note.location"])]
            ) { request in
                let body = try request.json()
                let release = try await platform.publishRelease(
                    of: try request.id("organisation"), try request.pathMonth(), reason: body["reason"]?.text ?? "",
                    after: body["after_version"]?.integer.map { Int(clamping: $0) }, by: try request.signedIn())
                return .created(Self.release(release), path: "/releases/\(release.id.text)")
            },
        ]
    }

    private static func release(_ release: ReleaseRecord) -> JSONValue {
        [
            "id": .string(release.id.text), "organisation": .string(release.organisation.text),
            "publisher": .string(release.publisher), "region": .string(release.region.description),
            "period": .string(release.period.description), "version": .integer(Int64(release.version)),
            "published_at": .string(release.publishedAt.description), "reason": .string(release.reason),
            "totals": release.totals.json,
        ]
    }
}

extension EndpointRequest {
    /// The month that the path names.
    fileprivate func pathMonth() throws -> ReportingPeriod {
        guard let month = try month("period") else { throw Problem.notFound }
        return month
    }
}
