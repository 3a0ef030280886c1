import Identification
import Library
import Standards
import Testing
import Vocabulary

/// Answers that the standards themselves give, by hand, under the library of the repository.
@Suite("Known answers under the five standards")
struct KnownAnswersTests {
    private let library: RuleLibrary

    init() throws {
        library = try LoadedLibrary.shared()
    }

    private func verdict(
        _ standard: String, _ item: String, row: Int? = nil, _ facts: [String: FactValue], year: Int = 2026
    ) throws -> Verdict {
        for name in facts.keys { #expect(library.facts[FactID(name)] != nil, "\(name)") }
        let pack = try #require(library.pack(standard))
        let code = try #require(ItemCode(item))
        let sheet = FactSheet(Dictionary(uniqueKeysWithValues: facts.map { (FactID($0), Fact($1)) }))
        // What a standard asks of everything is not the matter here.
        return pack.verdict(on: code, activity: row, facts: sheet, year: year, general: .vouched)
    }

    /// What was found of a fact's condition.
    private func truth(_ fact: String, in verdict: Verdict) -> Truth? {
        verdict.leaves.first { $0.fact == FactID(fact) }?.truth
    }

    // MARK: Wind turbines, item 4.1.1 of 2025

    private func turbine(_ kind: String, _ megawatts: Double?) throws -> Verdict {
        var facts: [String: FactValue] = [
            "wind_product": .choice("complete_turbine"), "wind_turbine_kind": .choice(kind),
        ]
        facts["wind_turbine_rating"] = megawatts.map { .number($0) }
        return try verdict("cn.green-finance.2025", "4.1.1", row: 2, facts)
    }

    @Test("Making an ordinary onshore turbine of 4 MW misses the 5 MW of item 4.1.1, row 2, of 2025")
    func smallTurbine() throws {
        let small = try turbine("onshore", 4)
        #expect(small.kind == .notAligned)
        #expect(small.failures.contains { $0.fact == FactID("wind_turbine_rating") })
        #expect(try turbine("onshore", 4.999).kind == .notAligned)
        #expect(try turbine("onshore", 5).kind == .aligned)
        #expect(try turbine("onshore", nil).missing == [FactID("wind_turbine_rating")])
    }

    @Test("A low-wind turbine meets it at any size, and so do those for the sea, the heights and the cold")
    func lowWind() throws {
        for kind in ["low_wind", "offshore", "high_altitude", "low_temperature"] {
            for size in [nil, 0.5, 4, 20] { #expect(try turbine(kind, size).kind == .aligned, "\(kind)") }
        }
    }

    @Test("Raising the turbine to 5 MW is the one change of a figure that aligns it")
    func raiseTurbine() throws {
        let code = try #require(ItemCode("4.1.1"))
        let pack = try #require(library.pack("cn.green-finance.2025"))
        let facts: [FactID: FactValue] = [
            FactID("wind_product"): .choice("complete_turbine"), FactID("wind_turbine_kind"): .choice("onshore"),
            FactID("wind_turbine_rating"): .number(4), FactID("mandatory_rules_met"): .yesNo(true),
            FactID("industrial_policy_met"): .yesNo(true),
        ]
        let project = ProjectDossier(
            id: "P", name: "P", about: "", borrower: "", subjects: [pack.id: ItemReference(code, row: 2)],
            facts: FactSheet(facts.mapValues { Fact($0) }))
        let judge = ProjectJudge(
            packs: [pack], crosswalks: library.crosswalks, dictionary: library.facts,
            day: try CalendarDate.parse("2026-06-30"))
        let first = try #require(judge.singleChangesThatAlign(project).first)
        #expect(first.fact == FactID("wind_turbine_rating"))
        #expect(first.before == .number(4) && first.after == .number(5))
    }

    // MARK: Boilers, GB 24500 and TSG 91

    @Test(
        "An industrial boiler at grade 2 of GB 24500 passes that test of bond item 1.1.1.1 of 2021: grade 2 or better")
    func boiler2021() throws {
        var facts: [String: FactValue] = ["boiler_kind": .choice("industrial"), "gb_24500.grade": .number(2)]
        let graded = try verdict("cn.green-bond.2021", "1.1.1.1", facts)
        #expect(truth("gb_24500.grade", in: graded) == .met)
        #expect(graded.kind == .eligible)
        #expect(Set(graded.missing) == [FactID("gb_13271.conforms"), FactID("air_emission_rules_met")])
        facts["gb_13271.conforms"] = .yesNo(true)
        facts["air_emission_rules_met"] = .yesNo(true)
        #expect(try verdict("cn.green-bond.2021", "1.1.1.1", facts).kind == .aligned)
        facts["gb_24500.grade"] = .number(3)
        #expect(try verdict("cn.green-bond.2021", "1.1.1.1", facts).kind == .notAligned)
    }

    @Test("It misses item 1.1.1 of 2019, which wants better than grade 2")
    func boiler2019() throws {
        var facts: [String: FactValue] = [
            "boiler_kind": .choice("industrial"), "gb_24500.grade": .number(2), "gb_13271.conforms": .yesNo(true),
            "tsg_g0002.target": .yesNo(true),
        ]
        let second = try verdict("cn.green-industry.2019", "1.1.1", facts)
        #expect(second.kind == .notAligned)
        #expect(second.failures.contains { $0.fact == FactID("gb_24500.grade") })
        facts["gb_24500.grade"] = .number(1)
        #expect(try verdict("cn.green-industry.2019", "1.1.1", facts).kind == .aligned)
    }

    @Test("Under item 1.1.1, row 1, of 2025 it hangs on TSG 91, and is not aligned once that fails too")
    func boiler2025() throws {
        var facts: [String: FactValue] = ["gb_24500.grade": .number(2)]
        let open = try verdict("cn.green-finance.2025", "1.1.1", row: 1, facts)
        #expect(open.kind == .eligible && open.missing == [FactID("tsg_91.target")])
        facts["tsg_91.target"] = .yesNo(false)
        #expect(try verdict("cn.green-finance.2025", "1.1.1", row: 1, facts).kind == .notAligned)
        facts["tsg_91.target"] = .yesNo(true)
        #expect(try verdict("cn.green-finance.2025", "1.1.1", row: 1, facts).kind == .aligned)
        // Grade 1 does without it.
        let first = try verdict("cn.green-finance.2025", "1.1.1", row: 1, ["gb_24500.grade": .number(1)])
        #expect(first.kind == .aligned)
    }

    // MARK: Electricity over the life cycle

    private let intensity = "lifecycle_emission_intensity_of_electricity"

    @Test(
        "Electricity at 90 gCO2e/kWh is below the EU's 100 g for geothermal power and renewable gases",
        arguments: [
            "4.6", "4.7",
        ])
    func underHundred(item: String) throws {
        #expect(try verdict("eu.taxonomy.climate", item, [intensity: .number(90)]).kind == .aligned)
        #expect(try verdict("eu.taxonomy.climate", item, [intensity: .number(100)]).kind == .notAligned)
        #expect(try verdict("eu.taxonomy.climate", item, [:]).missing.contains(FactID(intensity)))
        // The EU's 100 g do not step down with the years.
        #expect(try verdict("eu.taxonomy.climate", item, [intensity: .number(90)], year: 2050).kind == .aligned)
    }

    @Test("Under the Singapore-Asia taxonomy it is green until 2040 and not aligned from 2041", arguments: 2023...2050)
    func singapore(year: Int) throws {
        let facts: [String: FactValue] = ["solid_fossil_fuel_used": .yesNo(false), intensity: .number(90)]
        let found = try verdict("sg-asia.taxonomy", "1.1", facts, year: year)
        #expect(found.kind == (year <= 2040 ? .aligned : .notAligned))
        #expect(found.tier == (year <= 2040 ? "green" : nil))
        // Just above, amber takes it while it is open.
        let above = try verdict(
            "sg-asia.taxonomy", "1.1", ["solid_fossil_fuel_used": .yesNo(false), intensity: .number(101)], year: year)
        #expect(above.tier == (year <= 2035 ? "amber" : nil))
        // Solid fossil fuel shuts both.
        let coal = try verdict(
            "sg-asia.taxonomy", "1.1", ["solid_fossil_fuel_used": .yesNo(true), intensity: .number(90)], year: year)
        #expect(coal.kind == .notAligned)
    }

    @Test("Hydropower at 6 W/m² meets the EU's density test; at 4 it needs the figure over the life cycle")
    func hydropower() throws {
        func found(_ density: Double, _ grams: Double? = nil) throws -> Verdict {
            var facts: [String: FactValue] = [
                "hydropower_power_density": .number(density), "run_of_river_without_reservoir": .yesNo(false),
            ]
            facts[intensity] = grams.map { .number($0) }
            return try verdict("eu.taxonomy.climate", "4.5", facts)
        }
        #expect(try found(6).kind == .aligned)
        #expect(try truth("hydropower_power_density", in: found(5)) == .notMet, "above 5, not at 5")
        let open = try found(4)
        #expect(open.findings.map(\.evaluation.missing) == [[FactID(intensity)]])
        #expect(open.kind == .eligible)
        #expect(try found(4, 90).kind == .aligned)
        #expect(try found(4, 100).kind == .notAligned)
        // Without a reservoir no density is asked.
        let river = try verdict("eu.taxonomy.climate", "4.5", ["run_of_river_without_reservoir": .yesNo(true)])
        #expect(river.kind == .aligned)
    }

    // MARK: Natural gas in the catalogue of 2025

    private static let gasFired = [
        "建设天然气发电厂", "燃气电站", "燃气发电厂", "天然气发电项目建设", "新建2×400MW燃气-蒸汽联合循环发电机组",
        "天然气调峰电站建设", "燃机电厂", "独立燃气电厂建设与运营", "气电项目",
    ]

    @Test("The words of a stand-alone gas-fired power station are accepted for no item", arguments: gasFired)
    func gasFiredStation(words: String) throws {
        let project = ProjectDossier(
            id: "P", name: "", about: words, borrower: "", subjects: [:], facts: FactSheet())
        #expect(library.subjects(of: project).isEmpty)
        var identifier = Identifier(model: library.model)
        let reading = identifier.identify(
            LoanText(purpose: words, project: "", borrower: "", industry: nil))
        #expect(reading.outcome != .accepted)
    }

    @Test("No row of the catalogue is of thermal power (4411) or combined heat and power (4412)")
    func noThermalPower() throws {
        let pack = try #require(library.pack("cn.green-finance.2025"))
        for item in pack.items {
            for activity in item.activities {
                #expect(!["4411", "4412"].contains(activity.industry), "\(item.code)/\(activity.row)")
            }
        }
    }

    @Test("A gas-fired station meets no row on bundled or distributed energy either")
    func gasFiredConditions() throws {
        let pack = try #require(library.pack("cn.green-finance.2025"))
        let facts: [String: FactValue] = [
            // By itself it is no part of a system of several energies, and supplies no user on the spot.
            "multi_energy_complementary_system": .yesNo(false), "integrated_energy_supply_at_user": .yesNo(false),
            "gas_trigeneration_included": .yesNo(false), "distributed_energy_kind": .choice("natural_gas"),
        ]
        for code in ["4.3.1", "4.3.7"] {
            let item = try #require(ItemCode(code).flatMap { pack[$0] })
            for activity in item.activities {
                let found = try verdict(pack.id, code, row: activity.row, facts)
                // Of a multi-energy row the kind of facility, of which none is a gas turbine, may be open.
                #expect(found.kind != .aligned, "\(code)/\(activity.row)")
                if code == "4.3.7" { #expect(found.kind == .notAligned) }
            }
        }
        guard case .choice(let facilities)? = library.facts[FactID("multi_energy_facility")]?.kind else {
            Issue.record("multi_energy_facility is a choice")
            return
        }
        #expect(facilities.allSatisfy { !$0.label.zh.contains("燃气") && !$0.label.zh.contains("天然气") })
    }

    @Test("Trigeneration on gas counts where it supplies a user at 70 % or more")
    func trigeneration() throws {
        func found(_ efficiency: Double) throws -> VerdictKind {
            try verdict(
                "cn.green-finance.2025", "4.3.1", row: 5,
                [
                    "integrated_energy_supply_at_user": .yesNo(true), "gas_trigeneration_included": .yesNo(true),
                    "trigeneration_efficiency": .number(efficiency),
                ]
            ).kind
        }
        let unit = try #require(library.facts[FactID("trigeneration_efficiency")]?.unit)
        let seventy = try Quantity.parse("70%").value(in: unit)
        #expect(try found(seventy) == .aligned)
        #expect(try found(seventy * 0.99) == .notAligned)
    }

    @Test(
        "Natural gas appears in these items",
        arguments: [
            "1.1.16", "1.2.2", "4.3.1", "6.2.3", "6.5.2", "6.5.4", "8.2.2",
        ])
    func naturalGas(code: String) throws {
        let pack = try #require(library.pack("cn.green-finance.2025"))
        let item = try #require(ItemCode(code).flatMap { pack[$0] })
        #expect(["天然气", "燃气", "LNG"].contains { word in words(of: item, in: pack).contains { $0.contains(word) } })
    }

    /// Everything that is said of an item: its words, those of its rows, and of the facts that they ask for.
    private func words(of item: Item, in pack: StandardPack) -> [String] {
        var words = [item.name.zh, item.subject.zh] + item.synonyms
        for activity in item.activities {
            words += [activity.industryName, activity.subject.zh, activity.note?.zh ?? ""]
            for fact in activity.criterion?.facts ?? [] {
                guard let definition = library.facts[fact] else { continue }
                words.append(definition.label.zh)
                if case .choice(let choices) = definition.kind { words += choices.map(\.label.zh) }
            }
        }
        return words
    }

    @Test("A filling station for natural gas meets row 4 of item 6.2.3 by its subject alone")
    func fillingStation() throws {
        #expect(try verdict("cn.green-finance.2025", "6.2.3", row: 4, [:]).kind == .aligned)
    }

    // MARK: The library as a whole

    @Test("All five standards load, with conditions for every row")
    func packs() {
        #expect(
            library.packs.map(\.id).sorted() == [
                "cn.green-bond.2021", "cn.green-finance.2025", "cn.green-industry.2019", "eu.taxonomy.climate",
                "sg-asia.taxonomy",
            ])
        for pack in library.packs { #expect(pack.criterionCount == pack.activityCount, "\(pack.id)") }
    }

    @Test("Every link of every crosswalk names items and rows that are there")
    func links() throws {
        #expect(library.crosswalks.crosswalks.count == 4)
        for crosswalk in library.crosswalks.crosswalks {
            let from = try #require(library.pack(crosswalk.from))
            let to = try #require(library.pack(crosswalk.to))
            #expect(crosswalk.dangling(from: from, to: to).isEmpty, "\(crosswalk.id)")
            #expect(Set(crosswalk.links.map { [$0.from, $0.to] }).count == crosswalk.links.count, "\(crosswalk.id)")
            // Each can be walked both ways.
            for link in crosswalk.links {
                let forth = library.crosswalks.counterparts(of: link.from, in: from.id, under: to.id)
                #expect(forth.contains { $0.reference == link.to }, "\(crosswalk.id) \(link.from)")
                let back = library.crosswalks.counterparts(of: link.to, in: to.id, under: from.id)
                #expect(back.contains { $0.reference == link.from }, "\(crosswalk.id) \(link.to)")
            }
        }
    }

    @Test("243 links lead from the catalogue of 2025 to that of 2019")
    func links2019() throws {
        let crosswalk = try #require(
            library.crosswalks.crosswalks.first {
                $0.from == "cn.green-finance.2025" && $0.to == "cn.green-industry.2019"
            })
        #expect(crosswalk.links.count == 243)
        #expect(crosswalk.links.allSatisfy { $0.from.row == nil && $0.to.row == nil && $0.confidence != nil })
    }

    @Test(
        "They are the links of the reader's table",
        .enabled(if: ReferenceFolder.path != nil, "the reference folder is not at hand"))
    func linksAsRead() throws {
        let folder = try #require(ReferenceFolder.path)
        let expected = try ReferenceFolder.table(folder + "/catalogues/crosswalk-2025-2019.tsv").map { row in
            [row["code_2025"], row["code_2019"], row["relation"], row["confidence"]].map { $0 ?? "" }
        }
        let crosswalk = try #require(
            library.crosswalks.crosswalks.first { $0.id == "cn.green-finance.2025--cn.green-industry.2019" })
        let found = crosswalk.links.map { link in
            [link.from.description, link.to.description, link.relation.rawValue, "\(link.confidence ?? 0)"]
        }
        #expect(Set(found) == Set(expected) && found.count == expected.count)
    }

    @Test("The check of the standards finds nothing in the library")
    func check() throws {
        let check = try StandardsCheck(folder: LoadedLibrary.root, library: LoadedLibrary.root)
        #expect(check.faults.isEmpty, "\(check.faults.prefix(5))")
        #expect(check.packs.count == 5)
    }
}
