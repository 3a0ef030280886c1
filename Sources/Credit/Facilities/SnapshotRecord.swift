/// A facility as it is kept, laid out as a row of a book again, so that it can be judged once more by itself: with its evidence, or
/// with a decision that somebody thinks of.
public struct SnapshotRecord: Sendable {
    public let row: LoanRow
    /// The text that the row's ranges refer to.
    public let text: [UInt8]

    public init(_ facility: FacilitySnapshot) {
        var text: [UInt8] = []
        func place(_ string: String) -> Range<Int> {
            let start = text.count
            text += Array(string.utf8)
            return start..<text.count
        }
        var row = LoanRow()
        row.line = facility.line
        row.loanID = place(facility.loanID)
        row.borrower = place(facility.borrower)
        row.purpose = place(facility.purpose)
        row.projectName = place(facility.projectName)
        row.projectCode = facility.projectCode
        row.organisation = facility.borrowerCode
        row.industry = facility.industry
        row.region = facility.region
        row.balance = facility.balance
        row.amount = facility.amount
        row.totalInvestment = facility.totalInvestment
        row.approvedOn = facility.approvedOn
        row.issuedOn = facility.issuedOn
        row.maturesOn = facility.maturesOn
        row.rate = facility.rate
        row.quality = facility.quality
        row.size = facility.size
        row.facts = facility.facts
        row.warnings = facility.warnings
        self.row = row
        self.text = text
    }
}
