import CPostgreSQL
import Vocabulary

/// How a column's text is read, by the number of its type (pg_type.dat of PostgreSQL; the numbers never change).
enum ColumnType {
    case integer, boolean, real, numeric, text, bytes

    init?(_ type: Oid) {
        switch type {
        // int8, int2, int4, oid.
        case 20, 21, 23, 26: self = .integer
        case 16: self = .boolean
        // float4, float8.
        case 700, 701: self = .real
        case 1700: self = .numeric
        // text, varchar, bpchar, name, unknown; void, which is always empty.
        case 25, 1043, 1042, 19, 705, 2278: self = .text
        case 17: self = .bytes
        default: return nil
        }
    }

    /// The value that a text stands for; nil if it stands for none.
    func value(_ bytes: UnsafeRawBufferPointer) -> SQLValue? {
        switch self {
        case .text: return .text(String(decoding: bytes, as: UTF8.self))
        case .integer: return Self.integer(bytes).map(SQLValue.integer)
        case .boolean: return .integer(bytes.first == UInt8(ascii: "t") ? 1 : 0)
        // The server writes the shortest digits that read back as the same number.
        case .real: return Double(String(decoding: bytes, as: UTF8.self)).map(SQLValue.real)
        // The sum of integers is of this type, where SQLite's is an integer.
        case .numeric:
            if let integer = Self.integer(bytes) { return .integer(integer) }
            return Double(String(decoding: bytes, as: UTF8.self)).map(SQLValue.real)
        case .bytes: return Self.bytes(bytes).map(SQLValue.bytes)
        }
    }

    /// Decimal digits with an optional minus; nil for anything else or beyond 64 bits.
    private static func integer(_ bytes: UnsafeRawBufferPointer) -> Int64? {
        var digits = bytes[...]
        let negative = digits.first == UInt8(ascii: "-")
        if negative { digits = digits.dropFirst() }
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            // Downwards, for the least number has no positive counterpart.
            let (next, beyond) = shifted.subtractingReportingOverflow(digit)
            if overflow || beyond { return nil }
            value = next
        }
        if negative { return value }
        return value == .min ? nil : -value
    }

    /// `\x` and two hexadecimal digits a byte.
    private static func bytes(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard text.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]) else { return nil }
        return HexDigits.bytes(text.dropFirst(2))
    }
}
