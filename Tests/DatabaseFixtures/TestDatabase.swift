import Foundation
import Store
import Vocabulary

/// A fresh, migrated database for one test, on each engine.
///
///     @Test("…", arguments: Engine.allCases)
///     func name(engine: Engine) async throws {
///         try await TestDatabase.with(engine) { database in … }
///     }
///
/// PostgreSQL must be there: `./test` starts a server of its own, and `.ci/postgresql swift test …` does so for one command.
/// Without one a test fails and says so; none is passed over.
public enum TestDatabase {
    /// When test databases are migrated: 2026-01-01T00:00:00Z.
    public static let moment = Timestamp(milliseconds: 1_767_225_600_000)

    /// Runs a body with a migrated database, and takes the database away.
    @discardableResult public static func with<Result>(
        _ engine: Engine, _ body: (any Database) async throws -> Result
    ) async throws -> Result {
        try await withEmpty(engine, template: PostgreSQLServer.migratedTemplate) { database in
            // PostgreSQL's is a copy of one that is migrated already.
            try await Migrator.migrate(database, at: moment)
            return try await body(database)
        }
    }

    /// Runs a body on every engine, one after the other.
    public static func each(_ body: (any Database) async throws -> Void) async throws {
        for engine in Engine.allCases { try await with(engine, body) }
    }

    /// Runs a body with a database that has no table.
    @discardableResult public static func withEmpty<Result>(
        _ engine: Engine, _ body: (any Database) async throws -> Result
    ) async throws -> Result {
        try await withEmpty(engine, template: nil, body)
    }

    private static func withEmpty<Result>(
        _ engine: Engine, template: (@Sendable () async throws -> String)?,
        _ body: (any Database) async throws -> Result
    ) async throws -> Result {
        switch engine {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: "jialing-db-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let database = try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path)
            return try await closing(database, body)
        case .postgresql:
            let name = try await PostgreSQLServer.create(template: try await template?())
            // On a busy machine a crowd may have to wait long for its turn.
            let database = try PostgreSQLDatabase(
                url: PostgreSQLServer.url(of: name), connections: 4, waitTimeout: 120_000)
            let result: Result
            do {
                result = try await closing(database, body)
            } catch {
                try? await PostgreSQLServer.drop(name)
                throw error
            }
            try await PostgreSQLServer.drop(name)
            return result
        }
    }

    private static func closing<Result>(
        _ database: any Database, _ body: (any Database) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(database)
            try await database.close()
            return result
        } catch {
            try? await database.close()
            throw error
        }
    }
}
