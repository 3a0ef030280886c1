import Seeded
import Testing

@testable import Vocabulary

@Suite("Quantities")
struct QuantityTests {
    @Test("quantities are added in the unit of the first")
    func addition() throws {
        let sum = try Quantity.parse("1 MWh").adding(Quantity.parse("500 kWh"))
        #expect(sum.value == 1.5 && sum.unit.symbol == "MWh")
        #expect(try Quantity.parse("1 MWh").subtracting(Quantity.parse("500 kWh")).value == 0.5)
        #expect(try Quantity.parse("100 万kW").adding(Quantity.parse("1 GW")).description == "200 万kW")
    }

    @Test("tonnes of coal and tonnes of CO2 are never added")
    func mismatch() throws {
        let coal = try Quantity.parse("1 tce")
        let carbon = try Quantity.parse("1 tCO2e")
        #expect(throws: DimensionMismatch(left: coal.unit, right: carbon.unit)) { try coal.adding(carbon) }
        #expect(throws: DimensionMismatch.self) { try coal.converted(to: carbon.unit) }
        #expect(throws: DimensionMismatch(left: coal.unit, right: carbon.unit)) { try coal.compared(to: carbon) }
        #expect(throws: DimensionMismatch.self) { try Quantity.parse("1 kW").adding(Quantity.parse("1 kWh")) }
        #expect(throws: DimensionMismatch.self) { try Quantity.parse("1 t").adding(carbon) }
    }

    @Test("generation times the grid's emission factor is the emission avoided")
    func gridFactor() throws {
        // 0.5306 kgCO2/kWh: national average of 2023, announcement 2025 No. 47 of MEE and NBS.
        let energy = try Quantity.parse("12 万kWh")
        let factor = try Quantity.parse("0.5306 kgCO2/kWh")
        let avoided = try energy.multiplied(by: factor).converted(to: Unit.parse("tCO2e"))
        #expect(abs(avoided.value - 63.672) < 1e-12)
        #expect(try factor.converted(to: Unit.parse("tCO2/MWh")).value == 0.5306)
        let coal = try Quantity.parse("120000 kWh").multiplied(by: Quantity.parse("305.5 gce/kWh"))
        #expect(try coal.converted(to: Unit.parse("tce")).value == 36.66)
    }

    @Test("power by time is energy, and a quotient of quantities has the quotient's unit")
    func products() throws {
        let energy = try Quantity.parse("120 MW").multiplied(by: Quantity.parse("2000 h"))
        #expect(energy.unit.symbol == "MW·h")
        #expect(try energy.converted(to: Unit.parse("亿kWh")).value == 2.4)
        let intensity = try Quantity.parse("30 tCO2e").divided(by: Quantity.parse("60 万元"))
        #expect(intensity.description == "0.5 tCO2e/万元")
        #expect(try Quantity.parse("6 t").divided(by: Quantity.parse("3 t")).unit == .one)
        #expect(try Quantity.parse("3 t").multiplied(by: 2).value == 6)
        #expect(throws: UndefinedQuotient.self) { try Quantity.parse("1 t").divided(by: Quantity.parse("0 a")) }
    }

    @Test("a product whose unit does not fit is stated in coherent units")
    func hugeUnits() throws {
        var quantity = try Quantity.parse("1 TWh")
        for _ in 0..<12 { quantity = quantity.multiplied(by: try Quantity.parse("1 TWh")) }
        #expect(quantity.dimension == Dimension(.energy, exponent: 13))
        #expect(quantity.unit.scale == 1)
    }

    @Test("quantities compare across units")
    func comparison() throws {
        #expect(try Quantity.parse("1 MWh").compared(to: Quantity.parse("1000 kWh")) == .equal)
        #expect(try Quantity.parse("0.1 MWh").compared(to: Quantity.parse("100 kWh")) == .equal)
        #expect(try Quantity.parse("5 MW").isLess(than: Quantity.parse("1 万kW")))
        #expect(try Quantity.parse("35%").compared(to: Quantity.parse("0.3")) == .greater)
        #expect(try Quantity(.nan, .one).compared(to: Quantity(1, .one)) == nil)
    }

    @Test("degrees Celsius and kelvin convert with their zero point, and as differences within a product")
    func temperature() throws {
        #expect(try Quantity.parse("20 ℃").value(in: Unit.parse("K")) == 293.15)
        #expect(abs(try Quantity.parse("300 K").value(in: Unit.parse("℃")) - 26.85) < 1e-12)
        #expect(try Unit.parse("kJ/(kg·℃)") == Unit.parse("kJ/(kg·K)"))
        #expect(try Unit.parse("℃") != Unit.parse("K"))
    }

    @Test("conversion there and back gives the same number within the last digit")
    func conversionRoundTrip() throws {
        let pairs = [("kWh", "MJ"), ("亩", "ha"), ("万元", "亿元"), ("t", "kg"), ("kgCO2/kWh", "tCO2/MWh"), ("kcal", "kWh")]
        var generator = SeededGenerator(seed: 30)
        for (left, right) in pairs {
            let (from, to) = (try Unit.parse(left), try Unit.parse(right))
            for _ in 0..<500 {
                let value = Double.random(in: -1e6...1e6, using: &generator)
                let back = try Quantity(value, from).converted(to: to).converted(to: from).value
                #expect(abs(back - value) <= 4 * value.ulp)
            }
        }
    }

    @Test(
        "quantities are read and printed",
        arguments: [
            ("120 MW", "120 MW"), ("120MW", "120 MW"), ("1,200万kWh", "1200 万kWh"), ("35%", "35 %"), ("0.35", "0.35"),
            ("１２．５ 千瓦时", "12.5 kWh"), ("-3 ℃", "-3 ℃"), ("12/a", "12/a"), ("1.5E+3 t", "1500 t"), ("5万", "5 万"),
            ("1e20 t", "1e+20 t"),
        ])
    func reading(text: String, printed: String) throws {
        let quantity = try Quantity.parse(text)
        #expect(quantity.description == printed)
        #expect(try Quantity.parse(printed) == quantity)
    }

    @Test(
        "what is no quantity is refused, with its place in the whole text",
        arguments: [
            ("", "number.empty", nil), ("MW", "number.not-a-number", 0), ("120 MWx", "unit.unknown", 4),
            ("1,2 t", "number.grouping", 1), ("5 kg/", "unit.missing-factor", 5), ("１２ 吨/x", "unit.unknown", 5),
        ] as [(String, String, Int?)])
    func refusals(text: String, code: String, position: Int?) {
        let found = refusal(Quantity.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
    }

    @Test("hostile bytes end in a quantity or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(
            seeds: ["120 MW", "1,200万kWh", "0.5306 kgCO2/kWh", "12/a"], alphabet: "0123456789.,-+eE kWhMt万·/^²()%元aC",
            seed: 31
        ) { bytes throws(ParseFault) in
            let quantity = try Quantity.parse(bytes)
            if quantity.description.utf8.count < 60 {
                let back = try Quantity.parse(quantity.description)
                if back != quantity { Issue.record("\(quantity)") }
            }
        }
    }
}
