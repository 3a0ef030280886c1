import Foundation
import Seeded
import Testing

@testable import Vocabulary

@Suite("Moments")
struct TimestampTests {
    @Test(
        "a moment is read with its offset, as RFC 3339 writes it",
        arguments: [
            // The first four are the examples of RFC 3339, section 5.8, but for its leap seconds.
            ("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z"),
            ("1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000Z"),
            ("1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z"),
            ("1990-12-31T15:59:59-08:00", "1990-12-31T23:59:59.000Z"),
            ("2026-11-21T16:30:00+08:00", "2026-11-21T08:30:00.000Z"),
            ("2026-11-21t08:30:00z", "2026-11-21T08:30:00.000Z"),
            (" 2026-11-21T08:30:00-00:00\n", "2026-11-21T08:30:00.000Z"),
            ("2026-11-21T08:30:00.123999999Z", "2026-11-21T08:30:00.123Z"),
            ("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
            ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
            ("2024-02-29T00:00:00+23:59", "2024-02-28T00:01:00.000Z"),
        ])
    func reading(text: String, expected: String) throws {
        #expect(try Timestamp.parse(text).description == expected)
    }

    @Test(
        "what is no moment is refused, with its place",
        arguments: [
            ("", "timestamp.empty", nil), ("  ", "timestamp.empty", nil),
            (String(repeating: "2", count: 65), "timestamp.too-long", nil),
            ("yesterday", "timestamp.not-a-timestamp", 0), ("2026-11-21", "timestamp.not-a-timestamp", 10),
            ("2026-11-21 08:30:00Z", "timestamp.not-a-timestamp", 10),
            ("2026-11-21T08:30Z", "timestamp.not-a-timestamp", 16),
            ("2026-11-21T08:30:00.Z", "timestamp.not-a-timestamp", 20),
            ("2026-11-21T08:30:00.1234567890Z", "timestamp.not-a-timestamp", 29),
            ("2026-11-21T08:30:00,5Z", "timestamp.not-a-timestamp", 19),
            ("2026-11-21T08:30:00+0800", "timestamp.not-a-timestamp", 22),
            ("2026-11-21T08:30:00+08", "timestamp.not-a-timestamp", 22),
            ("2026-11-21T08:30:00ZZ", "timestamp.not-a-timestamp", 20),
            ("20261121T083000Z", "timestamp.not-a-timestamp", 4),
            ("２０２６-11-21T08:30:00Z", "timestamp.not-a-timestamp", 0),
            ("2026-02-29T00:00:00Z", "timestamp.impossible-date", 0),
            ("2026-13-01T00:00:00Z", "timestamp.impossible-date", 0),
            ("0000-01-01T00:00:00Z", "timestamp.impossible-date", 0),
            ("2026-11-21T24:00:00Z", "timestamp.impossible-time", 11),
            ("2026-11-21T08:60:00Z", "timestamp.impossible-time", 11),
            ("2026-11-21T08:30:61Z", "timestamp.impossible-time", 11),
            ("1990-12-31T23:59:60Z", "timestamp.leap-second", 17),
            ("1990-12-31T15:59:60-08:00", "timestamp.leap-second", 17),
            ("2026-11-21T08:30:00", "timestamp.no-offset", 19), ("2026-11-21T08:30:00.5 ", "timestamp.no-offset", 21),
            ("2026-11-21T08:30:00+24:00", "timestamp.impossible-offset", 19),
            ("2026-11-21T08:30:00+08:60", "timestamp.impossible-offset", 19),
            ("0001-01-01T00:00:00+08:00", "timestamp.out-of-range", 0),
            ("9999-12-31T23:59:59-00:01", "timestamp.out-of-range", 0),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) {
        let found = refusal(Timestamp.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
    }

    @Test("whatever bytes come, a moment is read or refused")
    func hostile() throws {
        try fuzz(
            seeds: ["2026-11-21T16:30:00.123+08:00", "1990-12-31T23:59:60Z"], alphabet: "0123456789-+:.TZ 年", seed: 3339
        ) { bytes throws(ParseFault) in _ = try Timestamp.parse(bytes) }
    }

    @Test("what is printed reads back, and agrees with Foundation")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 8601)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for round in 0..<5000 {
            let range = Timestamp.earliest.milliseconds...Timestamp.latest.milliseconds
            // Foundation changes to the Julian calendar before 1582, so the years that it prints are not asked there.
            let recent: ClosedRange<Int64> = -10_000_000_000_000...10_000_000_000_000
            let value = Int64.random(in: round % 2 == 0 ? range : recent, using: &generator)
            let moment = Timestamp(milliseconds: value)
            #expect(try Timestamp.parse(moment.description) == moment)
            guard recent.contains(value) else { continue }
            // Half a millisecond more, because Date counts in binary fractions and its style cuts off.
            let date = Date(timeIntervalSince1970: (Double(value) + 0.5) / 1000)
            #expect(moment.description == date.formatted(style))
        }
    }

    @Test("moments are ordered as their texts are")
    func order() {
        var generator = SeededGenerator(seed: 6)
        let moments = (0..<500).map { _ in Timestamp(milliseconds: generator.spreadInt64() >> 16) }
        #expect(moments.sorted().map(\.description) == moments.map(\.description).sorted())
    }

    @Test("no arithmetic leaves the calendar, and every moment can be printed")
    func ends() {
        #expect(Timestamp(milliseconds: .max) == .latest)
        #expect(Timestamp(milliseconds: .min) == .earliest)
        #expect(Timestamp.earliest.description == "0001-01-01T00:00:00.000Z")
        #expect(Timestamp.latest.description == "9999-12-31T23:59:59.999Z")
        let moment = Timestamp(milliseconds: 1000)
        #expect(moment.advanced(bySeconds: .max) == .latest)
        #expect(moment.advanced(bySeconds: .min) == .earliest)
        #expect(Timestamp.earliest.advanced(bySeconds: .max) == .latest)
        #expect(moment.advanced(bySeconds: -2).milliseconds == -1000)
        #expect(Timestamp.latest.day() == nil)
        #expect(Timestamp.latest.localText == "9999-12-31 07:59")
        #expect(Timestamp(startOf: .earliest) == .earliest)
    }

    @Test("a day begins at midnight of the platform's zone, eight hours before UTC")
    func days() throws {
        let day = try CalendarDate.parse("2026-03-01")
        let start = Timestamp(startOf: day)
        #expect(start.description == "2026-02-28T16:00:00.000Z")
        #expect(start.localText == "2026-03-01 00:00")
        #expect(start.day() == day)
        #expect(Timestamp(milliseconds: start.milliseconds - 1).day()?.description == "2026-02-28")
        #expect(start.day(offset: 0)?.description == "2026-02-28")
        #expect(Timestamp(startOf: day, offset: -300).description == "2026-03-01T05:00:00.000Z")
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    }
}
