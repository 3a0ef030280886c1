import Impact
import Standards
import Testing
import Vocabulary

/// The methods of the repository's own library, compiled, with what they were compiled from.
struct LoadedMethods {
    let definitions: [FactDefinition]
    let facts: FactDictionary
    let factors: FactorLibrary
    let indicators: [Indicator]
    let methods: [String: CompiledMethod]
}

/// Facts, factors, indicators and methods of the loaded library.
func loadedMethods() throws -> LoadedMethods {
    let library = try LoadedLibrary.shared()
    var methods: [String: CompiledMethod] = [:]
    for method in library.methods {
        #expect(methods[method.method.id] == nil, "\(method.method.id) stands twice")
        methods[method.method.id] = method
    }
    return LoadedMethods(
        definitions: library.facts.all, facts: library.facts, factors: library.factors,
        indicators: library.indicators, methods: methods)
}

@Suite("The library of methods")
struct MethodsTests {
    private let loaded: LoadedMethods

    init() throws {
        loaded = try loadedMethods()
    }

    private func isComplete(_ text: BilingualText) -> Bool { text.isComplete }

    @Test("Every fact has its label and its evidence in both languages, and a range that is a range")
    func facts() {
        for fact in loaded.definitions {
            #expect(isComplete(fact.label), "\(fact.id)")
            #expect(isComplete(fact.evidence), "\(fact.id)")
            if let months = fact.validMonths { #expect((1...120).contains(months), "\(fact.id)") }
            if case .number(_, let minimum?, let maximum?) = fact.kind { #expect(minimum < maximum, "\(fact.id)") }
        }
    }

    @Test("Every value of every factor has its document; every factor its name in both languages")
    func factors() {
        for factor in loaded.factors.all {
            #expect(isComplete(factor.name), "\(factor.id)")
            for value in factor.values {
                #expect(value.document.count >= 5, "\(factor.id)")
                #expect(value.value > 0, "\(factor.id)")
                if let province = value.province {
                    #expect(province.count == 2 && (11...65).contains(Int(province) ?? 0), "\(factor.id)")
                }
            }
            let places = factor.values.map { "\($0.year ?? 0)/\($0.province ?? "-")" }
            #expect(Set(places).count == places.count, "\(factor.id) has two values for one year and place")
        }
    }

    @Test("The first seven indicators are the national ones, in the order of the statistics")
    func indicators() throws {
        #expect(
            loaded.indicators.prefix(7).map(\.id)
                == ["standard_coal_t", "co2e_t", "cod_t", "nh3n_t", "so2_t", "nox_t", "water_t"])
        for (position, indicator) in loaded.indicators.enumerated() {
            #expect(indicator.national == (position < 7), "\(indicator.id)")
            #expect(indicator.additive == (indicator.id != "credits"), "\(indicator.id)")
            #expect(isComplete(indicator.name), "\(indicator.id)")
        }
        #expect(Set(loaded.indicators.map(\.id)).count == loaded.indicators.count)
    }

    @Test("Every method names its source and limits in both languages and labels every quantity")
    func methods() {
        #expect(!loaded.methods.isEmpty)
        for compiled in loaded.methods.values {
            let method = compiled.method
            for text in [method.name, method.source, method.applicability] + method.quantities.map(\.label) {
                #expect(isComplete(text), "\(method.id): \(text.en)")
            }
            let codes = method.items["cn.green-finance.2025"] ?? []
            #expect(!codes.isEmpty && Set(codes).count == codes.count, "\(method.id)")
            #expect(!method.outputs.isEmpty, "\(method.id)")
        }
    }

    @Test("Without facts no method gives a figure: nothing is guessed")
    func nothingGuessed() {
        for compiled in loaded.methods.values {
            guard case .notComputed(let missing) = compiled.compute(FactSheet(), province: "50", year: 2026) else {
                Issue.record("\(compiled.method.id) computes from nothing")
                continue
            }
            #expect(!missing.isEmpty, "\(compiled.method.id)")
        }
    }

    @Test(
        "Every quantity of a method serves an output, and every fact of the dictionary serves a method or a criterion")
    func nothingIdle() throws {
        var used: Set<FactID> = []
        for compiled in loaded.methods.values {
            let method = compiled.method
            used.formUnion(method.facts)
            var wanted = Set(method.outputs.flatMap(\.formula.names))
            for quantity in method.quantities.reversed() where wanted.contains(quantity.name) {
                for case .formula(let expression) in quantity.alternatives { wanted.formUnion(expression.names) }
            }
            for quantity in method.quantities {
                #expect(wanted.contains(quantity.name), "\(method.id): \(quantity.name)")
            }
        }
        for pack in try LoadedLibrary.shared().packs {
            used.formUnion(pack.header.general?.facts ?? [])
            for activity in pack.items.flatMap(\.activities) { used.formUnion(activity.criterion?.facts ?? []) }
        }
        // A technical standard brings the fact that a project conforms to it, asked for or not.
        for fact in loaded.definitions where !used.contains(fact.id) && !fact.id.name.hasSuffix(".conforms") {
            Issue.record("\(fact.id) serves neither a method nor a criterion")
        }
    }

    @Test("Methods for statements never give credits; only the methods of credits do")
    func credits() {
        for compiled in loaded.methods.values {
            let givesCredits = compiled.indicators.contains { $0.id == "credits" }
            #expect(compiled.method.forStatements != givesCredits, "\(compiled.method.id)")
        }
    }

    @Test("Grid averages are those of the announcements")
    func grid() throws {
        let grid = try #require(loaded.factors["grid_average"])
        for (province, year, value) in [
            (nil, 2023, 0.5306), ("50", 2023, 0.5581), ("51", 2023, 0.1564), (nil, 2022, 0.5366), ("50", 2022, 0.5227),
            ("51", 2022, 0.1404), ("54", 2023, 0.5306), ("41", 2022, 0.5366), (nil, 2021, 0.5568),
        ] as [(String?, Int, Double)] {
            #expect(grid.value(province: province, year: year)?.value == value)
        }
        #expect(grid.value(province: "50", year: 2026)?.value == 0.5581)
    }

    @Test("The thermal coal rate is that of the year before the report")
    func coalRate() throws {
        let rate = try #require(loaded.factors["thermal_coal_rate"])
        #expect(rate.value(province: "50", year: 2013)?.value == 326)
        #expect(rate.value(province: nil, year: 2021)?.value == 305.5)
        #expect(rate.value(province: nil, year: 2025)?.value == 302.4)
        #expect(rate.value(province: nil, year: 2012) == nil)
    }

    @Test("Carbon dioxide per heat is carbon × oxidised share × 44/12")
    func fuels() throws {
        // Bituminous coal: 26.1 tC/TJ × 0.93 × 44/12 = 89.001 tCO2/TJ; natural gas: 15.3 × 0.99 × 44/12 = 55.539.
        #expect(loaded.factors["co2_bituminous_coal"]?.values.first?.value == 0.089001)
        #expect(loaded.factors["co2_natural_gas"]?.values.first?.value == 0.055539)
        #expect(loaded.factors["ndrc_co2_bituminous_coal"]?.values.first?.confidence == .unconfirmed)
    }

    @Test("A percent sign is a unit: 5% of a fact in per cent is 5, not 0.05")
    func percent() throws {
        let words = BilingualText(zh: "测试", en: "test")
        let rate = FactID("rate")
        let dictionary = try FactDictionary([
            FactDefinition(
                id: rate, kind: .number(unit: try Unit.parse("%"), minimum: nil, maximum: nil), label: words,
                evidence: words, validMonths: nil)
        ])
        #expect(try dictionary.value(of: rate, from: "5%") == .number(5))
        #expect(try dictionary.value(of: rate, from: "5％") == .number(5))
        #expect(try dictionary.value(of: rate, from: "5") == .number(5))
    }

    @Test("A share may be written as a percentage, and a bare 6.5 is refused")
    func shares() throws {
        let loss = FactID("distribution_loss_rate")
        #expect(try loaded.facts.value(of: loss, from: "6.5%") == .number(0.065))
        #expect(try loaded.facts.value(of: loss, from: "0.065") == .number(0.065))
        #expect(throws: FactFault(.outOfRange, loss, "6.5")) { try loaded.facts.value(of: loss, from: "6.5") }
        #expect(try loaded.facts.value(of: FactID("cod_in"), from: "350 mg/L") == .number(350))
        #expect(try loaded.facts.value(of: FactID("installed_capacity"), from: "5万kW") == .number(50))
    }
}
