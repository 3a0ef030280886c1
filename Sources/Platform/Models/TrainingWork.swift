import Credit
import Crypto
import Dispatch
import Identification
import Library
import Store
import Vocabulary

/// Trains one model of a lender and compares it with the one in use.
struct TrainingWork: Sendable {
    private let platform: Platform
    private let job: JobRecord
    private let heart: JobHeart

    /// What the progress counts: the steps of training, and what comes after them.
    static let steps: Int64 = 12

    init(_ platform: Platform, _ claim: JobClaim, _ job: JobRecord, beat: Duration) {
        self.platform = platform
        self.job = job
        heart = JobHeart(platform, claim, bytes: job.progress.bytesTotal, beat: beat)
    }

    /// - Throws: `JobLost`; what keeps the platform from working, such as a database that is away.
    func run() async throws {
        guard let id = ID<ModelRecord>(job.subject),
            let entry = try await platform.database.read({ try $0.models.find(id) }), entry.model.state == .underWay
        else { return try await end(nil, .failed) }
        guard !job.isCancelAsked else { return try await end(entry.model, .cancelled) }
        guard heart.claim.attempt <= JobRunner.mostAttempts else { return try await end(entry.model, .failed) }
        do {
            try await heart.beating { try await train(entry.model) }
        } catch is JobCancelled {
            try await end(entry.model, .cancelled)
        } catch is LibraryFault {
            // The examples that the platform came with are not there or damaged.
            try await end(entry.model, .failed)
        }
    }

    private func train(_ model: ModelRecord) async throws {
        let examples = try await platform.database.read { try $0.labelledExamples(of: model.organisation) }
        let (kept, back) = (examples.filter { !$0.isHeldBack }, examples.filter(\.isHeldBack))
        let before = try await platform.library(of: model.organisation)
        let shipped = try platform.trainingData()
        let version = Self.version(shipped.version, kept)
        let heart = heart
        // Some half a minute of a processor: not on a thread that requests wait for.
        let trained = await Self.onThread {
            var step = 0
            return shipped.adding(kept.map(\.example), version: version).train { _ in
                step += 1
                heart.advance(bytes: step, rows: kept.count)
            }
        }
        try Task.checkCancellation()
        let bytes = trained.encoded()
        let digest = SHA256.hash(data: bytes).hexadecimal
        let after = platform.library.replacing(model: trained, digest: digest)
        let comparison = try await ModelComparison(platform, before: before, after: after).json(
            heldBack: back, book: model.organisation)
        try await keep(model, bytes, digest, version, kept.count, back.count, comparison)
    }

    /// The version of a model: of the examples that the platform came with and of the decisions that were added.
    private static func version(_ shipped: String, _ kept: [LabelledExample]) -> String {
        var hash = SHA256()
        hash.update(data: Array(shipped.utf8))
        for example in kept { hash.update(data: Array(example.line.utf8)) }
        return String(hash.finalize().hexadecimal.prefix(12))
    }

    private static func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            DispatchQueue.global(qos: .utility).async { continuation.resume(returning: work()) }
        }
    }

    private func keep(
        _ model: ModelRecord, _ bytes: [UInt8], _ digest: String, _ version: String, _ examples: Int, _ heldBack: Int,
        _ comparison: JSONValue
    ) async throws {
        var ready = model
        ready.state = .ready
        ready.version = version
        ready.examples = examples
        ready.heldBack = heldBack
        ready.content = digest
        ready.comparison = comparison
        let isKept = try await heart.finish { [ready] transaction, moment in
            try transaction.contents.insert(digest, bytes, at: moment)
            guard try transaction.models.decide(ready) else { throw JobLost() }
            try transaction.record(
                Deed(
                    byThePlatform: "model.trained", on: ready.id.text, for: ready.organisation,
                    [
                        "version": .string(version), "digest": .string(digest), "examples": .integer(Int64(examples)),
                        "held_back": .integer(Int64(heldBack)),
                        "comparison": .string(try comparison.canonicalDigest()),
                    ]), at: moment)
        }
        if !isKept { try await end(model, .cancelled) }
    }

    /// Ends work that came to nothing.
    private func end(_ model: ModelRecord?, _ state: ModelState) async throws {
        try await heart.end(state == .cancelled ? .cancelled : .failed) { transaction, _ in
            guard var ended = model else { return }
            ended.state = state
            _ = try transaction.models.decide(ended)
        }
    }
}
