/// A month, quarter, half or year for which figures are reported.
///
///     let quarter = try ReportingPeriod.parse("2026年三季度")
///     quarter.description              // "2026Q3"
///     quarter.lastDay.description      // "2026-09-30"
///     quarter.yearEarlier.description  // "2025Q3"
public struct ReportingPeriod: Sendable, Hashable {
    /// How long a period is.
    public enum Kind: Int, Sendable, Hashable, Comparable, CaseIterable {
        /// A calendar month.
        case month = 1
        /// Three months from January, April, July or October.
        case quarter = 3
        /// Six months from January or July.
        case half = 6
        /// A calendar year.
        case year = 12

        /// The number of months.
        public var months: Int { rawValue }
        /// How many such periods a year has.
        public var countInYear: Int { 12 / rawValue }
        /// The shorter kind comes first.
        public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
    }

    /// How long the period is.
    public let kind: Kind
    private let storedYear: Int16
    private let storedNumber: Int8

    /// Makes a period; nil if the year is not 1 to 9999 or the year has no such period.
    /// - Parameters:
    ///   - kind: how long the period is.
    ///   - year: the year.
    ///   - number: which of its kind within the year, from 1.
    public init?(_ kind: Kind, year: Int, number: Int = 1) {
        guard (1...9999).contains(year), (1...kind.countInYear).contains(number) else { return nil }
        self.init(unchecked: kind, year: year, number: number)
    }

    private init(unchecked kind: Kind, year: Int, number: Int) {
        self.kind = kind
        storedYear = Int16(year)
        storedNumber = Int8(number)
    }

    /// The period of a kind in which a day lies.
    public init(_ kind: Kind, containing date: CalendarDate) {
        let (year, month, _) = date.components
        self.init(unchecked: kind, year: year, number: (month - 1) / kind.months + 1)
    }

    /// The year, 1 to 9999.
    public var year: Int { Int(storedYear) }
    /// Which of its kind within the year: the month, the quarter, the half, or 1.
    public var number: Int { Int(storedNumber) }

    /// The first day.
    public var firstDay: CalendarDate {
        CalendarDate(year: year, month: (number - 1) * kind.months + 1, day: 1) ?? .earliest
    }

    /// The last day.
    public var lastDay: CalendarDate {
        CalendarDate(year: year, month: number * kind.months, day: 1)?.endOfMonth ?? .latest
    }

    /// The number of days.
    public var dayCount: Int { firstDay.distance(to: lastDay) + 1 }

    /// Whether a day lies in the period.
    public func contains(_ date: CalendarDate) -> Bool {
        firstDay <= date && date <= lastDay
    }

    /// Whether another period lies within this one.
    public func contains(_ other: ReportingPeriod) -> Bool {
        firstDay <= other.firstDay && other.lastDay <= lastDay
    }

    /// The following period of the same kind; the last of the year 9999 is followed by itself.
    public var next: ReportingPeriod { moved(by: 1) }
    /// The preceding period of the same kind; the first of the year 1 is preceded by itself.
    public var previous: ReportingPeriod { moved(by: -1) }
    /// The same period of the year before (上年同期), with which statistics compare.
    public var yearEarlier: ReportingPeriod { moved(by: -kind.countInYear) }

    /// The periods of a shorter kind that make up this one, in order; itself if the kind is not shorter.
    public func divided(into part: Kind) -> [ReportingPeriod] {
        guard part < kind else { return [self] }
        let count = kind.months / part.months
        return (0..<count).map { offset in
            ReportingPeriod(unchecked: part, year: year, number: (number - 1) * count + offset + 1)
        }
    }

    private func moved(by steps: Int) -> ReportingPeriod {
        let count = kind.countInYear
        let position = year * count + number - 1 + steps
        guard position >= count, position < 10_000 * count else { return self }
        return ReportingPeriod(unchecked: kind, year: position / count, number: position % count + 1)
    }
}

extension ReportingPeriod: Comparable {
    /// The period that begins earlier comes first; of those that begin together, the shorter.
    public static func < (left: ReportingPeriod, right: ReportingPeriod) -> Bool {
        let (leftStart, rightStart) = (left.monthIndex, right.monthIndex)
        return leftStart == rightStart ? left.kind < right.kind : leftStart < rightStart
    }

    private var monthIndex: Int { year * 12 + (number - 1) * kind.months }
}

extension ReportingPeriod: UTF8Printable {
    /// Appends the period as `2026-10`, `2026Q3`, `2026H1` or `2026`.
    public func write(into buffer: inout [UInt8]) {
        DecimalDigits.append(UInt64(year), width: 4, to: &buffer)
        switch kind {
        case .month:
            buffer.append(UInt8(ascii: "-"))
            DecimalDigits.append(UInt64(number), width: 2, to: &buffer)
        case .quarter:
            buffer.append(UInt8(ascii: "Q"))
            DecimalDigits.append(UInt64(number), to: &buffer)
        case .half:
            buffer.append(UInt8(ascii: "H"))
            DecimalDigits.append(UInt64(number), to: &buffer)
        case .year:
            break
        }
    }
}
