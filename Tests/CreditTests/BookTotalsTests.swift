import Library
import Seeded
import Testing
import Vocabulary

@testable import Credit
@testable import Impact
@testable import Standards

@Suite("The totals of a book")
struct BookTotalsTests {
    private let library: RuleLibrary
    private let methods: [CompiledMethod]
    private let indicators: [Indicator]

    init() throws {
        library = try LoadedLibrary.shared()
        methods = library.methods.filter { $0.method.id == "cn.grid-renewable-power" }
        indicators = library.indicators.filter(\.additive)
    }

    private func loan(
        _ decision: LoanDecision, item: Int? = nil, kind: VerdictKind? = nil, mark: Mark? = .direct,
        part: Int64 = 1_000_000, benefit: [Double]? = nil
    ) -> AssessedLoan {
        var loan = AssessedLoan()
        loan.decision = decision
        loan.item = item
        loan.mark = mark
        loan.greenPart = part
        loan.hasMethod = benefit != nil
        loan.verdict = kind.map { Verdict(kind: $0, item: nil, activity: nil, findings: [], general: nil, missing: []) }
        loan.benefit = benefit.map {
            LoanBenefit(method: 0, province: "50", figures: MethodFigures(values: $0, factorMask: 1))
        }
        return loan
    }

    private func row(
        _ fen: Int64, investment: Int64? = nil, quality: LoanQuality? = nil, size: BorrowerSize? = nil
    ) -> LoanRow {
        var row = LoanRow()
        row.balance = Money(fen: fen)
        row.totalInvestment = investment.map(Money.init(fen:))
        row.quality = quality
        row.size = size
        return row
    }

    private func totals() -> BookTotals { BookTotals(indicators: indicators, methods: methods) }

    @Test("Aligned and eligible loans stand apart and add up to the green ones")
    func apart() {
        var book = totals()
        book.add(loan(.accepted, item: 3, kind: .aligned), row: row(1_000), region: nil, share: nil)
        book.add(loan(.accepted, item: 3, kind: .eligible), row: row(200), region: nil, share: nil)
        book.add(loan(.accepted, item: 5, kind: .eligible), row: row(30), region: nil, share: nil)
        #expect(book.green.aligned.fen == 1_000 && book.green.aligned.rows == 1)
        #expect(book.green.eligible.fen == 230 && book.green.eligible.rows == 2)
        #expect(book.green.fen == 1_230 && book.green.rows == 3)
        #expect(book.byItem[3]?.aligned.fen == 1_000 && book.byItem[3]?.eligible.fen == 200)
        #expect(book.byItem[5]?.aligned.rows == 0 && book.byItem[5]?.fen == 30)
    }

    @Test("Loans that are not green, to be decided or under an older standard are in no green sum")
    func notGreen() {
        var book = totals()
        for decision in [LoanDecision.review, .notGreen, .unassessed] {
            book.add(loan(decision, item: 1, kind: .eligible), row: row(500), region: nil, share: nil)
        }
        book.rejectedRows = 2
        #expect(book.green.rows == 0 && book.byItem.isEmpty && book.byRegion.isEmpty && book.gaps.isEmpty)
        #expect(book.decisions[.review]?.fen == 500)
        #expect(book.acceptedRows == 3 && book.rowsIn == 5)
    }

    @Test("What an older standard judges stands outside the assessed balance")
    func unassessed() {
        var book = totals()
        book.add(loan(.unassessed), row: row(700), region: nil, share: nil)
        book.add(loan(.notGreen), row: row(300), region: nil, share: nil)
        book.add(loan(.accepted, item: 1, kind: .aligned), row: row(100), region: nil, share: nil)
        #expect(book.assessed.fen == 400 && book.assessed.rows == 2)
        #expect(book.decisions[.unassessed]?.fen == 700)
    }

    @Test("Of a loan with several uses only the green part counts, rounded once, half away from zero")
    func greenPart() {
        #expect(loan(.accepted, part: 600_000).greenFen(of: Money(fen: 1_000)) == 600)
        #expect(loan(.accepted, part: 500_000).greenFen(of: Money(fen: 3)) == 2)
        #expect(loan(.accepted, part: 500_000).greenFen(of: Money(fen: -3)) == -2)
        #expect(loan(.accepted, part: 333_333).greenFen(of: Money(fen: 1)) == 0)
        #expect(loan(.accepted, part: 1_000_000).greenFen(of: Money(fen: .max)) == Int128(Int64.max))
        #expect(loan(.accepted, part: 0).greenFen(of: Money(fen: 1_000)) == 0)
        var book = totals()
        var several = loan(.accepted, item: 1, kind: .eligible, part: 600_000)
        several.hasSeveralUses = true
        book.add(several, row: row(1_001), region: nil, share: nil)
        #expect(book.green.fen == 601 && book.severalUses == 1)
        #expect(book.decisions[.accepted]?.fen == 1_001)
    }

    @Test("Every division of the green loans adds up to their whole, for any book")
    func sumsEqual() {
        var generator = SeededGenerator(seed: 168)
        let count = methods[0].indicators.count
        for _ in 0..<20 {
            var book = totals()
            var claims = ProjectClaims()
            var expected = Int128(0)
            var assessed = Int128(0)
            for _ in 0..<300 {
                let decision = LoanDecision.allCases.randomElement(using: &generator) ?? .review
                let hasBenefit = Bool.random(using: &generator)
                let kinds: [VerdictKind] = [.aligned, .eligible]
                let loan = loan(
                    decision, item: Int.random(in: 0..<5, using: &generator),
                    kind: kinds.randomElement(using: &generator),
                    mark: ([.direct, .enabling, Mark.none, nil] as [Mark?]).randomElement(using: &generator) ?? nil,
                    part: Int64.random(in: 0...1_000_000, using: &generator),
                    benefit: hasBenefit
                        ? (0..<count).map { _ in Double(Int.random(in: 0...1_000, using: &generator)) } : nil)
                let row = row(
                    Int64.random(in: 0...1_000_000_000_000, using: &generator),
                    investment: Bool.random(using: &generator)
                        ? Int64.random(in: 1...1_000_000_000_000, using: &generator) : nil,
                    quality: LoanQuality.allCases.randomElement(using: &generator),
                    size: Bool.random(using: &generator) ? BorrowerSize.allCases.randomElement(using: &generator) : nil)
                let region = RegionCode(500_100 + Int.random(in: 1...9, using: &generator))
                let share =
                    loan.isGreen && hasBenefit
                    ? claims.claim(
                        UInt64.random(in: 0..<40, using: &generator), balance: row.balance,
                        totalInvestment: row.totalInvestment) : nil
                book.add(loan, row: row, region: region, share: share)
                if loan.isGreen { expected += loan.greenFen(of: row.balance) }
                if decision != .unassessed { assessed += Int128(row.balance.fen) }
            }
            #expect(book.green.fen == expected)
            #expect(book.assessed.fen == assessed)
            #expect(book.rowsIn == 300)
            check(Array(book.byItem.values), book)
            check(Array(book.byRegion.values), book)
            check(Array(book.bySize.values), book)
            check(Array(book.byQuality.values), book)
            check(Array(book.byMark.values), book)
            let figures = book.factorUses.values.reduce(0, +)
            let gaps = book.gaps.values.reduce(0) { $0 + $1.rows }
            #expect(figures + gaps == book.green.rows)
        }
    }

    private func check(_ parts: [GreenSum], _ book: BookTotals, at location: SourceLocation = #_sourceLocation) {
        #expect(parts.reduce(0) { $0 + $1.aligned.fen } == book.green.aligned.fen, sourceLocation: location)
        #expect(parts.reduce(0) { $0 + $1.eligible.fen } == book.green.eligible.fen, sourceLocation: location)
        #expect(parts.reduce(0) { $0 + $1.rows } == book.green.rows, sourceLocation: location)
        for position in indicators.indices {
            for sums in [\GreenSum.alignedBenefits, \GreenSum.eligibleBenefits] {
                let values = parts.compactMap { $0[keyPath: sums][position] }
                guard let whole = book.green[keyPath: sums][position] else {
                    #expect(values.isEmpty, sourceLocation: location)
                    continue
                }
                #expect(
                    abs(values.reduce(0, +) - whole) <= 1e-9 * max(1, abs(whole)), sourceLocation: location)
            }
        }
    }

    @Test("A loan's benefit is its share of the project's; what no loan has stays nil, not nothing")
    func benefits() throws {
        var book = totals()
        let figures = methods[0].indicators.map { $0.id == "co2e_t" ? 1_000 : Double.nan }
        let half = LoanShare(millionths: 500_000, capped: false)
        let cut = LoanShare(millionths: 250_000, capped: true)
        book.add(loan(.accepted, item: 1, kind: .aligned, benefit: figures), row: row(1), region: nil, share: half)
        book.add(loan(.accepted, item: 1, kind: .eligible, benefit: figures), row: row(1), region: nil, share: cut)
        let carbon = try #require(indicators.firstIndex { $0.id == "co2e_t" })
        let coal = try #require(indicators.firstIndex { $0.id == "standard_coal_t" })
        #expect(book.green.alignedBenefits[carbon] == 500)
        #expect(book.green.eligibleBenefits[carbon] == 250)
        #expect(book.green.alignedBenefits[coal] == nil && book.green.eligibleBenefits[coal] == nil)
        #expect(book.cappedShares == 1)
        #expect(book.factorUses == [FactorUse(method: 0, province: "50", mask: 1): 2])
    }

    @Test("Loans without a figure are counted by the reason: no method, facts, investment, or nothing left")
    func gaps() {
        var withoutFacts = loan(.accepted, item: 1, kind: .eligible)
        withoutFacts.hasMethod = true
        let complete = loan(.accepted, item: 1, kind: .eligible, benefit: [])
        #expect(loan(.accepted, item: 1).gap(row(1)) == .noMethod)
        #expect(withoutFacts.gap(row(1, investment: 5)) == .missingFacts)
        #expect(complete.gap(row(1)) == .noInvestment)
        #expect(complete.gap(row(1, investment: 0)) == .noInvestment)
        #expect(complete.gap(row(1, investment: 5)) == .nothingLeft)
        var book = totals()
        book.add(withoutFacts, row: row(70), region: nil, share: nil)
        book.add(complete, row: row(30), region: nil, share: nil)
        #expect(book.gaps[.missingFacts]?.fen == 70 && book.gaps[.noInvestment]?.fen == 30)
    }

    @Test("Rows with warnings, without a date and decided by persons are counted whatever became of them")
    func counts() {
        var book = totals()
        var warned = row(1)
        warned.warnings = [RowWarning(column: nil, message: Message(key: "row.invalid-text"))]
        var decided = loan(.notGreen)
        decided.ground = .person(PersonDecision(decision: .notGreen, item: nil, by: "甲", reason: "乙"))
        book.add(decided, row: warned, region: nil, share: nil)
        #expect(book.rowsWithWarnings == 1 && book.personDecisions == 1 && book.rowsWithoutDate == 1)
    }

    @Test("Ten million of the largest amounts do not overflow a sum")
    func extremes() {
        var sum = LoanSum()
        for _ in 0..<1_000 { sum.add(Int128(Int64.max)) }
        #expect(sum.fen == Int128(Int64.max) * 1_000 && sum.rows == 1_000)
    }
}
