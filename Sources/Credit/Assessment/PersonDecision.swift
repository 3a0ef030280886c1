import Standards
import Vocabulary

/// A person's verdict on a loan, taken back into later runs.
public struct PersonDecision: Sendable, Hashable {
    public let decision: LoanDecision
    /// Of an accepted loan, in the catalogue that the model reads for or in ``standard``.
    public let item: ItemCode?
    /// The edition that judged the loan when it was looked at, of which the item is: under another edition the verdict does not
    /// hold. nil where it holds under any, and the item is of the catalogue that the model reads for.
    public let standard: String?
    /// Whose it is: a name, or what finds it again.
    public let by: String
    public let reason: String
    /// What the loan said of itself when it was looked at: the verdict does not hold of a loan that says something else. nil where
    /// it holds whatever the loan says.
    public let about: LoanTexts?
    /// The largest balance of which it holds; nil for any.
    public let upTo: Money?

    public init(
        decision: LoanDecision, item: ItemCode?, standard: String? = nil, by: String, reason: String,
        about: LoanTexts? = nil, upTo: Money? = nil
    ) {
        self.decision = decision
        self.item = item
        self.standard = standard
        self.by = by
        self.reason = reason
        self.about = about
        self.upTo = upTo
    }

    /// Whether it holds of a loan as a book states it.
    /// - Parameter edition: What judges the loan.
    func holds(of row: LoanRow, in bytes: Span<UInt8>, under edition: String) -> Bool {
        if let standard, decision == .accepted, standard != edition { return false }
        if let upTo, row.balance > upTo { return false }
        guard let about else { return true }
        return about == LoanTexts(row, in: bytes)
    }
}

/// What a loan says of itself in words: all that a verdict on its use rests on.
public struct LoanTexts: Sendable, Hashable {
    public let borrower: String
    public let purpose: String
    /// Empty where none is named.
    public let project: String

    public init(borrower: String, purpose: String, project: String) {
        self.borrower = borrower
        self.purpose = purpose
        self.project = project
    }

    /// The texts of a loan as a book states it.
    public init(_ facility: FacilitySnapshot) {
        self.init(borrower: facility.borrower, purpose: facility.purpose, project: facility.projectName)
    }

    init(_ row: LoanRow, in bytes: Span<UInt8>) {
        self.init(
            borrower: RowParser.string(bytes, row.borrower), purpose: RowParser.string(bytes, row.purpose),
            project: RowParser.string(bytes, row.projectName))
    }
}
