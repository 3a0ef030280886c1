import DatabaseFixtures
import Testing

@testable import Store

/// Where a rule of the portable subset is tried: on PostgreSQL in databases of several locales, for an operator's is seldom "C".
enum Place: CaseIterable, Sendable {
    case sqlite, bytes, english, chinese

    var locale: PostgreSQLServer.Locale? {
        switch self {
        case .sqlite: nil
        case .bytes: .bytes
        case .english: .english
        case .chinese: .chinese
        }
    }

    func withDatabase(_ body: (any Database) async throws -> Void) async throws {
        guard let locale else { return try await TestDatabase.withEmpty(.sqlite, body) }
        let name = try await PostgreSQLServer.create(locale: locale)
        let database = try PostgreSQLDatabase(url: PostgreSQLServer.url(of: name), connections: 2)
        try await body(database)
        try await database.close()
        try await PostgreSQLServer.drop(name)
    }
}

@Suite("What both engines mean alike")
struct PortableSubsetTests {
    /// A rule: a query of one column, and what it returns everywhere.
    struct Rule: Sendable {
        let query: SQL
        let values: [SQLValue]
        init(_ query: SQL, _ values: SQLValue...) {
            self.query = query
            self.values = values
        }
    }

    private static let schema = Migration(
        number: 1, name: "words",
        sql: """
            CREATE TABLE word (id BIGINT NOT NULL PRIMARY KEY, name TEXT, rank BIGINT, share DOUBLE PRECISION, body BYTEA);
            INSERT INTO word (id, name, rank, share) VALUES
                (1, 'a', 5, 0.5), (2, 'B', NULL, 2.0), (3, 'b', -7, NULL), (4, 'Ä', 2, 1.5), (5, '绿', 2, 1.0), (6, '_', 0, 0.0),
                (7, 'aB', 9, 3.0), (8, NULL, 1, 1.0), (9, 'é', 3, 1.0), (10, '碳', 4, 1.0), (11, '', 6, 1.0), (12, 'A', 7, 1.0)
            """)

    private static let order: [Rule] = [
        Rule(
            "SELECT name FROM word WHERE name IS NOT NULL ORDER BY name", .text(""), .text("A"), .text("B"), .text("_"),
            .text("a"), .text("aB"), .text("b"), .text("Ä"), .text("é"), .text("碳"), .text("绿")),
        Rule(
            "SELECT MIN(name) AS n FROM word WHERE name > 'A' UNION ALL SELECT MAX(name) FROM word", .text("B"),
            .text("绿")),
        Rule("SELECT id FROM word WHERE name > \("a") AND name < \("c") ORDER BY id", .integer(3), .integer(7)),
        Rule("SELECT id FROM word WHERE name || 'x' < 'Bz' ORDER BY id", .integer(2), .integer(12)),
        Rule("SELECT id FROM word ORDER BY rank NULLS FIRST LIMIT 2", .integer(2), .integer(3)),
        Rule(
            "SELECT id FROM word ORDER BY rank DESC NULLS LAST, id LIMIT \(2) OFFSET \(1)", .integer(12), .integer(11)),
        Rule(
            "SELECT id FROM word ORDER BY lower(name) NULLS LAST, id LIMIT 5",
            .integer(11), .integer(6), .integer(1), .integer(12), .integer(7)),
        Rule("SELECT id FROM word WHERE (rank, id) > (\(6), \(11)) ORDER BY rank, id", .integer(12), .integer(7)),
        Rule("SELECT COUNT(DISTINCT lower(name)) AS n FROM word", .integer(9)),
    ]

    private static let texts: [Rule] = [
        Rule("SELECT id FROM word WHERE name LIKE 'a%' ESCAPE '\\' ORDER BY id", .integer(1), .integer(7)),
        Rule("SELECT id FROM word WHERE \(.contains("name", "_"))", .integer(6)),
        Rule("SELECT id FROM word WHERE \(.contains("name", "%"))"),
        Rule("SELECT id FROM word WHERE \(.contains("name", "B")) ORDER BY id", .integer(2), .integer(7)),
        Rule(
            "SELECT id FROM word WHERE \(.contains("lower(name)", "b")) ORDER BY id", .integer(2), .integer(3),
            .integer(7)),
        Rule("SELECT id FROM word WHERE \(.begins("name", with: "绿"))", .integer(5)),
        Rule("SELECT lower(name) AS n FROM word WHERE id IN (4, 7) ORDER BY id", .text("Ä"), .text("ab")),
        Rule("SELECT \("a") || \("绿") AS n", .text("a绿")),
        Rule("SELECT name || \("x") AS n FROM word WHERE id = 8", .null),
        Rule("SELECT name || CAST(rank AS TEXT) AS n FROM word WHERE id = 3", .text("b-7")),
        Rule("SELECT length(name) AS n FROM word WHERE id IN (5, 7) ORDER BY id", .integer(1), .integer(2)),
        Rule("SELECT length(\([UInt8](repeating: 0, count: 3))) AS n", .integer(3)),
        Rule("SELECT substr(name, 2, CAST(\(1) AS INTEGER)) AS n FROM word WHERE id = 7", .text("B")),
        Rule("SELECT trim(\("  x ")) AS n", .text("x")), Rule("SELECT replace('aba', 'a', \("c")) AS n", .text("cbc")),
    ]

    private static let numbers: [Rule] = [
        Rule(
            "SELECT \(7) / \(2) AS n UNION ALL SELECT \(-7) / \(2) UNION ALL SELECT \(-7) % \(2)", .integer(3),
            .integer(-3),
            .integer(-1)),
        Rule("SELECT rank / \(2) AS n FROM word WHERE id = 3", .integer(-3)),
        Rule("SELECT \(1) / NULLIF(rank, 0) AS n FROM word WHERE id = 6", .null),
        Rule("SELECT SUM(rank) AS n FROM word", .integer(32)), Rule("SELECT SUM(share) AS n FROM word", .real(13)),
        Rule("SELECT SUM(rank) AS n FROM word WHERE id = 0", .null),
        Rule("SELECT AVG(CAST(rank AS DOUBLE PRECISION)) AS n FROM word WHERE rank IN (2, 3) AND id > 4", .real(2.5)),
        Rule("SELECT AVG(CAST(rank AS DOUBLE PRECISION)) AS n FROM word WHERE rank = 2", .real(2)),
        Rule("SELECT share * rank AS n FROM word WHERE id = 1", .real(2.5)),
        Rule("SELECT rank * \(1.5) AS n FROM word WHERE id = 4", .real(3)),
        Rule("SELECT id FROM word WHERE rank > \(6.5) ORDER BY id", .integer(7), .integer(12)),
        Rule("SELECT rank > 2 AS n FROM word WHERE id IN (1, 4) ORDER BY id", .integer(1), .integer(0)),
        Rule("SELECT \(true) AS n", .integer(1)),
        Rule("SELECT SUM(CASE WHEN rank > \(2) THEN \(1) ELSE \(0) END) AS n FROM word", .integer(6)),
        Rule("SELECT COUNT(*) FILTER (WHERE rank > 2) AS n FROM word", .integer(6)),
        Rule("SELECT COALESCE(rank, \(-1)) AS n FROM word WHERE id = 2", .integer(-1)),
        Rule("SELECT COALESCE(\(Int?.none), \(4)) AS n", .integer(4)),
        Rule("SELECT ABS(rank) AS n FROM word WHERE id = 3", .integer(7)),
        Rule("SELECT CAST(\("12") AS BIGINT) AS n", .integer(12)),
        Rule("SELECT CAST(\(3) AS DOUBLE PRECISION) / \(2) AS n", .real(1.5)),
    ]

    private static let statements: [Rule] = [
        Rule(
            "SELECT id FROM word WHERE rank IS DISTINCT FROM 2 AND id < 6 ORDER BY id", .integer(1), .integer(2),
            .integer(3)),
        Rule("SELECT id FROM word WHERE id IN (\(list: [3, 1])) ORDER BY id", .integer(1), .integer(3)),
        Rule("SELECT id FROM word WHERE id IN (\(list: [Int]()))"),
        Rule(
            "WITH RECURSIVE c (n) AS (SELECT \(1) UNION ALL SELECT n + 1 FROM c WHERE n < 3) SELECT n FROM c ORDER BY n",
            .integer(1), .integer(2), .integer(3)),
        Rule(
            "SELECT SUM(rank) OVER (ORDER BY id) AS n FROM word WHERE id IN (1, 3) ORDER BY id", .integer(5),
            .integer(-2)),
        Rule("SELECT EXISTS (SELECT 1 FROM word WHERE id = 5) AS n", .integer(1)),
        Rule(
            "INSERT INTO word (id, rank) VALUES (1, 50) ON CONFLICT (id) DO UPDATE SET rank = word.rank + excluded.rank RETURNING rank",
            .integer(55)),
        Rule("INSERT INTO word (id) VALUES (1) ON CONFLICT DO NOTHING RETURNING id"),
        Rule("UPDATE word SET rank = rank - \(50) WHERE id = 1 RETURNING rank", .integer(5)),
        Rule(
            "SELECT v.column1 AS n FROM (VALUES (\(1), \("a")), (\(2), \(String?.none))) v WHERE v.column2 IS NULL",
            .integer(2)),
    ]

    @Test("Each rule holds everywhere", arguments: Place.allCases)
    func rules(place: Place) async throws {
        try await place.withDatabase { database throws in
            try await Migrator.migrate(database, [Self.schema], at: TestDatabase.moment)
            for rule in Self.order + Self.texts + Self.numbers + Self.statements {
                let rows = try await database.write { try $0.found(rule.query) }
                #expect(rows.map { $0.values[0] } == rule.values, "\(rule.query.text { "$\($0)" })")
            }
        }
    }

    @Test("A sum beyond 64 bits is a fault, never a rounded number", arguments: Place.allCases)
    func overflow(place: Place) async throws {
        try await place.withDatabase { database throws in
            try await Migrator.migrate(database, [Self.schema], at: TestDatabase.moment)
            await #expect(throws: StoreFault.self) {
                try await database.write { transaction throws in
                    try transaction.run("UPDATE word SET rank = \(Int64.max)")
                    return try transaction.number("SELECT SUM(rank) AS n FROM word")
                }
            }
        }
    }

    @Test("A value of another kind than its column is refused by PostgreSQL, not turned")
    func kinds() async throws {
        try await Place.bytes.withDatabase { database throws in
            try await Migrator.migrate(database, [Self.schema], at: TestDatabase.moment)
            let statements: [SQL] = [
                "UPDATE word SET rank = \("5")", "SELECT id FROM word WHERE rank = \("5")",
                "SELECT id FROM word WHERE name = \(5)", "UPDATE word SET body = \("x")",
            ]
            for statement in statements {
                await expectFault(.statement) { try await database.write { try $0.rows(statement) } }
            }
        }
    }
}
