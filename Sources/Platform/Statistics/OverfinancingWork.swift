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
        try await platform.database.eachFacility(of: assessment) { loan in
            gatherer.add(loan)
            borrowers.add(loan)
        }
        let (claim, exposures, toBorrowers) = (heart.claim, gatherer.take(), borrowers.take())
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

    /// The texts of traces by their numbers, each once however many books have it.
    private var texts: [String] = []
    private var numbers: [String: Int] = [:]
    private var lenders: [ID<Organisation>: Int] = [:]
    private var exposures: [Overfinancing.Exposure] = []
    private var parts: [(part: OverfinancingRecord.Part, facilities: Int)] = []

    mutating func add(_ record: ExposureRecord) {
        let lender = lenders[record.organisation] ?? lenders.count
        lenders[record.organisation] = lender
        exposures.append(
            Overfinancing.Exposure(
                lender: lender, code: number(record.traces.code), owned: number(record.traces.owned),
                named: number(record.traces.named), balance: record.balance, cost: record.cost?.fen))
        let part = OverfinancingRecord.Part(
            organisation: record.organisation, assessment: record.assessment, position: record.position)
        parts.append((part, record.facilities))
    }

    private mutating func number(_ text: String?) -> Int? {
        guard let text else { return nil }
        if let known = numbers[text] { return known }
        texts.append(text)
        numbers[text] = texts.count - 1
        return texts.count - 1
    }

    func findings() -> [Candidate] {
        Overfinancing.find(exposures).compactMap { finding in
            let exposures = finding.exposures.map { self.exposures[$0] }
            let parts = finding.exposures.map { self.parts[$0] }
            // The first in the order of texts: the same one whenever the month is looked over.
            func first(_ trace: (Overfinancing.Exposure) -> Int?) -> String? {
                exposures.compactMap(trace).map { texts[$0] }.min()
            }
            let code = first(\.code)
            guard let project = code ?? first(\.owned) ?? first(\.named) else { return nil }
            return Candidate(
                project: project, code: code, lenders: finding.lenders,
                facilities: parts.reduce(0) { $0 + $1.facilities }, balance: finding.balance,
                cost: Money(fen: finding.cost), parts: parts.map(\.part))
        }
    }
}
