import Vocabulary

/// What an activity does for the climate, as the catalogue marks it (note 2 of the 2025 catalogue; article 10 and 16 of the
/// EU taxonomy regulation for the enabling and the transitional kind).
public enum Mark: String, Sendable, Hashable, CaseIterable {
    /// √: no direct cut of its own, but it helps others cut.
    case enabling
    /// √√: it cuts emissions directly.
    case direct
    /// Not low-carbon yet, on the way there, without a low-carbon alternative at hand (EU taxonomy).
    case transitional
    /// No mark: green for another reason, or the catalogue has no marks.
    case none
}

/// A step of a catalogue with several degrees of green, e.g. green and amber.
public struct Tier: Sendable, Hashable {
    public let id: String
    public let name: BilingualText

    public init(id: String, name: BilingualText) {
        self.id = id
        self.name = name
    }
}

/// What one tier asks of an activity.
public struct TierCriterion: Sendable, Hashable {
    /// The id of the tier.
    public let tier: String
    public let criterion: Criterion

    public init(tier: String, criterion: Criterion) {
        self.tier = tier
        self.criterion = criterion
    }
}

/// One row of a catalogue: an item in one industry, with its own mark and condition.
public struct Activity: Sendable, Hashable {
    /// The row within its item, from 1.
    public let row: Int
    /// The industry code beside the row as printed (GB/T 4754-2017, NACE or ISIC): `-` where the row covers several
    /// industries, empty where none is printed. It describes the activity and must not be used to classify an enterprise
    /// or a project (note 3 of the 2025 catalogue): a hint, never a verdict.
    public let industry: String
    public let industryName: String
    public let mark: Mark
    public let subject: BilingualText
    /// The condition, where the pack has it. Of an activity with tiers: any of them. What an overlay asks is in it: all of the
    /// catalogue's condition and that of each change, in this order.
    public let criterion: Criterion?
    /// What each tier asks; empty in a catalogue without tiers. Which tier is better, the header of the pack says. What an
    /// overlay asks is in each.
    public let tiers: [TierCriterion]
    /// What an overlay changed, and why; empty in a catalogue that stands by itself.
    public let changes: [OverlayChange]
    /// The condition without what an overlay asks: what another item means that refers to this one.
    public let unchangedCriterion: Criterion?
    /// What each tier asks, without what an overlay asks.
    public let unchangedTiers: [TierCriterion]
    /// How the text was read where it is ambiguous, and which misprint of the source was set right.
    public let note: BilingualText?
    /// The page of the official document that prints the row.
    public let page: Int?

    /// - Parameters:
    ///   - criterion: The condition of the catalogue itself.
    ///   - tiers: What each tier of the catalogue itself asks.
    ///   - changes: What an overlay changed. Where the catalogue's own condition is not known there is none to add to, and
    ///     the activity stays without: evidence is missing at best.
    public init(
        row: Int, industry: String, industryName: String, mark: Mark, subject: BilingualText, criterion: Criterion?,
        tiers: [TierCriterion] = [], note: BilingualText? = nil, page: Int? = nil, changes: [OverlayChange] = []
    ) {
        self.row = row
        self.industry = industry
        self.industryName = industryName
        self.mark = mark
        self.subject = subject
        self.changes = changes
        unchangedTiers = tiers
        let own = tiers.isEmpty ? criterion : .any(tiers.map(\.criterion))
        unchangedCriterion = own
        let asked = changes.compactMap(\.asks)
        let tightened = tiers.map { tier in
            asked.isEmpty ? tier : TierCriterion(tier: tier.tier, criterion: .all([tier.criterion] + asked))
        }
        self.tiers = tightened
        if tiers.isEmpty {
            self.criterion = asked.isEmpty ? own : own.map { .all([$0] + asked) }
        } else {
            self.criterion = .any(tightened.map(\.criterion))
        }
        self.note = note
        self.page = page
    }

    /// The activity with one more change.
    func changed(by change: OverlayChange) -> Activity {
        Activity(
            row: row, industry: industry, industryName: industryName, mark: mark, subject: subject,
            criterion: unchangedCriterion, tiers: unchangedTiers, note: note, page: page, changes: changes + [change])
    }

    /// Whether an overlay added the activity to the catalogue.
    public var isAdded: Bool { changes.contains { $0.kind == .added } }
}

/// One item of a catalogue.
public struct Item: Sendable, Hashable {
    public let code: ItemCode
    public let name: BilingualText
    /// What a project must be about, in our words.
    public let subject: BilingualText
    /// What people of the trade call it.
    public let synonyms: [String]
    public let activities: [Activity]
    /// The mark that all activities share, or nil where the rows differ and the row must be known.
    public let commonMark: Mark?

    public init(
        code: ItemCode, name: BilingualText, subject: BilingualText, synonyms: [String], activities: [Activity]
    ) {
        self.code = code
        self.name = name
        self.subject = subject
        self.synonyms = synonyms
        self.activities = activities
        let marks = Self.activities(activities, row: nil).map(\.mark)
        commonMark = marks.first.flatMap { first in marks.allSatisfy { $0 == first } ? first : nil }
    }

    /// The item with other activities.
    func with(_ activities: [Activity]) -> Item {
        Item(code: code, name: name, subject: subject, synonyms: synonyms, activities: activities)
    }

    /// Whether an overlay added the whole item to the catalogue.
    public var isAdded: Bool { activities.allSatisfy(\.isAdded) }

    /// Whether an overlay changed any of its activities, or added one.
    public var isChanged: Bool { activities.contains { !$0.changes.isEmpty } }

    /// The activities that the item means where a row is named, or where none is: then those that an overlay added to an item
    /// of the catalogue are left out. They count only where they are named, so that adding one makes nothing looser or stricter.
    func activities(row: Int?) -> [Activity] { Self.activities(activities, row: row) }

    private static func activities(_ activities: [Activity], row: Int?) -> [Activity] {
        if let row { return activities.filter { $0.row == row } }
        return activities.allSatisfy(\.isAdded) ? activities : activities.filter { !$0.isAdded }
    }
}

/// A heading of a catalogue: chapter (`4`) or group (`4.2`).
public struct Heading: Sendable, Hashable {
    public let code: String
    public let name: BilingualText

    public init(code: String, name: BilingualText) {
        self.code = code
        self.name = name
    }
}
