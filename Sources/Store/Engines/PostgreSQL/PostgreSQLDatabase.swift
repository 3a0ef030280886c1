/// PostgreSQL 15 or newer, for an operator that has one: several writers at a time, and its own means of replication.
///
///     let database = try PostgreSQLDatabase(url: "postgres://jialing@db.example/jialing")
///
/// Each connection has a thread of its own, so a statement that takes long holds no thread that tasks share. Reads are REPEATABLE READ:
/// a single state; writes are READ COMMITTED with the locks that the statements take. Where two writes lock each
/// other out, one of them is run again.
public struct PostgreSQLDatabase: Database {
    private let pool: ConnectionPool

    public var engine: Engine { .postgresql }

    /// Makes ready to connect; connections are opened when they are needed.
    /// - Parameters:
    ///   - url: `postgres://…` or `postgresql://…` as libpq reads it. A password in it is never told in a fault.
    ///   - connections: The most connections at a time.
    ///   - statementTimeout: Milliseconds after which the server gives up a statement.
    ///   - waitTimeout: Milliseconds that a transaction waits for a free connection.
    /// - Throws: `StoreFault.unavailable` if the URL cannot be read.
    public init(
        url: String, connections: Int = 8, statementTimeout: Int = 30_000, waitTimeout: Int = 10_000
    ) throws(StoreFault) {
        let settings = try ConnectionSettings(url: url, statementTimeout: statementTimeout)
        pool = ConnectionPool(settings, count: max(1, connections), waitTimeout: waitTimeout)
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await perform(.read, body)
    }

    @discardableResult public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await perform(.write, body)
    }

    public func writeDeferred(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
        try await perform(.deferredWrite, body)
    }

    public func close() async throws { await pool.close() }

    /// How often a body is run at most when it collides with other transactions.
    private static let mostAttempts = 10

    private func perform<Result: Sendable>(
        _ kind: TransactionKind, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        var attempt = 1
        var reconnected = false
        while true {
            switch try await attempted(kind, body) {
            case .done(let result): return result
            case .failed(let error): throw error
            case .collided(let fault):
                guard attempt < Self.mostAttempts else { throw fault }
                // Growing and by chance, so that the two do not meet again.
                try await Task.sleep(for: .microseconds(Int.random(in: 500...(2000 << min(attempt, 7)))))
                attempt += 1
            case .broken(let fault):
                // Nothing was written. What a write's body did before may be told elsewhere, so only a read is repeated.
                guard kind == .read, !reconnected else { throw fault }
                reconnected = true
            }
        }
    }

    private func attempted<Result: Sendable>(
        _ kind: TransactionKind, _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Outcome<Result> {
        let connection = try await pool.acquire()
        let work = CancellableWork()
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Outcome<Result>, Never>) in
                connection.queue.async {
                    continuation.resume(returning: connection.perform(kind, work, body))
                }
            }
        } onCancel: {
            work.cancel()
        }
        pool.release(connection)
        return outcome
    }
}

/// What a transaction is begun as.
enum TransactionKind {
    case read, write, deferredWrite

    var begin: String {
        switch self {
        case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case .write: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .deferredWrite: "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit = off"
        }
    }
}

/// How one attempt at a transaction ended.
enum Outcome<Result: Sendable>: Sendable {
    case done(Result)
    /// For good: the fault is the caller's.
    case failed(any Error)
    /// With another transaction; nothing was written.
    case collided(StoreFault)
    /// The connection broke before the commit was sent; nothing was written.
    case broken(StoreFault)
}
