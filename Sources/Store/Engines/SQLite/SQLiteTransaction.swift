import Foundation
import GRDB

/// A transaction of SQLite: valid only within its body, on the queue of its connection.
struct SQLiteTransaction: Transaction {
    private let connection: GRDB.Database
    private let reading: Bool
    private let statements: StatementAdmission
    private let state = TransactionState()

    private init(_ connection: GRDB.Database, reading: Bool, _ statements: StatementAdmission) {
        self.connection = connection
        self.reading = reading
        self.statements = statements
    }

    /// Runs a body within the transaction that GRDB opened.
    /// - Throws: What the body throws; the first fault of a statement, even if the body passed over it.
    static func perform<Result>(
        _ body: (any Transaction) throws -> Result, _ connection: GRDB.Database, reading: Bool,
        _ statements: StatementAdmission
    ) throws -> Result {
        let transaction = SQLiteTransaction(connection, reading: reading, statements)
        defer { transaction.state.end() }
        // Makes SQLite look whether another connection changed the schema. Otherwise it would look only after GRDB has counted the
        // columns of the first statement, and `SELECT *` would miss those that were added.
        try connection.cachedStatement(sql: "SELECT 1 FROM sqlite_master LIMIT 0").execute()
        let result = try body(transaction)
        try transaction.state.check()
        guard connection.isInsideTransaction else {
            throw StoreFault.statement("the body of a transaction ended the transaction itself")
        }
        return result
    }

    func rows(_ statement: SQL) throws(StoreFault) -> [Row] {
        try stating { () throws -> [Row] in
            let cursor = try GRDB.Row.fetchCursor(prepared(statement), arguments: Self.arguments(statement))
            var rows: [Row] = []
            var columns: Row.Columns?
            while let row = try cursor.next() { rows.append(Self.row(row, &columns)) }
            return rows
        }
    }

    func each(_ query: SQL, _ body: (Row) throws -> Void) throws {
        // A statement of its own: the body may run the same text, which would rewind a shared one.
        let cursor = try stating { () throws -> GRDB.RowCursor in
            try GRDB.Row.fetchCursor(
                connection.makeStatement(sql: query.text { _ in "?" }), arguments: Self.arguments(query))
        }
        var columns: Row.Columns?
        while let row = try stating({ () throws -> Row? in try cursor.next().map { Self.row($0, &columns) } }) {
            try body(row)
        }
    }

    func run(_ statement: SQL) throws(StoreFault) -> Int {
        try stating { () throws -> Int in
            let before = connection.totalChangesCount
            try prepared(statement).execute(arguments: Self.arguments(statement))
            // What is no INSERT, UPDATE or DELETE leaves the count of the statement before it.
            return connection.totalChangesCount == before ? 0 : connection.changesCount
        }
    }

    func script(_ text: String) throws(StoreFault) {
        try stating { () throws in try connection.execute(sql: text) }
    }

    func copy(
        into table: String, _ columns: [String], _ rows: some Sequence<[SQLValue]>
    ) throws(StoreFault) -> Int {
        try stating { () throws -> Int in
            let target = try CopyTarget(table, columns)
            let places = Array(repeating: "?", count: columns.count).joined(separator: ", ")
            let statement = try connection.makeStatement(
                sql: "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))")
            let insertion = BulkInsertion(statement, connection)
            var count = 0
            for row in rows {
                try target.check(row)
                try insertion.insert(row)
                count += 1
            }
            return count
        }
    }

    /// Runs a statement, unless one before it failed, and keeps its fault.
    private func stating<Result>(_ body: () throws -> Result) throws(StoreFault) -> Result {
        try state.check()
        do {
            return try body()
        } catch {
            throw state.fail(Self.fault(error, reading: reading))
        }
    }

    private func prepared(_ statement: SQL) throws -> Statement {
        let text = statement.text { _ in "?" }
        return statements.admits(text, values: statement.values.count)
            ? try connection.cachedStatement(sql: text) : try connection.makeStatement(sql: text)
    }

    private static func arguments(_ statement: SQL) throws(StoreFault) -> StatementArguments {
        StatementArguments(try statement.portableValues().map(argument))
    }

    private static func argument(_ value: SQLValue) -> DatabaseValue {
        switch value {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): Data(bytes).databaseValue
        }
    }

    /// A row of ours; the names of its columns are made with the first row of a result.
    private static func row(_ row: GRDB.Row, _ columns: inout Row.Columns?) -> Row {
        let shared = columns ?? Row.Columns(Array(row.columnNames))
        columns = shared
        return Row(columns: shared, values: row.databaseValues.map(value))
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let integer): .integer(integer)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .bytes(Array(data))
        }
    }

    /// What a fault of SQLite means to the caller.
    static func fault(_ error: any Error, reading: Bool = false) -> StoreFault {
        if let fault = error as? StoreFault { return fault }
        if error is CancellationError { return .unavailable("cancelled") }
        guard let error = error as? DatabaseError else { return .unavailable(String(describing: error)) }
        // Without the values, which may be somebody's data.
        let text = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_CONSTRAINT: return .constraint(text)
        // A write within a read is a fault of the program; elsewhere the file or its disk cannot be written.
        case .SQLITE_READONLY where reading: return .statement(text)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOTADB,
            .SQLITE_INTERRUPT, .SQLITE_NOMEM, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CORRUPT:
            return .unavailable(text)
        default: return .statement(text)
        }
    }
}
