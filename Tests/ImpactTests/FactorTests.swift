import Impact
import Seeded
import Standards
import Testing
import Vocabulary

@Suite("Choice of a factor")
struct FactorTests {
    private let grid: Factor

    init() throws {
        func value(_ year: Int?, _ province: String?, _ value: Double) -> FactorValue {
            FactorValue(
                year: year, province: province, value: value, document: "生态环境部、国家统计局公告", confidence: .secondary)
        }
        // The announcements of 2024 and 2025 on average factors of grid electricity.
        grid = Factor(
            id: "grid_average", name: BilingualText(zh: "电网平均排放因子", en: "Grid average"),
            unit: try Unit.parse("kgCO2/kWh"),
            values: [
                value(2022, nil, 0.5366), value(2023, nil, 0.5306), value(2021, nil, 0.5568),
                value(2023, "50", 0.5581), value(2022, "50", 0.5227), value(2023, "51", 0.1564),
                value(2022, "51", 0.1404), value(2023, "41", 0.5897),
            ])
    }

    @Test("The newest data year that is not later than the report's")
    func newest() {
        #expect(grid.value(province: "50", year: 2026)?.value == 0.5581)
        #expect(grid.value(province: "50", year: 2023)?.value == 0.5581)
        #expect(grid.value(province: "50", year: 2022)?.value == 0.5227)
        #expect(grid.value(province: nil, year: 2022)?.value == 0.5366)
        #expect(grid.value(province: nil, year: 2021)?.value == 0.5568)
        #expect(grid.value(province: "51", year: 2030)?.year == 2023)
    }

    @Test("The nation stands in for an unlisted province, an unknown one, and one without data of that time")
    func standIn() {
        #expect(grid.value(province: "54", year: 2023)?.value == 0.5306)
        #expect(grid.value(province: nil, year: 2023)?.value == 0.5306)
        let early = grid.value(province: "41", year: 2022)
        #expect(early?.value == 0.5366)
        #expect(early?.province == nil)
        #expect(grid.variesByProvince)
    }

    @Test("Before the first data year there is no value, not an old or invented one")
    func tooEarly() {
        #expect(grid.value(province: "50", year: 2020) == nil)
        #expect(grid.value(province: nil, year: 2020) == nil)
        #expect(grid.value(province: "50", year: 2021)?.province == nil)
    }

    @Test("A constant has no year and always applies")
    func constant() throws {
        let heat = Factor(
            id: "purchased_heat", name: BilingualText(zh: "外购热力", en: "Purchased heat"),
            unit: try Unit.parse("tCO2/GJ"),
            values: [
                FactorValue(
                    year: nil, province: nil, value: 0.11, document: "GB/T 32151.34-2024", confidence: .secondary)
            ])
        #expect(heat.value(province: "50", year: 1990)?.value == 0.11)
        #expect(!heat.variesByProvince)
    }

    @Test("The order of the values does not matter")
    func order() throws {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let shuffled = Factor(
                id: grid.id, name: grid.name, unit: grid.unit, values: grid.values.shuffled(using: &generator))
            for year in 2020...2024 {
                for province in [nil, "50", "51", "41", "99"] {
                    #expect(
                        shuffled.value(province: province, year: year) == grid.value(province: province, year: year))
                }
            }
        }
    }

    @Test("Two factors with one id are refused")
    func duplicate() {
        #expect(throws: PackFault(.duplicate, subject: "grid_average")) { try FactorLibrary([grid, grid]) }
    }
}
