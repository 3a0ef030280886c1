import Standards

/// What another standard than the one that was read for says of a loan, reached through the crosswalks.
public struct OtherVerdict: Sendable {
    /// Position of the item in that standard's pack; nil where it has none of this subject.
    public let item: Int?
    /// Whether the loan's subject surely lies in the item. If not, the verdict is `eligible` at best.
    public let isSettled: Bool
    public let kind: VerdictKind
    public let tier: String?
    public let missing: [FactID]
    /// The facts by which a condition fails.
    public let failures: [FactID]
    /// The same for all loans of which this verdict was given without any fact; nil where facts went in.
    public let number: Int?

    static let notCovered = OtherVerdict(
        item: nil, isSettled: true, kind: .notCovered, tier: nil, missing: [], failures: [], number: nil)
}

/// Judges what was read as items of one standard by the others. Each worker has its own: it remembers what items come to
/// without facts, which is most loans.
struct OtherStandards: Sendable {
    private let reading: StandardPack
    private let packs: [StandardPack]
    private let crosswalks: CrosswalkTable
    private let year: Int
    private var ways: [Key: [Way]] = [:]
    private var withoutFacts: [Key: OtherVerdict] = [:]
    /// The facts on which the verdict of each can depend.
    private var asked: [Key: Set<FactID>] = [:]

    private struct Key: Hashable {
        let pack: Int
        let item: Int
        let row: Int
    }

    private struct Way: Sendable {
        let reference: ItemReference
        let position: Int
        let isSettled: Bool
    }

    init(reading: StandardPack, packs: [StandardPack], crosswalks: CrosswalkTable, year: Int) {
        self.reading = reading
        self.packs = packs
        self.crosswalks = crosswalks
        self.year = year
    }

    /// - Parameters:
    ///   - number: Which of the packs.
    ///   - item: Position in the pack that was read for.
    ///   - row: The row of that item, where it is known.
    mutating func verdict(of number: Int, item: Int, row: Int?, facts: FactSheet) -> OtherVerdict {
        let key = Key(pack: number, item: item, row: row ?? 0)
        let ways = ways(key)
        // What no condition asks for changes nothing: most loans come to what they would without any fact.
        guard !facts.isEmpty, let asked = asked[key], facts.knows(anyOf: asked) else {
            if let known = withoutFacts[key] { return known }
            let verdict = best(of: number, ways, FactSheet(), number: withoutFacts.count)
            withoutFacts[key] = verdict
            return verdict
        }
        return best(of: number, ways, facts, number: nil)
    }

    /// - Parameters:
    ///   - number: Which of the packs.
    ///   - code: Its item, as somebody says who knows the loan.
    func verdict(of number: Int, on code: ItemCode, facts: FactSheet) -> OtherVerdict {
        guard let position = packs[number].position(of: code) else { return .notCovered }
        let way = Way(reference: ItemReference(code, row: nil), position: position, isSettled: true)
        return best(of: number, [way], facts, number: nil)
    }

    /// The positions of the items that correspond to one of the pack that was read for.
    /// - Parameter number: Which of the packs.
    mutating func positions(under number: Int, of item: Int) -> [Int] {
        ways(Key(pack: number, item: item, row: 0)).map(\.position)
    }

    /// Items in which the subject surely lies before those it only overlaps; among them the best verdict.
    private func best(of number: Int, _ ways: [Way], _ facts: FactSheet, number name: Int?) -> OtherVerdict {
        let pack = packs[number]
        var best: OtherVerdict?
        for way in ways {
            if let best, best.isSettled, !way.isSettled { break }
            let verdict = pack.verdict(
                on: way.reference.item, activity: way.reference.row, facts: facts, year: year,
                general: pack.header.bookTerms)
            let isOpen = verdict.kind == .aligned && !way.isSettled
            let found = OtherVerdict(
                item: way.position, isSettled: way.isSettled, kind: isOpen ? .eligible : verdict.kind,
                tier: isOpen ? nil : verdict.tier, missing: verdict.missing,
                failures: verdict.failures.flatMap(\.leaves).compactMap(\.fact), number: name)
            if best.map({ found.kind.rank < $0.kind.rank }) ?? true { best = found }
        }
        return best ?? .notCovered
    }

    private mutating func ways(_ key: Key) -> [Way] {
        if let known = ways[key] { return known }
        let pack = packs[key.pack]
        let own = ItemReference(reading.items[key.item].code, row: key.row == 0 ? nil : key.row)
        let found =
            pack.id == reading.id
            ? [Way(reference: own, position: key.item, isSettled: true)]
            : crosswalks.counterparts(of: own, in: reading.id, under: pack.id).compactMap { counterpart in
                pack.position(of: counterpart.reference.item).map {
                    Way(reference: counterpart.reference, position: $0, isSettled: counterpart.relation.isWithin)
                }
            }
        ways[key] = found
        asked[key] = found.reduce(into: []) { $0.formUnion(pack.factsAsked(of: $1.reference)) }
        return found
    }
}

extension VerdictKind {
    fileprivate var rank: Int {
        switch self {
        case .aligned: 0
        case .eligible: 1
        case .notAligned: 2
        case .notCovered: 3
        }
    }
}
