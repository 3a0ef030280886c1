import Vocabulary

/// In what a column counts. All figures are whole numbers of the smallest part, so that adding is exact in any order.
public enum ReturnUnit: Sendable, Hashable {
    /// Fen.
    case money
    case count
    /// Thousand-millionths of the unit of an indicator, by its symbol.
    case indicator(String)

    /// How many parts one of it has, as digits behind the point: money is written in fen, a benefit in its unit.
    var digits: Int {
        switch self {
        case .money, .count: 0
        case .indicator: 9
        }
    }

    /// What it is called in JSON: `fen`, `count`, or the symbol of the indicator's unit.
    public var name: String {
        switch self {
        case .money: "fen"
        case .count: "count"
        case .indicator(let symbol): symbol
        }
    }

    public init(name: String) {
        switch name {
        case "fen": self = .money
        case "count": self = .count
        default: self = .indicator(name)
        }
    }

    /// The largest amount by which people may change a figure, either way: 10^18 fen, or as many of an indicator. So the sums of all
    /// lenders stay far within what 128 bits can hold, whatever somebody types.
    public var largestAdjustment: Int128 {
        let most: Int128 = 1_000_000_000_000_000_000
        return digits > 0 ? most * 1_000_000_000 : most
    }

    /// A figure as decimal digits: money in fen, a benefit in its unit without zeros at the end.
    public func text(_ figure: Int128) -> String {
        guard digits > 0 else { return String(figure) }
        let scale: Int128 = 1_000_000_000
        let (whole, rest) = figure.magnitude.quotientAndRemainder(dividingBy: scale.magnitude)
        let sign = figure < 0 ? "-" : ""
        guard rest != 0 else { return sign + String(whole) }
        var fraction = String(rest)
        fraction = String(repeating: "0", count: digits - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return sign + String(whole) + "." + fraction
    }

    /// Reads what ``text(_:)`` writes.
    /// - Returns: nil for anything else, and for what is longer than 27 digits before the point or has more behind it than are kept.
    public func figure(_ text: String) -> Int128? {
        let isNegative = text.hasPrefix("-")
        let parts = (isNegative ? text.dropFirst() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 1 || (parts.count == 2 && digits > 0), (1...27).contains(parts[0].utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        var fraction = parts.count == 2 ? String(parts[1]) : ""
        guard parts.count == 1 || (1...digits).contains(fraction.count) else { return nil }
        fraction += String(repeating: "0", count: digits - fraction.count)
        guard let magnitude = Int128(String(parts[0]) + fraction) else { return nil }
        return isNegative ? -magnitude : magnitude
    }
}
