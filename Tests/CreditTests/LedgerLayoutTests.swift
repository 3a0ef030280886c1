import Credit
import Seeded
import Standards
import Testing
import Vocabulary

@Suite("Headers of ledgers")
struct LedgerLayoutTests {
    private let examples: LedgerExamples

    init() throws {
        examples = try LedgerExamples()
    }

    private let needed = ["借据号", "借款人", "用途", "余额"]

    private func meaning(_ header: String) throws(LayoutFault) -> ColumnMeaning {
        // A column that is needed stands once: the header under test takes its place.
        let column = try? examples.layout(needed + [header]).meanings.last
        if let column { return column }
        for place in needed.indices {
            var headers = needed
            headers[place] = header
            if let layout = try? examples.layout(headers) { return layout.meanings[place] }
        }
        return try examples.layout(needed + [header]).meanings[needed.count]
    }

    @Test("Every synonym of the library is understood, in Chinese and English, upper and lower case, spaced or wide")
    func synonyms() throws {
        let headers = examples.library.ledgerWords.headers
        #expect(headers.count > 130)
        #expect(Set(headers.values) == Set(LedgerColumn.allCases))
        for (folded, column) in headers {
            for written in [folded, folded.uppercased(), " \(folded)\u{3000}", folded.map { "\($0) " }.joined()] {
                guard case .column(column, .yuan) = try meaning(written) else {
                    Issue.record("“\(written)” is not \(column)")
                    continue
                }
            }
        }
    }

    @Test("A ledger with Chinese headers and one with English headers have the same layout")
    func languages() throws {
        let chinese = try examples.layout(["借据号", "借款人名称", "贷款用途", "贷款余额", "审批日期", "五级分类", "项目总投资"])
        let english = try examples.layout([
            "Loan ID", "Borrower name", "Loan purpose", "Outstanding balance", "Approval date", "LOAN QUALITY",
            "total_investment",
        ])
        #expect(chinese.meanings == english.meanings)
        #expect(chinese.fields == english.fields)
        #expect(chinese.field(.approvedOn) == 4)
        #expect(chinese.field(.uscc) == nil)
    }

    @Test(
        "The unit behind a header is that of the column",
        arguments: [
            ("余额", MoneyUnit.yuan), ("余额（元）", .yuan), ("余额(人民币元)", .yuan), ("余额（单位：元）", .yuan),
            ("余额(万元)", .tenThousandYuan), ("余额（万元）", .tenThousandYuan), ("余额_万元", .tenThousandYuan),
            ("余额 万元", .tenThousandYuan), ("余额/万元", .tenThousandYuan), ("余额（单位：万元）", .tenThousandYuan),
            ("余额【人民币万元】", .tenThousandYuan), ("balance (CNY 10k)", .tenThousandYuan), ("余额（亿元）", .hundredMillionYuan),
            ("贷款余额[亿元]", .hundredMillionYuan), ("余额（单位：亿元）", .hundredMillionYuan), ("余额（百万元）", .millionYuan),
            ("余额(单位:百万元)", .millionYuan), ("余额(本外币合计，万元)", .tenThousandYuan), ("Balance (RMB)", .yuan),
            ("余额（期末）", .yuan), ("人民币余额（万元）", .tenThousandYuan),
        ])
    func units(header: String, unit: MoneyUnit) throws {
        let layout = try examples.layout(["借据号", "借款人", "用途", header])
        #expect(layout.meanings[3] == .column(.balance, unit))
        #expect(layout.units[LedgerColumn.balance.position] == unit)
    }

    @Test(
        "A unit that is none of ours is refused, not taken for yuan",
        arguments: [
            "余额（千元）", "余额(单位:千元)", "余额（美元）", "余额（万美元）", "余额（万）", "余额(亿)", "余额(CNY million)", "余额（USD）",
            "balance (thousand yuan)", "余额（千万元）", "余额(万元)(期末)",
        ])
    func unknownUnits(header: String) throws {
        #expect(examples.layoutFault(["借据号", "借款人", "用途", header]) == .unknownUnit(header))
        // The user can say what it is.
        let mapping = LedgerMapping(units: [.balance: .yuan])
        let layout = try examples.layout(["借据号", "借款人", "用途", header], mapping)
        #expect(layout.units[LedgerColumn.balance.position] == .yuan)
    }

    @Test("A remark in brackets behind other columns does not hide them")
    func remarks() throws {
        #expect(try meaning("利率（%）") == .column(.rate, .yuan))
        #expect(try meaning("贷款用途（按合同）") == .column(.purpose, .yuan))
        #expect(try meaning("发放日期[yyyy-mm-dd]") == .column(.issuedOn, .yuan))
    }

    @Test("Each money column has its own unit")
    func severalUnits() throws {
        let layout = try examples.layout(["借据号", "借款人", "用途", "余额（万元）", "贷款金额", "总投资（亿元）"])
        #expect(layout.units[LedgerColumn.balance.position] == .tenThousandYuan)
        #expect(layout.units[LedgerColumn.amount.position] == .yuan)
        #expect(layout.units[LedgerColumn.totalInvestment.position] == .hundredMillionYuan)
    }

    @Test("The contract's number stands in for a missing loan id, and does not where there is one")
    func contract() throws {
        let without = try examples.layout(["合同号", "借款人", "用途", "余额"])
        #expect(without.field(.loanID) == 0)
        let with = try examples.layout(["合同号", "借据号", "借款人", "用途", "余额"])
        #expect(with.field(.loanID) == 1)
        #expect(with.field(.contractID) == 0)
    }

    @Test("Missing columns are named, all at once, with what the header has")
    func missing() {
        #expect(examples.layoutFault(["借款人", "备注"]) == .columnsMissing([.loanID, .purpose, .balance], ["借款人", "备注"]))
        #expect(examples.layoutFault([]) == .columnsMissing(LedgerColumn.needed, []))
        #expect(examples.layoutFault(needed) == nil)
    }

    @Test("Two columns of one meaning are refused by name")
    func duplicates() {
        #expect(examples.layoutFault(needed + ["贷款余额（万元）"]) == .columnTwice(.balance, "余额", "贷款余额（万元）"))
        #expect(examples.layoutFault(needed + ["项目", "项目名称"]) == .columnTwice(.projectName, "项目", "项目名称"))
        #expect(examples.layoutFault(needed + ["备注", "备注"]) == nil)
    }

    @Test("Headers that mean nothing to us are kept and passed over")
    func ignored() throws {
        let layout = try examples.layout(["序号"] + needed + ["", "客户经理"])
        #expect(layout.meanings.count == 7)
        #expect(layout.meanings[0] == .ignored && layout.meanings[5] == .ignored && layout.meanings[6] == .ignored)
        #expect(layout.field(.loanID) == 1)
    }

    // MARK: Mapping

    @Test("A mapping names headers that nobody could know, with units and facts")
    func mapping() throws {
        let mapping = LedgerMapping(
            headers: ["loan_id": "业务流水号", "balance_yuan": "期末数", "fact:installed_capacity": "装机"],
            units: [.balance: .tenThousandYuan])
        let layout = try examples.layout(["业务流水号", "借款人", "用途", " 期末数 ", "装机"], mapping)
        #expect(layout.field(.loanID) == 0)
        #expect(layout.meanings[3] == .column(.balance, .tenThousandYuan))
        #expect(layout.units[LedgerColumn.balance.position] == .tenThousandYuan)
        #expect(layout.facts.map(\.id) == [FactID("installed_capacity")])
        #expect(layout.facts.map(\.field) == [4])
    }

    @Test("A mapping goes before the synonyms: of two columns that look alike it names the one that counts")
    func mappingFirst() throws {
        let headers = ["借据号", "借款人", "用途", "余额", "本金余额（万元）"]
        #expect(examples.layoutFault(headers) == .columnTwice(.balance, "余额", "本金余额（万元）"))
        let layout = try examples.layout(headers, LedgerMapping(headers: ["balance_yuan": "本金余额（万元）"]))
        #expect(layout.field(.balance) == 4)
        #expect(layout.meanings[3] == .ignored)
        #expect(layout.units[LedgerColumn.balance.position] == .tenThousandYuan)
        // A header can be given another meaning than its usual one.
        let turned = try examples.layout(
            ["借据号", "借款人", "备注", "余额", "用途"], LedgerMapping(headers: ["purpose": "备注"]))
        #expect(turned.field(.purpose) == 2)
    }

    @Test("A mapping that names a header that is not there, or a fact nobody knows, is refused")
    func badMapping() {
        #expect(
            examples.layoutFault(needed, LedgerMapping(headers: ["uscc": "税号"])) == .mappedHeaderMissing("税号"))
        #expect(
            examples.layoutFault(needed + ["甲"], LedgerMapping(headers: ["fact:colour": "甲"]))
                == .unknownFact("fact:colour"))
    }

    // MARK: Facts

    @Test("Columns of facts are named by their identifier in the dictionary")
    func facts() throws {
        let layout = try examples.layout(needed + ["fact:installed_capacity", " Fact: green_building_stars "])
        #expect(layout.facts.map(\.id) == [FactID("installed_capacity"), FactID("green_building_stars")])
        #expect(layout.facts.map(\.field) == [4, 5])
        #expect(layout.meanings[4] == .fact(FactID("installed_capacity")))
        #expect(examples.layoutFault(needed + ["fact:colour"]) == .unknownFact("fact:colour"))
        #expect(
            examples.layoutFault(needed + ["fact:installed_capacity", "fact:installed_capacity"])
                == .factTwice(FactID("installed_capacity"), "fact:installed_capacity"))
    }

    @Test("A synonym that belongs to two columns is refused when the words are made")
    func ambiguous() {
        #expect(throws: LayoutFault.ambiguousWord("余额")) {
            try LedgerWords(
                headers: [.balance: ["余额"], .amount: ["余额"]], qualities: [:], sizes: [:], currencies: [:])
        }
    }

    @Test("Any header gives a layout or a fault, whatever its characters")
    func fuzz() {
        var generator = SeededGenerator(seed: 20)
        let pieces = [
            "余额", "借据号", "万元", "元", "(", ")", "（", "）", "：", "单位", "千", "fact:", "\u{0}", " ", "_", "人民币", "用途", "[",
            "亿", "😀", "é",
        ]
        for _ in 0..<3_000 {
            let headers = (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                    pieces.randomElement(using: &generator) ?? ""
                }.joined()
            }
            guard let layout = try? examples.layout(needed + headers) else { continue }
            #expect(layout.meanings.count == headers.count + 4)
        }
    }
}
