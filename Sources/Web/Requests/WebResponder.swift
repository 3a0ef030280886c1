import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import Vocabulary

/// The whole site as one function: every request gets a number, every error a problem, every answer its headers, a line in
/// the log and a place in the metrics.
public struct WebResponder: HTTPResponder {
    public typealias Context = WebContext

    let routes: RouterResponder<WebContext>
    let gate: Gate

    public func respond(to request: Request, context original: WebContext) async throws -> Response {
        let dependencies = gate.dependencies
        let begin = dependencies.environment.uptime()
        var context = original
        context.requestID = dependencies.environment.random.bytes(8).hexadecimal
        context.language = LanguageChoice.choose(request.headers)
        context.peer = PeerAddress.resolve(
            connection: context.connectionPeer, forwarded: request.headers[values: .xForwardedFor],
            proxies: dependencies.settings.trustedProxies)
        context.coreContext.endpointPath.value = nil
        context.logger = dependencies.logger
        context.logger[metadataKey: "request"] = .string(context.requestID)

        let record = RequestRecord(request, context, begin: begin, dependencies: dependencies)
        let running = dependencies.metrics.requestBegan()
        var response: Response
        do {
            try check(request, running: running)
            response = try await routes.respond(to: request, context: context)
            // What the router did not find is told by the router in a way of its own.
            if context.endpointPath == Self.unmatched {
                _ = try gate.charge(nil, peer: context.peer)
                throw Problem.notFound
            }
        } catch let error as HTTPParserError {
            // The bytes of the body are no HTTP: the connection is answered 400 and closed below us.
            record.finish(status: 400, bytes: 0)
            throw error
        } catch {
            response = rendered(error, request, context)
        }
        response.headers[.requestID] = context.requestID
        SecurityHeaders.apply(to: &response.headers, settings: dependencies.settings)
        return record.follow(response)
    }

    private static let unmatched = "NotFound"

    private func check(_ request: Request, running: Int) throws(Problem) {
        let settings = gate.dependencies.settings
        guard WebRouter.methods.contains(request.method) else { throw Problem(501, .methodUnknown) }
        guard request.uri.string.utf8.count <= settings.targetBytes else {
            throw Problem(414, .targetTooLong, ["limit": String(settings.targetBytes)])
        }
        let bytes = request.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
        guard bytes <= settings.headerBytes, request.headers.count <= settings.headerFields else {
            throw Problem(431, .headersTooLarge, ["limit": String(settings.headerBytes)])
        }
        // A process that is full must still say that it lives.
        guard running <= settings.requests || request.uri.path == "/health" else { throw Problem.busy(retryAfter: 2) }
    }

    private func rendered(_ error: any Error, _ request: Request, _ context: WebContext) -> Response {
        let problem = problem(of: error, context)
        let rendering = ProblemRendering(
            phrasebook: gate.dependencies.phrasebook, language: context.language, requestID: context.requestID)
        let path = request.uri.path
        return rendering.response(problem, asJSON: path == "/api" || path.hasPrefix("/api/"))
    }

    private func problem(of error: any Error, _ context: WebContext) -> Problem {
        if let problem = error as? Problem { return problem }
        if let problem = gate.dependencies.explain(error) { return problem }
        if error is CancellationError { return .busy(retryAfter: 5) }
        // The text of an error may hold anything, even a person's name: only its type is surely harmless.
        var metadata: Logger.Metadata = ["error": .string(String(reflecting: type(of: error)))]
        if let text = gate.dependencies.describe(error) { metadata["detail"] = .string(text) }
        context.logger.error("request failed", metadata: metadata)
        return .failed
    }
}

extension HTTPField.Name {
    /// The number of a request, to name it to whoever looks after the server.
    public static let requestID = HTTPField.Name(checked: "X-Request-Id")
    static let xForwardedFor = HTTPField.Name(checked: "X-Forwarded-For")

    /// A name that is a token by sight.
    package init(checked name: String) {
        guard let valid = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a header field") }
        self = valid
    }
}
