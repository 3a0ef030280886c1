import Logging
import Statistics
import Store
import Vocabulary

/// Works off what goes on behind requests: takes up one job at a time, says while it works that it lives, and takes over
/// the jobs of processes that were not heard of any more.
///
///     await JobRunner(platform, worker: "host:4711", log: logger).run()   // until the task is cancelled
public struct JobRunner: Sendable {
    let platform: Platform
    /// What this process calls itself; no two may be called the same.
    let worker: String
    /// How long a process may be silent before its jobs are taken over, in seconds.
    let silence: Int64
    private let log: Logger

    /// The silence after which jobs are taken over, where nothing else is said. Clocks of processes that share a database may
    /// differ by a few seconds.
    public static let longestSilence: Int64 = 20
    /// How often a process says that it lives: several times within the silence that it is allowed.
    var beat: Duration { .milliseconds(min(2000, silence * 250)) }
    /// How often a process without work looks for some.
    private static let pause = Duration.milliseconds(200)
    /// How long a process waits after a fault of the system, such as a database that is away.
    private static let pauseAfterFault = Duration.seconds(5)
    /// How often a job is taken up at most: what ends each process that takes it up is given up at some time.
    static let mostAttempts = 12
    /// How many rows are cleared away in one transaction.
    private static let clearedAtOnce = 5000
    private static let piecesClearedAtOnce = 16

    public init(_ platform: Platform, worker: String, silence: Int64 = longestSilence, log: Logger) {
        self.platform = platform
        self.worker = worker
        self.silence = silence
        self.log = log
    }

    /// Works until the task is cancelled; a job under way is then given back for another process.
    public func run() async {
        while !Task.isCancelled {
            var pause = Duration.zero
            do {
                if try await !workOnce(), try await !noticeOnce(), try await !tidyOnce(), try await !addUpOnce(),
                    try await !lookOverOnce()
                {
                    pause = Self.pause
                }
            } catch is CancellationError {
                return
            } catch {
                log.warning("job failed", metadata: ["fault": "\(Self.description(of: error))"])
                pause = Self.pauseAfterFault
            }
            if pause > .zero { try? await Task.sleep(for: pause) }
        }
    }

    /// Takes up the next job and works it off.
    /// - Returns: Whether there was one.
    /// - Throws: What kept the job from being worked off; it is given back then.
    public func workOnce() async throws -> Bool {
        let deadSince = platform.now.advanced(bySeconds: -silence)
        guard let job = try await platform.database.read({ try $0.jobs.next(deadSince: deadSince) }) else {
            return false
        }
        let (worker, moment) = (worker, platform.now)
        let claim = try await platform.database.write {
            try $0.jobs.claim(job.id, by: worker, deadSince: deadSince, at: moment)
        }
        guard let claim else { return true }
        log.info("job taken up", metadata: ["job": "\(job.id)", "attempt": "\(claim.attempt)"])
        do {
            switch job.kind {
            case .book: try await BookWork(platform, claim, job, beat: beat).run()
            case .training: try await TrainingWork(platform, claim, job, beat: beat).run()
            case .overfinancing: try await OverfinancingWork(platform, claim, job, beat: beat).run()
            case .statutoryReturn: try await ReturnWork(platform, claim, job, beat: beat).run()
            case .demonstration: try await DemonstrationWork(platform, claim, job, self).run()
            }
            log.info("job over", metadata: ["job": "\(job.id)"])
        } catch is JobLost {
            log.notice("job taken over by another process", metadata: ["job": "\(job.id)"])
        } catch {
            // Even where this task is cancelled: whoever comes next need not wait for the silence to grow long.
            let database = platform.database
            await Task { try? await database.write { try $0.jobs.release(claim) } }.value
            throw error
        }
        return true
    }

    /// Clears away a little of what nobody can see any more.
    /// - Returns: Whether there was anything.
    public func tidyOnce() async throws -> Bool {
        let yesterday = platform.now.advanced(bySeconds: -86_400)
        let (hasDead, abandoned) = try await platform.database.read { transaction in
            (try transaction.assessments.hasDead(), try transaction.bookFiles.abandoned(before: yesterday))
        }
        guard hasDead || abandoned != nil else { return false }
        try await platform.database.write { transaction in
            _ = try transaction.assessments.clearDead(limit: Self.clearedAtOnce)
            if let abandoned { try transaction.bookFiles.clear(abandoned, limit: Self.piecesClearedAtOnce) }
        }
        return true
    }

    /// Adds up one book that was taken in before sums were kept.
    /// - Returns: Whether there was one.
    public func addUpOnce() async throws -> Bool {
        let database = platform.database
        guard let assessment = try await database.read({ try $0.cube.missing() }) else { return false }
        var cube = BookCube()
        try await database.eachFacility(of: assessment) { cube.add($0) }
        // Another process that did the same meanwhile wrote the same.
        try await database.write { [cube] transaction in
            guard try transaction.cube.insert(cube, assessment: assessment) else { return }
            try transaction.cube.countLate(assessment)
        }
        return true
    }

    /// Has a month looked over of which a book counts that was not yet: a new one, or one from before months were looked over.
    /// - Returns: Whether there was one.
    public func lookOverOnce() async throws -> Bool {
        guard let period = try await platform.database.read({ try $0.projectExposures.periodDue() }) else {
            return false
        }
        let (id, moment) = (platform.newID(JobRecord.self), platform.now)
        return try await platform.database.write { try $0.jobs.insertOverfinancing(id, period, at: moment) }
    }

    /// What may stand in the log: no values of anybody's records.
    private static func description(of error: any Error) -> String {
        (error as? StoreFault).map { String(describing: $0) } ?? String(describing: type(of: error))
    }
}

/// The job was taken over by another process: what this one was about to write must not be.
struct JobLost: Error {}
