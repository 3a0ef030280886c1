import Vocabulary

/// Something that speaks for or against two names, or two projects, being the same. The raw value is the key of the phrase.
public enum LikenessReason: String, Sendable, Hashable, CaseIterable {
    case codeSame = "likeness.code-same"
    case codeDiffers = "likeness.code-differs"
    case nameSame = "likeness.name-same"
    case formerName = "likeness.former-name"

    // Companies.
    case markSame = "likeness.mark-same"
    case markNear = "likeness.mark-near"
    case markDiffers = "likeness.mark-differs"
    case tradeTypo = "likeness.trade-typo"
    case tradeUnsure = "likeness.trade-unsure"
    case tradeDiffers = "likeness.trade-differs"
    case tradeMissing = "likeness.trade-missing"
    case formConverted = "likeness.form-converted"
    case formDiffers = "likeness.form-differs"
    case groupDiffers = "likeness.group-differs"
    case branchDiffers = "likeness.branch-differs"

    // Both.
    case placeSame = "likeness.place-same"
    case placeFiner = "likeness.place-finer"
    case placeMissing = "likeness.place-missing"
    case placeMoved = "likeness.place-moved"
    case placeDiffers = "likeness.place-differs"

    // Projects.
    case nameReordered = "likeness.name-reordered"
    case nameTypo = "likeness.name-typo"
    case ownWordsSame = "likeness.own-words-same"
    case ownWordsWithin = "likeness.own-words-within"
    case ownWordsDiffer = "likeness.own-words-differ"
    case subjectSame = "likeness.subject-same"
    case subjectWithin = "likeness.subject-within"
    case subjectDiffers = "likeness.subject-differs"
    case numberDiffers = "likeness.number-differs"
    case capacitySame = "likeness.capacity-same"
    case capacityMissing = "likeness.capacity-missing"
    case capacityDiffers = "likeness.capacity-differs"
    case phaseMissing = "likeness.phase-missing"
    case phaseDiffers = "likeness.phase-differs"
    case lotDiffers = "likeness.lot-differs"
    case extensionDiffers = "likeness.extension-differs"
    case ownerSame = "likeness.owner-same"
    case ownerDiffers = "likeness.owner-differs"
    case itemSame = "likeness.item-same"
    case itemDiffers = "likeness.item-differs"
    case investmentSame = "likeness.investment-same"
    case investmentDiffers = "likeness.investment-differs"

    /// Whether it tells two that belong together from one and the same: another phase, a branch.
    var isKinship: Bool {
        switch self {
        case .groupDiffers, .branchDiffers, .phaseDiffers, .lotDiffers, .extensionDiffers: true
        default: false
        }
    }

    /// Whether two that belong together may well differ in it: a second phase has its own code, size and cost.
    var isApart: Bool {
        switch self {
        case .codeDiffers, .phaseMissing, .capacityMissing, .capacityDiffers, .investmentDiffers: true
        default: isKinship
        }
    }

    /// What it weighs before any pair was seen, in log odds. Pairs of the training set move it; a reason that none of them
    /// shows, such as an older name of a project, keeps it.
    var prior: Double {
        switch self {
        case .codeSame: 8
        case .codeDiffers: -8
        case .nameSame, .formerName: 4
        case .markSame, .ownWordsSame, .nameReordered: 2
        case .nameTypo, .tradeTypo: 2
        case .markNear, .tradeUnsure, .placeMoved, .placeMissing, .tradeMissing, .formConverted: -1
        case .markDiffers, .tradeDiffers, .placeDiffers, .ownWordsDiffer, .numberDiffers: -4
        case .phaseDiffers, .lotDiffers, .extensionDiffers, .groupDiffers, .branchDiffers: -4
        case .formDiffers, .subjectDiffers, .capacityDiffers, .itemDiffers: -3
        case .placeSame, .subjectSame, .capacitySame, .ownerSame, .itemSame, .investmentSame: 1
        case .ownerDiffers, .investmentDiffers: -1.5
        case .placeFiner, .ownWordsWithin, .subjectWithin, .capacityMissing, .phaseMissing: -0.5
        }
    }
}

/// A reason as it was found in one pair.
public struct LikenessFinding: Sendable, Hashable {
    public let reason: LikenessReason
    public let message: Message

    init(_ reason: LikenessReason, _ first: String = "", _ second: String = "") {
        self.reason = reason
        message = Message(key: reason.rawValue, arguments: ["first": first, "second": second])
    }
}

/// A finding with what it weighs in log odds: above 0 it speaks for the same, below against.
public struct WeighedFinding: Sendable, Hashable {
    public let finding: LikenessFinding
    public let weight: Double

    public var reason: LikenessReason { finding.reason }
    public var message: Message { finding.message }
}

/// What is to be thought of two.
public enum LikenessVerdict: String, Sendable, Hashable, CaseIterable {
    /// One and the same.
    case same
    /// Perhaps the same: a person decides.
    case perhaps
    /// Two that belong together: another phase, a branch, a neighbour of the same owner.
    case related
    case different

    /// The key of its name in the phrasebook.
    public var phrase: String {
        switch self {
        case .same: "likeness.verdict.same"
        case .perhaps: "likeness.verdict.perhaps"
        case .related: "likeness.verdict.related"
        case .different: "likeness.verdict.different"
        }
    }
}

/// How alike two are, and why.
public struct Likeness: Sendable, Hashable {
    public let verdict: LikenessVerdict
    /// The probability that they are the same, 0 to 1.
    public let probability: Double
    /// The heaviest first, whichever way they speak.
    public let findings: [WeighedFinding]

    public var reasonsFor: [WeighedFinding] { findings.filter { $0.weight > 0 } }
    public var reasonsAgainst: [WeighedFinding] { findings.filter { $0.weight < 0 } }
}
