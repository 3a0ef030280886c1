/// Turns a spreadsheet's serial day numbers into dates (ECMA-376 part 1, section 18.17.4.1).
enum DateEpoch {
    /// Day 1 is 1900-01-01, and there is a day 60, 1900-02-29, that the calendar never had.
    case from1900
    /// Day 0 is 1904-01-01.
    case from1904

    private static let secondsPerDay = 86_400
    /// 9999-12-31 as a serial number of the 1900 epoch.
    private static let lastDay = 2_958_465

    /// The text of a serial number: `yyyy-mm-dd`, with `Thh:mm:ss` if it has a time of day, or `hh:mm:ss` alone for
    /// a fraction of a day; seconds are rounded half up. Nil if the number is no date of this epoch.
    func text(ofSerial serial: Double) -> String? {
        guard serial.isFinite, serial >= 0, serial < Double(Self.lastDay + 1) else { return nil }
        var day = Int(serial)
        var second = Int(((serial - Double(day)) * Double(Self.secondsPerDay)).rounded())
        if second == Self.secondsPerDay {
            day += 1
            second = 0
        }
        let hasDay = self == .from1904 || day > 0
        guard hasDay || second > 0 else { return nil }
        var text = ""
        if serial >= 1 || second == 0 {
            guard let date = dateText(ofDay: day) else { return nil }
            text = date
            if second == 0 { return text }
            text += "T"
        }
        return text
            + "\(Self.padded(second / 3600, 2)):\(Self.padded(second / 60 % 60, 2)):\(Self.padded(second % 60, 2))"
    }

    private func dateText(ofDay day: Int) -> String? {
        let daysSince1900: Int
        switch self {
        case .from1900:
            if day == 60 { return "1900-02-29" }
            daysSince1900 = day < 60 ? day - 1 : day - 2
        case .from1904:
            // From 1900-01-01 to 1904-01-01 there are 4 × 365 days, for 1900 was no leap year.
            daysSince1900 = day + 1460
        }
        guard daysSince1900 >= 0 else { return nil }
        // From 1600-03-01 to 1900-01-01 there are 109,513 days. Years are counted from March, so that a leap day
        // is the last day of its year.
        return Self.text(daysSinceMarch1600: daysSince1900 + 109_513)
    }

    /// A Gregorian date from the days since 1600-03-01, the start of a 400-year cycle of 146,097 days.
    private static func text(daysSinceMarch1600 days: Int) -> String? {
        let cycle = days / 146_097
        let dayOfCycle = days % 146_097
        let century = min(dayOfCycle / 36_524, 3)
        let dayOfCentury = dayOfCycle - century * 36_524
        let leapSpan = dayOfCentury / 1_461
        let dayOfSpan = dayOfCentury % 1_461
        let yearOfSpan = min(dayOfSpan / 365, 3)
        let dayOfYear = dayOfSpan - yearOfSpan * 365
        // From March on, five months have 153 days in the pattern 31, 30, 31, 30, 31.
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = 1600 + cycle * 400 + century * 100 + leapSpan * 4 + yearOfSpan + (month <= 2 ? 1 : 0)
        guard year <= 9999 else { return nil }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
