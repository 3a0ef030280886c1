import Synchronization
import Testing

@testable import Store

/// No server is needed: a connection connects only when it is used.
@Suite("The pool of connections")
struct ConnectionPoolTests {
    private func pool(_ count: Int) throws -> ConnectionPool {
        ConnectionPool(
            try ConnectionSettings(url: "postgres://127.0.0.1:1/none", statementTimeout: 1), count: count,
            waitTimeout: 60_000)
    }

    private func waiting(_ pool: ConnectionPool, _ count: Int) async {
        while pool.waiting < count { await Task.yield() }
    }

    @Test("Who came first is served first", .timeLimit(.minutes(10)))
    func order() async throws {
        let pool = try pool(1)
        let held = try await pool.acquire()
        let (served, serve) = AsyncStream.makeStream(of: Int.self)
        for number in 1...5 {
            Task {
                let connection = try await pool.acquire()
                serve.yield(number)
                pool.release(connection)
            }
            await waiting(pool, number)
        }
        pool.release(held)
        var order: [Int] = []
        for await number in served {
            order.append(number)
            if order.count == 5 { break }
        }
        #expect(order == [1, 2, 3, 4, 5])
    }

    @Test("One connection is never in two hands", .timeLimit(.minutes(10)))
    func alone() async throws {
        let pool = try pool(3)
        let used = Counters()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<300 {
                group.addTask {
                    let connection = try await pool.acquire()
                    used.enter(ObjectIdentifier(connection))
                    await Task.yield()
                    used.leave(ObjectIdentifier(connection))
                    pool.release(connection)
                }
            }
            try await group.waitForAll()
        }
        #expect(used.most == 1 && used.entered == 300)
    }

    @Test("No more wait than anybody would wait for, and whoever gives up makes room", .timeLimit(.minutes(10)))
    func bounded() async throws {
        let pool = try pool(1)
        let held = try await pool.acquire()
        let tasks = (0..<2000).map { _ in Task { pool.release(try await pool.acquire()) } }
        await waiting(pool, 2000)
        await expectFault(.unavailable) { try await pool.acquire() }
        tasks[7].cancel()
        await #expect(throws: CancellationError.self) { try await tasks[7].value }
        #expect(pool.waiting == 1999)
        pool.release(held)
        for (index, task) in tasks.enumerated() where index != 7 { try await task.value }
    }

    @Test("Closing refuses who waits, and waits for what is under way", .timeLimit(.minutes(10)))
    func closing() async throws {
        let pool = try pool(1)
        let held = try await pool.acquire()
        let waiter = Task { pool.release(try await pool.acquire()) }
        await waiting(pool, 1)
        let closed = Counter()
        let closing = Task {
            await pool.close()
            closed.add()
        }
        await #expect(throws: StoreFault.self) { try await waiter.value }
        #expect(closed.value == 0)
        pool.release(held)
        await closing.value
        await expectFault(.unavailable) { try await pool.acquire() }
    }
}

/// How many hold each of several things at a time.
private final class Counters: Sendable {
    private struct State {
        var holders: [ObjectIdentifier: Int] = [:]
        var most = 0
        var entered = 0
    }
    private let state = Mutex(State())

    var most: Int { state.withLock { $0.most } }
    var entered: Int { state.withLock { $0.entered } }

    func enter(_ id: ObjectIdentifier) {
        state.withLock { state in
            state.holders[id, default: 0] += 1
            state.entered += 1
            state.most = max(state.most, state.holders[id] ?? 0)
        }
    }

    func leave(_ id: ObjectIdentifier) { state.withLock { $0.holders[id, default: 0] -= 1 } }
}
