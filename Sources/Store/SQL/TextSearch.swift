extension SQL {
    /// A condition: the column's text holds this one, case told apart.
    ///
    ///     "SELECT id FROM project WHERE \(.contains("name", search))"
    ///
    /// To pass over the case of A to Z, both are put in lower case: `.contains("lower(name)", search.lowercased())`.
    public static func contains(_ column: SQL, _ text: String) -> SQL {
        "\(column) LIKE \("%" + pattern(text) + "%") ESCAPE '\\'"
    }

    /// A condition: the column's text begins with this one, case told apart.
    public static func begins(_ column: SQL, with text: String) -> SQL {
        "\(column) LIKE \(pattern(text) + "%") ESCAPE '\\'"
    }

    /// The text as a pattern that only it fits: `%`, `_` and the sign that escapes them mean themselves.
    private static func pattern(_ text: String) -> String {
        var pattern = ""
        for character in text.unicodeScalars {
            if ["%", "_", "\\"].contains(character) { pattern += "\\" }
            pattern.unicodeScalars.append(character)
        }
        return pattern
    }
}
