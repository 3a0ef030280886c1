import DatabaseFixtures
import Foundation
import Testing

@testable import Store

/// Every schema that was ever released can hold data, and none is lost on the way to the newest.
///
/// A new migration N brings `Fixtures/version-N.sql`: statements for both engines that put rows into each table that N made or changed.
/// A BYTEA value is taken from `fixture_digest`, for the engines write bytes differently.
@Suite("Upgrades from every released schema")
struct UpgradeTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    private static func fixture(_ number: Int) throws -> String {
        try String(contentsOf: folder.appending(path: "version-\(number).sql"), encoding: .utf8)
    }

    @Test("Each migration has its fixture", arguments: Migration.all.map(\.number))
    func fixtures(number: Int) throws {
        #expect(try Self.fixture(number).contains("INSERT INTO"))
    }

    @Test("The data of each version is whole in the newest", arguments: Engine.allCases, Migration.all.map(\.number))
    func upgrade(engine: Engine, number: Int) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            try await Migrator.migrate(database, Array(Migration.all.prefix(number)), at: TestDatabase.moment)
            let scripts = try (1...number).map(Self.fixture)
            try await database.write { transaction throws in
                try transaction.script("CREATE TABLE fixture_digest (digest BYTEA)")
                try transaction.run("INSERT INTO fixture_digest VALUES (\([UInt8](0..<32)))")
                for script in scripts { try transaction.script(script) }
                try transaction.script("DROP TABLE fixture_digest")
            }
            let before = try await contents(database)
            #expect(before.count >= number && before.contains { !$0.rows.isEmpty })
            try await Migrator.migrate(database, at: TestDatabase.moment)
            let after = try await contents(database, like: before)
            #expect(after == before)
        }
    }

    /// What a table holds.
    private struct Contents: Equatable, Sendable {
        let table: Catalogue.Table
        let rows: [[SQLValue]]
    }

    /// The rows of all tables; or those of earlier tables in the columns that they had.
    private func contents(_ database: any Database, like earlier: [Contents]? = nil) async throws -> [Contents] {
        let engine = database.engine
        let known = earlier?.map(\.table)
        return try await database.read { transaction throws in
            let tables = try known ?? Catalogue(engine).tables(transaction).filter { $0.name != "schema_migration" }
            return try tables.map { table in
                let columns = table.columns.joined(separator: ", ")
                let key = table.key.joined(separator: ", ")
                let rows = try transaction.found(
                    SQL(stringLiteral: "SELECT \(columns) FROM \(table.name) ORDER BY \(key)"))
                return Contents(table: table, rows: rows.map(\.values))
            }
        }
    }
}
