/// Which things share a key, for finding candidates without comparing all with all.
///
/// Built once from many, then added to one by one. Keys are hashes: two keys that clash cost a comparison, not a mistake.
struct BlockIndex: Sendable {
    /// Sorted, each once.
    private var keys: [UInt64] = []
    /// Where the postings of each key begin, and one past the last.
    private var starts: [UInt32] = [0]
    private var postings: [UInt32] = []
    /// What came after the index was built.
    private var added: [UInt64: [UInt32]] = [:]

    init() {}

    /// - Parameter entries: Key and number of each thing, in any order; sorted in place to save memory.
    init(_ entries: inout [(key: UInt64, item: UInt32)]) {
        entries.sort { ($0.key, $0.item) < ($1.key, $1.item) }
        postings.reserveCapacity(entries.count)
        starts.removeAll()
        for entry in entries {
            if keys.last != entry.key {
                keys.append(entry.key)
                starts.append(UInt32(postings.count))
            } else if postings.last == entry.item {
                continue
            }
            postings.append(entry.item)
        }
        starts.append(UInt32(postings.count))
    }

    mutating func add(_ item: UInt32, keys: [UInt64]) {
        for key in Set(keys) { added[key, default: []].append(item) }
    }

    /// How many things have a key.
    func count(_ key: UInt64) -> Int {
        let extra = added.isEmpty ? 0 : added[key]?.count ?? 0
        guard let range = range(key) else { return extra }
        return range.count + extra
    }

    func forEach(_ key: UInt64, _ body: (UInt32) -> Void) {
        if let range = range(key) { for index in range { body(postings[index]) } }
        if !added.isEmpty { for item in added[key] ?? [] { body(item) } }
    }

    private func range(_ key: UInt64) -> Range<Int>? {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        guard low < keys.count, keys[low] == key else { return nil }
        return Int(starts[low])..<Int(starts[low + 1])
    }
}

/// Hashes of what things are found by; the same on every run (FNV-1a, 64 bits).
struct BlockKey {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init(_ kind: UInt8) { add(UInt16(kind)) }

    mutating func add(_ letter: UInt16) {
        value = (value ^ UInt64(letter & 0xFF)) &* 0x100_0000_01B3
        value = (value ^ UInt64(letter >> 8)) &* 0x100_0000_01B3
    }

    mutating func add(_ number: UInt32) {
        add(UInt16(truncatingIfNeeded: number))
        add(UInt16(truncatingIfNeeded: number >> 16))
    }

    /// The keys of all runs of some letters.
    static func grams(_ letters: Letters, _ length: Int, from key: BlockKey, into keys: inout [UInt64]) {
        guard letters.count >= length else { return }
        for start in 0...(letters.count - length) {
            var gram = key
            for letter in letters[start..<(start + length)] { gram.add(letter) }
            keys.append(gram.value)
        }
    }
}
