/// By what the sums of a book can be told apart.
public enum CubeDimension: String, Sendable, Hashable, CaseIterable {
    /// Item of the edition that judges the loan (目录条目); of green loans only.
    case item
    /// Chapter of that edition (一级目录); of green loans only.
    case chapter
    /// Enabling or direct (√, √√); of green loans only.
    case mark
    /// The five classes of quality (五级分类).
    case quality
    /// Where the loan counts: a county as a rule (GB/T 2260).
    case region
    /// Section of the borrower's industry (GB/T 4754 门类).
    case industry
    /// Size of the borrower.
    case size

    /// The dimensions whose values mean something under one edition only.
    public static let ofEdition: Set<CubeDimension> = [.item, .chapter]

    /// Whether only green loans have values of it.
    public var isOfGreenLoans: Bool { self == .item || self == .chapter || self == .mark }
}

/// One table of sums that is kept of each book, a face of the cube. A face holds few of the dimensions together: all of them in one
/// table would have a row for almost every loan.
///
/// A question is answered from the smallest face that has all of its dimensions; what no face has together is told to be so.
public enum CubeFace: String, Sendable, Hashable, CaseIterable {
    case total
    case size
    case industry
    case region
    case item

    /// The dimensions in the order of a cell's values.
    public var dimensions: [CubeDimension] {
        switch self {
        case .total: []
        case .size: [.size, .chapter]
        case .industry: [.industry, .chapter, .mark]
        case .region: [.region, .chapter]
        case .item: [.item, .mark, .quality]
        }
    }

    /// Whether benefits stand in it: by the value of its first dimension.
    public var hasBenefits: Bool { self == .total || self == .region || self == .item }

    /// Whether it also holds loans that are not green, so that shares of all loans can be told.
    public var hasAllLoans: Bool { self != .item }

    /// Whether a dimension can be told from it: a chapter also from the item.
    public func has(_ dimension: CubeDimension) -> Bool {
        dimensions.contains(dimension) || (dimension == .chapter && self == .item)
    }

    /// The smallest face that has all of some dimensions; nil if none has.
    public static func holding(_ dimensions: Set<CubeDimension>) -> CubeFace? {
        allCases.first { face in dimensions.allSatisfy(face.has) }
    }
}
