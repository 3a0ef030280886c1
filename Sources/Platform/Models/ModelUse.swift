import Access
import Identification
import Library
import Store
import Synchronization
import Vocabulary

extension Platform {
    /// The fewest decisions that a model is trained from.
    public static let fewestExamples = 20
    /// How many models of a lender are shown.
    private static let shownModels = 50

    /// The models of a lender, the last one first. They tell of no customer.
    public func models(of id: ID<Organisation>, by viewer: Viewer) async throws -> [ModelEntry] {
        try await database.read { transaction in
            _ = try transaction.lender(id, for: .readBook, by: viewer)
            return try transaction.models.list(of: id, limit: Self.shownModels)
        }
    }

    /// One model.
    public func model(_ id: ID<ModelRecord>, by viewer: Viewer) async throws -> ModelEntry {
        try await database.read { try $0.model(id, for: .readBook, by: viewer) }
    }

    /// Has a model trained from what a lender's people decided, beside the examples that the platform has, and compared with the one
    /// in use. It goes on behind the request, and changes nothing by itself.
    /// - Throws: `PlatformFault.conflict` where one is under way, or there are too few decisions.
    public func trainModel(for id: ID<Organisation>, by viewer: Viewer) async throws -> ModelEntry {
        let moment = now
        let model = ModelRecord(
            id: newID(), organisation: id, job: newID(), askedBy: viewer.person, askedAt: moment)
        return try await database.write { transaction in
            _ = try transaction.lender(id, for: .trainModel, by: viewer)
            let count = try transaction.labelledExamples(of: id).count
            guard count >= Self.fewestExamples else {
                throw PlatformFault.conflict(
                    "model.too-few", ["count": String(count), "fewest": String(Self.fewestExamples)])
            }
            try transaction.jobs.insert(
                model.job, .training, subject: model.id.text, bytes: TrainingWork.steps, askedBy: viewer.person,
                at: moment)
            guard try transaction.models.insert(model) else { throw PlatformFault.conflict("model.under-way") }
            try transaction.record(
                Deed(.trainModel, on: model.id.text, by: viewer, for: id, ["examples": .integer(Int64(count))]),
                at: moment)
            guard let entry = try transaction.models.find(model.id) else { throw PlatformFault.notFound }
            return entry
        }
    }

    /// Lets a lender's books be judged by a model from the next going over on. What was judged before stays as it is.
    /// - Parameter model: nil for the one that comes with the platform.
    /// - Throws: `PlatformFault.conflict` for a model that is not ready or in use already, or that the viewer had trained: a
    ///   second person looks at the comparison.
    public func useModel(_ model: ID<ModelRecord>?, for id: ID<Organisation>, by viewer: Viewer) async throws {
        let moment = now
        try await database.write { transaction in
            _ = try transaction.lender(id, for: .switchModel, by: viewer)
            let before = try transaction.models.inUse(of: id)?.model.id
            guard before != model else { throw PlatformFault.conflict("model.in-use") }
            if let model {
                guard let entry = try transaction.models.find(model), entry.model.organisation == id else {
                    throw PlatformFault.notFound
                }
                guard entry.model.state == .ready else { throw PlatformFault.conflict("model.not-ready") }
                guard entry.model.askedBy != viewer.person else { throw PlatformFault.conflict("model.own") }
            }
            try transaction.models.use(model, of: id)
            try transaction.record(
                Deed(
                    .switchModel, on: id.text, by: viewer, for: id,
                    ["before": JSONValue(before?.text), "after": JSONValue(model?.text)]), at: moment)
        }
    }

    /// The examples that the platform comes with.
    func trainingData() throws -> TrainingData {
        try surroundings.examples?.training ?? TrainingData.load(root: library.root, standard: BookWork.standard)
    }

    /// The labelled loans that are set aside for testing.
    func testExamples() throws -> [TrainingExample] {
        if let examples = surroundings.examples { return examples.tests }
        guard let pack = library.pack(BookWork.standard) else { return [] }
        return try TrainingData.testFiles(root: library.root).flatMap {
            try TrainingData.examples(file: $0, pack: pack)
        }
    }

    /// The rules that a lender's books are judged by: those of the platform, with the lender's own model where one is in use.
    func library(of lender: ID<Organisation>) async throws -> RuleLibrary {
        try await library(with: try await database.read { try $0.models.inUse(of: lender) })
    }

    /// The rules with a model; those of the platform for nil.
    func library(with model: ModelEntry?) async throws -> RuleLibrary {
        guard let entry = model, let digest = entry.model.content else { return library }
        if let known = models.library(of: entry.model.id) { return known }
        guard let bytes = try await database.read({ try $0.contents.bytes(digest) }) else {
            throw StoreFault.badColumn("content")
        }
        let own = library.replacing(model: try IdentificationModel(decoding: bytes), digest: digest)
        models.keep(own, of: entry.model.id)
        return own
    }
}

/// What was used lately and takes its time to make: rules with lenders' models, and what judges single loans of a day.
final class ModelShelf: Sendable {
    private struct Kept<Key: Equatable & Sendable, Value: Sendable>: Sendable {
        private var all: [(key: Key, value: Value)] = []
        let most: Int

        init(most: Int) { self.most = most }

        mutating func find(_ key: Key) -> Value? {
            guard let index = all.firstIndex(where: { $0.key == key }) else { return nil }
            let found = all.remove(at: index)
            all.append(found)
            return found.value
        }

        mutating func keep(_ value: Value, _ key: Key) {
            all.removeAll { $0.key == key }
            all.append((key, value))
            if all.count > most { all.removeFirst() }
        }
    }

    private struct JudgeKey: Equatable {
        let rules: String
        let day: CalendarDate
    }

    /// A model takes some 30 MB of memory.
    private let libraries = Mutex(Kept<ID<ModelRecord>, RuleLibrary>(most: 4))
    private let judges = Mutex(Kept<JudgeKey, ReviewJudge>(most: 8))

    func library(of id: ID<ModelRecord>) -> RuleLibrary? { libraries.withLock { $0.find(id) } }

    func keep(_ library: RuleLibrary, of id: ID<ModelRecord>) { libraries.withLock { $0.keep(library, id) } }

    /// What judges single loans by rules on a day.
    func judge(_ library: RuleLibrary, asOf day: CalendarDate) throws -> ReviewJudge {
        // Of the rules of one process only the model differs.
        let model = library.parts.first { $0.kind == "model" }?.digest ?? library.model.version
        let key = JudgeKey(rules: model, day: day)
        if let known = judges.withLock({ $0.find(key) }) { return known }
        let judge = try ReviewJudge(library, asOf: day)
        judges.withLock { $0.keep(judge, key) }
        return judge
    }
}

extension Platform {
    /// What judges single loans of a book as the rules stand now.
    func judge(of book: BookRecord) async throws -> ReviewJudge {
        try models.judge(try await library(of: book.organisation), asOf: book.period.lastDay)
    }
}

extension Transaction {
    /// A model that the viewer may do an act to: see `Viewer.covered`.
    fileprivate func model(_ id: ID<ModelRecord>, for act: Act, by viewer: Viewer) throws -> ModelEntry {
        try viewer.covered(by: act, at: \.placement) { try models.find(id) }
    }
}
