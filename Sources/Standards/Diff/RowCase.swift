/// Rows of an item that ask the same.
struct RowCase: Hashable {
    var rows: [Int]
    let tier: String?
    /// Without references; nil where the pack has no condition for the rows.
    let criterion: Criterion?
    var industries: Set<String> = []

    /// Which cases of two items are held against each other.
    ///
    /// Where one item has a single case, it is held against each of the other's. Otherwise rows go together that ask the same,
    /// that bear the same number (in editions of one standard), that have the same industry code, or the same tier; what is
    /// left is held against all that the other item has.
    static func pairs(
        of first: [RowCase], with second: [RowCase], byNumber: Bool
    ) -> [(first: RowCase, second: RowCase)] {
        if first.count == 1 || second.count == 1 {
            return second.flatMap { other in first.map { ($0, other) } }
        }
        var pairs: [(first: RowCase, second: RowCase)] = []
        var taken: Set<RowCase> = []
        for other in second {
            var partners: [RowCase]
            if byNumber {
                partners = first.filter { $0.sharesTier(other) && !Set($0.rows).isDisjoint(with: other.rows) }
            } else {
                partners = first.filter { $0.sharesTier(other) && $0.criterion == other.criterion }
                if partners.isEmpty {
                    partners = first.filter {
                        $0.sharesTier(other) && !$0.industries.isDisjoint(with: other.industries)
                    }
                }
                if partners.isEmpty, let tier = other.tier { partners = first.filter { $0.tier == tier } }
            }
            taken.formUnion(partners)
            pairs += partners.isEmpty ? [(Self.union(of: first), other)] : partners.map { ($0, other) }
        }
        let whole = Self.union(of: second)
        pairs += first.filter { !taken.contains($0) }.map { ($0, whole) }
        return pairs
    }

    private func sharesTier(_ other: RowCase) -> Bool { tier == other.tier || tier == nil || other.tier == nil }

    /// What any of the rows asks.
    private static func union(of cases: [RowCase]) -> RowCase {
        let criteria = cases.compactMap(\.criterion)
        return RowCase(
            rows: Array(Set(cases.flatMap(\.rows))).sorted(), tier: nil,
            criterion: criteria.count == cases.count ? Criterion.any(criteria).flattened : nil)
    }
}

extension StandardPack {
    /// What the rows of an item, or the one that is named, ask; rows that ask the same are one case. A row with tiers is one
    /// case for each of them.
    ///
    /// - Parameter left: Rows to leave out.
    func cases(of reference: ItemReference, leavingOut left: [Int] = []) -> [RowCase] {
        let rows =
            self[reference.item]?.activities.filter {
                (reference.row == nil || $0.row == reference.row) && !left.contains($0.row)
            } ?? []
        var cases: [RowCase] = []
        for activity in rows {
            let asked: [(tier: String?, criterion: Criterion?)] =
                activity.tiers.isEmpty
                ? [(nil, activity.criterion)] : activity.tiers.map { ($0.tier, $0.criterion) }
            for (tier, criterion) in asked {
                let criterion = criterion.map { unfolded($0).flattened }
                let known = cases.firstIndex { $0.tier == tier && $0.criterion == criterion }
                let position = known ?? cases.count
                if known == nil { cases.append(RowCase(rows: [], tier: tier, criterion: criterion)) }
                cases[position].rows.append(activity.row)
                if !activity.industry.isEmpty, activity.industry != "-" {
                    cases[position].industries.insert(activity.industry)
                }
            }
        }
        return cases
    }
}
