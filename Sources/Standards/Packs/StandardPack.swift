import Vocabulary

/// A standard as data: a catalogue of what counts as green, from one date on, in some jurisdictions.
public struct StandardPack: Sendable {
    public let header: PackHeader
    public let chapters: [Heading]
    /// The headings right above the items; empty in a catalogue of two levels, whose chapters hold the items.
    public let groups: [Heading]
    public let items: [Item]
    private let index: [ItemCode: Int]

    public var id: String { header.id }
    public var name: BilingualText { header.name }

    /// - Throws: `PackFault` for a duplicate code, an item without heading or activity, a tier that the header doesn't name, a
    ///   `see` that is dangling, circular or more than eight references deep.
    public init(header: PackHeader, chapters: [Heading], groups: [Heading], items: [Item]) throws(PackFault) {
        self.header = header
        self.chapters = chapters
        self.groups = groups
        self.items = items.sorted { $0.code < $1.code }
        var index: [ItemCode: Int] = [:]
        let headings = Set((chapters + groups).map(\.code))
        let tiers = Set(header.tiers.map(\.id))
        for (position, item) in self.items.enumerated() {
            guard index.updateValue(position, forKey: item.code) == nil else {
                throw PackFault(.duplicate, subject: item.code.text, item: item.code)
            }
            guard headings.contains(item.code.group) else {
                throw PackFault(.unknownGroup, subject: item.code.text, item: item.code)
            }
            guard !item.activities.isEmpty else {
                throw PackFault(.noActivity, subject: item.code.text, item: item.code)
            }
            for tier in item.activities.flatMap(\.tiers) where !tiers.contains(tier.tier) {
                throw PackFault(.unknownTier, subject: "\(item.code): \(tier.tier)", item: item.code)
            }
        }
        self.index = index
        var lengths: [ItemCode: Int] = [:]
        for item in self.items { _ = try referenceLength(from: item.code, trail: [item.code], known: &lengths) }
    }

    public subscript(code: ItemCode) -> Item? { index[code].map { items[$0] } }

    /// The position of an item in `items`.
    public func position(of code: ItemCode) -> Int? { index[code] }

    public var activityCount: Int { items.reduce(0) { $0 + $1.activities.count } }

    /// How many activities have a criterion.
    public var criterionCount: Int { items.reduce(0) { $0 + $1.activities.count { $0.criterion != nil } } }

    /// What another item asks, for `see`: any of its activities, or the one that is named.
    public func criterion(of reference: ItemReference) -> Criterion? {
        guard let item = self[reference.item] else { return nil }
        if let row = reference.row { return item.activities.first { $0.row == row }?.criterion }
        let criteria = item.activities.compactMap(\.criterion)
        guard criteria.count == item.activities.count else { return nil }
        var distinct: [Criterion] = []
        for criterion in criteria where !distinct.contains(criterion) { distinct.append(criterion) }
        return distinct.count == 1 ? distinct[0] : .any(distinct)
    }

    /// Every fact that a verdict on an item, or on one row of it, can depend on.
    public func factsAsked(of reference: ItemReference) -> Set<FactID> {
        Set(conditions(of: reference).flatMap(\.facts))
    }

    /// The length of the longest chain of `see` from an item. Each item is followed once, so that packs in which many
    /// items share references take no longer than others.
    private func referenceLength(
        from code: ItemCode, trail: [ItemCode], known: inout [ItemCode: Int]
    ) throws(PackFault) -> Int {
        if let length = known[code] { return length }
        func chain(_ next: ItemReference) -> String {
            (trail.map(\.text) + [next.description]).joined(separator: " → ")
        }
        func fault(_ reason: PackFault.Reason, _ subject: String) -> PackFault {
            PackFault(reason, subject: subject, item: code)
        }
        var longest = 0
        for reference in self[code]?.activities.compactMap(\.criterion).flatMap(\.references) ?? [] {
            guard let other = self[reference.item],
                reference.row.map({ row in other.activities.contains { $0.row == row } }) ?? true
            else { throw fault(.danglingReference, "\(code) → \(reference)") }
            guard !trail.contains(reference.item) else { throw fault(.circularReference, chain(reference)) }
            guard trail.count <= Criterion.deepestReference else { throw fault(.referencesTooDeep, chain(reference)) }
            let length = try referenceLength(from: reference.item, trail: trail + [reference.item], known: &known) + 1
            guard length <= Criterion.deepestReference else { throw fault(.referencesTooDeep, chain(reference)) }
            longest = max(longest, length)
        }
        known[code] = longest
        return longest
    }
}
