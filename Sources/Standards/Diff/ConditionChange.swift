/// How what a second standard asks stands to what a first one asks, found by proof and not by comparing texts.
public enum ConditionChange: String, Sendable, Hashable, CaseIterable {
    /// Whoever meets the one meets the other.
    case equal
    /// Whoever meets the second meets the first, and not the other way round.
    case stricter
    /// Whoever meets the first meets the second, and not the other way round.
    case looser
    /// Each asks something that the other does not.
    case different
    /// One of the packs has no condition for the rows yet.
    case notStated = "not_stated"

    init(secondAsksMore: Bool, firstAsksMore: Bool) {
        switch (secondAsksMore, firstAsksMore) {
        case (false, false): self = .equal
        case (true, false): self = .stricter
        case (false, true): self = .looser
        case (true, true): self = .different
        }
    }

    /// The change of a whole, from those of its cases: stricter where some are stricter and the rest equal.
    init(of cases: [ConditionChange]) {
        guard !cases.isEmpty, !cases.contains(.notStated) else {
            self = .notStated
            return
        }
        let isMixed = cases.contains(.different)
        self.init(
            secondAsksMore: isMixed || cases.contains(.stricter), firstAsksMore: isMixed || cases.contains(.looser))
    }
}

/// Something that one condition asks and another does not imply.
public struct FurtherDemand: Sendable, Hashable {
    /// The kinds for which it is asked: leaves of choice that stand around it; empty where it is asked of all.
    public let kinds: [Criterion]
    /// What is asked: a leaf, or alternatives of which none is implied.
    public let condition: Criterion
    /// What the other condition asks of the same facts or by the same technical standard, for these kinds.
    public let against: [Criterion]
    /// Whether the other condition rules it out, so that nobody can meet both.
    public let isContradicted: Bool
}

/// What two sets of rows ask, one of each standard.
public struct ConditionCase: Sendable {
    /// The rows of the first standard's item, from 1.
    public let firstRows: [Int]
    /// The tier of the first standard, in a catalogue of tiers.
    public let firstTier: String?
    /// The rows of the second standard's item, from 1.
    public let secondRows: [Int]
    /// The tier of the second standard, in a catalogue of tiers.
    public let secondTier: String?
    /// How what the second asks stands to what the first asks.
    public let change: ConditionChange
    /// What the second asks that the first does not imply.
    public let added: [FurtherDemand]
    /// What the first asks that the second does not imply.
    public let dropped: [FurtherDemand]
}
