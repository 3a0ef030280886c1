import Foundation
import GRDB
import Glibc
import Synchronization

/// The default engine: one SQLite file in write-ahead mode, one writer, readers beside it.
///
/// What a write acknowledged is on disk (`synchronous = FULL`). Another process may read and back up the file meanwhile.
public struct SQLiteDatabase: Database {
    private let pool: DatabasePool
    private let statements = StatementAdmission()

    public var engine: Engine { .sqlite }

    /// Opens a file, or makes it, readable to its owner alone.
    /// - Parameters:
    ///   - path: The file; beside it SQLite keeps `-wal` and `-shm`.
    ///   - readers: The most readers at a time.
    /// - Throws: `StoreFault.unavailable` if the file cannot be opened, or is no SQLite database.
    public init(path: String, readers: Int = 4) throws(StoreFault) {
        var configuration = Configuration()
        configuration.maximumReaderCount = max(1, readers)
        // Another process that writes is waited for; within this one writers stand in a queue anyway.
        configuration.busyMode = .timeout(10)
        configuration.label = "jialing"
        configuration.prepareDatabase { connection in
            // LIKE tells case as PostgreSQL's does; a REPLACE fires the triggers that refuse a deletion; functions that reach
            // out of the database are not to be called from a schema that somebody handed in.
            try connection.execute(
                sql: """
                    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON;
                    PRAGMA case_sensitive_like = ON; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 67108864;
                    PRAGMA wal_autocheckpoint = 4000
                    """)
        }
        do {
            Self.makePrivateFile(path)
            pool = try DatabasePool(path: path, configuration: configuration)
            // Opening a pool sets NORMAL, with which a power cut may lose the last commits: so it is set again afterwards.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        } catch {
            throw SQLiteTransaction.fault(error)
        }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await translating {
            try await pool.read { try SQLiteTransaction.perform(body, $0, reading: true, statements) }
        }
    }

    @discardableResult public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        // BEGIN IMMEDIATE: a writer waits for its turn at the start, never in the middle.
        try await translating {
            try await pool.write { try SQLiteTransaction.perform(body, $0, reading: false, statements) }
        }
    }

    public func writeDeferred(_ body: @escaping @Sendable (any Transaction) throws -> Void) async throws {
        try await translating {
            try await pool.writeWithoutTransaction { connection in
                try connection.execute(sql: "PRAGMA synchronous = NORMAL")
                let outcome = Swift.Result {
                    try connection.inTransaction(.immediate) {
                        try SQLiteTransaction.perform(body, connection, reading: false, statements)
                        return .commit
                    }
                }
                // Whatever came of it: the next transaction waits for the disk again, and for this one with it.
                try connection.execute(sql: "PRAGMA synchronous = FULL")
                try outcome.get()
            }
        }
    }

    public func close() async throws {
        // Closing waits for the readers, which must not hold a thread that tasks share.
        let fault = await withCheckedContinuation { (continuation: CheckedContinuation<StoreFault?, Never>) in
            DispatchQueue.global().async {
                do {
                    try pool.close()
                    continuation.resume(returning: nil)
                } catch {
                    continuation.resume(returning: SQLiteTransaction.fault(error))
                }
            }
        }
        if let fault { throw fault }
    }

    /// Faults of the engine itself (a commit that fails, a file that is busy) become the store's; what the body throws passes.
    private func translating<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            // A cancelled task interrupts its statement, which then reports a fault of its own.
            if Task.isCancelled, error is StoreFault || error is DatabaseError { throw CancellationError() }
            throw error is DatabaseError ? SQLiteTransaction.fault(error) : error
        }
    }

    /// SQLite makes files that all may read; those beside it take on what the file has. If it cannot be made, opening says why.
    private static func makePrivateFile(_ path: String) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 { Glibc.close(descriptor) }
    }
}

/// Which statements stay prepared: the first few hundred texts, so that statements put together from parts cannot fill the memory.
final class StatementAdmission: Sendable {
    private let texts = Mutex<Set<String>>([])
    private let capacity = 400

    /// Whether a statement is to be kept.
    func admits(_ text: String, values: Int) -> Bool {
        // A long list of values comes in as many lengths as there are lists.
        guard values <= 64 else { return false }
        return texts.withLock { texts in
            if texts.contains(text) { return true }
            guard texts.count < capacity else { return false }
            texts.insert(text)
            return true
        }
    }
}
