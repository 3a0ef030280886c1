/// A statement with its values: what is interpolated is bound, never pasted, so no value can become SQL.
///
///     let found: [Row] = try transaction.rows("SELECT name FROM project WHERE id = \(id) AND stage = \(stage)")
///
/// Statements keep to what SQLite 3.40 and PostgreSQL 15 both understand and mean alike; `PortableSubsetTests` holds each rule:
///
/// - **Kinds.** A bound value has its own kind and is never turned into another: a text does not compare with a number. A function of
///   PostgreSQL that wants a short integer is given `CAST(\(n) AS INTEGER)`, as in `substr(name, 1, CAST(\(n) AS INTEGER))`.
/// - **Yes and no** are 1 and 0 in BIGINT columns: `WHERE open = 1`, never `WHERE open`. A comparison may be selected, and reads as
///   1 or 0, but is not summed: `SUM(CASE WHEN a > b THEN 1 ELSE 0 END)`, or `COUNT(*) FILTER (WHERE a > b)`.
/// - **Order.** TEXT sorts and compares by its bytes. An ORDER BY over a column that may be NULL says `NULLS FIRST` or `NULLS LAST`.
/// - **LIKE** tells case, and takes `ESCAPE '\'` always: `SQL.contains` and `SQL.begins` write it. `lower` changes only A to Z.
/// - **Arithmetic.** Integers divide towards zero; a divisor that may be 0 stands in `NULLIF(…, 0)`, for PostgreSQL refuses it. The sum
///   of integers is an integer; one beyond 64 bits is a fault, never a rounded number. An average is
///   `AVG(CAST(x AS DOUBLE PRECISION))`. A number is not cast to an integer: one engine rounds, the other cuts off.
/// - **Texts.** `||` joins texts, others after `CAST(… AS TEXT)`; with NULL it is NULL. `length` counts characters of a text and bytes
///   of BYTEA; `substr` counts from 1.
/// - **Same on both**: `ON CONFLICT (…) DO NOTHING | UPDATE SET … excluded.…`, RETURNING, common tables also recursive, window functions,
///   FILTER, row comparison `(a, b) > (…, …)` for paging, `IS DISTINCT FROM`, LIMIT and OFFSET, COALESCE, NULLIF, EXISTS.
/// - **Not used**: scalar MIN and MAX of two values, dates and times of the engine, GLOB, REPLACE INTO, FOR UPDATE, ROUND of digits,
///   string_agg, JSON functions.
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
