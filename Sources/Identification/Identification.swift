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

    /// - Parameter logits: One lane for each class, "not green" first; lanes behind the last class are far below all.
    static func decide(_ logits: [SIMD8<Float>], _ calibration: Calibration) -> Identification {
        // The best items, by insertion: 271 are too few for anything cleverer.
        var best: [(item: Int, score: Float)] = []
        best.reserveCapacity(mostCandidates + 1)
        var floor = -Float.infinity
        let notGreen = logits.first?[0] ?? 0
        for (row, eight) in logits.enumerated() where any(eight .> floor) {
            for lane in (row == 0 ? 1 : 0)..<8 where eight[lane] > floor && eight[lane] > -1e29 {
                let score = eight[lane]
                var place = best.count
                while place > 0, best[place - 1].score < score { place -= 1 }
                best.insert((row * 8 + lane - 1, score), at: place)
                if best.count > mostCandidates { best.removeLast() }
                if best.count == mostCandidates { floor = best[mostCandidates - 1].score }
            }
        }
        let highest = best.first?.score ?? 0
        func sum(sharpness: Float) -> Double {
            var sums = SIMD8<Float>.zero
            for eight in logits { sums += exponential((eight - highest) * sharpness) }
            return Double(sums.sum()) - Double(exponential(SIMD8(repeating: (notGreen - highest) * sharpness))[0])
        }
        let greenSum = max(sum(sharpness: 1), 1)
        let itemSum = calibration.sharpness == 1 ? greenSum : max(sum(sharpness: calibration.sharpness), 1)
        let rawGreen = Double(highest) + logarithm(greenSum) - Double(notGreen)
        let green = 1 / (1 + exponential(-(Double(calibration.slope) * rawGreen + Double(calibration.offset))))
        var candidates: [Candidate] = []
        var firstShare = 0.0
        for (item, score) in best {
            // By the exponential of the sum, so that the parts never pass the whole.
            let distance = SIMD8<Float>(repeating: (score - highest) * calibration.sharpness)
            let share = Double(exponential(distance)[0]) / itemSum
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
