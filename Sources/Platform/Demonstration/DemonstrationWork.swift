import Access
import Store
import Vocabulary

/// Sends the books of the demonstration's lenders, the latest month first, and works them off as any others: so that the platform can be
/// tried while its past is still coming. Taken up again it goes on where it was.
struct DemonstrationWork: Sendable {
    private let platform: Platform
    private let runner: JobRunner
    private let claim: JobClaim
    private let job: JobRecord
    private let heart: JobHeart

    init(_ platform: Platform, _ claim: JobClaim, _ job: JobRecord, _ runner: JobRunner) {
        self.platform = platform
        self.claim = claim
        self.job = job
        self.runner = runner
        heart = JobHeart(platform, claim, bytes: job.progress.bytesTotal, beat: runner.beat)
    }

    func run() async throws {
        let facilities = Int(job.subject) ?? 0
        guard let today = job.createdAt.day() else { return }
        let books = DemonstrationBooks(
            words: try platform.library.generatorWords(), seed: DemonstrationRegion.seed, facilities: facilities,
            last: ReportingPeriod(.month, containing: today).previous)
        try await heart.beating { try await send(books) }
        let (claim, progress, moment) = (claim, heart.progress, platform.now)
        let isOver = try await platform.database.write {
            try $0.jobs.finish(claim, .done, progress, at: moment)
        }
        guard isOver else { throw JobLost() }
    }

    private func send(_ books: DemonstrationBooks) async throws {
        var count = 0
        for month in books.months.reversed() {
            for number in 1...DemonstrationRegion.lenders {
                try Task.checkCancellation()
                guard let officer = try await officer(of: number) else { continue }
                try await send(books, number, month, by: officer)
                // Whatever waits longest, so that nobody's own book has to wait for the past.
                while try await runner.workOnce() {}
                count += 1
                heart.advance(bytes: count, rows: count)
            }
            if month == DemonstrationReturns.opening(of: books.months) {
                try await DemonstrationReturns(platform, runner, latest: job.createdAt).handIn(books.months)
            }
        }
    }

    private func send(
        _ books: DemonstrationBooks, _ number: Int, _ month: ReportingPeriod, by officer: Viewer
    ) async throws {
        let lender = officer.memberships[0].organisation
        let key = "demonstration-\(month)"
        let isThere = try await platform.database.read { transaction in
            try transaction.books.find(requestKey: key, of: lender) != nil
        }
        guard !isThere else { return }
        let incoming = try IncomingFile(limit: Platform.mostBookBytes)
        try incoming.append(books.csv(lender: number, at: month))
        do {
            let arrival = min(Self.arrival(of: month, number), job.createdAt)
            _ = try await platform.at(arrival).sendBook(
                try incoming.finish(), name: "\(month).csv", period: month, for: lender, requestKey: key, by: officer)
        } catch PlatformFault.conflict {
            // Somebody sent a book of that month: it stays.
        }
    }

    /// A few days into the next month, each lender at another minute.
    private static func arrival(of month: ReportingPeriod, _ number: Int) -> Timestamp {
        let day = month.lastDay.advanced(by: 3 + number % 5)
        let milliseconds = Int64(day.daysSince1970) * 86_400_000
        return Timestamp(milliseconds: milliseconds).advanced(bySeconds: Int64(3600 + number * 137))
    }

    private func officer(of number: Int) async throws -> Viewer? {
        try await platform.demonstrationViewer(.officer, of: number)
    }
}

extension Platform {
    /// The same platform at another time: for what is invented to have happened then.
    func at(_ moment: Timestamp) -> Platform {
        Platform(
            database: database, library: library,
            surroundings: Surroundings(
                now: { moment }, random: surroundings.random, key: surroundings.key,
                commonPasswords: surroundings.commonPasswords, passwordCost: surroundings.passwordCost))
    }

    /// Somebody of a lender of the demonstration, as if signed in; nil where the account is no more.
    func demonstrationViewer(_ role: Role, of number: Int) async throws -> Viewer? {
        guard let email = EmailAddress(DemonstrationRegion.email(of: role, in: .lender, number: number)) else {
            return nil
        }
        let session: ID<Session> = newID()
        return try await database.read { transaction in
            guard let found = try transaction.people.credentials(email: email) else { return nil }
            let memberships = try transaction.memberships.current(of: found.person.id)
            guard !memberships.isEmpty else { return nil }
            return Viewer(
                person: found.person.id, name: found.person.name, language: found.person.language,
                memberships: memberships, credential: .session(session))
        }
    }
}
