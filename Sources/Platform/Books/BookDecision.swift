import Assessment
import Credit
import Crypto
import Library
import Reporting
import Spreadsheet
import Store
import Vocabulary

/// Ends the work at a book in one transaction: what came of it, the end of the job and the act in the trail stand together or not
/// at all.
struct BookDecision: Sendable {
    private let platform: Platform
    private let heart: JobHeart
    private let job: JobRecord
    private let book: BookRecord
    /// Whether the book counts already, and is gone over once more.
    private var isAgain: Bool { book.state == .accepted }

    init(_ platform: Platform, _ heart: JobHeart, _ job: JobRecord, _ book: BookRecord) {
        self.platform = platform
        self.heart = heart
        self.job = job
        self.book = book
    }

    /// Lets what was found count: of a book that arrived in place of the one of its month that counted so far, of one that was gone
    /// over again in place of what was found before.
    /// - Parameter library: The rules that judged it.
    func accept(_ assessed: AssessedBook, _ library: RuleLibrary, assessment: Int64) async throws {
        let summary = BookSummary(assessed.totals, older: assessed.olderTotals)
        let files = try StatementFiles(assessed, library)
        if let earlier = book.assessment, isAgain {
            return try await count(assessment, for: earlier, summary, files)
        }
        let replaced = try await platform.database.read { [book] in try $0.books.inForce(book.organisation, book.period)
        }
        var changes: BookChanges?
        let before = replaced?.book.assessment
        if let before {
            changes = try await platform.database.read {
                try $0.facilitySnapshots.changes(from: before, to: assessment)
            }
        }
        var book = book
        book.state = .accepted
        book.assessment = assessment
        book.summary = summary
        book.changes = changes
        book.replaces = replaced?.book.id
        book.version = (replaced?.book.version ?? 0) + 1
        try await decide(book, as: "book.accept") { transaction, book, moment in
            if let replaced = book.replaces, let before {
                guard try transaction.books.replace(replaced, assessment: before) else { throw JobLost() }
            }
            try transaction.countSums(of: book, assessment, insteadOf: before)
            try transaction.assessments.keep(assessment, try files.keep(in: transaction, at: moment), at: moment)
            return [
                "rows": .integer(Int64(summary.rows)), "balance": .string(String(summary.balance)),
                "green": .string(String(summary.green.fen)), "version": JSONValue(book.version.map(Int64.init)),
                "replaces": JSONValue(book.replaces?.text), "statement": .string(files.data.digest),
            ]
        }
    }

    /// Lets a later assessment of a book that counts take the place of the earlier one.
    private func count(
        _ assessment: Int64, for earlier: Int64, _ summary: BookSummary, _ files: StatementFiles
    ) async throws {
        let (changes, versionChanges) = try await platform.database.read { [book] transaction in
            let replaced = try book.replaces.flatMap { try transaction.books.find($0)?.book.assessment }
            return (
                try transaction.facilitySnapshots.changes(from: earlier, to: assessment),
                try replaced.map { try transaction.facilitySnapshots.changes(from: $0, to: assessment) }
            )
        }
        let (book, person) = (book, job.askedBy)
        let isCounted = try await heart.finish { transaction, moment in
            guard try transaction.books.count(assessment, of: book.id, for: earlier, summary, versionChanges)
            else {
                // A later version of the book was accepted meanwhile; nobody misses this one.
                return try transaction.assessments.bury(book.id)
            }
            try transaction.countSums(of: book, assessment, insteadOf: earlier)
            try transaction.assessments.keep(
                assessment, try files.keep(in: transaction, at: moment), askedBy: person, replaces: earlier,
                changes: changes, at: moment)
            try transaction.record(
                Deed(
                    byThePlatform: "book.reassessed", on: book.id.text, for: book.organisation,
                    [
                        "assessment": .integer(assessment), "green": .string(String(summary.green.fen)),
                        "changed": .integer(Int64(changes.changed)), "statement": .string(files.data.digest),
                    ]), at: moment)
        }
        if !isCounted { try await cancel() }
    }

    /// Ends going over a book again that came to nothing; what was found before goes on counting.
    private func giveUp(_ state: JobState) async throws {
        try await heart.end(state) { [book] transaction, _ in try transaction.assessments.bury(book.id) }
    }

    /// Gives a book back with its faults; nothing of it is taken.
    /// - Parameter header: What the records stand under.
    func giveBack(_ faults: BookIntake.Faults, header: [String]) async throws {
        if isAgain { return try await giveUp(.failed) }
        var book = book
        book.state = .returned
        book.faulty = faults.count
        try await decide(book, as: "book.return") { transaction, book, _ in
            try transaction.assessments.bury(book.id)
            // Workers bring them out of order.
            try transaction.bookFiles.insert(
                faults.shown.sorted { $0.line < $1.line }, under: header, of: book.id)
            return ["faulty": .integer(Int64(faults.count))]
        }
    }

    /// Gives a book back with what is wrong with the whole of it.
    func giveBack(_ fault: Message) async throws {
        if isAgain { return try await giveUp(.failed) }
        var book = book
        book.state = .returned
        book.fault = fault
        try await decide(book, as: "book.return") { transaction, book, _ in
            try transaction.assessments.bury(book.id)
            return ["fault": .string(fault.key)]
        }
    }

    /// Calls the book off, as somebody asked.
    func cancel() async throws {
        if isAgain { return try await giveUp(.cancelled) }
        try await heart.end(.cancelled) { [book] transaction, moment in
            var book = book
            book.state = .cancelled
            book.decidedAt = moment
            guard try transaction.books.decide(book) else { throw JobLost() }
            try transaction.assessments.bury(book.id)
        }
    }

    /// - Parameter also: What else the transaction writes; returns what the trail says of it.
    private func decide(
        _ book: BookRecord, as act: String,
        _ also: @escaping @Sendable (any Transaction, BookRecord, Timestamp) throws -> [String: JSONValue]
    ) async throws {
        // Whoever asked to call it off was told that it would be.
        let isDecided = try await heart.finish { transaction, moment in
            var book = book
            book.decidedAt = moment
            let detail = try also(transaction, book, moment)
            guard try transaction.books.decide(book) else { throw JobLost() }
            try transaction.record(
                Deed(byThePlatform: act, on: book.id.text, for: book.organisation, detail), at: moment)
        }
        if !isDecided { try await cancel() }
    }
}

extension Transaction {
    /// Lets the sums of an assessment count in place of those of an earlier one.
    fileprivate func countSums(of book: BookRecord, _ assessment: Int64, insteadOf earlier: Int64?) throws {
        // Held, so that the lender does not move meanwhile.
        try organisations.lock(book.organisation)
        guard let lender = try organisations.find(book.organisation) else { return }
        try cube.count(assessment, insteadOf: earlier, at: lender.region, in: book.period)
    }
}

/// A statement in its three forms, as contents.
private struct StatementFiles: Sendable {
    struct File: Sendable {
        let bytes: [UInt8]
        let digest: String

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            digest = SHA256.hash(data: bytes).hexadecimal
        }
    }

    let page: File
    let workbook: File
    let data: File

    init(_ book: AssessedBook, _ library: RuleLibrary) throws {
        let statement = StatementBuilder(book: book, library: library).statement()
        page = File(Array(statement.html().utf8))
        data = File(Array(statement.json().utf8))
        workbook = File(try TemporaryFolder.bytes { try statement.writeWorkbook(path: $0) })
    }

    func keep(in transaction: any Transaction, at moment: Timestamp) throws -> StatementDigests {
        for file in [page, workbook, data] {
            try transaction.contents.insert(file.digest, file.bytes, at: moment)
        }
        return StatementDigests(page: page.digest, workbook: workbook.digest, data: data.digest)
    }
}
