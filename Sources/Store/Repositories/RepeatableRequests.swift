import Vocabulary

extension Transaction {
    /// The requests that may be sent again without being done again.
    public var repeatableRequests: RepeatableRequests { RepeatableRequests(transaction: self) }
}

/// A request that its sender marked with a key.
public struct RepeatableRequest: Sendable, Hashable {
    /// The id of the person or token that asks: two askers' keys never meet.
    public let asker: String
    public let operation: String
    /// What the sender chose.
    public let key: String
    /// SHA-256 of the request, in hexadecimal digits.
    public let digest: String

    public init(asker: String, operation: String, key: String, digest: String) {
        self.asker = asker
        self.operation = operation
        self.key = key
        self.digest = digest
    }
}

/// The answer to a request, kept to be given again.
public struct AnswerRecord: Sendable, Equatable {
    public let status: Int
    public let headers: [String: String]
    public let body: [UInt8]

    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// What became of a request of that key.
public enum RequestState: Sendable, Equatable {
    /// There was none, or its process died: it is now the caller's.
    case taken
    case answered(AnswerRecord)
    /// There was another request of the same key.
    case another
    case underWay
}

/// The requests with a key, as they are kept.
public struct RepeatableRequests {
    let transaction: any Transaction

    /// How long an answer is kept, in seconds: a day.
    static let keptFor: Int64 = 86_400
    /// How long a request may be under way, in seconds. The server gives one up after half of that; what stands longer is of a
    /// process that died.
    static let longestWork: Int64 = 60
    /// Old answers that one request takes away, so that none waits for a whole day's.
    private static let clearedAtOnce = 100

    /// Takes a key for a request, or tells what became of the first one. Of two at once one takes it.
    public func begin(_ request: RepeatableRequest, at moment: Timestamp) throws -> RequestState {
        try clear(before: moment.advanced(bySeconds: -Self.keptFor))
        let isNew =
            try transaction.run(
                """
                INSERT INTO idempotency (asker, operation, key, digest, begun_at)
                VALUES (\(request.asker), \(request.operation), \(request.key), \(request.digest), \(moment))
                ON CONFLICT (asker, operation, key) DO NOTHING
                """) == 1
        if isNew { return .taken }
        let found = try transaction.row(
            "SELECT digest, status, headers, body FROM idempotency WHERE \(Self.place(request))")
        // Given back between the two statements: then it is not ours either, and its sender tries again.
        guard let row = found else { return .underWay }
        guard try row("digest", as: String.self) == request.digest else { return .another }
        if let status: Int = try row("status") {
            return .answered(
                AnswerRecord(status: status, headers: try Self.headers(try row("headers")), body: try row("body")))
        }
        let dead = moment.advanced(bySeconds: -Self.longestWork)
        let isTakenOver =
            try transaction.run(
                """
                UPDATE idempotency SET begun_at = \(moment)
                WHERE \(Self.place(request)) AND status IS NULL AND begun_at <= \(dead)
                """) == 1
        return isTakenOver ? .taken : .underWay
    }

    /// Keeps the answer of a request that was carried out.
    public func finish(_ request: RepeatableRequest, _ answer: AnswerRecord) throws {
        let headers = JSONValue.object(answer.headers.mapValues(JSONValue.string))
        let text = String(decoding: try headers.canonicalBytes(), as: UTF8.self)
        try transaction.run(
            """
            UPDATE idempotency SET status = \(answer.status), headers = \(text), body = \(answer.body)
            WHERE \(Self.place(request)) AND status IS NULL
            """)
    }

    /// Gives a key back: nothing was done.
    public func abandon(_ request: RepeatableRequest) throws {
        try transaction.run("DELETE FROM idempotency WHERE \(Self.place(request)) AND status IS NULL")
    }

    /// Takes old answers away.
    private func clear(before moment: Timestamp) throws {
        let old = try transaction.rows(
            """
            SELECT asker, operation, key, digest FROM idempotency WHERE begun_at <= \(moment)
            ORDER BY begun_at LIMIT \(Self.clearedAtOnce)
            """)
        for row in old {
            let request = RepeatableRequest(
                asker: try row("asker"), operation: try row("operation"), key: try row("key"), digest: try row("digest")
            )
            try transaction.run("DELETE FROM idempotency WHERE \(Self.place(request)) AND begun_at <= \(moment)")
        }
    }

    private static func place(_ request: RepeatableRequest) -> SQL {
        "asker = \(request.asker) AND operation = \(request.operation) AND key = \(request.key)"
    }

    private static func headers(_ text: String) throws -> [String: String] {
        guard case .object(let members) = try JSONValue.parse(text) else { return [:] }
        return members.compactMapValues(\.text)
    }
}
