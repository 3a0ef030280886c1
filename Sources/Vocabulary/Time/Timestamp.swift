/// A moment: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// The domain never asks a clock: whoever calls hands the moment in. It is written as ISO 8601 in UTC
/// (`2026-11-21T08:30:00.000Z`), and shown to people in the platform's own zone.
///
/// It lies in the years 1 to 9999 of UTC, as everything that is printed must; a moment beyond stops at that end.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since the beginning of 1970, negative before it.
    public let milliseconds: Int64

    /// 0001-01-01T00:00:00.000Z.
    public static let earliest = Timestamp(unchecked: -62_135_596_800_000)
    /// 9999-12-31T23:59:59.999Z.
    public static let latest = Timestamp(unchecked: 253_402_300_799_999)

    private init(unchecked milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Makes a moment; one beyond the calendar is ``earliest`` or ``latest``.
    public init(milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.earliest.milliseconds), Self.latest.milliseconds)
    }

    /// The beginning of a day of some zone.
    /// - Parameter offset: Minutes that the zone is ahead of UTC.
    public init(startOf day: CalendarDate, offset: Int = Self.platformOffset) {
        self.init(milliseconds: (Int64(day.daysSince1970) * 1440 - Int64(offset)) * 60_000)
    }

    /// The minutes by which the zone of the platform, China Standard Time, is ahead of UTC. It has no summer time.
    public static let platformOffset = 480

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment some seconds later, earlier if negative. Stops at the ends of the calendar.
    public func advanced(bySeconds seconds: Int64) -> Timestamp {
        // Longer than the calendar, so that no sum overflows.
        let bounded = min(max(seconds, -400_000_000_000), 400_000_000_000)
        return Timestamp(milliseconds: milliseconds + bounded * 1000)
    }

    /// The day of the calendar in a zone; nil beyond the years 1 to 9999.
    /// - Parameter offset: Minutes that the zone is ahead of UTC.
    public func day(offset: Int = Self.platformOffset) -> CalendarDate? {
        CalendarDate(daysSince1970: Int(Self.floor(milliseconds + Int64(offset) * 60_000, 86_400_000).quotient))
    }

    /// Rounds the quotient down, so that moments before 1970 fall into their own day.
    private static func floor(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Timestamp: CustomStringConvertible {
    /// ISO 8601 in UTC with milliseconds, such as `2026-11-21T08:30:00.000Z`.
    public var description: String {
        let (days, rest) = Self.floor(milliseconds, 86_400_000)
        let date = CalendarDate(daysSince1970: Int(days)) ?? .latest
        return "\(date)T\(Self.clock(rest / 1000)).\(Self.padded(rest % 1000, 3))Z"
    }

    /// For people: the day and time in the platform's zone, to the minute, such as `2026-11-21 16:30`. In the last hours
    /// of the calendar the zone's new year has no number, and the day stays the last.
    public var localText: String {
        let (days, rest) = Self.floor(milliseconds + Int64(Self.platformOffset) * 60_000, 86_400_000)
        let date = CalendarDate(daysSince1970: Int(days)) ?? .latest
        return "\(date) \(Self.clock(rest / 1000).prefix(5))"
    }

    private static func clock(_ seconds: Int64) -> String {
        "\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
    }

    private static func padded(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
