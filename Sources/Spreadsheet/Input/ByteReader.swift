/// Reads a source block by block and shows every raw block to an observer.
///
/// The observer is what a caller hashes the input with: when the reader has reached the end, it has seen every byte
/// once and in order, whatever the records in them were.
public struct ByteReader: Sendable {
    /// Sees each raw block once, in order.
    public typealias Observer = @Sendable (Span<UInt8>) -> Void

    /// The usual block size: 1 MiB.
    public static let defaultBlockSize = 1 << 20

    /// What messages call the source.
    public var name: String { source.name }

    /// Whether the source has been read to its end.
    public private(set) var isAtEnd = false

    private(set) var source: any ByteSource
    private var block: [UInt8]
    private let observer: Observer?

    /// Creates a reader.
    ///
    /// - Parameters:
    ///   - source: where the bytes come from.
    ///   - blockSize: the most bytes to ask for at once, at least 1.
    ///   - observer: sees every raw block.
    public init(source: any ByteSource, blockSize: Int = defaultBlockSize, observer: Observer? = nil) {
        self.source = source
        self.observer = observer
        block = [UInt8](repeating: 0, count: max(1, blockSize))
    }

    /// Reads the next block and hands it to the closure; false at the end of the source.
    ///
    /// - Throws: what the source or the closure throws.
    public mutating func withNextBlock(
        _ body: (Span<UInt8>) throws(SpreadsheetFault) -> Void
    ) throws(SpreadsheetFault) -> Bool {
        guard !isAtEnd else { return false }
        var outcome: Result<Int, SpreadsheetFault> = .success(0)
        block.withUnsafeMutableBytes { buffer in
            do throws(SpreadsheetFault) {
                outcome = .success(try source.read(into: buffer))
            } catch {
                outcome = .failure(error)
            }
        }
        let count = try outcome.get()
        precondition(count >= 0 && count <= block.count, "a byte source filled more than its buffer")
        guard count > 0 else {
            isAtEnd = true
            return false
        }
        let bytes = block.span.extracting(0..<count)
        observer?(bytes)
        try body(bytes)
        return true
    }

    /// Reads to the end for the observer's sake alone.
    mutating func drain() throws(SpreadsheetFault) {
        while try withNextBlock({ (_: Span<UInt8>) throws(SpreadsheetFault) in }) {}
    }
}
