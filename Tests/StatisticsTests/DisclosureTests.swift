import Seeded
import Testing

@testable import Statistics

@Suite("What may be shown to everybody")
struct DisclosureTests {
    private let rule = DisclosureRule(lenders: 3, loans: 10, largestPart: 85)

    private func line(_ amounts: [Int128], loans: Int = 5, largest: Int128 = 1) -> Contributions {
        var line = Contributions()
        for (lender, amount) in amounts.enumerated() where amount > 0 {
            line.add(.init(loans: loans, amount: amount), of: "\(lender)", largest: largest)
        }
        return line
    }

    @Test("A sum of too few lenders, of too few loans, or that is nearly all one lender's or one loan's, is not shown")
    func rules() {
        #expect(rule.allows(line([10, 10, 10])))
        #expect(!rule.allows(line([10, 10, 0])))
        #expect(!rule.allows(line([10, 10, 10], loans: 3)))
        #expect(rule.allows(line([85, 10, 5])))
        #expect(!rule.allows(line([86, 9, 5])))
        #expect(!rule.allows(line([40, 30, 30], largest: 86)))
        #expect(!rule.allows(line([])))
    }

    @Test("A single line that is withheld takes the smallest other one with it, or it could be reckoned from the total")
    func second() {
        let lines = [line([100, 100, 100]), line([0, 0, 7]), line([20, 20, 20]), line([50, 50, 50]), line([])]
        #expect(rule.shown(lines) == [true, false, false, true, true])
        #expect(rule.shown([line([10, 10, 10]), line([20, 20, 20])]) == [true, true])
        // Not even the total.
        #expect(rule.shown([line([10, 10])]) == nil)
        #expect(rule.shown([]) == nil)
    }

    @Test("Whatever the table: each shown line may be shown, and so may what all withheld ones come to")
    func properties() {
        var chance = SeededGenerator(seed: 5)
        var (tables, withheld) = (0, 0)
        for _ in 0..<3000 {
            let rule = DisclosureRule(
                lenders: Int.random(in: 1...4, using: &chance), loans: Int.random(in: 1...12, using: &chance),
                largestPart: Int.random(in: 40...100, using: &chance))
            let lines = (0..<Int.random(in: 0...8, using: &chance)).map { _ in
                var line = Contributions()
                for lender in 0..<Int.random(in: 0...6, using: &chance) {
                    let amount = Int128(Int.random(in: 1...1000, using: &chance))
                    line.add(
                        .init(loans: Int.random(in: 0...9, using: &chance), amount: amount), of: "\(lender)",
                        largest: Int128.random(in: 1...amount, using: &chance))
                }
                return line
            }
            guard let shown = rule.shown(lines) else { continue }
            tables += 1
            var hidden = Contributions()
            for (line, isShown) in zip(lines, shown) where line.loans > 0 {
                if isShown { #expect(rule.allows(line)) } else { hidden += line }
            }
            if hidden.loans > 0 {
                withheld += 1
                #expect(rule.allows(hidden))
            }
        }
        #expect(tables > 500 && withheld > 200)
    }
}
