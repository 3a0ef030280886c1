import Impact
import Standards
import Testing
import Vocabulary

/// One or more answers of each method, computed by hand. Where not said otherwise the project stands in Chongqing and
/// the report is of 2026: grid 0.5581 tCO2/MWh (2023), coal rate 302.4 gce/kWh (2024), electricity by heat content
/// 0.1229 tce/MWh, standard coal 29.307 GJ/tce.
@Suite("Known answers of the methods")
struct MethodAnswersTests {
    private let loaded: LoadedMethods

    init() throws {
        loaded = try loadedMethods()
    }

    private func expect(
        _ id: String, _ facts: [String: Double], _ answers: [String: Double], absent: [String] = [],
        province: String? = "50", year: Int = 2026, unconfirmed: Bool = false,
        at location: SourceLocation = #_sourceLocation
    ) throws {
        let method = try #require(loaded.methods[id], sourceLocation: location)
        for name in facts.keys {
            #expect(method.method.facts.contains(FactID(name)), "\(name)", sourceLocation: location)
        }
        let sheet = FactSheet(Dictionary(uniqueKeysWithValues: facts.map { (FactID($0), Fact(.number($1))) }))
        guard case .computed(let benefit) = method.compute(sheet, province: province, year: year) else {
            Issue.record("\(id) gives no figure", sourceLocation: location)
            return
        }
        for (indicator, answer) in answers {
            let value = try #require(benefit[indicator], "\(indicator)", sourceLocation: location)
            #expect(
                abs(value - answer) <= 1e-7 * max(1, abs(answer)), "\(indicator): \(value), not \(answer)",
                sourceLocation: location)
        }
        for indicator in absent {
            #expect(benefit[indicator] == nil, "\(indicator)", sourceLocation: location)
        }
        #expect(benefit.restsOnUnconfirmed == unconfirmed, sourceLocation: location)
    }

    @Test("Every method has an answer here")
    func complete() {
        let answered: Set<String> = [
            "cn.grid-renewable-power", "cn.nuclear-power", "cn.small-hydro-upgrade", "cn.waste-to-energy",
            "cn.pumped-storage", "cn.new-storage", "cn.energy-saving-retrofit", "cn.grid-loss-reduction",
            "cn.waste-heat-recovery", "cn.coal-to-gas", "cn.heat-pump", "cn.methane-recovery", "cn.sewage-treatment",
            "cn.flue-gas-treatment", "cn.vocs-control", "cn.water-saving", "cn.recycled-materials",
            "cn.waste-treatment", "cn.electric-vehicles", "cn.charging-network", "cn.rail-passenger",
            "cn.freight-shift", "cn.green-building", "cn.building-retrofit", "cn.afforestation", "cn.ccus",
            "cn.data-centre", "cn.district-heating", "cn.credits.acm0002", "cn.credits.acm0002-hydro",
        ]
        #expect(Set(loaded.methods.keys) == answered)
    }

    @Test("cn.grid-renewable-power")
    func renewablePower() throws {
        // 1,000 MWh × 0.3024 = 302.4 tce; × 0.5581 = 558.1 t; in Sichuan × 0.1564 = 156.4 t.
        let id = "cn.grid-renewable-power"
        try expect(
            id, ["annual_electricity_supplied": 1_000],
            ["standard_coal_t": 302.4, "co2e_t": 558.1, "electricity_generated_mwh": 1_000])
        try expect(id, ["annual_electricity_supplied": 1_000], ["co2e_t": 156.4], province: "51")
        // 50 MW × 1,200 h × (1 − 2 %) = 58,800 MWh; × 0.3024 = 17,781.12 tce; × 0.5581 = 32,816.28 t.
        try expect(
            id, ["installed_capacity": 50, "full_load_hours": 1_200, "own_use_rate": 0.02],
            ["electricity_generated_mwh": 58_800, "standard_coal_t": 17_781.12, "co2e_t": 32_816.28])
        // 558.1 − 8.1 of the project's own = 550 t.
        try expect(id, ["annual_electricity_supplied": 1_000, "project_emissions": 8.1], ["co2e_t": 550])
        // 72,668.2 MWh in the nation's grid of 2022: × 0.5366 = 38,993.75612 t; coal rate of 2021's report 305.5:
        // 72,668.2 × 0.3055 = 22,200.1351 tce.
        try expect(
            id, ["annual_electricity_supplied": 72_668.2], ["co2e_t": 38_993.75612, "standard_coal_t": 22_200.1351],
            province: nil, year: 2022)
        // For 2021 the nation's factor is unconfirmed: 1,000 × 0.5568 = 556.8 t.
        try expect(id, ["annual_electricity_supplied": 1_000], ["co2e_t": 556.8], year: 2021, unconfirmed: true)
    }

    @Test("cn.nuclear-power")
    func nuclearPower() throws {
        // 8,000,000 MWh × 0.3024 = 2,419,200 tce; Guangdong 0.4419: 3,535,200 t.
        try expect(
            "cn.nuclear-power", ["annual_electricity_supplied": 8_000_000],
            ["standard_coal_t": 2_419_200, "co2e_t": 3_535_200], province: "44")
    }

    @Test("cn.small-hydro-upgrade")
    func smallHydro() throws {
        // (12,000 − 10,000) MWh × 0.3024 = 604.8 tce; × 0.5581 = 1,116.2 t.
        try expect(
            "cn.small-hydro-upgrade", ["supplied_before_upgrade": 10_000, "supplied_after_upgrade": 12_000],
            ["standard_coal_t": 604.8, "co2e_t": 1_116.2, "electricity_generated_mwh": 2_000])
    }

    @Test("cn.waste-to-energy")
    func wasteToEnergy() throws {
        // 1,000 t CH4 × 28 + 10,000 MWh × 0.5581 − 9,000 − 500 = 28,000 + 5,581 − 9,500 = 24,081 t.
        let facts: [String: Double] = ["waste_treated": 200_000, "annual_electricity_supplied": 10_000]
        try expect(
            "cn.waste-to-energy",
            facts.merging([
                "landfill_methane_avoided": 1_000, "fossil_carbon_emissions": 9_000, "auxiliary_emissions": 500,
            ]) { $1 }, ["co2e_t": 24_081, "standard_coal_t": 3_024, "waste_treated_t": 200_000])
        // Without the methane and the fossil carbon there is no figure for carbon dioxide.
        try expect("cn.waste-to-energy", facts, ["electricity_generated_mwh": 10_000], absent: ["co2e_t"])
    }

    @Test("cn.pumped-storage, cn.new-storage: capacity only")
    func storage() throws {
        try expect(
            "cn.pumped-storage", ["installed_capacity": 1_200], ["pumped_storage_mw": 1_200],
            absent: ["co2e_t", "electricity_generated_mwh"])
        try expect(
            "cn.new-storage", ["storage_power": 100, "storage_energy": 200],
            ["storage_power_mw": 100, "storage_energy_mwh": 200], absent: ["co2e_t"])
    }

    @Test("cn.energy-saving-retrofit")
    func retrofit() throws {
        let id = "cn.energy-saving-retrofit"
        // (120 − 100) kWh × 50,000 = 1,000 MWh: × 0.1229 = 122.9 tce; × 0.5581 = 558.1 t.
        try expect(
            id, ["electricity_per_output_before": 120, "electricity_per_output_after": 100, "annual_output": 50_000],
            ["standard_coal_t": 122.9, "co2e_t": 558.1, "electricity_saved_mwh": 1_000])
        // 100 t of coal × 19.57 GJ/t ÷ 29.307 = 66.7758556 tce; 1,957 GJ × 0.089001 = 174.174957 t.
        try expect(
            id, ["coal_saved": 100], ["standard_coal_t": 66.775855598, "co2e_t": 174.174957],
            absent: ["electricity_saved_mwh"])
        // With the analysis of 29.307 GJ/t, 100 t are 100 tce; 2,930.7 GJ × 0.089001 = 260.8352307 t.
        try expect(
            id, ["coal_saved": 100, "coal_heat_value": 29.307], ["standard_coal_t": 100, "co2e_t": 260.8352307])
        // All carriers: 122.9 + 66.775855598 + 10,000 m3 × 1.33 kg = 13.3 + 1,000 GJ ÷ 29.307 = 34.121540929
        // + 10 t × 1.4571 = 14.571 → 251.668396527 tce.
        // 558.1 + 174.174957 + 389.31 GJ × 0.055539 = 21.62188809 + 1,000 GJ × 0.11 = 110
        // + 10 t × 42.652 × 0.07258533 = 30.959094952 → 894.855940042 t.
        try expect(
            id,
            [
                "electricity_saved": 1_000, "coal_saved": 100, "gas_saved": 10_000, "heat_saved": 1_000,
                "diesel_saved": 10,
            ], ["standard_coal_t": 251.668396527, "co2e_t": 894.855940042])
        // Coal gives way to electricity: 174.174957 − 100 MWh × 0.5581 = 118.364957 t.
        try expect(id, ["coal_saved": 100, "electricity_saved": -100], ["co2e_t": 118.364957])
        // Only an audited 1,000 tce: × 2.21 = 2,210 t, unconfirmed.
        try expect(
            id, ["standard_coal_saved": 1_000], ["standard_coal_t": 1_000, "co2e_t": 2_210], unconfirmed: true)
    }

    @Test("cn.grid-loss-reduction")
    func gridLosses() throws {
        // 100,000 MWh × (6.5 % − 5.5 %) = 1,000 MWh: 122.9 tce, 558.1 t.
        try expect(
            "cn.grid-loss-reduction",
            ["electricity_transmitted": 100_000, "grid_loss_rate_before": 0.065, "grid_loss_rate_after": 0.055],
            ["standard_coal_t": 122.9, "co2e_t": 558.1, "electricity_saved_mwh": 1_000])
    }

    @Test("cn.waste-heat-recovery")
    func wasteHeat() throws {
        // 10,000 MWh × 0.3024 = 3,024 and 50,000 GJ ÷ 29.307 = 1,706.077046 → 4,730.077046 tce;
        // 10,000 × 0.5581 + 50,000 × 0.11 = 5,581 + 5,500 = 11,081 t.
        try expect(
            "cn.waste-heat-recovery", ["annual_electricity_supplied": 10_000, "recovered_heat": 50_000],
            ["standard_coal_t": 4_730.0770464, "co2e_t": 11_081, "heat_gj": 50_000])
        try expect(
            "cn.waste-heat-recovery", ["annual_electricity_supplied": 10_000],
            ["standard_coal_t": 3_024, "co2e_t": 5_581], absent: ["heat_gj"])
    }

    @Test("cn.coal-to-gas")
    func coalToGas() throws {
        // 1,000,000 m3 × 38.931 MJ = 38,931 GJ × (0.089001 − 0.055539) = 1,302.709122 t; no standard coal is saved.
        try expect(
            "cn.coal-to-gas", ["gas_replacing_coal": 1_000_000], ["co2e_t": 1_302.709122], absent: ["standard_coal_t"])
        // At 90 % after 75 %: 46,717.2 GJ of coal × 0.089001 − 38,931 × 0.055539 = 1,995.6887082 t.
        try expect(
            "cn.coal-to-gas",
            ["gas_replacing_coal": 1_000_000, "gas_boiler_efficiency": 0.9, "coal_boiler_efficiency": 0.75],
            ["co2e_t": 1_995.6887082])
        // 2,500 t replaced: 48,925 GJ × 0.089001 − 2,162.188809 = 2,192.185116 t.
        try expect(
            "cn.coal-to-gas", ["gas_replacing_coal": 1_000_000, "coal_replaced": 2_500], ["co2e_t": 2_192.185116])
    }

    @Test("cn.heat-pump")
    func heatPump() throws {
        // 10,000 GJ × 0.11 − 900 MWh × 0.5581 = 1,100 − 502.29 = 597.71 t;
        // 10,000 ÷ 29.307 − 900 × 0.1229 = 341.215409 − 110.61 = 230.605409 tce.
        try expect(
            "cn.heat-pump", ["heat_supplied": 10_000, "heat_supply_electricity": 900],
            ["co2e_t": 597.71, "standard_coal_t": 230.605409288, "heat_gj": 10_000])
    }

    @Test("cn.methane-recovery")
    func methane() throws {
        // 100 t × 28 + 500 MWh × 0.5581 − 79.05 = 2,800 + 279.05 − 79.05 = 3,000 t; 500 × 0.3024 = 151.2 tce.
        try expect(
            "cn.methane-recovery",
            ["methane_recovered": 100, "annual_electricity_supplied": 500, "project_emissions": 79.05],
            ["co2e_t": 3_000, "standard_coal_t": 151.2, "methane_t": 100])
        try expect("cn.methane-recovery", ["methane_recovered": 100], ["co2e_t": 2_800])
        // Power from a process gas without methane: 279.05 t.
        try expect("cn.methane-recovery", ["annual_electricity_supplied": 500], ["co2e_t": 279.05])
    }

    @Test("cn.sewage-treatment")
    func sewage() throws {
        // 10,000,000 m3 × (300 − 30) mg/L × 1e-6 = 2,700 t; ×(30 − 1.5) = 285; ×(40 − 10) = 300; ×(5 − 0.3) = 47.
        try expect(
            "cn.sewage-treatment",
            [
                "sewage_flow": 10_000_000, "cod_in": 300, "cod_out": 30, "nh3n_in": 30, "nh3n_out": 1.5, "tn_in": 40,
                "tn_out": 10, "tp_in": 5, "tp_out": 0.3, "reclaimed_water": 1_000_000, "sludge_treated": 8_000,
            ],
            [
                "cod_t": 2_700, "nh3n_t": 285, "tn_t": 300, "tp_t": 47, "water_t": 1_000_000,
                "sludge_treated_t": 8_000,
            ])
        // Only COD was measured: the others are unknown, not zero.
        try expect(
            "cn.sewage-treatment", ["sewage_flow": 10_000_000, "cod_in": 300, "cod_out": 30], ["cod_t": 2_700],
            absent: ["nh3n_t", "tn_t", "tp_t", "water_t"])
    }

    @Test("cn.flue-gas-treatment")
    func flueGas() throws {
        // 1e9 Nm3 × (1,000 − 35) mg/m3 = 965 t; × (100 − 10) = 90 t; 500 − 100 = 400 t.
        try expect(
            "cn.flue-gas-treatment",
            [
                "flue_gas_volume": 1e9, "so2_concentration_before": 1_000, "so2_concentration_after": 35,
                "nox_emission_before": 500, "nox_emission_after": 100, "dust_concentration_before": 100,
                "dust_concentration_after": 10,
            ], ["so2_t": 965, "nox_t": 400, "dust_t": 90])
        // 2 × 100,000 t × 1 % × 80 % × 95 % = 1,520 t; 500 t × 80 % = 400 t.
        try expect(
            "cn.flue-gas-treatment",
            [
                "coal_burned": 100_000, "coal_sulphur": 0.01, "sulphur_conversion_rate": 0.8,
                "desulphurisation_rate": 0.95, "nox_emission_before": 500, "denitration_rate": 0.8,
            ], ["so2_t": 1_520, "nox_t": 400], absent: ["dust_t"])
    }

    @Test("cn.vocs-control")
    func vocs() throws {
        // 120 − 20 = 100 t.
        try expect("cn.vocs-control", ["vocs_emission_before": 120, "vocs_emission_after": 20], ["vocs_t": 100])
    }

    @Test("cn.water-saving")
    func water() throws {
        // (5 − 4) m3 × 1,000,000 + 500,000 m3 = 1,500,000 t at 1 t/m3.
        try expect(
            "cn.water-saving",
            [
                "water_per_output_before": 5, "water_per_output_after": 4, "annual_output": 1_000_000,
                "reclaimed_water": 500_000,
            ], ["water_t": 1_500_000])
        // 100,000,000 m3 × (15 % − 9 %) = 6,000,000 t.
        try expect(
            "cn.water-saving",
            ["water_network_supply": 100_000_000, "leakage_rate_before": 0.15, "leakage_rate_after": 0.09],
            ["water_t": 6_000_000])
    }

    @Test("cn.recycled-materials, cn.waste-treatment")
    func materials() throws {
        // 1,000 t × 0.8 tCO2e/t = 800 t; without a stated factor only the mass.
        try expect(
            "cn.recycled-materials", ["recycled_mass": 1_000, "recycling_emission_saving": 0.8],
            ["recycled_t": 1_000, "co2e_t": 800])
        try expect("cn.recycled-materials", ["recycled_mass": 1_000], ["recycled_t": 1_000], absent: ["co2e_t"])
        try expect("cn.waste-treatment", ["waste_treated": 30_000], ["waste_treated_t": 30_000])
    }

    @Test("cn.electric-vehicles")
    func electricVehicles() throws {
        // 100 × 60,000 km × 0.3 kg = 1,800 t of diesel: × 42.652 × 0.07258533 × 0.99 = 5,516.910721 t;
        // 6,000 MWh × 0.5581 ÷ 0.95 = 3,524.842105 t → 1,992.068615 t.
        // 1,800 × 1.4571 × 0.99 − 6,000 × 0.1229 = 2,596.5522 − 737.4 = 1,859.1522 tce.
        let facts: [String: Double] = [
            "vehicle_count": 100, "distance_per_vehicle": 60_000, "electricity_per_km": 1,
            "baseline_diesel_per_km": 0.3, "distribution_loss_rate": 0.05,
        ]
        try expect(
            "cn.electric-vehicles", facts, ["co2e_t": 1_992.068615112, "standard_coal_t": 1_859.1522],
            unconfirmed: true)
        // With its own improvement factor 1: 5,572.637093 − 3,524.842105 = 2,047.794986 t, nothing unconfirmed.
        try expect(
            "cn.electric-vehicles", facts.merging(["baseline_improvement_factor": 1]) { $1 },
            ["co2e_t": 2_047.794986])
    }

    @Test("cn.charging-network")
    func charging() throws {
        // 10,000 MWh ÷ 0.15 kWh/km = 66,666,667 km × 0.06 kg = 4,000 t of petrol: × 43.07 × 0.067914 × 0.99
        // = 11,583.221681 t; 10,000 × 0.5581 ÷ 0.95 = 5,874.736842 t → 5,708.484839 t.
        // 4,000 × 1.4714 × 0.99 − 1,229 = 4,597.744 tce.
        try expect(
            "cn.charging-network",
            [
                "charging_electricity": 10_000, "electricity_per_km": 0.15, "baseline_gasoline_per_km": 0.06,
                "distribution_loss_rate": 0.05,
            ], ["co2e_t": 5_708.484838695, "standard_coal_t": 4_597.744], unconfirmed: true)
    }

    @Test("cn.rail-passenger, cn.freight-shift")
    func rail() throws {
        // 1e9 passenger-km × 50 g = 50,000 t − 50,000 MWh × 0.5581 ÷ 0.95 = 29,373.684211 → 20,626.315789 t;
        // 1e9 × 20 g − 50,000 × 0.1229 = 20,000 − 6,145 = 13,855 tce.
        try expect(
            "cn.rail-passenger",
            [
                "passenger_turnover": 1e9, "baseline_emission_per_passenger_km": 50,
                "baseline_standard_coal_per_passenger_km": 20, "traction_electricity": 50_000,
                "distribution_loss_rate": 0.05,
            ], ["co2e_t": 20_626.315789474, "standard_coal_t": 13_855])
        // 1e9 t·km × (60 − 10) g = 50,000 t; × (25 − 5) g = 20,000 tce.
        try expect(
            "cn.freight-shift",
            [
                "freight_turnover": 1e9, "baseline_emission_per_tonne_km": 60, "project_emission_per_tonne_km": 10,
                "baseline_standard_coal_per_tonne_km": 25, "project_standard_coal_per_tonne_km": 5,
            ], ["co2e_t": 50_000, "standard_coal_t": 20_000])
    }

    @Test("cn.green-building, cn.building-retrofit")
    func buildings() throws {
        // 100,000 m2: (80 − 60) kWh = 2,000 MWh; (5 − 4) m3 = 100,000 m3; (200 − 150) MJ = 5,000 GJ.
        // 245.8 + 133 + 5,000 ÷ 29.307 = 170.607704644 → 549.407704644 tce;
        // 1,116.2 + 3,893.1 GJ × 0.055539 = 216.2188809 + 550 → 1,882.4188809 t.
        let answers: [String: Double] = [
            "standard_coal_t": 549.407704644, "co2e_t": 1_882.4188809, "electricity_saved_mwh": 2_000,
            "green_area_m2": 100_000,
        ]
        try expect(
            "cn.green-building",
            [
                "floor_area": 100_000, "reference_electricity_per_area": 80, "designed_electricity_per_area": 60,
                "reference_gas_per_area": 5, "designed_gas_per_area": 4, "reference_heat_per_area": 200,
                "designed_heat_per_area": 150,
            ], answers)
        try expect(
            "cn.building-retrofit",
            [
                "floor_area": 100_000, "electricity_per_area_before": 80, "electricity_per_area_after": 60,
                "gas_per_area_before": 5, "gas_per_area_after": 4, "heat_per_area_before": 200,
                "heat_per_area_after": 150,
            ], answers)
        // Electricity alone: 245.8 tce, 1,116.2 t. The area alone: no saving is guessed.
        try expect(
            "cn.building-retrofit",
            ["floor_area": 100_000, "electricity_per_area_before": 80, "electricity_per_area_after": 60],
            ["standard_coal_t": 245.8, "co2e_t": 1_116.2])
        try expect("cn.green-building", ["floor_area": 100_000], ["green_area_m2": 100_000], absent: ["co2e_t"])
    }

    @Test("cn.afforestation")
    func afforestation() throws {
        // 1,000 ha × 6 m3 × 0.5 × 1.5 × (1 + 0.25) × 0.5 = 2,812.5 tC × 44/12 = 10,312.5 t; − 500 − 300 = 9,512.5;
        // less 10 % = 8,561.25 t, unconfirmed.
        try expect(
            "cn.afforestation",
            [
                "forest_area": 1_000, "growth_per_area": 6, "wood_density": 0.5, "biomass_expansion_factor": 1.5,
                "root_shoot_ratio": 0.25, "carbon_fraction": 0.5, "baseline_removals": 500, "leakage_emissions": 300,
            ], ["co2e_t": 8_561.25, "forest_area_ha": 1_000], unconfirmed: true)
        try expect("cn.afforestation", ["forest_area": 1_000], ["forest_area_ha": 1_000], absent: ["co2e_t"])
    }

    @Test("cn.ccus")
    func captured() throws {
        // 100,000 − 20,000 × 0.5581 − 100,000 GJ × 0.11 − 1,000 = 100,000 − 11,162 − 11,000 − 1,000 = 76,838 t.
        try expect(
            "cn.ccus",
            [
                "co2_stored": 100_000, "capture_electricity": 20_000, "capture_heat": 100_000,
                "project_emissions": 1_000,
            ],
            ["co2e_t": 76_838])
        try expect("cn.ccus", ["net_co2_stored": 70_000], ["co2e_t": 70_000])
    }

    @Test("cn.data-centre")
    func dataCentre() throws {
        // 50,000 MWh × (1.5 − 1.25) = 12,500 MWh: × 0.1229 = 1,536.25 tce; × 0.5581 = 6,976.25 t.
        try expect(
            "cn.data-centre", ["it_electricity": 50_000, "pue_before": 1.5, "pue_after": 1.25],
            ["standard_coal_t": 1_536.25, "co2e_t": 6_976.25, "electricity_saved_mwh": 12_500])
    }

    @Test("cn.district-heating")
    func districtHeating() throws {
        // 1,000,000 GJ × (0.11 − 0.05) = 60,000 t; × (41 − 20) kg = 21,000 tce.
        try expect(
            "cn.district-heating",
            [
                "heat_supplied": 1_000_000, "project_heat_emission_factor": 0.05, "baseline_heat_standard_coal": 41,
                "project_heat_standard_coal": 20,
            ], ["co2e_t": 60_000, "standard_coal_t": 21_000, "heat_gj": 1_000_000])
    }

    @Test("cn.credits.acm0002: Liangzhou 63,831 credits a year")
    func credits() throws {
        // 72,668.2 × 0.8784 = 63,831.74688.
        try expect(
            "cn.credits.acm0002", ["annual_electricity_supplied": 72_668.2, "grid_combined_margin": 0.8784],
            ["co2e_t": 63_831.74688, "credits": 63_831])
        // The unrounded margin 0.75 × 0.9913 + 0.25 × 0.5398 = 0.878425 would give 63,833.563585.
        try expect(
            "cn.credits.acm0002",
            ["annual_electricity_supplied": 72_668.2, "grid_operating_margin": 0.9913, "grid_build_margin": 0.5398],
            ["co2e_t": 63_833.563585, "credits": 63_833])
    }

    @Test("cn.credits.acm0002-hydro")
    func creditsOfHydropower() throws {
        // 100,000 MWh × (0.5 × 0.9 + 0.5 × 0.4 = 0.65) − 9,000.5 = 55,999.5 → 55,999 credits.
        try expect(
            "cn.credits.acm0002-hydro",
            [
                "annual_electricity_supplied": 100_000, "grid_operating_margin": 0.9, "grid_build_margin": 0.4,
                "project_emissions": 9_000.5,
            ], ["co2e_t": 55_999.5, "credits": 55_999])
    }
}
