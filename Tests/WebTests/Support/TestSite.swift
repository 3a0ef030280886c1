import Access
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing
import Vocabulary

@testable import Web

/// Lines that a log wrote.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }
    func add(_ bytes: [UInt8]) { lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
}

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
    private let nanoseconds = Atomic<UInt64>(1_000_000_000)
    var now: UInt64 { nanoseconds.load(ordering: .relaxed) }
    func advance(seconds: Double) { nanoseconds.add(UInt64(seconds * 1e9), ordering: .relaxed) }
}

/// A site whose world is known: clock, chance, people and log.
struct TestSite {
    static let user = "per_01jd5x0w2k8e6v7c3m9a4n5p6q"
    static let session = "ses_01jd5x0w2k8e6v7c3m9a4n5p6r"
    /// The key of the one session, and the one token.
    static let key = String(repeating: "A", count: 43)
    static let bearer = Secret(.token, RandomSource { Array(repeating: 7, count: $0) }).text
    static let token = "tok_01jd5x0w2k8e6v7c3m9a4n5p6s"

    var dependencies: WebDependencies
    let log = LogLines()
    let clock = TestClock()

    /// - Parameter sleep: What waiting does; without one it never ends but by cancellation.
    init(
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
            settings: settings, phrasebook: try PhraseFiles.phrasebook(),
            authenticator: Authenticator(
                session: { key in key.text == Self.key ? try Self.viewer(bearer: false) : nil },
                token: { text in text.text == Self.bearer ? try Self.viewer(bearer: true) : nil }),
            logger: logger,
            environment: WebEnvironment(uptime: { clock.now }, sleep: sleep, random: random))
    }

    struct Unreadable: Error {}

    static func viewer(bearer: Bool) throws -> Viewer {
        guard let user = ID<Person>(user), let session = ID<Session>(session), let token = ID<Token>(token) else {
            throw Unreadable()
        }
        return Viewer(
            person: user, name: "王小明", language: .zh, memberships: [],
            credential: bearer ? .token(token, scopes: [.projectsRead]) : .session(session))
    }

    /// The form token of the one session.
    func formToken() throws -> String {
        CrossSiteToken(session: try Secret(.session, reading: Self.key)).text(dependencies.environment.random)
    }

    /// The site with these routes.
    func serving(_ routes: (WebRouter) -> Void) -> ServedSite {
        let router = WebRouter(dependencies)
        routes(router)
        return ServedSite(responder: router.responder())
    }

    /// Runs requests against routes, without a socket.
    func run(
        _ routes: (WebRouter) -> Void, _ test: @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await serving(routes).test(test)
    }
}

/// A site that answers, without a socket.
struct ServedSite {
    let responder: WebResponder

    func test(_ test: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await Application(responder: responder).test(.router, test)
    }
}

/// The phrases as they are delivered, read from the package.
enum PhraseFiles {
    static func phrases(_ language: Language, _ files: [String]) throws -> [String: String] {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        var phrases: [String: String] = [:]
        for name in files {
            let file = package.appending(path: "Library/phrases/\(language.rawValue)/\(name).yaml")
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#")
            {
                let parts = line.split(separator: ": ", maxSplits: 1)
                guard parts.count == 2 else { continue }
                phrases[String(parts[0])] = String(parts[1].dropFirst().dropLast())
            }
        }
        return phrases
    }

    static func phrasebook() throws -> Phrasebook {
        Phrasebook([
            .zh: try phrases(.zh, ["problem", "vocabulary"]), .en: try phrases(.en, ["problem", "vocabulary"]),
        ])
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
    func json() throws -> JSONValue { try JSONValue.parse(Array(body.readableBytesView)) }
}

extension HTTPFields {
    subscript(raw name: String) -> String? { HTTPField.Name(name).flatMap { self[$0] } }
}
