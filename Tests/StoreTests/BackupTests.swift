import DatabaseFixtures
import Foundation
import Testing
import Vocabulary

@testable import Store

@Suite("Backup and restore")
struct BackupTests {
    private static let moment = Timestamp(milliseconds: 1_767_225_600_000)

    /// Tables that refer to each other and to themselves, in a circle, with a trigger that must rest while they are filled.
    private static let schema = [
        Migration.auditTrail,
        Migration(
            number: 2, name: "circle",
            sql: """
                CREATE TABLE person (id TEXT NOT NULL PRIMARY KEY, boss TEXT REFERENCES person (id), share DOUBLE PRECISION, photo BYTEA);
                CREATE TABLE house (id BIGINT NOT NULL, room BIGINT NOT NULL, owner TEXT NOT NULL REFERENCES person (id), note TEXT,
                    PRIMARY KEY (room, id));
                CREATE TABLE tally (n BIGINT NOT NULL);
                INSERT INTO tally VALUES (0);
                -- only: sqlite
                CREATE TRIGGER house_tally AFTER INSERT ON house BEGIN UPDATE tally SET n = n + 1; END;
                -- end
                -- only: postgresql
                CREATE FUNCTION count_house() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN UPDATE tally SET n = n + 1; RETURN NULL; END $$;
                CREATE TRIGGER house_tally AFTER INSERT ON house FOR EACH ROW EXECUTE FUNCTION count_house();
                -- end
                """),
    ]
    private static let next = Migration(
        number: 3, name: "next", sql: "ALTER TABLE house ADD COLUMN height BIGINT DEFAULT 3")

    private func fill(_ database: any Database) async throws {
        try await Migrator.migrate(database, Self.schema, at: Self.moment)
        try await database.write { transaction throws in
            // The boss comes after, by the order of the key.
            try transaction.run("INSERT INTO person (id, share) VALUES ('z', 0.1)")
            try transaction.run(
                "INSERT INTO person (id, boss, photo) VALUES (\("绿\t\\N\n"), 'z', \([UInt8](0...255))), ('a', 'z', NULL)"
            )
            for room in 0..<40 {
                try transaction.run(
                    "INSERT INTO house (id, room, owner, note) VALUES (\(100 - room), \(room), 'a', \("\\"))")
            }
            try transaction.run(
                """
                INSERT INTO audit_entry (number, at, actor, act, body, digest)
                VALUES (1, 0, 'x', 'made', '{}', \([UInt8](repeating: 9, count: 32)))
                """)
            try transaction.run("UPDATE audit_head SET next = 2")
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "jialing-backup-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path + "/backup")
    }

    private func sums(_ folder: String) throws -> String {
        try String(contentsOfFile: folder + "/SHA256SUMS", encoding: .utf8)
    }

    @Test(
        "A backup of either engine restores into either, and makes the same backup again", arguments: Engine.allCases,
        Engine.allCases)
    func across(from: Engine, to: Engine) async throws {
        try await withFolder { folder throws in
            try await TestDatabase.withEmpty(from) { database throws in
                try await fill(database)
                let rows = try await Backup.write(database, to: folder, at: Self.moment)
                #expect(
                    rows == ["audit_entry": 1, "audit_head": 1, "audit_read": 0, "house": 40, "person": 3, "tally": 1])
            }
            try await TestDatabase.withEmpty(to) { database throws in
                let rows = try await Backup.restore(from: folder, into: database, Self.schema, at: Self.moment)
                #expect(rows["house"] == 40 && rows["tally"] == 1)
                try await Backup.write(database, to: folder + "-again", at: Self.moment)
                #expect(try sums(folder + "-again") == sums(folder))
                // Triggers and references are awake again.
                try await database.write { transaction throws in
                    #expect(try transaction.number("SELECT n FROM tally") == 40)
                    try transaction.run("INSERT INTO house (id, room, owner) VALUES (1, 1, 'a')")
                    #expect(try transaction.number("SELECT n FROM tally") == 41)
                }
                for statement: SQL in [
                    "DELETE FROM audit_entry", "INSERT INTO house (id, room, owner) VALUES (2, 2, 'nobody')",
                    "INSERT INTO person (id, boss) VALUES ('q', 'nobody')",
                ] {
                    await expectFault(.constraint) { try await database.write { try $0.run(statement) } }
                }
            }
        }
    }

    @Test("A backup of an earlier schema is brought to the present one", arguments: Engine.allCases)
    func earlier(engine: Engine) async throws {
        try await withFolder { folder throws in
            try await TestDatabase.withEmpty(engine) { database throws in
                try await fill(database)
                try await Backup.write(database, to: folder, at: Self.moment)
            }
            try await TestDatabase.withEmpty(engine) { database throws in
                try await Backup.restore(from: folder, into: database, Self.schema + [Self.next], at: Self.moment)
                #expect(try await database.read { try $0.number("SELECT SUM(height) AS n FROM house") } == 120)
                #expect(try await Migrator.migrate(database, Self.schema + [Self.next], at: Self.moment) == [])
            }
            try await TestDatabase.withEmpty(engine) { database throws in
                await #expect(throws: StoreFault.newerSchema(found: 2, known: 1)) {
                    try await Backup.restore(from: folder, into: database, [.auditTrail], at: Self.moment)
                }
            }
        }
    }

    @Test("A backup that is made while others write holds a single state", arguments: Engine.allCases)
    func meanwhile(engine: Engine) async throws {
        try await withFolder { folder throws in
            try await TestDatabase.withEmpty(engine) { database throws in
                try await fill(database)
                let written = Counter()
                let writing = Task {
                    while !Task.isCancelled {
                        // Each write keeps the two equal: the trigger counts the house.
                        try await database.write { transaction throws in
                            let room = 1000 + written.value
                            try transaction.run("INSERT INTO house (id, room, owner) VALUES (1, \(room), 'a')")
                        }
                        written.add()
                    }
                }
                while written.value < 3 { await Task.yield() }
                for round in 0..<3 {
                    let before = written.value
                    let rows = try await Backup.write(database, to: "\(folder)\(round)", at: Self.moment)
                    #expect((rows["house"] ?? 0) >= 40 + before)
                    let tally = try String(contentsOfFile: "\(folder)\(round)/tally.rows", encoding: .utf8)
                    #expect(tally == "I\(rows["house"] ?? 0)\n")
                }
                writing.cancel()
                _ = await writing.result
                #expect(written.value > 3)
            }
        }
    }

    @Test("Any damage to any file is refused before anything is written", arguments: Engine.allCases)
    func damage(engine: Engine) async throws {
        try await withFolder { folder throws in
            try await TestDatabase.withEmpty(engine) { database throws in
                try await fill(database)
                try await Backup.write(database, to: folder, at: Self.moment)
            }
            try await TestDatabase.withEmpty(engine) { database throws in
                for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
                    let path = folder + "/" + file
                    let whole = try Data(contentsOf: URL(filePath: path))
                    var damages: [Data?] = [nil, whole + Data("N\n".utf8), whole + Data("x".utf8)]
                    if !whole.isEmpty { damages.append(whole.dropLast(1)) }
                    for place in stride(from: 0, to: whole.count, by: max(1, whole.count / 7)) {
                        var flipped = whole
                        flipped[place] ^= 1
                        damages.append(flipped)
                    }
                    for damage in damages {
                        try? FileManager.default.removeItem(atPath: path)
                        try damage?.write(to: URL(filePath: path))
                        await #expect(throws: BackupFault.self, "\(file)") {
                            try await Backup.restore(from: folder, into: database, Self.schema, at: Self.moment)
                        }
                    }
                    try whole.write(to: URL(filePath: path))
                }
                #expect(try await database.read { try Catalogue(engine).tableNames($0) } == [])
                try await Backup.restore(from: folder, into: database, Self.schema, at: Self.moment)
            }
        }
    }

    @Test(
        "Rows that break a rule of the schema leave the database empty, though their digests are right",
        arguments: Engine.allCases)
    func brokenRules(engine: Engine) async throws {
        try await withFolder { folder throws in
            try await TestDatabase.withEmpty(engine) { database throws in
                try await fill(database)
                try await Backup.write(database, to: folder, at: Self.moment)
            }
            let manifest = try BackupReader(folder: folder).manifest
            let person = try #require(manifest.tables.first { $0.name == "person" })
            // Without the boss of all, forged with its sums.
            let path = folder + "/" + person.file
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").filter {
                !$0.hasPrefix("Tz")
            }
            #expect(lines.count == 2)
            try forge(folder, person, lines.map { $0 + "\n" }.joined(), rows: 2)
            try await TestDatabase.withEmpty(engine) { database throws in
                await expectFault(.constraint) {
                    try await Backup.restore(from: folder, into: database, Self.schema, at: Self.moment)
                }
                #expect(try await database.read { try Catalogue(engine).tableNames($0) } == [])
            }
        }
    }

    private func forge(_ folder: String, _ table: BackupManifest.Table, _ text: String, rows: Int) throws {
        var list = try sums(folder)
        func replace(_ name: String, _ content: String) throws {
            let old = try Data(contentsOf: URL(filePath: folder + "/" + name))
            list = list.replacing(
                Migration(number: 1, name: "", sql: String(decoding: old, as: UTF8.self)).digest,
                with: Migration(number: 1, name: "", sql: content).digest)
            try Data(content.utf8).write(to: URL(filePath: folder + "/" + name))
        }
        try replace(table.file, text)
        let manifest = try String(contentsOfFile: folder + "/manifest.json", encoding: .utf8)
        let entry = try #require(manifest.firstRange(of: /"name" : "person",\s+"rows" : 3/))
        try replace(
            "manifest.json", manifest.replacingCharacters(in: entry, with: "\"name\" : \"person\", \"rows\" : \(rows)"))
        try Data(list.utf8).write(to: URL(filePath: folder + "/SHA256SUMS"))
    }

    @Test("Neither a backup nor a database is ever overwritten", arguments: Engine.allCases)
    func never(engine: Engine) async throws {
        try await withFolder { folder throws in
            try await TestDatabase.withEmpty(engine) { database throws in
                try await fill(database)
                try await Backup.write(database, to: folder, at: Self.moment)
                await #expect(throws: BackupFault.exists(folder)) {
                    try await Backup.write(database, to: folder, at: Self.moment)
                }
                await #expect(throws: BackupFault.notEmpty) {
                    try await Backup.restore(from: folder, into: database, Self.schema, at: Self.moment)
                }
                #expect(try await database.read { try $0.number("SELECT COUNT(*) AS n FROM house") } == 40)
                await #expect(throws: BackupFault.cannotWrite("/proc/none/backup")) {
                    try await Backup.write(database, to: "/proc/none/backup", at: Self.moment)
                }
            }
        }
    }

    @Test(
        "What is no row is never read as one",
        arguments: [
            "", "X", "I", "I1.5", "I 1", "Nx", "R", "Rx", "Babc", "Bzz", "T\\", "T\\x", "I9223372036854775808", "I1\t",
            "\tI1", "T\u{0}\t",
        ])
    func badLines(line: String) { #expect(BackupRows.values(Array(line.utf8)[...]) == nil) }

    @Test("Table names that lead out of the folder are refused", arguments: ["../t", "a/b", "", "T", "manifest.json"])
    func names(name: String) {
        let table = BackupManifest.Table(name: name, columns: ["a"], rows: 0)
        let manifest = BackupManifest(format: BackupManifest.currentFormat, madeAt: "", migrations: [], tables: [table])
        #expect(!manifest.isSound)
    }
}
