import DatabaseFixtures
import Foundation
import Store
import Synchronization
import Testing
import Vocabulary

/// All tests that run the server as a process: one after the other, for they have two cores.
@Suite("The server as a process", .serialized, .timeLimit(.minutes(LongTests.areOn ? 60 : 5)))
struct ServerProcessTests {}

/// Whether the long tests run too.
enum LongTests {
    static let areOn = ProcessInfo.processInfo.environment["JIALING_FULL_TESTS"] != nil
}

/// A place for a service: a folder, a database, a log; and the people who use it.
final class Site: Sendable {
    let engine: Engine
    let folder: URL
    private let url: String?
    private let further: [String]
    private let running = Mutex<[ServerProcess]>([])

    static let password = "unrelated words in a row"
    /// What the server's log must never hold; tests add to it.
    let secrets = Mutex<Set<String>>([password])

    /// Runs a body with a fresh place, and takes it away with all that runs there.
    static func with<Result>(
        _ engine: Engine, _ further: [String] = [], _ body: (Site) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jialing-site-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let name = engine == .postgresql ? try await PostgreSQLServer.create() : nil
        let site = Site(engine, folder, try name.map { try PostgreSQLServer.url(of: $0) }, further)
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(site)) } catch { outcome = .failure(error) }
        for server in site.running.withLock({ $0 }) { server.signal(SIGKILL) }
        for server in site.running.withLock({ $0 }) { _ = await server.end() }
        if let name { try await PostgreSQLServer.drop(name) }
        return try outcome.get()
    }

    private init(_ engine: Engine, _ folder: URL, _ url: String?, _ further: [String]) {
        self.engine = engine
        self.folder = folder
        self.url = url
        self.further = further
    }

    var log: URL { folder.appending(path: "log") }
    var data: String { folder.appending(path: "data").path }

    /// Where the data are, as every command takes it.
    var dataArguments: [String] { ["--data", data] + (url.map { ["--database", $0] } ?? []) }

    /// - Parameters:
    ///   - isFirst: Whether it will print the link for the first administrator.
    ///   - port: nil for any that is free.
    func start(isFirst: Bool = false, port: Int? = nil) async throws -> ServerProcess {
        let server = try await ServerProcess.start(
            dataArguments + ["--port", "\(port ?? 0)"] + further, log: log, isFirst: isFirst, port: port)
        running.withLock { $0.append(server) }
        return server
    }

    /// The database beside the server.
    func withDatabase<Result>(_ body: (any Database) async throws -> Result) async throws -> Result {
        let database: any Database =
            if let url { try PostgreSQLDatabase(url: url, connections: 2) } else {
                try SQLiteDatabase(path: data + "/jialing.sqlite")
            }
        let result: Result
        do {
            result = try await body(database)
        } catch {
            try? await database.close()
            throw error
        }
        try await database.close()
        return result
    }

    // MARK: People

    /// Accepts an invitation with a new account, and signs in.
    func join(_ server: ServerProcess, key: String, email: String, name: String) async throws -> Browser {
        secrets.withLock { $0.formUnion([key, email]) }
        var browser = Browser(port: server.port)
        let accepted = try await browser.asks {
            try $0.post("/invitation/\(key)", [("email", email), ("name", name), ("password", Self.password)])
        }
        try #require(accepted.status == 303, "\(accepted.body)")
        return try await signIn(server, email: email)
    }

    func signIn(_ server: ServerProcess, email: String) async throws -> Browser {
        var browser = Browser(port: server.port)
        let answer = try await browser.asks {
            try $0.post("/sign-in", [("email", email), ("password", Self.password)])
        }
        try #require(answer.status == 303, "\(answer.body)")
        _ = try await browser.asks { try $0.get("/account") }
        secrets.withLock { $0.formUnion(browser.cookies.values.filter { $0.count > 20 }) }
        return browser
    }

    /// The first administrator, through the link that the server printed.
    func administrator(_ server: ServerProcess) async throws -> Browser {
        try await join(server, key: #require(server.setUpKey), email: "root@example.org", name: "虚构管理员")
    }

    /// A new organisation, by the administrator's form.
    /// - Returns: Its id.
    func organisation(_ administrator: inout Browser, kind: String, name: String, region: String) async throws -> String
    {
        let answer = try await administrator.asks {
            try $0.post("/organisations", [("kind", kind), ("name", name), ("region", region)])
        }
        return try #require(
            Browser.between("/organisations/", "/people", in: answer.header("Location") ?? ""), "\(answer.body)")
    }

    /// Somebody in an organisation, by an invitation of the administrator.
    func member(
        _ server: ServerProcess, _ administrator: inout Browser, of organisation: String, roles: [String],
        email: String,
        name: String = "虚构人员"
    ) async throws -> Browser {
        let key = try await invitation(&administrator, to: organisation, roles: roles, email: email)
        return try await join(server, key: key, email: email, name: name)
    }

    func invitation(
        _ administrator: inout Browser, to organisation: String, roles: [String], email: String
    ) async throws -> String {
        let answer = try await administrator.asks {
            try $0.post(
                "/organisations/\(organisation)/invitations", [("email", email)] + roles.map { ("roles", $0) })
        }
        let link = try #require(answer.body.range(of: "/invitation/jli_"), "\(answer.body)")
        return "jli_" + answer.body[link.upperBound...].prefix { $0.isLetter || $0.isNumber || "-_".contains($0) }
    }
}

extension Browser {
    /// Does something on a thread that may wait.
    mutating func asks(_ body: @escaping @Sendable (inout Browser) throws -> Answer) async throws -> Answer {
        let before = self
        let (after, answer) = try await Exchange.waiting { () throws -> (Browser, Answer) in
            var browser = before
            let answer = try body(&browser)
            return (browser, answer)
        }
        self = after
        return answer
    }
}
