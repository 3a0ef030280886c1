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
    public let first: ItemReference
    public let second: ItemReference
    /// How the subject of the first stands to that of the second; nil where nobody has compared them.
    public let relation: ScopeRelation?
    /// Why, as the crosswalk says it.
    public let because: BilingualText?
    /// The conditions of the rows, set against each other; their order is that of the second's rows.
    public let cases: [ConditionCase]
    public let change: ConditionChange
}

/// The comparison of two standards, item by item.
public struct StandardDiff: Sendable {
    /// The ids of the packs.
    public let first: String
    public let second: String
    /// The year in which the conditions are compared.
    public let year: Int
    public let matching: ItemMatching
    /// What the two ask of every item.
    public let general: ConditionCase
    /// In the order of the first's codes, then of the second's.
    public let pairs: [ItemDiff]
    public let onlyInFirst: [ItemCode]
    public let onlyInSecond: [ItemCode]

    /// How many pairs have the change.
    public func count(of change: ConditionChange) -> Int { pairs.count { $0.change == change } }
}
