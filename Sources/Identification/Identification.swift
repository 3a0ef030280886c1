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

    /// The lane of "not green".
    private static let firstLane: SIMDMask<SIMD8<Int32>> = {
        var mask = SIMDMask<SIMD8<Int32>>(repeating: false)
        mask[0] = true
        return mask
    }()

    /// Below this distance from the highest a class adds nothing to a sum that anybody would see: 271 × e^-20 < 10^-6.
    private static let farBelow: Float = -20

    /// - Parameter logits: One lane for each class, "not green" first; lanes behind the last class are far below all.
    static func decide(_ logits: [SIMD8<Float>], _ calibration: Calibration) -> Identification {
        logits.withUnsafeBufferPointer { decide($0, calibration) }
    }

    private static func decide(
        _ logits: UnsafeBufferPointer<SIMD8<Float>>, _ calibration: Calibration
    ) -> Identification {
        guard let first = logits.first else {
            return Identification(outcome: .notGreen, greenProbability: 0, candidates: [])
        }
        let notGreen = first[0]
        var items = first.replacing(with: -1e30, where: Self.firstLane)
        for row in 1..<max(logits.count, 1) {
            let eight = logits[row]
            items.replace(with: eight, where: eight .> items)
        }
        let highest = items.max()
        func sum(sharpness: Float) -> Double {
            var sums = SIMD8<Float>.zero
            let near = highest + farBelow / max(sharpness, 0.01)
            for eight in logits where any(eight .> near) { sums += exponential((eight - highest) * sharpness) }
            guard notGreen > near else { return Double(sums.sum()) }
            return Double(sums.sum()) - Double(exponential(SIMD8(repeating: (notGreen - highest) * sharpness))[0])
        }
        let greenSum = max(sum(sharpness: 1), 1)
        let itemSum = calibration.sharpness == 1 ? greenSum : max(sum(sharpness: calibration.sharpness), 1)
        let rawGreen = Double(highest) + logarithm(greenSum) - Double(notGreen)
        let green = 1 / (1 + exponential(-(Double(calibration.slope) * rawGreen + Double(calibration.offset))))
        // The best items, by insertion: 271 are too few for anything cleverer. One that is far behind the first would
        // not be told anyway, and of a loan that is surely not green none. They stand on the stack: a list of five would cost an
        // allocation a loan.
        var best = InlineArray<6, (score: Float, item: Int32)>(repeating: (-.infinity, 0))
        var found = 0
        let sharpness = max(calibration.sharpness, 0.1)
        // A little below what is told, so that rounding leaves none out; the highest is always looked at.
        let least = Float(logarithm(leastProbability * itemSum / max(green, leastProbability))) - 0.01
        var floor = min(highest + max(least, -6) / sharpness, highest.nextDown)
        let scores = UnsafeRawBufferPointer(logits).bindMemory(to: Float.self)
        for row in logits.indices where green >= leastProbability && any(logits[row] .> floor) {
            for c in max(row * 8, 1)..<row * 8 + 8 where scores[c] > floor && scores[c] > -1e29 {
                var place = min(found, mostCandidates)
                while place > 0, best[place - 1].score < scores[c] {
                    best[place] = best[place - 1]
                    place -= 1
                }
                best[place] = (scores[c], Int32(c - 1))
                found = min(found + 1, mostCandidates)
                if found == mostCandidates { floor = best[mostCandidates - 1].score }
            }
        }
        var candidates: [Candidate] = []
        var firstShare = 0.0
        candidates.reserveCapacity(found)
        for place in 0..<found {
            let (score, item) = (best[place].score, Int(best[place].item))
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
