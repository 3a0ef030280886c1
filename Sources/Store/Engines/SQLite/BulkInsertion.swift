import GRDB
import GRDBSQLite

/// One INSERT run for row after row, its values bound to SQLite itself: objects between would cost more than the rows.
struct BulkInsertion {
    private let statement: Statement
    private let connection: GRDB.Database
    /// Tells SQLite to copy what is bound at once (SQLITE_TRANSIENT, which is no constant that Swift can import).
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// - Parameter statement: With a placeholder for each value of a row.
    init(_ statement: Statement, _ connection: GRDB.Database) {
        self.statement = statement
        self.connection = connection
    }

    /// - Parameter row: As many values as the statement has placeholders.
    /// - Throws: `StoreFault.constraint` for a value that not both engines keep; `DatabaseError`.
    func insert(_ row: [SQLValue]) throws {
        let pointer = statement.sqliteStatement
        for (index, value) in row.enumerated() {
            let code = try bind(value, Int32(index + 1), pointer)
            guard code == SQLITE_OK else { throw fault(code) }
        }
        let code = sqlite3_step(pointer)
        sqlite3_reset(pointer)
        guard code == SQLITE_DONE else { throw fault(code) }
    }

    private func bind(_ value: SQLValue, _ place: Int32, _ pointer: SQLiteStatement) throws(StoreFault) -> Int32 {
        switch try value.portable() {
        case .null: return sqlite3_bind_null(pointer, place)
        case .integer(let integer): return sqlite3_bind_int64(pointer, place, integer)
        case .real(let number): return sqlite3_bind_double(pointer, place, number)
        case .text(var text):
            return text.withUTF8 { bytes in
                guard let start = bytes.baseAddress else {
                    return sqlite3_bind_text(pointer, place, "", 0, Self.copied)
                }
                return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                    sqlite3_bind_text(pointer, place, $0, Int32(clamping: bytes.count), Self.copied)
                }
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return sqlite3_bind_zeroblob(pointer, place, 0) }
                return sqlite3_bind_blob(pointer, place, start, Int32(clamping: bytes.count), Self.copied)
            }
        }
    }

    private func fault(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(connection.sqliteConnection)))
    }
}
