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
    /// Reads a single state of the database; a statement that writes is refused.
    /// - Throws: What the body throws, `StoreFault` of the engine, `CancellationError` if the task is cancelled meanwhile.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Result) async throws -> Result

    /// Writes all or nothing; on return it is on disk.
    ///
    /// A task that is cancelled before the commit has written nothing.
    /// Two transactions at a time may run in PostgreSQL. A row that is to be read and then changed is first locked by an
    /// update of it (`UPDATE … RETURNING`), rows in the order of their ids.
    @discardableResult func write<Result: Sendable>(_ body: @escaping @Sendable (any Transaction) throws -> Result)
        async throws -> Result

    /// Writes all or nothing; on return everybody sees it, but it is on disk only with the next `write`, or a little later.
    ///
    /// For what nobody was told of yet and what can be done again, such as the rows of an import before it counts: a power cut may
    /// take the last of these transactions, whole, and no `write` that came after one of them without it.
    func writeDeferred(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws

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
///
/// The first statement that fails ends it, on both engines: whatever the body does then, nothing is written. What may
/// fail is asked of the engine in a way that does not (`ON CONFLICT … DO NOTHING`).
public protocol Transaction {
    /// The rows of a query, or of a statement with RETURNING.
    func rows(_ statement: SQL) throws(StoreFault) -> [Row]

    /// Hands over the rows of a query one by one, in memory that does not grow with them.
    ///
    /// The body may run other statements, but none that changes the tables which are being read.
    func each(_ query: SQL, _ body: (Row) throws -> Void) throws

    /// Runs a statement that returns no rows.
    /// - Returns: The number of rows it changed, without what triggers changed; 0 for what is no INSERT, UPDATE or DELETE.
    @discardableResult func run(_ statement: SQL) throws(StoreFault) -> Int

    /// Runs several statements without values, one after another: for migrations.
    func script(_ text: String) throws(StoreFault)

    /// Inserts many rows into a table, in the fastest way that the engine has: COPY in PostgreSQL.
    ///
    ///     try transaction.copy(into: "loan", ["id", "balance"], loans.lazy.map { [.text($0.id), .integer($0.balance)] })
    /// - Parameters:
    ///   - columns: The columns, in the order of the values of each row.
    ///   - rows: Taken one by one, so that a lazy sequence is never whole in memory.
    /// - Returns: The number of rows.
    @discardableResult func copy(
        into table: String, _ columns: [String], _ rows: some Sequence<[SQLValue]>
    ) throws(StoreFault) -> Int
}

extension Transaction {
    /// The first row of a query; nil if there is none.
    public func row(_ statement: SQL) throws(StoreFault) -> Row? { try rows(statement).first }
}
