/// What the words of a loan point to.
public struct Identification: Sendable {
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        case accepted
        case review
        case notGreen = "not_green"
    }

    public struct Candidate: Sendable, Hashable {
        /// Position of the item in the model's `items`.
        public let item: Int
        /// Probability that the loan is green and of this item.
        public let probability: Double
    }

    public let outcome: Outcome
    /// Calibrated probability that the loan is green.
    public let greenProbability: Double
    /// At most five, best first.
    public let candidates: [Candidate]
}

/// Reads the texts of loans. One identifier serves one worker: it keeps memory between rows.
public struct Identifier: Sendable {
    public let model: IdentificationModel
    private var scratch = IdentificationModel.Scratch()
    private static let mostCandidates = 5
    /// A candidate less probable than this is not worth a person's look.
    private static let leastProbability = 0.005

    public init(model: IdentificationModel) {
        self.model = model
    }

    public mutating func identify(_ text: LoanText) -> Identification {
        model.score(text, &scratch)
        return Self.decide(scratch.logits, model.calibration)
    }

    /// The words of the text identified last that spoke for and against an item, or "not green" where it is nil.
    public mutating func evidence(for item: Int?, in text: LoanText) -> [Evidence] {
        model.evidence(for: (item ?? -1) + 1, in: text, &scratch)
    }

    /// - Parameter logits: One for each class, "not green" first.
    static func decide(_ logits: [Float], _ calibration: Calibration) -> Identification {
        // The best items, by insertion: 271 are too few for anything cleverer.
        var best: [(item: Int, score: Float)] = []
        best.reserveCapacity(mostCandidates + 1)
        var floor = -Float.infinity
        var itemSum = 0.0
        var greenSum = 0.0
        let highest = logits.withUnsafeBufferPointer { logits in
            var highest = -Float.infinity
            for c in 1..<logits.count where logits[c] > highest { highest = logits[c] }
            for c in 1..<logits.count where logits[c] > floor {
                var place = best.count
                while place > 0, best[place - 1].score < logits[c] { place -= 1 }
                best.insert((c - 1, logits[c]), at: place)
                if best.count > mostCandidates { best.removeLast() }
                if best.count == mostCandidates { floor = best[mostCandidates - 1].score }
            }
            var sums = SIMD8<Float>.zero
            var c = 1
            while c + 8 <= logits.count {
                var eight = SIMD8<Float>.zero
                for lane in 0..<8 { eight[lane] = logits[c + lane] - highest }
                sums += exponential(eight)
                c += 8
            }
            greenSum = Double(sums.sum())
            while c < logits.count {
                greenSum += Double(exponential(logits[c] - highest))
                c += 1
            }
            if calibration.sharpness != 1 {
                for c in 1..<logits.count {
                    itemSum += Double(exponential((logits[c] - highest) * calibration.sharpness))
                }
            }
            return highest
        }
        if calibration.sharpness == 1 { itemSum = greenSum }
        let rawGreen = Double(highest) + logarithm(max(greenSum, 1e-300)) - Double(logits.first ?? 0)
        let green = 1 / (1 + exponential(-(Double(calibration.slope) * rawGreen + Double(calibration.offset))))
        var candidates: [Candidate] = []
        var firstShare = 0.0
        for (item, score) in best {
            let share = exponential(Double((score - highest) * calibration.sharpness)) / max(itemSum, 1e-300)
            if candidates.isEmpty { firstShare = share }
            let probability = share * green
            if probability < leastProbability, !(candidates.isEmpty && green >= leastProbability) { continue }
            candidates.append(Candidate(item: item, probability: probability))
        }
        let outcome: Outcome
        if green <= Double(calibration.rejectAt) {
            outcome = .notGreen
        } else if green >= Double(calibration.acceptAt), firstShare >= Double(calibration.itemAt) {
            outcome = .accepted
        } else {
            outcome = .review
        }
        return Identification(outcome: outcome, greenProbability: green, candidates: candidates)
    }

    typealias Candidate = Identification.Candidate
    typealias Outcome = Identification.Outcome
}
