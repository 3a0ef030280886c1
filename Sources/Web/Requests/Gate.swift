import Access
import HTTPTypes
import Hummingbird

/// Who asks, and how often: the part of the guard that all routes share.
struct Gate: Sendable {
    let dependencies: WebDependencies
    let rates: RateLimiter
    let cookie: SessionCookie

    init(_ dependencies: WebDependencies) {
        self.dependencies = dependencies
        rates = RateLimiter(capacity: dependencies.settings.rateTable)
        cookie = SessionCookie(settings: dependencies.settings)
    }

    /// What the credential of a request says.
    enum Finding: Sendable {
        case nobody
        /// With the key of the session, unless it was a token.
        case viewer(Viewer, session: Secret?)
        /// A bearer token that is not known: an error, while a session that ended is just nobody.
        case badToken
    }

    /// Finds who asks. A bearer token goes before a cookie, which is then not looked at.
    func who(_ headers: HTTPFields) async throws -> Finding {
        if let authorization = headers[.authorization] {
            guard let token = Self.bearerToken(authorization),
                let viewer = try await dependencies.authenticator.token(token)
            else { return .badToken }
            return .viewer(viewer, session: nil)
        }
        guard let key = RequestCookies.value(of: cookie.name, in: headers),
            let session = try? Secret(.session, reading: key),
            let viewer = try await dependencies.authenticator.session(session)
        else { return .nobody }
        return .viewer(viewer, session: session)
    }

    /// The token of `Authorization: Bearer …` (RFC 6750, 2.1); nil for another scheme or a token that cannot be one.
    static func bearerToken(_ header: String) -> Secret? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return try? Secret(.token, reading: String(parts[1]))
    }

    /// Takes one request from the visitor's rate.
    /// - Returns: The header fields that tell how much is left.
    /// - Throws: ``Problem`` 429.
    func charge(_ viewer: Viewer?, peer: String) throws(Problem) -> HTTPFields {
        let settings = dependencies.settings
        let (key, rate): (RateLimiter.Key, WebSettings.Rate) =
            switch viewer?.credential {
            case .token(let token, _): (.token(token.text), settings.viewerRate)
            case .session: (.viewer(viewer?.person.text ?? ""), settings.viewerRate)
            case nil: (.address(PeerAddress.rateKey(peer)), settings.addressRate)
            }
        let verdict = rates.take(key, rate: rate, at: dependencies.environment.uptime())
        guard verdict.isAllowed else {
            throw Problem(
                429, .tooManyRequests, ["seconds": String(verdict.retryAfter)],
                headers: verdict.headers(limit: rate.burst))
        }
        return verdict.headers(limit: rate.burst)
    }
}
