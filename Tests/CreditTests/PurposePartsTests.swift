import Identification
import Seeded
import Testing

@Suite("Purposes with several uses")
struct PurposePartsTests {
    private func mayHaveSeveral(_ purpose: String) -> Bool {
        let bytes = Array(purpose.utf8)
        return PurposeParts.mayHaveSeveral(bytes.span)
    }

    private func parts(_ purpose: String) -> [PurposePart] {
        let parts = PurposeParts.parts(of: purpose)
        // What is divided must be noticed by the quick look.
        if !parts.isEmpty { #expect(mayHaveSeveral(purpose)) }
        return parts
    }

    private func expect(
        _ purpose: String, _ expected: [(String, Double)], at location: SourceLocation = #_sourceLocation
    ) {
        let found = parts(purpose)
        #expect(found.map(\.text) == expected.map(\.0), "\(purpose)", sourceLocation: location)
        guard found.count == expected.count else { return }
        for (part, expected) in zip(found, expected) {
            #expect(abs(part.fraction - expected.1) < 1e-9, "\(purpose)", sourceLocation: location)
        }
    }

    @Test("Percentages that add up to the whole divide the loan")
    func percentages() {
        expect("60%用于风电场建设，40%补充流动资金", [("风电场建设", 0.6), ("补充流动资金", 0.4)])
        expect("风电场建设60％；补充流动资金40％", [("风电场建设", 0.6), ("补充流动资金", 0.4)])
        expect("50%建污水厂、30%购设备、20%还旧贷", [("建污水厂", 0.5), ("购设备", 0.3), ("还旧贷", 0.2)])
        expect("33.5%建电站，66.5%归还借款", [("建电站", 0.335), ("归还借款", 0.665)])
    }

    @Test("Amounts divide by their sum, in any unit, with 其中 before them")
    func amounts() {
        expect("其中3000万元建污水厂，2000万元归还借款", [("建污水厂", 0.6), ("归还借款", 0.4)])
        expect("1亿元用于光伏电站，5000万元用于购煤", [("光伏电站", 2 / 3.0), ("购煤", 1 / 3.0)])
        expect("3000万建风电场，1000万补充流动资金", [("建风电场", 0.75), ("补充流动资金", 0.25)])
        expect("1,500万元建充电站，500万元装修", [("建充电站", 0.75), ("装修", 0.25)])
        expect("30000000元建污水厂，20000000元归还借款", [("建污水厂", 0.6), ("归还借款", 0.4)])
    }

    @Test("The loan itself in front of its parts is no use")
    func total() {
        expect("贷款5000万元，其中3000万元建污水厂，2000万元归还借款", [("建污水厂", 0.6), ("归还借款", 0.4)])
        expect("申请项目贷款1亿元：6000万元建风电场，4000万元建升压站", [("建风电场", 0.6), ("建升压站", 0.4)])
        // Of the part that is not named nothing is known.
        expect("申请项目贷款5000万元，其中3000万元用于建设污水厂", [])
        expect("项目总投资8亿元，本次贷款3亿元用于污水处理厂建设", [])
        expect("总投资5亿元，其中资本金2亿元，银行贷款3亿元", [])
        expect("3000万元建污水厂，2000万元归还借款，合计5000万元", [("建污水厂", 0.6), ("归还借款", 0.4)])
    }

    @Test("其余 and its like take what is left")
    func rest() {
        expect("60%用于风电场建设，其余补充流动资金", [("风电场建设", 0.6), ("补充流动资金", 0.4)])
        expect("贷款1亿元，其中6000万元建风电场，其余用于补充流动资金", [("建风电场", 0.6), ("补充流动资金", 0.4)])
        expect("70%建充电站，剩余资金用于装修门店", [("建充电站", 0.7), ("装修门店", 0.3)])
    }

    @Test(
        "Numbers that are no part of the money divide nothing",
        arguments: [
            "技改后能效提升20%，年节电30%", "锅炉热效率由80%提高到92%", "新建3万吨污水处理厂", "3万吨/日污水处理厂提标，2万吨/日中水回用",
            "5万千瓦风电场及2万千瓦光伏", "2万平方米绿色建筑，1.2万株苗木", "漏损率由21%降至9%", "风电场建设", "", "100%用于风电场建设",
            "30%建设污水厂", "60%建污水厂，60%归还借款", "3000万元建污水厂", "120%", "%", "万元", "1.2.3万元建厂，4万元购车", "0%建厂，0%购车",
        ])
    func notMoney(purpose: String) {
        #expect(parts(purpose) == [])
    }

    @Test("An efficiency beside amounts does not disturb them")
    func both() {
        expect("3000万元建污水厂，出水提标20%，2000万元归还借款", [("建污水厂", 0.6), ("归还借款", 0.4)])
    }

    @Test("The quick look passes over purposes with fewer than two signs of money, and finds every sign there is")
    func quickLook() {
        for text in ["风电场建设", "两单元住宅", "电子元件", "", "采购3台风机", "效率提升20%", "3万吨污水厂"] {
            #expect(!mayHaveSeveral(text), "\(text)")
        }
        for text in ["60%", "６０％", "3万", "3亿", "5000元", "元件5000元"] {
            #expect(mayHaveSeveral(text + "建厂，" + text), "\(text)")
            #expect(mayHaveSeveral(text + "建厂，其余还款"), "\(text)")
        }
    }

    @Test("A text beyond 2,000 bytes is not divided")
    func long() {
        #expect(parts(String(repeating: "1%建厂，", count: 100)).count == 100)
        #expect(parts(String(repeating: "1%建厂房，", count: 200)) == [])
    }

    @Test("Any text gives no parts, or at least two that add up to the whole and have words", .timeLimit(.minutes(10)))
    func fuzz() {
        var generator = SeededGenerator(seed: 60_40)
        let pieces = [
            "60%", "40％", "3000万元", "2000万", "1亿元", "5000元", "，", "；", ",", "：", "其中", "其余", "剩余", "用于", "建污水厂", "归还借款",
            "贷款", "总投资", "合计", "3万吨", "20", ".", "0", "9999999999999999999999", "%", "万", "亿", "元", "\u{0}", "😀", " ",
            "拟", "资金",
            String(repeating: "9", count: 400),
        ]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...14, using: &generator)).map { _ in
                pieces.randomElement(using: &generator) ?? ""
            }.joined()
            let found = parts(text)
            guard !found.isEmpty else { continue }
            #expect(found.count >= 2, "\(text)")
            #expect(abs(found.reduce(0) { $0 + $1.fraction } - 1) < 0.01, "\(text)")
            for part in found {
                #expect(part.fraction > 0 && part.fraction <= 1.01, "\(text)")
                #expect(part.text.count >= 2, "\(text)")
            }
        }
    }
}
