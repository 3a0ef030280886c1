@testable import Identification

/// A handful of made-up loans, and what training makes of them.
enum TinyModel {
    static let items = ["1.1.1", "1.1.2", "1.2.1", "2.1.1"]

    /// Position among the classes: 0 is "not green".
    static func loan(_ purpose: String, _ label: Int, borrower: String = "", weight: Float = 1) -> LabelledText {
        LabelledText(text: LoanText(purpose: purpose, borrower: borrower), label: label, weight: weight)
    }

    static let loans: [LabelledText] = [
        loan("风电场建设", 1), loan("建设海上风电场二期", 1), loan("风力发电项目", 1), loan("风电塔筒采购", 1),
        loan("光伏电站建设", 2), loan("屋顶光伏组件安装", 2), loan("光伏逆变器采购", 2), loan("农光互补光伏", 2),
        loan("污水处理厂扩建", 3), loan("污水管网改造", 3), loan("镇级污水处理站", 3), loan("污水厂提标", 3),
        loan("电动公交车购置", 4), loan("纯电动客车采购", 4), loan("公交电动化更新", 4), loan("新能源公交车", 4),
        loan("补充流动资金", 0), loan("商品房开发", 0), loan("采购服装", 0), loan("酒店装修", 0),
        loan("归还银行借款", 0), loan("公路路基工程", 0), loan("采购钢材备货", 0), loan("煤矿巷道掘进", 0),
    ]

    static func settings(seed: UInt64 = 7) -> TrainingSettings {
        var settings = TrainingSettings()
        settings.epochs = 20
        settings.learningRate = 0.3
        settings.seed = seed
        return settings
    }

    static func trained(seed: UInt64 = 7, _ loans: [LabelledText] = loans) -> IdentificationModel {
        let trainer = ModelTrainer(items: items, settings: settings(seed: seed))
        return IdentificationModel(
            trainer.train(loans), items: items, version: "tiny", calibration: Calibration(), threshold: 0.01)
    }

    /// Few enough bytes that every cut and every flip can be tried.
    static func smallest() -> IdentificationModel {
        let items = ["1.1.1", "2.1.1"]
        let trainer = ModelTrainer(items: items, settings: settings())
        let trained = trainer.train([loan("风电", 1), loan("污水", 2), loan("钢材", 0)])
        return IdentificationModel(
            trained, items: items, version: "smallest", calibration: Calibration(), threshold: 0.01)
    }
}
