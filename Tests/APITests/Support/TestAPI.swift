import Access
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing
import Vocabulary

@testable import API
@testable import Web

/// A thing of the tests.
enum Loan: Identified {
    static let idPrefix = "lon"
}

/// An API of a few endpoints over nothing, in a site whose people are known.
struct TestAPI {
    static let key = String(repeating: "A", count: 43)
    static let reader = Secret(.token, RandomSource { Array(repeating: 1, count: $0) }).text
    static let writer = Secret(.token, RandomSource { Array(repeating: 2, count: $0) }).text
    static let loan = "lon_01jd5x0w2k8e6v7c3m9a4n5p6q"

    let site: APISite
    let dependencies: WebDependencies

    init(
        _ endpoints: [Endpoint], schemas: [String: Schema] = [:], idempotency: IdempotencyStore? = nil
    ) throws {
        site = APISite(
            endpoints: endpoints, schemas: schemas, cursors: CursorSeal(key: Array(0..<32)), idempotency: idempotency,
            checksAnswers: true)
        let random = RandomSource { Array(repeating: 0xAB, count: $0) }
        dependencies = WebDependencies(
            settings: WebSettings(),
            phrasebook: Phrasebook([.zh: try TestPhrases.of(.zh), .en: try TestPhrases.of(.en)]),
            authenticator: Authenticator(
                session: { key in
                    key.text == Self.key
                        ? try Self.viewer(.session(#require(ID("ses_01jd5x0w2k8e6v7c3m9a4n5p6r")))) : nil
                },
                token: { text in
                    let id = try #require(ID<Token>("tok_01jd5x0w2k8e6v7c3m9a4n5p6s"))
                    switch text.text {
                    case Self.reader: return try Self.viewer(.token(id, scopes: [.projectsRead]))
                    case Self.writer: return try Self.viewer(.token(id, scopes: [.projectsRead, .projectsWrite]))
                    default: return nil
                    }
                }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            environment: WebEnvironment(
                uptime: { 0 }, sleep: { _ in try await Task.sleep(for: .seconds(3600)) }, random: random))
    }

    private static func viewer(_ credential: Viewer.Credential) throws -> Viewer {
        Viewer(
            person: try #require(ID("per_01jd5x0w2k8e6v7c3m9a4n5p6q")), name: "王小明", language: .zh, memberships: [],
            credential: credential)
    }

    func test(_ test: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let router = WebRouter(dependencies)
        site.add(to: router, dependencies)
        try await Application(responder: router.responder()).test(.router, test)
    }
}

enum TestPhrases {
    static func of(_ language: Language) throws -> [String: String] {
        try read(language, ["problem", "api", "vocabulary"]).merging(
            ["test.summary": "\(language.rawValue) summary", "test.note": "\(language.rawValue) note"],
            uniquingKeysWith: { $1 })
    }

    static func read(_ language: Language, _ files: [String]) throws -> [String: String] {
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
}

extension TestResponse {
    var text: String { String(buffer: body) }
    func json() throws -> JSONValue { try JSONValue.parse(Array(body.readableBytesView)) }

    /// The pointers and codes of the faults of a problem.
    func faults() throws -> [String] {
        try (json()["errors"]?.elements ?? []).map { "\($0["pointer"]?.text ?? "?") \($0["code"]?.text ?? "?")" }
    }
}

extension Endpoint {
    /// An endpoint that matters only in what is told.
    static func test(
        _ method: Method, _ path: String, operation: String = "test", security: Security = .anyone,
        parameters: [Parameter] = [], body: Body? = nil, replies: [Reply] = [Reply(200, .json(.anything))],
        handler: @escaping @Sendable (EndpointRequest) async throws -> EndpointResponse = { _ in .json(.null) }
    ) -> Endpoint {
        Endpoint(
            method, path, operation: operation, tag: "test", summary: "test.summary", security: security,
            parameters: parameters, body: body, replies: replies, handler: handler)
    }
}
