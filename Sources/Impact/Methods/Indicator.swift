import Standards
import Vocabulary

/// Something that a project saves, avoids, treats, stores or produces in a year (or, for capacities, has).
public struct Indicator: Sendable, Hashable {
    public let id: String
    public let name: BilingualText
    /// The unit in which it is reported, e.g. `tCO2e`.
    public let unit: Unit
    /// Whether a loan's share of it is reported and summed. Capacities too are shared; a ratio never.
    public let additive: Bool
    /// One of the seven indicators of the national green-credit statistics.
    public let national: Bool

    public init(id: String, name: BilingualText, unit: Unit, additive: Bool, national: Bool) {
        self.id = id
        self.name = name
        self.unit = unit
        self.additive = additive
        self.national = national
    }
}
