import Vocabulary

/// How a number is compared with the threshold of a criterion.
public enum Comparison: String, Sendable, Hashable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case equal = "="
    case atLeast = ">="
    case greater = ">"

    /// Compares with a tolerance of one part in 10^12, so that a value converted from another unit
    /// (5 MW given as 5000 kW) still equals its threshold.
    public func holds(_ value: Double, _ threshold: Double) -> Bool {
        let tolerance = max(abs(value), abs(threshold)) * 1e-12
        let equal = abs(value - threshold) <= tolerance
        return switch self {
        case .less: value < threshold && !equal
        case .atMost: value < threshold || equal
        case .equal: equal
        case .atLeast: value > threshold || equal
        case .greater: value > threshold && !equal
        }
    }
}

/// What a number is compared with: one quantity, or one that steps from year to year as a taxonomy tightens.
public struct Threshold: Sendable, Hashable {
    public struct Step: Sendable, Hashable {
        /// The first year in which the quantity applies.
        public let from: Int
        public let quantity: Quantity

        public init(from: Int, _ quantity: Quantity) {
            self.from = from
            self.quantity = quantity
        }
    }

    /// In order of years; one step from `Int.min` on where the threshold never changes.
    public let steps: [Step]

    public init(_ quantity: Quantity) {
        steps = [Step(from: .min, quantity)]
    }

    /// Each step holds until the next begins; before the first there is no threshold, and the criterion is unknown.
    public init(steps: [Step]) {
        self.steps = steps.sorted { $0.from < $1.from }
    }

    public var changes: Bool { steps.count > 1 || steps.first.map { $0.from != .min } ?? true }

    /// - Parameter year: The year of the assessment; nil where none is given, which only a threshold that never changes
    ///   can answer.
    public func quantity(in year: Int?) -> Quantity? {
        guard changes else { return steps.first?.quantity }
        guard let year else { return nil }
        return steps.last { $0.from <= year }?.quantity
    }
}
