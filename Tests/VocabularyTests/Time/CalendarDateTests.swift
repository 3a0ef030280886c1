import Seeded
import Testing

@testable import Vocabulary

@Suite("Dates")
struct CalendarDateTests {
    @Test(
        "dates are read as clerks and spreadsheets write them",
        arguments: [
            "2026-03-01", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日", "2026年03月01日", "2026年3月1", "2026年3月1号",
            "２０２６－０３－０１", "２０２６年３月１日", "2026-3-1 ", " 2026-03-01", "2026-03-01 00:00:00", "2026-03-01T00:00:00Z",
            "2026-03-01T08:30:00.123+08:00", "2026/3/1 0:00", "2026/3/1 12:00 PM", "20260301000000", "20260301 120000",
            "2026年3月1日 8时30分", "46082", "46082.0", "46082.75", "４６０８２",
        ])
    func reading(text: String) throws {
        #expect(try CalendarDate.parse(text).description == "2026-03-01")
    }

    @Test("spreadsheet serials count from 1900 with its false leap day, or from 1904")
    func serials() throws {
        // As spreadsheets show it: 2007-12-31 is 39447 in the 1900 system and, 1,462 days less, 37985 in the 1904 one.
        #expect(try CalendarDate.parse("39447").description == "2007-12-31")
        #expect(try CalendarDate.parse("37985", epoch: .year1904).description == "2007-12-31")
        #expect(try CalendarDate.parse("20000").description == "1954-10-03")
        #expect(try CalendarDate.parse("80000").description == "2119-01-11")
        for serial in SpreadsheetEpoch.serials {
            let early = try #require(SpreadsheetEpoch.year1900.date(serial: serial))
            let late = try #require(SpreadsheetEpoch.year1904.date(serial: serial))
            if early.distance(to: late) != 1462 { Issue.record("\(serial)") }
        }
        #expect(SpreadsheetEpoch.year1900.date(serial: 19_999) == nil)
    }

    @Test(
        "what is no date is refused, with its place",
        arguments: [
            ("", "date.empty", nil), ("today", "date.not-a-date", 0), ("2026", "date.not-a-date", 0),
            ("202603", "date.not-a-date", 0),
            ("2026-03", "date.not-a-date", 7), ("2026-3/1", "date.not-a-date", 6), ("26-03-01", "date.not-a-date", 2),
            ("1/3/2026", "date.not-a-date", 1), ("2026-13-01", "date.impossible-month", 5),
            ("2026-00-01", "date.impossible-month", 5),
            ("2026-02-29", "date.impossible-day", 8), ("20260230", "date.impossible-day", 6),
            ("2026年4月31日", "date.impossible-day", 7),
            ("0000-01-01", "date.impossible-year", 0), ("2026-03-01x", "date.trailing-text", 10),
            ("2026-03-01 x", "date.trailing-text", 11),
            ("2026-03-01T", "date.trailing-text", 11), ("2026-03-01 8点", "date.trailing-text", 12),
            ("2026-03-001", "date.not-a-date", 11),
            ("12345", "date.serial-out-of-range", 0), ("80001", "date.serial-out-of-range", 0),
            ("99999.5", "date.serial-out-of-range", 0),
            ("-46082", "date.not-a-date", 0), ("2026-03-01-02", "date.trailing-text", 10),
            ("2026 03 01", "date.not-a-date", 5),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) {
        let found = refusal(CalendarDate.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
    }

    @Test("a text of more than 64 bytes is refused before it is read")
    func length() {
        let text = "2026-03-01" + String(repeating: " ", count: 60)
        #expect(refusal(CalendarDate.self, text)?.code == "date.too-long")
    }

    @Test("every day of the calendar follows the one before by the rules of the Gregorian calendar, and reads back")
    func everyDay() throws {
        var (year, month, day) = (1, 1, 1)
        var buffer: [UInt8] = []
        for days in CalendarDate.earliest.daysSince1970...CalendarDate.latest.daysSince1970 {
            guard let date = CalendarDate(daysSince1970: days) else {
                Issue.record("\(days)")
                return
            }
            let parts = date.components
            if parts != (year, month, day) || CalendarDate(year: year, month: month, day: day) != date {
                Issue.record("\(date)")
                return
            }
            if days % 97 == 0 {
                buffer.removeAll(keepingCapacity: true)
                date.write(into: &buffer)
                if try CalendarDate.parse(buffer.span) != date { Issue.record("\(date)") }
            }
            day += 1
            if day > CalendarDate.daysInMonth(month, of: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (10_000, 1, 1))
    }

    @Test("known days have known numbers and weekdays")
    func knownDays() throws {
        #expect(CalendarDate(year: 1970, month: 1, day: 1)?.daysSince1970 == 0)
        #expect(CalendarDate(year: 2000, month: 3, day: 1)?.daysSince1970 == 11_017)
        // 1 January 2000 was a Saturday, 1 January 1970 a Thursday (ISO 8601 counts from Monday).
        #expect(CalendarDate(year: 2000, month: 1, day: 1)?.weekday == 6)
        #expect(CalendarDate(year: 1970, month: 1, day: 1)?.weekday == 4)
        #expect(CalendarDate(year: 1900, month: 2, day: 29) == nil)
        #expect(CalendarDate(year: 2000, month: 2, day: 29) != nil)
        #expect(CalendarDate(year: 2026, month: 13, day: 1) == nil)
        #expect(CalendarDate(daysSince1970: 2_932_897) == nil)
        #expect(CalendarDate.earliest.description == "0001-01-01" && CalendarDate.latest.description == "9999-12-31")
    }

    @Test("days and months are counted, and month ends are kept within the month")
    func arithmetic() throws {
        let date = try CalendarDate.parse("2024-01-31")
        #expect(date.advanced(by: 1).description == "2024-02-01")
        #expect(date.adding(months: 1).description == "2024-02-29")
        #expect(date.adding(months: 13).description == "2025-02-28")
        #expect(date.adding(months: -2).description == "2023-11-30")
        #expect(date.adding(months: .max) == .latest && date.adding(months: .min) == .earliest)
        #expect(date.advanced(by: .max) == .latest && date.advanced(by: .min) == .earliest)
        #expect(
            date.startOfMonth.description == "2024-01-01"
                && date.adding(months: 1).endOfMonth.description == "2024-02-29")
        #expect(date.distance(to: try CalendarDate.parse("2024-03-01")) == 30)
        #expect(try date < CalendarDate.parse("2024-02-01"))
        #expect((date.year, date.month, date.day) == (2024, 1, 31))
        var generator = SeededGenerator(seed: 40)
        for _ in 0..<5_000 {
            let start = CalendarDate.earliest.advanced(by: Int.random(in: 0...3_600_000, using: &generator))
            let days = Int.random(in: -1000...1000, using: &generator)
            let end = start.advanced(by: days)
            if end != .earliest && end != .latest { #expect(start.distance(to: end) == days) }
            #expect(start.endOfMonth.advanced(by: 1).day == 1 || start.endOfMonth == .latest)
        }
    }

    @Test("hostile bytes end in a date or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(
            seeds: ["2026-03-01", "2026年3月1日", "20260301", "46082.75", "2026-03-01T08:30:00Z"],
            alphabet: "0123456789-/.年月日号 :TZ０９", seed: 41
        ) { bytes throws(ParseFault) in
            let date = try CalendarDate.parse(bytes)
            if try CalendarDate.parse(date.description) != date { Issue.record("\(date)") }
        }
    }
}
