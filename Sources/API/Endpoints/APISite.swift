import HTTPTypes
import Hummingbird
import Vocabulary
import Web

/// The whole API from one list of endpoints: the routes under `/api/v1`, `/api/v1/openapi.json`, and the pages of the
/// reference at `/api/v1/`.
///
///     let site = APISite(endpoints: [listProjects, …], schemas: ["Project": …], cursors: CursorSeal(key: secret))
///     site.add(to: router, dependencies)
public struct APISite: Sendable {
    /// Where the API stands.
    public static let root = "/api/v1"

    public let endpoints: [Endpoint]
    /// The schemas that others refer to by name. `Problem` is added.
    public let schemas: [String: Schema]
    let cursors: CursorSeal
    let idempotency: IdempotencyStore?
    /// Whether every answer is held against its description, as in tests and debug runs.
    public let checksAnswers: Bool

    public init(
        endpoints: [Endpoint], schemas: [String: Schema] = [:], cursors: CursorSeal,
        idempotency: IdempotencyStore? = nil, checksAnswers: Bool = false
    ) {
        self.endpoints = endpoints
        self.schemas = schemas.merging(["Problem": Self.problem], uniquingKeysWith: { own, _ in own })
        self.cursors = cursors
        self.idempotency = idempotency
        self.checksAnswers = checksAnswers
    }

    /// RFC 9457 as we fill it.
    static let problem = Schema.object([
        .init("type", .text(1...200)), .init("title", .text(1...500)), .init("status", .integer(400...599)),
        .init("detail", .text(0...5000)), .init("code", .text(1...200)), .init("requestId", .text(1...64)),
        .init(
            "errors",
            .array(
                of: .object([
                    .init("pointer", .text(0...2000)), .init("code", .text(1...200)), .init("message", .text(0...5000)),
                ]), 0...Problem.mostDetails), isRequired: false),
    ])

    /// Adds all routes.
    public func add(to router: WebRouter, _ dependencies: WebDependencies) {
        for endpoint in endpoints {
            router.on(
                RouterPath(Self.root + endpoint.path), method: endpoint.method.httpMethod,
                rules: RouteRules(bodyBytes: endpoint.bodyBytes, answerSeconds: endpoint.answerSeconds),
                responder: EndpointResponder(endpoint: endpoint, site: self, settings: dependencies.settings))
        }
        let document = OpenAPIDocument(
            site: self, phrasebook: dependencies.phrasebook, cookie: SessionCookie(settings: dependencies.settings).name
        ).bytes
        let tag = EntityTag(of: document)
        router.on("\(Self.root)/openapi.json", method: .get, rules: RouteRules(asksWho: false)) { request, _ in
            var headers: HTTPFields = [
                .contentType: "application/json", .eTag: tag.text, .cacheControl: "no-cache",
            ]
            if Precondition.isUnchanged(request.headers, tag: tag) {
                return Response(status: .notModified, headers: headers)
            }
            headers[.accessControlAllowOrigin] = "*"
            return Response(status: .ok, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: document)))
        }
        let pages = ReferencePages(site: self, phrasebook: dependencies.phrasebook)
        router.on(RouterPath(Self.root), method: .get, rules: RouteRules(asksWho: false)) { _, context in
            Self.page(pages.index(context.language))
        }
        router.on("\(Self.root)/reference/{operation}", method: .get, rules: RouteRules(asksWho: false)) { _, context in
            guard let operation = context.parameters.get("operation"),
                let endpoint = endpoints.first(where: { $0.operation == operation })
            else { throw Problem.notFound }
            return Self.page(pages.page(of: endpoint, context.language))
        }
    }

    private static func page(_ html: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-cache"],
            body: .init(byteBuffer: ByteBuffer(string: html)))
    }
}

extension Endpoint.Method {
    var httpMethod: HTTPRequest.Method {
        switch self {
        case .get: .get
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        }
    }
}
