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
    private var logits: [Float] = []
    private var hits: [Hit] = []
    private static let mostCandidates = 5
    /// A candidate less probable than this is not worth a person's look.
    private static let leastProbability = 0.005

    public init(model: IdentificationModel) {
        self.model = model
    }

    public mutating func identify(_ text: LoanText) -> Identification {
        model.score(text, into: &logits, hits: &hits)
        return Self.decide(logits.prefix(model.classCount), model.calibration)
    }

    /// The words of the text identified last that spoke for and against an item, or "not green" where it is nil.
    public func evidence(for item: Int?, in text: LoanText) -> [Evidence] {
        model.evidence(for: UInt16((item ?? -1) + 1), in: text, hits: hits)
    }

    static func decide(_ logits: ArraySlice<Float>, _ calibration: Calibration) -> Identification {
        // The five best items, by insertion; 271 items are too few for anything cleverer.
        var best: [(item: Int, score: Float)] = []
        best.reserveCapacity(mostCandidates + 1)
        var highest = -Float.infinity
        for c in 1..<logits.count {
            let score = logits[c]
            if score > highest { highest = score }
            if best.count == mostCandidates, score <= best[mostCandidates - 1].score { continue }
            var place = best.count
            while place > 0, best[place - 1].score < score { place -= 1 }
            best.insert((c - 1, score), at: place)
            if best.count > mostCandidates { best.removeLast() }
        }
        var itemSum = 0.0
        var greenSum = 0.0
        for c in 1..<logits.count {
            // What lies further behind adds less than a thousandth even from all items together.
            let distance = logits[c] - highest
            guard distance > -13 else { continue }
            greenSum += Double(exponential(distance))
            if calibration.sharpness != 1 { itemSum += Double(exponential(distance * calibration.sharpness)) }
        }
        if calibration.sharpness == 1 { itemSum = greenSum }
        let rawGreen = Double(highest) + logarithm(max(greenSum, 1e-300)) - Double(logits[0])
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
