import CPostgreSQL
import Dispatch

/// A connection and the thread that it is used on. It connects when it is first needed, and again after it broke.
///
/// Everything but the queue is touched on the queue alone: libpq's connections belong to one thread at a time.
final class PostgreSQLConnection: @unchecked Sendable {
    let queue: DispatchQueue
    private let settings: ConnectionSettings
    private(set) var connection: OpaquePointer?
    private var handle: CancelHandle?
    private var prepared = PreparedStatements()

    init(_ settings: ConnectionSettings, number: Int) {
        self.settings = settings
        queue = DispatchQueue(label: "jialing.postgresql.\(number)")
    }

    deinit {
        if let connection { PQfinish(connection) }
    }

    func disconnect() {
        if let connection { PQfinish(connection) }
        connection = nil
        handle = nil
        prepared = PreparedStatements()
    }

    private var isBroken: Bool { connection.map { PQstatus($0) != CONNECTION_OK } ?? true }

    // MARK: Transactions

    /// Runs a transaction once.
    func perform<Result: Sendable>(
        _ kind: TransactionKind, _ work: CancellableWork, _ body: @Sendable (any Transaction) throws -> Result
    ) -> Outcome<Result> {
        if work.isCancelled { return .failed(CancellationError()) }
        do {
            try begin(kind)
        } catch {
            return .failed(error)
        }
        defer { if work.hasSent || isBroken { disconnect() } }
        let transaction = PostgreSQLTransaction(self, work)
        let result: Result
        do {
            work.begin(handle)
            defer { transaction.state.end() }
            result = try body(transaction)
            try transaction.state.check()
        } catch {
            let cancelled = work.seal()
            rollback()
            if cancelled { return .failed(CancellationError()) }
            // A collision is run again whatever the body made of it.
            if transaction.state.collided, let fault = transaction.state.failure {
                if transaction.isStale { disconnect() }
                return .collided(fault)
            }
            if isBroken, let fault = transaction.state.failure { return .broken(fault) }
            return .failed(error)
        }
        if work.seal() {
            rollback()
            return .failed(CancellationError())
        }
        return commit(kind, result)
    }

    /// Begins a transaction, on a new connection if the old one broke while it was idle.
    private func begin(_ kind: TransactionKind) throws(StoreFault) {
        for _ in 0..<2 {
            if isBroken {
                disconnect()
                let opened = try settings.connect()
                connection = opened
                handle = CancelHandle(opened)
            }
            guard let fault = send(kind.begin).fault(connection) else { return }
            // Nothing was done yet, so a broken connection is no harm.
            if !isBroken { throw fault.fault }
        }
        throw StoreFault.unavailable("the connection broke twice")
    }

    private func commit<Result: Sendable>(_ kind: TransactionKind, _ value: Result) -> Outcome<Result> {
        guard let connection, PQtransactionStatus(connection) == PQTRANS_INTRANS else {
            rollback()
            if isBroken { return .broken(.unavailable("the connection broke before the commit")) }
            return .failed(StoreFault.statement("the body of a transaction ended the transaction itself"))
        }
        let result = send("COMMIT")
        if let fault = result.fault(connection) {
            // A read has nothing to lose.
            if kind == .read { return .done(value) }
            if isBroken { return .failed(StoreFault.undecided("the connection broke while the commit was under way")) }
            return fault.collides ? .collided(fault.fault) : .failed(fault.fault)
        }
        // The server answers COMMIT of a failed transaction with success and the word ROLLBACK.
        guard result.command == "COMMIT" else {
            return .failed(StoreFault.statement("the transaction was rolled back by one of its statements"))
        }
        return .done(value)
    }

    private func rollback() {
        guard let connection, !isBroken, PQtransactionStatus(connection) != PQTRANS_IDLE else { return }
        // One that cannot even be rolled back is of no more use.
        if send("ROLLBACK").fault(connection) != nil { disconnect() }
    }

    // MARK: Statements

    /// Sends a text as it is, of one statement or several; the result is the last one's.
    func send(_ text: String) -> PostgreSQLResult {
        guard let connection else { return PostgreSQLResult(nil) }
        let result = PostgreSQLResult(PQexec(connection, text))
        switch result.status {
        case PGRES_COPY_OUT, PGRES_COPY_BOTH:
            // Nobody asked for it: a connection in this state takes no other statement.
            disconnect()
            return PostgreSQLResult(nil)
        default: return result
        }
    }

    /// Runs a statement with its values, prepared once for each connection.
    func execute(_ statement: SQL) throws -> PostgreSQLResult {
        let values = try statement.portableValues()
        let entry = try preparedEntry(statement, values)
        guard let connection else { throw StoreFault.unavailable("the connection is closed") }
        let bound = BoundValues(zip(entry.kinds, values).lazy.filter { $0.0 != nil }.map(\.1))
        let result = bound.withPointers { pointers, lengths, formats in
            PostgreSQLResult(
                PQexecPrepared(connection, entry.name, Int32(pointers.count), pointers, lengths, formats, 0))
        }
        if let fault = result.fault(connection) { throw fault }
        if [PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH].contains(result.status) {
            disconnect()
            throw StoreFault.statement("COPY goes by the copy of a transaction")
        }
        return result
    }

    private func preparedEntry(_ statement: SQL, _ values: [SQLValue]) throws -> PreparedStatements.Entry {
        let text = statement.text { "$\($0)" }
        if let entry = prepared.find(text, values) { return entry }
        guard let connection else { throw StoreFault.unavailable("the connection is closed") }
        let entry = PreparedStatements.Entry(name: prepared.nextName(), text: text, kinds: values.map(BoundKind.init))
        var number = 0
        let typed = statement.text { index in
            guard entry.kinds[index - 1] != nil else { return "NULL" }
            number += 1
            return "$\(number)"
        }
        let types = entry.kinds.compactMap { $0?.type }
        let result = PostgreSQLResult(PQprepare(connection, entry.name, typed, Int32(types.count), types))
        if let fault = result.fault(connection) { throw fault }
        if let oldest = prepared.insert(entry) {
            let result = send("DEALLOCATE \(oldest.name)")
            if let fault = result.fault(connection) { throw fault }
        }
        return entry
    }
}
