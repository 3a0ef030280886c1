import Standards
import Vocabulary

/// The yearly benefit of a project with everything that it was computed from.
public struct Benefit: Sendable {
    /// A quantity that went in, or was computed on the way.
    public struct Input: Sendable {
        public let name: String
        public let label: BilingualText
        /// In `unit`.
        public let value: Double
        public let unit: Unit
        public let source: MethodQuantity.Source
        /// The value of the factor that was chosen, where the source is one.
        public let factor: FactorValue?
        /// The factor differs by province, and the nation's value stands in for an unknown or unlisted one.
        public let nationalStandIn: Bool
    }

    public struct Result: Sendable {
        public let indicator: Indicator
        /// In the indicator's unit, for the whole project and year, unrounded unless the method itself rounds.
        public let value: Double
        public let formula: Expression
    }

    public let method: Method
    public let inputs: [Input]
    public let results: [Result]

    public subscript(indicator: String) -> Double? {
        results.first { $0.indicator.id == indicator }?.value
    }

    /// Whether a value that was never seen in a source went in.
    public var restsOnUnconfirmed: Bool { inputs.contains { $0.factor?.confidence == .unconfirmed } }
}

/// A benefit, or why there is none. Where facts are missing nothing is guessed.
public enum BenefitOutcome: Sendable {
    case computed(Benefit)
    case notComputed(missing: [FactID])
}
