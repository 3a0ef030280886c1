import Seeded
import Testing

@testable import Vocabulary

@Suite("Units")
struct UnitTests {
    @Test(
        "every unit that the platform needs is read, and Chinese names give the same unit",
        arguments: [
            ("kWh", ["千瓦时", "度", "kW·h", "kW*h", "千瓦·时", "ｋＷｈ"]), ("MWh", ["兆瓦时", "MW·h", "千kWh"]),
            ("GWh", ["吉瓦时", "百万kWh", "百万千瓦时"]), ("万kWh", ["万千瓦时", "万度"]), ("亿kWh", ["亿千瓦时", "亿度"]),
            ("kW", ["千瓦", "kWh/h", "kWp"]), ("MW", ["兆瓦"]), ("万kW", ["万千瓦"]), ("GW", ["吉瓦"]),
            ("m3", ["立方米", "m³", "m^3", "㎥", "m·m·m", "方"]), ("万m3", ["万立方米", "万m³", "万m^3", "万方"]),
            ("m2", ["平方米", "㎡", "m²"]),
            ("t", ["吨", "公吨"]), ("kg", ["千克", "公斤"]), ("万t", ["万吨"]), ("百万t", ["Mt"]),
            ("tCO2e", ["tCO₂e", "吨二氧化碳当量", "t CO2e", "tCO2", "吨CO2", "tCO2eq"]), ("kgCO2e", ["kgCO2"]),
            ("万tCO2e", ["万吨二氧化碳当量"]),
            ("tce", ["吨标准煤", "吨标煤"]), ("kgce", ["千克标准煤"]), ("万tce", ["万吨标准煤"]), ("gce/kWh", ["克标煤/千瓦时"]),
            ("kgCO2/kWh", ["tCO2/MWh", "kgCO2e/度"]), ("tCO2/MWh", ["吨CO2/兆瓦时"]), ("mg/L", ["毫克/升", "g/m3"]),
            ("%", ["％"]), ("a", ["年"]), ("d", ["天", "日"]), ("h", ["小时"]), ("km", ["公里", "千米", "㎞"]),
            ("人·km", ["人·公里", "km·人"]), ("t·km", ["吨·公里"]), ("GJ", ["吉焦"]), ("MJ", ["兆焦"]), ("kJ/kg", ["千焦/千克"]),
            ("W/m2", ["瓦/平方米", "W/m²", "W·m⁻²"]), ("元", ["CNY"]), ("万元", ["万圆"]), ("亿元", []), ("1", []),
            ("亩", ["市亩"]), ("ha", ["公顷", "hm2", "万m2"]), ("km2", ["平方公里"]), ("tCOD", ["吨COD", "吨化学需氧量"]),
            ("tNH3-N", ["吨氨氮"]),
            ("tSO2", ["吨二氧化硫"]), ("tNOx", ["吨氮氧化物"]), ("tTN", ["吨总氮"]), ("tTP", ["吨总磷"]),
            ("tdust", ["吨颗粒物", "t dust"]),
            ("twater", ["吨水", "t water", "tH2O"]), ("℃", ["°C"]), ("辆", ["vehicle"]), ("头", ["head"]),
            ("t/a", ["吨/年", "t·a⁻¹"]),
            ("kg/(m2·a)", ["kg/m2/a"]), ("mg/Nm3", []), ("万Nm3", ["1e4Nm3", "万标方"]), ("元/tCO2e", ["元/吨二氧化碳"]),
        ] as [(String, [String])])
    func reading(symbol: String, aliases: [String]) throws {
        let unit = try Unit.parse(symbol)
        #expect(unit.symbol == symbol)
        for alias in aliases {
            #expect(try Unit.parse(alias) == unit, "\(alias)")
        }
    }

    @Test("power is energy by time, and kW·h is kWh")
    func power() throws {
        #expect(try Unit.parse("kW·h") == Unit.parse("kWh"))
        #expect(try Unit.parse("MJ/s") == Unit.parse("MW"))
        #expect(try Unit.parse("kW").dimension == .power)
        #expect(try Unit.parse("kWh").dimension == .energy)
        #expect(Dimension.power.description == "J/s")
    }

    @Test("tonnes of different substances are of different dimensions")
    func substances() throws {
        let dimensions = try Substance.allCases.map { try Unit.parse("t" + $0.symbol).dimension } + [Dimension.mass]
        #expect(Set(dimensions).count == Substance.allCases.count + 1)
        for (substance, dimension) in zip(Substance.allCases, dimensions) {
            #expect(dimension == .mass(of: substance))
            #expect(try Unit.parse("kg" + substance.symbol).scale == 1)
        }
    }

    @Test(
        "sizes are those of the standards",
        arguments: [
            ("kWh", "kJ", 3600.0), ("GJ", "kWh", 277.77777777777777), ("亩", "m2", 666.6666666666666), ("公顷", "亩", 15),
            ("kcal", "kJ", 4.1868), ("Gcal", "GJ", 4.1868), ("a", "h", 8760), ("d", "h", 24), ("万kW", "MW", 10),
            ("万t", "kg", 1e7), ("m3", "L", 1000), ("km2", "ha", 100), ("亿元", "万元", 10_000), ("%", "1", 0.01),
            ("‰", "%", 0.1), ("万tCO2e", "tCO2e", 10_000), ("mg/L", "g/m3", 1), ("TWh", "亿kWh", 10),
            ("km/h", "m/s", 1 / 3.6),
            ("kgCO2/kWh", "tCO2/万kWh", 10), ("Mt", "万t", 100),
        ] as [(String, String, Double)])
    func sizes(unit: String, other: String, factor: Double) throws {
        let quantity = Quantity(1, try Unit.parse(unit))
        #expect(abs(try quantity.value(in: Unit.parse(other)) / factor - 1) < 1e-15)
    }

    @Test(
        "what is no unit is refused, with its place",
        arguments: [
            ("", "unit.empty", 0), ("kWx", "unit.unknown", 0), ("kg/xyz", "unit.unknown", 3),
            ("kwh", "unit.unknown", 0),
            ("kg/", "unit.missing-factor", 3), ("kg··m", "unit.missing-factor", 3), ("*", "unit.missing-factor", 0),
            ("m^", "unit.exponent", 1), ("m^0", "unit.exponent", 1), ("m⁻", "unit.exponent", 2),
            ("(kg", "unit.parenthesis", 0),
            ("kg)", "unit.parenthesis", 2), ("((((((m))))))", "unit.parenthesis", 4), ("TWh^9", "unit.too-large", 0),
            ("kg(m)", "unit.missing-factor", 2), ("m^2^3", "unit.missing-factor", 3), ("千1", "unit.unknown", 0),
            ("万万t", "unit.unknown", 0),
        ])
    func refusals(text: String, code: String, position: Int) {
        let found = refusal(Unit.self, text)
        #expect(found?.code == code && found?.position == position, "\(text): \(String(describing: found))")
    }

    @Test("the symbol of a unit is in lowest terms and reads back to the unit")
    func symbols() throws {
        #expect(try Unit.parse("kWh·t/kWh").symbol == "t")
        #expect(try Unit.parse("kgCO2^2").symbol == "(kgCO2)^2")
        #expect(try Unit.parse("(万m3)^2").symbol == "(万m3)^2")
        #expect(try Unit.parse("1/a").symbol == "1/a")
        #expect(try Unit.parse("/a").symbol == "1/a")
        #expect(try Unit.parse("kg/m/s^2").symbol == "kg/(m·s2)")
        let symbols = [
            "kWh", "万kWh", "t", "kgCO2", "tce", "m", "m2", "m3", "km", "h", "a", "元", "人", "%", "NH3-N", "Nm3", "℃",
            "1",
        ]
        var generator = SeededGenerator(seed: 20)
        for _ in 0..<3_000 {
            var unit = Unit.one
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                guard let next = try? Unit.parse(symbols.randomElement(using: &generator) ?? "1") else { continue }
                let isProduct = Bool.random(using: &generator)
                unit = (isProduct ? unit.multiplied(by: next) : unit.divided(by: next)) ?? unit
            }
            guard unit.symbol.utf8.count <= 64 else { continue }
            let read = try Unit.parse(unit.symbol)
            #expect(read == unit && read.symbol == unit.symbol, "\(unit.symbol)")
            #expect(read.hashValue == unit.hashValue)
        }
    }

    @Test("multiplication of units is commutative and undone by division")
    func algebra() throws {
        let units = try ["kWh", "t", "亩", "万元", "a", "%", "kgCO2/kWh", "1"].map { try Unit.parse($0) }
        for a in units {
            for b in units {
                #expect(a.multiplied(by: b) == b.multiplied(by: a))
                #expect(a.multiplied(by: b)?.divided(by: b) == a)
                #expect(a.divided(by: b)?.dimension == a.dimension.divided(by: b.dimension))
            }
            #expect(a.raised(to: 2)?.dimension == a.dimension.raised(to: 2))
            #expect(a.raised(to: 0) == .one)
            #expect(Unit.coherent(for: a.dimension).dimension == a.dimension)
        }
    }

    @Test("hostile bytes end in a unit or a fault with a phrase")
    func fuzzing() throws {
        try fuzz(
            seeds: ["kgCO2/(m²·a)", "万千瓦时", "gce/kWh", "人·km", "W·m⁻²", "tNH3-N"],
            alphabet: "kgtmWhMJad元万亿人吨·*/^²³⁻()12-CO水 ", seed: 21
        ) { bytes throws(ParseFault) in
            let unit = try Unit.parse(bytes)
            if unit.symbol.utf8.count <= 64 { _ = try Unit.parse(unit.symbol) }
        }
    }
}
