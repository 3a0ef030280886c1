import Vocabulary

/// A region's own changes of a national catalogue, gathered one by one until they make a pack.
///
///     var overlay = try Overlay(header, of: national)
///     try overlay.change(ItemReference(code), OverlayChange(.tightened(criterion), because: reason))
///     let regional = try overlay.pack()
///
/// An overlay can add and ask for more; it can never loosen. Whatever is aligned under it on an item and row of the catalogue is
/// aligned under the catalogue with the same facts: the condition of a changed activity is all of the catalogue's and that
/// of each change, and references keep the meaning that the catalogue gave them (`StandardPack.criterion(of:)`).
public struct Overlay: Sendable {
    private let header: PackHeader
    private let base: StandardPack
    private var groups: [Heading]
    private var items: [ItemCode: Item]

    /// - Parameters:
    ///   - header: What the overlay says of itself. The rest (which edition judges earlier business, what every activity has to
    ///     meet, tiers, objectives) is the catalogue's.
    ///   - base: The catalogue that it changes.
    /// - Throws: `PackFault` where `base` is itself an overlay (one level is as deep as it goes) or takes effect later.
    public init(_ header: PackHeader, of base: StandardPack) throws(PackFault) {
        guard base.header.overlayOf == nil else { throw PackFault(.overlayOfOverlay, subject: base.id) }
        guard header.effective >= base.header.effective else {
            throw PackFault(.overlayBeforeBase, subject: "\(header.effective) < \(base.id) \(base.header.effective)")
        }
        self.header = PackHeader(
            id: header.id, version: header.version, name: header.name, issuer: header.issuer,
            documentNumber: header.documentNumber, effective: header.effective, jurisdictions: header.jurisdictions,
            source: header.source, verification: header.verification, overlayOf: base.id,
            catalogueEffective: base.header.effective, predecessor: base.header.predecessor,
            transition: base.header.transition, general: base.header.general, bookTerms: base.header.bookTerms,
            tiers: base.header.tiers, objectives: base.header.objectives)
        self.base = base
        groups = base.groups
        items = Dictionary(uniqueKeysWithValues: base.items.map { ($0.code, $0) })
    }

    /// Adds a group that the catalogue does not have, within one of its chapters.
    public mutating func add(_ group: Heading) throws(PackFault) {
        guard !groups.contains(where: { $0.code == group.code }) else {
            throw PackFault(.overlayGroupExists, subject: group.code)
        }
        guard let code = ItemCode(group.code), base.chapters.contains(where: { $0.code == code.group }) else {
            throw PackFault(.overlayUnknownGroup, subject: group.code)
        }
        groups.append(group)
    }

    /// Adds an item, with all its activities, under a code that the catalogue does not use.
    public mutating func add(_ item: Item, because: BilingualText) throws(PackFault) {
        guard items[item.code] == nil else {
            throw PackFault(.overlayItemExists, subject: item.code.text, item: item.code)
        }
        let group = item.code.group
        guard (base.chapters + groups).contains(where: { $0.code == group }) else {
            throw PackFault(.overlayUnknownGroup, subject: group, item: item.code)
        }
        items[item.code] = item.with(item.activities.map { $0.changed(by: OverlayChange(.added, because: because)) })
    }

    /// Adds an activity to an item, as its last row, whatever row it says.
    ///
    /// - Returns: The row that it got.
    @discardableResult
    public mutating func add(
        _ activity: Activity, to code: ItemCode, because: BilingualText
    ) throws(PackFault) -> Int {
        let item = try item(ItemReference(code))
        guard !item.activities.allSatisfy({ $0.changes.contains(where: \.isBan) }) else {
            throw PackFault(.overlayForbidden, subject: code.text, item: code)
        }
        let row = nextRow(of: code)
        let added = Activity(
            row: row, industry: activity.industry, industryName: activity.industryName, mark: activity.mark,
            subject: activity.subject, criterion: activity.criterion, tiers: activity.tiers, note: activity.note,
            page: activity.page, changes: [OverlayChange(.added, because: because)])
        items[code] = item.with(item.activities + [added])
        return row
    }

    /// Tightens, forbids or prefers an item, that is all its rows, or one row.
    ///
    /// - Returns: The rows, each with the position of the change among those of the row.
    @discardableResult
    public mutating func change(
        _ place: ItemReference, _ change: OverlayChange
    ) throws(PackFault) -> [(row: Int, position: Int)] {
        let item = try item(place)
        var activities = item.activities
        var changed: [(row: Int, position: Int)] = []
        for position in activities.indices where place.row == nil || activities[position].row == place.row {
            let activity = activities[position]
            let subject = "\(ItemReference(item.code, row: activity.row))"
            guard !activity.changes.contains(change) else {
                throw PackFault(.overlayTwice, subject: subject, item: item.code)
            }
            // Where nothing can be aligned, adding, asking or preferring has no meaning, whichever was written first.
            guard !activity.changes.contains(where: \.isBan), !change.isBan || activity.changes.isEmpty else {
                throw PackFault(.overlayForbidden, subject: subject, item: item.code)
            }
            activities[position] = activity.changed(by: change)
            changed.append((activity.row, activity.changes.count))
        }
        items[item.code] = item.with(activities)
        return changed
    }

    /// The catalogue with the changes, under the overlay's id.
    ///
    /// - Throws: `PackFault` as `StandardPack.init`, e.g. for a `see` in a condition of the overlay that is dangling.
    public func pack() throws(PackFault) -> StandardPack {
        let pack = unchecked
        if let first = pack.faults.first { throw first }
        return pack
    }

    /// The pack, which may have `faults`, for telling all of them.
    public var unchecked: StandardPack {
        StandardPack(unchecked: header, chapters: base.chapters, groups: groups, items: Array(items.values))
    }

    /// The row that an activity gets which is added to an item.
    public func nextRow(of code: ItemCode) -> Int { (items[code]?.activities.map(\.row).max() ?? 0) + 1 }

    private func item(_ place: ItemReference) throws(PackFault) -> Item {
        guard let item = items[place.item],
            place.row.map({ row in item.activities.contains { $0.row == row } }) ?? true
        else { throw PackFault(.overlayUnknownItem, subject: "\(base.id) \(place)", item: nil) }
        return item
    }
}
