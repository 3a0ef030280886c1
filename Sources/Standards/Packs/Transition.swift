import Vocabulary

/// Which standard business of an earlier date follows.
///
/// 银发〔2025〕132号 says that loans approved but not drawn when it was published, and bonds registered before, keep
/// their old standard, and that new business takes the new one from 2025-10-01. What loans drawn before follow is
/// not stated in the text at hand: it is a parameter that the operator confirms, and the statement shows it.
public struct Transition: Sendable, Hashable {
    public enum EarlierBusiness: String, Sendable, Hashable, CaseIterable {
        /// The standard in force when the loan was approved.
        case older
        /// The pack at hand, for the whole stock.
        case current
    }

    /// What loans of before the effective date follow.
    public var earlierBusiness: EarlierBusiness
    /// Whether the rule was confirmed from the official text.
    public let confirmed: Bool

    public init(earlierBusiness: EarlierBusiness, confirmed: Bool) {
        self.earlierBusiness = earlierBusiness
        self.confirmed = confirmed
    }
}

extension Transition {
    /// A standard that never was another's successor judges all business.
    public static let none = Transition(earlierBusiness: .current, confirmed: true)
}

extension StandardPack {
    /// Whether business of this date is judged by this pack. Business without a date is: the statement says how much.
    public func applies(to date: CalendarDate?, transition: Transition) -> Bool {
        guard let date, date < header.effective else { return true }
        return transition.earlierBusiness == .current || header.predecessor == nil
    }
}
