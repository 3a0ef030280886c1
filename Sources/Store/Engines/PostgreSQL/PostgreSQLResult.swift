import CPostgreSQL

/// A fault as the engine told it, with its SQLSTATE.
struct PostgreSQLFault: Error {
    let state: String
    let fault: StoreFault

    /// Whether the transaction was given up for another's sake, or for a statement that was prepared before the schema changed: run
    /// again it may pass. (Appendix A of the manual: class 40; 26000 and 0A000 are told of stale prepared statements.)
    var collides: Bool {
        state.hasPrefix("40") || state == "26000" || fault == .statement(Self.stalePlan)
    }

    /// Whether the prepared statements of the connection are of no more use.
    var isStale: Bool { state == "26000" || fault == .statement(Self.stalePlan) }

    private static let stalePlan = "cached plan must not change result type"
}

/// A result of libpq, freed with its last reference.
final class PostgreSQLResult {
    private let pointer: OpaquePointer?

    init(_ pointer: OpaquePointer?) { self.pointer = pointer }

    deinit { PQclear(pointer) }

    var status: ExecStatusType { pointer.map { PQresultStatus($0) } ?? PGRES_FATAL_ERROR }

    /// The command that was run, such as `COMMIT`, `INSERT 0 1`.
    var command: String { pointer.flatMap { PQcmdStatus($0) }.map { String(cString: $0) } ?? "" }

    /// The rows that an INSERT, UPDATE, DELETE or COPY changed; 0 for anything else.
    var changes: Int {
        let words = command.split(separator: " ")
        guard let first = words.first, ["INSERT", "UPDATE", "DELETE", "COPY", "MERGE"].contains(first) else { return 0 }
        return words.last.flatMap { Int($0) } ?? 0
    }

    /// What went wrong; nil if nothing did.
    ///
    /// Only the primary message and the name of the constraint are told: the detail holds the values of the row.
    func fault(_ connection: OpaquePointer?) -> PostgreSQLFault? {
        switch status {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH: return nil
        default: break
        }
        guard let pointer, let state = field(pointer, UInt8(ascii: "C")) else {
            // Without a state libpq itself speaks: the connection broke.
            let message = connection.flatMap { PQerrorMessage($0) }.map { String(cString: $0) } ?? ""
            return PostgreSQLFault(
                state: "08006", fault: .unavailable(String(message.prefix { $0 != "\n" })))
        }
        var text = field(pointer, UInt8(ascii: "M")) ?? state
        // "invalid input syntax for type bigint: "…"": what follows is a value.
        if state.hasPrefix("22"), let value = text.firstRange(of: ": \"") { text = String(text[..<value.lowerBound]) }
        if let constraint = field(pointer, UInt8(ascii: "n")), !text.contains(constraint) { text += " (\(constraint))" }
        return PostgreSQLFault(state: state, fault: Self.fault(state, text))
    }

    /// By the class of the SQLSTATE, Appendix A of the manual.
    private static func fault(_ state: String, _ text: String) -> StoreFault {
        switch state.prefix(2) {
        case "23": .constraint(text)
        // Connection, authorisation, collision, resources, operator's hand, system, corruption.
        case "08", "28", "40", "53", "57", "58", "XX": .unavailable(text)
        // No such database; a lock or an object that another holds.
        case "3D", "55": .unavailable(text)
        default: .statement(text)
        }
    }

    private func field(_ pointer: OpaquePointer, _ code: UInt8) -> String? {
        PQresultErrorField(pointer, Int32(code)).map { String(cString: $0) }
    }

    /// The rows, decoded by the types of their columns.
    func rows() throws(StoreFault) -> [Row] {
        guard let pointer, status == PGRES_TUPLES_OK else { return [] }
        let width = PQnfields(pointer)
        var names: [String] = []
        var types: [ColumnType] = []
        for column in 0..<width {
            let name = PQfname(pointer, column).map { String(cString: $0) } ?? ""
            guard let type = ColumnType(PQftype(pointer, column)) else {
                throw StoreFault.statement("column \(name) is of a type outside of what both engines share")
            }
            names.append(name)
            types.append(type)
        }
        let columns = Row.Columns(names)
        var rows: [Row] = []
        rows.reserveCapacity(Int(PQntuples(pointer)))
        for row in 0..<PQntuples(pointer) {
            var values: [SQLValue] = []
            values.reserveCapacity(types.count)
            for column in 0..<width {
                guard PQgetisnull(pointer, row, column) == 0, let start = PQgetvalue(pointer, row, column) else {
                    values.append(.null)
                    continue
                }
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(pointer, row, column)))
                guard let value = types[Int(column)].value(bytes) else {
                    throw StoreFault.badColumn(names[Int(column)])
                }
                values.append(value)
            }
            rows.append(Row(columns: columns, values: values))
        }
        return rows
    }
}
