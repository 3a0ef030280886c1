import Vocabulary

/// An item of another standard with the same or an overlapping subject, and the way there.
public struct Counterpart: Sendable, Hashable {
    public let reference: ItemReference
    /// How the project's item stands to this one.
    public let relation: ScopeRelation
    /// The links that lead here, one or two; none where it is the same item of the same catalogue, changed by an overlay.
    public let path: [CrosswalkLink]
    /// The crosswalks they stand in.
    public let crosswalks: [String]
}

/// All crosswalks together, read in both directions.
public struct CrosswalkTable: Sendable {
    public let crosswalks: [Crosswalk]
    /// Links by the standard they start from, then by the item.
    private let outgoing: [String: [ItemCode: [(to: String, crosswalk: String, link: CrosswalkLink)]]]
    private let overlays: [String: Overlaid]

    /// What has to be known of an overlay to find its items in crosswalks, which are of its catalogue.
    private struct Overlaid: Sendable {
        let catalogue: String
        /// The items and rows that only the overlay has: crosswalks don't speak of them, and the same code of another overlay
        /// is another thing.
        let added: Set<ItemReference>

        init(_ pack: StandardPack) {
            catalogue = pack.header.catalogue
            var added: Set<ItemReference> = []
            for item in pack.items {
                if item.isAdded { added.insert(ItemReference(item.code)) }
                for activity in item.activities where activity.isAdded {
                    added.insert(ItemReference(item.code, row: activity.row))
                }
            }
            self.added = added
        }
    }

    /// - Parameter packs: The packs, for those among them that are overlays: they keep the codes of their catalogue, so that
    ///   its crosswalks hold for them.
    public init(_ crosswalks: [Crosswalk], packs: [StandardPack] = []) {
        self.crosswalks = crosswalks
        overlays = Dictionary(
            packs.filter { $0.header.overlayOf != nil }.map { ($0.id, Overlaid($0)) },
            uniquingKeysWith: { first, _ in first })
        var outgoing: [String: [ItemCode: [(to: String, crosswalk: String, link: CrosswalkLink)]]] = [:]
        for crosswalk in crosswalks {
            for link in crosswalk.links {
                outgoing[crosswalk.from, default: [:]][link.from.item, default: []].append(
                    (crosswalk.to, crosswalk.id, link))
                outgoing[crosswalk.to, default: [:]][link.to.item, default: []].append(
                    (crosswalk.from, crosswalk.id, link.inverse))
            }
        }
        self.outgoing = outgoing
    }

    /// The items of `target` whose subject is that of `reference` or overlaps it: by a link, else by two links through a
    /// third standard. Each comes once, by the closest way to it and of these by the surest; the closest relation comes first.
    ///
    /// Between an overlay and its catalogue, and between overlays of one catalogue, it is the identical item.
    public func counterparts(of reference: ItemReference, in standard: String, under target: String) -> [Counterpart] {
        guard overlays[standard]?.added.contains(reference) != true else { return [] }
        let found = linked(reference, in: catalogue(of: standard), under: catalogue(of: target))
        guard let added = overlays[target]?.added else { return found }
        return found.filter { !added.contains($0.reference) }
    }

    private func catalogue(of standard: String) -> String { overlays[standard]?.catalogue ?? standard }

    private func linked(_ reference: ItemReference, in standard: String, under target: String) -> [Counterpart] {
        if standard == target {
            return [Counterpart(reference: reference, relation: .equal, path: [], crosswalks: [])]
        }
        let direct = steps(from: reference, in: standard).filter { $0.to == target }
        var found: [Counterpart] = direct.map {
            Counterpart(reference: $0.link.to, relation: $0.relation, path: [$0.link], crosswalks: [$0.crosswalk])
        }
        if found.isEmpty {
            for first in steps(from: reference, in: standard) where first.to != target {
                for second in steps(from: first.link.to, in: first.to) where second.to == target {
                    found.append(
                        Counterpart(
                            reference: second.link.to, relation: first.relation.then(second.relation),
                            path: [first.link, second.link], crosswalks: [first.crosswalk, second.crosswalk]))
                }
            }
        }
        var best: [ItemReference: Counterpart] = [:]
        for counterpart in found {
            if let known = best[counterpart.reference], known.nearness <= counterpart.nearness { continue }
            best[counterpart.reference] = counterpart
        }
        return best.values.sorted {
            ($0.nearness.0, $0.nearness.1, $0.reference.item, $0.reference.row ?? 0)
                < ($1.nearness.0, $1.nearness.1, $1.reference.item, $1.reference.row ?? 0)
        }
    }

    /// Every link of an item or one of its rows to another standard, as read from its side, with the other standard and the
    /// crosswalk; in the order of the crosswalks. Of an item of an overlay those of its catalogue.
    public func links(
        of item: ItemCode, in standard: String
    ) -> [(to: String, crosswalk: String, link: CrosswalkLink)] {
        guard overlays[standard]?.added.contains(ItemReference(item)) != true else { return [] }
        return outgoing[catalogue(of: standard)]?[item] ?? []
    }

    private func steps(
        from reference: ItemReference, in standard: String
    ) -> [(to: String, crosswalk: String, link: CrosswalkLink, relation: ScopeRelation)] {
        (outgoing[standard]?[reference.item] ?? []).compactMap { to, crosswalk, link in
            guard let row = link.from.row, row != reference.row else { return (to, crosswalk, link, link.relation) }
            // The link is for one row of the item. Of a project whose row is another it says nothing; of one whose row is
            // not known, that it may be so.
            return reference.row == nil ? (to, crosswalk, link, .partial) : nil
        }
    }
}

extension Counterpart {
    /// The product of what the readers noted; a link without a note counts as sure.
    public var confidence: Double { path.reduce(1) { $0 * ($1.confidence ?? 1) } }

    /// The closer the subjects and the surer the reader, the smaller.
    fileprivate var nearness: (Int, Double) { (relation.closeness, -confidence) }
}

extension ScopeRelation {
    /// How much of the project's subject is surely covered: the smaller the better.
    fileprivate var closeness: Int {
        switch self {
        case .equal: 0
        case .narrower: 1
        case .wider: 2
        case .partial: 3
        }
    }
}
