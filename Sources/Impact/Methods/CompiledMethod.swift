import Standards
import Vocabulary

/// A method checked for units and ready to compute. Immutable, and a class so that handing it about costs nothing.
public final class CompiledMethod: Sendable {
    public let method: Method
    public let indicators: [Indicator]
    /// The factors that it may use, in order; a mask over them says which went into a figure.
    public let factors: [Factor]
    let steps: [Step]
    private let outputs: [PostfixFormula]
    private let positions: [String: Int]
    private let usableFacts: Set<FactID>
    private let factorScales: [Double]
    private let indicatorScales: [Double]

    struct Step: Sendable {
        let scale: Double
        let alternatives: [Alternative]
    }

    enum Alternative: Sendable {
        case fact(FactID, scale: Double)
        case factor(Int)
        case formula(PostfixFormula)
        case constant(Double)
    }

    /// - Throws: `MethodFault` naming the method and what does not fit: an unknown fact, factor, indicator or name, or
    ///   a dimension that is not the declared one.
    public init(
        _ method: Method, facts: FactDictionary, factors library: FactorLibrary, indicators: [String: Indicator]
    ) throws(MethodFault) {
        self.method = method
        var dimensions: [String: Dimension] = [:]
        var steps: [Step] = []
        var positions: [String: Int] = [:]
        var factors: [Factor] = []
        func fault(_ reason: MethodFault.Reason, _ subject: String) -> MethodFault {
            MethodFault(reason, method: method.id, subject: subject)
        }
        func checked(_ expression: Expression) throws(MethodFault) -> Dimension {
            do {
                return try expression.dimension { dimensions[$0] }
            } catch {
                throw fault(.formula(error.reason), error.subject)
            }
        }
        for quantity in method.quantities {
            guard positions[quantity.name] == nil else { throw fault(.duplicateName, quantity.name) }
            guard !quantity.alternatives.isEmpty else { throw fault(.noSource, quantity.name) }
            var alternatives: [Alternative] = []
            for source in quantity.alternatives {
                let dimension: Dimension
                switch source {
                case .fact(let id):
                    guard let unit = facts[id]?.unit else { throw fault(.unknownFact, id.name) }
                    dimension = unit.dimension
                    alternatives.append(.fact(id, scale: unit.scale))
                case .factor(let id):
                    guard let factor = library[id] else { throw fault(.unknownFactor, id) }
                    dimension = factor.unit.dimension
                    if !factors.contains(factor) { factors.append(factor) }
                    alternatives.append(.factor(factors.firstIndex(of: factor) ?? 0))
                case .constant(let constant):
                    dimension = constant.unit.dimension
                    alternatives.append(.constant(constant.value * constant.unit.scale))
                case .formula(let expression):
                    dimension = try checked(expression)
                    alternatives.append(.formula(PostfixFormula(expression) { positions[$0] }))
                }
                guard dimension == quantity.unit.dimension else { throw fault(.wrongDimension, quantity.name) }
            }
            positions[quantity.name] = steps.count
            dimensions[quantity.name] = quantity.unit.dimension
            steps.append(Step(scale: quantity.unit.scale, alternatives: alternatives))
        }
        guard factors.count <= 64 else { throw fault(.tooManyFactors, "\(factors.count)") }
        var found: [Indicator] = []
        for output in method.outputs {
            guard let indicator = indicators[output.indicator] else { throw fault(.unknownIndicator, output.indicator) }
            guard try checked(output.formula) == indicator.unit.dimension else {
                throw fault(.wrongDimension, output.indicator)
            }
            found.append(indicator)
        }
        self.steps = steps
        self.positions = positions
        self.factors = factors
        self.indicators = found
        outputs = method.outputs.map { output in PostfixFormula(output.formula) { positions[$0] } }
        usableFacts = Set(method.facts)
        factorScales = factors.map(\.unit.scale)
        indicatorScales = found.map(\.unit.scale)
    }

    /// The factors' values for a place and a year, chosen once for all its loans.
    ///
    /// - Parameters:
    ///   - province: Two-digit province in which the project stands, for factors that differ by province.
    ///   - year: The reporting year; values are the newest of that year or earlier.
    public func choices(province: String?, year: Int) -> FactorChoices {
        FactorChoices(values: factors.map { $0.value(province: province, year: year) })
    }

    /// Whether any fact of the sheet is of use to the method.
    public func canUse(_ facts: FactSheet) -> Bool {
        facts.facts.keys.contains { usableFacts.contains($0) }
    }

    /// The yearly figures of a project, without telling how they came about: for millions of rows.
    /// - Returns: nil where no output can be computed.
    public func figures(_ facts: FactSheet, _ choices: FactorChoices) -> MethodFigures? {
        let run = run(facts, choices)
        return run.hasResult ? MethodFigures(values: run.results, factorMask: run.factorMask) : nil
    }

    /// Computes the yearly benefit of a project with everything that it rests on.
    ///
    /// - Parameters:
    ///   - facts: What is known of the project; nothing is guessed.
    ///   - province: Two-digit province in which the project stands, for factors that differ by province.
    ///   - year: The reporting year; factors are the newest of that year or earlier.
    public func compute(_ facts: FactSheet, province: String?, year: Int) -> BenefitOutcome {
        let choices = choices(province: province, year: year)
        let run = run(facts, choices)
        guard run.hasResult else { return .notComputed(missing: missing(given: run.values)) }
        var inputs: [Benefit.Input] = []
        for (position, quantity) in method.quantities.enumerated() where run.isUsed[position] {
            let choice = run.chosen[position]
            var factor: FactorValue?
            var standIn = false
            if case .factor(let number) = steps[position].alternatives[choice] {
                factor = choices.values[number]
                standIn = factor?.province == nil && factors[number].variesByProvince
            }
            inputs.append(
                Benefit.Input(
                    name: quantity.name, label: quantity.label, value: run.values[position] / steps[position].scale,
                    unit: quantity.unit, source: quantity.alternatives[choice], factor: factor,
                    nationalStandIn: standIn))
        }
        var results: [Benefit.Result] = []
        for (position, value) in run.results.enumerated() where !value.isNaN {
            results.append(
                Benefit.Result(
                    indicator: indicators[position], value: value, formula: method.outputs[position].formula))
        }
        return .computed(Benefit(method: method, inputs: inputs, results: results))
    }

    /// The facts any of which could make an output computable where nothing is known yet.
    public func missing(_ facts: FactSheet, _ choices: FactorChoices) -> [FactID] {
        missing(given: run(facts, choices).values)
    }

    // MARK: One run

    private struct Run {
        /// In coherent base units; NaN where nothing is known.
        var values: [Double]
        var chosen: [Int]
        var isUsed: [Bool]
        /// In the indicators' units; NaN where an output could not be computed.
        var results: [Double]
        var hasResult = false
        var factorMask: UInt64 = 0
    }

    private func run(_ facts: FactSheet, _ choices: FactorChoices) -> Run {
        var run = Run(
            values: [Double](repeating: .nan, count: steps.count), chosen: [Int](repeating: 0, count: steps.count),
            isUsed: [Bool](repeating: false, count: steps.count),
            results: [Double](repeating: .nan, count: outputs.count))
        var stack: [Double] = []
        stack.reserveCapacity(16)
        for position in steps.indices {
            let alternatives = steps[position].alternatives
            for choice in alternatives.indices {
                let value: Double
                switch alternatives[choice] {
                case .fact(let id, let scale): value = facts.number(id).map { $0 * scale } ?? .nan
                case .constant(let constant): value = constant
                case .factor(let number):
                    value = choices.values[number].map { $0.value * factorScales[number] } ?? .nan
                case .formula(let formula): value = formula.value(run.values, &stack)
                }
                guard !value.isNaN else { continue }
                run.values[position] = value
                run.chosen[position] = choice
                break
            }
        }
        for position in outputs.indices {
            let base = outputs[position].value(run.values, &stack)
            let exact = base / indicatorScales[position]
            guard exact.isFinite else { continue }
            run.results[position] = method.outputs[position].rounding?.apply(exact) ?? exact
            run.hasResult = true
            for slot in outputs[position].slots { run.isUsed[slot] = true }
        }
        // Formulas name earlier quantities only, so one pass backwards finds all that went in. A factor that could have
        // been used but was not must not make a figure look unconfirmed.
        for position in steps.indices.reversed() where run.isUsed[position] {
            switch steps[position].alternatives[run.chosen[position]] {
            case .formula(let formula): for slot in formula.slots { run.isUsed[slot] = true }
            case .factor(let number): run.factorMask |= 1 << UInt64(number)
            case .fact, .constant: break
            }
        }
        return run
    }

    private func missing(given values: [Double]) -> [FactID] {
        var wanted: [FactID] = []
        func visit(_ name: String, _ depth: Int) {
            guard depth < 20, let position = positions[name], values[position].isNaN else { return }
            for source in method.quantities[position].alternatives {
                switch source {
                case .fact(let id): if !wanted.contains(id) { wanted.append(id) }
                case .formula(let expression): for name in expression.names { visit(name, depth + 1) }
                case .factor, .constant: break
                }
            }
        }
        for output in method.outputs { for name in output.formula.names { visit(name, 0) } }
        return wanted
    }
}

/// The values that a method's factors have in one place and year, in the order of the method's factors.
public struct FactorChoices: Sendable {
    public let values: [FactorValue?]
}

/// The figures of a project by a method: a value for each of its indicators, in their units, NaN where there is none.
public struct MethodFigures: Sendable {
    public let values: [Double]
    /// Which of the method's factors went into them.
    public let factorMask: UInt64
}
