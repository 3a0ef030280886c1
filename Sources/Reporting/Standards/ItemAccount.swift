import Standards
import Vocabulary

/// An item of a pack with all that the library knows of it: its conditions, and its counterparts in other standards.
public struct ItemAccount: Sendable {
    /// Rows of the item that ask the same.
    struct Clause {
        var rows: [Activity]
        /// What the catalogue asks, before an overlay changed it.
        let criterion: Criterion?
        let tiers: [TierCriterion]
        /// What an overlay changed.
        let changes: [OverlayChange]

        init(_ activity: Activity) {
            rows = [activity]
            criterion = activity.unchangedCriterion
            tiers = activity.unchangedTiers
            changes = activity.changes
        }
    }

    /// An item of another standard.
    struct Link {
        let standard: String
        let item: ItemReference
        let name: BilingualText?
        /// The row of the shown item that the link is for.
        let row: Int?
        let relation: ScopeRelation
        /// The crosswalks on the way, one or two.
        let crosswalks: [String]
        let because: BilingualText?
    }

    let pack: StandardPack
    let item: Item
    /// The row that was asked for; nil for all.
    let row: Int?
    let clauses: [Clause]
    let links: [Link]

    /// - Parameters:
    ///   - reference: The item or row to show.
    ///   - packs: All packs, for the names of the counterparts.
    /// - Returns: nil where the pack has no such item or row.
    public init?(
        _ reference: ItemReference, in pack: StandardPack, _ packs: [StandardPack], _ crosswalks: CrosswalkTable
    ) {
        guard let item = pack[reference.item], pack.has(reference) else { return nil }
        self.pack = pack
        self.item = item
        row = reference.row
        var clauses: [Clause] = []
        for activity in item.activities where reference.row == nil || reference.row == activity.row {
            let clause = Clause(activity)
            let known = clauses.firstIndex {
                $0.criterion == clause.criterion && $0.tiers == clause.tiers && $0.changes == clause.changes
            }
            if let known {
                clauses[known].rows.append(activity)
            } else {
                clauses.append(clause)
            }
        }
        self.clauses = clauses
        links = Self.links(of: reference, in: pack, packs, crosswalks)
    }

    private static func links(
        of reference: ItemReference, in pack: StandardPack, _ packs: [StandardPack], _ crosswalks: CrosswalkTable
    ) -> [Link] {
        let direct = crosswalks.links(of: reference.item, in: pack.id).filter {
            reference.row == nil || $0.link.from.row == nil || $0.link.from.row == reference.row
        }
        var links: [Link] = []
        // Overlays have the items of their catalogue.
        for other in packs where other.header.overlayOf == nil && other.id != pack.header.catalogue {
            func link(
                _ item: ItemReference, _ row: Int?, _ relation: ScopeRelation, _ names: [String],
                _ because: BilingualText?
            ) -> Link {
                Link(
                    standard: other.id, item: item, name: other[item.item]?.name, row: row, relation: relation,
                    crosswalks: names, because: because)
            }
            let near = direct.filter { $0.to == other.id }.sorted {
                ($0.link.from.row ?? 0, $0.link.to.item, $0.link.to.row ?? 0)
                    < ($1.link.from.row ?? 0, $1.link.to.item, $1.link.to.row ?? 0)
            }
            links += near.map { link($0.link.to, $0.link.from.row, $0.link.relation, [$0.crosswalk], $0.link.because) }
            guard near.isEmpty else { continue }
            links += crosswalks.counterparts(of: reference, in: pack.id, under: other.id).filter { $0.path.count > 1 }
                .map { link($0.reference, nil, $0.relation, $0.crosswalks, nil) }
        }
        return links
    }
}
