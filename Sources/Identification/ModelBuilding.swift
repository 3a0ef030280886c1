/// A labelled example with the wording family that it belongs to.
public struct TrainingExample: Sendable {
    public let text: LoanText
    /// The item's code, or nil for "not green".
    public let item: String?
    /// Examples of one family are variations of one wording and are never parted between training and testing.
    public let family: String
    public let weight: Float

    public init(text: LoanText, item: String?, family: String, weight: Float = 1) {
        self.text = text
        self.item = item
        self.family = family
        self.weight = weight
    }
}

extension IdentificationModel {
    /// Trains a model and fits its calibration.
    ///
    /// A fifth of the families is set aside; a first model, trained without it, answers it, and the calibration is
    /// fitted to those answers. The model itself is then trained on everything.
    ///
    /// - Parameters:
    ///   - items: The codes of all items, in order.
    ///   - lexicon: Words and phrases of items, which only train.
    ///   - version: Of the examples.
    public static func build(
        items: [String], examples: [TrainingExample], lexicon: [TrainingExample], version: String,
        settings: TrainingSettings, calibration: Calibration, threshold: Float,
        progress: (String) -> Void = { _ in }
    ) -> IdentificationModel {
        let positions = Dictionary(items.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        func labelled(_ example: TrainingExample) -> LabelledText {
            LabelledText(
                text: example.text, label: example.item.flatMap { positions[$0] } ?? 0, weight: example.weight)
        }
        let words = lexicon.map { example in
            LabelledText(
                text: example.text, label: example.item.flatMap { positions[$0] } ?? 0, weight: example.weight,
                amongItemsOnly: true)
        }
        let trainer = ModelTrainer(items: items, settings: settings)
        let kept = examples.filter { !isSetAside($0.family) }
        let aside = examples.filter { isSetAside($0.family) }
        progress("calibration: \(kept.count) + \(lexicon.count) examples, \(aside.count) set aside")
        let first = IdentificationModel(
            trainer.train(kept.map(labelled) + words), items: items, version: version,
            calibration: Calibration(), threshold: threshold)
        var identifier = Identifier(model: first)
        let answers = aside.map { example in
            let green = identifier.identify(example.text).greenProbability
            let bounded = min(max(green, 1e-12), 1 - 1e-12)
            return (logit: logarithm(bounded / (1 - bounded)), isGreen: example.item != nil)
        }
        let fitted = calibration.fitted(to: answers)
        progress("calibration: slope \(fitted.slope), offset \(fitted.offset)")
        let trained = trainer.train(examples.map(labelled) + words) { epoch, loss in
            progress("epoch \(epoch): mean loss \(loss)")
        }
        return IdentificationModel(
            trained, items: items, version: version, calibration: fitted, threshold: threshold)
    }

    /// A fifth of all families, by a hash of their names that never changes.
    private static func isSetAside(_ family: String) -> Bool {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in family.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return (hash >> 20) % 5 == 0
    }
}
