/// Where random bytes come from: handed in like the date, so that a test knows what comes.
///
/// What a program runs with must be fit for secrets: session keys and tokens are made of it.
public struct RandomSource: Sendable {
    private let draw: @Sendable (Int) -> [UInt8]

    /// - Parameter draw: Makes as many bytes as it is asked for.
    public init(_ draw: @escaping @Sendable (Int) -> [UInt8]) { self.draw = draw }

    /// Some random bytes.
    public func bytes(_ count: Int) -> [UInt8] {
        let bytes = draw(count)
        // A source that gives fewer would make weak keys, silently.
        precondition(bytes.count == count, "a source of randomness gave another number of bytes than it was asked for")
        return bytes
    }

    /// The generator of the operating system, which is fit for secrets.
    public static let system = RandomSource { count in
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0.prefix(count - bytes.count)) }
        }
        return bytes
    }
}
