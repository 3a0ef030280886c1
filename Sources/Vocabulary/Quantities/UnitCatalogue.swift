/// The units that have a name of their own, with the ways in which people write them.
///
/// Sources of the sizes: GB 3100-1993 and GB 3102 (SI units and those admitted beside them), GB/T 2589-2020 (the kcal
/// of 4.1868 kJ), the State Council's order of 1984 on legal units (亩 = 2000/3 m²).
struct UnitCatalogue: Sendable {
    /// The catalogue that the parser uses.
    static let standard = UnitCatalogue()

    private let units: [String: Unit]
    /// Names of units of plain mass, longest first, for masses of substances such as kgCO2e.
    private let massNames: [String]
    private let substances: [String: SubstanceName]

    private struct SubstanceName {
        let symbol: String
        let substance: Substance
    }

    private init() {
        var units: [String: Unit] = [:]
        for row in UnitRow.plain + UnitRow.energy + UnitRow.counts {
            let names = row.names.split(separator: " ").map(String.init)
            let unit = Unit(
                symbol: names[0], dimension: row.dimension, scale: row.scale,
                zeroPointCentikelvin: row.zeroPointCentikelvin, takesPlainPower: !(names[0].last?.isNumber ?? true))
            for name in names { units[name] = unit }
        }
        for row in UnitRow.powers {
            guard let power = units[row.symbol]?.raised(to: row.exponent) else { continue }
            for name in row.names.split(separator: " ") { units[String(name)] = power }
        }
        massNames = units.filter { $0.value.dimension == .mass }.keys.sorted { ($0.count, $0) > ($1.count, $1) }
        self.units = units

        var substances: [String: SubstanceName] = [:]
        for row in UnitRow.substances {
            let names = row.names.split(separator: " ").map(String.init)
            for name in names { substances[name] = SubstanceName(symbol: names[0], substance: row.substance) }
        }
        self.substances = substances
    }

    /// The unit of a name, such as 千瓦时.
    func unit(named name: String) -> Unit? { units[name] }

    /// The unit of a mass of a substance, such as kgCO2e or 吨标煤.
    func massOfSubstance(named name: String) -> Unit? {
        for massName in massNames where name.hasPrefix(massName) {
            guard let mass = units[massName],
                let found = substances[String(name.dropFirst(massName.count))]
            else { continue }
            return Unit(
                symbol: mass.symbol + found.symbol, dimension: .mass(of: found.substance), scale: mass.exactScale)
        }
        return nil
    }

    /// Words for powers of ten that stand before a unit, longest first.
    static let prefixes = [
        UnitPrefix("万亿", 1_000_000_000_000), UnitPrefix("千万", 10_000_000), UnitPrefix("百万", 1_000_000),
        UnitPrefix("十万", 100_000), UnitPrefix("亿", 100_000_000), UnitPrefix("万", 10_000), UnitPrefix("千", 1000),
        // Tables of factors write 1e4Nm3 for 万 Nm3.
        UnitPrefix("1e4", 10_000, symbol: "万"),
    ]
}

/// A word for a power of ten before a unit, such as 万 in 万kWh.
struct UnitPrefix: Sendable {
    /// The word as it is read.
    let word: String
    /// The word as it is printed.
    let symbol: String
    let scale: UnitScale

    fileprivate init(_ word: String, _ factor: UInt64, symbol: String? = nil) {
        self.word = word
        self.symbol = symbol ?? word
        scale = UnitScale(factor)
    }
}

/// A row of the catalogue: the symbol, then aliases, separated by spaces.
private struct UnitRow {
    let names: String
    let dimension: Dimension
    let scale: UnitScale
    var zeroPointCentikelvin = 0

    init(_ names: String, _ dimension: Dimension, _ numerator: UInt64 = 1, over denominator: UInt64 = 1) {
        self.names = names
        self.dimension = dimension
        scale = UnitScale(numerator, over: denominator)
    }

    static let plain: [UnitRow] = [
        UnitRow("kg 千克 公斤 ㎏", .mass),
        UnitRow("t 吨 公吨", .mass, 1000),
        UnitRow("kt", .mass, 1_000_000),
        UnitRow("Mt", .mass, 1_000_000_000),
        UnitRow("g 克", .mass, 1, over: 1000),
        UnitRow("mg 毫克 ㎎", .mass, 1, over: 1_000_000),
        UnitRow("μg µg ug 微克", .mass, 1, over: 1_000_000_000),

        UnitRow("m 米", .length),
        UnitRow("km 公里 千米 ㎞", .length, 1000),
        UnitRow("cm 厘米 ㎝", .length, 1, over: 100),
        UnitRow("mm 毫米 ㎜", .length, 1, over: 1000),
        UnitRow("亩 市亩", .area, 2000, over: 3),
        UnitRow("ha 公顷 hm2", .area, 10_000),
        // Gas at 0 °C and 101.325 kPa. As a dimension a cubic metre like any other: the state is part of what is
        // measured.
        UnitRow("Nm3 标准立方米 标立方米 标方", .volume),
        UnitRow("L l 升", .volume, 1, over: 1000),
        UnitRow("mL ml 毫升", .volume, 1, over: 1_000_000),

        UnitRow("s 秒", .time),
        UnitRow("min 分钟", .time, 60),
        UnitRow("h 小时 时", .time, 3600),
        UnitRow("d 天 日", .time, 86_400),
        // 365 days: 8,760 hours are the year of Chinese energy statistics.
        UnitRow("a 年 yr year", .time, 31_536_000),

        UnitRow("K 开尔文", .temperature),
        celsius,
    ]

    private static var celsius: UnitRow {
        var row = UnitRow("℃ °C 摄氏度", .temperature)
        row.zeroPointCentikelvin = 27_315
        return row
    }

    static let energy: [UnitRow] = [
        UnitRow("J 焦 焦耳", .energy),
        UnitRow("kJ 千焦", .energy, 1000),
        UnitRow("MJ 兆焦", .energy, 1_000_000),
        UnitRow("GJ 吉焦 百万千焦", .energy, 1_000_000_000),
        UnitRow("TJ", .energy, 1_000_000_000_000),
        UnitRow("Wh 瓦时", .energy, 3600),
        UnitRow("kWh 千瓦时 度", .energy, 3_600_000),
        UnitRow("MWh 兆瓦时", .energy, 3_600_000_000),
        UnitRow("GWh 吉瓦时", .energy, 3_600_000_000_000),
        UnitRow("TWh", .energy, 3_600_000_000_000_000),
        UnitRow("kcal 千卡 大卡", .energy, 41_868, over: 10),
        UnitRow("Gcal 百万大卡", .energy, 4_186_800_000),
        UnitRow("W 瓦 瓦特", .power),
        UnitRow("kW 千瓦", .power, 1000),
        UnitRow("MW 兆瓦", .power, 1_000_000),
        UnitRow("GW 吉瓦", .power, 1_000_000_000),
        // Peak power of photovoltaic modules under test conditions; power all the same.
        UnitRow("Wp 峰瓦", .power),
        UnitRow("kWp", .power, 1000),
        UnitRow("MWp", .power, 1_000_000),
        UnitRow("GWp", .power, 1_000_000_000),
    ]

    static let counts: [UnitRow] = [
        UnitRow("元 圆 CNY RMB 人民币元", .currency),
        UnitRow("人 person 人次", Dimension(.person)),
        UnitRow("辆 vehicle", Dimension(.vehicle)),
        UnitRow("头 head 只 羽", Dimension(.head)),
        UnitRow("户 household", Dimension(.household)),
        UnitRow("台 套 个 座 piece", Dimension(.piece)),
        UnitRow("%", .one, 1, over: 100),
        UnitRow("‰", .one, 1, over: 1000),
        UnitRow("ppm", .one, 1, over: 1_000_000),
    ]

    /// Names of powers of a unit: 平方米 is m².
    static let powers: [(names: String, symbol: String, exponent: Int)] = [
        ("平方米 平米 ㎡", "m", 2), ("平方公里 平方千米", "km", 2), ("立方米 立方 方 ㎥", "m", 3),
    ]

    static let substances: [(names: String, substance: Substance)] = [
        ("CO2e CO2-e CO2eq CO2-eq 二氧化碳当量", .carbonDioxideEquivalent),
        ("CO2 二氧化碳", .carbonDioxideEquivalent),
        ("ce 标准煤 标煤", .standardCoal),
        ("COD CODCr 化学需氧量", .chemicalOxygenDemand),
        ("NH3-N NH3N 氨氮", .ammoniaNitrogen),
        ("SO2 二氧化硫", .sulphurDioxide),
        ("NOx NOX 氮氧化物", .nitrogenOxides),
        ("TN 总氮", .totalNitrogen),
        ("TP 总磷", .totalPhosphorus),
        ("dust 颗粒物 烟尘 粉尘 烟粉尘 PM", .dust),
        ("VOCs VOC 挥发性有机物", .volatileOrganicCompounds),
        ("water H2O 水", .water),
    ]
}
