import Identification
import LedgerFixtures
import Library

/// A handful of examples to train models from: those of the library would take minutes in a debug build.
public enum FewExamples {
    /// What the words of some items are.
    private static let wordings: [(item: String?, purpose: String)] = [
        ("4.2.1", "风力发电场建设"), ("1.4.1", "生产线节能升级"), ("5.3.1", "生活污水处理厂建设"), (nil, "采购钢材"), (nil, "补充流动资金"),
    ]

    public static func made() throws -> (training: TrainingData, tests: [TrainingExample]) {
        let items = try RealLibrary.loaded().pack("cn.green-finance.2025")?.items.map(\.code.text) ?? []
        func examples(_ places: String) -> [TrainingExample] {
            places.flatMap { place in
                wordings.map {
                    TrainingExample(
                        text: LoanText(purpose: "\(place)县\($0.purpose)"), item: $0.item, family: "\(place)")
                }
            }
        }
        return (
            TrainingData(items: items, examples: examples("东南西北甲乙丙丁"), version: "few"), examples("上中下")
        )
    }
}
