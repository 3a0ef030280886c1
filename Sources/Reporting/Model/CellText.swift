import Vocabulary

/// How numbers look in a statement, and wherever people read them.
public enum CellText {
    /// Fen as yuan with two decimals.
    static func yuan(_ fen: Int128, grouped: Bool) -> String {
        let magnitude = fen.magnitude
        let whole = String(magnitude / 100)
        let cents = String(magnitude % 100)
        let text = (grouped ? group(whole) : whole) + "." + (cents.count == 1 ? "0" + cents : cents)
        return fen < 0 ? "-" + text : text
    }

    /// Fen as 万元 with two decimals, rounded half away from zero: what people say of loans.
    public static func tenThousandYuan(_ fen: Int128) -> String {
        let rounded = (fen.magnitude + 5_000) / 10_000
        return (fen < 0 ? "-" : "") + yuan(Int128(rounded), grouped: true)
    }

    /// A figure with so many digits behind the point.
    public static func decimal(_ value: Double, digits: Int, grouped: Bool) -> String {
        var bytes: [UInt8] = []
        appendDecimal(value, fractionDigits: digits, to: &bytes)
        let text = String(decoding: bytes, as: UTF8.self)
        guard grouped else { return text.isEmpty ? "0" : text }
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return "0" }
        let negative = whole.hasPrefix("-")
        let digitsOnly = negative ? String(whole.dropFirst()) : String(whole)
        let fraction = parts.count > 1 ? "." + parts[1] : ""
        return (negative ? "-" : "") + group(digitsOnly) + fraction
    }

    private static func group(_ digits: String) -> String {
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
            result.append(digit)
        }
        return result
    }
}
