import Impact
import Seeded
import Standards
import Testing
import Vocabulary

@Suite("Computing a benefit")
struct CompiledMethodTests {
    private let facts: FactDictionary
    private let factors: FactorLibrary
    private let indicators: [String: Indicator]

    init() throws {
        func text(_ word: String) -> BilingualText { BilingualText(zh: word, en: word) }
        func fact(_ id: String, _ unit: String) throws -> FactDefinition {
            FactDefinition(
                id: FactID(id), kind: .number(unit: try Unit.parse(unit), minimum: 0, maximum: nil), label: text(id),
                evidence: text(id), validMonths: nil)
        }
        facts = try FactDictionary([
            try fact("supplied", "MWh"), try fact("capacity", "MW"), try fact("hours", "h"), try fact("own_use", "1"),
            try fact("margin", "tCO2/MWh"), try fact("audited", "tce"),
            FactDefinition(
                id: FactID("is_new"), kind: .yesNo, label: text("is_new"), evidence: text("is_new"), validMonths: nil),
        ])
        func value(_ year: Int?, _ province: String?, _ value: Double, _ how: Confidence = .secondary) -> FactorValue {
            FactorValue(year: year, province: province, value: value, document: "公告", confidence: how)
        }
        factors = try FactorLibrary([
            Factor(
                id: "grid", name: text("grid"), unit: try Unit.parse("kgCO2/kWh"),
                values: [value(2023, nil, 0.5306), value(2023, "50", 0.5581), value(2023, "51", 0.1564)]),
            Factor(
                id: "rate", name: text("rate"), unit: try Unit.parse("gce/kWh"), values: [value(2025, nil, 302.4)]),
            Factor(
                id: "per_coal", name: text("per_coal"), unit: try Unit.parse("tCO2/tce"),
                values: [value(nil, nil, 2.21, .unconfirmed)]),
        ])
        var indicators: [String: Indicator] = [:]
        for (id, unit) in [
            ("co2e_t", "tCO2e"), ("standard_coal_t", "tce"), ("credits", "tCO2e"), ("electricity", "MWh"),
        ] {
            indicators[id] = Indicator(
                id: id, name: text(id), unit: try Unit.parse(unit), additive: id != "credits", national: false)
        }
        self.indicators = indicators
    }

    private func quantity(
        _ name: String, _ unit: String, _ sources: MethodQuantity.Source...
    ) throws -> MethodQuantity {
        MethodQuantity(
            name: name, label: BilingualText(zh: name, en: name), unit: try Unit.parse(unit), alternatives: sources)
    }

    private func output(_ indicator: String, _ formula: String, _ rule: RoundingRule? = nil) throws -> MethodOutput {
        MethodOutput(indicator: indicator, formula: try Expression(parsing: formula), rounding: rule)
    }

    private func method(_ quantities: [MethodQuantity], _ outputs: [MethodOutput]) -> Method {
        let words = BilingualText(zh: "测试", en: "test")
        return Method(
            id: "test", version: "1", name: words, items: [:], forStatements: true, source: words, applicability: words,
            quantities: quantities, outputs: outputs)
    }

    private func compiled(_ quantities: [MethodQuantity], _ outputs: [MethodOutput]) throws -> CompiledMethod {
        try CompiledMethod(method(quantities, outputs), facts: facts, factors: factors, indicators: indicators)
    }

    private func sheet(_ values: [String: Double]) -> FactSheet {
        FactSheet(Dictionary(uniqueKeysWithValues: values.map { (FactID($0), Fact(.number($1))) }))
    }

    private func power() throws -> CompiledMethod {
        try compiled(
            [
                try quantity("capacity", "MW", .fact(FactID("capacity"))),
                try quantity("hours", "h", .fact(FactID("hours"))),
                try quantity("own_use", "%", .fact(FactID("own_use"))),
                try quantity(
                    "electricity", "MWh", .fact(FactID("supplied")),
                    .formula(try Expression(parsing: "capacity * hours * (1 - own_use)")),
                    .formula(try Expression(parsing: "capacity * hours"))),
                try quantity("grid", "kgCO2/kWh", .factor("grid")),
                try quantity("rate", "gce/kWh", .factor("rate")),
            ],
            [
                try output("co2e_t", "electricity * grid"), try output("standard_coal_t", "electricity * rate"),
                try output("electricity", "electricity"),
            ])
    }

    private func benefit(
        _ method: CompiledMethod, _ values: [String: Double], province: String? = "50", year: Int = 2026
    ) throws -> Benefit {
        guard case .computed(let benefit) = method.compute(sheet(values), province: province, year: year) else {
            throw NotComputed()
        }
        return benefit
    }

    private struct NotComputed: Error {}

    private func isNear(_ value: Double?, _ expected: Double) -> Bool {
        guard let value else { return false }
        return abs(value - expected) <= 1e-9 * max(1, abs(expected))
    }

    @Test("The same turbine avoids more in Chongqing than in Sichuan")
    func regions() throws {
        let power = try power()
        #expect(isNear(try benefit(power, ["supplied": 100])["co2e_t"], 55.81))
        #expect(isNear(try benefit(power, ["supplied": 100], province: "51")["co2e_t"], 15.64))
        #expect(isNear(try benefit(power, ["supplied": 100], province: nil)["co2e_t"], 53.06))
        #expect(isNear(try benefit(power, ["supplied": 1_000])["standard_coal_t"], 302.4))
    }

    @Test("The nation's factor in place of a province's is noted in the trace")
    func standIn() throws {
        let power = try power()
        let input = try #require(
            try benefit(power, ["supplied": 1], province: "54").inputs.first { $0.name == "grid" })
        #expect(input.nationalStandIn)
        #expect(input.factor?.value == 0.5306)
        #expect(input.factor?.year == 2023)
        #expect(try benefit(power, ["supplied": 1]).inputs.allSatisfy { !$0.nationalStandIn })
    }

    @Test("Metered output goes before capacity times hours, own use is deducted where stated")
    func alternatives() throws {
        let power = try power()
        let stated: [String: Double] = ["capacity": 50, "hours": 1_200]
        #expect(isNear(try benefit(power, stated)["electricity"], 60_000))
        // 50 MW × 1,200 h × (1 − 2 %) = 58,800 MWh
        #expect(isNear(try benefit(power, stated.merging(["own_use": 0.02]) { $1 })["electricity"], 58_800))
        #expect(isNear(try benefit(power, stated.merging(["supplied": 57_000]) { $1 })["electricity"], 57_000))
    }

    @Test("Without facts there is no figure, and what is missing is named")
    func missing() throws {
        guard case .notComputed(let missing) = try power().compute(sheet(["capacity": 50]), province: "50", year: 2026)
        else {
            Issue.record("computed from a capacity alone")
            return
        }
        #expect(missing.contains(FactID("supplied")))
        #expect(missing.contains(FactID("hours")))
        #expect(!missing.contains(FactID("capacity")))
    }

    @Test("A fact of the wrong kind counts as unknown")
    func wrongKind() throws {
        let sheet = FactSheet([FactID("supplied"): Fact(.yesNo(true))])
        guard case .notComputed = try power().compute(sheet, province: "50", year: 2026) else {
            Issue.record("computed from a yes")
            return
        }
    }

    @Test("An output whose inputs are unknown is left out; the others stand")
    func partial() throws {
        // In 2023 and 2024 the grid factor is known, the coal rate of the year before is not.
        let result = try benefit(try power(), ["supplied": 100], year: 2024)
        #expect(isNear(result["co2e_t"], 55.81))
        #expect(result["standard_coal_t"] == nil)
    }

    @Test("The trace holds what went in and nothing else, so that an unused parameter taints no figure")
    func trace() throws {
        let method = try compiled(
            [
                try quantity("electricity", "MWh", .fact(FactID("supplied"))),
                try quantity("audited", "tce", .fact(FactID("audited"))),
                try quantity("grid", "kgCO2/kWh", .factor("grid")),
                try quantity("per_coal", "tCO2/tce", .factor("per_coal")),
                try quantity(
                    "reduction", "tCO2e", .formula(try Expression(parsing: "electricity * grid")),
                    .formula(try Expression(parsing: "audited * per_coal"))),
            ], [try output("co2e_t", "reduction")])
        let metered = try benefit(method, ["supplied": 10, "audited": 5])
        #expect(metered.inputs.map(\.name) == ["electricity", "grid", "reduction"])
        #expect(!metered.restsOnUnconfirmed)
        let audited = try benefit(method, ["audited": 5])
        #expect(audited.inputs.map(\.name) == ["audited", "per_coal", "reduction"])
        #expect(audited.restsOnUnconfirmed)
        #expect(isNear(audited["co2e_t"], 11.05))
        #expect(isNear(audited.inputs.first?.value, 5))
    }

    @Test("Credits of a photovoltaic station: 72,668.2 MWh at 0.8784 give 63,831 a year and 446,817 in seven years")
    func liangzhou() throws {
        // Liangzhou 50 MWp, ACM0002. 72,668.2 × 0.8784 = 63,831.74688.
        let method = try credits()
        let result = try benefit(method, ["supplied": 72_668.2, "margin": 0.8784])
        #expect(isNear(result["co2e_t"], 63_831.74688))
        #expect((result["co2e_t"] ?? 0).rounded(.toNearestOrAwayFromZero) == 63_832)
        #expect(result["credits"] == 63_831)
        #expect((result["credits"] ?? 0) * 7 == 446_817)
    }

    @Test("100 MWh at 0.558 are 55.8 t and 55 credits; 272,274 MWh are 151,928.892 t")
    func smallAndLarge() throws {
        let method = try credits()
        let small = try benefit(method, ["supplied": 100, "margin": 0.558])
        #expect(isNear(small["co2e_t"], 55.8))
        #expect(small["credits"] == 55)
        let large = try benefit(method, ["supplied": 272_274, "margin": 0.558])
        #expect(isNear(large["co2e_t"], 151_928.892))
        #expect(large["credits"] == 151_928)
    }

    private func credits() throws -> CompiledMethod {
        try compiled(
            [
                try quantity("electricity", "MWh", .fact(FactID("supplied"))),
                try quantity("margin", "tCO2/MWh", .fact(FactID("margin"))),
            ],
            [
                try output("co2e_t", "electricity * margin"),
                try output("credits", "electricity * margin", RoundingRule(direction: .down, fractionDigits: 0)),
            ])
    }

    @Test("The benefit grows in proportion to the electricity")
    func linear() throws {
        var generator = SeededGenerator(seed: 5)
        let power = try power()
        for _ in 0..<500 {
            let electricity = Double.random(in: 0...1e6, using: &generator)
            let factor = Double.random(in: 0...10, using: &generator)
            let once = try #require(try benefit(power, ["supplied": electricity])["co2e_t"])
            let scaled = try #require(try benefit(power, ["supplied": electricity * factor])["co2e_t"])
            #expect(isNear(scaled, once * factor))
        }
    }

    @Test("A method that does not fit is refused when it is read, with what does not fit")
    func faults() throws {
        let electricity = try quantity("electricity", "MWh", .fact(FactID("supplied")))
        let grid = try quantity("grid", "kgCO2/kWh", .factor("grid"))
        func reason(_ quantities: [MethodQuantity], _ outputs: [MethodOutput]) -> MethodFault.Reason? {
            do throws(MethodFault) {
                _ = try CompiledMethod(
                    method(quantities, outputs), facts: facts, factors: factors, indicators: indicators)
                return nil
            } catch {
                return error.reason
            }
        }
        let co2 = try output("co2e_t", "electricity * grid")
        #expect(reason([electricity, grid], [co2]) == nil)
        #expect(reason([electricity, electricity], [co2]) == .duplicateName)
        #expect(reason([try quantity("electricity", "MWh")], [co2]) == .noSource)
        #expect(reason([try quantity("electricity", "MWh", .fact(FactID("other")))], [co2]) == .unknownFact)
        #expect(reason([try quantity("electricity", "MWh", .fact(FactID("is_new")))], [co2]) == .unknownFact)
        #expect(reason([try quantity("electricity", "MWh", .fact(FactID("capacity")))], [co2]) == .wrongDimension)
        #expect(reason([electricity, try quantity("grid", "kgCO2/kWh", .factor("none"))], [co2]) == .unknownFactor)
        #expect(reason([electricity, grid], [try output("water_t", "electricity")]) == .unknownIndicator)
        #expect(reason([electricity, grid], [try output("co2e_t", "electricity")]) == .wrongDimension)
        #expect(reason([electricity], [co2]) == .formula(.unknownName))
        #expect(
            reason([electricity, grid], [try output("co2e_t", "electricity + grid")]) == .formula(.mixedDimensions))
        // A formula sees only what stands before it, so that no circle can be written.
        let circle = try quantity("grid", "kgCO2/kWh", .formula(try Expression(parsing: "grid")))
        #expect(reason([electricity, circle], [co2]) == .formula(.unknownName))
        // Tonnes of standard coal are not tonnes of carbon dioxide.
        #expect(
            reason([try quantity("audited", "tce", .fact(FactID("audited")))], [try output("co2e_t", "audited")])
                == .wrongDimension)
    }
}
