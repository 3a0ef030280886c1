/// Comparing secrets so that the time taken does not tell how far a guess was right.
enum ConstantTime {
    /// Whether two sequences are the same. Only a difference of length, which is no secret, is told early.
    @inline(never)
    static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for index in left.indices { difference |= left[index] ^ right[index] }
        return difference == 0
    }
}
