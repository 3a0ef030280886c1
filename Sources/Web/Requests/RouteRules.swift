/// What holds for one route beside its handler.
public struct RouteRules: Sendable, Equatable {
    /// Bytes of the body; nil for the setting's.
    public var bodyBytes: Int?
    /// Seconds that the handler may take; nil for the setting's.
    public var answerSeconds: Int?
    /// Whether it is asked who is behind the credential. Off for what is the same for everyone: style sheets, health.
    public var asksWho = true
    /// Whether requests count against the visitor's rate.
    public var countsRate = true

    public init(bodyBytes: Int? = nil, answerSeconds: Int? = nil, asksWho: Bool = true, countsRate: Bool = true) {
        self.bodyBytes = bodyBytes
        self.answerSeconds = answerSeconds
        self.asksWho = asksWho
        self.countsRate = countsRate
    }

    /// For what anybody may read and what is the same for all.
    public static let open = RouteRules(asksWho: false, countsRate: false)
}
