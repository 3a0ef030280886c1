import Access
import Projects
import Statistics
import Store
import Vocabulary

/// Looks over a month: makes the exposures of books that came since, puts those of all lenders for one project together, and keeps the
/// projects for which more is out than they cost.
struct OverfinancingWork: Sendable {
    private let platform: Platform
    private let job: JobRecord
    private let heart: JobHeart

    private static let loansAtOnce = 2000

    init(_ platform: Platform, _ claim: JobClaim, _ job: JobRecord, beat: Duration) {
        self.platform = platform
        self.job = job
        heart = JobHeart(platform, claim, bytes: job.progress.bytesTotal, beat: beat)
    }

    /// - Throws: `JobLost`; what keeps the platform from working, such as a database that is away.
    func run() async throws {
        guard let period = try? ReportingPeriod.parse(job.subject) else { return try await heart.end(.failed) }
        guard heart.claim.attempt <= JobRunner.mostAttempts else {
            // Whatever ends each process that looks: the month is looked over when its next book counts.
            return try await heart.end(.failed) { transaction, _ in
                try transaction.projectExposures.passOver(at: period, all: true)
            }
        }
        do {
            try await heart.beating { try await lookOver(period) }
        } catch is JobCancelled {
            try await heart.end(.cancelled)
        }
    }

    private func lookOver(_ period: ReportingPeriod) async throws {
        let words = try platform.library.nameWords()
        for assessment in try await platform.database.read({ try $0.projectExposures.due(at: period) }) {
            try await gather(assessment, words)
        }
        let records = try await platform.database.read { transaction in
            var records = KnownExposures()
            try transaction.projectExposures.each(at: period) { records.add($0) }
            return records
        }
        let findings = try await confirmed(records.findings(), at: period)
        let isOver = try await heart.finish { transaction, moment in
            try transaction.projectExposures.passOver(at: period)
            _ = try transaction.overfinancings.replace(at: period, with: findings)
        }
        if !isOver { try await heart.end(.cancelled) }
    }

    /// Makes the exposures of one book.
    private func gather(_ assessment: Int64, _ words: NameWords) async throws {
        var gatherer = ExposureGatherer(words: words)
        var borrowers = BorrowerGatherer(words: words)
        var line = 0
        while true {
            let part = try await platform.database.read { [line] in
                try $0.facilitySnapshots.list(assessment, after: line, limit: Self.loansAtOnce)
            }
            for loan in part {
                gatherer.add(loan)
                borrowers.add(loan)
            }
            guard part.count == Self.loansAtOnce, let last = part.last else { break }
            line = last.line
        }
        let (claim, exposures, toBorrowers) = (heart.claim, gatherer.exposures, borrowers.exposures)
        try await platform.database.writeDeferred { transaction in
            guard try transaction.jobs.isHeld(claim) else { throw JobLost() }
            guard try transaction.projectExposures.insert(exposures, assessment: assessment) else { return }
            try transaction.borrowerExposures.insert(toBorrowers, assessment: assessment)
        }
    }

    /// Leaves out what costs enough by what the project library says, which its owners and districts keep.
    private func confirmed(
        _ candidates: [KnownExposures.Candidate], at period: ReportingPeriod
    ) async throws -> [(record: OverfinancingRecord, parts: [OverfinancingRecord.Part])] {
        var findings: [(record: OverfinancingRecord, parts: [OverfinancingRecord.Part])] = []
        for candidate in candidates {
            let project = try await project(candidate)
            let cost = max(candidate.cost, project?.totalInvestment ?? .zero)
            guard candidate.balance > Int128(cost.fen) else { continue }
            findings.append(
                (
                    OverfinancingRecord(
                        id: platform.newID(), period: period, project: candidate.project, lenders: candidate.lenders,
                        facilities: candidate.facilities, balance: candidate.balance, cost: cost,
                        libraryProject: project?.id, foundAt: platform.now), candidate.parts
                ))
        }
        return findings
    }

    /// The project of the library with the same national code.
    private func project(_ candidate: KnownExposures.Candidate) async throws -> Project? {
        guard let code = candidate.code else { return nil }
        return try await platform.database.read { try $0.projects.find(nationalCode: code) }
    }
}

/// All that the books of a month have out for projects, small in memory: texts of traces as numbers.
private struct KnownExposures: Sendable {
    struct Candidate: Sendable {
        /// What the project is known by.
        let project: String
        let code: String?
        let lenders: Int
        let facilities: Int
        let balance: Int128
        let cost: Money
        let parts: [OverfinancingRecord.Part]
    }

    private var numbers: [String: Int] = [:]
    private var lenders: [ID<Organisation>: Int] = [:]
    private var exposures: [Overfinancing.Exposure] = []
    private var records: [ExposureRecord] = []

    mutating func add(_ record: ExposureRecord) {
        exposures.append(
            Overfinancing.Exposure(
                lender: Self.number(of: record.organisation, in: &lenders), code: number(record.traces.code),
                owned: number(record.traces.owned), named: number(record.traces.named), balance: record.balance,
                cost: record.cost?.fen))
        records.append(record)
    }

    private mutating func number(_ text: String?) -> Int? { text.map { Self.number(of: $0, in: &numbers) } }

    private static func number<Key: Hashable>(of key: Key, in table: inout [Key: Int]) -> Int {
        if let known = table[key] { return known }
        table[key] = table.count
        return table.count - 1
    }

    func findings() -> [Candidate] {
        Overfinancing.find(exposures).compactMap { finding in
            let records = finding.exposures.map { self.records[$0] }
            let code = records.compactMap(\.traces.code).min()
            guard
                let project = code ?? records.compactMap(\.traces.owned).min()
                    ?? records.compactMap(\.traces.named).min()
            else { return nil }
            return Candidate(
                project: project, code: code, lenders: finding.lenders,
                facilities: records.reduce(0) { $0 + $1.facilities }, balance: finding.balance,
                cost: Money(fen: finding.cost),
                parts: records.map {
                    OverfinancingRecord.Part(
                        organisation: $0.organisation, assessment: $0.assessment, position: $0.position)
                })
        }
    }
}
