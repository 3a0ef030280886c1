import Standards
import Vocabulary

/// How far a value can be relied on.
public enum Confidence: String, Sendable, Hashable, CaseIterable {
    /// Seen in the official document.
    case official
    /// Seen in a copy or a published source that quotes the document.
    case secondary
    /// Known to people of the trade, not seen in a source: a parameter that the operator confirms or replaces.
    case unconfirmed
    /// Follows from definition or arithmetic.
    case definition
}

/// One value of a factor, for a year and a region, with the document that says so.
public struct FactorValue: Sendable, Hashable {
    /// The year whose data the value describes; nil for a constant.
    public let year: Int?
    /// Two-digit province (GB/T 2260) or nil for the nation.
    public let province: String?
    /// In the unit of the factor.
    public let value: Double
    public let document: String
    public let confidence: Confidence

    public init(year: Int?, province: String?, value: Double, document: String, confidence: Confidence) {
        self.year = year
        self.province = province
        self.value = value
        self.document = document
        self.confidence = confidence
    }
}

/// A factor: a quantity taken from a document instead of measured, e.g. the emission factor of a grid.
public struct Factor: Sendable, Hashable {
    public let id: String
    public let name: BilingualText
    public let unit: Unit
    public let values: [FactorValue]

    public init(id: String, name: BilingualText, unit: Unit, values: [FactorValue]) {
        self.id = id
        self.name = name
        self.unit = unit
        self.values = values
    }

    /// The value for a province and a year: that of the province before that of the nation, and of the newest data
    /// year not after `year`.
    ///
    /// - Returns: nil where no value is of that year or earlier. A national value standing in for a province is
    ///   recognised by `province == nil` in the result.
    public func value(province: String?, year: Int) -> FactorValue? {
        func newest(_ wanted: String?) -> FactorValue? {
            var best: FactorValue?
            for value in values where value.province == wanted && (value.year ?? 0) <= year {
                if best == nil || (value.year ?? 0) > (best?.year ?? 0) { best = value }
            }
            return best
        }
        if let province, let own = newest(province) { return own }
        return newest(nil)
    }

    /// Whether the factor has values of provinces, so that a missing region matters.
    public var variesByProvince: Bool { values.contains { $0.province != nil } }
}

/// All factors by id.
public struct FactorLibrary: Sendable {
    private let factors: [String: Factor]

    public init(_ list: [Factor]) throws(PackFault) {
        var factors: [String: Factor] = [:]
        for factor in list {
            guard factors.updateValue(factor, forKey: factor.id) == nil else {
                throw PackFault(.duplicate, subject: factor.id)
            }
        }
        self.factors = factors
    }

    public subscript(id: String) -> Factor? { factors[id] }
    public var all: [Factor] { factors.values.sorted { $0.id < $1.id } }
}
