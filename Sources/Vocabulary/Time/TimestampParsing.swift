extension Timestamp: UTF8Parsable {
    /// Reads a moment as RFC 3339 writes it: `2026-11-21T16:30:00+08:00`, `2026-11-21T08:30:00.123Z`.
    ///
    /// Up to nine digits of a second are read; what is finer than a millisecond is cut off, so that a moment never moves
    /// into the future. `-00:00`, a place unknown to the writer, counts as UTC. This is what machines write, so nothing is
    /// guessed: without an offset it is refused.
    /// - Parameter bytes: UTF-8 text of at most 64 bytes.
    /// - Throws: ``ParseFault`` with a code `timestamp.…`; a leap second (`:60`) has a code of its own, because it is a
    ///   moment that the platform cannot keep.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> Timestamp {
        guard bytes.count <= 64 else { throw .at(.timestampTooLong, in: bytes, ["limit": "64"]) }
        var reader = TimestampReader(start: UTF8Reading.skipSpaces(bytes, from: 0))
        guard reader.index < bytes.count else { throw .at(.timestampEmpty, in: bytes) }
        let date = try reader.date(bytes)
        try reader.mark(bytes, "T", "t")
        let time = try reader.time(bytes)
        let offset = try reader.offset(bytes)
        guard UTF8Reading.skipSpaces(bytes, from: reader.index) == bytes.count else {
            throw .at(.timestampNotATimestamp, in: bytes, byte: reader.index)
        }
        let milliseconds = Int64(date.daysSince1970) * 86_400_000 + Int64(time - offset * 60_000)
        let moment = Timestamp(milliseconds: milliseconds)
        guard moment.milliseconds == milliseconds else {
            throw .at(.timestampOutOfRange, in: bytes, byte: reader.start)
        }
        return moment
    }
}

/// Reads the fields of RFC 3339, section 5.6, one after the other.
private struct TimestampReader {
    let start: Int
    var index: Int

    init(start: Int) {
        self.start = start
        index = start
    }

    /// The only digits here are ASCII, and there are as many as the grammar says.
    private mutating func number(_ bytes: Span<UInt8>, digits: Int) throws(ParseFault) -> Int {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit(bytes) else { throw .at(.timestampNotATimestamp, in: bytes, byte: index) }
            value = value * 10 + digit
            index += 1
        }
        return value
    }

    private func digit(_ bytes: Span<UInt8>) -> Int? {
        guard index < bytes.count else { return nil }
        return UTF8Reading.digit(UInt32(bytes[index])).map(Int.init)
    }

    mutating func mark(_ bytes: Span<UInt8>, _ marks: Unicode.Scalar...) throws(ParseFault) {
        guard index < bytes.count, marks.contains(Unicode.Scalar(bytes[index])) else {
            throw .at(.timestampNotATimestamp, in: bytes, byte: index)
        }
        index += 1
    }

    mutating func date(_ bytes: Span<UInt8>) throws(ParseFault) -> CalendarDate {
        let year = try number(bytes, digits: 4)
        try mark(bytes, "-")
        let month = try number(bytes, digits: 2)
        try mark(bytes, "-")
        let day = try number(bytes, digits: 2)
        guard let date = CalendarDate(year: year, month: month, day: day) else {
            throw .at(.timestampImpossibleDate, in: bytes, byte: start)
        }
        return date
    }

    /// Milliseconds since midnight.
    mutating func time(_ bytes: Span<UInt8>) throws(ParseFault) -> Int {
        let start = index
        let hour = try number(bytes, digits: 2)
        try mark(bytes, ":")
        let minute = try number(bytes, digits: 2)
        try mark(bytes, ":")
        let secondStart = index
        let second = try number(bytes, digits: 2)
        guard hour < 24, minute < 60, second <= 60 else { throw .at(.timestampImpossibleTime, in: bytes, byte: start) }
        guard second < 60 else { throw .at(.timestampLeapSecond, in: bytes, byte: secondStart) }
        var milliseconds = ((hour * 60 + minute) * 60 + second) * 1000
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            milliseconds += try fraction(bytes)
        }
        return milliseconds
    }

    /// One to nine digits behind the point, as whole milliseconds.
    private mutating func fraction(_ bytes: Span<UInt8>) throws(ParseFault) -> Int {
        var (milliseconds, weight, count) = (0, 100, 0)
        while let digit = digit(bytes), count < 9 {
            milliseconds += digit * weight
            weight /= 10
            count += 1
            index += 1
        }
        guard count > 0 else { throw .at(.timestampNotATimestamp, in: bytes, byte: index) }
        return milliseconds
    }

    /// Minutes ahead of UTC.
    mutating func offset(_ bytes: Span<UInt8>) throws(ParseFault) -> Int {
        let start = index
        guard UTF8Reading.skipSpaces(bytes, from: index) < bytes.count else {
            throw .at(.timestampNoOffset, in: bytes, byte: index)
        }
        if bytes[index] | 0x20 == UInt8(ascii: "z") {
            index += 1
            return 0
        }
        let isBehind = bytes[index] == UInt8(ascii: "-")
        try mark(bytes, "+", "-")
        let hour = try number(bytes, digits: 2)
        try mark(bytes, ":")
        let minute = try number(bytes, digits: 2)
        guard hour < 24, minute < 60 else { throw .at(.timestampImpossibleOffset, in: bytes, byte: start) }
        return (isBehind ? -1 : 1) * (hour * 60 + minute)
    }
}
