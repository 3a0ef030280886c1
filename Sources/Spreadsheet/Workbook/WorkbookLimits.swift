/// What a workbook may take up while it is read; a file beyond a limit is refused with a fault that names it.
public struct WorkbookLimits: Sendable, Equatable {
    /// The most entries of the ZIP container.
    public var entries: Int
    /// The most bytes that all entries read may inflate to, and that the records made of them may have.
    public var inflatedBytes: Int
    /// How many times its compressed size an entry may inflate to, checked above ``ratioFreeBytes``.
    public var inflationRatio: Int
    /// How many bytes an entry may inflate to whatever its ratio.
    public var ratioFreeBytes: Int
    /// The most memory for the workbook's shared text, in bytes, less than 4 GiB.
    public var sharedTextBytes: Int
    /// The most bytes of a workbook on standard input, which is kept in a temporary file.
    public var spooledBytes: Int

    /// Limits with the platform's usual values: 10,000 entries, 4 GiB inflated, a ratio of 200 above 10 MiB,
    /// 256 MiB of shared text, 2 GiB on standard input.
    public init(
        entries: Int = 10_000, inflatedBytes: Int = 4 << 30, inflationRatio: Int = 200,
        ratioFreeBytes: Int = 10 << 20, sharedTextBytes: Int = 256 << 20, spooledBytes: Int = 2 << 30
    ) {
        self.entries = entries
        self.inflatedBytes = inflatedBytes
        self.inflationRatio = inflationRatio
        self.ratioFreeBytes = ratioFreeBytes
        self.sharedTextBytes = sharedTextBytes
        self.spooledBytes = spooledBytes
    }
}
