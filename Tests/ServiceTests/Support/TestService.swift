import Access
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import LedgerFixtures
import Logging
import PlatformFixtures
import Projects
import Store
import Synchronization
import Testing
import Vocabulary

@testable import API
@testable import Service
@testable import Web

/// A whole service on a test platform, asked in memory. Every answer of the API is held against its description.
struct TestService: Sendable {
    let house: TestPlatform
    let service: RunningService
    let client: any TestClientProtocol

    static func with(
        _ engine: Engine = .sqlite, web: WebSettings? = nil,
        _ body: @escaping @Sendable (TestService) async throws -> Void
    ) async throws {
        var settings = ServiceSettings(folder: "unused")
        // No test waits for its turn, but those that look at the rate.
        settings.web.viewerRate = .init(perSecond: 1, burst: 1_000_000)
        settings.web.addressRate = .init(perSecond: 1, burst: 1_000_000)
        if let web { settings.web = web }
        let chosen = settings
        try await TestPlatform.with(engine) { house in
            let service = try RunningService(
                platform: house.platform, settings: chosen,
                installationKey: SymmetricKey(data: Array(repeating: 9, count: 32)),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                environment: WebEnvironment(
                    uptime: { 0 }, sleep: { _ in try await Task.sleep(for: .seconds(3600)) }, random: .system),
                checksAnswers: true)
            try await Application(responder: service.responder()).test(.router) { client in
                try await body(TestService(house: house, service: service, client: client))
            }
        }
    }

    /// Who asks, and how.
    enum Caller: Sendable {
        case nobody
        /// By the cookie of a session; what changes something brings the form token, as pages do.
        case session(Secret)
        case token(Secret)
    }

    func ask(
        _ method: HTTPRequest.Method, _ path: String, as caller: Caller = .nobody, _ body: JSONValue? = nil,
        headers: [String: String] = [:]
    ) async throws -> TestResponse {
        try await ask(
            method, path, as: caller, bytes: body?.canonicalBytes(), body == nil ? nil : "application/json",
            headers: headers)
    }

    /// Sends a book, as the core system of a bank does.
    func send(
        _ bytes: [UInt8], of lender: ID<Organisation>, period: String = "2026-10", as caller: Caller,
        fileName: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> TestResponse {
        let name = fileName.map { "&file_name=\($0)" } ?? ""
        return try await ask(
            .post, "/books?organisation=\(lender.text)&period=\(period)\(name)", as: caller, bytes: bytes, "text/csv",
            headers: headers)
    }

    /// A book of two invented loans.
    static let ledger = Ledger([
        Ledger.loan("L1", "50MW风力发电场建设", balance: "30000000.00"), Ledger.loan("L2", "采购钢材"),
    ]).csv()

    private func ask(
        _ method: HTTPRequest.Method, _ path: String, as caller: Caller, bytes: [UInt8]?, _ mediaType: String?,
        headers: [String: String]
    ) async throws -> TestResponse {
        var fields = HTTPFields()
        switch caller {
        case .nobody: break
        case .session(let key):
            fields[.cookie] = "jialing=\(key.text)"
            fields[try #require(.init(FormTokens.header))] = CrossSiteToken(session: key).text(.system)
        case .token(let key): fields[.authorization] = "Bearer \(key.text)"
        }
        if let mediaType { fields[.contentType] = mediaType }
        for (name, value) in headers { fields[try #require(.init(name))] = value }
        return try await client.execute(
            uri: APISite.root + path, method: method, headers: fields,
            body: bytes.map { ByteBuffer(bytes: $0) })
    }

    /// Signs a viewer of the test platform in, past the password.
    func session(_ viewer: Viewer) async throws -> Caller {
        guard case .session(let id) = viewer.credential else { throw CancellationError() }
        let key = Secret(.session, .system)
        let moment = house.now
        try await house.platform.database.write {
            try $0.sessions.insert(
                SessionRecord(
                    id: id, person: viewer.person, createdAt: moment, seenAt: moment,
                    expiresAt: moment.advanced(bySeconds: 3600), address: "203.0.113.7", agent: "test"),
                digest: key.digest.bytes)
        }
        return .session(key)
    }

    /// A token that a viewer made for the own organisation.
    func token(_ scopes: Set<Scope>, of viewer: Viewer) async throws -> Caller {
        let key = Secret(.token, .system)
        let moment = house.now
        let record = TokenRecord(
            id: house.id(), organisation: viewer.home, person: viewer.person, name: "核心系统", scopes: scopes,
            createdAt: moment, expiresAt: moment.advanced(bySeconds: 90 * 86_400))
        try await house.platform.database.write { try $0.tokens.insert(record, digest: key.digest.bytes) }
        return .token(key)
    }

    /// A project as somebody enters it, complete enough for every step; invented.
    static let draft: JSONValue = [
        "name": "虚构县100MW风电场", "owner": ["name": "虚构新能源有限公司"], "region": "500235",
        "purpose": "建设100MW陆上风电场", "stage": "approved", "total_investment": "65000000000",
        "need": ["amount": "45000000000", "kind": "loan", "tenor_months": 180],
        "subjects": ["cn.green-finance.2025": "4.2.1"],
        "facts": ["installed_capacity": ["value": 100_000, "document": "核准批复（虚构）"]],
    ]

    /// The draft with other members.
    static func draft(_ changes: [String: JSONValue]) -> JSONValue {
        guard case .object(let members) = draft else { return .null }
        return .object(members.merging(changes) { $1 })
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    func json() throws -> JSONValue {
        try JSONValue.parse(
            Array(body.readableBytesView), limits: JSONLimits(bytes: 1 << 24, depth: 128, values: 1_000_000))
    }

    /// The pointers of the faults of a problem.
    func pointers() throws -> [String] { try (json()["errors"]?.elements ?? []).compactMap { $0["pointer"]?.text } }
}
