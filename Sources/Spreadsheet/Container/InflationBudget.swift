/// How many more bytes may be made out of a workbook, over all its entries and records.
final class InflationBudget {
    private let limit: Int
    private var used = 0
    private let name: String

    init(limit: Int, name: String) {
        self.limit = limit
        self.name = name
    }

    /// Counts bytes that have been made.
    func spend(_ count: Int) throws(SpreadsheetFault) {
        used += count
        guard used <= limit else {
            throw SpreadsheetFault(.zipInflatedTooLarge, ["path": name, "limit": String(limit)])
        }
    }
}
