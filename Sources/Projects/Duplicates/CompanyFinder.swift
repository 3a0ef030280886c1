import Vocabulary

/// Finds the companies of a register that may be the same as one at hand.
public struct CompanyFinder: Sendable {
    /// A company that may be the same, by its place in the list that the finder was made of.
    public struct Match: Sendable {
        public let index: Int
        public let likeness: Likeness
    }

    private let comparison: CompanyComparison
    private let profiles: [CompanyProfile]
    private let index: BlockIndex

    public init(_ companies: [CompanyProfile], _ comparison: CompanyComparison) {
        self.comparison = comparison
        profiles = companies
        var entries: [(key: UInt64, item: UInt32)] = []
        for (item, profile) in companies.enumerated() {
            for key in profile.blockKeys { entries.append((key, UInt32(item))) }
        }
        index = BlockIndex(&entries)
    }

    /// The companies that are the same, perhaps the same, or related, the likeliest first.
    public func matches(of company: CompanyProfile, limit: Int = 20) -> [Match] {
        let candidates = CandidateSearch.candidates(company.blockKeys, in: index, of: profiles.count)
        let matches = candidates.map {
            Match(index: Int($0), likeness: comparison.likeness(company, profiles[Int($0)]))
        }
        let found = matches.filter { $0.likeness.verdict != .different }.sorted {
            ($0.likeness.verdict.rank, -$0.likeness.probability, $0.index)
                < ($1.likeness.verdict.rank, -$1.likeness.probability, $1.index)
        }
        return Array(found.prefix(limit))
    }
}

extension CompanyProfile {
    /// What the company is found by.
    var blockKeys: [UInt64] {
        var keys: [UInt64] = []
        if let code {
            var key = BlockKey(6)
            for letter in Letters(literal: code.description) { key.add(letter) }
            keys.append(key.value)
        }
        for name in [name] + former {
            BlockKey.grams(name.core, 2, from: BlockKey(7), into: &keys)
            BlockKey.grams(name.core, 3, from: BlockKey(8), into: &keys)
            if let place = name.place ?? name.innerPlace {
                var key = BlockKey(9)
                key.add(place.number)
                BlockKey.grams(Letters(name.core.prefix(3)), 2, from: key, into: &keys)
            }
        }
        for former in name.formerCores { BlockKey.grams(former, 3, from: BlockKey(8), into: &keys) }
        return keys
    }
}
