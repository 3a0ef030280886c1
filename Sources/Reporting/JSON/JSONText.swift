import Vocabulary

/// A JSON value with the order of its members kept, written by ourselves since Foundation's writer sorts by nothing
/// that a reader would choose and prints money as binary fractions.
indirect enum JSONText {
    case null
    case string(String)
    /// Digits as they stand, e.g. money with two decimals.
    case number(String)
    case array([JSONText])
    case object([(String, JSONText)])

    func write(into out: inout String, indent: Int = 0) {
        let space = String(repeating: "  ", count: indent + 1)
        let close = String(repeating: "  ", count: indent)
        switch self {
        case .null: out += "null"
        case .number(let digits): out += digits
        case .string(let text): Self.quote(text, into: &out)
        case .array(let values):
            if values.isEmpty {
                out += "[]"
                return
            }
            out += "[\n"
            for (index, value) in values.enumerated() {
                out += space
                value.write(into: &out, indent: indent + 1)
                out += index + 1 < values.count ? ",\n" : "\n"
            }
            out += close + "]"
        case .object(let members):
            if members.isEmpty {
                out += "{}"
                return
            }
            out += "{\n"
            for (index, member) in members.enumerated() {
                out += space
                Self.quote(member.0, into: &out)
                out += ": "
                member.1.write(into: &out, indent: indent + 1)
                out += index + 1 < members.count ? ",\n" : "\n"
            }
            out += close + "}"
        }
    }

    /// The same without the order of the members, for what checks or sends it. A number is what its digits say.
    var jsonValue: JSONValue {
        switch self {
        case .null: .null
        case .number(let digits): (try? JSONValue.parse(digits)) ?? .null
        case .string(let text): .string(text)
        case .array(let values): .array(values.map(\.jsonValue))
        case .object(let members): .object(Dictionary(members.map { ($0.0, $0.1.jsonValue) }, uniquingKeysWith: { $1 }))
        }
    }

    private static func quote(_ text: String, into out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
