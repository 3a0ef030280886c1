import Vocabulary

/// The name of a fact in the one dictionary that standards, methods and ledgers share,
/// e.g. `installed_capacity`. Lower-case words joined by underscores, dots between a standard and its aspect.
public struct FactID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    public var description: String { name }

    public static func < (lhs: FactID, rhs: FactID) -> Bool { lhs.name < rhs.name }
}

/// What a fact says.
public enum FactValue: Sendable, Hashable {
    /// A number in the unit that the dictionary gives the fact.
    case number(Double)
    /// Whether something holds.
    case yesNo(Bool)
    /// One of the choices that the dictionary lists, by its identifier.
    case choice(String)
}

/// How far a fact can be relied on. Later cases are stronger.
public enum Assurance: String, Sendable, Hashable, Comparable, CaseIterable {
    /// Somebody says so (a ledger's column, an applicant's form).
    case stated
    /// A document that proves it is on file.
    case documented
    /// A third party examined the document.
    case verified

    public static func < (lhs: Assurance, rhs: Assurance) -> Bool { lhs.strength < rhs.strength }

    private var strength: Int {
        switch self {
        case .stated: 0
        case .documented: 1
        case .verified: 2
        }
    }
}

/// A fact with where it came from.
public struct Fact: Sendable, Hashable {
    public let value: FactValue
    public let assurance: Assurance
    /// The document that proves it, by name or number, if one is on file.
    public let document: String?
    /// Who stated it.
    public let statedBy: String?
    public let statedOn: CalendarDate?

    public init(
        _ value: FactValue, assurance: Assurance = .stated, document: String? = nil,
        statedBy: String? = nil, statedOn: CalendarDate? = nil
    ) {
        self.value = value
        self.assurance = assurance
        self.document = document
        self.statedBy = statedBy
        self.statedOn = statedOn
    }
}

/// What is known of one project or loan. A fact that is absent is unknown, which is neither false nor zero.
public struct FactSheet: Sendable, Hashable {
    public private(set) var facts: [FactID: Fact]

    public init(_ facts: [FactID: Fact] = [:]) {
        self.facts = facts
    }

    public var isEmpty: Bool { facts.isEmpty }

    public subscript(id: FactID) -> Fact? {
        get { facts[id] }
        set { facts[id] = newValue }
    }

    /// Whether something is known of one of these facts.
    public func knows(anyOf ids: Set<FactID>) -> Bool {
        facts.keys.contains { ids.contains($0) }
    }

    /// The number of the fact in the dictionary's unit, or nil where it is unknown or not a number.
    public func number(_ id: FactID) -> Double? {
        guard case .number(let value) = facts[id]?.value else { return nil }
        return value
    }
}

extension FactSheet {
    /// The facts whose evidence still holds on a day, and the ids of those whose evidence has run out.
    ///
    /// A fact without a date, or of which the dictionary does not say how long its document holds, does not run out. One
    /// dated after the day is taken as it stands: the day is that of the assessment, the statement may have come later.
    public func current(on day: CalendarDate, _ dictionary: FactDictionary) -> (sheet: FactSheet, expired: [FactID]) {
        var sheet = self
        var expired: [FactID] = []
        for (id, fact) in facts {
            guard let months = dictionary[id]?.validMonths, let stated = fact.statedOn,
                stated.adding(months: months) < day
            else { continue }
            sheet[id] = nil
            expired.append(id)
        }
        return (sheet, expired.sorted())
    }
}
