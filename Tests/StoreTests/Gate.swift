import Foundation
import Synchronization

/// What the body of a transaction waits at until a test lets it go on; at most ten seconds, so that no test hangs.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }

    /// Only on the thread of a connection, never on one that tasks share.
    func wait() { _ = semaphore.wait(timeout: .now() + 10) }
}

/// Counts what bodies do, which may run on any thread.
final class Counter: Sendable {
    private let count = Mutex(0)

    var value: Int { count.withLock { $0 } }

    func add() { count.withLock { $0 += 1 } }
}
