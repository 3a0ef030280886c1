import Crypto
import Store
import Vocabulary
import Web

/// Where the keys are kept of requests that may be sent again without being done again
/// (draft-ietf-httpapi-idempotency-key-header). Closures, so that a test needs no database.
public struct IdempotencyStore: Sendable {
    /// Takes a key, at once and for one request only.
    public var begin: @Sendable (RepeatableRequest) async throws -> RequestState
    /// Keeps the answer of a request that was done.
    public var finish: @Sendable (RepeatableRequest, AnswerRecord) async throws -> Void
    /// Gives a key back after a request that failed: it may be tried again.
    public var abandon: @Sendable (RepeatableRequest) async throws -> Void

    public init(
        begin: @escaping @Sendable (RepeatableRequest) async throws -> RequestState,
        finish: @escaping @Sendable (RepeatableRequest, AnswerRecord) async throws -> Void,
        abandon: @escaping @Sendable (RepeatableRequest) async throws -> Void
    ) {
        self.begin = begin
        self.finish = finish
        self.abandon = abandon
    }
}

enum Idempotency {
    static let header = "Idempotency-Key"

    /// The key of the header; the draft's quotes around it are taken off.
    /// - Throws: ``Problem`` 400 for one that is empty, longer than 200 characters or not printable ASCII.
    static func key(_ header: String) throws(Problem) -> String {
        var text = header[...]
        if text.count >= 2, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        guard (1...200).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(status: 400, message: Message(.badIdempotencyKey))
        }
        return String(text)
    }

    /// The digest of what matters, each piece with its length before it.
    static func digest(_ pieces: [[UInt8]]) -> String {
        var hash = SHA256()
        for piece in pieces {
            withUnsafeBytes(of: UInt64(piece.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: piece)
        }
        return hash.finalize().hexadecimal
    }
}
