import Credit
import Standards
import Vocabulary

/// The loans of a cell of the cube.
public struct CubeSum: Sendable, Hashable {
    /// All loans, green or not, with their balances.
    public var loans = LoanSum()
    /// Green loans whose every condition is shown, with their green parts.
    public var aligned = LoanSum()
    /// Green loans whose subject fits and of which evidence is missing, with their green parts.
    public var eligible = LoanSum()
    /// Loans in doubt, with their balances.
    public var inDoubt = LoanSum()
    /// The largest green part of one loan, in fen.
    public var largest: Int64 = 0

    public init() {}

    /// The green loans, conditions shown or still to be shown.
    public var green: LoanSum { aligned + eligible }

    public static func += (left: inout CubeSum, right: CubeSum) {
        left.loans += right.loans
        left.aligned += right.aligned
        left.eligible += right.eligible
        left.inDoubt += right.inDoubt
        left.largest = max(left.largest, right.largest)
    }

    mutating func add(_ loan: FacilitySnapshot) {
        let balance = LoanSum(rows: 1, fen: Int128(loan.balance.fen))
        loans += balance
        switch loan.finding.decision {
        case .accepted:
            let green = LoanSum(rows: 1, fen: Int128(loan.finding.green.fen))
            if loan.finding.verdict == .aligned { aligned += green } else { eligible += green }
            largest = max(largest, loan.finding.green.fen)
        case .review: inDoubt += balance
        case .notGreen, .unassessed: break
        }
    }
}

/// Yearly benefits of green loans by the indicator's id, in its unit: the loans' shares of their projects' benefits.
public struct CubeBenefit: Sendable, Hashable {
    public var aligned: Double
    public var eligible: Double

    public init(aligned: Double = 0, eligible: Double = 0) {
        self.aligned = aligned
        self.eligible = eligible
    }

    public static func += (left: inout CubeBenefit, right: CubeBenefit) {
        left.aligned += right.aligned
        left.eligible += right.eligible
    }
}

/// One cell of a face: what the loans with these values add up to.
public struct CubeCell: Sendable, Equatable {
    public let face: CubeFace
    /// The edition that judges them. Series of two editions are never added.
    public let standard: String
    /// A value for each of the face's dimensions; empty where it is not stated or the loan has none.
    public let values: [String]
    public let sum: CubeSum

    public init(face: CubeFace, standard: String, values: [String], sum: CubeSum) {
        self.face = face
        self.standard = standard
        self.values = values
        self.sum = sum
    }
}

/// The benefits beside a face, by the value of its first dimension.
public struct BenefitCell: Sendable, Equatable {
    public let face: CubeFace
    public let standard: String
    /// Empty where it is not stated, and of the face that has no dimension.
    public let value: String
    /// The indicator's id.
    public let indicator: String
    /// In thousand-millionths of the indicator's unit.
    public let aligned: Int128
    public let eligible: Int128

    public init(
        face: CubeFace, standard: String, value: String, indicator: String, aligned: Int128, eligible: Int128
    ) {
        self.face = face
        self.standard = standard
        self.value = value
        self.indicator = indicator
        self.aligned = aligned
        self.eligible = eligible
    }

    public var benefit: CubeBenefit {
        CubeBenefit(aligned: Double(aligned) / Self.parts, eligible: Double(eligible) / Self.parts)
    }

    /// How many parts a unit has.
    public static let parts = 1e9

    /// A loan's benefit in whole parts.
    static func fixed(_ value: Double) -> Int128 {
        // Far beyond any project; what is no number adds nothing.
        let limited = value.isNaN ? 0 : min(max(value, -1e18), 1e18)
        return Int128((limited * parts).rounded())
    }
}
