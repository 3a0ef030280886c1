import Vocabulary

/// What an activity does for the climate, as the catalogue marks it (note 2 of the 2025 catalogue).
public enum Mark: String, Sendable, Hashable, CaseIterable {
    /// √: no direct cut of its own, but it helps others cut.
    case enabling
    /// √√: it cuts emissions directly.
    case direct
    /// No mark: green for another reason.
    case none
}

/// One row of a catalogue: an item in one industry, with its own mark and condition.
public struct Activity: Sendable, Hashable {
    /// The row within its item, from 1.
    public let row: Int
    /// The GB/T 4754-2017 code beside the row as printed: four digits, `-` where the row covers several industries,
    /// empty where none is printed. It describes the activity and must not be used to classify an enterprise or a
    /// project (note 3): a hint, never a verdict.
    public let industry: String
    public let industryName: String
    public let mark: Mark
    public let subject: BilingualText
    /// The condition, where the pack has it.
    public let criterion: Criterion?

    public init(
        row: Int, industry: String, industryName: String, mark: Mark, subject: BilingualText, criterion: Criterion?
    ) {
        self.row = row
        self.industry = industry
        self.industryName = industryName
        self.mark = mark
        self.subject = subject
        self.criterion = criterion
    }
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

    public init(
        code: ItemCode, name: BilingualText, subject: BilingualText, synonyms: [String], activities: [Activity]
    ) {
        self.code = code
        self.name = name
        self.subject = subject
        self.synonyms = synonyms
        self.activities = activities
    }

    /// The mark that all activities share, or nil where the rows differ and the row must be known.
    public var commonMark: Mark? {
        guard let first = activities.first?.mark else { return nil }
        return activities.allSatisfy { $0.mark == first } ? first : nil
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

/// How far the text behind a pack was checked.
public enum Verification: String, Sendable, Hashable, CaseIterable {
    case official
    case secondHand = "second_hand"
    case example
}

/// A standard as data: a catalogue of what counts as green, from one date on, in some jurisdictions.
public struct StandardPack: Sendable {
    public let id: String
    /// The version of the data, for the statement.
    public let version: String
    public let name: BilingualText
    public let issuer: BilingualText
    public let documentNumber: String
    public let effective: CalendarDate
    public let jurisdictions: [String]
    public let source: BilingualText
    public let verification: Verification
    /// The standard that earlier business follows, by id.
    public let predecessor: String?
    public let transition: Transition
    public let chapters: [Heading]
    public let groups: [Heading]
    public let items: [Item]
    private let index: [ItemCode: Int]

    /// - Throws: `PackFault` for a duplicate code, an item without group or activity, a `see` that is dangling, circular
    ///   or more than eight references deep.
    public init(
        id: String, version: String, name: BilingualText, issuer: BilingualText, documentNumber: String,
        effective: CalendarDate, jurisdictions: [String], source: BilingualText, verification: Verification,
        predecessor: String?, transition: Transition, chapters: [Heading], groups: [Heading], items: [Item]
    ) throws(PackFault) {
        self.id = id
        self.version = version
        self.name = name
        self.issuer = issuer
        self.documentNumber = documentNumber
        self.effective = effective
        self.jurisdictions = jurisdictions
        self.source = source
        self.verification = verification
        self.predecessor = predecessor
        self.transition = transition
        self.chapters = chapters
        self.groups = groups
        self.items = items.sorted { $0.code < $1.code }
        var index: [ItemCode: Int] = [:]
        let groupCodes = Set(groups.map(\.code))
        for (position, item) in self.items.enumerated() {
            guard index.updateValue(position, forKey: item.code) == nil else {
                throw PackFault(.duplicate, subject: item.code.text)
            }
            guard groupCodes.contains(item.code.group) else {
                throw PackFault(.unknownGroup, subject: item.code.text)
            }
            guard !item.activities.isEmpty else { throw PackFault(.noActivity, subject: item.code.text) }
        }
        self.index = index
        var lengths: [ItemCode: Int] = [:]
        for item in self.items { _ = try referenceLength(from: item.code, trail: [item.code], known: &lengths) }
    }

    public subscript(code: ItemCode) -> Item? { index[code].map { items[$0] } }

    /// The position of an item in `items`.
    public func position(of code: ItemCode) -> Int? { index[code] }

    public var activityCount: Int { items.reduce(0) { $0 + $1.activities.count } }

    /// What another item asks, for `see`: any of its activities.
    public func criterion(of code: ItemCode) -> Criterion? {
        guard let item = self[code] else { return nil }
        let criteria = item.activities.compactMap(\.criterion)
        return criteria.count == item.activities.count ? .any(criteria) : nil
    }

    /// The length of the longest chain of `see` from an item. Each item is followed once, so that packs in which many
    /// items share references take no longer than others.
    private func referenceLength(
        from code: ItemCode, trail: [ItemCode], known: inout [ItemCode: Int]
    ) throws(PackFault) -> Int {
        if let length = known[code] { return length }
        func chain(_ next: ItemCode) -> String { (trail + [next]).map(\.text).joined(separator: " → ") }
        var longest = 0
        for reference in self[code]?.activities.compactMap(\.criterion).flatMap(\.references) ?? [] {
            guard self[reference] != nil else { throw PackFault(.danglingReference, subject: "\(code) → \(reference)") }
            guard !trail.contains(reference) else { throw PackFault(.circularReference, subject: chain(reference)) }
            guard trail.count <= Criterion.deepestReference else {
                throw PackFault(.referencesTooDeep, subject: chain(reference))
            }
            let length = try referenceLength(from: reference, trail: trail + [reference], known: &known) + 1
            guard length <= Criterion.deepestReference else {
                throw PackFault(.referencesTooDeep, subject: chain(reference))
            }
            longest = max(longest, length)
        }
        known[code] = longest
        return longest
    }
}

/// Why a pack, dictionary or other file of the library cannot be used.
public struct PackFault: Error, Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        case duplicate = "pack.duplicate"
        case unknownGroup = "pack.unknown-group"
        case noActivity = "pack.no-activity"
        case danglingReference = "pack.dangling-reference"
        case circularReference = "pack.circular-reference"
        case referencesTooDeep = "pack.references-too-deep"
    }

    public let reason: Reason
    public let subject: String

    public init(_ reason: Reason, subject: String) {
        self.reason = reason
        self.subject = subject
    }

    public var message: Message { Message(key: reason.rawValue, arguments: ["subject": subject]) }
}
