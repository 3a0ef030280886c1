import Vocabulary

/// What kind of business a standard is applied to, with the dates that decide which edition.
public enum Business: Sendable, Hashable {
    /// A loan: the day it was approved, and the day it was first drawn.
    case loan(approved: CalendarDate?, drawn: CalendarDate?)
    /// A bond, with the day it was registered or approved, or filed where it is not approved yet.
    case bond(registered: CalendarDate?, filed: CalendarDate?)
}

/// Which edition of a standard a piece of business follows, and why.
public struct Applicability: Sendable, Hashable {
    public enum Edition: String, Sendable, Hashable, CaseIterable {
        case current
        case predecessor
        /// The issuer may choose.
        case choice
    }

    public enum Ground: String, Sendable, Hashable, CaseIterable {
        /// New business from the effective date on.
        case newBusiness = "new_business"
        /// Bond outstanding or registered when the standard was published.
        case registeredBond = "registered_bond"
        /// Bond filed, not approved, when the standard was published.
        case filedBond = "filed_bond"
        /// Loan approved and not drawn when the standard was published.
        case undrawnLoan = "undrawn_loan"
        /// Loan drawn before publication: a parameter.
        case drawnLoan = "drawn_loan"
        /// Loan approved after publication and before the effective date: a parameter.
        case betweenLoan = "between_loan"
        /// No date is known: the current edition.
        case noDate = "no_date"
        /// The standard has no predecessor.
        case noPredecessor = "no_predecessor"
    }

    public let edition: Edition
    public let ground: Ground
    /// Whether the official text at hand says so; otherwise it follows a parameter that an operator has to confirm.
    public let isConfirmed: Bool
}

extension StandardPack {
    /// Which edition judges a piece of business, after the transition rule of the pack.
    ///
    /// 银发〔2025〕132号: outstanding and registered bonds and loans approved but not drawn at publication keep the old
    /// standard; bonds filed and not approved may choose; new business takes the new one from 2025-10-01. The rest, and the
    /// day of publication itself, are parameters of `Transition`.
    public func applicability(of business: Business, _ transition: Transition) -> Applicability {
        guard header.predecessor != nil else {
            return Applicability(edition: .current, ground: .noPredecessor, isConfirmed: true)
        }
        let published = transition.published ?? header.effective
        func parameter(_ rule: Transition.EarlierBusiness, _ ground: Applicability.Ground) -> Applicability {
            Applicability(
                edition: rule == .current ? .current : .predecessor, ground: ground, isConfirmed: transition.confirmed)
        }
        switch business {
        case .bond(let registered?, _):
            let isOld = registered < published
            return Applicability(
                edition: isOld ? .predecessor : .current, ground: isOld ? .registeredBond : .newBusiness,
                isConfirmed: transition.confirmed || registered >= header.effective)
        case .bond(nil, let filed?):
            let isOld = filed < published
            return Applicability(
                edition: isOld ? .choice : .current, ground: isOld ? .filedBond : .newBusiness,
                isConfirmed: transition.confirmed || filed >= header.effective)
        case .loan(let approved, let drawn):
            guard let first = approved ?? drawn else {
                return Applicability(edition: .current, ground: .noDate, isConfirmed: true)
            }
            if first >= header.effective {
                return Applicability(edition: .current, ground: .newBusiness, isConfirmed: true)
            }
            if first >= published { return parameter(transition.earlierBusiness, .betweenLoan) }
            // Drawn on the day of publication or later, it was not drawn when the standard was published.
            if let drawn, drawn < published { return parameter(transition.earlierBusiness, .drawnLoan) }
            return Applicability(edition: .predecessor, ground: .undrawnLoan, isConfirmed: transition.confirmed)
        case .bond(nil, nil):
            return Applicability(edition: .current, ground: .noDate, isConfirmed: true)
        }
    }
}
