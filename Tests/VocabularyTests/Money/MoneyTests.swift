import Seeded
import Testing

@testable import Vocabulary

@Suite("Money")
struct MoneyTests {
    @Test(
        "amounts are read as clerks and spreadsheets write them",
        arguments: [
            ("0", 0), ("1", 100), ("1234567.80", 123_456_780), ("1,234,567.8", 123_456_780),
            ("1，234，567.8", 123_456_780),
            ("1 234 567.8", 123_456_780), ("1\u{A0}234\u{A0}567.8", 123_456_780), ("1\u{3000}234", 123_400),
            ("+12.5", 1250), ("-12.5", -1250), ("－１２．５", -1250), ("\u{2212}12.5", -1250), ("１，２３４．５６", 123_456),
            ("¥100", 10_000), ("￥100.01", 10_001), ("RMB 1,000", 100_000), ("cny100", 10_000), ("人民币100元", 10_000),
            ("-¥5", -500), ("¥-5", -500), ("¥ (5)", -500), ("ＲＭＢ５", 500),
            ("(1,200.50)", -120_050), ("（1,200.50）", -120_050), ("(5元)", -500), ("(5)元", -500), ("( ¥5 )", -500),
            ("3.5万", 3_500_000), ("3.5万元", 3_500_000), ("3.5 百万元", 350_000_000), ("2百万", 200_000_000),
            ("1.2亿", 12_000_000_000), ("1.2亿元", 12_000_000_000), ("100圆", 10_000),
            ("1.5E+7", 1_500_000_000), ("1.5e7", 1_500_000_000), ("1.5E-1", 15), ("15E0", 1500),
            ("1.5E+3万元", 1_500_000_000),
            (".5", 50), ("5.", 500), ("  7  ", 700), ("\t7\r\n", 700), ("007", 700), ("-0", 0), ("0.00E+00", 0),
            ("00000000000000000000000000000000000000000000000000000000001", 100),
        ])
    func reading(text: String, fen: Int64) throws {
        #expect(try Money.parse(text).fen == fen)
    }

    @Test(
        "digits beyond the fen are rounded once, half away from zero",
        arguments: [
            ("0.004", 0), ("0.005", 1), ("-0.005", -1), ("0.0049999999999999999999999999999999999999", 0),
            ("0.994", 99), ("0.995", 100), ("1.005", 101), ("2.675", 268), ("1.115", 112), ("1.0050000000000001", 101),
            ("0.0000015万元", 2), ("0.00000149万元", 1), ("5E-3", 1), ("4.9E-3", 0), ("1E-999", 0),
        ])
    func rounding(text: String, fen: Int64) throws {
        #expect(try Money.parse(text).fen == fen)
    }

    @Test("the unit of the column counts unless the value names its own")
    func units() throws {
        #expect(try Money.parse("3.5", unit: .tenThousandYuan).fen == 3_500_000)
        #expect(try Money.parse("3.5", unit: .millionYuan).fen == 350_000_000)
        #expect(try Money.parse("3.5", unit: .hundredMillionYuan).fen == 35_000_000_000)
        #expect(try Money.parse("3.5元", unit: .hundredMillionYuan).fen == 350)
        #expect(try Money.parse("3.5亿", unit: .yuan).fen == 35_000_000_000)
    }

    @Test(
        "what is no amount is refused, with its place",
        arguments: [
            ("", "money.empty", nil), ("   ", "money.empty", nil), ("\u{3000}", "money.empty", nil),
            ("-", "money.not-a-number", 1), ("abc", "money.not-a-number", 0), ("元", "money.not-a-number", 0),
            (".", "money.not-a-number", 0), ("¥¥5", "money.not-a-number", 1), (",123", "money.not-a-number", 0),
            ("1,23,4", "money.grouping", 1), ("1,2345", "money.grouping", 1), ("12,34", "money.grouping", 2),
            ("1,234,56", "money.grouping", 5), ("1,234 567", "money.grouping", 5), ("0,123", "money.grouping", 1),
            ("1234,567", "money.grouping", 4), ("1,", "money.grouping", 1), ("1,234,", "money.grouping", 5),
            ("1 23", "money.grouping", 1), ("1,,234", "money.grouping", 1),
            ("1.2.3", "money.unexpected-character", 3), ("1.234,5", "money.unexpected-character", 5),
            ("1E", "money.unexpected-character", 1), ("12abc", "money.unexpected-character", 2),
            ("5%", "money.unexpected-character", 1),
            ("1E+1234", "money.exponent", 1), ("--5", "money.two-signs", 1), ("-(5)", "money.two-signs", 1),
            ("(-5)", "money.two-signs", 1), ("(5", "money.parenthesis", 0), ("5)", "money.parenthesis", 1),
            ("((5))", "money.parenthesis", 1), ("5千", "money.unknown-unit", 1), ("5美元", "money.unknown-unit", 1),
            ("5百", "money.unknown-unit", 1), ("5万元元", "money.unknown-unit", 3),
            ("5\u{0}", "money.unexpected-character", 1),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) throws {
        let found = try #require(refusal(Money.self, text), "\(text)")
        #expect(found.code == code)
        #expect(found.position == position)
    }

    @Test("the largest and smallest amounts are read and the next ones are faults")
    func extremes() throws {
        #expect(try Money.parse("92233720368547758.07").fen == .max)
        #expect(try Money.parse("92233720368547758.074999").fen == .max)
        #expect(try Money.parse("-92233720368547758.08").fen == .min)
        for text in [
            "92233720368547758.08", "92233720368547758.075", "-92233720368547758.09", "1E17", "922337204亿", "1E+999",
            "99999999999999999999999999999999999999999999",
        ] {
            #expect(refusal(Money.self, text)?.code == "money.overflow", "\(text)")
        }
    }

    @Test("a cell of more than 64 bytes is refused before it is read")
    func length() throws {
        #expect(try Money.parse(String(repeating: "0", count: 64)) == .zero)
        let found = refusal(Money.self, String(repeating: "0", count: 65))
        #expect(found?.code == "money.too-long")
    }

    @Test("printed amounts read back to themselves")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 1)
        for fen in [0, 1, -1, 5, 99, 100, -100, .max, .min] + (0..<20_000).map({ _ in generator.spreadInt64() }) {
            let money = Money(fen: fen)
            #expect(try Money.parse(money.description) == money)
            var buffer: [UInt8] = []
            money.write(into: &buffer)
            #expect(try Money.parse(buffer.span) == money)
            // 亿元 with ten decimals, ten thousand with six and so on state every amount exactly.
            for unit in MoneyUnit.allCases {
                let text = money.formatted(in: unit, fractionDigits: unit.powerOfTen + 2)
                #expect(try Money.parse(text, unit: unit) == money, "\(text)")
                #expect(try Money.parse(text + unit.symbol) == money)
            }
        }
    }

    @Test("amounts are printed with two decimals")
    func printing() {
        #expect(Money(fen: 123_456_780).description == "1234567.80")
        #expect(Money(fen: -5).description == "-0.05")
        #expect(Money(fen: 0).description == "0.00")
        #expect(Money(fen: .min).description == "-92233720368547758.08")
    }

    @Test("statements show amounts in their unit, rounded half away from zero, with separators")
    func formatting() {
        let money = Money(fen: 123_456_780)
        #expect(money.formatted(in: .yuan) == "1,234,567.80")
        #expect(money.formatted(in: .tenThousandYuan) == "123.46")
        #expect(money.formatted(in: .tenThousandYuan, fractionDigits: 6) == "123.456780")
        #expect(money.formatted(in: .hundredMillionYuan, fractionDigits: 4) == "0.0123")
        #expect(money.formatted(in: .yuan, fractionDigits: 0) == "1,234,568")
        #expect(Money(fen: -50).formatted(in: .yuan, fractionDigits: 0) == "-1")
        #expect(Money(fen: -49).formatted(in: .yuan, fractionDigits: 0) == "0")
        #expect(Money(fen: .max).formatted(in: .yuan, fractionDigits: 99) == "92,233,720,368,547,758.0700000000")
        #expect(Money(fen: .max).formatted(in: .yuan, fractionDigits: -1) == "92,233,720,368,547,758")
    }

    @Test("addition and subtraction are exact or an error")
    func addition() throws {
        #expect(try Money(fen: 1).adding(Money(fen: 2)) == Money(fen: 3))
        #expect(try Money(fen: 1).subtracting(Money(fen: 2)) == Money(fen: -1))
        #expect(throws: MoneyOverflow(operation: .addition, left: Money(fen: .max).description, right: "0.01")) {
            try Money(fen: .max).adding(Money(fen: 1))
        }
        #expect(throws: MoneyOverflow.self) { try Money(fen: .min).subtracting(Money(fen: 1)) }
        #expect(try Money.sum([Money(fen: 1), Money(fen: 2), Money(fen: 3)]) == Money(fen: 6))
        #expect(try Money.sum([]) == .zero)
    }

    @Test("addition is commutative and associative and undone by subtraction")
    func algebra() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<5_000 {
            let (a, b, c) = (
                Money(fen: generator.spreadInt64() / 4), Money(fen: generator.spreadInt64() / 4),
                Money(fen: generator.spreadInt64() / 4)
            )
            #expect(try a.adding(b) == b.adding(a))
            #expect(try a.adding(b).adding(c) == a.adding(b.adding(c)))
            #expect(try a.adding(b).subtracting(b) == a)
            #expect((a < b) == (a.fen < b.fen))
        }
    }

    @Test("a share is rounded once, half away from zero")
    func multiplication() throws {
        #expect(try Money(fen: 100).multiplied(by: Ratio(1, over: 3)).fen == 33)
        #expect(try Money(fen: 200).multiplied(by: Ratio(1, over: 3)).fen == 67)
        #expect(try Money(fen: 1).multiplied(by: Ratio(1, over: 2)).fen == 1)
        #expect(try Money(fen: -1).multiplied(by: Ratio(1, over: 2)).fen == -1)
        #expect(try Money(fen: 1).multiplied(by: Ratio(-1, over: 2)).fen == -1)
        #expect(try Money(fen: .max).multiplied(by: .one).fen == .max)
        #expect(try Money(fen: .min).multiplied(by: .one).fen == .min)
        #expect(throws: MoneyOverflow.self) { try Money(fen: .max).multiplied(by: Ratio(2, over: 1)) }
        #expect(throws: MoneyOverflow.self) { try Money(fen: .min).multiplied(by: Ratio(-1, over: 1)) }
    }

    @Test("no share differs from the exact product by more than half a fen")
    func multiplicationBound() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<5_000 {
            let money = Money(fen: generator.spreadInt64() / 8)
            let denominator = Int64.random(in: 1...(1 << 40), using: &generator)
            let numerator = Int64.random(in: -denominator...denominator, using: &generator)
            let ratio = Ratio(numerator, over: denominator)
            let share = try money.multiplied(by: ratio)
            let error = Int128(share.fen) * Int128(ratio.denominator) - Int128(money.fen) * Int128(ratio.numerator)
            #expect(error.magnitude * 2 <= UInt128(ratio.denominator))
        }
    }

    @Test("hostile bytes end in an amount or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(
            seeds: ["1,234,567.80", "（1,200.50）", "￥１２３．４万元", "1.5E+7", "人民币 1.2亿元", "-0.005"],
            alphabet: "0123456789,.，．-－+()（）¥￥RMBCNY人民币元万百亿eE \u{3000}\u{A0}%", seed: 4
        ) { bytes throws(ParseFault) in
            let money = try Money.parse(bytes)
            _ = try Money.parse(money.description)
        }
    }
}

@Suite("Ratios")
struct RatioTests {
    @Test("ratios are kept in lowest terms with a positive denominator")
    func lowestTerms() {
        #expect(Ratio(numerator: 2, denominator: -4) == Ratio(-1, over: 2))
        #expect(Ratio(numerator: 0, denominator: 7) == .zero)
        #expect(Ratio(numerator: 1, denominator: 0) == nil)
        #expect(Ratio(numerator: .min, denominator: 1) == nil)
        #expect(Money(fen: 50).ratio(to: Money(fen: 200)) == Ratio(1, over: 4))
        #expect(Money(fen: 50).ratio(to: .zero) == nil)
        #expect(Ratio(1, over: 4).doubleValue == 0.25)
    }

    @Test("ratios compare exactly")
    func order() {
        #expect(Ratio(1, over: 3) < Ratio(333_333_333_333_333_334, over: 1_000_000_000_000_000_000))
        #expect(Ratio(333_333_333_333_333_333, over: 1_000_000_000_000_000_000) < Ratio(1, over: 3))
        #expect(Ratio(-1, over: 2) < .zero)
    }

    @Test("percentages and decimals are read exactly")
    func reading() throws {
        #expect(try Ratio.parse("35%") == Ratio(7, over: 20))
        #expect(try Ratio.parse("0.35") == Ratio(7, over: 20))
        #expect(try Ratio.parse("-１２．５％") == Ratio(-1, over: 8))
        #expect(try Ratio.parse("1E3") == Ratio(1000, over: 1))
        #expect(try Ratio.parse("0.10000000000000000000000000") == Ratio(1, over: 10))
        #expect(try Ratio.parse("0").description == "0/1")
        for text in ["0.1234567890123456789", "1E19", "1E18E", "9223372036854775808"] {
            #expect(refusal(Ratio.self, text) != nil, "\(text)")
        }
    }

    @Test("hostile bytes end in a ratio or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(seeds: ["35%", "0.35", "1E3", "-12.5％"], alphabet: "0123456789.,-+%eE ", seed: 5) {
            bytes throws(ParseFault) in _ = try Ratio.parse(bytes)
        }
    }
}
