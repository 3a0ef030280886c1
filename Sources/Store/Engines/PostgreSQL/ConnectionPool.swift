import Dispatch
import Synchronization

/// Hands out connections, first come first served, and lets nobody wait for ever.
final class ConnectionPool: Sendable {
    private struct Waiter {
        let id: UInt64
        let continuation: CheckedContinuation<PostgreSQLConnection, any Error>
    }
    private struct State {
        var free: [PostgreSQLConnection]
        /// In the order of their coming; looked along only by who gives up.
        var waiters: [Waiter] = []
        var lastID: UInt64 = 0
        var closed = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    /// More than these would wait longer than anybody listens.
    private static let mostWaiters = 2000

    private let count: Int
    private let waitTimeout: Int
    private let state: Mutex<State>

    init(_ settings: ConnectionSettings, count: Int, waitTimeout: Int) {
        self.count = count
        self.waitTimeout = waitTimeout
        state = Mutex(State(free: (0..<count).map { PostgreSQLConnection(settings, number: $0) }))
    }

    /// How many wait for a connection.
    var waiting: Int { state.withLock { $0.waiters.count } }

    /// A connection for the caller alone, until it is released.
    /// - Throws: `StoreFault.unavailable` if none becomes free in time, `CancellationError` if the task is cancelled meanwhile.
    func acquire() async throws -> PostgreSQLConnection {
        try Task.checkCancellation()
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                wait(Waiter(id: id, continuation: continuation))
            }
        } onCancel: {
            giveUp(id, CancellationError())
        }
    }

    private func wait(_ waiter: Waiter) {
        enum Step {
            case take(PostgreSQLConnection)
            case wait
            case refuse(any Error)
        }
        // A task cancelled before this point finds no waiter to give up, so it is asked here, under the lock.
        let step = state.withLock { state -> Step in
            if state.closed { return .refuse(StoreFault.unavailable("the database is closed")) }
            if Task.isCancelled { return .refuse(CancellationError()) }
            // The one used last is the one whose caches are warm.
            if let free = state.free.popLast() { return .take(free) }
            guard state.waiters.count < Self.mostWaiters else {
                return .refuse(StoreFault.unavailable("too many wait for a connection"))
            }
            state.waiters.append(waiter)
            return .wait
        }
        switch step {
        case .take(let connection): waiter.continuation.resume(returning: connection)
        case .refuse(let error): waiter.continuation.resume(throwing: error)
        case .wait:
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(waitTimeout)) { [weak self] in
                self?.giveUp(waiter.id, StoreFault.unavailable("no connection became free in time"))
            }
        }
    }

    private func giveUp(_ id: UInt64, _ error: any Error) {
        let waiter = state.withLock { state -> Waiter? in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else { return nil }
            return state.waiters.remove(at: index)
        }
        waiter?.continuation.resume(throwing: error)
    }

    /// Gives a connection back: to the first who waits.
    func release(_ connection: PostgreSQLConnection) {
        let (waiter, closers) = state.withLock { state -> (Waiter?, [CheckedContinuation<Void, Never>]) in
            if !state.waiters.isEmpty { return (state.waiters.removeFirst(), []) }
            state.free.append(connection)
            guard state.closed, state.free.count == count else { return (nil, []) }
            defer { state.closers = [] }
            return (nil, state.closers)
        }
        waiter?.continuation.resume(returning: connection)
        for closer in closers { closer.resume() }
    }

    /// Takes no more work, waits for what is under way and ends the connections.
    func close() async {
        let waiters = state.withLock { state in
            defer { state.waiters = [] }
            state.closed = true
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume(throwing: StoreFault.unavailable("the database is closed")) }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let idle = state.withLock { state in
                if state.free.count == count { return true }
                state.closers.append(continuation)
                return false
            }
            if idle { continuation.resume() }
        }
        for connection in state.withLock({ $0.free }) {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                connection.queue.async {
                    connection.disconnect()
                    continuation.resume()
                }
            }
        }
    }
}
