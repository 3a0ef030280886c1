import Hummingbird
import Vocabulary
import Web

/// Leads who opens a page that is for somebody signed in to the page for signing in, and from there back. A form that is sent without
/// being signed in is told so instead: what was typed into it would be lost on the way.
struct SignInFirst: RouterMiddleware {
    typealias Context = WebContext

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem where problem == .notSignedIn && request.method == .get {
            return Response.redirect(to: "/sign-in?back=\(PercentEncoding.encoded(request.uri.string))")
        }
    }
}
