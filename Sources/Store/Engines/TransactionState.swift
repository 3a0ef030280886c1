/// How a transaction stands, alike on both engines.
///
/// PostgreSQL gives a transaction up at its first failed statement, SQLite would go on. So that a body means the same on both, the
/// first fault ends the transaction: what follows it fails with the same fault, and nothing is written even if the body
/// passes over it. Used on the thread of its connection alone.
final class TransactionState {
    /// The first fault of a statement.
    private(set) var failure: StoreFault?
    /// Whether the engine gave the transaction up for another's sake, so that its body may be run again.
    private(set) var collided = false
    /// Whether the body has returned.
    private var ended = false

    /// - Throws: The fault that ended the transaction, if one did.
    func check() throws(StoreFault) {
        if let failure { throw failure }
        if ended { throw StoreFault.statement("a transaction was used after its body had ended") }
    }

    /// Records a fault.
    /// - Returns: The fault, to be thrown.
    func fail(_ fault: StoreFault, collided: Bool = false) -> StoreFault {
        if failure == nil {
            failure = fault
            self.collided = collided
        }
        return fault
    }

    func end() { ended = true }
}
