import Access
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LibraryFixtures
import Logging
import Synchronization
import Vocabulary
import Web

/// Lines that a log wrote.
public final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    public init() {}

    public var all: [String] { lines.withLock { $0 } }
    public func add(_ bytes: [UInt8]) { lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
}

/// A clock that stands still until a test moves it.
public final class TestClock: Sendable {
    private let nanoseconds = Atomic<UInt64>(1_000_000_000)

    public init() {}

    public var now: UInt64 { nanoseconds.load(ordering: .relaxed) }
    public func advance(seconds: Double) { nanoseconds.add(UInt64(seconds * 1e9), ordering: .relaxed) }
}

/// A site whose world is known: clock, chance, people and log.
public struct TestSite: Sendable {
    public static let user = "per_01jd5x0w2k8e6v7c3m9a4n5p6q"
    public static let session = "ses_01jd5x0w2k8e6v7c3m9a4n5p6r"
    /// The key of the one session, and the one token.
    public static let key = String(repeating: "A", count: 43)
    public static let bearer = Secret(.token, RandomSource { Array(repeating: 7, count: $0) }).text
    public static let token = "tok_01jd5x0w2k8e6v7c3m9a4n5p6s"

    public var dependencies: WebDependencies
    public let log = LogLines()
    public let clock = TestClock()

    /// - Parameter sleep: What waiting does; without one it never ends but by cancellation.
    public init(
        settings: WebSettings = WebSettings(),
        sleep: @escaping @Sendable (Int) async throws -> Void = { _ in try await Task.sleep(for: .seconds(3600)) }
    ) throws {
        let (log, clock) = (log, clock)
        var logger = Logger(label: "test") { _ in
            JSONLineLog(clock: { Timestamp(milliseconds: 0) }, write: { log.add($0) })
        }
        logger.logLevel = .trace
        let random = RandomSource { Array(repeating: 0xAB, count: $0) }
        dependencies = WebDependencies(
            settings: settings, phrasebook: try DeliveredFiles.phrasebook(["problem", "vocabulary"]),
            authenticator: Authenticator(
                session: { key in key.text == Self.key ? try Self.viewer() : nil },
                token: { text in text.text == Self.bearer ? try Self.viewer(scopes: [.projectsRead]) : nil }),
            logger: logger,
            environment: WebEnvironment(uptime: { clock.now }, sleep: sleep, random: random))
    }

    public struct Unreadable: Error {}

    /// The one person: by the one session, or by the one token with some scopes.
    public static func viewer(scopes: Set<Scope>? = nil) throws -> Viewer {
        guard let user = ID<Person>(user), let session = ID<Session>(session), let token = ID<Token>(token) else {
            throw Unreadable()
        }
        return Viewer(
            person: user, name: "王小明", language: .zh, memberships: [],
            credential: scopes.map { .token(token, scopes: $0) } ?? .session(session))
    }

    /// The form token of the one session.
    public func formToken() throws -> String {
        CrossSiteToken(session: try Secret(.session, reading: Self.key)).text(dependencies.environment.random)
    }

    /// The site with these routes.
    public func serving(_ routes: (WebRouter) -> Void) -> ServedSite {
        let router = WebRouter(dependencies)
        routes(router)
        return ServedSite(responder: router.responder())
    }

    /// Runs requests against routes, without a socket.
    public func run(
        _ routes: (WebRouter) -> Void, _ test: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await serving(routes).test(test)
    }
}

/// A site that answers, without a socket.
public struct ServedSite: Sendable {
    public let responder: WebResponder

    public func test(_ test: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await Application(responder: responder).test(.router, test)
    }
}

extension TestResponse {
    public var text: String { String(buffer: body) }
    public func json() throws -> JSONValue { try JSONValue.parse(Array(body.readableBytesView)) }
}

extension HTTPFields {
    public subscript(raw name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}
