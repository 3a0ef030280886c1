import DatabaseFixtures
import Foundation
import Testing

@testable import Store

@Suite("The SQLite file")
struct SQLiteDatabaseTests {
    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jialing-db-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    @Test("What was acknowledged outlives a power cut: the writer waits for the disk")
    func durable() async throws {
        try await withFolder { folder throws in
            let database = try SQLiteDatabase(path: folder.appending(path: "a.sqlite").path)
            let settings = try await database.write { transaction throws in
                try ["synchronous", "foreign_keys", "recursive_triggers", "trusted_schema"].map { name in
                    try transaction.first(SQL(stringLiteral: "PRAGMA \(name)"))?.values.first
                }
            }
            // 2 is FULL.
            #expect(settings == [.integer(2), .integer(1), .integer(1), .integer(0)])
            let mode = try await database.read { try $0.first("PRAGMA journal_mode")?.values }
            #expect(mode == [.text("wal")])
            try await database.close()
        }
    }

    @Test("Its files are their owner's alone")
    func permissions() async throws {
        try await withFolder { folder throws in
            let database = try SQLiteDatabase(path: folder.appending(path: "a.sqlite").path)
            try await database.write { try $0.script("CREATE TABLE t (id BIGINT)") }
            for name in ["a.sqlite", "a.sqlite-wal", "a.sqlite-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            try await database.close()
        }
    }

    @Test("A file that is no database, and a folder that is not there, are told as not available")
    func unreadable() async throws {
        try await withFolder { folder throws in
            let file = folder.appending(path: "a.sqlite")
            try Data(repeating: 0x41, count: 5000).write(to: file)
            await expectFault(.unavailable) { try SQLiteDatabase(path: file.path) }
            await expectFault(.unavailable) { try SQLiteDatabase(path: folder.appending(path: "none/a.sqlite").path) }
        }
    }

    @Test("Statements put together from parts do not stay prepared without bound")
    func admission() {
        let admission = StatementAdmission()
        #expect((0..<1000).count { admission.admits("SELECT \($0)", values: 0) } == 400)
        #expect(admission.admits("SELECT 3", values: 0) && !admission.admits("SELECT 3", values: 65))
    }

    @Test("Programs that open a new file at once share it, and each step of the schema is taken by one")
    func atOnce() async throws {
        try await withFolder { folder throws in
            let path = folder.appending(path: "a.sqlite").path
            let applied = try await withThrowingTaskGroup(of: [Migration].self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let database = try SQLiteDatabase(path: path)
                        let applied = try await Migrator.migrate(database, at: TestDatabase.moment)
                        try await database.close()
                        return applied
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.map(\.number).sorted() == Migration.all.map(\.number))
        }
    }

    @Test("After it is closed it is not available")
    func closed() async throws {
        try await withFolder { folder throws in
            let database = try SQLiteDatabase(path: folder.appending(path: "a.sqlite").path)
            try await database.close()
            await #expect(throws: StoreFault.self) { try await database.read { try $0.found("SELECT 1 AS one") } }
            await #expect(throws: StoreFault.self) { try await database.write { try $0.found("SELECT 1 AS one") } }
        }
    }
}
