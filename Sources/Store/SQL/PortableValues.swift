extension SQLValue {
    /// The most values that a statement takes: SQLite's limit; PostgreSQL would take twice as many.
    static let mostInStatement = 32_766

    /// The value as both engines keep it.
    ///
    /// PostgreSQL has no NUL character in texts, SQLite no "not a number" (it would become NULL): both are refused by both. Negative
    /// zero, which SQLite may forget, becomes zero.
    /// - Throws: `StoreFault.constraint`.
    func portable() throws(StoreFault) -> SQLValue {
        switch self {
        case .text(let text) where text.holdsNUL:
            throw StoreFault.constraint("a text holds a NUL character")
        case .real(let number) where number.isNaN:
            throw StoreFault.constraint("a number is not a number (NaN)")
        case .real(let number) where number == 0:
            return .real(0)
        default: return self
        }
    }
}

extension String {
    /// Whether a NUL character stands in it, which PostgreSQL's texts cannot hold.
    var holdsNUL: Bool { utf8.withContiguousStorageIfAvailable { $0.contains(0) } ?? utf8.contains(0) }

    /// The text as both engines keep it: whoever reads it sees that something was there.
    var withoutNUL: String { holdsNUL ? replacing("\0", with: "\u{FFFD}") : self }
}

extension SQL {
    /// The values as both engines keep them.
    func portableValues() throws(StoreFault) -> [SQLValue] {
        guard values.count <= SQLValue.mostInStatement else {
            throw StoreFault.statement("a statement has more than \(SQLValue.mostInStatement) values")
        }
        var portable: [SQLValue] = []
        portable.reserveCapacity(values.count)
        for value in values { portable.append(try value.portable()) }
        return portable
    }
}

/// A table and the columns that a bulk load fills, checked: names cannot be bound, so they are held to plain words.
struct CopyTarget {
    let table: String
    let columns: [String]

    init(_ table: String, _ columns: [String]) throws(StoreFault) {
        guard ([table] + columns).allSatisfy(Self.isName), !columns.isEmpty, columns.count <= 1000 else {
            throw StoreFault.statement("a bulk load names no plain table and columns")
        }
        self.table = table
        self.columns = columns
    }

    /// Lower-case ASCII letters, digits and underscores, at most 63: what both engines read as the same name unquoted.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 63,
            !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
        else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }

    /// - Throws: If a row has not one value for each column.
    func check(_ row: [SQLValue]) throws(StoreFault) {
        guard row.count == columns.count else {
            throw StoreFault.statement("a row for \(table) has \(row.count) values for \(columns.count) columns")
        }
    }
}
