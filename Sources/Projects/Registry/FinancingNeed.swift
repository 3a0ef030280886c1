import Vocabulary

/// The money that a project still looks for.
public struct FinancingNeed: Sendable, Hashable {
    /// The form in which the money may come.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// 贷款.
        case loan
        /// 债券.
        case bond
        /// 融资租赁.
        case lease
        /// 基金, equity of a fund.
        case fund
        /// 担保: no money, but somebody who stands for it.
        case guarantee

        /// The key of its name in the phrasebook.
        public var phrase: String {
            switch self {
            case .loan: "project.need.loan"
            case .bond: "project.need.bond"
            case .lease: "project.need.lease"
            case .fund: "project.need.fund"
            case .guarantee: "project.need.guarantee"
            }
        }
    }

    public var amount: Money
    public var tenorMonths: Int?
    public var kind: Kind
    /// The highest yearly rate that the owner would pay, as a share: 4.5 % is 9/200.
    public var rateCeiling: Ratio?

    public init(amount: Money, tenorMonths: Int? = nil, kind: Kind = .loan, rateCeiling: Ratio? = nil) {
        self.amount = amount
        self.tenorMonths = tenorMonths
        self.kind = kind
        self.rateCeiling = rateCeiling
    }
}
