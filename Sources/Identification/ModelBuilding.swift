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
    /// The calibration is fitted to the answers that the model gives to loans of an author whom training has not seen: what
    /// the same hands wrote as examples is easier than what a bank will bring, and would make the model too sure.
    ///
    /// - Parameters:
    ///   - items: The codes of all items, in order.
    ///   - lexicon: Words and phrases of items, which only train, and only among items.
    ///   - aside: Examples of other authors, for the calibration.
    ///   - version: Of the examples.
    public static func build(
        items: [String], examples: [TrainingExample], lexicon: [TrainingExample], aside: [TrainingExample],
        version: String, settings: TrainingSettings, calibration: Calibration, threshold: Float,
        progress: (String) -> Void = { _ in }
    ) -> IdentificationModel {
        let positions = Dictionary(items.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
        func labelled(_ example: TrainingExample, amongItemsOnly: Bool) -> LabelledText {
            LabelledText(
                text: example.text, label: example.item.flatMap { positions[$0] } ?? 0, weight: example.weight,
                amongItemsOnly: amongItemsOnly)
        }
        let trainer = ModelTrainer(items: items, settings: settings)
        let all =
            examples.map { labelled($0, amongItemsOnly: false) } + lexicon.map { labelled($0, amongItemsOnly: true) }
        let trained = trainer.train(all) { epoch, loss in progress("epoch \(epoch): mean loss \(loss)") }
        let raw = IdentificationModel(
            trained, items: items, version: version, calibration: Calibration(), threshold: threshold)
        var identifier = Identifier(model: raw)
        let answers = aside.map { example in
            let green = identifier.identify(example.text).greenProbability
            let bounded = min(max(green, 1e-12), 1 - 1e-12)
            return (logit: logarithm(bounded / (1 - bounded)), isGreen: example.item != nil)
        }
        let fitted = calibration.fitted(to: answers)
        progress("calibration on \(aside.count) loans: slope \(fitted.slope), offset \(fitted.offset)")
        return raw.calibrated(fitted)
    }

    private func calibrated(_ calibration: Calibration) -> IdentificationModel {
        IdentificationModel(
            items: items, version: version, calibration: calibration, keys: keys, scales: scales, starts: starts,
            classes: classes, weights: weights, steps: steps, bias: bias)
    }
}
