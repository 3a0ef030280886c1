import Vocabulary

/// How far the text behind a pack was checked.
public enum Verification: String, Sendable, Hashable, CaseIterable {
    /// Entered from the official document.
    case official
    /// Entered from somebody's summary or copy of it.
    case secondHand = "second_hand"
    /// One reader's judgement, from texts at hand.
    case reading
    /// Made up to show how such a pack looks.
    case example
}

/// What a pack says about itself.
public struct PackHeader: Sendable {
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
    /// What every activity must meet besides its own criterion, e.g. note 1 of the 2025 catalogue or the EU's do no
    /// significant harm.
    public let general: Criterion?
    /// How `general` is taken where a whole book of loans is judged: vouched for by the bank, whose compliance review every
    /// loan has passed, or to be shown loan by loan.
    public let bookTerms: GeneralTerms
    /// The degrees of green, best first; empty where a project is green or is not.
    public let tiers: [Tier]
    /// The environmental objectives that the standard as a whole serves.
    public let objectives: [BilingualText]

    public init(
        id: String, version: String, name: BilingualText, issuer: BilingualText, documentNumber: String,
        effective: CalendarDate, jurisdictions: [String], source: BilingualText, verification: Verification,
        predecessor: String? = nil, transition: Transition = .none, general: Criterion? = nil,
        bookTerms: GeneralTerms = .shown, tiers: [Tier] = [],
        objectives: [BilingualText] = []
    ) {
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
        self.general = general
        self.bookTerms = bookTerms
        self.tiers = tiers
        self.objectives = objectives
    }
}
