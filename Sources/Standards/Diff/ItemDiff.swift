import Vocabulary

/// How the items of two standards are put side by side.
public enum ItemMatching: Sendable, Hashable {
    /// By the links of crosswalks between the two, by their ids.
    case crosswalk([String])
    /// By their codes: the two are editions of one standard, or one is made on top of the other.
    case code
    /// By links through a third standard.
    case indirect
    /// By their names.
    case name

    /// The word for machines.
    public var word: String {
        switch self {
        case .crosswalk: "crosswalk"
        case .code: "code"
        case .indirect: "indirect"
        case .name: "name"
        }
    }
}

/// One item or row of a first standard beside one of a second.
public struct ItemDiff: Sendable {
    /// The item or row of the first standard.
    public let first: ItemReference
    /// The item or row of the second standard.
    public let second: ItemReference
    /// How the subject of the first stands to that of the second; nil where nobody has compared them.
    public let relation: ScopeRelation?
    /// Why, as the crosswalk says it.
    public let because: BilingualText?
    /// The rows that only the first has: an overlay added them to the catalogue that both have in common.
    public let onlyInFirst: [Int]
    /// The rows that only the second has, likewise.
    public let onlyInSecond: [Int]
    /// The conditions of the rows, set against each other; their order is that of the second's rows.
    public let cases: [ConditionCase]
    /// How what the second asks stands to what the first asks, over all cases.
    public let change: ConditionChange
}

/// The comparison of two standards, item by item.
public struct StandardDiff: Sendable {
    /// The id of the first pack.
    public let first: String
    /// The id of the second pack.
    public let second: String
    /// The year in which the conditions are compared.
    public let year: Int
    /// How the items were put side by side.
    public let matching: ItemMatching
    /// What the two ask of every item.
    public let general: ConditionCase
    /// In the order of the first's codes, then of the second's.
    public let pairs: [ItemDiff]
    /// The items of the first without a counterpart.
    public let onlyInFirst: [ItemCode]
    /// The items of the second without a counterpart.
    public let onlyInSecond: [ItemCode]

    /// How many pairs have the change.
    public func count(of change: ConditionChange) -> Int { pairs.count { $0.change == change } }
}
