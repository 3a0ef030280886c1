import Vocabulary

/// What a technical standard must have been found to say of the project.
public enum Compliance: Sendable, Hashable {
    /// The project conforms to the standard as a whole. Fact: `STANDARD.conforms`, yes or no.
    case conforms
    /// The energy or environmental grade is this one or better; grade 1 is the best. Fact: `STANDARD.grade`.
    case grade(atLeast: Int)
    /// The named level (e.g. target, limit) is reached. Fact: `STANDARD.LEVEL`, yes or no.
    case level(String)
}

/// A place in the same catalogue that a condition refers to: an item, or one row of it.
public struct ItemReference: Sendable, Hashable, CustomStringConvertible {
    public let item: ItemCode
    /// nil for any row of the item.
    public let row: Int?

    public init(_ item: ItemCode, row: Int? = nil) {
        self.item = item
        self.row = row
    }

    /// Reads `4.1.1` or `4.1.1/2`; nil where the text is neither.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let code = parts.first.flatMap({ ItemCode(String($0)) }), parts.count <= 2 else { return nil }
        guard parts.count == 2 else {
            self.init(code)
            return
        }
        guard let row = Int(parts[1]), row > 0 else { return nil }
        self.init(code, row: row)
    }

    /// `4.1.1`, or `4.1.1/2` for its second row.
    public var description: String { row.map { "\(item)/\($0)" } ?? item.text }
}

/// A condition over facts, as a pack states it. See design of packs in ARCHITECTURE.md.
public indirect enum Criterion: Sendable, Hashable {
    /// Every part. With no part it is met by the subject alone.
    case all([Criterion])
    /// At least one part.
    case any([Criterion])
    case not(Criterion)
    /// A numeric fact against a threshold with a unit of the same dimension.
    case compare(FactID, Comparison, Threshold)
    /// A yes/no fact that must be yes.
    case holds(FactID)
    /// A fact of choice that must be one of these.
    case oneOf(FactID, [String])
    /// A technical standard, by its designation (`GB 24500`).
    case complies(standard: String, Compliance)
    /// The criterion of another item of the same pack.
    case see(ItemReference)
    /// The part, which can be met in this year at the latest.
    case until(year: Int, Criterion)

    /// The activity itself is what the catalogue asks for; no condition is added.
    public static let subject = Criterion.all([])

    /// Nothing can meet it. No pack may write it; it stands where an overlay forbids an activity.
    public static let never = Criterion.any([])

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

    /// The fact that a leaf rests on; nil for the other nodes.
    public var fact: FactID? {
        switch self {
        case .compare(let fact, _, _), .holds(let fact), .oneOf(let fact, _): fact
        case .complies(let standard, let compliance): Self.fact(of: standard, compliance)
        case .all, .any, .not, .see, .until: nil
        }
    }

    /// The parts of a node, in order; none for a leaf.
    public var parts: [Criterion] {
        switch self {
        case .all(let parts), .any(let parts): parts
        case .not(let part), .until(_, let part): [part]
        case .compare, .holds, .oneOf, .complies, .see: []
        }
    }

    /// Every fact that the criterion itself names (those behind `see` excluded).
    public var facts: [FactID] { fact.map { [$0] } ?? parts.flatMap(\.facts) }

    /// The items that the criterion refers to.
    public var references: [ItemReference] {
        if case .see(let reference) = self { return [reference] }
        return parts.flatMap(\.references)
    }
}
