/// Which letters are taken for each other: typed by sound, or read in a scan by shape.
///
/// One letter for another is a slip of the hand only where the two are alike; 航道 and 航运 are two words.
struct Confusion: Sendable {
    /// The groups that a letter belongs to.
    private let groups: [UInt16: Set<Int>]

    init(_ lists: [Letters]) {
        var groups: [UInt16: Set<Int>] = [:]
        for (index, letters) in lists.enumerated() {
            for letter in letters { groups[letter, default: []].insert(index) }
        }
        self.groups = groups
    }

    func isLikely(_ first: UInt16, _ second: UInt16) -> Bool {
        guard let left = groups[first], let right = groups[second] else { return false }
        return !left.isDisjoint(with: right)
    }

    /// Whether what parts two texts may be a slip of the hand: letters left out, doubled or swapped, or taken for one alike.
    /// Where two letters at one place are not alike, somebody meant two words.
    func mayBeSlip(_ left: Letters, _ right: Letters) -> Bool {
        guard left.count == right.count else { return true }
        var index = 0
        while index < left.count {
            if left[index] == right[index] {
                index += 1
            } else if index + 1 < left.count, left[index] == right[index + 1], left[index + 1] == right[index] {
                index += 2
            } else if isLikely(left[index], right[index]) {
                index += 1
            } else {
                return false
            }
        }
        return true
    }
}
