import Testing

@testable import Store

@Suite("Statements")
struct SQLTests {
    @Test("What is interpolated is bound, also within fragments and lists")
    func binding() {
        let fragment: SQL = "name = \("x' OR 1=1")"
        let statement: SQL = "SELECT 1 WHERE \(fragment) AND id IN (\(list: [1, 2])) AND none IN (\(list: [Int]()))"
        #expect(statement.text { "$\($0)" } == "SELECT 1 WHERE name = $1 AND id IN ($2, $3) AND none IN (NULL)")
        #expect(statement.values == [.text("x' OR 1=1"), .integer(1), .integer(2)])
    }

    @Test("Conditions are joined with their values in order")
    func joining() {
        let parts: [SQL] = ["a = \(1)", "b = \("two")"]
        let joined = SQL.joined(parts, by: " AND ")
        #expect(joined.text { _ in "?" } == "a = ? AND b = ?")
        #expect(joined.values == [.integer(1), .text("two")])
    }
}
