import Identification
import Vocabulary

/// An invented project that several lenders finance together, for the ledgers of each: what they state of it differs in spelling, as it
/// does in life.
public struct JointProject: Sendable {
    /// A loan for it, as one lender's ledger states it.
    public struct Loan: Sendable {
        public let number: String
        public let approved: CalendarDate
        public let issued: CalendarDate
        public let matures: CalendarDate
        /// Yuan.
        public let amount: Int
        public let balance: Int

        public init(
            number: String, approved: CalendarDate, issued: CalendarDate, matures: CalendarDate, amount: Int,
            balance: Int
        ) {
            self.number = number
            self.approved = approved
            self.issued = issued
            self.matures = matures
            self.amount = amount
            self.balance = balance
        }
    }

    private let borrower: String
    private let place: (name: String, code: String)
    private let industry: String
    private let purpose: String
    private let project: String
    /// Total investment in yuan.
    public let investment: Int

    /// - Returns: Nil where the words have no green kind with a project.
    public init?(words: GeneratorWords, seed: UInt64) {
        var chance = SplitMix64(seed: seed)
        let kinds = words.green.filter { !$0.project.isEmpty }
        guard let kind = kinds.randomElement(using: &chance), let place = words.places.randomElement(using: &chance),
            let head = words.nameHeads.randomElement(using: &chance),
            let tail = words.nameTails.randomElement(using: &chance),
            let end = words.nameEnds.randomElement(using: &chance),
            let purpose = kind.purposes.randomElement(using: &chance)
        else { return nil }
        let fill = TemplateFill(
            place: place.name, name: head + tail, number: Int.random(in: 20...999, using: &chance),
            other: Int.random(in: 10_000...99_999, using: &chance), phase: words.phases.first ?? "")
        self.place = place
        borrower = place.name + head + tail + end
        industry = kind.industry
        self.purpose = fill.fill(purpose)
        project = fill.fill(kind.project)
        investment = Int.random(in: 8_000...90_000, using: &chance) * 10_000
    }

    /// Appends a loan to a ledger with `LedgerGenerator.header`.
    /// - Parameters:
    ///   - lender: Decides how names are spelled.
    ///   - columns: How many the header has.
    public func append(_ loan: Loan, lender: Int, columns: Int, to out: inout [UInt8]) {
        let form = lender % 2 == 0 ? "有限公司" : "有限责任公司"
        let cells = [
            loan.number, borrower + form, industry, place.code, purpose, project, "\(loan.amount).00",
            "\(loan.balance).00", loan.approved.description, loan.issued.description, loan.matures.description, "3.45",
            "正常", "大型", "\(investment).00",
        ]
        let facts = String(repeating: ",", count: max(0, columns - cells.count))
        out += (cells.joined(separator: ",") + facts + "\n").utf8
    }
}
