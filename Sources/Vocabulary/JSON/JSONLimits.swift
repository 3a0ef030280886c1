/// How much JSON is read before it is refused. What comes over the network is hostile, so every reader states its bounds.
public struct JSONLimits: Sendable, Hashable {
    /// The greatest number of bytes.
    public let bytes: Int
    /// The greatest number of arrays and objects within each other, at most ``deepest``.
    public let depth: Int
    /// The greatest number of values, arrays and objects counted with what is in them.
    public let values: Int

    /// No limit of depth goes beyond this, so that neither reading nor writing exhausts the stack.
    public static let deepest = 256
    /// The longest number that is read, in bytes: a double needs no more than 25.
    public static let numberLength = 128
    /// The longest name of a member that is read, in bytes. Swift takes the square of the number of accents on one letter
    /// to hash a String, so a single name of a megabyte would hold a core for minutes.
    public static let nameLength = 1024

    /// States bounds; a depth beyond ``deepest`` counts as that.
    public init(bytes: Int = 1 << 20, depth: Int = 64, values: Int = 100_000) {
        self.bytes = bytes
        self.depth = min(depth, Self.deepest)
        self.values = values
    }

    /// 1 MiB, 64 levels, 100,000 values.
    public static let standard = JSONLimits()
}
