/// A cell's content by its kind; the kind decides type, alignment and number format.
public enum XLSXCell: Sendable, Equatable {
    /// Nothing.
    case empty
    /// Text, always stored as text: `=1+1` stays these four characters and is never calculated.
    case text(String)
    /// A whole number. Beyond 15 digits, the precision of spreadsheets, it is stored as text.
    case integer(Int64)
    /// A number with a number format such as `#,##0.0000`.
    case number(Double, format: String)
    /// An amount in yuan given in whole fen, shown as `#,##0.00`. Beyond 15 digits it is stored as text.
    case money(fen: Int64)
    /// A share, 0.125 shown as 12.50%.
    case percentage(Double)
    /// A calendar day from 1900-01-01 to 9999-12-31, shown as `yyyy-mm-dd`.
    case date(year: Int, month: Int, day: Int)

    /// The greatest number that a spreadsheet shows with all its digits.
    static let exactLimit: Int64 = 999_999_999_999_999

    /// An amount in fen as yuan with two decimals.
    static func yuanText(fen: Int64) -> String {
        let cents = String(fen.magnitude % 100)
        return "\(fen < 0 ? "-" : "")\(fen.magnitude / 100).\(cents.count < 2 ? "0" : "")\(cents)"
    }

    /// Whether a date is one of the Gregorian calendar within the years a workbook can hold.
    static func isDate(year: Int, month: Int, day: Int) -> Bool {
        guard (1900...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return day <= lengths[month - 1]
    }
}
