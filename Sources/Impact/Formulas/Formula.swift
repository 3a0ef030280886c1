import Vocabulary

/// A formula over named quantities: `+ - * /`, parentheses, numbers, `min(a, b)`, `max(a, b)`.
///
/// Parsed once when a method is loaded, checked for units there, and evaluated on coherent base units, so that a
/// figure cannot come out of tonnes added to megawatt-hours.
public indirect enum Expression: Sendable, Hashable {
    case number(Double)
    case name(String)
    case negated(Expression)
    case sum(Expression, Expression)
    case difference(Expression, Expression)
    case product(Expression, Expression)
    case quotient(Expression, Expression)
    case smaller(Expression, Expression)
    case larger(Expression, Expression)

    /// The names that the expression needs, each once, in order of appearance.
    public var names: [String] {
        var seen: [String] = []
        collectNames(into: &seen)
        return seen
    }

    private func collectNames(into seen: inout [String]) {
        switch self {
        case .number: break
        case .name(let name): if !seen.contains(name) { seen.append(name) }
        case .negated(let part): part.collectNames(into: &seen)
        case .sum(let a, let b), .difference(let a, let b), .product(let a, let b), .quotient(let a, let b),
            .smaller(let a, let b), .larger(let a, let b):
            a.collectNames(into: &seen)
            b.collectNames(into: &seen)
        }
    }

    /// The dimension of the result.
    /// - Throws: `FormulaFault` where quantities of different dimensions are added or compared, or a name is unknown.
    public func dimension(_ lookup: (String) -> Dimension?) throws(FormulaFault) -> Dimension {
        switch self {
        case .number: return .one
        case .name(let name):
            guard let dimension = lookup(name) else { throw FormulaFault(.unknownName, name) }
            return dimension
        case .negated(let part): return try part.dimension(lookup)
        case .product(let a, let b): return try a.dimension(lookup).multiplied(by: b.dimension(lookup))
        case .quotient(let a, let b): return try a.dimension(lookup).divided(by: b.dimension(lookup))
        case .sum(let a, let b), .difference(let a, let b), .smaller(let a, let b), .larger(let a, let b):
            let left = try a.dimension(lookup)
            let right = try b.dimension(lookup)
            guard left == right else { throw FormulaFault(.mixedDimensions, "\(a) | \(b)") }
            return left
        }
    }

    /// The value, each name given in coherent base units.
    /// - Returns: nil where a name has no value or a divisor is zero.
    public func value(_ lookup: (String) -> Double?) -> Double? {
        switch self {
        case .number(let value): return value
        case .name(let name): return lookup(name)
        case .negated(let part): return part.value(lookup).map { -$0 }
        case .sum(let a, let b): return Self.combine(a.value(lookup), b.value(lookup), +)
        case .difference(let a, let b): return Self.combine(a.value(lookup), b.value(lookup), -)
        case .product(let a, let b): return Self.combine(a.value(lookup), b.value(lookup), *)
        case .smaller(let a, let b): return Self.combine(a.value(lookup), b.value(lookup)) { min($0, $1) }
        case .larger(let a, let b): return Self.combine(a.value(lookup), b.value(lookup)) { max($0, $1) }
        case .quotient(let a, let b):
            guard let divisor = b.value(lookup), divisor != 0 else { return nil }
            return a.value(lookup).map { $0 / divisor }
        }
    }

    private static func combine(_ a: Double?, _ b: Double?, _ operation: (Double, Double) -> Double) -> Double? {
        guard let a, let b else { return nil }
        return operation(a, b)
    }
}

extension Expression: CustomStringConvertible {
    public var description: String {
        switch self {
        case .number(let value): value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        case .name(let name): name
        case .negated(let part): "-\(part)"
        case .sum(let a, let b): "(\(a) + \(b))"
        case .difference(let a, let b): "(\(a) - \(b))"
        case .product(let a, let b): "\(a) * \(b)"
        case .quotient(let a, let b): "\(a) / \(b.isProductLike ? "(\(b))" : "\(b)")"
        case .smaller(let a, let b): "min(\(a), \(b))"
        case .larger(let a, let b): "max(\(a), \(b))"
        }
    }

    private var isProductLike: Bool {
        switch self {
        case .product, .quotient, .negated: true
        default: false
        }
    }
}

/// Why a formula cannot be used.
public struct FormulaFault: Error, Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        case syntax = "formula.syntax"
        case tooDeep = "formula.too-deep"
        case unknownName = "formula.unknown-name"
        case mixedDimensions = "formula.mixed-dimensions"
        case wrongDimension = "formula.wrong-dimension"
    }

    public let reason: Reason
    public let subject: String

    public init(_ reason: Reason, _ subject: String) {
        self.reason = reason
        self.subject = subject
    }

    public var message: Message { Message(key: reason.rawValue, arguments: ["subject": subject]) }
}
