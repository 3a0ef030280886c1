import Vocabulary

extension Transaction {
    /// The contents of documents.
    public var contents: Contents { Contents(transaction: self) }
}

/// The contents of documents, each once under its SHA-256, in pieces.
public struct Contents {
    let transaction: any Transaction

    /// Bytes of every piece but the last: 256 KB.
    public static let pieceBytes = 262_144

    /// Keeps a content, unless it is there already. Of two that bring the same at once the later one finds that of the earlier.
    /// - Parameters:
    ///   - digest: SHA-256 of all pieces one after another, in hexadecimal digits.
    ///   - byteCount: The size of all of them.
    ///   - piece: The bytes of one piece, by its position; called in order, so that one at a time is in memory.
    /// - Returns: Whether it was new.
    public func insert(
        _ digest: String, byteCount: Int64, at moment: Timestamp, piece: (_ position: Int) throws -> [UInt8]
    ) throws -> Bool {
        let isNew =
            try transaction.run(
                """
                INSERT INTO content (digest, bytes, created_at) VALUES (\(digest), \(byteCount), \(moment))
                ON CONFLICT (digest) DO NOTHING
                """) == 1
        guard isNew else { return false }
        for position in 0..<Self.pieceCount(byteCount) {
            try transaction.run(
                """
                INSERT INTO content_piece (digest, position, piece)
                VALUES (\(digest), \(position), \(try piece(position)))
                """)
        }
        return true
    }

    /// Keeps a content that is in memory whole, unless it is there already.
    /// - Parameter digest: SHA-256 of the bytes, in hexadecimal digits.
    public func insert(_ digest: String, _ bytes: [UInt8], at moment: Timestamp) throws {
        _ = try insert(digest, byteCount: Int64(bytes.count), at: moment) { position in
            let start = position * Self.pieceBytes
            return Array(bytes[start..<min(start + Self.pieceBytes, bytes.count)])
        }
    }

    /// The size of a content in bytes; nil if there is none.
    public func byteCount(_ digest: String) throws(StoreFault) -> Int64? {
        guard let row = try transaction.row("SELECT bytes FROM content WHERE digest = \(digest)") else { return nil }
        return try row("bytes")
    }

    /// One piece; nil beyond the last.
    public func piece(_ digest: String, _ position: Int) throws(StoreFault) -> [UInt8]? {
        guard
            let row = try transaction.row(
                "SELECT piece FROM content_piece WHERE digest = \(digest) AND position = \(position)")
        else { return nil }
        return try row("piece")
    }

    /// All bytes of a small content; nil if there is none.
    public func bytes(_ digest: String) throws(StoreFault) -> [UInt8]? {
        guard let count = try byteCount(digest) else { return nil }
        var bytes: [UInt8] = []
        for position in 0..<Self.pieceCount(count) { bytes += try piece(digest, position) ?? [] }
        return bytes
    }

    /// How many pieces a content of so many bytes has.
    public static func pieceCount(_ byteCount: Int64) -> Int {
        Int((byteCount + Int64(pieceBytes) - 1) / Int64(pieceBytes))
    }
}
