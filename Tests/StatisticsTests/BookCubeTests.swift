import Credit
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Statistics

@Suite("The sums of a book")
struct BookCubeTests {
    static func loans(_ count: Int, _ chance: inout SeededGenerator) -> [FacilitySnapshot] {
        (0..<count).map { RandomLoan.next(line: $0 + 2, &chance) }
    }

    @Test("Each face adds up to the whole, whatever order the loans come in and however they are parted")
    func facesAgree() {
        var chance = SeededGenerator(seed: 3)
        for count in [0, 1, 7, 300] {
            let loans = Self.loans(count, &chance)
            let cube = BookCube(loans)
            var parted = BookCube()
            for part in loans.shuffled(using: &chance).split(whereSeparator: { $0.line % 9 == 0 }) {
                parted += BookCube(Array(part))
            }
            for loan in loans where loan.line % 9 == 0 { parted.add(loan) }
            #expect(parted.cells == cube.cells)
            #expect(parted.benefitCells == cube.benefitCells)
            for face in CubeFace.allCases {
                for standard in RandomLoan.standards {
                    let judged = loans.filter { $0.finding.standard == standard }
                    let green = judged.filter { $0.finding.decision == .accepted }
                    let cells = cube.cells.filter { $0.face == face && $0.standard == standard }
                    var sum = CubeSum()
                    for cell in cells {
                        sum += cell.sum
                        #expect(cell.values.count == face.dimensions.count)
                    }
                    #expect(sum.green.fen == green.reduce(0) { $0 + Int128($1.finding.green.fen) })
                    #expect(sum.green.rows == green.count)
                    #expect(sum.largest == green.map(\.finding.green.fen).max() ?? 0)
                    let all = face.hasAllLoans ? judged : green
                    #expect(sum.loans.rows == all.count)
                    #expect(sum.loans.fen == all.reduce(0) { $0 + Int128($1.balance.fen) })
                    #expect(
                        sum.inDoubt.rows == (face.hasAllLoans ? judged.count { $0.finding.decision == .review } : 0))
                    guard face.hasBenefits else { continue }
                    let benefits = cube.benefitCells.filter { $0.face == face && $0.standard == standard }
                    let told = benefits.filter { $0.indicator == "co2e_t" }.reduce(0) {
                        $0 + $1.benefit.aligned + $1.benefit.eligible
                    }
                    let wanted = green.reduce(0) { $0 + ($1.finding.benefits["co2e_t"] ?? 0) }
                    #expect(abs(told - wanted) <= 1e-6 * max(1, abs(wanted)))
                }
            }
        }
    }

    @Test("A loan counts where it is, with its own values")
    func oneLoan() throws {
        let item = try #require(ItemCode("3.2.1"))
        let loan = FacilitySnapshot(
            line: 2, loanID: "L1", borrower: "虚构新能源有限公司", purpose: "风电", region: RegionCode(500_235),
            industry: try .parse("D4415"), balance: Money(fen: 1000), quality: .normal, size: .small,
            finding: FacilityFinding(
                decision: .accepted, standard: "cn", item: item, verdict: .aligned, mark: .direct, probability: 1,
                green: Money(fen: 800), benefits: ["co2e_t": 1.5]))
        let cells = BookCube([loan]).cells
        let values = Dictionary(uniqueKeysWithValues: cells.map { ($0.face, $0.values) })
        #expect(
            values == [
                .total: [], .size: ["small", "3"], .industry: ["D", "3", "direct"], .region: ["500235", "3"],
                .item: ["3.2.1", "direct", "normal"],
            ])
        #expect(cells.allSatisfy { $0.sum.aligned.fen == 800 && $0.sum.loans.fen == 1000 && $0.sum.eligible.rows == 0 })
        #expect(BookCube([loan]).benefitCells.map(\.value).sorted() == ["", "3.2.1", "500235"])
    }

    @Test("A book beyond what money can say is known as such")
    func tooLarge() {
        var loan = FacilitySnapshot(
            line: 2, loanID: "L", borrower: "b", purpose: "p", balance: Money(fen: .max),
            finding: FacilityFinding(decision: .notGreen, standard: "cn", probability: 0))
        #expect(!BookCube([loan]).exceedsMoney)
        loan.line = 3
        #expect(BookCube([loan, loan]).exceedsMoney)
    }

    @Test("A question is answered from the smallest face that has all of it, or from none")
    func faces() {
        #expect(CubeFace.holding([]) == .total)
        #expect(CubeFace.holding([.chapter]) == .size)
        #expect(CubeFace.holding([.chapter, .mark]) == .industry)
        #expect(CubeFace.holding([.region, .chapter]) == .region)
        #expect(CubeFace.holding([.item]) == .item)
        #expect(CubeFace.holding([.chapter, .quality]) == .item)
        #expect(CubeFace.holding([.region, .quality]) == nil)
        #expect(CubeFace.holding([.size, .industry]) == nil)
    }

    @Test("Shares and growth of nothing are not told")
    func shares() {
        var (now, before) = (CubeSum(), CubeSum())
        #expect(now.greenShare == nil && now.growth(since: before) == nil && now.growth(since: nil) == nil)
        now.loans = LoanSum(rows: 2, fen: 400)
        now.aligned = LoanSum(rows: 1, fen: 100)
        before.eligible = LoanSum(rows: 1, fen: 80)
        #expect(now.greenShare == 0.25)
        #expect(now.growth(since: before) == 0.25)
    }
}

/// Loans of every kind.
enum RandomLoan {
    static let standards = ["cn.green-finance.2025", "cn.green-industry.2019"]

    static func next(line: Int, _ chance: inout SeededGenerator) -> FacilitySnapshot {
        let decision = LoanDecision.allCases.randomElement(using: &chance) ?? .notGreen
        let isGreen = decision == .accepted
        let balance = Int64.random(in: -5...1_000_000_000_000, using: &chance)
        var finding = FacilityFinding(
            decision: decision, standard: standards.randomElement(using: &chance) ?? "", probability: 0.5)
        if isGreen {
            finding.item = ItemCode(
                "\(Int.random(in: 1...9, using: &chance)).\(Int.random(in: 1...2, using: &chance)).1")
            finding.verdict = Bool.random(using: &chance) ? .aligned : .eligible
            finding.mark = ([nil] + Mark.allCases).randomElement(using: &chance) ?? nil
            finding.green = Money(fen: balance / 2)
            if Bool.random(using: &chance) {
                finding.benefits = ["co2e_t": Double.random(in: -1...1e6, using: &chance), "water_t": 0.001]
            }
        }
        return FacilitySnapshot(
            line: line, loanID: "L\(line)", borrower: "虚构公司", purpose: "用途",
            region: [nil, RegionCode(500_235), RegionCode(510_104)].randomElement(using: &chance) ?? nil,
            industry: ["D4415", "C2511"].randomElement(using: &chance).flatMap { try? IndustryCode.parse($0) },
            balance: Money(fen: balance), quality: ([nil] + LoanQuality.allCases).randomElement(using: &chance) ?? nil,
            size: ([nil] + BorrowerSize.allCases).randomElement(using: &chance) ?? nil, finding: finding)
    }
}
