/// A database that keeps what it acknowledged.
///
/// A transaction's body is synchronous and may be run again where two transactions collided: it does nothing but read and write the
/// database and compute. If it throws, nothing is written.
///
///     let name = try await database.write { transaction in
///         try transaction.run("UPDATE project SET name = \(name) WHERE id = \(id)")
///         return name
///     }
public protocol Database: Sendable {
    /// Reads a single state of the database.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Result) async throws -> Result

    /// Writes all or nothing; on return it is on disk.
    ///
    /// Two transactions at a time may run in PostgreSQL. A row that is to be read and then changed is first locked by an
    /// update of it (`UPDATE … RETURNING`), rows in the order of their ids.
    func write<Result: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Result) async throws -> Result

    /// Which engine it is, where a statement cannot be the same for both. Only Store looks at it.
    var engine: Engine { get }

    /// Ends all connections once their work is done.
    func close() async throws
}

/// The engines that the store knows.
public enum Engine: String, Sendable, CaseIterable {
    case sqlite
    case postgresql
}

/// A transaction under way. Not to be kept beyond its body.
public protocol Transaction {
    /// The rows of a query, or of a statement with RETURNING.
    func rows(_ statement: SQL) throws(StoreFault) -> [Row]

    /// Runs a statement that returns no rows.
    /// - Returns: The number of rows it changed.
    @discardableResult func run(_ statement: SQL) throws(StoreFault) -> Int

    /// Runs several statements without values, one after another: for migrations.
    func script(_ text: String) throws(StoreFault)
}

extension Transaction {
    /// The first row of a query; nil if there is none.
    public func row(_ statement: SQL) throws(StoreFault) -> Row? { try rows(statement).first }

    /// Inserts many rows into a table, in as few statements as the engines' limits allow.
    /// - Parameter columns: The columns, in the order of the values of each row.
    public func insert(into table: String, _ columns: [String], _ rows: [[SQLValue]]) throws(StoreFault) {
        // 32,766 values are the most that SQLite takes in a statement, 65,535 PostgreSQL; short statements are prepared once.
        let perStatement = max(1, min(200, 32_000 / max(columns.count, 1)))
        var start = 0
        while start < rows.count {
            let end = min(rows.count, start + perStatement)
            var statement = SQL(stringLiteral: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES ")
            for index in start..<end {
                statement += index == start ? "(" : ", ("
                statement += SQL(values: rows[index])
                statement += ")"
            }
            try run(statement)
            start = end
        }
    }
}
