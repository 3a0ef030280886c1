import Access
import Logging
import Vocabulary

/// What the server asks of the world: time, chance and waiting. Handed in, so that tests need no clock.
public struct WebEnvironment: Sendable {
    /// Nanoseconds of a clock that only moves forward.
    public var uptime: @Sendable () -> UInt64
    /// Waits; ends early with an error when cancelled.
    public var sleep: @Sendable (_ seconds: Int) async throws -> Void
    public var random: RandomSource

    public init(
        uptime: @escaping @Sendable () -> UInt64, sleep: @escaping @Sendable (Int) async throws -> Void,
        random: RandomSource
    ) {
        self.uptime = uptime
        self.sleep = sleep
        self.random = random
    }

    /// The clock and generator of the operating system.
    public static let system: WebEnvironment = {
        let start = ContinuousClock.now
        return WebEnvironment(
            uptime: {
                let (seconds, attoseconds) = (ContinuousClock.now - start).components
                return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
            },
            sleep: { try await Task.sleep(for: .seconds($0)) },
            random: .system)
    }()
}

/// Who is behind a credential. A closure returns nil for a credential that is unknown, ended or revoked.
public struct Authenticator: Sendable {
    /// The viewer of the key in a session cookie.
    public var session: @Sendable (_ key: Secret) async throws -> Viewer?
    /// The viewer of a bearer token.
    public var token: @Sendable (_ token: Secret) async throws -> Viewer?

    public init(
        session: @escaping @Sendable (Secret) async throws -> Viewer?,
        token: @escaping @Sendable (Secret) async throws -> Viewer?
    ) {
        self.session = session
        self.token = token
    }

    /// Nobody is known.
    public static let nobody = Authenticator(session: { _ in nil }, token: { _ in nil })
}

/// Everything that the server needs from above, injected once.
public struct WebDependencies: Sendable {
    public var settings: WebSettings
    public var environment: WebEnvironment
    public var phrasebook: Phrasebook
    public var authenticator: Authenticator
    /// What an error of a use case is to the one who asked; nil for what nobody outside may see.
    public var explain: @Sendable (any Error) -> Problem?
    /// What may stand in the log of an error that nobody explained; its type is logged anyway.
    public var describe: @Sendable (any Error) -> String?
    public var logger: Logger
    public var metrics: MetricsRegistry

    public init(
        settings: WebSettings, phrasebook: Phrasebook, authenticator: Authenticator,
        logger: Logger, metrics: MetricsRegistry = MetricsRegistry(), environment: WebEnvironment = .system,
        explain: @escaping @Sendable (any Error) -> Problem? = { _ in nil },
        describe: @escaping @Sendable (any Error) -> String? = { _ in nil }
    ) {
        self.settings = settings
        self.environment = environment
        self.phrasebook = phrasebook
        self.authenticator = authenticator
        self.explain = explain
        self.describe = describe
        self.logger = logger
        self.metrics = metrics
    }
}
