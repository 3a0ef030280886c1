/// The day from which a spreadsheet counts the serial numbers of dates.
public enum SpreadsheetEpoch: Sendable, Hashable, CaseIterable {
    /// Day 1 is 1900-01-01, and the serial 60 is a 29 February 1900 that never was (ISO/IEC 29500-1).
    case year1900
    /// Day 0 is 1904-01-01, as old Macintosh workbooks count.
    case year1904

    /// The serials that are read as dates: 1954 to 2119 under the epoch of 1900. Smaller and larger numbers in a date
    /// column are no dates.
    static let serials = 20_000...80_000

    /// The date of a serial number; nil if it is not within 20000 to 80000.
    public func date(serial: Int) -> CalendarDate? {
        guard Self.serials.contains(serial) else { return nil }
        switch self {
        // The serials here all lie behind the imaginary day, so it shifts day 0 to 1899-12-30.
        case .year1900: return CalendarDate(daysSince1970: serial - 25_569)
        case .year1904: return CalendarDate(daysSince1970: serial - 24_107)
        }
    }
}
