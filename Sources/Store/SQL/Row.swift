/// A row of a result. Columns are read by name, and a column that is not of the kind that is asked for is a fault of the program
/// or of a damaged file, told as such and never passed over.
public struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]

    /// The columns of a result, shared by its rows.
    final class Columns: Sendable {
        let names: [String]
        init(_ names: [String]) { self.names = names }
    }

    /// The value of a column.
    /// - Throws: `StoreFault.badColumn` if there is no such column, or its value cannot be read as the type asked for.
    public func callAsFunction<Value: SQLConvertible>(
        _ name: String, as type: Value.Type = Value.self
    ) throws(StoreFault) -> Value {
        // Results have a dozen columns at most: looking along them is faster than a table.
        guard let index = columns.names.firstIndex(of: name), let value = Value(values[index]) else {
            throw StoreFault.badColumn(name)
        }
        return value
    }
}
