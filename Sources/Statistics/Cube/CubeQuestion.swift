/// By what the figures of an answer are told apart.
public enum CubeGrouping: String, Sendable, Hashable, CaseIterable {
    case month
    case lender
    case chapter
    case item
    case mark
    case quality
    case province
    case prefecture
    case region
    case industry
    case size

    /// The dimension that it needs of a face; nil for what every face has.
    public var dimension: CubeDimension? {
        switch self {
        case .month, .lender: nil
        case .chapter: .chapter
        case .item: .item
        case .mark: .mark
        case .quality: .quality
        case .province, .prefecture, .region: .region
        case .industry: .industry
        case .size: .size
        }
    }
}

/// What share of all loans is green, and how much that grew: computed, never stored.
extension CubeSum {
    /// The green part of all loans; nil where there are none, or their balances come to nothing.
    public var greenShare: Double? {
        loans.fen > 0 ? Double(green.fen) / Double(loans.fen) : nil
    }

    /// The growth of the green part since an earlier day; nil where there was none.
    public func growth(since earlier: CubeSum?) -> Double? {
        guard let earlier, earlier.green.fen > 0 else { return nil }
        return Double(green.fen - earlier.green.fen) / Double(earlier.green.fen)
    }
}
