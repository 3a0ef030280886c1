/// A JSON value (RFC 8259) as it is after parsing: what comes in over HTTP, and what the audit trail keeps.
///
/// Integers and other numbers are told apart, so that a count never passes through binary fractions. Money is never a number
/// here: it is written as a string of fen. Members have no order; two objects with the same members are equal.
public enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The value of a member; nil where this is no object or has no such member.
    public subscript(member: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[member]
    }

    /// The text of a string; nil for anything else.
    public var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The value of an integer; nil for anything else, also for a number with a fraction.
    public var integer: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The value of true or false; nil for anything else.
    public var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    /// The elements of an array; nil for anything else.
    public var elements: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    /// Of a member named twice the last counts, as for a program's own literal; the parser refuses it.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
    public init(nilLiteral: ()) { self = .null }

    /// A string, or null where there is none: a missing value is told, not left out.
    public init(_ text: String?) { self = text.map(JSONValue.string) ?? .null }
    /// An integer, or null where there is none.
    public init(_ value: Int64?) { self = value.map(JSONValue.integer) ?? .null }
}

extension JSONValue {
    /// A measured figure: a number, or its digits as a text where a reader would take it for an integer that it cannot hold
    /// exactly (beyond 2^53); null for what is not finite.
    public init(figure value: Double) {
        guard value.isFinite else {
            self = .null
            return
        }
        self = value.magnitude > Double(Self.safeIntegers.upperBound) ? .string("\(value)") : .number(value)
    }

    /// The value of what `init(figure:)` wrote; nil for anything else.
    public var figure: Double? {
        switch self {
        case .number(let number): number
        // A whole number is written without a fraction.
        case .integer(let number): Double(number)
        case .string(let text): Double(text)
        default: nil
        }
    }
}
