import Crypto
import Vocabulary
import Web

/// A request that may be sent again without being done again (draft-ietf-httpapi-idempotency-key-header).
public struct IdempotentRequest: Sendable, Hashable {
    /// What the client chose.
    public let key: String
    /// Who asks: two people's keys never meet. The id of a user or of a token.
    public let asker: String
    /// The operation's id.
    public let operation: String
    /// SHA-256 over everything of the request that matters, in hexadecimal digits.
    public let digest: String

    public init(key: String, asker: String, operation: String, digest: String) {
        self.key = key
        self.asker = asker
        self.operation = operation
        self.digest = digest
    }
}

/// An answer as it is kept to be given again.
public struct KeptAnswer: Sendable, Equatable {
    public let status: Int
    public let headers: [String: String]
    public let body: [UInt8]

    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What is known of a key.
public enum IdempotencyFinding: Sendable, Equatable {
    /// Not seen before; it is now taken.
    case new
    /// Done before, with this answer.
    case replay(KeptAnswer)
    /// Seen before with another request.
    case conflict
    /// The first request of this key still runs.
    case inProgress
}

/// Where keys are kept. Closures, so that this floor knows no database.
public struct IdempotencyStore: Sendable {
    /// Takes a key, at once and for one request only.
    public var begin: @Sendable (IdempotentRequest) async throws -> IdempotencyFinding
    /// Keeps the answer of a request that was done.
    public var finish: @Sendable (IdempotentRequest, KeptAnswer) async throws -> Void
    /// Gives a key back after a request that failed: it may be tried again.
    public var abandon: @Sendable (IdempotentRequest) async throws -> Void

    public init(
        begin: @escaping @Sendable (IdempotentRequest) async throws -> IdempotencyFinding,
        finish: @escaping @Sendable (IdempotentRequest, KeptAnswer) async throws -> Void,
        abandon: @escaping @Sendable (IdempotentRequest) async throws -> Void
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
