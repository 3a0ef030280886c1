import Access

/// The cookie that holds the key of a session. Scripts cannot read it, and over TLS its prefix (RFC 6265bis, 4.1.3) keeps
/// any other host from planting one.
public struct SessionCookie: Sendable, Equatable {
    public let name: String
    private let isHTTPS: Bool

    public init(settings: WebSettings) {
        isHTTPS = settings.isHTTPS
        name = settings.isHTTPS ? "__Host-jialing" : "jialing"
    }

    /// The value of `Set-Cookie` that keeps a session.
    /// - Parameter seconds: How long the browser keeps it; nil until it is closed.
    public func set(_ key: Secret, seconds: Int?) -> String {
        "\(name)=\(key.text)\(attributes)\(seconds.map { "; Max-Age=\($0)" } ?? "")"
    }

    /// The value of `Set-Cookie` that makes the browser forget the session.
    public var clear: String { "\(name)=\(attributes); Max-Age=0" }

    private var attributes: String { "; Path=/; HttpOnly; SameSite=Lax\(isHTTPS ? "; Secure" : "")" }
}
