/// A media type as it stands in `Content-Type` (RFC 9110, 8.3.1).
package struct MediaTypeText: Equatable, Sendable {
    /// Type and subtype in lower case, such as `application/json`.
    package let essence: String
    /// The parameters by their names in lower case.
    package let parameters: [String: String]

    /// Nil for what is no media type.
    package init?(_ text: String?) {
        guard let text, text.utf8.count <= 1024 else { return nil }
        var fields = HeaderParameters.split(text)
        guard !fields.isEmpty else { return nil }
        let essence = fields.removeFirst().lowercased()
        guard essence.split(separator: "/", omittingEmptySubsequences: false).count == 2, !essence.contains(" "),
            !essence.hasPrefix("/"), !essence.hasSuffix("/")
        else { return nil }
        self.essence = essence
        parameters = HeaderParameters.pairs(fields)
    }
}

/// `name=value` pairs behind semicolons, values bare or quoted.
enum HeaderParameters {
    /// The fields between semicolons that stand outside quotes, trimmed.
    static func split(_ text: String) -> [String] {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        for character in text.unicodeScalars {
            if character == "\"" { isQuoted.toggle() }
            if character == ";" && !isQuoted {
                fields.append(trimmed(field))
                field = ""
            } else {
                field.unicodeScalars.append(character)
            }
        }
        fields.append(trimmed(field))
        return fields
    }

    /// Of a name told twice the first counts.
    static func pairs(_ fields: some Sequence<String>) -> [String: String] {
        var pairs: [String: String] = [:]
        for field in fields {
            guard let equals = field.firstIndex(of: "=") else { continue }
            let name = trimmed(String(field[..<equals])).lowercased()
            var value = trimmed(String(field[field.index(after: equals)...]))
            if value.utf8.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") {
                value = String(value.dropFirst().dropLast())
            }
            if pairs[name] == nil { pairs[name] = value }
        }
        return pairs
    }

    private static func trimmed(_ text: String) -> String {
        var slice = text[...].drop { $0 == " " || $0 == "\t" }
        while let last = slice.last, last == " " || last == "\t" { slice.removeLast() }
        return String(slice)
    }
}
