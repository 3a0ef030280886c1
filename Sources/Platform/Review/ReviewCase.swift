import Access
import Assessment
import Credit
import Identification
import Library
import Standards
import Store
import Vocabulary

/// A loan before the eyes of who decides of it: what it says, what was found of it without people and why, what it may be, and
/// what people said of it.
public struct ReviewCase: Sendable {
    /// Words of the loan that speak for or against a green use.
    public struct Word: Sendable, Hashable {
        public let source: LoanText.Source
        /// Empty where the industry speaks.
        public let text: String
        /// Positive speaks for it, negative against; comparable within one loan only.
        public let weight: Float
    }

    /// An item that the loan may be for.
    public struct Candidate: Sendable, Hashable {
        public let item: ItemCode
        public let name: BilingualText
        public let probability: Double
        /// What would come of the loan if somebody accepted it under this item.
        public let decision: LoanDecision
        /// The verdict then; nil where it would not be accepted.
        public let verdict: VerdictKind?
    }

    public let entry: BookEntry
    public let facility: FacilitySnapshot
    public let found: ReviewDecision.Found
    /// The edition that judges it, of which the candidates are.
    public let standard: String
    public let words: [Word]
    public let candidates: [Candidate]
    /// What people said of it, the latest first.
    public let decisions: [ReviewEntry]
    /// Whether a second person must agree to a decision of it.
    public let needsSecond: Bool
    let loan: AssessedLoan
    let judge: ReviewJudge

    /// Why it was found as it was, in one sentence.
    public func reason(in language: Language) -> String { judge.reason(of: loan, facility, in: language) }
}

/// Judges single loans of one book again, as the rules stand now.
struct ReviewJudge: Sendable {
    private var assessor: Assessor
    private let library: RuleLibrary
    private let phrases: [Language: ReasonPhrases]

    /// - Parameter day: The reporting date of the book.
    init(_ library: RuleLibrary, asOf day: CalendarDate) throws(AssessmentFault) {
        self.library = library
        let basis = try library.assessmentBasis(BookWork.standard, asOf: day)
        assessor = Assessor(basis: basis)
        phrases = Dictionary(
            uniqueKeysWithValues: Language.allCases.map {
                (
                    $0,
                    ReasonPhrases(
                        library.phrasebook, language: $0, pack: basis.pack, predecessor: basis.predecessor)
                )
            })
    }

    /// What is found of a loan without people.
    mutating func found(_ facility: FacilitySnapshot) -> (loan: AssessedLoan, found: ReviewDecision.Found) {
        let loan = assessor.assess(SnapshotRecord(facility))
        return (
            loan,
            ReviewDecision.Found(
                decision: loan.decision, item: loan.candidates.first.map { assessor.basis.pack.items[$0.item].code },
                probability: loan.probability, model: library.model.version)
        )
    }

    /// The edition that judges a loan: its items are the ones to choose from.
    func edition(of loan: AssessedLoan) -> String { assessor.basis.edition(of: loan) }

    /// What would come of a loan if somebody decided so.
    /// - Parameter item: Of the edition.
    mutating func outcome(
        _ facility: FacilitySnapshot, _ verdict: LoanDecision, _ item: ItemCode?, under edition: String
    ) -> AssessedLoan {
        assessor.assess(
            SnapshotRecord(facility),
            deciding: PersonDecision(decision: verdict, item: item, standard: edition, by: "", reason: ""))
    }

    mutating func candidates(_ loan: AssessedLoan, _ facility: FacilitySnapshot) -> [ReviewCase.Candidate] {
        let edition = edition(of: loan)
        return assessor.candidates(of: loan).map { candidate in
            let outcome = outcome(facility, .accepted, candidate.item.code, under: edition)
            return ReviewCase.Candidate(
                item: candidate.item.code, name: candidate.item.name, probability: candidate.probability,
                decision: outcome.decision, verdict: outcome.decision == .accepted ? outcome.verdictKind : nil)
        }
    }

    func words(_ loan: AssessedLoan, _ facility: FacilitySnapshot) -> [ReviewCase.Word] {
        loan.evidence.map { piece in
            let text =
                switch piece.source {
                case .purpose: facility.purpose
                case .project: facility.projectName
                case .borrower: facility.borrower
                case .industry: ""
                }
            let bytes = Array(text.utf8)
            let range = piece.bytes.clamped(to: bytes.indices)
            return ReviewCase.Word(
                source: piece.source, text: String(decoding: bytes[range], as: UTF8.self), weight: piece.weight)
        }
    }

    func reason(of loan: AssessedLoan, _ facility: FacilitySnapshot, in language: Language) -> String {
        let record = SnapshotRecord(facility)
        var bytes: [UInt8] = []
        phrases[language]?.append(
            loan, row: record.row, in: record.text.span,
            facts: { library.facts[$0]?.label[language] ?? $0.name }, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
