import Access
import Vocabulary

extension Transaction {
    /// The work that goes on behind requests.
    public var jobs: Jobs { Jobs(transaction: self) }
}

/// What kind of work a job is.
public enum JobKind: String, Sendable, CaseIterable, SQLConvertible {
    /// Taking in a lender's book, or going over one again.
    case book
    /// Training a lender's model from its people's decisions, and comparing it with the one in use.
    case training
    /// Looking for projects of a month for which more is out than they cost.
    case overfinancing
    /// Counting a lender's statutory return.
    case statutoryReturn = "return"
    /// Inventing the past of the demonstration region.
    case demonstration
}

public enum JobState: String, Sendable, CaseIterable, SQLConvertible {
    case waiting, running, done, failed, cancelled

    /// Whether there is still something to do.
    public var isOpen: Bool { self == .waiting || self == .running }
}

/// Work that goes on behind requests, as it stands.
public struct JobRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "job"

    public let id: ID<JobRecord>
    public let kind: JobKind
    /// What it is about, such as the id of a book.
    public let subject: String
    public let state: JobState
    public let createdAt: Timestamp
    /// How often it was taken up.
    public let attempts: Int
    /// Whether somebody asked to end it.
    public let isCancelAsked: Bool
    /// Who asked for it; nil where it began with what it is about.
    public let askedBy: ID<Person>?
    public let progress: JobProgress
}

/// How far a job is.
public struct JobProgress: Sendable, Hashable {
    public var bytesDone: Int64
    public var bytesTotal: Int64
    public var rows: Int64

    public init(bytesDone: Int64 = 0, bytesTotal: Int64, rows: Int64 = 0) {
        self.bytesDone = bytesDone
        self.bytesTotal = bytesTotal
        self.rows = rows
    }
}

/// A job in the hands of one process. What it writes counts only as long as nobody else has taken the job over.
public struct JobClaim: Sendable, Hashable {
    public let job: ID<JobRecord>
    /// The process.
    public let worker: String
    /// Which taking up of the job it is, from 1.
    public let attempt: Int
}

/// The work as it is kept.
public struct Jobs {
    let transaction: any Transaction

    private static let names = [
        "id", "kind", "subject", "state", "created_at", "attempts", "cancel_asked", "bytes_done", "bytes_total",
        "row_count", "asked_by",
    ]
    private static let columns = SQL(stringLiteral: names.joined(separator: ", "))
    /// The columns for what is joined with its job: each with `job_` before its name.
    static let joined = SQL(stringLiteral: names.map { "job.\($0) AS job_\($0)" }.joined(separator: ", "))

    /// Takes work in; it waits until a process takes it up.
    /// - Parameter person: Who asked for it; nil where it begins with what it is about.
    public func insert(
        _ id: ID<JobRecord>, _ kind: JobKind, subject: String, bytes: Int64, askedBy person: ID<Person>? = nil,
        at moment: Timestamp
    ) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO job (id, kind, subject, state, created_at, attempts, cancel_asked, bytes_done, bytes_total, row_count,
                asked_by)
            VALUES (\(id), \(kind), \(subject), \(JobState.waiting), \(moment), 0, 0, 0, \(bytes), 0, \(person))
            """)
    }

    /// Takes the looking over of a month in, unless it waits or is under way already.
    /// - Returns: Whether it was taken in.
    public func insertOverfinancing(
        _ id: ID<JobRecord>, _ period: ReportingPeriod, at moment: Timestamp
    ) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            INSERT INTO job (id, kind, subject, state, created_at, attempts, cancel_asked, bytes_done, bytes_total, row_count)
            VALUES (\(id), \(JobKind.overfinancing), \(period), \(JobState.waiting), \(moment), 0, 0, 0, 1, 0)
            ON CONFLICT DO NOTHING
            """) == 1
    }

    public func find(_ id: ID<JobRecord>) throws(StoreFault) -> JobRecord? {
        guard let row = try transaction.row("SELECT \(Self.columns) FROM job WHERE id = \(id)") else { return nil }
        return try Self.record(row)
    }

    /// The oldest job that nobody works at: one that waits, or whose process was not heard of since a moment.
    public func next(deadSince: Timestamp) throws(StoreFault) -> JobRecord? {
        let row = try transaction.row(
            """
            SELECT \(Self.columns) FROM job
            WHERE state IN ('waiting', 'running') AND (state = 'waiting' OR seen_at <= \(deadSince))
            ORDER BY created_at, id LIMIT 1
            """)
        guard let row else { return nil }
        return try Self.record(row)
    }

    /// Takes a job up that nobody works at.
    /// - Returns: The claim; nil if another process was faster.
    public func claim(
        _ id: ID<JobRecord>, by worker: String, deadSince: Timestamp, at moment: Timestamp
    ) throws(StoreFault) -> JobClaim? {
        let row = try transaction.row(
            """
            UPDATE job SET state = \(JobState.running), worker = \(worker), seen_at = \(moment), attempts = attempts + 1,
                bytes_done = 0, row_count = 0
            WHERE id = \(id) AND (state = 'waiting' OR (state = 'running' AND seen_at <= \(deadSince)))
            RETURNING attempts
            """)
        guard let row else { return nil }
        return JobClaim(job: id, worker: worker, attempt: try row("attempts"))
    }

    /// Says that the work goes on, and how far it is.
    /// - Returns: Whether somebody asked to end it; nil if the job is no longer this claim's.
    public func beat(_ claim: JobClaim, _ progress: JobProgress, at moment: Timestamp) throws(StoreFault) -> Bool? {
        let row = try transaction.row(
            """
            UPDATE job SET seen_at = \(moment), bytes_done = \(progress.bytesDone), row_count = \(progress.rows)
            WHERE \(Self.held(claim)) RETURNING cancel_asked
            """)
        guard let row else { return nil }
        return try row("cancel_asked")
    }

    /// Whether the job still is this claim's.
    public func isHeld(_ claim: JobClaim) throws(StoreFault) -> Bool {
        try transaction.row("SELECT id FROM job WHERE \(Self.held(claim))") != nil
    }

    /// Ends the job, in the transaction that brings what came of it. It is not done if somebody asked to end it meanwhile.
    /// - Returns: Whether it ended: if not, the transaction must come to nothing.
    public func finish(
        _ claim: JobClaim, _ state: JobState, _ progress: JobProgress, at moment: Timestamp
    ) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            UPDATE job SET state = \(state), ended_at = \(moment), worker = NULL, bytes_done = \(progress.bytesDone),
                row_count = \(progress.rows)
            WHERE \(Self.held(claim)) AND (cancel_asked = 0 OR \(state) <> 'done')
            """) == 1
    }

    /// Gives a job back, for another process or a later time.
    public func release(_ claim: JobClaim) throws(StoreFault) {
        try transaction.run(
            "UPDATE job SET state = \(JobState.waiting), worker = NULL, seen_at = NULL WHERE \(Self.held(claim))")
    }

    /// Asks to end a job. One that waits is over at once; a running one when its process hears of it.
    /// - Returns: The state it has then; nil if there is no such open job.
    public func cancel(_ id: ID<JobRecord>, at moment: Timestamp) throws(StoreFault) -> JobState? {
        let row = try transaction.row(
            """
            UPDATE job SET cancel_asked = 1, state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
                ended_at = CASE WHEN state = 'waiting' THEN \(moment) ELSE ended_at END
            WHERE id = \(id) AND state IN ('waiting', 'running') RETURNING state
            """)
        guard let row else { return nil }
        return try row("state")
    }

    private static func held(_ claim: JobClaim) -> SQL {
        "id = \(claim.job) AND state = 'running' AND worker = \(claim.worker) AND attempts = \(claim.attempt)"
    }

    /// - Parameter prefix: What stands before the names of the columns.
    static func record(_ row: Row, prefix: String = "") throws(StoreFault) -> JobRecord {
        func value<Value: SQLConvertible>(_ name: String) throws(StoreFault) -> Value { try row(prefix + name) }
        return JobRecord(
            id: try value("id"), kind: try value("kind"), subject: try value("subject"), state: try value("state"),
            createdAt: try value("created_at"), attempts: try value("attempts"),
            isCancelAsked: try value("cancel_asked"), askedBy: try value("asked_by"),
            progress: JobProgress(
                bytesDone: try value("bytes_done"), bytesTotal: try value("bytes_total"),
                rows: try value("row_count")))
    }
}
