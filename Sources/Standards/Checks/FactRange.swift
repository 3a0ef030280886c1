import Vocabulary

/// The values that a fact can still have under the conditions taken on so far.
struct FactRange: Sendable, Equatable {
    private var lower = -Double.infinity
    private var upper = Double.infinity
    /// Whether the ends themselves are left out.
    private var isOpenBelow = false
    private var isOpenAbove = false
    private var excluded: Set<Double> = []
    /// The yes/no answers or choices still possible; nil for a number.
    private var values: Set<FactValue>?

    init(_ kind: FactKind) {
        switch kind {
        case .number(_, let minimum, let maximum):
            lower = minimum ?? lower
            upper = maximum ?? upper
        case .yesNo: values = [.yesNo(true), .yesNo(false)]
        case .choice(let choices): values = Set(choices.map { .choice($0.id) })
        }
    }

    /// The range that holds one known value.
    init(_ value: FactValue) {
        if case .number(let number) = value {
            lower = number
            upper = number
        } else {
            values = [value]
        }
    }

    var isEmpty: Bool {
        if let values { return values.isEmpty }
        if lower > upper { return true }
        return lower == upper && (isOpenBelow || isOpenAbove || excluded.contains(lower))
    }

    mutating func keep(_ wanted: Set<FactValue>) { values?.formIntersection(wanted) }

    mutating func remove(_ refused: Set<FactValue>) { values?.subtract(refused) }

    mutating func narrow(_ comparison: Comparison, _ threshold: Double) {
        switch comparison {
        case .less: lowerUpper(to: threshold, open: true)
        case .atMost: lowerUpper(to: threshold, open: false)
        case .greater: raiseLower(to: threshold, open: true)
        case .atLeast: raiseLower(to: threshold, open: false)
        case .equal:
            raiseLower(to: threshold, open: false)
            lowerUpper(to: threshold, open: false)
        }
    }

    /// Keeps what does not stand in the comparison with the threshold.
    mutating func refuse(_ comparison: Comparison, _ threshold: Double) {
        switch comparison {
        case .less: narrow(.atLeast, threshold)
        case .atMost: narrow(.greater, threshold)
        case .greater: narrow(.atMost, threshold)
        case .atLeast: narrow(.less, threshold)
        case .equal: excluded.insert(threshold)
        }
    }

    private mutating func raiseLower(to value: Double, open: Bool) {
        if value > lower {
            lower = value
            isOpenBelow = open
        } else if value == lower {
            isOpenBelow = isOpenBelow || open
        }
    }

    private mutating func lowerUpper(to value: Double, open: Bool) {
        if value < upper {
            upper = value
            isOpenAbove = open
        } else if value == upper {
            isOpenAbove = isOpenAbove || open
        }
    }
}
