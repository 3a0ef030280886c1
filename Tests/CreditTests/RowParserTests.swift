import Credit
import Seeded
import Standards
import Testing
import Vocabulary

@Suite("Rows of ledgers")
struct RowParserTests {
    private let examples: LedgerExamples
    private let needed = ["借据号", "借款人", "用途", "余额"]
    private let values = ["JL01", "渝中某公司", "风电场建设", "1,234,567.80"]

    init() throws {
        examples = try LedgerExamples()
    }

    /// A row whose needed columns are good, with further columns.
    private func row(_ further: KeyValuePairs<String, String> = [:]) throws -> (row: LoanRow, record: Record) {
        let parser = try examples.parser(needed + further.map(\.key))
        let record = Record(values + further.map(\.value))
        return (try record.row(parser), record)
    }

    private func rejection(_ column: String, _ value: String, rates: [String: Ratio] = [:]) throws -> Rejection? {
        var headers = needed
        var values = values
        if let place = headers.firstIndex(of: column) {
            values[place] = value
        } else {
            headers.append(column)
            values.append(value)
        }
        let parser = try examples.parser(headers, rates: rates)
        do throws(Rejection) {
            _ = try Record(values).row(parser, line: 7)
            return nil
        } catch {
            #expect(error.line == 7)
            #expect(error.column == column)
            return error
        }
    }

    // MARK: Good rows

    @Test("Every column is read into its place")
    func everyColumn() throws {
        let (row, record) = try row([
            "统一社会信用代码": "91440300708461136T", "行业代码": "D4415", "行政区划代码": "500103", "项目名称": "某风电场一期",
            "项目代码": "2020-500101-44-01-012345", "贷款金额（万元）": "200", "币种": "人民币", "审批日期": "2026-01-15",
            "发放日期": "2026/2/1", "到期日期": "2036年2月1日", "利率": "3.45%", "担保方式": "抵押", "五级分类": "关注",
            "企业规模": "小型", "总投资（亿元）": "1.5", "合同号": "HT9", "fact:installed_capacity": "5万kW",
            "fact:green_building_stars": "2",
        ])
        #expect(row.line == 2)
        #expect(record.text(row.loanID) == "JL01")
        #expect(record.text(row.borrower) == "渝中某公司")
        #expect(record.text(row.purpose) == "风电场建设")
        #expect(record.text(row.projectName) == "某风电场一期")
        #expect(row.balance == Money(fen: 123_456_780))
        #expect(row.amount == Money(fen: 200_000_000))
        #expect(row.totalInvestment == Money(fen: 15_000_000_000))
        #expect(row.organisation?.description == "91440300708461136T")
        #expect(row.industry?.number == 4415)
        #expect(row.region?.number == 500_103)
        #expect(row.projectCode?.description == "2020-500101-44-01-012345")
        #expect(row.approvedOn?.description == "2026-01-15")
        #expect(row.issuedOn?.description == "2026-02-01")
        #expect(row.maturesOn?.description == "2036-02-01")
        #expect(row.decisiveDate == row.approvedOn)
        #expect(row.rate == 3.45)
        #expect(row.quality == .specialMention)
        #expect(row.size == .small)
        #expect(row.facts.number(FactID("installed_capacity")) == 50)
        #expect(row.facts[FactID("green_building_stars")] == Fact(.number(2), statedBy: "台账"))
        #expect(row.warnings == [])
    }

    @Test("What a ledger leaves empty is nil, not nothing, and no warning")
    func empty() throws {
        let (row, _) = try row([
            "信用代码": "", "行业代码": " ", "地区": "\u{3000}", "项目代码": "", "贷款金额": "", "币种": "", "审批日期": "", "利率": "",
            "五级分类": "", "企业规模": "", "总投资": "", "fact:installed_capacity": " ",
        ])
        #expect(row.organisation == nil && row.industry == nil && row.region == nil && row.projectCode == nil)
        #expect(row.amount == nil && row.totalInvestment == nil && row.rate == nil)
        #expect(row.quality == nil && row.size == nil && row.decisiveDate == nil)
        #expect(row.facts.isEmpty && row.warnings == [] && row.projectName.isEmpty)
    }

    @Test("A record with fewer fields than the header lacks what is behind, and is rejected where a needed one is")
    func shortRecords() throws {
        let parser = try examples.parser(needed + ["五级分类"])
        #expect(try Record(values).row(parser).quality == nil)
        #expect(throws: Rejection.self) { try Record(Array(values.prefix(3))).row(parser) }
        #expect(throws: Rejection.self) { try Record([]).row(parser) }
    }

    @Test("A row that is used again keeps nothing of the one before")
    func reuse() throws {
        let parser = try examples.parser(needed + ["审批日期", "五级分类", "项目名称", "总投资", "fact:installed_capacity"])
        var row = LoanRow()
        let full = Record(values + ["2026-01-01", "不明", "甲项目", "100", "5"])
        try parser.parse(full.fields, of: full.bytes.span, line: 2, into: &row)
        #expect(row.warnings.count == 1)
        let bare = Record(values + ["", "", "", "", ""])
        try parser.parse(bare.fields, of: bare.bytes.span, line: 3, into: &row)
        #expect(row.line == 3 && row.warnings == [] && row.facts.isEmpty)
        #expect(row.approvedOn == nil && row.quality == nil && row.totalInvestment == nil && row.projectName.isEmpty)
    }

    @Test("Spaces of every width and a spreadsheet's text mark are taken off")
    func trimming() throws {
        let parser = try examples.parser(needed)
        let record = Record(["'00123 ", "\u{3000} 甲公司\u{A0}", "\t风电\r\n", " \u{A0}100\u{3000}"])
        let row = try record.row(parser)
        #expect(record.text(row.loanID) == "00123")
        #expect(record.text(row.borrower) == "甲公司")
        #expect(record.text(row.purpose) == "风电")
        #expect(row.balance == Money(fen: 10_000))
    }

    @Test("Full-width digits are digits in every column")
    func fullWidth() throws {
        let parser = try examples.parser(needed + ["行业代码", "地区代码", "审批日期", "利率", "总投资", "fact:installed_capacity"])
        let row = try Record(["JL02", "甲", "风电", "１２３４．５０", "４４１５", "５００１０３", "２０２６年３月１日", "３．４５％", "２０００", "５"])
            .row(parser)
        #expect(row.balance == Money(fen: 123_450))
        #expect(row.industry?.number == 4415)
        #expect(row.region?.number == 500_103)
        #expect(row.approvedOn?.description == "2026-03-01")
        #expect(row.rate == 3.45)
        #expect(row.totalInvestment == Money(fen: 200_000))
        #expect(row.facts.number(FactID("installed_capacity")) == 5)
        #expect(row.warnings == [])
    }

    @Test(
        "Dates are read in all forms that spreadsheets and people write",
        arguments: [
            "2026-03-01", "2026/3/1", "2026.3.1", "20260301", "2026年3月1日", "2026-03-01 14:30:00", "2026-03-01T00:00:00",
            "20260301143000", "46082", "46082.5", "２０２６-０３-０１", "2026年03月01日",
        ])
    func dates(text: String) throws {
        let (row, _) = try row(["审批日期": text, "发放日期": text, "到期日": text])
        for date in [row.approvedOn, row.issuedOn, row.maturesOn] { #expect(date?.description == "2026-03-01") }
        #expect(row.warnings == [])
    }

    @Test("Serial dates count from the epoch of the workbook")
    func epochs() throws {
        let parser = try examples.parser(needed + ["审批日期"], epoch: .year1904)
        #expect(try Record(values + ["44620"]).row(parser).approvedOn?.description == "2026-03-01")
    }

    @Test("A region may be named; a loan's decisive date is approval, else drawing")
    func names() throws {
        let (named, _) = try row(["地区": "重庆市渝中区", "发放日期": "2026-02-01"])
        #expect(named.region?.number == 500_103)
        #expect(named.decisiveDate?.description == "2026-02-01")
    }

    @Test("Units in headers scale the amounts of their column")
    func units() throws {
        let parser = try examples.parser(["借据号", "借款人", "用途", "余额（万元）", "总投资(亿元)"])
        let row = try Record(["1", "甲", "乙", "12.5", "3"]).row(parser)
        #expect(row.balance == Money(fen: 12_500_000))
        #expect(row.totalInvestment == Money(fen: 30_000_000_000))
    }

    // MARK: Needed columns

    @Test("A needed column that is empty rejects the row with its header", arguments: ["借据号", "借款人", "用途", "余额"])
    func emptyNeeded(column: String) throws {
        for value in ["", "  ", "\u{3000}", "'"] {
            #expect(try rejection(column, value)?.message.key == "row.empty")
        }
    }

    @Test(
        "A balance that is no amount, negative or beyond all books rejects the row",
        arguments: [
            ("很多", "money.not-a-number"), ("12,34", "money.grouping"), ("-1", "row.negative-balance"),
            ("(100.00)", "row.negative-balance"), ("99999999999999999999", "money.overflow"),
            ("100 USD", "money.unexpected-character"), ("5千元", "money.unknown-unit"),
        ])
    func badBalance(value: String, key: String) throws {
        let found = try #require(try rejection("余额", value))
        #expect(found.message.key == key)
        #expect(found.value == value)
    }

    @Test("A balance of nothing is a balance")
    func zero() throws {
        #expect(try rejection("余额", "0") == nil)
        #expect(try rejection("余额", "0.00") == nil)
    }

    @Test(
        "A loan id that a spreadsheet made a number in scientific notation is refused",
        arguments: ["2.02501E+14", "1.23e+17", "2.0E15", "2E+14", "9.99999999999999E+20"])
    func roundedID(value: String) throws {
        #expect(try rejection("借据号", value)?.message.key == "row.loan-id-rounded")
    }

    @Test(
        "Ids that only look a little like it are taken as they are",
        arguments: [
            "20250101000123", "JL1.2E+5", "1.2", "E1234", "2E00123", "12.5E+10", "1.2E+5-1", "500E", "0", "1.2.3",
        ])
    func goodID(value: String) throws {
        #expect(try rejection("借据号", value) == nil)
    }

    @Test("A loan id of more than 128 bytes is refused and cut in the message")
    func longID() throws {
        #expect(try rejection("借据号", String(repeating: "9", count: 128)) == nil)
        let found = try #require(try rejection("借据号", String(repeating: "9", count: 129)))
        #expect(found.message.key == "row.loan-id-too-long")
        #expect(found.value.count == 100)
    }

    // MARK: Currencies

    @Test("Foreign currency without a rate rejects the row", arguments: ["美元", "USD", "usd", "EUR", "瑞士法郎", "840"])
    func noRate(currency: String) throws {
        let found = try #require(try rejection("币种", currency))
        #expect(found.message.key == "row.no-rate")
        #expect(found.message.arguments["currency"]?.isEmpty == false)
    }

    @Test("With a rate every amount is converted and rounded once; yuan under any name is not")
    func rates() throws {
        let rates = ["USD": Ratio(71_234, over: 10_000), "CHF": Ratio(8, over: 1)]
        let parser = try examples.parser(needed + ["贷款金额", "总投资", "币种"], rates: rates)
        func row(_ currency: String) throws -> LoanRow {
            try Record(["1", "甲", "乙", "100.01", "200", "1000", currency]).row(parser)
        }
        for currency in ["美元", "USD", "usd", "840"] {
            let found = try row(currency)
            // 100.01 × 7.1234 = 712.411234
            #expect(found.balance == Money(fen: 71_241))
            #expect(found.amount == Money(fen: 142_468))
            #expect(found.totalInvestment == Money(fen: 712_340))
        }
        #expect(try row("chf").balance == Money(fen: 80_008))
        for currency in ["人民币", "CNY", "cny", "RMB", "ＣＮＹ", "156", ""] {
            #expect(try row(currency).balance == Money(fen: 10_001), "\(currency)")
        }
    }

    @Test("An amount that overflows when converted rejects the row, or is nil where it is not needed")
    func rateOverflow() throws {
        let rates = ["USD": Ratio(100_000, over: 1)]
        let parser = try examples.parser(needed + ["总投资", "币种"], rates: rates)
        #expect(throws: Rejection.self) { try Record(["1", "甲", "乙", "90000000000000000", "1", "USD"]).row(parser) }
        let row = try Record(["1", "甲", "乙", "1", "90000000000000000", "USD"]).row(parser)
        #expect(row.totalInvestment == nil)
        #expect(row.warnings.map(\.message.key) == ["money.arithmetic-overflow"])
    }

    // MARK: Other columns

    @Test(
        "A bad value in a column that is not needed becomes nil with a warning that names the column",
        arguments: [
            ("统一社会信用代码", "91440300708461136X", "uscc.check"), ("行业代码", "9999", "industry.no-such-division"),
            ("地区", "火星", "row.unknown-region"), ("行政区划代码", "50010", "region.length"),
            ("项目代码", "123", "project-code.length"),
            ("贷款金额", "若干", "money.not-a-number"), ("贷款金额", "-5", "row.negative"), ("总投资", "-5", "row.negative"),
            ("审批日期", "2026-02-30", "date.impossible-day"), ("发放日期", "去年", "date.not-a-date"),
            ("到期日期", "01/03/26", "date.not-a-date"), ("利率", "约3%", "number.not-a-number"),
            ("五级分类", "很好", "row.unknown-word"),
            ("企业规模", "巨型", "row.unknown-word"),
        ])
    func badOther(header: String, value: String, key: String) throws {
        let parser = try examples.parser(needed + [header])
        let row = try Record(values + [value]).row(parser)
        let warning = try #require(row.warnings.first)
        #expect(row.warnings.count == 1)
        #expect(warning.column == header)
        #expect(warning.message.key == key)
        #expect(row.organisation == nil && row.industry == nil && row.region == nil && row.projectCode == nil)
        #expect(row.amount == nil && row.totalInvestment == nil && row.decisiveDate == nil && row.maturesOn == nil)
        #expect(row.rate == nil && row.quality == nil && row.size == nil)
        #expect(row.balance == Money(fen: 123_456_780))
    }

    @Test("A bad fact is left out with a warning, and the others are kept")
    func badFacts() throws {
        let (row, _) = try row([
            "fact:installed_capacity": "五", "fact:green_building_stars": "9", "fact:gb_t_1028.conforms": "也许",
            "fact:activity_rules_met": "是", "fact:annual_electricity_supplied": "5 t",
        ])
        #expect(row.facts.facts.keys.map(\.name) == ["activity_rules_met"])
        #expect(
            row.warnings.map(\.message.key)
                == ["fact.not-a-number", "fact.out-of-range", "fact.not-yes-no", "fact.wrong-unit"])
        #expect(row.warnings.map(\.column).first == "fact:installed_capacity")
    }

    @Test("Any bytes in any column give a row or a rejection that names a column of the header")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 400)
        let headers =
            needed + [
                "信用代码", "行业代码", "地区", "项目名称", "项目代码", "贷款金额", "币种", "审批日期", "利率", "五级分类", "企业规模", "总投资",
                "fact:installed_capacity",
            ]
        let parser = try examples.parser(headers, rates: ["USD": Ratio(7, over: 1)])
        let good = [
            "JL01", "甲公司", "风电", "1000", "91440300708461136T", "4415", "500103", "某项目", "2020-500101-44-01-012345",
            "2000",
            "USD", "2026-03-01", "3.5%", "正常", "小型", "3亿元", "5 MW",
        ]
        let phrasebook = examples.library.phrasebook
        for _ in 0..<6_000 {
            var fields = good.map { Array($0.utf8) }
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = fields.indices.randomElement(using: &generator) ?? 0
                if Bool.random(using: &generator), !fields[place].isEmpty {
                    fields[place][Int.random(in: fields[place].indices, using: &generator)] =
                        UInt8.random(in: 0...255, using: &generator)
                } else {
                    fields[place] = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                        UInt8.random(in: 0...255, using: &generator)
                    }
                }
            }
            if Int.random(in: 0..<10, using: &generator) == 0 {
                fields.removeLast(Int.random(in: 0...16, using: &generator))
            }
            do throws(Rejection) {
                let row = try Record(bytes: fields).row(parser)
                #expect(!row.balance.isNegative)
                #expect(row.rate?.isFinite ?? true)
                for warning in row.warnings { #expect(warning.column != nil) }
            } catch {
                #expect(headers.contains(error.column))
                #expect(phrasebook.text(error.message, in: .zh) != error.message.key)
            }
        }
    }
}
