import DatabaseFixtures
import Synchronization
import Testing

@testable import Store

@Suite("Transactions mean the same on both engines")
struct TransactionTests {
    private struct Stop: Error {}

    /// A small table with a value of every kind.
    private func withTable(_ engine: Engine, _ body: (any Database) async throws -> Void) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            try await database.write { transaction throws in
                try transaction.script(
                    "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, name TEXT, share DOUBLE PRECISION, body BYTEA)")
            }
            try await body(database)
        }
    }

    private func count(_ database: any Database) async throws -> Int {
        try await database.read { try $0.number("SELECT COUNT(*) AS n FROM t") }
    }

    @Test("Values of each kind come back as they were", arguments: Engine.allCases)
    func roundTrip(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            let numbers: [Double] = [
                0, 0.1, 1 / 3, 2.2250738585072014e-308, .greatestFiniteMagnitude, -.infinity, 1e20,
            ]
            let integers: [Int64] = [.min, -1, 0, 1, .max, 7, 8]
            let texts = ["", "绿色", "a'b\"c\\d\te\nf", "😀", "$1", "?", "\u{301}"]
            try await database.write { transaction throws in
                for index in numbers.indices {
                    try transaction.run(
                        """
                        INSERT INTO t (id, name, share, body)
                        VALUES (\(integers[index]), \(texts[index]), \(numbers[index]), \([UInt8](0...UInt8(index * 40))))
                        """)
                }
                try transaction.run("INSERT INTO t (id, name) VALUES (\(2), \(String?.none))")
            }
            try await database.read { transaction throws in
                for index in numbers.indices {
                    let row = try #require(try transaction.first("SELECT * FROM t WHERE id = \(integers[index])"))
                    #expect(try row("name", as: String.self) == texts[index])
                    #expect(try row("share", as: Double.self) == numbers[index])
                    #expect(try row("body", as: [UInt8].self) == [UInt8](0...UInt8(index * 40)))
                }
                let row = try #require(try transaction.first("SELECT name, share, body FROM t WHERE id = 2"))
                #expect(row.values == [.null, .null, .null])
            }
        }
    }

    @Test(
        "What is written without waiting for the disk is all there or not at all, and the next write waits again",
        arguments: Engine.allCases)
    func deferred(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            try await database.writeDeferred { try $0.run("INSERT INTO t (id) VALUES (1)") }
            await #expect(throws: Stop.self) {
                try await database.writeDeferred { transaction throws in
                    try transaction.run("INSERT INTO t (id) VALUES (2)")
                    throw Stop()
                }
            }
            await #expect(throws: StoreFault.self) {
                try await database.writeDeferred { try $0.run("INSERT INTO t (id) VALUES (1)") }
            }
            #expect(try await count(database) == 1)
            let (question, waits): (SQL, SQLValue) =
                engine == .sqlite
                ? ("PRAGMA synchronous", .integer(2))
                : ("SELECT current_setting('synchronous_commit') = 'on' AS waits", .integer(1))
            let inDeferred = Mutex<SQLValue?>(nil)
            try await database.writeDeferred { transaction throws in
                let value = try transaction.first(question)?.values.first
                inDeferred.withLock { $0 = value }
            }
            let told = inDeferred.withLock { $0 }
            #expect(told != nil && told != waits)
            // The cluster of the tests itself may be told not to wait; then there is nothing to tell apart.
            let usual = try await database.write { try $0.first(question)?.values.first }
            #expect(engine == .postgresql || usual == waits)
        }
    }

    @Test("What a body throws is thrown on, and nothing is written", arguments: Engine.allCases)
    func rollback(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            await #expect(throws: Stop.self) {
                try await database.write { transaction throws in
                    try transaction.run("INSERT INTO t (id) VALUES (1)")
                    throw Stop()
                }
            }
            #expect(try await count(database) == 0)
        }
    }

    @Test("A failed statement ends the transaction, even if the body passes over it", arguments: Engine.allCases)
    func poisoned(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            await expectFault(.constraint) {
                try await database.write { transaction throws in
                    try transaction.run("INSERT INTO t (id) VALUES (1)")
                    do {
                        try transaction.run("INSERT INTO t (id) VALUES (1)")
                        Issue.record("a key was taken twice")
                    } catch {}
                    #expect((try? transaction.found("SELECT 1 AS one")) == nil)
                }
            }
            #expect(try await count(database) == 0)
            try await database.write { try $0.run("INSERT INTO t (id) VALUES (1)") }
            #expect(try await count(database) == 1)
        }
    }

    @Test("A body cannot end its transaction itself", arguments: Engine.allCases)
    func ownCommit(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            await expectFault(.statement) { try await database.write { try $0.script("COMMIT") } }
            await expectFault(.statement) { try await database.write { try $0.script("ROLLBACK") } }
            try await database.write { try $0.run("INSERT INTO t (id) VALUES (1)") }
            #expect(try await count(database) == 1)
        }
    }

    @Test("A read writes nothing", arguments: Engine.allCases)
    func readOnly(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            await expectFault(.statement) {
                _ = try await database.read { try $0.run("INSERT INTO t (id) VALUES (1)") }
            }
            #expect(try await count(database) == 0)
        }
    }

    @Test("A read sees a single state while others write", arguments: Engine.allCases)
    func snapshot(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let gate = Gate()
            let counts = Task {
                try await database.read { transaction -> [Int] in
                    let before = try transaction.number("SELECT COUNT(*) AS n FROM t")
                    start.yield()
                    gate.wait()
                    return [before, try transaction.number("SELECT COUNT(*) AS n FROM t")]
                }
            }
            for await _ in started { break }
            try await database.write { try $0.run("INSERT INTO t (id) VALUES (1)") }
            gate.open()
            #expect(try await counts.value == [0, 0])
        }
    }

    @Test("A text with a NUL character and a number that is none are refused alike", arguments: Engine.allCases)
    func refusedValues(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            for value in [SQLValue.text("a\0b"), .real(.nan)] {
                for bulk in [false, true] {
                    await expectFault(.constraint) {
                        try await database.write { transaction throws in
                            if bulk {
                                try transaction.copy(into: "t", ["id", "name"], [[.integer(1), value]])
                            } else {
                                var statement: SQL = "INSERT INTO t (id, name) VALUES (1, "
                                statement += SQL(values: [value])
                                statement += ")"
                                try transaction.run(statement)
                            }
                        }
                    }
                }
            }
            #expect(try await count(database) == 0)
        }
    }

    @Test("A statement counts the rows that it changed, and no others", arguments: Engine.allCases)
    func changes(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            try await database.write { transaction throws in
                #expect(try transaction.changes("INSERT INTO t (id) VALUES (1), (2), (3)") == 3)
                #expect(try transaction.changes("UPDATE t SET name = 'x' WHERE id > 1") == 2)
                #expect(try transaction.changes("SELECT * FROM t") == 0)
                #expect(try transaction.changes("CREATE TABLE other (id BIGINT)") == 0)
                #expect(try transaction.changes("DELETE FROM t WHERE id = 9") == 0)
                #expect(try transaction.changes("INSERT INTO t (id) VALUES (1) ON CONFLICT DO NOTHING") == 0)
                #expect(try transaction.found("DELETE FROM t RETURNING id").count == 3)
            }
        }
    }

    @Test("Faults tell the rule and never the values of a row", arguments: Engine.allCases)
    func secrecy(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            try await database.write { transaction throws in
                try transaction.script("CREATE TABLE person (name TEXT NOT NULL UNIQUE, age BIGINT CHECK (age >= 0))")
                try transaction.run("INSERT INTO person VALUES ('Zhang San', 1)")
            }
            for statement: SQL in [
                "INSERT INTO person VALUES (\("Zhang San"), \(2))",
                "INSERT INTO person VALUES (\("Zhang San "), \(-2))",
                "INSERT INTO person VALUES (\(String?.none), \(771))",
            ] {
                let text = await expectFault(.constraint) {
                    _ = try await database.write { try $0.run(statement) }
                }
                #expect(
                    !text.contains("Zhang") && !text.contains("771") && (text.contains("name") || text.contains("age")))
            }
        }
    }

    @Test("Rows are handed over one by one while the body asks for more", arguments: Engine.allCases)
    func each(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            try await database.write { transaction throws in
                try transaction.copy(into: "t", ["id"], (0..<2500).lazy.map { [.integer($0)] })
            }
            let query: SQL = "SELECT id FROM t WHERE id >= \(0) ORDER BY id"
            let seen = try await database.read { transaction -> [Int64] in
                var seen: [Int64] = []
                try transaction.each(query) { row in
                    seen.append(try row("id"))
                    // The same text within itself must not rewind it.
                    if seen.count == 3 { #expect(try transaction.found(query).count == 2500) }
                }
                return seen
            }
            #expect(seen == Array(0..<2500))
            await #expect(throws: Stop.self) {
                try await database.read { try $0.each(query) { _ in throw Stop() } }
            }
            #expect(try await count(database) == 2500)
        }
    }

    @Test("An unknown value needs no cast", arguments: Engine.allCases)
    func unknown(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            try await database.write { try $0.run("INSERT INTO t (id, name) VALUES (1, 'a'), (2, NULL)") }
            for (name, expected) in [(String?.none, 2), ("a", 1), ("b", 0), (nil, 2)] {
                let found = try await database.read { transaction throws in
                    try transaction.rows("SELECT id FROM t WHERE \(name) IS NULL OR name = \(name)").count
                }
                #expect(found == expected)
            }
        }
    }

    @Test("The prepared statements that a connection keeps are bounded, and evicted ones still run")
    func preparedStatements() async throws {
        try await withTable(.postgresql) { database throws in
            try await database.read { transaction throws in
                for round in 0..<2 {
                    for number in 0..<400 {
                        let statement = SQL(stringLiteral: "SELECT \(number) AS a\(number)")
                        #expect(try transaction.first(statement)?("a\(number)", as: Int.self) == number, "\(round)")
                    }
                }
                // One more: this question.
                #expect(try transaction.number("SELECT COUNT(*) AS n FROM pg_prepared_statements") == 256)
            }
        }
    }

    @Test("A statement prepared before the schema changed runs again", arguments: Engine.allCases)
    func stale(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            try await database.write { try $0.run("INSERT INTO t (id) VALUES (1)") }
            let columns: @Sendable (any Transaction) throws -> Int = {
                try $0.row("SELECT * FROM t")?.values.count ?? 0
            }
            for _ in 0..<3 { #expect(try await database.read(columns) == 4) }
            try await database.write { try $0.script("ALTER TABLE t ADD COLUMN more BIGINT") }
            for _ in 0..<3 { #expect(try await database.read(columns) == 5) }
        }
    }
}
