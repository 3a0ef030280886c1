/// What the header of a column, or a word in a cell, is reduced to before it is looked up.
public enum HeaderText {
    /// Lower case, half width, without spaces, underscores and hyphens.
    public static func fold(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case " ", "\u{3000}", "\u{A0}", "\u{FEFF}", "\t", "\n", "\r", "_", "-": continue
            case "\u{FF01}"..."\u{FF5E}":
                guard let half = Unicode.Scalar(scalar.value - 0xFEE0) else { continue }
                result.append(contentsOf: String(half).lowercased().unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
