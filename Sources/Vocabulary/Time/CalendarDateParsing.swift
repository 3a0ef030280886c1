extension CalendarDate: UTF8Parsable {
    /// Reads a date, with spreadsheet serials counted from 1900.
    /// - Throws: ``ParseFault`` with a code `date.…`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> CalendarDate {
        try parse(bytes, epoch: .year1900)
    }

    /// Reads a date as people and spreadsheets write it: 2026-03-01, 2026/3/1, 2026.3.1, 20260301, 2026年3月1日 (also
    /// with full-width digits), each with a time of day behind it that is ignored, or a spreadsheet's serial number.
    ///
    /// Dates with two-digit years or with the day first are refused: nobody can tell what they mean.
    /// - Parameters:
    ///   - bytes: UTF-8 text of at most 64 bytes.
    ///   - epoch: from which day the spreadsheet counts serial numbers.
    /// - Throws: ``ParseFault`` with a code `date.…`.
    public static func parse(
        _ bytes: Span<UInt8>, epoch: SpreadsheetEpoch = .year1900
    ) throws(ParseFault) -> CalendarDate {
        guard bytes.count <= 64 else { throw .at(.dateTooLong, in: bytes, ["limit": "64"]) }
        var index = UTF8Reading.skipSpaces(bytes, from: 0)
        guard index < bytes.count else { throw .at(.dateEmpty, in: bytes) }

        let start = index
        let first = DigitRun(bytes, at: &index)
        let mark = UTF8Reading.folded(bytes, at: index)
        let fields: DateFields
        switch (first.count, mark.value) {
        case (4, 0x2D), (4, 0x2F), (4, 0x2E), (4, 0x5E74):
            fields = try DateFields(bytes, year: first, yearStart: start, at: &index)
        case (8, _), (14, _):
            fields = DateFields(compact: first, start: start, digitLength: (index - start) / first.count)
        case (1..., UTF8Reading.end), (1..., 0x2E), (1..., 0x20):
            return try serialDate(bytes, whole: first, start: start, at: &index, epoch: epoch)
        default:
            throw .at(.dateNotADate, in: bytes, byte: index < bytes.count ? index : start)
        }
        let date = try fields.date(in: bytes)
        if first.count != 14 { try skipTimeOfDay(bytes, at: &index) }
        guard UTF8Reading.skipSpaces(bytes, from: index) == bytes.count else {
            throw .at(.dateTrailingText, in: bytes, byte: index)
        }
        return date
    }

    /// Reads a date from a String.
    /// - Parameters:
    ///   - text: at most 64 bytes of UTF-8.
    ///   - epoch: from which day the spreadsheet counts serial numbers.
    /// - Throws: ``ParseFault`` with a code `date.…`.
    public static func parse(_ text: String, epoch: SpreadsheetEpoch) throws(ParseFault) -> CalendarDate {
        try parse(text.utf8Span.span, epoch: epoch)
    }

    /// Reads "45000" or "45000.75"; the fraction is the time of day.
    private static func serialDate(
        _ bytes: Span<UInt8>, whole: DigitRun, start: Int, at index: inout Int, epoch: SpreadsheetEpoch
    ) throws(ParseFault) -> CalendarDate {
        let point = UTF8Reading.folded(bytes, at: index)
        if point.value == 0x2E {
            index += point.length
            _ = DigitRun(bytes, at: &index)
        }
        index = UTF8Reading.skipSpaces(bytes, from: index)
        guard index == bytes.count else { throw .at(.dateNotADate, in: bytes, byte: index) }
        // Four digits and fewer look like a year, six like a month: no serial was meant.
        guard whole.count == 5 else { throw .at(.dateNotADate, in: bytes, byte: start) }
        guard let date = epoch.date(serial: whole.value) else {
            throw .at(
                .dateSerialOutOfRange, in: bytes, byte: start,
                [
                    "first": String(SpreadsheetEpoch.serials.lowerBound),
                    "last": String(SpreadsheetEpoch.serials.upperBound),
                ])
        }
        return date
    }

    /// Passes over a time of day: digits, colons, a fraction, a zone, am and pm, 时分秒. Whatever else is left over is
    /// the caller's to refuse.
    private static func skipTimeOfDay(_ bytes: Span<UInt8>, at index: inout Int) throws(ParseFault) {
        let start = index
        var cursor = index
        let separator = UTF8Reading.folded(bytes, at: cursor)
        if separator.value == 0x54 || separator.value == 0x74 {
            cursor += separator.length
        } else {
            cursor = UTF8Reading.skipSpaces(bytes, from: cursor)
            if cursor == start || cursor == bytes.count { return }
        }
        guard UTF8Reading.digit(UTF8Reading.folded(bytes, at: cursor).value) != nil else {
            throw .at(.dateTrailingText, in: bytes, byte: cursor)
        }
        while cursor < bytes.count {
            let (value, length) = UTF8Reading.folded(bytes, at: cursor)
            switch UTF8Reading.uppercased(value) {
            case 0x30...0x3A, 0x2E, 0x2B, 0x2D, 0x20, 0x5A, 0x41, 0x50, 0x4D, 0x65F6, 0x5206, 0x79D2:
                cursor += length
            default:
                throw .at(.dateTrailingText, in: bytes, byte: cursor)
            }
        }
        index = cursor
    }
}

/// A run of digits, with its value as long as it is short enough to matter.
struct DigitRun {
    private(set) var value = 0
    private(set) var count = 0

    init(_ bytes: Span<UInt8>, at index: inout Int) {
        while true {
            let (character, length) = UTF8Reading.folded(bytes, at: index)
            guard let digit = UTF8Reading.digit(character) else { return }
            // Eighteen digits fit Int; longer runs are refused by their count.
            if count < 18 { value = value * 10 + Int(digit) }
            count += 1
            index += length
        }
    }
}

/// Year, month and day as read, with where they stand.
private struct DateFields {
    private let year: Int
    private let month: Int
    private let day: Int
    private let yearStart: Int
    private let monthStart: Int
    private let dayStart: Int

    /// Splits yyyymmdd or yyyymmddhhmmss.
    init(compact run: DigitRun, start: Int, digitLength: Int) {
        let date = run.count == 14 ? run.value / 1_000_000 : run.value
        (year, month, day) = (date / 10_000, date / 100 % 100, date % 100)
        (yearStart, monthStart, dayStart) = (start, start + 4 * digitLength, start + 6 * digitLength)
    }

    /// Reads what stands behind the year, with the same separator twice or 年 and 月.
    init(_ bytes: Span<UInt8>, year: DigitRun, yearStart: Int, at index: inout Int) throws(ParseFault) {
        self.year = year.value
        self.yearStart = yearStart
        let first = UTF8Reading.folded(bytes, at: index)
        let isChinese = first.value == 0x5E74
        index += first.length
        monthStart = index
        let month = DigitRun(bytes, at: &index)
        let second = UTF8Reading.folded(bytes, at: index)
        guard (1...2).contains(month.count), second.value == (isChinese ? 0x6708 : first.value) else {
            throw .at(.dateNotADate, in: bytes, byte: index)
        }
        index += second.length
        dayStart = index
        let day = DigitRun(bytes, at: &index)
        guard (1...2).contains(day.count) else { throw .at(.dateNotADate, in: bytes, byte: index) }
        self.month = month.value
        self.day = day.value
        let suffix = UTF8Reading.folded(bytes, at: index)
        if isChinese && (suffix.value == 0x65E5 || suffix.value == 0x53F7) { index += suffix.length }
    }

    func date(in bytes: Span<UInt8>) throws(ParseFault) -> CalendarDate {
        if let date = CalendarDate(year: year, month: month, day: day) { return date }
        let arguments = ["year": String(year), "month": String(month), "day": String(day)]
        guard year > 0 else { throw .at(.dateImpossibleYear, in: bytes, byte: yearStart, arguments) }
        guard (1...12).contains(month) else {
            throw .at(.dateImpossibleMonth, in: bytes, byte: monthStart, arguments)
        }
        throw .at(.dateImpossibleDay, in: bytes, byte: dayStart, arguments)
    }
}
