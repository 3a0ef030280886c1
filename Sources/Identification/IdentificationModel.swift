/// A trained linear model over the features of a loan's texts: for each feature the items that it speaks for and
/// against. Class 0 is "not green", class n + 1 the item `items[n]`.
public struct IdentificationModel: Sendable {
    /// Codes of the items in the order of the classes.
    public let items: [String]
    /// Of the examples that it was trained from, so that a statement can name its model.
    public let version: String
    public let calibration: Calibration

    let keys: [UInt64]
    let scales: [Float]
    /// Classes and, behind them, families. Postings of feature f are `starts[f] ..< starts[f + 1]`.
    let starts: [UInt32]
    let classes: [UInt16]
    let weights: [Int8]
    /// What one step of a feature's weights is worth.
    let steps: [Float]
    let bias: [Float]
    let families: ItemFamilies
    /// The columns that make up the score of each class, ascending.
    let columnsOfClass: [[Int]]
    /// The same weights laid out for reading fast.
    let layout: WeightLayout

    public var classCount: Int { bias.count }
    public var featureCount: Int { keys.count }

    init(
        items: [String], version: String, calibration: Calibration, keys: [UInt64], scales: [Float], starts: [UInt32],
        classes: [UInt16], weights: [Int8], steps: [Float], bias: [Float]
    ) {
        self.items = items
        self.version = version
        self.calibration = calibration
        self.keys = keys
        self.scales = scales
        self.starts = starts
        self.classes = classes
        self.weights = weights
        self.steps = steps
        self.bias = bias
        let families = ItemFamilies(items: items)
        self.families = families
        columnsOfClass = families.ofClass.enumerated().map { number, own in
            ([number] + own.map { bias.count + $0 }).sorted()
        }
        layout = WeightLayout(
            keys: keys, starts: starts, classes: classes, weights: weights, steps: steps, scales: scales,
            columns: bias.count + families.count)
    }

    /// Keeps of each feature the weights that matter, in eight bits each.
    ///
    /// - Parameter threshold: Weights nearer to zero than this are dropped; so is a feature without any other.
    init(
        _ trained: ModelTrainer.Trained, items: [String], version: String, calibration: Calibration, threshold: Float
    ) {
        let columns = trained.bias.count + ItemFamilies(items: items).count
        var keys: [UInt64] = []
        var scales: [Float] = []
        var starts: [UInt32] = [0]
        var classes: [UInt16] = []
        var weights: [Int8] = []
        var steps: [Float] = []
        for feature in trained.keys.indices {
            let base = feature * columns
            var largest: Float = 0
            for c in 0..<columns { largest = max(largest, abs(trained.weights[base + c])) }
            guard largest >= threshold else { continue }
            let step = largest / 127
            keys.append(trained.keys[feature])
            scales.append(trained.scales[feature])
            steps.append(step)
            for c in 0..<columns where abs(trained.weights[base + c]) >= threshold {
                let quantised = Int8((trained.weights[base + c] / step).rounded())
                guard quantised != 0 else { continue }
                classes.append(UInt16(c))
                weights.append(quantised)
            }
            starts.append(UInt32(classes.count))
        }
        self.init(
            items: items, version: version, calibration: calibration, keys: keys, scales: scales, starts: starts,
            classes: classes, weights: weights, steps: steps, bias: trained.bias)
    }

    /// What a worker keeps between texts.
    struct Scratch {
        var sums: [SIMD8<Float>] = []
        /// One lane for each class, before calibration.
        var logits: [SIMD8<Float>] = []
        var hits: [Hit] = []
        /// How each character of the texts pulls towards a class.
        var pull: [Float] = []
        var pieces: [Evidence] = []
    }

    /// Adds up what the features say, and notes which were found.
    func score(_ text: LoanText, _ scratch: inout Scratch) {
        scratch.hits.removeAll(keepingCapacity: true)
        if scratch.sums.count != layout.eights {
            scratch.sums = [SIMD8<Float>](repeating: .zero, count: layout.eights)
            scratch.logits = [SIMD8<Float>](repeating: .zero, count: (bias.count + 7) / 8)
        }
        for eight in scratch.sums.indices { scratch.sums[eight] = .zero }
        layout.find(text, into: &scratch.hits)
        let square = layout.add(scratch.hits, to: &scratch.sums)
        families.combine(
            scratch.sums, scale: 1 / max(square.squareRoot(), 1e-6), bias: bias, into: &scratch.logits)
    }
}

/// Turns the model's scores into probabilities that hold what they promise, and into decisions.
public struct Calibration: Sendable, Hashable {
    /// The logit of "green" is `slope × raw + offset`.
    public var slope: Float
    public var offset: Float
    /// Item scores are multiplied by this before the softmax among the items.
    public var sharpness: Float
    /// At or above it a row is green, at or below `rejectAt` it is not, in between a person decides.
    public var acceptAt: Float
    public var rejectAt: Float
    /// The first item must have at least this probability among the items.
    public var itemAt: Float

    public init(
        slope: Float = 1, offset: Float = 0, sharpness: Float = 1, acceptAt: Float = 0.8, rejectAt: Float = 0.2,
        itemAt: Float = 0.3
    ) {
        self.slope = slope
        self.offset = offset
        self.sharpness = sharpness
        self.acceptAt = acceptAt
        self.rejectAt = rejectAt
        self.itemAt = itemAt
    }
}
