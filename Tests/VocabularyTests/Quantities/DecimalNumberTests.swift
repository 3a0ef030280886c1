import Seeded
import Testing

@testable import Vocabulary

@Suite("Decimal numbers")
struct DecimalNumberTests {
    @Test(
        "numbers are read as clerks and spreadsheets write them",
        arguments: [
            ("0", 0.0), ("1,234.5", 1234.5), ("1，234.5", 1234.5), ("1 234.5", 1234.5), ("１２．５", 12.5), ("-12.5", -12.5),
            ("－１", -1), ("+3", 3), ("1.5E+7", 1.5e7), ("1.5e-7", 1.5e-7), ("35%", 0.35), ("３５％", 0.35), ("35 %", 0.35),
            (".5", 0.5), ("5.", 5), (" 7 ", 7), ("0.1", 0.1), ("0.30000000000000004", 0.30000000000000004),
            ("1.7976931348623157E308", .greatestFiniteMagnitude), ("5E-324", .leastNonzeroMagnitude), ("1E-999", 0),
            ("-0", 0),
            ("0.5306", 0.5306), ("123456789012345678901234567890", 0x1.8ee90ff6c373ep96),
        ])
    func reading(text: String, value: Double) throws {
        #expect(try DecimalNumber.parse(text) == value)
    }

    @Test("a percent sign divides, is ignored or is refused, as the column wants")
    func percent() throws {
        #expect(try DecimalNumber.parse("0.7%") == 0.007)
        #expect(try DecimalNumber.parse("35%", percentSign: .ignored) == 35)
        #expect(
            fault { () throws(ParseFault) in _ = try DecimalNumber.parse("35%", percentSign: .refused) }?.code
                == "number.percent-sign")
        let bytes = Array("35%".utf8)
        let reading = try DecimalNumber.read(bytes.span)
        #expect(reading.value == 35 && reading.hasPercentSign)
    }

    @Test(
        "what is no number is refused, with its place",
        arguments: [
            ("", "number.empty", nil), ("x", "number.not-a-number", 0), ("1,23", "number.grouping", 1),
            ("1E", "number.unexpected-character", 1), ("1.2.3", "number.unexpected-character", 3),
            ("5元", "number.unexpected-character", 1),
            ("5%%", "number.unexpected-character", 2), ("1E9999", "number.exponent", 1),
            ("1E309", "number.overflow", nil),
            ("NaN", "number.not-a-number", 0), ("inf", "number.not-a-number", 0),
            ("0x10", "number.unexpected-character", 1),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) {
        let found = fault { () throws(ParseFault) in _ = try DecimalNumber.parse(text) }
        #expect(found?.code == code && found?.position == position, "\(text)")
    }

    @Test("every Double that is printed in its shortest form reads back to itself")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 10)
        for _ in 0..<50_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            if try DecimalNumber.parse(value.description) != value { Issue.record("\(value)") }
        }
    }

    @Test("the nearest Double is found, as the standard library finds it")
    func nearest() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<50_000 {
            let digits =
                UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...60, using: &generator)
            let text = "\(digits)E\(Int.random(in: -40...40, using: &generator))"
            if try DecimalNumber.parse(text) != Double(text) { Issue.record("\(text)") }
        }
        // Exactly halfway between two Doubles, where the sticky bit decides: 2^53 + 1 and its neighbours.
        for text in [
            "9007199254740993", "9007199254740993.000000000001", "900719925474099.3E1", "9007199254740992.9999999",
        ] {
            #expect(try DecimalNumber.parse(text) == Double(text), "\(text)")
        }
    }

    @Test("hostile bytes end in a number or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(seeds: ["1,234.5", "35%", "1.5E+7", "－１２．５"], alphabet: "0123456789,.，．-－+%％eE \u{3000}", seed: 12) {
            bytes throws(ParseFault) in _ = try DecimalNumber.parse(bytes)
        }
    }
}

@Suite("Printing decimals")
struct DecimalWritingTests {
    private func printed(_ value: Double?, _ digits: Int) -> String {
        var buffer: [UInt8] = []
        appendDecimal(value, fractionDigits: digits, to: &buffer)
        return String(decoding: buffer, as: UTF8.self)
    }

    @Test(
        "numbers are rounded half away from zero on their shortest decimal form",
        arguments: [
            (0.0, 2, "0.00"), (1, 0, "1"), (1.5, 0, "2"), (2.5, 0, "3"), (-2.5, 0, "-3"), (0.5, 0, "1"), (0.49, 0, "0"),
            (1.005, 2, "1.01"), (2.675, 2, "2.68"), (1.115, 2, "1.12"), (-1.005, 2, "-1.01"), (0.125, 2, "0.13"),
            (1234.5, 2, "1234.50"), (0.1 + 0.2, 17, "0.30000000000000004"), (0.1, 3, "0.100"), (999.995, 2, "1000.00"),
            (-0.0, 2, "0.00"), (-0.004, 2, "0.00"), (-0.005, 2, "-0.01"), (1e-7, 2, "0.00"),
            (.leastNonzeroMagnitude, 18, "0.000000000000000000"),
            (1e21, 1, "1000000000000000000000.0"), (123_456_789_012_345_680, 2, "123456789012345680.00"),
            (1234567890123.45, 1, "1234567890123.5"), (1e15 + 0.5, 0, "1000000000000001"),
            (1e18, 18, "1000000000000000000.000000000000000000"),
            (0.045, 2, "0.05"), (8.345, 2, "8.35"), (4503599627370497.5, 0, "4503599627370498"), (1.5, -3, "2"),
        ] as [(Double, Int, String)])
    func rounding(value: Double, digits: Int, text: String) {
        #expect(printed(value, digits) == text)
    }

    @Test("a missing number, NaN and the infinities print nothing")
    func nothing() {
        #expect(printed(nil, 2).isEmpty && printed(.nan, 2).isEmpty)
        #expect(printed(.infinity, 2).isEmpty && printed(-.infinity, 2).isEmpty)
    }

    @Test("the largest number prints all its 309 digits")
    func largest() {
        let text = printed(.greatestFiniteMagnitude, 1)
        #expect(text.count == 311 && text.hasPrefix("17976931348623157000") && text.hasSuffix("0.0"))
    }

    @Test("the quick way and the way over the shortest digits agree")
    func agreement() throws {
        var generator = SeededGenerator(seed: 13)
        for _ in 0..<30_000 {
            let scale = [1.0, 1e-3, 1e3, 1e6, 1e9][Int.random(in: 0..<5, using: &generator)]
            let value = Double.random(in: -1...1, using: &generator) * scale
            let digits = Int.random(in: 0...6, using: &generator)
            // Rounding the shortest decimal text by hand, with money's exact arithmetic as the yardstick.
            let exact = try Money.parse(String(format(value)) + "E\(digits - 2)")
            let expected = exact.fen
            let text = printed(value, digits).filter { $0 != "." }
            if Int64(text) != expected { Issue.record("\(value) with \(digits): \(printed(value, digits))") }
        }
    }

    private func format(_ value: Double) -> String {
        // The description may have an exponent of its own; move it out of the way of ours.
        var buffer: [UInt8] = []
        appendDecimal(value, fractionDigits: 18, to: &buffer)
        let plain = String(decoding: buffer, as: UTF8.self)
        return value.description.contains("e") ? plain : value.description
    }
}
