import Access
import Statistics
import Vocabulary

/// How far a return is.
public enum ReturnState: String, Sendable, CaseIterable, SQLConvertible {
    /// Counted, or being counted; it may be changed, and only its lender sees it.
    case draft
    /// Handed in, and in force.
    case submitted
    /// Handed in, and followed by a later version.
    case replaced
}

/// A lender's return for a period, without its tables.
public struct ReturnRecord: Sendable, Equatable, Identified {
    public static let idPrefix = "ret"

    public let id: ID<ReturnRecord>
    public let organisation: ID<Organisation>
    /// The id of its form.
    public let form: String
    public let period: ReportingPeriod
    public let state: ReturnState
    /// Which of the submitted returns of its period it is, from 1; nil of a draft.
    public let version: Int?
    /// How often the draft was changed.
    public let changes: Int
    /// Who had it counted or changed it last.
    public let preparedBy: ID<Person>
    public let preparedAt: Timestamp
    public let submittedBy: ID<Person>?
    public let submittedAt: Timestamp?
    /// Why there is a later version; empty for the first.
    public let reason: String
    /// The assessments that it was counted from, from the earliest month on; empty until it is counted.
    public let assessments: [Int64]
}

/// A return with its lender and how far the counting is, for lists.
public struct ReturnEntry: Sendable, Equatable {
    public let record: ReturnRecord
    public let lender: String
    /// Where the lender sits.
    public let region: RegionCode
    public let job: JobRecord

    /// Where it stands, as far as permissions look at it.
    public var placement: Placement {
        Placement(organisation: record.organisation, kind: .lender, region: region)
    }
}

/// Why a check that fails may be left so.
public struct ReturnExplanation: Sendable, Hashable {
    public let standard: String
    public let check: String
    public let text: String

    public init(standard: String, check: String, text: String) {
        self.standard = standard
        self.check = check
        self.text = text
    }
}

/// What stands in a return.
public struct ReturnContent: Sendable, Equatable {
    /// As counted; nil until then.
    public let tables: ReturnTables?
    public let adjustments: [ReturnAdjustment]
    public let explanations: [ReturnExplanation]
    /// What the checks came to when it was submitted; nil of a draft.
    public let checks: [ReturnCheckResult]?
}

/// Which returns a list shows.
public struct ReturnFilter: Sendable, Equatable {
    public var organisation: ID<Organisation>?
    public var form: String?
    public var period: ReportingPeriod?
    public var state: ReturnState?

    public init() {}
}
