import Credit
import Standards
import Vocabulary

/// The sums of one book by all faces of the cube.
///
/// Adding is independent of the order: money is whole fen, and benefits are added in whole thousand-millionths of their units, rounded
/// once for each loan. So the same book gives the same cells however many workers brought it.
public struct BookCube: Sendable {
    private var sums: [Key: CubeSum] = [:]
    private var benefits: [BenefitKey: FixedBenefit] = [:]

    public init() {}

    public init(_ loans: [FacilitySnapshot]) {
        for loan in loans { add(loan) }
    }

    public mutating func add(_ loan: FacilitySnapshot) {
        let finding = loan.finding
        let item = finding.decision == .accepted ? finding.item : nil
        let chapter = item?.chapter ?? ""
        let standard = finding.standard
        var keys = [
            Key.total(standard), .size(standard, loan.size, chapter),
            .industry(standard, loan.industry?.section, chapter, finding.mark), .region(standard, loan.region, chapter),
        ]
        if let item { keys.append(.item(standard, item, finding.mark, loan.quality)) }
        for key in keys { sums[key, default: CubeSum()].add(loan) }
        guard let item else { return }
        for (indicator, value) in finding.benefits {
            let fixed = FixedBenefit(value, isAligned: finding.verdict == .aligned)
            for place in [BenefitKey.Place.total, .region(loan.region), .item(item)] {
                benefits[BenefitKey(standard, place, indicator), default: FixedBenefit()] += fixed
            }
        }
    }

    public static func += (left: inout BookCube, right: BookCube) {
        left.sums.merge(right.sums) { one, other in
            var sum = one
            sum += other
            return sum
        }
        left.benefits.merge(right.benefits) { one, other in
            var sum = one
            sum += other
            return sum
        }
    }

    /// The cells in the order of face, edition and values.
    public var cells: [CubeCell] {
        sums.map { key, sum in key.cell(sum) }.sorted {
            ($0.face.rawValue, $0.standard) == ($1.face.rawValue, $1.standard)
                ? $0.values.lexicographicallyPrecedes($1.values)
                : ($0.face.rawValue, $0.standard) < ($1.face.rawValue, $1.standard)
        }
    }

    /// The benefits in the order of face, edition, value and indicator.
    public var benefitCells: [BenefitCell] {
        benefits.map { key, fixed in
            BenefitCell(
                face: key.place.face, standard: key.standard, value: key.place.value, indicator: key.indicator,
                aligned: fixed.aligned, eligible: fixed.eligible)
        }.sorted {
            ($0.face.rawValue, $0.standard, $0.value, $0.indicator)
                < ($1.face.rawValue, $1.standard, $1.value, $1.indicator)
        }
    }

    /// Whether a sum passes what money can say, 92 thousand million million yuan: no book of this world does.
    public var exceedsMoney: Bool {
        sums.values.contains { sum in
            [sum.loans, sum.aligned, sum.eligible, sum.inDoubt].contains { Int64(exactly: $0.fen) == nil }
        }
    }
}

extension BookCube {
    /// Where a loan counts on a face.
    private enum Key: Hashable {
        case total(String)
        case size(String, BorrowerSize?, String)
        case industry(String, IndustrySection?, String, Mark?)
        case region(String, RegionCode?, String)
        case item(String, ItemCode, Mark?, LoanQuality?)

        func cell(_ sum: CubeSum) -> CubeCell {
            let (face, standard, values): (CubeFace, String, [String]) =
                switch self {
                case .total(let standard): (.total, standard, [])
                case .size(let standard, let size, let chapter): (.size, standard, [size?.rawValue ?? "", chapter])
                case .industry(let standard, let section, let chapter, let mark):
                    (.industry, standard, [section.map { String($0.letter) } ?? "", chapter, mark?.rawValue ?? ""])
                case .region(let standard, let region, let chapter):
                    (.region, standard, [region.map { String($0.number) } ?? "", chapter])
                case .item(let standard, let item, let mark, let quality):
                    (.item, standard, [item.text, mark?.rawValue ?? "", quality?.rawValue ?? ""])
                }
            return CubeCell(face: face, standard: standard, values: values, sum: sum)
        }
    }

    private struct BenefitKey: Hashable {
        enum Place: Hashable {
            case total
            case region(RegionCode?)
            case item(ItemCode)

            var face: CubeFace {
                switch self {
                case .total: .total
                case .region: .region
                case .item: .item
                }
            }

            var value: String {
                switch self {
                case .total: ""
                case .region(let region): region.map { String($0.number) } ?? ""
                case .item(let item): item.text
                }
            }
        }

        let standard: String
        let place: Place
        let indicator: String

        init(_ standard: String, _ place: Place, _ indicator: String) {
            self.standard = standard
            self.place = place
            self.indicator = indicator
        }
    }

    /// A benefit in whole thousand-millionths of its unit.
    private struct FixedBenefit {
        private(set) var aligned: Int128 = 0
        private(set) var eligible: Int128 = 0

        init() {}

        init(_ value: Double, isAligned: Bool) {
            let fixed = BenefitCell.fixed(value)
            if isAligned { aligned = fixed } else { eligible = fixed }
        }

        static func += (left: inout FixedBenefit, right: FixedBenefit) {
            left.aligned += right.aligned
            left.eligible += right.eligible
        }
    }
}
