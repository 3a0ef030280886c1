import Identification
import Impact
import Standards
import Vocabulary

/// What became of a row.
public enum LoanDecision: String, Sendable, Hashable, CaseIterable {
    case accepted
    case review
    case notGreen = "not_green"
    /// An older standard judges the loan, which is not at hand: outside all totals.
    case unassessed
}

/// The figures of a loan's project.
public struct LoanBenefit: Sendable {
    /// Position of the method in the basis.
    public let method: Int
    /// Two digits of GB/T 2260, or nil where the region is not known.
    public let province: String?
    public let figures: MethodFigures
}

/// Why a row was decided as it was. The words are told by `ReasonPhrases`.
public enum DecisionGround: Sendable {
    /// The words point to the item.
    case words
    /// The words point to nothing green.
    case noGreenUse
    /// Between the two, or between several items.
    case uncertain
    /// The subject fits, and a condition of the item is shown to fail.
    case conditionFails([FactID])
    case olderStandard
    /// The older standard judges the loan, and it is not clear that it has this subject.
    case olderSubjectOpen
    case person(PersonDecision)
}

/// One loan with everything that a statement says of it, before the loans of one project are set against each other.
public struct AssessedLoan: Sendable {
    public var decision: LoanDecision = .review
    public var ground: DecisionGround = .uncertain
    /// Calibrated probability that the loan is green.
    public var probability: Double = 0
    /// Position of the item in the pack, where the row is accepted or its conditions failed.
    public var item: Int?
    /// Whether the pack's predecessor judges the loan. Then `verdict` is empty and `older` holds, and the loan counts in
    /// totals of its own.
    public var isUnderPredecessor = false
    /// Whether the loan is from before a region's overlay took effect: the catalogue without the overlay's changes judges it.
    public var isBeforeOverlay = false
    /// What the predecessor says.
    public var older: OtherVerdict?
    /// What each further standard asked for says, in their order; empty where the row is not accepted.
    public var others: [OtherVerdict] = []
    /// Positions in the pack with the probability of each, best first.
    public var candidates: [(item: Int, probability: Double)] = []
    public var evidence: [Evidence] = []
    public var verdict: Verdict?
    /// The same for all loans whose `verdict` is the same and rests on no fact; nil where it does.
    public var verdictNumber: Int?
    /// nil where the row is not green, or the item's rows differ and none could be told from the words.
    public var mark: Mark?
    public var activity: Int?
    /// Millionths of the loan that are for the green use.
    public var greenPart: Int64 = 1_000_000
    public var hasSeveralUses = false
    /// The yearly benefit of the whole project.
    public var benefit: LoanBenefit?
    /// Why there is no benefit: the facts that are missing, or no method fits the item.
    public var benefitMissing: [FactID] = []
    public var hasMethod = false

    public init() {}

    /// Whether the row counts as green: accepted, with its conditions shown or still to be shown.
    public var isGreen: Bool { decision == .accepted }

    /// The verdict of the edition that judges the loan.
    public var verdictKind: VerdictKind? { isUnderPredecessor ? older?.kind : verdict?.kind }

    /// Position of the item in the pack that judges the loan.
    public var judgedItem: Int? { isUnderPredecessor ? older?.item : item }
}
