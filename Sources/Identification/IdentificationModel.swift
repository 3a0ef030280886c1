/// A trained linear model over the features of a loan's texts: for each feature the items that it speaks for and
/// against. Class 0 is "not green", class n + 1 the item `items[n]`.
public struct IdentificationModel: Sendable {
    /// Codes of the items in the order of the classes.
    public let items: [String]
    /// Of the examples that it was trained from, so that a statement can name its model.
    public let version: String
    public let calibration: Calibration

    /// Open addressing: `slots[hash & mask]` is a feature number + 1, or 0.
    let slots: [UInt32]
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
        layout = WeightLayout(
            starts: starts, classes: classes, weights: weights, steps: steps, scales: scales,
            columns: bias.count + families.count)
        var size = 16
        while size < keys.count * 2 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        let mask = UInt64(size - 1)
        for (feature, key) in keys.enumerated() {
            var slot = key & mask
            while slots[Int(slot)] != 0 { slot = (slot + 1) & mask }
            slots[Int(slot)] = UInt32(feature + 1)
        }
        self.slots = slots
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

    /// The number of a feature, or nil where training never met it.
    @inline(__always)
    static func feature(
        _ key: UInt64, _ slots: UnsafeBufferPointer<UInt32>, _ keys: UnsafeBufferPointer<UInt64>
    ) -> Int? {
        let mask = UInt64(slots.count - 1)
        var slot = key & mask
        while true {
            let entry = slots[Int(slot)]
            if entry == 0 { return nil }
            if keys[Int(entry - 1)] == key { return Int(entry - 1) }
            slot = (slot + 1) & mask
        }
    }

    /// Adds up what the features say, and notes which were found. The logits are before calibration; those of the
    /// classes come first, those of the families behind them are of no further use.
    func score(_ text: LoanText, into logits: inout [Float], hits: inout [Hit]) {
        hits.removeAll(keepingCapacity: true)
        let columns = bias.count + families.count
        if logits.count != columns { logits = [Float](repeating: 0, count: columns) }
        slots.withUnsafeBufferPointer { slots in
            keys.withUnsafeBufferPointer { keys in
                text.forEachGram { gram in
                    guard let feature = Self.feature(gram.key, slots, keys) else { return }
                    hits.append(
                        Hit(
                            feature: Int32(truncatingIfNeeded: feature), source: gram.source,
                            start: Int16(truncatingIfNeeded: gram.start),
                            length: Int16(truncatingIfNeeded: gram.length)))
                }
            }
        }
        var square: Float = 0
        logits.withUnsafeMutableBufferPointer { logits in
            logits.update(repeating: 0)
            layout.withPointers { entries, postings, dense in
                for hit in hits {
                    let entry = entries[Int(hit.feature)]
                    square += entry.square
                    if entry.dense >= 0 {
                        let row = Int(entry.dense) * columns
                        for column in 0..<columns { logits[column] += dense[row + column] }
                    } else {
                        for index in Int(entry.start)..<Int(entry.end) {
                            let posting = postings[index]
                            logits[Int(posting.column)] += entry.step * Float(posting.weight)
                        }
                    }
                }
            }
        }
        let scale = 1 / max(square.squareRoot(), 1e-6)
        for c in 0..<bias.count {
            var sum = logits[c]
            for family in families.ofClass[c] { sum += logits[bias.count + family] }
            logits[c] = sum * scale + bias[c]
        }
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
