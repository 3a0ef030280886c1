import Vocabulary

/// Puts two standards side by side and compares what they ask.
public struct StandardDiffRule: Sendable {
    /// One item of one of the two standards, to compare only what concerns it.
    public enum Selection: Sendable, Hashable {
        case first(ItemCode)
        case second(ItemCode)
    }

    private let first: StandardPack
    private let second: StandardPack
    private let crosswalks: CrosswalkTable
    private let dictionary: FactDictionary
    private let year: Int

    /// - Parameter year: The year in which conditions that change over time are compared; nil for the later of the two years
    ///   in which the standards took effect.
    public init(
        _ first: StandardPack, _ second: StandardPack, crosswalks: CrosswalkTable, dictionary: FactDictionary,
        year: Int? = nil
    ) {
        self.first = first
        self.second = second
        self.crosswalks = crosswalks
        self.dictionary = dictionary
        self.year = year ?? max(first.header.effective.year, second.header.effective.year)
    }

    /// The comparison, of the whole or of one item.
    public func diff(_ selection: Selection? = nil) -> StandardDiff {
        let (matching, links) = matches()
        let comparison = ConditionComparison(solver: Satisfiability(dictionary, year: year))
        let pairs = links.filter { selection?.includes(first: $0.first.item, second: $0.second.item) ?? true }
            .map { pair($0, matching, comparison) }
        let linkedFirst = Set(links.map(\.first.item))
        let linkedSecond = Set(links.map(\.second.item))
        let only = (
            first.items.map(\.code).filter { !linkedFirst.contains($0) },
            second.items.map(\.code).filter { !linkedSecond.contains($0) }
        )
        return StandardDiff(
            first: first.id, second: second.id, year: year, matching: matching,
            general: Self.compare(
                RowCase(
                    rows: [], tier: nil,
                    criterion: first.header.general.map { first.unfolded($0).flattened } ?? .subject),
                RowCase(
                    rows: [], tier: nil,
                    criterion: second.header.general.map { second.unfolded($0).flattened } ?? .subject),
                premises: ([], []), comparison),
            pairs: pairs, onlyInFirst: only.0.filter { selection?.includes(first: $0, second: nil) ?? true },
            onlyInSecond: only.1.filter { selection?.includes(first: nil, second: $0) ?? true })
    }

    // MARK: Which items belong together

    private typealias Match = (
        first: ItemReference, second: ItemReference, relation: ScopeRelation?, because: BilingualText?
    )

    private func matches() -> (ItemMatching, [Match]) {
        let catalogues = [first.header.catalogue, second.header.catalogue]
        let direct = crosswalks.crosswalks.filter { Set([$0.from, $0.to]) == Set(catalogues) }
        var found: [Match] = []
        let matching: ItemMatching
        if !direct.isEmpty {
            matching = .crosswalk(direct.map(\.id))
            for crosswalk in direct {
                for link in crosswalk.links {
                    let link = crosswalk.from == catalogues[0] ? link : link.inverse
                    found.append((link.from, link.to, link.relation, link.because))
                }
            }
        } else if first.sharesCodes(with: second) {
            matching = .code
            // An overlay has the very items of its catalogue; whether two editions mean the same nobody has said.
            let relation: ScopeRelation? = catalogues[0] == catalogues[1] ? .equal : nil
            found = first.items.filter { second[$0.code] != nil }
                .map { (ItemReference($0.code), ItemReference($0.code), relation, nil) }
        } else {
            found = first.items.flatMap { item in
                let reference = ItemReference(item.code)
                return crosswalks.counterparts(of: reference, in: first.id, under: second.id)
                    .map { counterpart -> Match in (reference, counterpart.reference, counterpart.relation, nil) }
            }
            matching = found.isEmpty ? .name : .indirect
            if found.isEmpty { found = namesakes() }
        }
        var known: Set<[ItemReference]> = []
        found = found.filter {
            first.has($0.first) && second.has($0.second) && known.insert([$0.first, $0.second]).inserted
        }
        return (
            matching,
            found.sorted {
                ($0.first.item, $0.first.row ?? 0, $0.second.item, $0.second.row ?? 0)
                    < ($1.first.item, $1.first.row ?? 0, $1.second.item, $1.second.row ?? 0)
            }
        )
    }

    private func namesakes() -> [Match] {
        var byName: [String: [ItemCode]] = [:]
        for item in second.items {
            for name in Set([item.name.zh, item.name.en].map(\.foldedForSearch)) {
                byName[name, default: []].append(item.code)
            }
        }
        return first.items.flatMap { item in
            [item.name.zh, item.name.en].flatMap { byName[$0.foldedForSearch] ?? [] }
                .map { (ItemReference(item.code), ItemReference($0), nil, nil) }
        }
    }

    // MARK: What they ask

    private func pair(_ match: Match, _ matching: ItemMatching, _ comparison: ConditionComparison) -> ItemDiff {
        let premises = (
            first: [first.header.general].compactMap { $0 }, second: [second.header.general].compactMap { $0 }
        )
        let (onlyFirst, onlySecond) = addedRows(match)
        let cases = RowCase.pairs(
            of: first.cases(of: match.first, leavingOut: onlyFirst),
            with: second.cases(of: match.second, leavingOut: onlySecond), byNumber: matching == .code
        ).map { Self.compare($0, $1, premises: premises, comparison) }
        return ItemDiff(
            first: match.first, second: match.second, relation: match.relation, because: match.because,
            onlyInFirst: onlyFirst, onlyInSecond: onlySecond, cases: cases,
            change: ConditionChange(of: cases.map(\.change)))
    }

    /// The rows that an overlay added to an item that the other pack has too: there is nothing to hold them against.
    private func addedRows(_ match: Match) -> (first: [Int], second: [Int]) {
        guard first.header.catalogue == second.header.catalogue, let one = first[match.first.item],
            let other = second[match.second.item], !one.isAdded || !other.isAdded
        else { return ([], []) }
        func added(_ item: Item) -> [Int] { item.activities.filter(\.isAdded).map(\.row) }
        return (one.isAdded ? [] : added(one), other.isAdded ? [] : added(other))
    }

    private static func compare(
        _ first: RowCase, _ second: RowCase, premises: (first: [Criterion], second: [Criterion]),
        _ comparison: ConditionComparison
    ) -> ConditionCase {
        func made(_ change: ConditionChange, _ added: [FurtherDemand], _ dropped: [FurtherDemand]) -> ConditionCase {
            ConditionCase(
                firstRows: first.rows, firstTier: first.tier, secondRows: second.rows, secondTier: second.tier,
                change: change, added: added, dropped: dropped)
        }
        guard let one = first.criterion, let other = second.criterion else { return made(.notStated, [], []) }
        if one == other { return made(.equal, [], []) }
        let added = comparison.demands(of: other, given: [one] + premises.first)
        let dropped = comparison.demands(of: one, given: [other] + premises.second)
        return made(
            ConditionChange(secondAsksMore: !added.isEmpty, firstAsksMore: !dropped.isEmpty), added, dropped)
    }
}

extension StandardDiffRule.Selection {
    fileprivate func includes(first: ItemCode?, second: ItemCode?) -> Bool {
        switch self {
        case .first(let code): first == code
        case .second(let code): second == code
        }
    }
}
