import Foundation
import GRDB

/// The default engine: one SQLite file in write-ahead mode, one writer, readers beside it.
///
/// What a write acknowledged is on disk (`synchronous = FULL`). Another process may read and back up the file meanwhile.
public struct SQLiteDatabase: Database {
    private let pool: DatabasePool

    public var engine: Engine { .sqlite }

    /// Opens a file, or makes it.
    /// - Parameters:
    ///   - path: The file; beside it SQLite keeps `-wal` and `-shm`.
    ///   - readers: The most readers at a time.
    /// - Throws: `StoreFault.unavailable` if the file cannot be opened, or is no SQLite database.
    public init(path: String, readers: Int = 4) throws(StoreFault) {
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(10)
        configuration.label = "jialing"
        configuration.prepareDatabase { connection in
            // Full: a commit that was acknowledged survives a power cut.
            try connection.execute(
                sql: """
                    PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;
                    PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 268435456
                    """)
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw SQLiteTransaction.fault(error)
        }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await translating { try await pool.read { try body(SQLiteTransaction($0)) } }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await translating { try await pool.write { try body(SQLiteTransaction($0)) } }
    }

    public func close() async throws {
        try await translating { try pool.close() }
    }

    /// Faults of the engine itself (a commit that fails, a file that is busy) become the store's; what the body throws passes.
    private func translating<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw SQLiteTransaction.fault(error)
        }
    }
}

/// A transaction of SQLite: valid only within its body, on the queue of its connection.
struct SQLiteTransaction: Transaction {
    private let connection: GRDB.Database

    init(_ connection: GRDB.Database) { self.connection = connection }

    func rows(_ statement: SQL) throws(StoreFault) -> [Row] {
        do {
            let cursor = try GRDB.Row.fetchCursor(prepared(statement), arguments: Self.arguments(statement))
            var rows: [Row] = []
            var columns: Row.Columns?
            while let row = try cursor.next() {
                let shared = columns ?? Row.Columns(Array(row.columnNames))
                columns = shared
                rows.append(Row(columns: shared, values: row.databaseValues.map(Self.value)))
            }
            return rows
        } catch {
            throw Self.fault(error)
        }
    }

    func run(_ statement: SQL) throws(StoreFault) -> Int {
        do {
            try prepared(statement).execute(arguments: Self.arguments(statement))
            return connection.changesCount
        } catch {
            throw Self.fault(error)
        }
    }

    func script(_ text: String) throws(StoreFault) {
        do {
            try connection.execute(sql: text)
        } catch {
            throw Self.fault(error)
        }
    }

    private func prepared(_ statement: SQL) throws -> Statement {
        try connection.cachedStatement(sql: statement.text { _ in "?" })
    }

    private static func arguments(_ statement: SQL) -> StatementArguments {
        StatementArguments(
            statement.values.map { value -> (any DatabaseValueConvertible)? in
                switch value {
                case .null: nil
                case .integer(let integer): integer
                case .real(let number): number
                case .text(let text): text
                case .bytes(let bytes): Data(bytes)
                }
            })
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
    static func fault(_ error: any Error) -> StoreFault {
        if let fault = error as? StoreFault { return fault }
        guard let error = error as? DatabaseError else { return .unavailable(String(describing: error)) }
        // Without the values, which may be somebody's data.
        let text = error.message ?? error.resultCode.description
        switch error.resultCode {
        case .SQLITE_CONSTRAINT: return .constraint(text)
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_CANTOPEN, .SQLITE_NOTADB,
            .SQLITE_INTERRUPT,
            .SQLITE_NOMEM, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_CORRUPT:
            return .unavailable(text)
        default: return .statement(text)
        }
    }
}
