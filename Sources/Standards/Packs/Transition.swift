import Vocabulary

/// Which standard business of an earlier date follows.
///
/// 银发〔2025〕132号 says that loans approved but not drawn when it was published, and bonds registered before, keep
/// their old standard, and that new business takes the new one from 2025-10-01. What loans drawn before follow, what
/// loans approved between publication and 2025-10-01 follow, and the day of publication are not in the text at hand:
/// parameters that the operator confirms, and the statement shows them.
public struct Transition: Sendable, Hashable {
    public enum EarlierBusiness: String, Sendable, Hashable, CaseIterable {
        /// The standard in force when the loan was approved.
        case older
        /// The pack at hand, for the whole stock.
        case current
    }

    /// What loans follow that were drawn before publication, or approved between it and the effective date.
    public var earlierBusiness: EarlierBusiness
    /// The day of publication; nil where the standard took effect when it was published.
    public var published: CalendarDate?
    /// Whether the rule was confirmed from the official text.
    public let confirmed: Bool

    public init(
        earlierBusiness: EarlierBusiness, published: CalendarDate? = nil, confirmed: Bool
    ) {
        self.earlierBusiness = earlierBusiness
        self.published = published
        self.confirmed = confirmed
    }

    /// A standard that never was another's successor judges all business.
    public static let none = Transition(earlierBusiness: .current, confirmed: true)
}
