import Identification
import Standards

/// Tells from the words which row of an item a loan is for, where rows differ in mark or condition.
///
/// Pairs of neighbouring characters of each row's subject and industry name, weighted by how few rows of the item share
/// them. Never an industry code: note 3 of the catalogue forbids it.
struct ActivityChooser: Sendable {
    private struct Posting: Sendable {
        let group: Int
        let weight: Float
    }

    /// For each item of the pack: pairs → groups of rows that are judged alike.
    private let pairs: [[UInt32: [Posting]]]
    /// For each item: the rows of each group, first row first.
    private let groups: [[[Int]]]

    init(pack: StandardPack) {
        var pairs: [[UInt32: [Posting]]] = []
        var groups: [[[Int]]] = []
        for item in pack.items {
            var kinds: [(mark: Mark, criterion: Criterion?, rows: [Int])] = []
            for activity in item.activities {
                if let known = kinds.firstIndex(where: {
                    $0.mark == activity.mark && $0.criterion == activity.criterion
                }) {
                    kinds[known].rows.append(activity.row)
                } else {
                    kinds.append((activity.mark, activity.criterion, [activity.row]))
                }
            }
            groups.append(kinds.map(\.rows))
            pairs.append(kinds.count > 1 ? Self.index(item, kinds.map(\.rows)) : [:])
        }
        self.pairs = pairs
        self.groups = groups
    }

    private static func index(_ item: Item, _ groups: [[Int]]) -> [UInt32: [Posting]] {
        var found: [UInt32: Set<Int>] = [:]
        for (group, rows) in groups.enumerated() {
            for activity in item.activities where rows.contains(activity.row) {
                for text in [activity.subject.zh, activity.industryName] {
                    for pair in Self.pairs(of: FoldedText(text)) { found[pair, default: []].insert(group) }
                }
            }
        }
        var result: [UInt32: [Posting]] = [:]
        for (pair, members) in found where members.count < groups.count {
            result[pair] = members.map { Posting(group: $0, weight: 1 / Float(members.count)) }
        }
        return result
    }

    private static func pairs(of text: FoldedText) -> [UInt32] {
        zip(text.symbols, text.symbols.dropFirst()).compactMap { first, second in
            first >= 0x3400 && second >= 0x3400 ? UInt32(first) << 16 | UInt32(second) : nil
        }
    }

    /// - Returns: A row of the group that the words name, the only group's first row where all rows are alike, or nil
    ///   where the words don't decide.
    func row(of item: Int, in text: LoanText) -> Int? {
        let groups = groups[item]
        if groups.count == 1 { return groups[0].first }
        var scores = [Float](repeating: 0, count: groups.count)
        for source in [LoanText.Source.purpose, .project] {
            for pair in Self.pairs(of: text[source]) {
                for posting in pairs[item][pair] ?? [] { scores[posting.group] += posting.weight }
            }
        }
        guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] >= 1 else { return nil }
        let second = scores.indices.filter { $0 != best }.map { scores[$0] }.max() ?? 0
        return scores[best] >= second * 1.5 + 0.5 ? groups[best].first : nil
    }
}
