import Vocabulary

/// How the server listens, what it lets in, and how long it waits. Every queue, body and wait has a bound here.
public struct WebSettings: Sendable, Equatable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 takes any free one.
    public var port = 8080
    /// The address that people type, without a path, such as `https://jialing.example`; nil where requests are taken at
    /// their `Host`. Whether it begins with `https` decides on HSTS and the name of the session cookie.
    public var publicAddress: String?
    /// How many proxies of ours stand before the server and append to `X-Forwarded-For`. 0 ignores the header.
    public var trustedProxies = 0

    /// Bytes of a request's body, where the route says nothing else.
    public var bodyBytes = 1_048_576
    /// Bytes of the target of a request (path and query): above it 414.
    public var targetBytes = 8192
    /// Bytes of all header fields together: above it 431. Four times as many break the connection.
    public var headerBytes = 32_768
    /// Header fields of a request: above it 431.
    public var headerFields = 100
    /// Bytes of a form field that is not a file.
    public var formFieldBytes = 65_536
    /// Fields of a form.
    public var formFields = 1000

    /// How long a connection may be silent while a request is awaited or read.
    public var idleSeconds = 30
    /// How long the head and body of one request may take to arrive, plus a second for every ``slowestBytesPerSecond``.
    public var readSeconds = 30
    /// A sender slower than this is taken for a hostile one.
    public var slowestBytesPerSecond = 1024
    /// How long a handler may take before the request is given up with 503.
    public var answerSeconds = 30
    /// How long running requests may go on after a signal to stop.
    public var stopSeconds = 20

    /// Open connections; further ones wait in the queue of the operating system.
    public var connections = 2000
    /// Requests in work; above it 503 with Retry-After.
    public var requests = 512

    /// The rate of one signed-in person or one token.
    public var viewerRate = Rate(perSecond: 20, burst: 200)
    /// The rate of one address without a valid credential.
    public var addressRate = Rate(perSecond: 5, burst: 60)
    /// Visitors whose rate is kept at a time.
    public var rateTable = 20_000

    /// Addresses that may read `/metrics`.
    public var metricsAddresses: Set<String> = ["127.0.0.1", "::1"]

    public init() {}

    /// So many requests a second on average, and so many at once.
    public struct Rate: Sendable, Equatable {
        public var perSecond: Double
        public var burst: Int

        public init(perSecond: Double, burst: Int) {
            self.perSecond = perSecond
            self.burst = burst
        }
    }

    /// Whether people reach the server over TLS.
    public var isHTTPS: Bool { publicAddress?.lowercased().hasPrefix("https://") ?? false }

    /// The origin (RFC 6454) that pages of ours have; nil where it is not set.
    public var origin: String? {
        guard var text = publicAddress?.lowercased() else { return nil }
        while text.hasSuffix("/") { text.removeLast() }
        return text
    }
}
