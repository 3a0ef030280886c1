import Foundation
import Store

/// The server that the tests were given: what makes and drops databases in it.
public enum PostgreSQLServer {
    /// There is no server to test on.
    public struct Missing: Error, CustomStringConvertible {
        public let description = """
            JIALING_TEST_POSTGRES names no server: run ./test, or .ci/postgresql swift test --filter …, which start one
            """
    }

    /// How a database sorts texts by default.
    public enum Locale: String, Sendable, CaseIterable {
        case bytes
        case english
        case chinese

        fileprivate var clause: String {
            switch self {
            case .bytes: "TEMPLATE template0 LOCALE 'C.UTF-8'"
            case .english: "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US' LOCALE 'C.UTF-8'"
            case .chinese: "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh-Hans-CN' LOCALE 'C.UTF-8'"
            }
        }
    }

    /// The URL of a database of the server.
    public static func url(of name: String) throws -> String {
        guard let url = ProcessInfo.processInfo.environment["JIALING_TEST_POSTGRES"],
            url.hasPrefix("postgres:///postgres?")
        else { throw Missing() }
        return "postgres:///\(name)?" + url.dropFirst("postgres:///postgres?".count)
    }

    /// Makes a database.
    /// - Parameter template: The database that it is a copy of; nil for an empty one.
    /// - Returns: Its name.
    public static func create(template: String? = nil, locale: Locale = .bytes) async throws -> String {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "")
        try await run("CREATE DATABASE \(name) \(template.map { "TEMPLATE \($0)" } ?? locale.clause)")
        return name
    }

    public static func drop(_ name: String) async throws {
        try await run("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// Runs a statement outside of a transaction, with the client of the server: what the store itself never does.
    public static func run(_ statement: String, on database: String = "postgres") async throws {
        let url = try url(of: database)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, url]
            process.standardOutput = FileHandle.nullDevice
            process.terminationHandler = { process in
                if process.terminationStatus == 0 {
                    continuation.resume()
                } else {
                    continuation.resume(throwing: Failed(statement: statement))
                }
            }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// A statement that the server refused.
    public struct Failed: Error {
        public let statement: String
    }

    /// The name of a migrated database that others are copies of; made once.
    public static let migratedTemplate: @Sendable () async throws -> String = { try await template.value }

    private static let template = Task<String, any Error> {
        let name = try await create()
        let database = try PostgreSQLDatabase(url: url(of: name), connections: 1)
        try await Migrator.migrate(database, at: TestDatabase.moment)
        // A database is copied only while nobody is connected to it.
        try await database.close()
        return name
    }
}
