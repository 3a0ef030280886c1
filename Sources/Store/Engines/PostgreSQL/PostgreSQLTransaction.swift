import CPostgreSQL

/// A transaction of PostgreSQL: valid only within its body, on the thread of its connection.
final class PostgreSQLTransaction: Transaction {
    private let connection: PostgreSQLConnection
    private let work: CancellableWork
    let state = TransactionState()
    /// Whether a prepared statement no longer fits the schema.
    private(set) var isStale = false
    private var cursors = 0

    init(_ connection: PostgreSQLConnection, _ work: CancellableWork) {
        self.connection = connection
        self.work = work
    }

    func rows(_ statement: SQL) throws(StoreFault) -> [Row] {
        try stating { () throws -> [Row] in try connection.execute(statement).rows() }
    }

    func each(_ query: SQL, _ body: (Row) throws -> Void) throws {
        cursors += 1
        let name = "jialing_cursor_\(cursors)"
        var declaration = SQL(stringLiteral: "DECLARE \(name) NO SCROLL CURSOR FOR ")
        declaration += query
        _ = try run(declaration)
        let fetch = SQL(stringLiteral: "FETCH FORWARD 1000 FROM \(name)")
        while true {
            let rows = try rows(fetch)
            if rows.isEmpty { break }
            for row in rows { try body(row) }
        }
        _ = try run(SQL(stringLiteral: "CLOSE \(name)"))
    }

    func run(_ statement: SQL) throws(StoreFault) -> Int {
        try stating { () throws -> Int in try connection.execute(statement).changes }
    }

    func script(_ text: String) throws(StoreFault) {
        try stating { () throws in
            guard !text.utf8.contains(0) else { throw StoreFault.statement("a script holds a NUL character") }
            let result = connection.send(text)
            if let fault = result.fault(connection.connection) { throw fault }
            if result.status == PGRES_COPY_IN {
                connection.disconnect()
                throw StoreFault.statement("a script holds a COPY")
            }
        }
    }

    func copy(
        into table: String, _ columns: [String], _ rows: some Sequence<[SQLValue]>
    ) throws(StoreFault) -> Int {
        try stating { () throws -> Int in
            let target = try CopyTarget(table, columns)
            let result = connection.send("COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN")
            if let fault = result.fault(connection.connection) { throw fault }
            guard let pointer = connection.connection else { throw StoreFault.unavailable("the connection is closed") }
            let copying = CopyStream(pointer)
            do {
                for row in rows {
                    try target.check(row)
                    if try copying.append(row), work.isCancelled { throw CancellationError() }
                }
            } catch {
                copying.abandon()
                throw error
            }
            return try copying.finish()
        }
    }

    /// Runs a statement, unless one before it failed or the task was cancelled, and keeps its fault.
    private func stating<Result>(_ body: () throws -> Result) throws(StoreFault) -> Result {
        try state.check()
        if work.isCancelled { throw state.fail(.unavailable("cancelled")) }
        do {
            return try body()
        } catch {
            throw state.fail(fault(error), collided: (error as? PostgreSQLFault)?.collides ?? false)
        }
    }

    private func fault(_ error: any Error) -> StoreFault {
        if let fault = error as? StoreFault { return fault }
        guard let fault = error as? PostgreSQLFault else { return .unavailable("cancelled") }
        if fault.isStale { isStale = true }
        return fault.fault
    }
}
