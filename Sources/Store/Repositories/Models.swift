import Access
import Vocabulary

extension Transaction {
    /// The models that were trained from what lenders' people decided.
    public var models: Models { Models(transaction: self) }
}

public enum ModelState: String, Sendable, CaseIterable, SQLConvertible {
    case underWay = "under_way"
    /// It can be used.
    case ready
    case failed, cancelled
}

/// A model of one lender.
public struct ModelRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "mdl"

    public let id: ID<ModelRecord>
    /// The lender.
    public let organisation: ID<Organisation>
    public let job: ID<JobRecord>
    public let askedBy: ID<Person>
    public let askedAt: Timestamp
    public var state = ModelState.underWay
    /// Of its examples; nil before it is ready, as are the others.
    public var version: String?
    /// How many decisions it learned from.
    public var examples: Int?
    /// How many decisions were held back for the comparison.
    public var heldBack: Int?
    /// SHA-256 of its bytes, which are kept as a content.
    public var content: String?
    /// How it compares with the one that was in use.
    public var comparison: JSONValue?

    public init(
        id: ID<ModelRecord>, organisation: ID<Organisation>, job: ID<JobRecord>, askedBy: ID<Person>, askedAt: Timestamp
    ) {
        self.id = id
        self.organisation = organisation
        self.job = job
        self.askedBy = askedBy
        self.askedAt = askedAt
    }
}

/// A model with its lender's place, who asked for it and how far the work at it is.
public struct ModelEntry: Sendable, Equatable {
    public let model: ModelRecord
    /// Where the lender sits.
    public let region: RegionCode
    public let asker: String
    public let job: JobRecord
    /// Whether the lender's books are judged by it.
    public let isInUse: Bool

    /// Where it stands, as far as permissions look at it.
    public var placement: Placement {
        Placement(organisation: model.organisation, kind: .lender, region: region)
    }
}

/// The models as they are kept.
public struct Models {
    let transaction: any Transaction

    private static let columns: SQL = """
        identification_model.id, identification_model.organisation, identification_model.job,
        identification_model.asked_by, identification_model.asked_at, identification_model.state,
        identification_model.version, identification_model.examples, identification_model.held_back,
        identification_model.content, identification_model.comparison, organisation.region AS lender_region,
        person.name AS asker, review_setting.model AS in_use, \(Jobs.joined)
        """
    private static let from: SQL = """
        FROM identification_model JOIN organisation ON organisation.id = identification_model.organisation
            JOIN person ON person.id = identification_model.asked_by JOIN job ON job.id = identification_model.job
            LEFT JOIN review_setting ON review_setting.organisation = identification_model.organisation
        """

    /// Takes in a model that is to be trained.
    /// - Returns: Whether it was taken: not if another one of the lender is under way.
    public func insert(_ model: ModelRecord) throws(StoreFault) -> Bool {
        try transaction.run(
            """
            INSERT INTO identification_model (id, organisation, job, asked_by, asked_at, state)
            VALUES (\(model.id), \(model.organisation), \(model.job), \(model.askedBy), \(model.askedAt), \(model.state))
            ON CONFLICT DO NOTHING
            """) == 1
    }

    /// Ends the work at a model, as the record says how.
    /// - Returns: Whether it still was under way.
    public func decide(_ model: ModelRecord) throws -> Bool {
        let comparison = try model.comparison.map { String(decoding: try $0.canonicalBytes(), as: UTF8.self) }
        return try transaction.run(
            """
            UPDATE identification_model SET state = \(model.state), version = \(model.version),
                examples = \(model.examples), held_back = \(model.heldBack), content = \(model.content),
                comparison = \(comparison)
            WHERE id = \(model.id) AND state = 'under_way'
            """) == 1
    }

    public func find(_ id: ID<ModelRecord>) throws -> ModelEntry? {
        let row = try transaction.row("SELECT \(Self.columns) \(Self.from) WHERE identification_model.id = \(id)")
        guard let row else { return nil }
        return try Self.entry(row)
    }

    /// The models of a lender, the last one first.
    public func list(of organisation: ID<Organisation>, limit: Int) throws -> [ModelEntry] {
        try transaction.rows(
            """
            SELECT \(Self.columns) \(Self.from) WHERE identification_model.organisation = \(organisation)
            ORDER BY identification_model.asked_at DESC, identification_model.id DESC LIMIT \(limit)
            """
        ).map { try Self.entry($0) }
    }

    /// The model that a lender's books are judged by; nil for the one that comes with the platform.
    public func inUse(of organisation: ID<Organisation>) throws -> ModelEntry? {
        let row = try transaction.row(
            """
            SELECT \(Self.columns) \(Self.from) WHERE identification_model.organisation = \(organisation)
                AND identification_model.id = review_setting.model
            """)
        guard let row else { return nil }
        return try Self.entry(row)
    }

    /// Lets a lender's books be judged by a model from now on.
    /// - Parameter id: nil for the one that comes with the platform.
    public func use(_ id: ID<ModelRecord>?, of organisation: ID<Organisation>) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO review_setting (organisation, second_above, changes, model)
            VALUES (\(organisation), NULL, 0, \(id))
            ON CONFLICT (organisation) DO UPDATE SET model = excluded.model
            """)
    }

    private static func entry(_ row: Row) throws -> ModelEntry {
        var model = ModelRecord(
            id: try row("id"), organisation: try row("organisation"), job: try row("job"), askedBy: try row("asked_by"),
            askedAt: try row("asked_at"))
        model.state = try row("state")
        model.version = try row("version")
        model.examples = try row("examples")
        model.heldBack = try row("held_back")
        model.content = try row("content")
        let comparison: String? = try row("comparison")
        model.comparison = try comparison.map { try JSONValue.parse($0, limits: .ofStore) }
        let inUse: ID<ModelRecord>? = try row("in_use")
        return ModelEntry(
            model: model, region: try row("lender_region"), asker: try row("asker"),
            job: try Jobs.record(row, prefix: "job_"), isInUse: inUse == model.id)
    }
}
