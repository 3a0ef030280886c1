extension StandardPack {
    /// The codes that somebody may have meant by a text that is none of the pack: those that differ by the fewest letters, at
    /// most `limit`, then in the order of the codes.
    public func nearestCodes(to text: String, limit: Int = 5) -> [ItemCode] {
        // A longer text is no code; the bound keeps the work small.
        let wanted = Array(text.utf8.prefix(24))
        let rated = items.map { (distance: Self.distance(wanted, Array($0.code.text.utf8)), code: $0.code) }
        return rated.sorted { ($0.distance, $0.code) < ($1.distance, $1.code) }.prefix(limit).map(\.code)
    }

    /// How many letters have to be put in, taken out or changed (Levenshtein distance).
    private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
        var row = Array(0...second.count)
        for (position, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = position + 1
            for (column, other) in second.enumerated() {
                let changed = diagonal + (letter == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[second.count]
    }
}
