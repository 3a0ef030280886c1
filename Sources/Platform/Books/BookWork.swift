import Assessment
import Credit
import Crypto
import Foundation
import Library
import Spreadsheet
import Store
import Synchronization
import Vocabulary

/// Goes over one book: reads the file, judges every loan, keeps the snapshots out of sight, and at the end lets all of it count
/// at once, or none. A book that counts is gone over again when somebody asks: what people decided since is taken in.
struct BookWork: Sendable {
    private let platform: Platform
    private let job: JobRecord
    private let heart: JobHeart
    private var claim: JobClaim { heart.claim }

    /// The standard that books are judged by: the catalogue in force.
    static let standard = Platform.standardOfLists
    /// About how much text a worker takes at once: little, so that requests between two batches are answered soon.
    private static let batchBytes = 256 << 10

    init(_ platform: Platform, _ claim: JobClaim, _ job: JobRecord, beat: Duration) {
        self.platform = platform
        self.job = job
        heart = JobHeart(platform, claim, bytes: job.progress.bytesTotal, beat: beat)
    }

    /// - Throws: `JobLost`; what keeps the platform from working, such as a database that is away.
    func run() async throws {
        guard let id = ID<BookRecord>(job.subject),
            let entry = try await platform.database.read({ try $0.books.find(id) })
        else { return try await end(.failed) }
        guard entry.book.job == job.id, entry.book.state == .underWay || entry.book.state == .accepted else {
            // A later version took its place.
            return try await end(.cancelled)
        }
        let decision = BookDecision(platform, heart, job, entry.book)
        if job.isCancelAsked { return try await decision.cancel() }
        guard claim.attempt <= JobRunner.mostAttempts else {
            return try await decision.giveBack(Message(key: "book.gave-up"))
        }
        do {
            try await heart.beating { try await goOver(entry, decision) }
        } catch is JobCancelled {
            try await decision.cancel()
        }
    }

    /// Ends a job about nothing: the book is not there, or needs no work any more.
    private func end(_ state: JobState) async throws {
        try await heart.end(state)
    }

    private func goOver(_ entry: BookEntry, _ decision: BookDecision) async throws {
        let book = entry.book
        let file = try await platform.file(limit: Platform.mostBookBytes) { [id = book.id] in
            try $0.bookFiles.piece(id, $1)
        }
        guard file.digest == book.digest else { return try await decision.giveBack(Message(key: "book.damaged")) }
        let library = try await platform.library(of: book.organisation)
        let (claim, moment) = (claim, platform.now)
        let (number, decisions) = try await platform.database.write { transaction in
            guard try transaction.jobs.isHeld(claim) else { throw JobLost() }
            // First the number of the last change: one that comes between is taken in and counted as open once more.
            let change = try transaction.reviewDecisions.changes(of: book.organisation)
            let decisions = try transaction.reviewDecisions.inForce(of: book.organisation)
            let number = try transaction.assessments.begin(
                book.id, standard: Self.standard, library: library.state, change: change, decisions: decisions.count,
                at: moment)
            return (number, decisions)
        }
        let intake = BookIntake(platform.database, claim, assessment: number)
        do {
            let assessed = try await assess(file, book, decisions, library, intake)
            try await intake.flush()
            let faults = await intake.faults
            guard faults.count == 0 else {
                return try await decision.giveBack(faults, header: assessed.layout.headers)
            }
            guard assessed.totals.acceptedRows + assessed.olderTotals.acceptedRows > 0 else {
                return try await decision.giveBack(Message(key: "book.no-loans"))
            }
            guard await !intake.cube.exceedsMoney else {
                return try await decision.giveBack(Message(key: "book.sum-too-large"))
            }
            try await intake.keepCube()
            try await decision.accept(assessed, library, assessment: number)
        } catch let fault as AssessmentFault {
            switch fault {
            case .notTaken(let error): throw error
            case .interrupted: throw CancellationError()
            default:
                try await decision.giveBack(fault.message(titles: platform.library.ledgerWords.titles))
            }
        }
    }

    private func assess(
        _ file: ReceivedFile, _ book: BookRecord, _ decisions: [String: PersonDecision],
        _ library: RuleLibrary, _ intake: BookIntake
    ) async throws(AssessmentFault) -> AssessedBook {
        var options = AssessmentOptions(
            input: .source(file.source(named: book.fileName)), asOf: book.period.lastDay, standard: Self.standard)
        options.rates = book.rates
        options.decisions = decisions
        // It was read when the book was sent; what a later program cannot read any more is as good as none.
        options.mapping = (try? LedgerMapping.parse(book.mapping)) ?? LedgerMapping()
        options.jobs = ProcessInfo.processInfo.activeProcessorCount
        options.batchBytes = Self.batchBytes
        let run = try AssessmentRun(library: library, options: options)
        let maker = SnapshotMaker(basis: run.basis)
        let heart = heart
        return try await run.run(
            taking: { try await intake.take($0, maker) },
            progress: { heart.advance(bytes: $0.bytes, rows: $0.rows) })
    }
}

extension RuleLibrary {
    /// SHA-256 over the versions and digests of everything that judges, in hexadecimal digits.
    var state: String {
        let lines = parts.map { "\($0.kind) \($0.id) \($0.version) \($0.digest)" }.sorted()
        return SHA256.hash(data: Array(lines.joined(separator: "\n").utf8)).hexadecimal
    }
}
