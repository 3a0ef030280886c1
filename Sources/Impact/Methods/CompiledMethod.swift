import Standards
import Vocabulary

/// A method checked for units and ready to compute.
public struct CompiledMethod: Sendable {
    public let method: Method
    public let indicators: [Indicator]
    private let steps: [Step]
    private let positions: [String: Int]
    /// The quantities that each output names.
    private let outputUses: [[Int]]

    private struct Step: Sendable {
        let name: String
        let scale: Double
        let alternatives: [Alternative]
    }

    private enum Alternative: Sendable {
        case fact(FactID, scale: Double)
        case factor(Factor)
        case formula(Expression, uses: [Int])
        case constant(Double)
    }

    /// - Throws: `MethodFault` naming the method and what does not fit: an unknown fact, factor, indicator or name, or
    ///   a dimension that is not the declared one.
    public init(
        _ method: Method, facts: FactDictionary, factors: FactorLibrary, indicators: [String: Indicator]
    ) throws(MethodFault) {
        self.method = method
        var dimensions: [String: Dimension] = [:]
        var steps: [Step] = []
        var positions: [String: Int] = [:]
        func fault(_ reason: MethodFault.Reason, _ subject: String) -> MethodFault {
            MethodFault(reason, method: method.id, subject: subject)
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
                    guard let factor = factors[id] else { throw fault(.unknownFactor, id) }
                    dimension = factor.unit.dimension
                    alternatives.append(.factor(factor))
                case .constant(let constant):
                    dimension = constant.unit.dimension
                    alternatives.append(.constant(constant.value * constant.unit.scale))
                case .formula(let expression):
                    do {
                        dimension = try expression.dimension { dimensions[$0] }
                    } catch {
                        throw fault(.formula(error.reason), error.subject)
                    }
                    alternatives.append(.formula(expression, uses: expression.names.compactMap { positions[$0] }))
                }
                guard dimension == quantity.unit.dimension else { throw fault(.wrongDimension, quantity.name) }
            }
            positions[quantity.name] = steps.count
            dimensions[quantity.name] = quantity.unit.dimension
            steps.append(Step(name: quantity.name, scale: quantity.unit.scale, alternatives: alternatives))
        }
        var found: [Indicator] = []
        for output in method.outputs {
            guard let indicator = indicators[output.indicator] else { throw fault(.unknownIndicator, output.indicator) }
            let dimension: Dimension
            do {
                dimension = try output.formula.dimension { dimensions[$0] }
            } catch {
                throw fault(.formula(error.reason), error.subject)
            }
            guard dimension == indicator.unit.dimension else { throw fault(.wrongDimension, output.indicator) }
            found.append(indicator)
        }
        self.steps = steps
        self.positions = positions
        self.indicators = found
        outputUses = method.outputs.map { $0.formula.names.compactMap { positions[$0] } }
    }

    /// Computes the yearly benefit of a project.
    ///
    /// - Parameters:
    ///   - facts: What is known of the project; nothing is guessed.
    ///   - province: Two-digit province in which the project stands, for factors that differ by province.
    ///   - year: The reporting year; factors are the newest of that year or earlier.
    public func compute(_ facts: FactSheet, province: String?, year: Int) -> BenefitOutcome {
        var values = [Double?](repeating: nil, count: steps.count)
        var trace = [Benefit.Input?](repeating: nil, count: steps.count)
        var chosen = [Int](repeating: 0, count: steps.count)
        for (position, step) in steps.enumerated() {
            for (choice, alternative) in step.alternatives.enumerated() {
                guard let found = resolve(alternative, values, facts, province, year) else { continue }
                values[position] = found.value
                chosen[position] = choice
                let quantity = method.quantities[position]
                trace[position] = Benefit.Input(
                    name: quantity.name, label: quantity.label, value: found.value / step.scale,
                    unit: quantity.unit, source: quantity.alternatives[choice], factor: found.factor,
                    nationalStandIn: found.nationalStandIn)
                break
            }
        }
        let lookup: (String) -> Double? = { name in positions[name].flatMap { values[$0] } }
        var results: [Benefit.Result] = []
        var isUsed = [Bool](repeating: false, count: steps.count)
        for (position, (output, indicator)) in zip(method.outputs, indicators).enumerated() {
            guard let base = output.formula.value(lookup) else { continue }
            let exact = base / indicator.unit.scale
            guard exact.isFinite else { continue }
            let value = output.rounding?.apply(exact) ?? exact
            results.append(Benefit.Result(indicator: indicator, value: value, formula: output.formula))
            for used in outputUses[position] { isUsed[used] = true }
        }
        guard !results.isEmpty else {
            return .notComputed(missing: missing(given: values))
        }
        // Formulas name earlier quantities only, so one pass backwards finds all that went in. A factor that could have
        // been used but was not must not make a figure look unconfirmed.
        for position in steps.indices.reversed() where isUsed[position] {
            guard case .formula(_, let uses) = steps[position].alternatives[chosen[position]] else { continue }
            for used in uses { isUsed[used] = true }
        }
        let inputs = steps.indices.compactMap { isUsed[$0] ? trace[$0] : nil }
        return .computed(Benefit(method: method, inputs: inputs, results: results))
    }

    private typealias Found = (value: Double, factor: FactorValue?, nationalStandIn: Bool)

    private func resolve(
        _ alternative: Alternative, _ values: [Double?], _ facts: FactSheet, _ province: String?, _ year: Int
    ) -> Found? {
        switch alternative {
        case .fact(let id, let scale):
            return facts.number(id).map { ($0 * scale, nil, false) }
        case .constant(let value):
            return (value, nil, false)
        case .factor(let factor):
            guard let chosen = factor.value(province: province, year: year) else { return nil }
            let standIn = chosen.province == nil && factor.variesByProvince
            return (chosen.value * factor.unit.scale, chosen, standIn)
        case .formula(let expression, _):
            let value = expression.value { name in positions[name].flatMap { values[$0] } }
            return value.map { ($0, nil, false) }
        }
    }

    /// The facts any of which could make an output computable, those of the first output first.
    private func missing(given values: [Double?]) -> [FactID] {
        var wanted: [FactID] = []
        func visit(_ name: String, _ depth: Int) {
            guard depth < 20, let position = positions[name], values[position] == nil else { return }
            for source in method.quantities[position].alternatives {
                switch source {
                case .fact(let id): if !wanted.contains(id) { wanted.append(id) }
                case .formula(let expression): expression.names.forEach { visit($0, depth + 1) }
                case .factor, .constant: break
                }
            }
        }
        for output in method.outputs { output.formula.names.forEach { visit($0, 0) } }
        return wanted
    }
}

/// Why a method cannot be used.
public struct MethodFault: Error, Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        case duplicateName
        case noSource
        case unknownFact
        case unknownFactor
        case unknownIndicator
        case wrongDimension
        case formula(FormulaFault.Reason)

        /// The key of the phrase that explains it.
        public var key: String {
            switch self {
            case .duplicateName: "method.duplicate-name"
            case .noSource: "method.no-source"
            case .unknownFact: "method.unknown-fact"
            case .unknownFactor: "method.unknown-factor"
            case .unknownIndicator: "method.unknown-indicator"
            case .wrongDimension: "method.wrong-dimension"
            case .formula(let reason): reason.rawValue
            }
        }
    }

    public let reason: Reason
    public let method: String
    public let subject: String

    public init(_ reason: Reason, method: String, subject: String) {
        self.reason = reason
        self.method = method
        self.subject = subject
    }

    public var message: Message {
        Message(key: reason.key, arguments: ["method": method, "subject": subject])
    }
}
