import Vocabulary

/// How the subject of one item stands to that of another. Only the subject: what the items ask is compared by program.
public enum ScopeRelation: String, Sendable, Hashable, CaseIterable {
    case equal
    /// The first has more in it than the second.
    case wider
    /// The first lies within the second.
    case narrower
    /// They overlap.
    case partial

    /// The relation read from the other side.
    public var inverse: ScopeRelation {
        switch self {
        case .wider: .narrower
        case .narrower: .wider
        case .equal, .partial: self
        }
    }

    /// Whether whatever lies in the first lies in the second too.
    public var isWithin: Bool { self == .equal || self == .narrower }

    /// The relation of the first item to the third, where this is that of the first to the second.
    public func then(_ next: ScopeRelation) -> ScopeRelation {
        if self == .equal { return next }
        if next == .equal || self == next { return self }
        return .partial
    }
}

/// One link of a crosswalk.
public struct CrosswalkLink: Sendable, Hashable {
    public let from: ItemReference
    public let to: ItemReference
    /// How `from` stands to `to`.
    public let relation: ScopeRelation
    /// How sure the reader was, 0 to 1, where it was noted.
    public let confidence: Double?
    /// Why, in a sentence.
    public let because: BilingualText?

    public init(
        from: ItemReference, to: ItemReference, relation: ScopeRelation, confidence: Double? = nil,
        because: BilingualText? = nil
    ) {
        self.from = from
        self.to = to
        self.relation = relation
        self.confidence = confidence
        self.because = because
    }

    /// The link read from the other side.
    var inverse: CrosswalkLink {
        CrosswalkLink(from: to, to: from, relation: relation.inverse, confidence: confidence, because: because)
    }
}

/// Which items of one standard have the subject of which items of another.
public struct Crosswalk: Sendable {
    public let id: String
    /// The ids of the packs.
    public let from: String
    public let to: String
    public let verification: Verification
    public let source: BilingualText
    public let links: [CrosswalkLink]

    public init(
        id: String, from: String, to: String, verification: Verification, source: BilingualText, links: [CrosswalkLink]
    ) {
        self.id = id
        self.from = from
        self.to = to
        self.verification = verification
        self.source = source
        self.links = links
    }

    /// Links that name an item or row which the packs don't have.
    public func dangling(from: StandardPack, to: StandardPack) -> [CrosswalkLink] {
        links.filter { !from.has($0.from) || !to.has($0.to) }
    }
}

extension StandardPack {
    /// Whether the item is there, and the row if one is named.
    public func has(_ reference: ItemReference) -> Bool {
        guard let item = self[reference.item] else { return false }
        guard let row = reference.row else { return true }
        return item.activities.contains { $0.row == row }
    }
}
