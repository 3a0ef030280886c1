/// UTF-8 text that has been read but not yet handed out, and where bytes had to be replaced in it.
struct DecodedText {
    /// The text; from ``readableEnd`` on the raw beginning of a character whose rest is still to come.
    var bytes: [UInt8] = []

    /// The end of the complete characters.
    var readableEnd = 0

    /// Where offending bytes were replaced by U+FFFD, ascending.
    private(set) var replacements: [Int] = []

    /// U+FFFD, the replacement character.
    static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    mutating func appendReplacement() {
        replacements.append(bytes.count)
        bytes.append(contentsOf: Self.replacement)
    }

    /// Whether a replaced byte lies in a range.
    func hasReplacement(in range: Range<Int>) -> Bool {
        guard !replacements.isEmpty else { return false }
        var low = 0
        var high = replacements.count
        while low < high {
            let middle = (low + high) / 2
            if replacements[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < replacements.count && replacements[low] < range.upperBound
    }

    /// Forgets the text before an offset.
    mutating func removePrefix(_ count: Int) {
        guard count > 0 else { return }
        bytes.removeSubrange(0..<count)
        readableEnd -= count
        if !replacements.isEmpty {
            replacements = replacements.compactMap { $0 >= count ? $0 - count : nil }
        }
    }
}
