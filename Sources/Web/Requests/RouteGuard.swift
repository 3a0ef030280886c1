import Access
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// Stands before the handler of one route: who asks, how often, how much is sent, from which site, for how long.
struct RouteGuard: HTTPResponder {
    typealias Context = WebContext

    let gate: Gate
    let rules: RouteRules
    let next: any HTTPResponder<WebContext>

    func respond(to request: Request, context: WebContext) async throws -> Response {
        do {
            return try await guarded(request, context)
        } catch {
            // The router would turn errors of Hummingbird into answers of its own, with words of its own.
            throw Self.translated(error)
        }
    }

    private func guarded(_ original: Request, _ originalContext: WebContext) async throws -> Response {
        var (request, context) = (original, originalContext)
        var rateHeaders = HTTPFields()
        if rules.asksWho {
            let finding = try await gate.who(request.headers)
            if case .viewer(let viewer, let session) = finding {
                context.viewer = viewer
                context.session = session
                context.formToken = session.map {
                    CrossSiteToken(session: $0).text(gate.dependencies.environment.random)
                }
            }
            if rules.countsRate { rateHeaders = try gate.charge(context.viewer, peer: context.peer) }
            if case .badToken = finding { throw Problem.badCredential }
        } else if rules.countsRate {
            rateHeaders = try gate.charge(nil, peer: context.peer)
        }
        try BoundedBody.apply(limit: rules.bodyBytes ?? gate.dependencies.settings.bodyBytes, to: &request)
        try await SiteCheck(gate: gate).check(&request, context)

        var response = try await answer(request, context)
        response.headers.append(contentsOf: rateHeaders)
        if context.viewer != nil && response.headers[.cacheControl] == nil {
            response.headers[.cacheControl] = "no-store"
        }
        return response
    }

    /// The handler's answer within its time.
    private func answer(_ request: Request, _ context: WebContext) async throws -> Response {
        let seconds = rules.answerSeconds ?? gate.dependencies.settings.answerSeconds
        let (next, sleep) = (next, gate.dependencies.environment.sleep)
        return try await withThrowingTaskGroup(of: Response.self) { group in
            group.addTask { try await next.respond(to: request, context: context) }
            group.addTask {
                try await sleep(seconds)
                throw Problem.tooSlow
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw Problem.failed }
            return response
        }
    }

    /// What an error of Hummingbird means here. Its words are not ours and are dropped.
    private static func translated(_ error: any Error) -> any Error {
        switch error {
        case is HTTPParserError: error
        case is NIOTooManyBytesError: Problem(413, .bodyTooLarge, ["limit": "?"])
        case let error as any HTTPResponseError: Problem.of(status: error.status.code)
        default: error
        }
    }
}
