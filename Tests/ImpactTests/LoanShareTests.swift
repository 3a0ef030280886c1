import Impact
import Seeded
import Testing
import Vocabulary

@Suite("A loan's share of a project's benefit")
struct LoanShareTests {
    private func share(_ balance: Int64, of investment: Int64?, claimed: Int64 = 0) -> LoanShare? {
        LoanShare(
            balance: Money(fen: balance), totalInvestment: investment.map(Money.init(fen:)), alreadyClaimed: claimed)
    }

    @Test("Balance over total investment, in millionths, rounded down")
    func known() {
        #expect(share(30_000, of: 100_000) == LoanShare(millionths: 300_000, capped: false))
        #expect(share(1, of: 3) == LoanShare(millionths: 333_333, capped: false))
        #expect(share(2, of: 3) == LoanShare(millionths: 666_666, capped: false))
        #expect(share(100, of: 100) == LoanShare(millionths: 1_000_000, capped: false))
        #expect(share(0, of: 100) == LoanShare(millionths: 0, capped: false))
        #expect(share(30_000, of: 100_000)?.ratio == 0.3)
    }

    @Test("A balance above the investment, or above what others left, is cut and flagged")
    func capped() {
        #expect(share(150, of: 100) == LoanShare(millionths: 1_000_000, capped: true))
        #expect(share(60, of: 100, claimed: 700_000) == LoanShare(millionths: 300_000, capped: true))
        #expect(share(30, of: 100, claimed: 700_000) == LoanShare(millionths: 300_000, capped: false))
        #expect(share(1, of: 100, claimed: 1_000_000) == LoanShare(millionths: 0, capped: true))
        #expect(share(0, of: 100, claimed: 1_000_000) == LoanShare(millionths: 0, capped: false))
    }

    @Test("Without a total investment there is no share; a negative balance claims nothing")
    func missing() {
        #expect(share(100, of: nil) == nil)
        #expect(share(100, of: 0) == nil)
        #expect(share(100, of: -5) == nil)
        #expect(share(-100, of: 100) == LoanShare(millionths: 0, capped: false))
    }

    @Test("The extremes of amounts and of earlier claims do not overflow")
    func extremes() {
        #expect(share(.max, of: 1) == LoanShare(millionths: 1_000_000, capped: true))
        #expect(share(.min, of: .max)?.millionths == 0)
        #expect(share(.max, of: .max)?.millionths == 1_000_000)
        #expect(share(50, of: 100, claimed: .max) == LoanShare(millionths: 0, capped: true))
        #expect(share(50, of: 100, claimed: .min) == LoanShare(millionths: 500_000, capped: false))
        #expect(share(200, of: 100, claimed: -5) == LoanShare(millionths: 1_000_000, capped: true))
    }

    @Test("The shares of one project never exceed the whole, in any order")
    func neverAboveWhole() {
        var generator = SeededGenerator(seed: 2025)
        for _ in 0..<2_000 {
            let investment = Int64.random(in: 1...1_000_000_000_000, using: &generator)
            let balances = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                Int64.random(in: -1_000...investment, using: &generator)
            }
            let inOrder = claim(balances, of: investment)
            let shuffled = claim(balances.shuffled(using: &generator), of: investment)
            #expect(inOrder.sum <= LoanShare.whole)
            #expect(shuffled.sum <= LoanShare.whole)
            let balance = balances.reduce(0) { $0 + max($1, 0) }
            if balance <= investment {
                #expect(inOrder.capped == 0 && shuffled.capped == 0)
                // Each rounds down by less than a millionth.
                #expect(Double(inOrder.sum) / 1e6 <= Double(balance) / Double(investment) + 1e-12)
                #expect(inOrder.sum == shuffled.sum)
            } else if balance > investment + investment / 100_000 {
                #expect(inOrder.capped > 0 && shuffled.capped > 0)
                #expect(inOrder.sum == LoanShare.whole && shuffled.sum == LoanShare.whole)
            }
        }
    }

    private func claim(_ balances: [Int64], of investment: Int64) -> (sum: Int64, capped: Int) {
        var sum: Int64 = 0
        var capped = 0
        for balance in balances {
            guard let share = share(balance, of: investment, claimed: sum) else { continue }
            sum += share.millionths
            if share.capped { capped += 1 }
        }
        return (sum, capped)
    }

    @Test("Any amounts at all give a share between nothing and the whole")
    func fuzz() {
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<20_000 {
            let found = share(
                Int64(bitPattern: generator.next()), of: Int64(bitPattern: generator.next()),
                claimed: Int64(bitPattern: generator.next()))
            if let found { #expect((0...LoanShare.whole).contains(found.millionths)) }
        }
    }
}
