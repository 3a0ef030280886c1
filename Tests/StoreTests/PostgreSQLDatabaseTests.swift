import DatabaseFixtures
import Foundation
import Testing

@testable import Store

@Suite("PostgreSQL under collision, breakage and cancellation")
struct PostgreSQLDatabaseTests {
    private func withTable(_ body: (any Database) async throws -> Void) async throws {
        try await TestDatabase.withEmpty(.postgresql) { database throws in
            try await database.write { transaction throws in
                try transaction.script("CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL)")
                try transaction.run("INSERT INTO t VALUES (1, 0), (2, 0)")
            }
            try await body(database)
        }
    }

    private func total(_ database: any Database) async throws -> Int {
        try await database.read { try $0.number("SELECT SUM(n) AS n FROM t") }
    }

    @Test("Two writes that lock each other out both happen")
    func deadlock() async throws {
        try await withTable { database throws in
            let (first, second) = (Gate(), Gate())
            let attempts = Counter()
            @Sendable func write(_ from: Int, _ to: Int, _ own: Gate, _ other: Gate) async throws {
                try await database.write { transaction throws in
                    attempts.add()
                    try transaction.run("UPDATE t SET n = n + 1 WHERE id = \(from)")
                    own.open()
                    // Only the first time round: then each holds what the other wants.
                    if attempts.value <= 2 { other.wait() }
                    try transaction.run("UPDATE t SET n = n + 1 WHERE id = \(to)")
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await write(1, 2, first, second) }
                group.addTask { try await write(2, 1, second, first) }
                try await group.waitForAll()
            }
            #expect(attempts.value == 3)
            #expect(try await total(database) == 4)
        }
    }

    @Test("A body that always collides is given up in the end")
    func bounded() async throws {
        try await withTable { database throws in
            let attempts = Counter()
            await expectFault(.unavailable) {
                try await database.write { transaction throws in
                    attempts.add()
                    try transaction.script(
                        "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'serialization_failure'; END $$")
                }
            }
            #expect(attempts.value == 10)
        }
    }

    @Test("A read whose connection breaks is run again on another, a write is told that nothing was done")
    func broken() async throws {
        try await withTable { database throws in
            let attempts = Counter()
            let kill: SQL = "SELECT pg_terminate_backend(pg_backend_pid()) AS done"
            let sum = try await database.read { transaction throws in
                attempts.add()
                if attempts.value == 1 { _ = try transaction.rows(kill) }
                return try transaction.number("SELECT SUM(n) AS n FROM t")
            }
            #expect(sum == 0 && attempts.value == 2)
            await expectFault(.unavailable) {
                try await database.write { transaction throws in
                    attempts.add()
                    try transaction.run("UPDATE t SET n = 9")
                    _ = try transaction.rows(kill)
                }
            }
            #expect(attempts.value == 3)
            #expect(try await total(database) == 0)
            // A read that breaks every time does not go on for ever.
            await expectFault(.unavailable) { _ = try await database.read { try $0.rows(kill) } }
        }
    }

    @Test("A connection that broke while it was idle is replaced before anything is sent")
    func brokenIdle() async throws {
        try await withTable { database throws in
            let pid = try await database.read { try $0.number("SELECT pg_backend_pid() AS n") }
            try await PostgreSQLServer.run("SELECT pg_terminate_backend(\(pid))")
            try await database.write { try $0.run("UPDATE t SET n = 1 WHERE id = 1") }
            #expect(try await total(database) == 1)
        }
    }

    @Test("A connection that breaks during the commit leaves it undecided")
    func undecided() async throws {
        try await withTable { database throws in
            try await database.write { transaction throws in
                // Runs within COMMIT, and ends the connection there.
                try transaction.script(
                    """
                    CREATE FUNCTION break_off() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER break_off AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION break_off()
                    """)
            }
            await expectFault(.undecided) { try await database.write { try $0.run("UPDATE t SET n = 1 WHERE id = 1") } }
        }
    }

    @Test("A rule that is looked at during the commit refuses the whole write")
    func deferredRule() async throws {
        try await withTable { database throws in
            try await database.write { transaction throws in
                try transaction.script(
                    "CREATE TABLE u (id BIGINT NOT NULL REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED)")
            }
            await expectFault(.constraint) { try await database.write { try $0.run("INSERT INTO u VALUES (7)") } }
        }
    }

    @Test("A statement that takes too long is given up by the server")
    func timeout() async throws {
        let name = try await PostgreSQLServer.create()
        let database = try PostgreSQLDatabase(url: PostgreSQLServer.url(of: name), connections: 1, statementTimeout: 50)
        await expectFault(.unavailable) { _ = try await database.read { try $0.rows("SELECT pg_sleep(30)") } }
        try await database.close()
        try await PostgreSQLServer.drop(name)
    }

    @Test("Who finds no free connection in time is told so, and who is cancelled waits no longer")
    func waiting() async throws {
        let name = try await PostgreSQLServer.create()
        let url = try PostgreSQLServer.url(of: name)
        let database = try PostgreSQLDatabase(url: url, connections: 1, waitTimeout: 100)
        let gate = Gate()
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let holder = Task {
            try await database.read { _ in
                start.yield()
                gate.wait()
            }
        }
        for await _ in started { break }
        await expectFault(.unavailable) { _ = try await database.read { try $0.rows("SELECT 1 AS one") } }
        let cancelled = Task { try await database.read { try $0.number("SELECT 1 AS n") } }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        gate.open()
        try await holder.value
        #expect(try await database.read { try $0.number("SELECT 1 AS n") } == 1)
        try await database.close()
        await expectFault(.unavailable) { _ = try await database.read { try $0.rows("SELECT 1 AS one") } }
        try await PostgreSQLServer.drop(name)
    }

    @Test("Many transactions share few connections, and none is lost")
    func crowd() async throws {
        try await withTable { database throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        _ = try await database.write { try $0.run("UPDATE t SET n = n + 1 WHERE id = 1") }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await total(database) == 200)
            let open = try await database.read {
                try $0.number("SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database()")
            }
            #expect(open <= 4)
        }
    }

    @Test(
        "A fault never tells a password",
        arguments: [
            "postgres://user:geheim@127.0.0.1:1/db", "postgres://user:geheim@[bad/db",
            "postgres://u:geheim@127.0.0.1:1/db?nonsense=1",
            "mysql://user:geheim@127.0.0.1/db", "postgres://user:geheim@geheim.invalid/db",
            "postgres://geheim%zz@127.0.0.1:1/db",
            "postgres://127.0.0.1:1/db?password=geheim",
        ])
    func passwords(url: String) async {
        let fault = await expectFault(.unavailable) {
            let database = try PostgreSQLDatabase(url: url)
            _ = try await database.read { try $0.rows("SELECT 1 AS one") }
        }
        #expect(!fault.contains("geheim"))
    }

    @Test("What would leave a connection in the middle of a copy is refused, and the connection is replaced")
    func strayCopies() async throws {
        try await withTable { database throws in
            for statement in ["COPY t FROM STDIN", "COPY t TO STDOUT"] {
                await expectFault(.statement) { try await database.write { try $0.run(SQL(stringLiteral: statement)) } }
                await #expect(throws: StoreFault.self) { try await database.write { try $0.script(statement) } }
            }
            #expect(try await total(database) == 0)
        }
    }

    @Test("Types outside of what both engines share are refused by the name of their column")
    func foreignTypes() async throws {
        try await withTable { database throws in
            let fault = await expectFault(.statement) {
                _ = try await database.read { try $0.rows("SELECT now() AS jetzt") }
            }
            #expect(fault.contains("jetzt"))
        }
    }
}

@Suite("A cancelled task")
struct CancellationTests {
    @Test("A long statement is stopped, and nothing is written", .timeLimit(.minutes(10)), arguments: Engine.allCases)
    func longStatement(engine: Engine) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            try await database.write { try $0.script("CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY)") }
            let long: SQL = """
                WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 2000000000) SELECT COUNT(*) AS n FROM c
                """
            for writes in [false, true] {
                let (started, start) = AsyncStream.makeStream(of: Void.self)
                let body: @Sendable (any Transaction) throws -> Int = { transaction throws in
                    if writes { try transaction.run("INSERT INTO t VALUES (1)") }
                    start.yield()
                    return try transaction.number(long)
                }
                let task = Task { writes ? try await database.write(body) : try await database.read(body) }
                for await _ in started { break }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            #expect(try await database.read { try $0.number("SELECT COUNT(*) AS n FROM t") } == 0)
        }
    }

    @Test("One that is cancelled between two statements writes nothing", arguments: Engine.allCases)
    func between(engine: Engine) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            try await database.write { try $0.script("CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY)") }
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let gate = Gate()
            let task = Task {
                try await database.write { transaction throws in
                    try transaction.run("INSERT INTO t VALUES (1)")
                    start.yield()
                    gate.wait()
                }
            }
            for await _ in started { break }
            task.cancel()
            gate.open()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await database.read { try $0.number("SELECT COUNT(*) AS n FROM t") } == 0)
        }
    }
}
