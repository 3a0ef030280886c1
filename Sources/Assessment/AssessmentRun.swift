import Credit
import Impact
import Library
import Spreadsheet
import Standards
import Synchronization
import Vocabulary

/// What a user asks of one run.
public struct AssessmentOptions: Sendable {
    public var input: LedgerInput
    /// Where rows.csv and rejected.csv go; empty where the rows are handed on instead.
    public var outputFolder: String
    public var asOf: CalendarDate
    /// The standard that the identification model reads for.
    public var standard: String
    /// Further standards to judge every accepted loan by.
    public var furtherStandards: [String] = []
    public var earlierBusiness: Transition.EarlierBusiness?
    /// The day of publication, where the operator knows better than the pack.
    public var published: CalendarDate?
    public var mapping = LedgerMapping()
    public var decisions: [String: PersonDecision] = [:]
    /// Yuan for one unit of a foreign currency.
    public var rates: [String: Ratio] = [:]
    public var reader = RecordReader.Options()
    public var epoch = SpreadsheetEpoch.year1900
    public var jobs = 2
    /// About how much text a worker takes at once. The results do not depend on it.
    public var batchBytes = 512 << 10
    public var language = Language.zh
    public var byteOrderMark = false

    public init(input: LedgerInput, outputFolder: String = "", asOf: CalendarDate, standard: String) {
        self.input = input
        self.outputFolder = outputFolder
        self.asOf = asOf
        self.standard = standard
    }
}

/// What came out of one run: everything that a statement is made from.
public struct AssessedBook: Sendable {
    /// The loans that the standard itself judges.
    public let totals: BookTotals
    /// The loans that its predecessor judges; never added to the others.
    public let olderTotals: BookTotals
    public let pack: StandardPack
    public let predecessor: StandardPack?
    public let further: [StandardPack]
    public let transition: Transition
    /// The methods that the totals refer to by position.
    public let methods: [CompiledMethod]
    public let asOf: CalendarDate
    public let inputName: String
    public let inputForm: String
    public let inputDigest: String
    public let inputBytes: Int
    public let layout: LedgerLayout
    /// The loans with the largest benefits, opened: inputs, factors, formulas.
    public let examples: [OpenedLoan]
    public let rates: [String: Ratio]
    /// The files that were written; empty where the rows were handed on.
    public let rowsFile: String
    public let rejectedFile: String
}

/// How far a run is.
public struct AssessmentProgress: Sendable {
    public let bytes: Int
    public let rows: Int
}

/// A loan whose figures are laid open in the statement.
public struct OpenedLoan: Sendable {
    public let loanID: String
    public let borrower: String
    public let project: String
    public let line: Int
    public let item: ItemCode
    public let region: RegionCode?
    /// The green part of the balance.
    public let balance: Money
    public let totalInvestment: Money?
    public let share: LoanShare
    public let benefit: Benefit
}

/// Takes a ledger through the house: read in batches, judged by several workers, written in input order.
public struct AssessmentRun: Sendable {
    private let library: RuleLibrary
    private let options: AssessmentOptions
    /// What the loans are judged by.
    public let basis: AssessmentBasis
    /// Batches that may wait for their turn before workers pause: bounds memory when one batch is slow.
    private static let longestQueue = 16

    /// - Throws: `AssessmentFault.unknownStandard`.
    public init(library: RuleLibrary, options: AssessmentOptions) throws(AssessmentFault) {
        self.library = library
        self.options = options
        basis = try library.assessmentBasis(
            options.standard, asOf: options.asOf, further: options.furtherStandards,
            earlierBusiness: options.earlierBusiness, published: options.published, decisions: options.decisions)
    }

    /// Assesses the ledger and writes rows.csv and rejected.csv.
    ///
    /// Files appear only when they are complete. Cancelling the task stops the run and leaves nothing.
    public func run(
        progress: @escaping @Sendable (AssessmentProgress) -> Void = { _ in }
    ) async throws(AssessmentFault) -> AssessedBook {
        let formatter = RowFormatter(
            pack: basis.pack, predecessor: basis.predecessor, further: basis.further, facts: library.facts,
            indicators: library.indicators, methods: basis.methods,
            phrasebook: library.phrasebook, language: options.language)
        return try await run(writing: formatter, taking: { _ in }, progress)
    }

    /// Assesses the ledger and hands its rows on instead of writing files. They carry no evidence.
    ///
    /// - Parameters:
    ///   - taking: Is given the rows in runs of a few thousand. Runs may come side by side and out of order, each row
    ///     once; the reading waits while they are taken, so that memory stays bounded.
    /// - Throws: `AssessmentFault.notTaken` with what `taking` throws.
    public func run(
        taking: @escaping @Sendable (AssessedRows) async throws -> Void,
        progress: @escaping @Sendable (AssessmentProgress) -> Void = { _ in }
    ) async throws(AssessmentFault) -> AssessedBook {
        try await run(writing: nil, taking: taking, progress)
    }

    private func run(
        writing formatter: RowFormatter?, taking: @escaping @Sendable (AssessedRows) async throws -> Void,
        _ progress: @escaping @Sendable (AssessmentProgress) -> Void
    ) async throws(AssessmentFault) -> AssessedBook {
        var judging = basis
        judging.tellsEvidence = formatter != nil
        let (basis, library, options) = (judging, library, options)
        let source = try LedgerSource(
            options.input, options: options.reader, library: library, mapping: options.mapping)
        let layout = source.layout
        let delimiter = source.delimiter
        let form = source.form
        let parser = RowParser(
            layout: layout, words: library.ledgerWords, dictionary: library.facts, regions: library.regions,
            industries: library.industries, epoch: options.epoch, rates: options.rates, statedBy: options.input.name)
        var files: LedgerFiles?
        if let formatter { files = try LedgerFiles(options, library: library, formatter: formatter) }
        let paths = (rows: files?.rowsPath ?? "", rejected: files?.rejectedPath ?? "")
        let committer = Committer(
            files: files, asOf: options.asOf, basis: basis, library: library, layout: layout, delimiter: delimiter)
        let line = Line(source: source, committer: committer)
        let batchBytes = max(1, options.batchBytes)
        let outcome: Result<Void, AssessmentFault> = await withTaskGroup(
            of: Result<Void, AssessmentFault>.self
        ) { group in
            for _ in 0..<max(1, min(options.jobs, 64)) {
                group.addTask {
                    var worker = ChunkWorker(
                        basis: basis, parser: parser, formatter: formatter, delimiter: delimiter)
                    return await Self.work(&worker, on: line, batchBytes: batchBytes, taking, progress)
                }
            }
            var outcome: Result<Void, AssessmentFault> = .success(())
            for await result in group {
                if case .failure = result, case .success = outcome {
                    outcome = result
                    line.stop()
                }
            }
            return outcome
        }
        switch outcome {
        case .failure(let fault):
            line.discard()
            throw fault
        case .success:
            let finished:
                (
                    totals: BookTotals, older: BookTotals, opened: [OpenedLoan],
                    fingerprint: (digest: String, bytes: Int)
                )
            do {
                finished = try line.finish()
            } catch {
                line.discard()
                throw error
            }
            let (totals, older, opened, fingerprint) = finished
            return AssessedBook(
                totals: totals, olderTotals: older, pack: basis.pack, predecessor: basis.predecessor,
                further: basis.further, transition: basis.transition, methods: basis.methods,
                asOf: options.asOf, inputName: options.input.name, inputForm: form, inputDigest: fingerprint.digest,
                inputBytes: fingerprint.bytes, layout: layout, examples: opened, rates: options.rates,
                rowsFile: paths.rows, rejectedFile: paths.rejected)
        }
    }

    private static func work(
        _ worker: inout ChunkWorker, on line: Line, batchBytes: Int,
        _ taking: @Sendable (AssessedRows) async throws -> Void, _ progress: @Sendable (AssessmentProgress) -> Void
    ) async -> Result<Void, AssessmentFault> {
        do {
            while true {
                if Task.isCancelled { throw AssessmentFault.interrupted }
                while line.isCrowded {
                    if Task.isCancelled || line.isStopped { throw AssessmentFault.interrupted }
                    await Task.yield()
                }
                guard let (ticket, batch) = try line.take(batchBytes) else { return .success(()) }
                let chunk = worker.assess(batch)
                for done in try line.put(chunk, ticket: ticket) {
                    do {
                        try await taking(done.rows)
                    } catch {
                        throw AssessmentFault.notTaken(error)
                    }
                    progress(done.progress)
                }
            }
        } catch let fault as AssessmentFault {
            return .failure(fault)
        } catch {
            return .failure(.interrupted)
        }
    }

    /// The two ends of the belt between which the workers stand: batches are taken in order, and put back in order.
    private final class Line: Sendable {
        private struct Source: ~Copyable {
            var ledger: LedgerSource
            var ticket = 0
            var isDone = false
        }

        private struct Waiting {
            var chunks: [Int: AssessedChunk] = [:]
            var next = 0
            var isStopped = false
        }

        private let source: Mutex<Source>
        private let waiting = Mutex(Waiting())
        private let committing: Mutex<Committer>

        init(source ledger: consuming sending LedgerSource, committer: sending Committer) {
            source = Mutex(Source(ledger: ledger))
            committing = Mutex(committer)
        }

        var isCrowded: Bool { waiting.withLock { $0.chunks.count >= AssessmentRun.longestQueue } }
        var isStopped: Bool { waiting.withLock { $0.isStopped } }
        func stop() { waiting.withLock { $0.isStopped = true } }

        func take(_ bytes: Int) throws(AssessmentFault) -> (Int, RecordBatch)? {
            if isStopped { return nil }
            return try source.withLock { source throws(AssessmentFault) -> (Int, RecordBatch)? in
                guard !source.isDone, let batch = try source.ledger.next(maximumBytes: bytes) else {
                    source.isDone = true
                    return nil
                }
                source.ticket += 1
                return (source.ticket - 1, batch)
            }
        }

        /// Keeps a chunk and commits those whose turn has come. Only one task commits at a time; another that comes
        /// meanwhile leaves its chunk for that one.
        func put(
            _ chunk: AssessedChunk, ticket: Int
        ) throws(AssessmentFault) -> [(progress: AssessmentProgress, rows: AssessedRows)] {
            waiting.withLock { $0.chunks[ticket] = chunk }
            var done: [(progress: AssessmentProgress, rows: AssessedRows)] = []
            try committing.withLock { committer throws(AssessmentFault) in
                while let next = waiting.withLock({ waiting -> AssessedChunk? in
                    guard let chunk = waiting.chunks.removeValue(forKey: waiting.next) else { return nil }
                    waiting.next += 1
                    return chunk
                }) {
                    done.append(try committer.commit(next))
                }
            }
            return done
        }

        func finish() throws(AssessmentFault) -> (
            BookTotals, BookTotals, [OpenedLoan], (digest: String, bytes: Int)
        ) {
            let fingerprint = source.withLock { $0.ledger.fingerprint() }
            let (totals, older, opened) = try committing.withLock { committer throws(AssessmentFault) in
                try committer.finish()
            }
            return (totals, older, opened, fingerprint)
        }

        func discard() { committing.withLock { $0.discard() } }
    }
}
