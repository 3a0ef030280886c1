extension ReportingPeriod: UTF8Parsable {
    /// Reads a period: 2026-10, 2026/10, 2026.10, 202610, 2026Q3, 2026-Q3, 2026H1, 2026-H1, 2026, and in Chinese
    /// 2026年10月, 2026年三季度, 2026年第3季度, 2026年上半年, 2026年, 2026年度. Full-width forms count as their ASCII ones.
    ///
    /// After a point the month needs two digits, because a spreadsheet shows October 2026 kept as a number as 2026.1.
    /// - Parameter bytes: UTF-8 text of at most 64 bytes.
    /// - Throws: ``ParseFault`` with a code `period.…`.
    public static func parse(_ bytes: Span<UInt8>) throws(ParseFault) -> ReportingPeriod {
        guard bytes.count <= 64 else { throw .at(.periodTooLong, in: bytes, ["limit": "64"]) }
        var index = UTF8Reading.skipSpaces(bytes, from: 0)
        guard index < bytes.count else { throw .at(.periodEmpty, in: bytes) }
        let start = index
        let digits = DigitRun(bytes, at: &index)
        guard digits.count == 4 || digits.count == 6 else { throw .at(.periodNotAPeriod, in: bytes, byte: start) }

        var reader = PeriodReader(yearStart: start, numberStart: index)
        if digits.count == 6 {
            reader.numberStart = start + (index - start) / 6 * 4
            reader.take(.month, digits.value % 100)
            reader.year = digits.value / 100
        } else {
            reader.year = digits.value
            try reader.readNumber(bytes, at: &index)
        }
        guard UTF8Reading.skipSpaces(bytes, from: index) == bytes.count else {
            throw .at(.periodNotAPeriod, in: bytes, byte: index)
        }
        return try reader.period(in: bytes)
    }
}

/// Reads what stands behind the year of a period.
private struct PeriodReader {
    var year = 0
    let yearStart: Int
    var numberStart: Int
    private var kind = ReportingPeriod.Kind.year
    private var number = 1

    init(yearStart: Int, numberStart: Int) {
        self.yearStart = yearStart
        self.numberStart = numberStart
    }

    mutating func take(_ kind: ReportingPeriod.Kind, _ number: Int) {
        self.kind = kind
        self.number = number
    }

    mutating func readNumber(_ bytes: Span<UInt8>, at index: inout Int) throws(ParseFault) {
        let mark = UTF8Reading.folded(bytes, at: index)
        switch mark.value {
        case 0x5E74:  // 年
            index = UTF8Reading.skipSpaces(bytes, from: index + mark.length)
            try readChinese(bytes, at: &index)
        case 0x2D, 0x2F, 0x2E:
            index += mark.length
            numberStart = index
            if mark.value == 0x2D, readLetter(bytes, at: &index) { return }
            let month = DigitRun(bytes, at: &index)
            guard month.count == 2 || month.count == 1 && mark.value != 0x2E else {
                throw .at(.periodNotAPeriod, in: bytes, byte: numberStart)
            }
            take(.month, month.value)
        default:
            numberStart = index
            _ = readLetter(bytes, at: &index)
        }
    }

    /// Reads Q3 or H1; false if neither letter stands here.
    private mutating func readLetter(_ bytes: Span<UInt8>, at index: inout Int) -> Bool {
        let letter = UTF8Reading.folded(bytes, at: index)
        let kind: ReportingPeriod.Kind
        switch UTF8Reading.uppercased(letter.value) {
        case 0x51: kind = .quarter
        case 0x48: kind = .half
        default: return false
        }
        var cursor = index + letter.length
        let number = DigitRun(bytes, at: &cursor)
        guard number.count == 1 else { return false }
        index = cursor
        take(kind, number.value)
        return true
    }

    private mutating func readChinese(_ bytes: Span<UInt8>, at index: inout Int) throws(ParseFault) {
        numberStart = index
        let first = UTF8Reading.folded(bytes, at: index)
        switch first.value {
        case 0x5EA6:  // 年度
            index += first.length
        case 0x4E0A, 0x4E0B:  // 上半年, 下半年
            index += first.length
            guard Self.skip(0x534A, 0x5E74, bytes, at: &index) else {
                throw .at(.periodNotAPeriod, in: bytes, byte: numberStart)
            }
            take(.half, first.value == 0x4E0A ? 1 : 2)
        case UTF8Reading.end:
            return
        default:
            if first.value == 0x7B2C { index += first.length }  // 第
            try readMonthOrQuarter(bytes, at: &index, isOrdinal: first.value == 0x7B2C)
        }
    }

    /// Reads 10月, 三季度 or 3季度.
    private mutating func readMonthOrQuarter(
        _ bytes: Span<UInt8>, at index: inout Int, isOrdinal: Bool
    ) throws(ParseFault) {
        let digits = DigitRun(bytes, at: &index)
        var value = digits.value
        if digits.count == 0 {
            let numeral = UTF8Reading.scalar(bytes, at: index)
            guard let number = Self.chineseDigit(numeral.value) else {
                throw .at(.periodNotAPeriod, in: bytes, byte: index)
            }
            index += numeral.length
            value = number
        }
        if Self.skip(0x5B63, 0x5EA6, bytes, at: &index) || Self.skip(0x5B63, nil, bytes, at: &index) {
            take(.quarter, value)
        } else if !isOrdinal, (1...2).contains(digits.count), Self.skip(0x6708, nil, bytes, at: &index) {
            _ = Self.skip(0x4EFD, nil, bytes, at: &index)  // 月份
            take(.month, value)
        } else {
            throw .at(.periodNotAPeriod, in: bytes, byte: index)
        }
    }

    private static func chineseDigit(_ value: UInt32) -> Int? {
        switch value {
        case 0x4E00: 1
        case 0x4E8C: 2
        case 0x4E09: 3
        case 0x56DB: 4
        default: nil
        }
    }

    /// Passes over one or two characters if they stand here.
    private static func skip(
        _ first: UInt32, _ second: UInt32?, _ bytes: Span<UInt8>, at index: inout Int
    ) -> Bool {
        let one = UTF8Reading.scalar(bytes, at: index)
        guard one.value == first else { return false }
        var cursor = index + one.length
        if let second {
            let two = UTF8Reading.scalar(bytes, at: cursor)
            guard two.value == second else { return false }
            cursor += two.length
        }
        index = cursor
        return true
    }

    func period(in bytes: Span<UInt8>) throws(ParseFault) -> ReportingPeriod {
        if let period = ReportingPeriod(kind, year: year, number: number) { return period }
        let arguments = ["year": String(year), "number": String(number)]
        guard year > 0 else { throw .at(.periodImpossibleYear, in: bytes, byte: yearStart, arguments) }
        switch kind {
        case .month: throw .at(.periodImpossibleMonth, in: bytes, byte: numberStart, arguments)
        case .quarter: throw .at(.periodImpossibleQuarter, in: bytes, byte: numberStart, arguments)
        case .half: throw .at(.periodImpossibleHalf, in: bytes, byte: numberStart, arguments)
        case .year: throw .at(.periodImpossibleYear, in: bytes, byte: yearStart, arguments)
        }
    }
}
