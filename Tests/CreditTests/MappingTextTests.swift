import Credit
import Seeded
import Testing
import Vocabulary

@Suite("Mappings as people write them")
struct MappingTextTests {
    @Test("A line for each column, with the unit of money and the id of a fact")
    func read() throws {
        let mapping = try LedgerMapping.parse(
            "loan_id: 流水 键\r\n\n# 余额\nbalance_yuan：月末数[万元]\namount_yuan: 放款 [一期] [亿元]\nfact:installed_capacity: 装机：容量\n"
        )
        #expect(
            mapping.headers == [
                "loan_id": "流水 键", "balance_yuan": "月末数", "amount_yuan": "放款 [一期]",
                "fact:installed_capacity": "装机：容量",
            ])
        #expect(mapping.units == [.balance: .tenThousandYuan, .amount: .hundredMillionYuan])
        #expect(try LedgerMapping.parse("").headers.isEmpty)
        // Brackets of what is no money belong to the header.
        #expect(try LedgerMapping.parse("purpose: 用途 [元]").headers == ["purpose": "用途 [元]"])
    }

    @Test(
        "What cannot be read is told with its line",
        arguments: [
            ("loan_id", 1, "ledger.mapping-line"), ("\n\nloan_id:", 3, "ledger.mapping-line"),
            ("balance_yuan: [万元]", 1, "ledger.mapping-line"), ("fact:x", 1, "ledger.mapping-line"),
            ("colour: a", 1, "ledger.mapping-column"), ("balance_yuan: a [磅]", 1, "ledger.mapping-unit"),
            ("loan_id: a\nloan_id: b", 2, "ledger.mapping-twice"),
            ("loan_id: " + String(repeating: "a", count: 300), 1, "ledger.mapping-too-long"),
            (String(repeating: "\n", count: 300) + "loan_id: a", 301, "ledger.mapping-too-long"),
        ])
    func faults(text: String, line: Int, key: String) throws {
        let fault = try #require(throws: MappingFault.self) { try LedgerMapping.parse(text) }
        #expect(fault.line == line && fault.message.key == key)
    }

    @Test("Nothing that anybody writes is more than refused")
    func fuzz() {
        var chance = SeededGenerator(seed: 5)
        let pieces = [
            "loan_id", "balance_yuan", "fact:", ":", "：", "[", "]", "万元", "\n", "\r\n", " ", "#", "绿", "\0", "😀",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0...14, using: &chance)).map { _ in pieces.randomElement(using: &chance)! }
                .joined()
            let mapping = try? LedgerMapping.parse(text)
            #expect(mapping.map { $0.headers.values.allSatisfy { !$0.isEmpty } } ?? true)
        }
    }
}
