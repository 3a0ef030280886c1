import DatabaseFixtures
import Seeded
import Testing

@testable import Store

@Suite("Bulk loads")
struct CopyTests {
    /// Values that a text format could misread.
    private static let texts = [
        "", "\\", "\\N", "\\.", "\t", "\n", "\r\n", "a\tb\\tc", "'", "\"", "绿色信贷", "😀", "\u{8}\u{c}\u{b}", " ", "NULL",
        "\\x00",
        "e\u{301}", "\u{1}",
    ]

    private static func rows(_ seed: UInt64, _ count: Int) -> [[SQLValue]] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let text = (0..<Int.random(in: 0...4, using: &random)).map { _ in texts.randomElement(using: &random) ?? ""
            }
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let number = Double(bitPattern: random.next())
            let values: [SQLValue] = [
                .integer(random.spreadInt64()), .real(number.isNaN || number == 0 ? 0.5 : number), .text(text.joined()),
                .bytes(bytes),
            ]
            return [.integer(Int64(index))] + values.map { Bool.random(using: &random) ? $0 : .null }
        }
    }

    private func withTable(_ engine: Engine, _ body: (any Database) async throws -> Void) async throws {
        try await TestDatabase.withEmpty(engine) { database throws in
            try await database.write { transaction throws in
                try transaction.script(
                    "CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, n BIGINT, x DOUBLE PRECISION, name TEXT, body BYTEA)"
                )
            }
            try await body(database)
        }
    }

    private static let columns = ["id", "n", "x", "name", "body"]

    @Test("Rows of any content come back as they were", arguments: Engine.allCases, [1, 2, 3] as [UInt64])
    func roundTrip(engine: Engine, seed: UInt64) async throws {
        try await withTable(engine) { database throws in
            let rows = Self.rows(seed, 1500)
            let count = try await database.write { try $0.copy(into: "t", Self.columns, rows) }
            #expect(count == rows.count)
            let found = try await database.read { try $0.found("SELECT id, n, x, name, body FROM t ORDER BY id") }
            #expect(found.map(\.values) == rows)
        }
    }

    @Test("A load that fails writes nothing, and its connection goes on", arguments: Engine.allCases)
    func failing(engine: Engine) async throws {
        try await withTable(engine) { database throws in
            var twice = Self.rows(9, 3000)
            twice.append(twice[5])
            let rows = twice
            await expectFault(.constraint) { try await database.write { try $0.copy(into: "t", Self.columns, rows) } }
            await expectFault(.statement) {
                try await database.write { try $0.copy(into: "t", Self.columns, [[.integer(1)]]) }
            }
            await expectFault(.statement) {
                try await database.write { try $0.copy(into: "t", ["none"], [[.integer(1)]]) }
            }
            #expect(try await database.read { try $0.number("SELECT COUNT(*) AS n FROM t") } == 0)
            #expect(try await database.write { try $0.copy(into: "t", Self.columns, [[SQLValue]]()) } == 0)
        }
    }

    @Test(
        "Names that are no plain words are refused, for they cannot be bound",
        arguments: ["t (id) SELECT 1; --", "T", "", "1t", "a b", "\"t\"", "表", String(repeating: "a", count: 64)])
    func names(name: String) {
        #expect(throws: StoreFault.self) { try CopyTarget(name, ["a"]) }
        #expect(throws: StoreFault.self) { try CopyTarget("t", ["a", name]) }
        #expect(throws: StoreFault.self) { try CopyTarget("t", []) }
    }
}
