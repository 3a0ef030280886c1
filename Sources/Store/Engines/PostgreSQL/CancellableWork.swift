import CPostgreSQL
import Dispatch
import Synchronization

/// One attempt at a transaction, as far as a cancelled task reaches into it: its statement is stopped at the server, until the
/// commit is sent. From then on it is finished, so that the caller learns what happened.
final class CancellableWork: Sendable {
    private struct State {
        var cancelled = false
        /// Set while a statement may be stopped.
        var handle: CancelHandle?
        /// Whether the server was asked to stop; the request may arrive late, so the connection is not used again.
        var sent = false
    }
    private let state = Mutex(State())

    var isCancelled: Bool { state.withLock { $0.cancelled } }

    /// Whether the connection may yet receive a request to stop.
    var hasSent: Bool { state.withLock { $0.sent } }

    /// Called by the handler of the task, on any thread.
    func cancel() {
        state.withLock { $0.cancelled = true }
        // The request opens a connection of its own, and waits for it.
        DispatchQueue.global().async { [self] in stop() }
    }

    private func stop() {
        // Under the lock: the work cannot pass on to its commit while a request is on its way.
        state.withLock { state in
            guard let handle = state.handle else { return }
            state.sent = true
            handle.cancel()
            // A request that comes between two statements stops nothing: so it is repeated until the work notices.
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(200)) { [self] in stop() }
        }
    }

    /// From here on statements may be stopped.
    func begin(_ handle: CancelHandle?) { state.withLock { $0.handle = handle } }

    /// From here on nothing is stopped.
    /// - Returns: Whether the task was cancelled before.
    func seal() -> Bool {
        state.withLock { state in
            state.handle = nil
            return state.cancelled
        }
    }
}

/// What libpq needs to stop a statement; usable from any thread.
final class CancelHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init?(_ connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        self.pointer = pointer
    }

    deinit { PQfreeCancel(pointer) }

    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        // If it cannot be delivered, the statement goes on until its timeout.
        _ = PQcancel(pointer, &message, Int32(message.count))
    }
}
