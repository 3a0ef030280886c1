import Access
import Hummingbird
import HummingbirdTesting
import LibraryFixtures
import Vocabulary
import WebFixtures

@testable import API
@testable import Web

/// A thing of the tests.
enum Loan: Identified {
    static let idPrefix = "lon"
}

/// An API of a few endpoints over nothing, in a site whose people are known.
struct TestAPI {
    static let key = TestSite.key
    static let reader = Secret(.token, RandomSource { Array(repeating: 1, count: $0) }).text
    static let writer = Secret(.token, RandomSource { Array(repeating: 2, count: $0) }).text
    static let loan = "lon_01jd5x0w2k8e6v7c3m9a4n5p6q"

    let site: APISite
    private let house: TestSite

    init(
        _ endpoints: [Endpoint], schemas: [String: Schema] = [:], idempotency: IdempotencyStore? = nil
    ) throws {
        site = APISite(
            endpoints: endpoints, schemas: schemas, cursors: CursorSeal(key: Array(0..<32)), idempotency: idempotency,
            checksAnswers: true)
        var house = try TestSite()
        house.dependencies.phrasebook = Phrasebook([.zh: try Self.phrases(.zh), .en: try Self.phrases(.en)])
        house.dependencies.authenticator.token = { text in
            switch text.text {
            case Self.reader: try TestSite.viewer(scopes: [.projectsRead])
            case Self.writer: try TestSite.viewer(scopes: [.projectsRead, .projectsWrite])
            default: nil
            }
        }
        self.house = house
    }

    var dependencies: WebDependencies { house.dependencies }

    private static func phrases(_ language: Language) throws -> [String: String] {
        try DeliveredFiles.phrases(language, ["problem", "api", "vocabulary"]).merging(
            ["test.summary": "\(language.rawValue) summary", "test.note": "\(language.rawValue) note"],
            uniquingKeysWith: { $1 })
    }

    func test(_ test: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        try await house.run({ site.add(to: $0, dependencies) }, test)
    }
}

extension TestResponse {
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
