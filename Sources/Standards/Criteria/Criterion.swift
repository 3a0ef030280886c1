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

/// What a technical standard must have been found to say of the project.
public enum Compliance: Sendable, Hashable {
    /// The project conforms to the standard as a whole. Fact: `STANDARD.conforms`, yes or no.
    case conforms
    /// The energy or environmental grade is this one or better; grade 1 is the best. Fact: `STANDARD.grade`.
    case grade(atLeast: Int)
    /// The named level (e.g. target, limit) is reached. Fact: `STANDARD.LEVEL`, yes or no.
    case level(String)
}

/// A condition over facts, as a pack states it. See design of packs in ARCHITECTURE.md.
public indirect enum Criterion: Sendable, Hashable {
    /// Every part. With no part it is met by the subject alone.
    case all([Criterion])
    /// At least one part.
    case any([Criterion])
    case not(Criterion)
    /// A numeric fact against a threshold with a unit of the same dimension.
    case compare(FactID, Comparison, Quantity)
    /// A yes/no fact that must be yes.
    case holds(FactID)
    /// A fact of choice that must be one of these.
    case oneOf(FactID, [String])
    /// A technical standard, by its designation (`GB 24500`).
    case complies(standard: String, Compliance)
    /// The criterion of another item of the same pack.
    case see(ItemCode)

    /// The fact in which a finding under a technical standard is kept:
    /// `GB/T 1028` conforming is `gb_t_1028.conforms`.
    public static func fact(of standard: String, _ compliance: Compliance) -> FactID {
        var name = ""
        for scalar in standard.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9": name.unicodeScalars.append(scalar)
            default: if !name.hasSuffix("_") { name += "_" }
            }
        }
        let aspect =
            switch compliance {
            case .conforms: "conforms"
            case .grade: "grade"
            case .level(let level): level
            }
        return FactID("\(name).\(aspect)")
    }

    /// Every fact that the criterion itself names (those behind `see` excluded).
    public var facts: [FactID] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.facts)
        case .not(let part): part.facts
        case .compare(let fact, _, _), .holds(let fact), .oneOf(let fact, _): [fact]
        case .complies(let standard, let compliance): [Self.fact(of: standard, compliance)]
        case .see: []
        }
    }

    /// The items that the criterion refers to.
    public var references: [ItemCode] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.references)
        case .not(let part): part.references
        case .see(let code): [code]
        case .compare, .holds, .oneOf, .complies: []
        }
    }
}
