/// A day of the proleptic Gregorian calendar from 0001-01-01 to 9999-12-31, without a time of day or a time zone.
///
/// Kept as the number of days since 1970-01-01, so comparing and counting days is integer arithmetic.
///
///     let date = try CalendarDate.parse("2026年3月1日")
///     date.endOfMonth.description          // "2026-03-31"
///     date.advanced(by: -1).description    // "2026-02-28"
public struct CalendarDate: Sendable, Hashable, Comparable {
    private let days: Int32

    /// 0001-01-01.
    public static let earliest = CalendarDate(unchecked: -719_162)
    /// 9999-12-31.
    public static let latest = CalendarDate(unchecked: 2_932_896)

    private init(unchecked days: Int32) {
        self.days = days
    }

    /// Makes a date from the days since 1970-01-01; nil outside the years 1 to 9999.
    public init?(daysSince1970 days: Int) {
        guard (Self.earliest.daysSince1970...Self.latest.daysSince1970).contains(days) else { return nil }
        self.days = Int32(days)
    }

    /// Makes a date; nil if there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(month, of: year)
        else { return nil }
        days = Int32(Self.days(year: year, month: month, day: day))
    }

    /// The days since 1970-01-01, negative before it.
    public var daysSince1970: Int { Int(days) }

    /// The earlier date comes first.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.days < right.days }

    /// The year, 1 to 9999.
    public var year: Int { components.year }
    /// The month, 1 to 12.
    public var month: Int { components.month }
    /// The day of the month, 1 to 31.
    public var day: Int { components.day }

    /// Year, month and day at once.
    public var components: (year: Int, month: Int, day: Int) {
        // Years are counted from 1 March, so that the leap day is the last of a year, in eras of 400 years, which all
        // have 146,097 days. Day 0 of the count is 0000-03-01.
        let count = Int(days) + 719_468
        let era = (count >= 0 ? count : count - 146_096) / 146_097
        let dayOfEra = count - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The day of the week, 1 Monday to 7 Sunday (ISO 8601).
    public var weekday: Int {
        // 1970-01-01 was a Thursday.
        let remainder = (Int(days) + 3) % 7
        return (remainder < 0 ? remainder + 7 : remainder) + 1
    }

    /// The first day of the month.
    public var startOfMonth: CalendarDate {
        CalendarDate(unchecked: days - Int32(day - 1))
    }

    /// The last day of the month.
    public var endOfMonth: CalendarDate {
        let (year, month, day) = components
        return CalendarDate(unchecked: days + Int32(Self.daysInMonth(month, of: year) - day))
    }

    /// The date some months later or earlier; the day is brought down to the last of a shorter month, so a month after
    /// 31 January is 28 or 29 February. Stops at the ends of the calendar.
    public func adding(months: Int) -> CalendarDate {
        let (year, month, day) = components
        let bounded = min(max(months, -120_000), 120_000)
        let count = year * 12 + month - 1 + bounded
        guard count >= 12 else { return .earliest }
        guard count < 10_000 * 12 else { return .latest }
        let (newYear, newMonth) = (count / 12, count % 12 + 1)
        let newDay = min(day, Self.daysInMonth(newMonth, of: newYear))
        return CalendarDate(unchecked: Int32(Self.days(year: newYear, month: newMonth, day: newDay)))
    }

    /// Whether a year has a 29 February.
    public static func isLeapYear(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The number of days of a month; 0 if the month is not 1 to 12.
    public static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: isLeapYear(year) ? 29 : 28
        default: 0
        }
    }

    private static func days(year: Int, month: Int, day: Int) -> Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = yearFromMarch / 400
        let yearOfEra = yearFromMarch - era * 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension CalendarDate: Strideable {
    /// The date some days later, or earlier if negative. Stops at the ends of the calendar.
    public func advanced(by days: Int) -> CalendarDate {
        let bounded = min(max(days, -4_000_000), 4_000_000)
        return CalendarDate(daysSince1970: daysSince1970 + bounded) ?? (bounded < 0 ? .earliest : .latest)
    }

    /// The number of days to another date, negative if it lies before this one.
    public func distance(to other: CalendarDate) -> Int {
        other.daysSince1970 - daysSince1970
    }
}

extension CalendarDate: UTF8Printable {
    /// Appends the date as ISO 8601 writes it, `2026-03-01`.
    public func write(into buffer: inout [UInt8]) {
        let (year, month, day) = components
        DecimalDigits.append(UInt64(year), width: 4, to: &buffer)
        buffer.append(UInt8(ascii: "-"))
        DecimalDigits.append(UInt64(month), width: 2, to: &buffer)
        buffer.append(UInt8(ascii: "-"))
        DecimalDigits.append(UInt64(day), width: 2, to: &buffer)
    }
}
