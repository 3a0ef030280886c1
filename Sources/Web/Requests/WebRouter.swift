import HTTPTypes
import Hummingbird

/// The routes of the site. Every route gets the guard of the house; HEAD is answered wherever GET is, OPTIONS everywhere,
/// and another method of a known path gets 405 with `Allow`.
///
///     let router = WebRouter(dependencies)
///     router.get("/projects/{id}") { request, context in … }
///     router.on("/books", method: .post, rules: RouteRules(bodyBytes: 64 << 20)) { request, context in … }
///     let responder = router.responder()
public final class WebRouter: RouterMethods {
    public typealias Context = WebContext

    private let routes = Router(context: WebContext.self)
    private let gate: Gate
    private var known: [String: (path: RouterPath, methods: [HTTPRequest.Method: any HTTPResponder<WebContext>])] = [:]

    public init(_ dependencies: WebDependencies) { gate = Gate(dependencies) }

    /// Adds a route with the usual rules.
    @discardableResult
    public func on<Responder: HTTPResponder>(
        _ path: RouterPath, method: HTTPRequest.Method, responder: Responder
    ) -> Self where Responder.Context == WebContext {
        on(path, method: method, rules: RouteRules(), responder: responder)
    }

    /// Adds a route with rules of its own.
    @discardableResult
    public func on(
        _ path: RouterPath, method: HTTPRequest.Method, rules: RouteRules,
        use handler: @escaping @Sendable (Request, WebContext) async throws -> some ResponseGenerator
    ) -> Self {
        let responder = CallbackResponder<WebContext> { request, context in
            try await handler(request, context).response(from: request, context: context)
        }
        return on(path, method: method, rules: rules, responder: responder)
    }

    /// Adds a route with rules of its own.
    @discardableResult
    public func on(
        _ path: RouterPath, method: HTTPRequest.Method, rules: RouteRules, responder: any HTTPResponder<WebContext>
    ) -> Self {
        let guarded = RouteGuard(gate: gate, rules: rules, next: responder)
        known[path.description, default: (path, [:])].methods[method] = guarded
        routes.on(path, method: method, responder: guarded)
        return self
    }

    /// Adds a middleware for the routes added after it. It stands outside the guard: it does not know who asks.
    @discardableResult
    public func add(middleware: any MiddlewareProtocol<Request, Response, WebContext>) -> Self {
        routes.add(middleware: middleware)
        return self
    }

    /// The site, ready to answer. Called once, when every route is added.
    public func responder() -> WebResponder {
        for (_, entry) in known.sorted(by: { $0.key < $1.key }) {
            var methods = Set(entry.methods.keys)
            if let get = entry.methods[.get], !methods.contains(.head) {
                methods.insert(.head)
                routes.on(entry.path, method: .head, responder: HeadResponder(get: get))
            }
            methods.insert(.options)
            let allow = methods.map(\.rawValue).sorted()
            for method in Self.methods
            where entry.methods[method] == nil && !(method == .head && methods.contains(.head)) {
                routes.on(entry.path, method: method, responder: OtherMethod(allow: allow))
            }
        }
        return WebResponder(routes: routes.buildResponder(), gate: gate)
    }

    /// The methods that are known at all (RFC 9110, 9.3; RFC 5789; QUERY of the HTTP working group); any other gets 501.
    static let methods: [HTTPRequest.Method] =
        [.get, .head, .post, .put, .patch, .delete, .options, .trace] + [HTTPRequest.Method("QUERY")].compactMap(\.self)
}

/// Answers HEAD as GET would be, without the body.
private struct HeadResponder: HTTPResponder {
    typealias Context = WebContext
    let get: any HTTPResponder<WebContext>

    func respond(to request: Request, context: WebContext) async throws -> Response {
        try await get.respond(to: request, context: context).createHeadResponse()
    }
}

/// Answers the methods that a path does not have.
private struct OtherMethod: HTTPResponder {
    typealias Context = WebContext
    let allow: [String]

    func respond(to request: Request, context: WebContext) async throws -> Response {
        guard request.method == .options else { throw Problem.methodNotAllowed(allow: allow) }
        return Response(status: .noContent, headers: [.allow: allow.joined(separator: ", ")])
    }
}
