import Store
import Synchronization
import Vocabulary

/// Says while a job is worked at that its process lives and how far it is, and hears whether somebody asked to end it.
final class JobHeart: Sendable {
    /// Why work ended before its time.
    enum Ending: Sendable { case lost, cancelled }

    let claim: JobClaim
    private let platform: Platform
    private let beat: Duration
    private let state: Mutex<(progress: JobProgress, ending: Ending?)>

    /// - Parameter beat: How often it says that the process lives.
    init(_ platform: Platform, _ claim: JobClaim, bytes: Int64, beat: Duration) {
        self.platform = platform
        self.beat = beat
        self.claim = claim
        state = Mutex((JobProgress(bytesTotal: bytes), nil))
    }

    var progress: JobProgress { state.withLock { $0.progress } }
    var ending: Ending? { state.withLock { $0.ending } }

    func advance(bytes: Int, rows: Int) {
        state.withLock { state in
            // A compressed workbook has more text than bytes.
            state.progress.bytesDone = min(max(state.progress.bytesDone, Int64(bytes)), state.progress.bytesTotal)
            state.progress.rows = max(state.progress.rows, Int64(rows))
        }
    }

    /// Works while the heart beats.
    /// - Throws: `JobLost` where another process took the job over; `JobCancelled` where somebody asked to end it; what the
    ///   work throws.
    func beating<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                while true {
                    try await Task.sleep(for: self.beat)
                    try await self.sayAlive()
                }
            }
            defer { group.cancelAll() }
            do {
                while let result = try await group.next() {
                    if let result { return result }
                }
                throw CancellationError()
            } catch {
                switch ending {
                case .lost: throw JobLost()
                case .cancelled: throw JobCancelled()
                case nil: throw error
                }
            }
        }
    }

    /// Ends the job as done, in one transaction with what came of it.
    /// - Returns: Whether it ended; if not, somebody who asked to end it before was told that it would be, and nothing was written.
    /// - Throws: `JobLost` where another process took the job over; what the writing throws.
    func finish(
        _ writing: @escaping @Sendable (any Transaction, Timestamp) throws -> Void
    ) async throws -> Bool {
        let (moment, claim) = (platform.now, claim)
        var progress = progress
        progress.bytesDone = progress.bytesTotal
        return try await platform.database.write { [progress] transaction in
            guard try transaction.jobs.finish(claim, .done, progress, at: moment) else {
                guard try transaction.jobs.isHeld(claim) else { throw JobLost() }
                return false
            }
            try writing(transaction, moment)
            return true
        }
    }

    /// Ends the job without anything to show for it, in one transaction with what follows from that.
    /// - Throws: `JobLost` where another process took the job over; what the writing throws.
    func end(
        _ state: JobState, _ writing: @escaping @Sendable (any Transaction, Timestamp) throws -> Void = { _, _ in }
    ) async throws {
        let (moment, claim, progress) = (platform.now, claim, progress)
        try await platform.database.write { transaction in
            guard try transaction.jobs.finish(claim, state, progress, at: moment) else { throw JobLost() }
            try writing(transaction, moment)
        }
    }

    private func sayAlive() async throws {
        let (claim, progress, moment) = (claim, progress, platform.now)
        let answer: Bool?
        do {
            answer = try await platform.database.write { try $0.jobs.beat(claim, progress, at: moment) }
        } catch let fault as StoreFault {
            // A database that is away for a moment ends no work; one that is away for long ends it where it writes.
            if case .unavailable = fault { return }
            throw fault
        }
        guard answer != false else { return }
        state.withLock { $0.ending = answer == nil ? .lost : .cancelled }
        throw CancellationError()
    }
}

/// Somebody asked to end the job.
struct JobCancelled: Error {}
