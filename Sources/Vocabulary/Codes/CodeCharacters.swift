/// The characters of a code in a cell: folded to ASCII upper case, without the spaces around them.
///
/// Length, alphabet and place are what the faults of codes are about, so this keeps where the code begins and counts
/// its characters without copying them.
struct CodeCharacters {
    /// The first byte of the code.
    let start: Int
    /// The byte behind the code.
    let end: Int
    /// The number of characters.
    let count: Int

    init(_ bytes: Span<UInt8>) {
        start = UTF8Reading.skipSpaces(bytes, from: 0)
        var index = start
        var end = start
        var count = 0
        var countWithSpaces = 0
        while index < bytes.count {
            let (value, length) = UTF8Reading.folded(bytes, at: index)
            index += length
            countWithSpaces += 1
            if !UTF8Reading.isSpace(value) {
                end = index
                count = countWithSpaces
            }
        }
        self.end = end
        self.count = count
    }

    /// The character at a byte, folded and in upper case; moves to the next.
    static func next(_ bytes: Span<UInt8>, at index: inout Int) -> UInt32 {
        let (value, length) = UTF8Reading.folded(bytes, at: index)
        index += length
        return UTF8Reading.uppercased(value)
    }
}
