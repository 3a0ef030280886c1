/// What a mass is a mass of.
///
/// A tonne of CO2e, a tonne of standard coal and a tonne of ammonia nitrogen are all tonnes, and adding them is the
/// classic error of benefit statements. Each substance is therefore a dimension of its own, apart from plain mass.
public enum Substance: Int, Sendable, Hashable, CaseIterable {
    /// Greenhouse gases as carbon dioxide equivalent. Carbon dioxide itself counts here too: its global warming
    /// potential is 1 by definition (IPCC).
    case carbonDioxideEquivalent
    /// Energy carriers as standard coal of 29,307.6 kJ/kg (GB/T 2589-2020).
    case standardCoal
    /// Chemical oxygen demand (COD).
    case chemicalOxygenDemand
    /// Ammonia nitrogen (NH3-N).
    case ammoniaNitrogen
    /// Sulphur dioxide (SO2).
    case sulphurDioxide
    /// Nitrogen oxides (NOx).
    case nitrogenOxides
    /// Total nitrogen (TN).
    case totalNitrogen
    /// Total phosphorus (TP).
    case totalPhosphorus
    /// Dust and soot (颗粒物, 烟尘).
    case dust
    /// Volatile organic compounds (VOCs).
    case volatileOrganicCompounds
    /// Water by mass.
    case water

    /// The substance as it is written behind a unit of mass, such as CO2e in tCO2e.
    public var symbol: String {
        switch self {
        case .carbonDioxideEquivalent: "CO2e"
        case .standardCoal: "ce"
        case .chemicalOxygenDemand: "COD"
        case .ammoniaNitrogen: "NH3-N"
        case .sulphurDioxide: "SO2"
        case .nitrogenOxides: "NOx"
        case .totalNitrogen: "TN"
        case .totalPhosphorus: "TP"
        case .dust: "dust"
        case .volatileOrganicCompounds: "VOCs"
        case .water: "water"
        }
    }
}
