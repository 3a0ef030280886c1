import Credit
import Impact
import Seeded
import Testing
import Vocabulary

@Suite("What the loans of one project claim of its benefit")
struct ProjectClaimsTests {
    private let examples: LedgerExamples

    init() throws {
        examples = try LedgerExamples()
    }

    private func key(_ borrower: String, _ project: String, _ code: String = "") throws -> UInt64? {
        let parser = try examples.parser(["借据号", "借款人", "用途", "余额", "项目名称", "项目代码"])
        let record = Record(["1", borrower, "风电", "1", project, code])
        return ProjectClaims.key(try record.row(parser), in: record.bytes.span)
    }

    @Test("A project is its national code, else borrower and project name; without either each loan stands alone")
    func keys() throws {
        let code = "2020-500101-44-01-012345"
        #expect(try key("甲", "一期", code) == key("乙", "二期", code))
        #expect(try key("甲", "一期", code) == key("甲", "", "20205001014401012345"))
        #expect(try key("甲", "一期") == key(" 甲 ", "一期\u{3000}"))
        #expect(try key("甲", "一期") != key("乙", "一期"))
        #expect(try key("甲", "一期") != key("甲", "二期"))
        #expect(try key("甲乙", "丙") != key("甲", "乙丙"))
        #expect(try key("甲", "") == nil)
    }

    @Test("The first loans take their full share, the one that reaches the whole is cut, later ones get nothing")
    func order() {
        var claims = ProjectClaims()
        let investment = Money(fen: 1_000)
        func claim(_ fen: Int64) -> LoanShare? {
            claims.claim(7, balance: Money(fen: fen), totalInvestment: investment)
        }
        #expect(claim(600) == LoanShare(millionths: 600_000, capped: false))
        #expect(claim(600) == LoanShare(millionths: 400_000, capped: true))
        #expect(claim(1) == LoanShare(millionths: 0, capped: true))
        #expect(claims.claim(8, balance: Money(fen: 500), totalInvestment: investment)?.millionths == 500_000)
        #expect(claims.claim(7, balance: Money(fen: 500), totalInvestment: nil) == nil)
        #expect(claims.claim(7, balance: Money(fen: 500), totalInvestment: .zero) == nil)
        // Loans without a project do not share one.
        #expect(claims.claim(nil, balance: Money(fen: 900), totalInvestment: investment)?.millionths == 900_000)
        #expect(claims.claim(nil, balance: Money(fen: 900), totalInvestment: investment)?.millionths == 900_000)
    }

    @Test("Whatever the rows, their order and what they say of the investment, no project gives more than its whole")
    func neverAboveWhole() {
        var generator = SeededGenerator(seed: 132)
        for _ in 0..<300 {
            let rows = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                (
                    key: UInt64.random(in: 0..<4, using: &generator),
                    balance: Money(fen: Int64.random(in: -1_000...1_000_000, using: &generator)),
                    investment: Int.random(in: 0..<8, using: &generator) == 0
                        ? nil : Money(fen: Int64.random(in: 0...2_000_000, using: &generator))
                )
            }
            for rows in [rows, rows.reversed(), rows.shuffled(using: &generator)] {
                var claims = ProjectClaims()
                var sums: [UInt64: Int64] = [:]
                for row in rows {
                    let share = claims.claim(row.key, balance: row.balance, totalInvestment: row.investment)
                    #expect((share == nil) == ((row.investment?.fen ?? 0) <= 0))
                    guard let share else { continue }
                    #expect(share.millionths >= 0)
                    sums[row.key, default: 0] += share.millionths
                }
                for sum in sums.values { #expect(sum <= LoanShare.whole) }
            }
        }
    }

    @Test("Where a project's loans stay below its investment, order changes nothing")
    func orderOfSmallLoans() {
        var generator = SeededGenerator(seed: 133)
        let investment = Money(fen: 1_000_000_000)
        for _ in 0..<200 {
            let balances = (0..<9).map { _ in Money(fen: Int64.random(in: 0...100_000_000, using: &generator)) }
            func shares(_ balances: [Money]) -> [Money: LoanShare?] {
                var claims = ProjectClaims()
                var found: [Money: LoanShare?] = [:]
                for balance in balances {
                    found[balance] = claims.claim(1, balance: balance, totalInvestment: investment)
                }
                return found
            }
            #expect(shares(balances) == shares(balances.shuffled(using: &generator)))
        }
    }
}
