import Access
import Library
import Statistics
import Store
import Vocabulary

/// Counts a lender's return from its books: what is out at the end of the period and its benefits, and, where there is a book of the month
/// before, what became of each loan from book to book.
struct ReturnWork: Sendable {
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
        guard heart.claim.attempt <= JobRunner.mostAttempts, let id = ID<ReturnRecord>(job.subject),
            let record = try await platform.database.read({ try $0.statutoryReturns.find(id)?.record }),
            let form = platform.library.returnForm(record.form)
        else { return try await heart.end(.failed) }
        do {
            try await heart.beating { try await count(record, form) }
        } catch is JobCancelled {
            try await heart.end(.cancelled)
        }
    }

    private func count(_ record: ReturnRecord, _ form: ReturnForm) async throws {
        let basis = try await platform.database.read { try $0.basis(of: record.organisation, record.period) }
        guard let closing = basis.last, closing.period == record.period.divided(into: .month).last else {
            return try await heart.end(.failed)
        }
        let hasOpening = basis.first.map { !record.period.contains($0.period) } ?? false
        var cells = ReturnCells(hasOpening: hasOpening)
        var green = FacilityFilter()
        green.decision = .accepted
        var rows = 0
        func noteRow() {
            rows += 1
            if rows % Self.loansAtOnce == 0 { heart.advance(bytes: 0, rows: rows) }
        }
        try await platform.database.eachFacility(of: closing.assessment, green) { loan in
            cells.addClosing(ReturnLoan(loan), benefits: loan.finding.benefits)
            noteRow()
        }
        if hasOpening, let opening = basis.first {
            try await platform.database.eachFacility(of: opening.assessment, green) { loan in
                cells.addOpening(ReturnLoan(loan))
                noteRow()
            }
            for (earlier, later) in zip(basis, basis.dropFirst()) {
                let (first, last) = (earlier.period.lastDay, later.period.lastDay)
                try await eachFlow(from: earlier.assessment, to: later.assessment) { flow in
                    cells.addFlow(from: flow.before, to: flow.after, between: first, and: last)
                    noteRow()
                }
            }
        }
        let library = platform.library
        let standards = Set(cells.sums.keys.map(\.standard)).union([Platform.standardOfLists])
        let catalogues = standards.sorted { Platform.precedes($0, $1) }.map { standard in
            library.pack(standard).map { ReturnCatalogue($0) }
                ?? ReturnCatalogue(standard: standard, catalogue: standard, chapters: [], groups: [])
        }
        let units = Dictionary(
            library.indicators.map { ($0.id, $0.unit.symbol) }, uniquingKeysWith: { first, _ in first })
        let tables = form.tables(of: cells, under: catalogues, units: units)
        heart.advance(bytes: 1, rows: rows)
        let (id, job) = (record.id, job.id)
        let isOver = try await heart.finish { transaction, _ in
            try transaction.statutoryReturns.keep(tables, id, from: basis.map(\.assessment), job: job)
        }
        if !isOver { try await heart.end(.cancelled) }
    }

    /// What became of the loans that are green in either of two books.
    private func eachFlow(
        from earlier: Int64, to later: Int64, _ body: (FacilityFlow) -> Void
    ) async throws {
        let most = Self.loansAtOnce
        try await eachPage(body) { line in
            try await platform.database.read {
                try $0.facilitySnapshots.arrivals(in: later, since: earlier, after: line, limit: most)
            }
        }
        try await eachPage(body) { line in
            try await platform.database.read {
                try $0.facilitySnapshots.departures(from: earlier, until: later, after: line, limit: most)
            }
        }
    }

    private func eachPage(
        _ body: (FacilityFlow) -> Void, _ page: (Int) async throws -> [FacilityFlow]
    ) async throws {
        var line = 0
        while true {
            try Task.checkCancellation()
            let part = try await page(line)
            for flow in part { body(flow) }
            guard part.count == Self.loansAtOnce, let last = part.last else { return }
            line = last.line
        }
    }
}
