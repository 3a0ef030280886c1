import Foundation

/// Picks those that share the rarest keys.
enum CandidateSearch {
    /// The most postings that one search walks, and the most candidates that are compared in full.
    static let longestWalk = 6000
    static let mostCandidates = 60

    /// The numbers of the likeliest candidates, the likeliest first.
    /// - Parameter total: How many things the index holds.
    static func candidates(_ keys: [UInt64], in index: BlockIndex, of total: Int) -> [UInt32] {
        var counted = Set(keys).map { (key: $0, count: index.count($0)) }.filter { $0.count > 0 }
        counted.sort { ($0.count, $0.key) < ($1.count, $1.key) }
        var weights: [UInt32: Float] = [:]
        var walked = 0
        for (key, count) in counted {
            guard walked + count <= longestWalk || walked == 0 else { break }
            // A key of half of all says nothing; one of a single thing nearly everything.
            let weight = Float(log(Double(total + 1) / Double(count)))
            var taken = 0
            index.forEach(key) { item in
                guard taken < longestWalk else { return }
                taken += 1
                weights[item, default: 0] += weight
            }
            walked += taken
        }
        let best = weights.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(mostCandidates)
        return best.map(\.key)
    }
}
