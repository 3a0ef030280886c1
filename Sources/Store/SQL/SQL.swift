/// A statement with its values: what is interpolated is bound, never pasted, so no value can become SQL.
///
///     let found: [Row] = try transaction.rows("SELECT name FROM project WHERE id = \(id) AND stage = \(stage)")
///
/// Statements keep to what SQLite 3.40 and PostgreSQL 15 both understand and mean alike.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// The texts between the values; one more than there are values.
    private(set) var texts: [String]
    private(set) var values: [SQLValue]

    public init(stringLiteral text: String) {
        texts = [text]
        values = []
    }

    public init(stringInterpolation: StringInterpolation) {
        texts = stringInterpolation.texts
        values = stringInterpolation.values
    }

    /// An empty statement, for putting one together.
    public init() { self.init(stringLiteral: "") }

    /// Values alone, parted by commas, as `VALUES (…)` wants them.
    init(values: [SQLValue]) {
        self.values = values
        texts = values.isEmpty ? [""] : [""] + Array(repeating: ", ", count: values.count - 1) + [""]
    }

    /// Appends a fragment with its values.
    public static func += (left: inout SQL, right: SQL) {
        left.texts[left.texts.count - 1] += right.texts[0]
        left.texts += right.texts.dropFirst()
        left.values += right.values
    }

    /// Fragments joined by a separator, such as conditions by ` AND `.
    public static func joined(_ parts: [SQL], by separator: SQL) -> SQL {
        var all = SQL()
        for (index, part) in parts.enumerated() {
            if index > 0 { all += separator }
            all += part
        }
        return all
    }

    /// The text with a placeholder for each value.
    func text(placeholder: (Int) -> String) -> String {
        var text = texts[0]
        for index in values.indices {
            text += placeholder(index + 1)
            text += texts[index + 1]
        }
        return text
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var texts: [String] = [""]
        fileprivate var values: [SQLValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            texts.reserveCapacity(interpolationCount + 1)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) { texts[texts.count - 1] += literal }

        /// Binds a value.
        public mutating func appendInterpolation(_ value: some SQLConvertible) {
            values.append(value.sqlValue)
            texts.append("")
        }

        /// Binds a value, or NULL where there is none.
        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            values.append(value.sqlValue)
            texts.append("")
        }

        /// Binds each value of a list, as `IN (\(list))` needs. An empty list becomes `NULL`, which nothing equals.
        public mutating func appendInterpolation(list: [some SQLConvertible]) {
            guard !list.isEmpty else {
                appendLiteral("NULL")
                return
            }
            for (index, value) in list.enumerated() {
                if index > 0 { texts[texts.count - 1] += ", " }
                appendInterpolation(value)
            }
        }

        /// Puts a fragment in, with its values.
        public mutating func appendInterpolation(_ fragment: SQL) {
            texts[texts.count - 1] += fragment.texts[0]
            texts += fragment.texts.dropFirst()
            values += fragment.values
        }
    }
}
