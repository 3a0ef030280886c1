import Access
import Hummingbird
import Logging
import NIOCore
import Vocabulary

/// What a route may know of a request beside the request itself.
public struct WebContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// The random number of this request, which stands in `X-Request-Id`, in the log and in every problem.
    public internal(set) var requestID = ""
    /// The address that asks: behind trusted proxies the one they tell, else the other end of the connection.
    public internal(set) var peer = ""
    /// Who is signed in; nil for nobody.
    public internal(set) var viewer: Viewer?
    /// The language to answer in.
    public internal(set) var language = Language.zh
    /// The key of the viewer's session.
    var session: Secret?
    /// What a form of this viewer must bring along in the hidden field ``FormTokens/field``; nil without a session.
    public internal(set) var formToken: String?
    /// The other end of the connection.
    let connectionPeer: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        connectionPeer = source.channel.remoteAddress?.ipAddress ?? "local"
    }

    /// The viewer.
    /// - Throws: ``Problem`` 401 where nobody is signed in.
    public func signedIn() throws(Problem) -> Viewer {
        guard let viewer else { throw Problem.notSignedIn }
        return viewer
    }
}
