import Foundation
import Testing

@testable import Spreadsheet

@Suite("Serial day numbers")
struct DateEpochTests {
    @Test("Each day of the 1900 epoch from 1900-03-01 to 9999-12-31 agrees with the calendar")
    func allDays() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withFullDate]
        // Every 97th day meets each day of the year and each kind of year.
        for serial in stride(from: 61, through: 2_958_465, by: 97) {
            // 1970-01-01 is 25569, as spreadsheets show it.
            let date = Date(timeIntervalSince1970: Double(serial - 25_569) * 86_400)
            #expect(DateEpoch.from1900.text(ofSerial: Double(serial)) == formatter.string(from: date))
        }
    }

    @Test("The borders of both epochs, the false leap day included")
    func borders() {
        #expect(DateEpoch.from1900.text(ofSerial: 59) == "1900-02-28")
        #expect(DateEpoch.from1900.text(ofSerial: 60) == "1900-02-29")
        #expect(DateEpoch.from1900.text(ofSerial: 61) == "1900-03-01")
        #expect(DateEpoch.from1900.text(ofSerial: 2_958_465) == "9999-12-31")
        #expect(DateEpoch.from1900.text(ofSerial: 2_958_466) == nil)
        #expect(DateEpoch.from1900.text(ofSerial: 0) == nil)
        #expect(DateEpoch.from1900.text(ofSerial: .nan) == nil)
        #expect(DateEpoch.from1900.text(ofSerial: -1) == nil)
        #expect(DateEpoch.from1904.text(ofSerial: 0) == "1904-01-01")
        #expect(DateEpoch.from1904.text(ofSerial: 2_957_003) == "9999-12-31")
        #expect(DateEpoch.from1904.text(ofSerial: 2_957_004) == nil)
    }

    @Test("Times are rounded to the second, over midnight if need be")
    func times() {
        #expect(DateEpoch.from1900.text(ofSerial: 0.5) == "12:00:00")
        #expect(DateEpoch.from1900.text(ofSerial: 45_657.999_999_9) == "2025-01-01")
        #expect(DateEpoch.from1900.text(ofSerial: 45_657.000_011_574) == "2024-12-31T00:00:01")
        #expect(DateEpoch.from1900.text(ofSerial: 2_958_465.999_999_9) == nil)
    }

    @Test(
        "Number formats that show dates",
        arguments: ["yyyy-mm-dd", "m/d/yy h:mm", "[$-804]yyyy\"年\"m\"月\"", "[h]:mm:ss", "mmm", "AM/PM h", "@ d"])
    func dateFormats(code: String) {
        #expect(CellStyles.isDateFormat(code))
    }

    @Test(
        "Number formats that don't",
        arguments: [
            "General", "0.00", "#,##0.00_);[Red](#,##0.00)", "0\"days\"", "[Red]0", "\\d0", "0.00E+00", "_d0",
            "*m0", "[$USD] 0", "@", "",
        ])
    func otherFormats(code: String) {
        #expect(!CellStyles.isDateFormat(code))
    }

    @Test("Built-in formats of dates are 14–22, 27–36, 45–47 and 50–58")
    func builtIn() {
        let dates = (0..<164).filter(CellStyles.isBuiltInDateFormat)
        #expect(dates == Array(14...22) + Array(27...36) + Array(45...47) + Array(50...58))
    }
}
