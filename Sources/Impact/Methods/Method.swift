import Standards
import Vocabulary

/// How an output is rounded. Statements do not round inside a method: only a rule of the method itself stands here,
/// such as credits issued in whole tonnes, rounded down.
public struct RoundingRule: Sendable, Hashable {
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        case down
        case halfAwayFromZero = "half_away_from_zero"
    }

    public let direction: Direction
    public let fractionDigits: Int

    public init(direction: Direction, fractionDigits: Int) {
        self.direction = direction
        self.fractionDigits = fractionDigits
    }

    public func apply(_ value: Double) -> Double {
        var scale = 1.0
        for _ in 0..<fractionDigits { scale *= 10 }
        let scaled = value * scale
        // Beyond 2^53 a Double has no fraction left to round.
        guard scaled.magnitude < 0x1p53 else { return value }
        // A product such as 0.1 × 30, or 1.005 × 100, may fall some units in the last place short of the whole or the
        // half that it stands for. Where such a unit is itself a sizeable part of a whole, nothing is forgiven.
        let hair = scaled.magnitude < 0x1p43 ? 8 * scaled.ulp : 0
        let rounded =
            switch direction {
            case .down: (scaled + hair).rounded(.down)
            case .halfAwayFromZero: (scaled + (scaled < 0 ? -hair : hair)).rounded(.toNearestOrAwayFromZero)
            }
        return rounded / scale
    }
}

/// A quantity of a method: a fact, a factor, or a formula over earlier quantities. The first alternative whose inputs
/// are all known is used, so metered output goes before capacity × hours.
public struct MethodQuantity: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        case fact(FactID)
        case factor(String)
        case formula(Expression)
        /// A number with a unit that the method itself fixes, e.g. a definition.
        case constant(Quantity)
    }

    public let name: String
    public let label: BilingualText
    public let unit: Unit
    public let alternatives: [Source]

    public init(name: String, label: BilingualText, unit: Unit, alternatives: [Source]) {
        self.name = name
        self.label = label
        self.unit = unit
        self.alternatives = alternatives
    }
}

/// One result of a method.
public struct MethodOutput: Sendable, Hashable {
    public let indicator: String
    public let formula: Expression
    public let rounding: RoundingRule?

    public init(indicator: String, formula: Expression, rounding: RoundingRule?) {
        self.indicator = indicator
        self.formula = formula
        self.rounding = rounding
    }
}

/// A published way to compute the benefit of a kind of project, as data.
public struct Method: Sendable, Hashable {
    public let id: String
    public let version: String
    public let name: BilingualText
    /// Items whose projects it fits, by standard.
    public let items: [String: [ItemCode]]
    /// Whether `assess` may use it for a loan, or it serves another purpose (credits) and is called by name only.
    public let forStatements: Bool
    public let source: BilingualText
    public let applicability: BilingualText
    public let quantities: [MethodQuantity]
    public let outputs: [MethodOutput]

    public init(
        id: String, version: String, name: BilingualText, items: [String: [ItemCode]], forStatements: Bool,
        source: BilingualText, applicability: BilingualText, quantities: [MethodQuantity], outputs: [MethodOutput]
    ) {
        self.id = id
        self.version = version
        self.name = name
        self.items = items
        self.forStatements = forStatements
        self.source = source
        self.applicability = applicability
        self.quantities = quantities
        self.outputs = outputs
    }

    /// The facts that the method can use, in order.
    public var facts: [FactID] {
        var seen: [FactID] = []
        for case .fact(let id) in quantities.flatMap(\.alternatives) where !seen.contains(id) { seen.append(id) }
        return seen
    }
}
