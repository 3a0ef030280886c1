import Library
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Projects

@Suite("Lists of projects from a spreadsheet")
struct ProjectSheetTests {
    private let words: ProjectSheetWords
    private let register: ProjectRegister

    init() throws {
        words = try NameLibrary.shared().projectSheetWords()
        register = try NameLibrary.shared().projectRegister
    }

    private func reader(_ headers: [String]) throws -> ProjectSheetReader {
        let layout = try ProjectSheetLayout(headers: headers, words: words, dictionary: register.dictionary)
        return ProjectSheetReader(
            layout: layout, words: words, register: register, standard: "cn.green-finance.2025", statedBy: "奉节县发改委")
    }

    @Test("A line of a district's list becomes a draft")
    func line() throws {
        let reader = try reader([
            "序号", "项目名称", "项目单位", "统一社会信用代码", "所属区县", "主要建设内容", "目录代码", "项目阶段", "总投资（亿元）", "资本金(万元)",
            "融资需求（万元）", "融资期限（年）", "融资方式", "意向利率", "开工时间", "竣工时间", "联系人", "联系电话", "fact:installed_capacity",
        ])
        let line = reader.read(
            [
                "1", " 奉节县金凤100MW光伏发电项目 ", "重庆渝能新能源有限公司", "91500112N7U9BJPU29", "奉节县", "建设光伏电站", "4.2.2", "已备案", "4.2",
                "8,400", "33600", "15", "绿色贷款", "4.5%", "2026年3月", "2027-06", "张三", "023-67890123", "100 MW",
            ], line: 2, id: Examples.id(1))
        let project = try #require(line.project)
        #expect(line.faults == [])
        #expect(project.name == "奉节县金凤100MW光伏发电项目" && project.status == .draft && project.stage == .approved)
        #expect(project.region == (try RegionCode.parse("500236")))
        #expect(
            project.totalInvestment == Money(fen: 420_000_000_00) && project.ownCapital == Money(fen: 84_000_000_00))
        #expect(project.need?.tenorMonths == 180 && project.need?.rateCeiling == Ratio(9, over: 200))
        #expect(project.plannedStart?.description == "2026-03-01" && project.plannedFinish?.description == "2027-06-30")
        #expect(project.subjects["cn.green-finance.2025"]?.description == "4.2.2")
        #expect(project.facts[FactID("installed_capacity")]?.statedBy == "奉节县发改委")
    }

    @Test("Every bad cell is told with its line and header, and the rest of the line is kept")
    func faults() throws {
        let reader = try reader(["项目名称", "业主单位", "区县", "总投资（万元）", "项目阶段", "开工日期", "项目代码", "融资期限", "贷款需求（万元）"])
        let line = reader.read(
            ["金凤风电场", "", "火星区", "很多", "快好了", "明年", "12", "很久", "-5"], line: 7, id: Examples.id(1))
        #expect(line.project?.name == "金凤风电场")
        #expect(line.faults.allSatisfy { $0.line == 7 })
        #expect(
            line.faults.map(\.column) == [
                "业主单位", "项目代码", "区县", "项目阶段", "总投资（万元）", "融资期限", "开工日期", "贷款需求（万元）",
            ])
        #expect(line.faults.map(\.value) == ["", "12", "火星区", "快好了", "很多", "很久", "明年", "-5"])
        let book = try NameLibrary.shared().phrasebook
        for fault in line.faults {
            for language in Language.allCases {
                let text = book.text(fault.message, in: language)
                #expect(text != fault.message.key && !text.contains("{"), "\(fault.message.key)")
            }
        }
    }

    @Test("A line without a name is no project; dashes say that there is nothing")
    func empty() throws {
        let reader = try reader(["项目名称", "业主单位", "总投资"])
        let none = reader.read(["", "甲公司", "1"], line: 3, id: Examples.id(1))
        #expect(none.project == nil && none.faults.map(\.column) == ["项目名称"])
        let dashes = reader.read(["甲项目", "甲公司", "—"], line: 4, id: Examples.id(1))
        #expect(dashes.faults == [] && dashes.project?.totalInvestment == nil)
        #expect(reader.read(["甲项目"], line: 5, id: Examples.id(1)).faults.map(\.column) == ["业主单位"])
    }

    @Test("A header without a needed column, with one twice, or with a unit of no ours is refused in full")
    func headers() throws {
        func fault(_ headers: [String]) -> ProjectSheetFault? {
            do throws(ProjectSheetFault) {
                _ = try ProjectSheetLayout(headers: headers, words: words, dictionary: register.dictionary)
                return nil
            } catch {
                return error
            }
        }
        let faults = [
            fault(["总投资"]), fault(["项目名称", "业主", "建设单位"]), fault(["项目名称", "业主", "总投资（千元）"]),
            fault(["项目名称", "业主", "fact:no_such"]),
            fault(["项目名称", "业主", "fact:installed_capacity", "FACT:installed_capacity"]),
            fault([String](repeating: "x", count: 1001)), .ambiguousWord("项目"),
        ]
        #expect(faults[0] == .columnsMissing([.name, .owner], ["总投资"]))
        #expect(faults[1] == .columnTwice(.owner, "业主", "建设单位"))
        #expect(faults[2] == .unknownUnit("总投资（千元）"))
        let book = try NameLibrary.shared().phrasebook
        for fault in faults {
            let message = try #require(fault).message(titles: words.titles)
            for language in Language.allCases {
                let text = book.text(message, in: language)
                #expect(text != message.key && !text.contains("{"))
            }
        }
        #expect(fault(["Project name", "Owner", "备注"]) == nil)
    }

    @Test("Every column, stage and kind of financing has its words, its own name among them")
    func vocabulary() {
        #expect(Set(words.headers.values) == Set(ProjectColumn.allCases))
        #expect(Set(words.stages.values) == Set(ProjectStage.allCases))
        #expect(Set(words.needs.values) == Set(FinancingNeed.Kind.allCases))
        for column in ProjectColumn.allCases {
            #expect(words.titles[column]?.unicodeScalars.contains { $0.value > 0x4E00 } == true)
        }
    }

    @Test("No line, however broken, does harm")
    func fuzz() throws {
        let headers = [
            "项目名称", "业主", "区县", "总投资（亿元）", "融资需求", "期限（年）", "利率上限", "竣工时间", "fact:installed_capacity", "信用代码",
        ]
        let reader = try reader(headers)
        var random = SeededGenerator(seed: 8)
        let letters = Array("0123456789.-%年月个万亿E+项目重庆\u{0}\u{202E}，").map { String($0) }
        for line in 0..<600 {
            let cells = (0..<Int.random(in: 0...12, using: &random)).map { _ in
                (0..<Int.random(in: 0...24, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
                    .joined()
            }
            let read = reader.read(cells, line: line, id: Examples.id(line))
            if let project = read.project {
                #expect(project.need?.amount != .zero)
                #expect(read.faults.allSatisfy { $0.value.count <= 100 })
            }
        }
    }
}
