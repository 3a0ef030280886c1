import Credit
import Impact
import Spreadsheet
import Vocabulary

/// A run of assessed rows on their way to where they are kept, in the order of the ledger.
public struct AssessedRows: Sendable {
    /// A loan with what was found of it.
    public struct Loan: Sendable {
        public let loan: AssessedLoan
        /// Its texts are ranges of `text`.
        public let row: LoanRow
        /// Of its project's benefit; nil where there is none to share.
        public let share: LoanShare?
        /// Where the loan counts at the reporting date, mergers of regions followed.
        public let region: RegionCode?
    }

    /// A record that is no loan.
    public struct Rejected: Sendable {
        public let rejection: Rejection
        let record: Range<Int>
    }

    /// The text that the loans' ranges refer to.
    public let text: [UInt8]
    public internal(set) var loans: [Loan] = []
    public internal(set) var rejected: [Rejected] = []
    private let delimiter: Delimiter

    init(text: [UInt8], delimiter: Delimiter) {
        self.text = text
        self.delimiter = delimiter
    }

    /// What stands in a range of a loan.
    public func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

    /// The fields of a record as they were read.
    public func cells(of rejected: Rejected) -> [String] {
        var cursor = FieldCursor(delimiter: delimiter)
        let record = text.span.extracting(rejected.record)
        cursor.split(record)
        return (0..<cursor.count).map { cursor.text(at: $0, in: record) }
    }
}
