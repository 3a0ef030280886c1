import DatabaseFixtures
import Testing
import Vocabulary

@testable import Store

@Suite("Migrations")
struct MigratorTests {
    private static let moment = Timestamp(milliseconds: 7)
    private static let first = Migration(number: 1, name: "first", sql: "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY)")
    private static let second = Migration(
        number: 2, name: "second",
        sql: """
            ALTER TABLE a ADD COLUMN name TEXT;
            CREATE TABLE b (x BIGINT, note TEXT DEFAULT 'TEXT; CREATE TABLE c (TEXT)'); -- TEXT
            INSERT INTO b (x) SELECT CAST(CAST(1 AS TEXT) AS BIGINT);
            """)

    @Test("Each step is applied once, in order, with its record", arguments: Engine.allCases)
    func inOrder(engine: Engine) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            #expect(try await Migrator.migrate(database, [Self.first], at: Self.moment) == [Self.first])
            #expect(try await Migrator.migrate(database, [Self.first, Self.second], at: Self.moment) == [Self.second])
            #expect(try await Migrator.migrate(database, [Self.first, Self.second], at: Self.moment) == [])
            let rows = try await database.read { try $0.found("SELECT * FROM schema_migration ORDER BY number") }
            #expect(
                rows.map(\.values)
                    == [Self.first, Self.second].map {
                        [.integer(Int64($0.number)), .text($0.name), .text($0.digest), .integer(7)]
                    })
            #expect(
                try await database.read { try $0.first("SELECT note FROM b")?("note") } == "TEXT; CREATE TABLE c (TEXT)"
            )
        }
    }

    @Test("A step that fails leaves nothing behind, and those before it stand", arguments: Engine.allCases)
    func failing(engine: Engine) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            let broken = Migration(
                number: 2, name: "broken", sql: "CREATE TABLE b (x BIGINT); SELECT nothing FROM nowhere")
            await expectFault(.statement) {
                try await Migrator.migrate(database, [Self.first, broken], at: Self.moment)
            }
            let tables = try await database.read { try Catalogue(engine).tableNames($0) }
            #expect(tables == ["a", "schema_migration"])
            #expect(try await Migrator.migrate(database, [Self.first, Self.second], at: Self.moment) == [Self.second])
        }
    }

    @Test("A newer schema, a changed text and a gap are refused", arguments: Engine.allCases)
    func refused(engine: Engine) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            try await Migrator.migrate(database, [Self.first, Self.second], at: Self.moment)
            await #expect(throws: StoreFault.newerSchema(found: 2, known: 1)) {
                try await Migrator.migrate(database, [Self.first], at: Self.moment)
            }
            let changed = Migration(number: 1, name: "first", sql: Self.first.sql + " ")
            await #expect(throws: StoreFault.changedMigration(1)) {
                try await Migrator.migrate(database, [changed, Self.second], at: Self.moment)
            }
            await expectFault(.statement) { try await Migrator.migrate(database, [Self.second], at: Self.moment) }
        }
    }

    @Test("Of many that start at once each step is taken by one", arguments: Engine.allCases)
    func atOnce(engine: Engine) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            let applied = try await withThrowingTaskGroup(of: [Migration].self) { group in
                for _ in 0..<6 {
                    group.addTask { try await Migrator.migrate(database, [Self.first, Self.second], at: Self.moment) }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.map(\.number).sorted() == [1, 2])
        }
    }

    @Test("Sections of the other engine are left out", arguments: Engine.allCases)
    func sections(engine: Engine) throws {
        let sql = "A;\n-- only: sqlite\nB;\n-- end\n  -- only: postgresql\nC;\n-- end\nD"
        let text = try MigrationText.text(Migration(number: 1, name: "x", sql: sql), for: engine)
        #expect(text == (engine == .sqlite ? "A;\nB;\nD" : "A;\nC;\nD"))
    }

    @Test(
        "A section that is not closed, or names no engine, is refused",
        arguments: [
            "-- only: sqlite\nA", "-- only: oracle\nA\n-- end", "-- end", "-- only: sqlite\n-- only: sqlite\n-- end",
        ])
    func badSections(sql: String) {
        #expect(throws: StoreFault.self) {
            try MigrationText.text(Migration(number: 1, name: "x", sql: sql), for: .sqlite)
        }
    }

    @Test(
        "TEXT columns sort by bytes, and nothing else that reads TEXT is touched",
        arguments: [
            (
                "CREATE TABLE t (a TEXT, b text NOT NULL)",
                "CREATE TABLE t (a TEXT COLLATE \"C\", b text COLLATE \"C\" NOT NULL)"
            ),
            ("ALTER TABLE t ADD COLUMN a TEXT", "ALTER TABLE t ADD COLUMN a TEXT COLLATE \"C\""),
            ("CREATE TABLE t (a BIGINT CHECK (CAST(a AS TEXT) <> 'TEXT'))", nil), ("SELECT CAST(1 AS TEXT), TEXT", nil),
            ("CREATE TABLE t (\"TEXT\" BIGINT /* TEXT */) -- TEXT\n", nil),
            ("CREATE FUNCTION f() RETURNS TEXT AS $b$ CREATE TABLE t (a TEXT) $b$", nil),
            ("CREATE TABLE t (texts BIGINT)", nil),
        ] as [(String, String?)])
    func collation(sql: String, expected: String?) throws {
        let text = try MigrationText.text(Migration(number: 1, name: "x", sql: sql), for: .postgresql)
        #expect(text == expected ?? sql)
    }

    @Test("A text column that escapes the rule is refused")
    func otherCollation() async throws {
        try await TestDatabase.withEmpty(.postgresql) { database throws in
            let hidden = Migration(number: 1, name: "x", sql: "CREATE TABLE t AS SELECT 'a' || 'b' AS escaped")
            let fault = await expectFault(.statement) {
                try await Migrator.migrate(database, [hidden], at: Self.moment)
            }
            #expect(fault.contains("t.escaped"))
        }
    }

    @Test("The program's own migrations are numbered from 1 on, and named once")
    func shipped() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        #expect(Set(Migration.all.map(\.name)).count == Migration.all.count)
    }
}

@Suite("The audit trail's tables")
struct AuditTablesTests {
    @Test(
        "Rows of the trail are never changed, deleted or replaced", arguments: Engine.allCases,
        [
            "UPDATE audit_entry SET act = 'other'", "DELETE FROM audit_entry", "UPDATE audit_read SET count = 0",
            "DELETE FROM audit_read", "UPDATE audit_entry SET act = 'other' WHERE number = 1",
            """
            INSERT INTO audit_entry (number, at, actor, act, body, digest) SELECT number, at, actor, 'x', body, digest
            FROM audit_entry WHERE number = 1 ON CONFLICT (number) DO UPDATE SET act = 'x'
            """,
        ])
    func appendOnly(engine: Engine, statement: String) async throws {
        try await TestDatabase.with(engine) { database throws in
            try await fill(database)
            let fault = await expectFault(.constraint) {
                try await database.write { try $0.run(SQL(stringLiteral: statement)) }
            }
            #expect(fault.contains("append-only"))
            #expect(
                try await database.read { try $0.number("SELECT COUNT(*) AS n FROM audit_entry WHERE act = 'made'") }
                    == 1)
        }
    }

    @Test("An engine's own ways around are closed too")
    func ownWays() async throws {
        let ways: [(Engine, SQL)] = [
            (.postgresql, "TRUNCATE audit_entry"), (.postgresql, "TRUNCATE audit_read CASCADE"),
            (
                .sqlite,
                "REPLACE INTO audit_entry SELECT number, at, actor, organisation, 'x', subject, body, digest FROM audit_entry"
            ),
        ]
        for (engine, statement) in ways {
            try await TestDatabase.with(engine) { database throws in
                try await fill(database)
                await expectFault(.constraint) { try await database.write { try $0.run(statement) } }
            }
        }
    }

    @Test("There is one head, and it starts at 1", arguments: Engine.allCases)
    func head(engine: Engine) async throws {
        try await TestDatabase.with(engine) { database throws in
            #expect(try await database.read { try $0.number("SELECT next AS n FROM audit_head") } == 1)
            await expectFault(.constraint) {
                try await database.write { try $0.run("INSERT INTO audit_head (id, next) VALUES (2, 1)") }
            }
        }
    }

    private func fill(_ database: any Database) async throws {
        try await database.write { transaction throws in
            try transaction.run(
                """
                INSERT INTO audit_entry (number, at, actor, act, body, digest)
                VALUES (\(1), \(0), \("usr_x"), \("made"), \("{}"), \([UInt8](repeating: 1, count: 32)))
                """)
            try transaction.run(
                "INSERT INTO audit_read (id, at, viewer, what, count) VALUES (\("r"), \(0), \("usr_x"), \("list"), \(3))"
            )
        }
    }
}
