import CPostgreSQL

/// The kind of a bound value, as the server is told it.
///
/// The kind is the program's, never guessed by the server from where the value stands: so `SELECT \(5)` is an integer on
/// both engines, and an integer put where a text belongs is refused instead of silently turned.
enum BoundKind: Hashable {
    case integer, real, text, bytes

    /// Nil for NULL, which has no kind and is written into the statement.
    init?(_ value: SQLValue) {
        switch value {
        case .null: return nil
        case .integer: self = .integer
        case .real: self = .real
        case .text: self = .text
        case .bytes: self = .bytes
        }
    }

    /// The number of the type: int8, float8, text, bytea.
    var type: Oid {
        switch self {
        case .integer: 20
        case .real: 701
        case .text: 25
        case .bytes: 17
        }
    }
}

/// Values in the binary form of the protocol, in one piece of memory.
struct BoundValues {
    private var storage: [UInt8] = []
    private var ranges: [Range<Int>?] = []

    init(_ values: some Sequence<SQLValue>) {
        for value in values {
            let start = storage.count
            switch value {
            case .null:
                ranges.append(nil)
                continue
            case .integer(let integer): append(UInt64(bitPattern: integer))
            case .real(let number): append(number.bitPattern)
            case .text(let text): storage.append(contentsOf: text.utf8)
            case .bytes(let bytes): storage.append(contentsOf: bytes)
            }
            ranges.append(start..<storage.count)
        }
        // So that there is an address even where all values are empty.
        storage.append(0)
    }

    private mutating func append(_ bits: UInt64) {
        withUnsafeBytes(of: bits.bigEndian) { storage.append(contentsOf: $0) }
    }

    /// Hands over addresses, lengths and formats as libpq wants them, valid within the body.
    func withPointers<Result>(
        _ body: ([UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        storage.withUnsafeBytes { memory in
            let start = memory.baseAddress?.assumingMemoryBound(to: CChar.self)
            return body(
                ranges.map { range in range.flatMap { range in start.map { $0 + range.lowerBound } } },
                ranges.map { Int32(truncatingIfNeeded: $0?.count ?? 0) },
                Array(repeating: 1, count: ranges.count))
        }
    }
}
