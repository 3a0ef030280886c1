import Credit
import LedgerFixtures
import Library
import Projects
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Statistics

@Suite("Projects financed for more than they cost")
struct OverfinancingTests {
    private typealias Exposure = Overfinancing.Exposure

    private func exposure(
        _ lender: Int, code: Int? = nil, owned: Int? = nil, named: Int? = nil, _ balance: Int128 = 60,
        cost: Int64? = 100
    ) -> Exposure {
        Exposure(lender: lender, code: code, owned: owned, named: named, balance: balance, cost: cost)
    }

    @Test("Two lenders with more than half of the cost each are found, by code or by name; with half each they are not")
    func found() {
        let byCode = Overfinancing.find([exposure(0, code: 1), exposure(1, code: 1), exposure(2, code: 2)])
        #expect(byCode == [.init(exposures: [0, 1], lenders: 2, balance: 120, cost: 100)])
        let byName = Overfinancing.find([exposure(0, owned: 5, named: 7), exposure(1, named: 7)])
        #expect(byName.map(\.exposures) == [[0, 1]])
        #expect(Overfinancing.find([exposure(0, code: 1, 50), exposure(1, code: 1, 50)]).isEmpty)
        // The largest cost that anybody states counts; where nobody does, nothing can be told.
        #expect(Overfinancing.find([exposure(0, code: 1), exposure(1, code: 1, cost: 200)]).isEmpty)
        #expect(Overfinancing.find([exposure(0, code: 1, cost: nil), exposure(1, code: 1, cost: nil)]).isEmpty)
        #expect(Overfinancing.find([exposure(0, code: 1, cost: nil), exposure(1, code: 1)]).count == 1)
        // One lender alone may do it too.
        #expect(Overfinancing.find([exposure(0, code: 1), exposure(0, code: 1)]).map(\.lenders) == [1])
    }

    @Test("A loan without a code belongs to the code that others state for the same owner and name, if it is but one")
    func codes() {
        func projects(_ exposures: [Exposure]) -> [[Int]] { Overfinancing.projects(exposures) }
        #expect(projects([exposure(0, code: 1, owned: 5, named: 7), exposure(1, owned: 5, named: 8)]) == [[0, 1]])
        #expect(projects([exposure(0, code: 1, named: 7), exposure(1, owned: 5, named: 7)]) == [[0, 1]])
        // The chain of names of one owner.
        #expect(
            projects([
                exposure(0, code: 1, owned: 5, named: 7), exposure(1, owned: 5, named: 8), exposure(2, named: 8),
            ]) == [[0, 1, 2]])
        // Two codes under one name are two projects, and a loan that states none is of neither.
        #expect(
            projects([exposure(0, code: 1, named: 7), exposure(1, code: 2, named: 7), exposure(2, named: 7)])
                == [[0], [1], [2]])
        // Two owners of one name: the name alone tells nothing.
        #expect(
            projects([exposure(0, owned: 5, named: 7), exposure(1, owned: 6, named: 7), exposure(2, named: 7)])
                == [[0], [1], [2]])
        #expect(projects([exposure(0), exposure(1)]) == [[0], [1]])
    }

    @Test("Whatever the order, each loan is of one project, equal codes of one and different codes of two")
    func properties() {
        var chance = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let exposures = (0..<Int.random(in: 0...9, using: &chance)).map { lender in
                func maybe(_ limit: Int) -> Int? {
                    Bool.random(using: &chance) ? Int.random(in: 0...limit, using: &chance) : nil
                }
                return exposure(lender, code: maybe(2), owned: maybe(3), named: maybe(3))
            }
            let projects = Overfinancing.projects(exposures)
            #expect(projects.flatMap { $0 }.sorted() == Array(exposures.indices))
            for project in projects {
                let codes = Set(project.compactMap { exposures[$0].code })
                #expect(codes.count <= 1)
                for code in codes {
                    #expect(exposures.indices.filter { exposures[$0].code == code }.allSatisfy(project.contains))
                }
            }
            // What one owner's code tells of is together, but for loans that state another national code.
            for owned in Set(exposures.compactMap(\.owned)) {
                let loose = exposures.indices.filter { exposures[$0].owned == owned && exposures[$0].code == nil }
                #expect(projects.filter { !$0.filter(loose.contains).isEmpty }.count <= 1)
            }
            let order = exposures.indices.shuffled(using: &chance)
            let shuffled = Overfinancing.projects(order.map { exposures[$0] }).map { Set($0.map { order[$0] }) }
            #expect(Set(shuffled) == Set(projects.map { Set($0) }))
        }
    }
}

@Suite("By what a project is known again in another book")
struct ProjectTracesTests {
    private let words: NameWords

    init() throws {
        words = try RealLibrary.loaded().nameWords()
    }

    private func traces(
        _ project: String, _ owner: String = "重庆渝能新能源有限公司", code: String? = nil, ownerCode: String? = nil,
        investment: Int64? = nil
    ) throws -> ProjectTraces {
        ProjectTraces(
            code: try code.map { try ProjectCode.parse($0) }, project: project, owner: owner,
            ownerCode: try ownerCode.map { try UnifiedSocialCreditCode.parse($0) },
            investment: investment.map { Money(fen: $0) }, words)
    }

    @Test("Other spellings of one name leave the same traces")
    func spellings() throws {
        let first = try traces("金凤10万千瓦光伏发电项目（二期）")
        #expect(first.named != nil && first.code == nil && first.owned == nil)
        #expect(try traces("金凤100兆瓦光伏发电项目二期", "重庆渝能新能源有限责任公司") == first)
        #expect(try traces("金鳳10萬千瓦光伏發電項目(二期)", "渝能（重庆）新能源有限公司") == first)
        #expect(try traces("金凤10万千瓦光伏发电项目（二期）", ownerCode: "91500112N7U9BJPU29").owned != nil)
    }

    @Test("Another phase, size, place or owner is another project")
    func others() throws {
        let first = try traces("金凤10万千瓦光伏发电项目（二期）").named
        for other in [
            "金凤10万千瓦光伏发电项目（一期）", "金凤20万千瓦光伏发电项目（二期）", "银龙10万千瓦光伏发电项目（二期）",
            "奉节县金凤10万千瓦光伏发电项目（二期）",
        ] {
            #expect(try traces(other).named != first)
        }
        #expect(try traces("金凤10万千瓦光伏发电项目（二期）", "重庆渝光新能源有限公司").named != first)
        #expect(try traces("金凤10万千瓦光伏发电项目（二期）", "成都渝能新能源有限公司").named != first)
    }

    @Test("A name that says only a kind of work tells nothing without the cost")
    func kinds() throws {
        #expect(try traces("光伏发电项目").isEmpty)
        #expect(try traces("").isEmpty)
        let costly = try traces("光伏发电项目", investment: 100)
        #expect(costly.named != nil)
        #expect(try traces("光伏发电项目", investment: 200).named != costly.named)
        #expect(try traces("", code: "2026-500235-44-01-123456").code != nil)
    }

    @Test("A book's loans of one project are put together, with all that they state")
    func gathered() throws {
        func loan(_ line: Int, _ project: String, _ balance: Int64, cost: Int64? = nil) -> FacilitySnapshot {
            FacilitySnapshot(
                line: line, loanID: "L\(line)", borrower: "重庆渝能新能源有限公司", purpose: "p", projectName: project,
                balance: Money(fen: balance), totalInvestment: cost.map { Money(fen: $0) },
                finding: FacilityFinding(decision: .notGreen, standard: "s", probability: 0))
        }
        var gatherer = ExposureGatherer(words: words)
        for loan in [
            loan(2, "金凤光伏发电项目", 10, cost: 90), loan(3, "", 99), loan(4, "金凤光伏发电项目", 20, cost: 100),
            loan(5, "银龙光伏发电项目", 30), loan(6, "光伏发电项目", 40), loan(7, "金凤光伏發電项目", 5),
        ] { gatherer.add(loan) }
        let exposures = gatherer.take()
        #expect(exposures.map(\.lines) == [[2, 4, 7], [5]])
        #expect(exposures.map(\.balance) == [35, 30])
        #expect(exposures.map(\.cost) == [Money(fen: 100), nil])
    }
}
