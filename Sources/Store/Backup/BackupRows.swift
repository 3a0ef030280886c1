import Vocabulary

/// Rows as lines: fields parted by tabs, each beginning with the letter of its kind.
///
/// `N` no value; `I-42` an integer; `R0.1` a number, in the shortest digits that read back as the same; `T绿色` a text, with `\\`, `\t`, `\n`
/// and `\r` for backslash, tab, line feed and carriage return; `B00ff` bytes in hexadecimal digits.
enum BackupRows {
    /// Appends the line of a row.
    static func append(_ row: [SQLValue], to line: inout [UInt8]) {
        for (index, value) in row.enumerated() {
            if index > 0 { line.append(UInt8(ascii: "\t")) }
            append(value, to: &line)
        }
        line.append(UInt8(ascii: "\n"))
    }

    private static func append(_ value: SQLValue, to line: inout [UInt8]) {
        switch value {
        case .null: line.append(UInt8(ascii: "N"))
        case .integer(let integer): line.append(contentsOf: "I\(integer)".utf8)
        case .real(let number): line.append(contentsOf: "R\(number)".utf8)
        case .text(let text):
            line.append(UInt8(ascii: "T"))
            EscapedText.append(text, to: &line)
        case .bytes(let bytes):
            line.append(UInt8(ascii: "B"))
            HexDigits.append(bytes, to: &line)
        }
    }

    /// The values of a line, without its line feed; nil if it is none.
    static func values(_ line: ArraySlice<UInt8>) -> [SQLValue]? {
        var values: [SQLValue] = []
        for field in line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false) {
            guard let value = value(field) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func value(_ field: ArraySlice<UInt8>) -> SQLValue? {
        let rest = field.dropFirst()
        switch field.first {
        case UInt8(ascii: "N"): return rest.isEmpty ? .null : nil
        case UInt8(ascii: "I"): return Int64(String(decoding: rest, as: UTF8.self)).map(SQLValue.integer)
        case UInt8(ascii: "R"): return Double(String(decoding: rest, as: UTF8.self)).map(SQLValue.real)
        case UInt8(ascii: "T"): return EscapedText.text(rest).map(SQLValue.text)
        case UInt8(ascii: "B"): return HexDigits.bytes(rest).map(SQLValue.bytes)
        default: return nil
        }
    }
}
