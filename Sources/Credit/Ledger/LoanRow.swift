import Standards
import Vocabulary

/// One loan as a ledger gives it. Texts are ranges of the batch that the row was read from; what could not be read is
/// nil with a warning, never zero.
public struct LoanRow: Sendable {
    /// The record's first physical line; the header's is 1.
    public var line: Int = 0
    public var loanID: Range<Int> = 0..<0
    public var borrower: Range<Int> = 0..<0
    public var purpose: Range<Int> = 0..<0
    public var projectName: Range<Int> = 0..<0
    public var projectCode: ProjectCode?
    public var organisation: UnifiedSocialCreditCode?
    public var industry: IndustryCode?
    public var region: RegionCode?
    public var balance: Money = .zero
    public var amount: Money?
    public var totalInvestment: Money?
    public var approvedOn: CalendarDate?
    public var issuedOn: CalendarDate?
    public var maturesOn: CalendarDate?
    /// Percent a year.
    public var rate: Double?
    public var quality: LoanQuality?
    public var size: BorrowerSize?
    public var facts = FactSheet()
    public var warnings: [RowWarning] = []

    public init() {}

    /// The date that decides which standard applies: approval, else drawing.
    public var decisiveDate: CalendarDate? { approvedOn ?? issuedOn }
}

/// Something in a row that could not be used or was assumed.
public struct RowWarning: Sendable, Hashable {
    /// The header of the column, where the warning is about one.
    public let column: String?
    public let message: Message

    public init(column: String?, message: Message) {
        self.column = column
        self.message = message
    }
}

/// Why a record is not a loan: it goes to the list of rejected rows.
public struct Rejection: Error, Sendable, Hashable {
    public let line: Int
    /// The header of the column, or empty where the record as a whole is at fault.
    public let column: String
    /// What stands there, cut to 100 characters.
    public let value: String
    public let message: Message

    public init(line: Int, column: String, value: String, message: Message) {
        self.line = line
        self.column = column
        self.value = String(value.prefix(100))
        self.message = message
    }
}
