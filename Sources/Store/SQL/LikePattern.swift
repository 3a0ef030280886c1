/// Patterns of LIKE for words that people typed: their own `%` and `_` mean themselves. To be used with `ESCAPE '\'`.
enum LikePattern {
    /// Whatever contains the words.
    static func containing(_ words: String) -> String {
        var pattern = "%"
        for character in words {
            if character == "%" || character == "_" || character == "\\" { pattern.append("\\") }
            pattern.append(character)
        }
        return pattern + "%"
    }
}
