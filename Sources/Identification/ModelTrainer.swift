/// One labelled loan.
public struct LabelledText: Sendable {
    public let text: LoanText
    /// Position of the item in the trainer's classes; 0 is "not green".
    public let label: Int
    /// How much the example counts; a synonym alone counts less than a whole purpose.
    public let weight: Float
    /// Says only which item, not that a loan is green: a word of the lexicon teaches nothing about the rest of a book.
    public let amongItemsOnly: Bool

    public init(text: LoanText, label: Int, weight: Float, amongItemsOnly: Bool = false) {
        self.text = text
        self.label = label
        self.weight = weight
        self.amongItemsOnly = amongItemsOnly
    }
}

/// Settings of the training, stated in the model file.
public struct TrainingSettings: Sendable {
    public var epochs = 14
    public var learningRate: Float = 0.5
    /// Weight decay a step, relative to the learning rate.
    public var regularisation: Float = 2e-6
    /// How much a borrower's name counts beside the purpose.
    public var borrowerScale: Float = 0.4
    public var industryScale: Float = 0.5
    public var shapeScale: Float = 0.5
    public var seed: UInt64 = 20_251_001

    public init() {}
}

/// Trains a multinomial logistic regression over character n-grams, weighted by inverse document frequency and scaled to
/// unit length (so that a long purpose does not shout), with stochastic gradient descent and Adagrad steps
/// (Duchi, Hazan, Singer: Adaptive subgradient methods, JMLR 12, 2011). The order of the examples is shuffled by a
/// seed, so the same examples give the same model.
public struct ModelTrainer: Sendable {
    public let classCount: Int
    public let settings: TrainingSettings
    private let families: ItemFamilies

    /// - Parameter items: The codes of the classes from 1 on.
    public init(items: [String], settings: TrainingSettings = TrainingSettings()) {
        classCount = items.count + 1
        self.settings = settings
        families = ItemFamilies(items: items)
    }

    struct Trained: Sendable {
        let keys: [UInt64]
        /// Inverse document frequency times the scale of the field.
        let scales: [Float]
        /// Row-major: feature × column (classes, then families), already multiplied by the feature's scale.
        let weights: [Float]
        let bias: [Float]
    }

    struct Vector {
        var features: [Int32]
        var values: [Float]
    }

    /// - Parameter progress: Called after each epoch with its number and mean loss.
    func train(_ examples: [LabelledText], progress: (Int, Double) -> Void = { _, _ in }) -> Trained {
        var index: [UInt64: Int32] = [:]
        var keys: [UInt64] = []
        var frequency: [Float] = []
        var fieldScale: [Float] = []
        var rows: [Vector] = []
        for example in examples {
            var counts: [Int32: Float] = [:]
            example.text.forEachGram { gram in
                let feature: Int32
                if let known = index[gram.key] {
                    feature = known
                } else {
                    feature = Int32(keys.count)
                    index[gram.key] = feature
                    keys.append(gram.key)
                    frequency.append(0)
                    fieldScale.append(scale(of: gram))
                }
                counts[feature, default: 0] += 1
            }
            let features = counts.keys.sorted()
            for feature in features { frequency[Int(feature)] += 1 }
            rows.append(Vector(features: features, values: features.map { counts[$0] ?? 0 }))
        }
        let total = Float(max(examples.count, 1))
        var scales: [Float] = []
        for feature in keys.indices {
            scales.append((Self.logarithm((1 + total) / (1 + frequency[feature])) + 1) * fieldScale[feature])
        }
        for row in rows.indices {
            var square: Float = 0
            for position in rows[row].features.indices {
                let scale = scales[Int(rows[row].features[position])]
                let count = rows[row].values[position]
                rows[row].values[position] = count * scale
                // Each occurrence alone, as the identifier adds them up while it reads.
                square += count * scale * scale
            }
            let norm = max(square.squareRoot(), 1e-6)
            for position in rows[row].values.indices { rows[row].values[position] /= norm }
        }
        var (weights, bias) = descend(rows, examples, featureCount: keys.count, progress)
        let columns = classCount + families.count
        for feature in keys.indices {
            for position in feature * columns..<(feature + 1) * columns { weights[position] *= scales[feature] }
        }
        return Trained(keys: keys, scales: scales, weights: weights, bias: bias)
    }

    private func scale(of gram: Gram) -> Float {
        switch gram.source {
        case .borrower: settings.borrowerScale
        case .industry: settings.industryScale
        case .purpose, .project: gram.length == 0 ? settings.shapeScale : 1
        }
    }

    private func descend(
        _ rows: [Vector], _ examples: [LabelledText], featureCount: Int, _ progress: (Int, Double) -> Void
    ) -> (weights: [Float], bias: [Float]) {
        // Columns: the classes, then the families. A class's score is its own column plus those of its families.
        let columns = classCount + families.count
        var weights = [Float](repeating: 0, count: featureCount * columns)
        var squares = [Float](repeating: 1e-3, count: featureCount * columns)
        var bias = [Float](repeating: 0, count: classCount)
        var biasSquares = [Float](repeating: 1, count: classCount)
        var order = Array(rows.indices)
        var generator = SplitMix64(seed: settings.seed)
        var scores = [Float](repeating: 0, count: columns)
        var logits = [Float](repeating: 0, count: classCount)
        let rate = settings.learningRate
        for epoch in 1...max(settings.epochs, 1) {
            order.shuffle(using: &generator)
            var loss = 0.0
            for row in order {
                let vector = rows[row]
                let weight = examples[row].weight
                let label = examples[row].label
                scores.withUnsafeMutableBufferPointer { scores in
                    scores.update(repeating: 0)
                    weights.withUnsafeBufferPointer { weights in
                        for (feature, value) in zip(vector.features, vector.values) {
                            let base = Int(feature) * columns
                            for c in 0..<columns { scores[c] += value * weights[base + c] }
                        }
                    }
                }
                for c in 0..<classCount {
                    logits[c] = scores[c] + bias[c]
                    for family in families.ofClass[c] { logits[c] += scores[classCount + family] }
                }
                if examples[row].amongItemsOnly { logits[0] = -1e9 }
                loss += Double(Self.softmax(&logits, label: label) * weight)
                logits[label] -= 1
                for c in classCount..<columns { scores[c] = 0 }
                for c in 0..<classCount {
                    let gradient = logits[c] * weight
                    scores[c] = logits[c]
                    for family in families.ofClass[c] { scores[classCount + family] += logits[c] }
                    biasSquares[c] += gradient * gradient
                    bias[c] -= rate * 0.1 * gradient / biasSquares[c].squareRoot()
                }
                weights.withUnsafeMutableBufferPointer { weights in
                    squares.withUnsafeMutableBufferPointer { squares in
                        scores.withUnsafeBufferPointer { gradients in
                            for (feature, value) in zip(vector.features, vector.values) {
                                let base = Int(feature) * columns
                                let step = value * weight
                                let decay = settings.regularisation
                                for c in 0..<columns {
                                    let gradient = step * gradients[c] + decay * weights[base + c]
                                    let square = squares[base + c] + gradient * gradient
                                    squares[base + c] = square
                                    weights[base + c] -= rate * gradient / square.squareRoot()
                                }
                            }
                        }
                    }
                }
            }
            progress(epoch, loss / Double(max(rows.count, 1)))
        }
        return (weights, bias)
    }

    /// Turns logits into probabilities in place and returns the loss of the label.
    private static func softmax(_ logits: inout [Float], label: Int) -> Float {
        var highest = logits[0]
        for value in logits where value > highest { highest = value }
        var sum: Float = 0
        for c in logits.indices {
            let value = Self.exponential(logits[c] - highest)
            logits[c] = value
            sum += value
        }
        for c in logits.indices { logits[c] /= sum }
        return -logarithm(max(logits[label], 1e-12))
    }
}
