/// Which loan ids were seen, and on which line first. 16 bytes a slot: ten million loans take about 270 MB at most.
///
/// Holds 96 bits instead of the ids: 64 of a keyed hash (the process's random SipHash key, so that nobody can craft a
/// collision) and 32 of another (FNV-1a). Among ten million loans two different ids fall together with probability 6 × 10^-16.
struct DuplicateIndex: Sendable {
    struct Fingerprint: Sendable {
        let high: UInt64
        let low: UInt32

        init(_ id: Span<UInt8>) {
            var hasher = Hasher()
            id.withUnsafeBytes { hasher.combine(bytes: $0) }
            high = UInt64(bitPattern: Int64(hasher.finalize()))
            var other: UInt32 = 0x811C_9DC5
            for index in 0..<id.count { other = (other ^ UInt32(id[index])) &* 0x0100_0193 }
            low = other
        }
    }

    private struct Slot {
        var high: UInt64 = 0
        var low: UInt32 = 0
        /// 0 marks an empty slot: no record has line 0.
        var line: UInt32 = 0
    }

    private struct Shard: Sendable {
        var slots: [Slot] = [Slot](repeating: Slot(), count: 16)
        var count = 0

        mutating func insert(_ print: Fingerprint, line: UInt32) -> UInt32? {
            if (count + 1) * 4 > slots.count * 3 { grow() }
            let mask = slots.count - 1
            var place = Int(truncatingIfNeeded: print.high >> 8) & mask
            while slots[place].line != 0 {
                if slots[place].high == print.high, slots[place].low == print.low { return slots[place].line }
                place = (place + 1) & mask
            }
            slots[place] = Slot(high: print.high, low: print.low, line: line)
            count += 1
            return nil
        }

        private mutating func grow() {
            let old = slots
            slots = [Slot](repeating: Slot(), count: old.count * 2)
            let mask = slots.count - 1
            for slot in old where slot.line != 0 {
                var place = Int(truncatingIfNeeded: slot.high >> 8) & mask
                while slots[place].line != 0 { place = (place + 1) & mask }
                slots[place] = slot
            }
        }
    }

    // Many small tables, so that growing one copies little at a time.
    private var shards = [Shard](repeating: Shard(), count: 256)

    /// - Returns: The line of the first loan with this id, or nil where this is the first.
    mutating func firstLine(of print: Fingerprint, line: Int) -> Int? {
        let shard = Int(print.high & 0xFF)
        return shards[shard].insert(print, line: UInt32(clamping: line)).map(Int.init)
    }
}
