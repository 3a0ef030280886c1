import Impact
import Standards
import Vocabulary

/// A facility (一笔贷款) as a lender's book of one month states it, with what was found of it.
public struct FacilitySnapshot: Sendable, Hashable {
    /// The first physical line of its record in the book.
    public var line: Int
    /// The lender's own number of it, which stays the same from month to month.
    public var loanID: String
    public var borrower: String
    public var borrowerCode: UnifiedSocialCreditCode?
    public var purpose: String
    /// Empty where the book names none.
    public var projectName: String
    public var projectCode: ProjectCode?
    /// Where it counts at the end of the month, mergers of regions followed.
    public var region: RegionCode?
    public var industry: IndustryCode?
    public var balance: Money
    public var amount: Money?
    public var totalInvestment: Money?
    public var approvedOn: CalendarDate?
    public var issuedOn: CalendarDate?
    public var maturesOn: CalendarDate?
    /// Percent a year.
    public var rate: Double?
    public var quality: LoanQuality?
    public var size: BorrowerSize?
    public var facts: FactSheet
    public var warnings: [RowWarning]
    public var finding: FacilityFinding

    public init(
        line: Int, loanID: String, borrower: String, borrowerCode: UnifiedSocialCreditCode? = nil, purpose: String,
        projectName: String = "", projectCode: ProjectCode? = nil, region: RegionCode? = nil,
        industry: IndustryCode? = nil, balance: Money, amount: Money? = nil, totalInvestment: Money? = nil,
        approvedOn: CalendarDate? = nil, issuedOn: CalendarDate? = nil, maturesOn: CalendarDate? = nil,
        rate: Double? = nil, quality: LoanQuality? = nil, size: BorrowerSize? = nil, facts: FactSheet = FactSheet(),
        warnings: [RowWarning] = [], finding: FacilityFinding
    ) {
        self.line = line
        self.loanID = loanID
        self.borrower = borrower
        self.borrowerCode = borrowerCode
        self.purpose = purpose
        self.projectName = projectName
        self.projectCode = projectCode
        self.region = region
        self.industry = industry
        self.balance = balance
        self.amount = amount
        self.totalInvestment = totalInvestment
        self.approvedOn = approvedOn
        self.issuedOn = issuedOn
        self.maturesOn = maturesOn
        self.rate = rate
        self.quality = quality
        self.size = size
        self.facts = facts
        self.warnings = warnings
        self.finding = finding
    }
}

/// What was found of a facility.
public struct FacilityFinding: Sendable, Hashable {
    public struct Candidate: Sendable, Hashable {
        public let item: ItemCode
        public let probability: Double

        public init(item: ItemCode, probability: Double) {
            self.item = item
            self.probability = probability
        }
    }

    public var decision: LoanDecision
    /// The edition that judges it.
    public var standard: String
    /// Its item there; nil where it is not accepted.
    public var item: ItemCode?
    public var verdict: VerdictKind?
    /// Of a green facility nil where the item's rows differ and its own could not be told.
    public var mark: Mark?
    /// That it is green, 0 to 1.
    public var probability: Double
    /// The green part of the balance; nothing where it is not green.
    public var green: Money
    /// Millionths of its project's benefit; nil where there is none to share.
    public var share: Int64?
    /// Its part of the project's yearly benefit, by the indicator's id and in its unit.
    public var benefits: [String: Double]
    /// What it may be, best first; only of a facility in doubt.
    public var candidates: [Candidate]
    /// Whose decision it rests on (`PersonDecision.by`); nil where the words decided.
    public var decidedBy: String?

    public init(
        decision: LoanDecision, standard: String, item: ItemCode? = nil, verdict: VerdictKind? = nil,
        mark: Mark? = nil, probability: Double, green: Money = .zero, share: Int64? = nil,
        benefits: [String: Double] = [:], candidates: [Candidate] = [], decidedBy: String? = nil
    ) {
        self.decision = decision
        self.standard = standard
        self.item = item
        self.verdict = verdict
        self.mark = mark
        self.probability = probability
        self.green = green
        self.share = share
        self.benefits = benefits
        self.candidates = candidates
        self.decidedBy = decidedBy
    }
}
