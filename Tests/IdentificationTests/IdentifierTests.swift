import Seeded
import Testing

@testable import Identification

@Suite("From scores to a decision")
struct IdentifierTests {
    private func decide(_ logits: [Float], _ calibration: Calibration = Calibration()) -> Identification {
        var rows = [SIMD8<Float>](repeating: SIMD8(repeating: -1e30), count: (logits.count + 7) / 8)
        for (position, logit) in logits.enumerated() { rows[position / 8][position % 8] = logit }
        return Identifier.decide(rows, calibration)
    }

    @Test("At most five candidates, best first, adding up to no more than P(green)", arguments: 0..<6)
    func candidates(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for sharpness in [Float(1), 0.5, 2.5] {
            for _ in 0..<150 {
                let count = Int.random(in: 1...300, using: &generator)
                let spread = Float.random(in: 0.1...20, using: &generator)
                let logits = (0...count).map { _ in Float.random(in: -spread...spread, using: &generator) }
                let result = decide(logits, Calibration(sharpness: sharpness))
                let probabilities = result.candidates.map(\.probability)
                #expect(probabilities.count <= 5)
                #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 >= $1 })
                #expect(probabilities.reduce(0, +) <= result.greenProbability + 1e-6)
                #expect((0...1).contains(result.greenProbability))
                #expect(Set(result.candidates.map(\.item)).count == probabilities.count)
                if let best = result.candidates.first {
                    #expect(logits[best.item + 1] == logits.dropFirst().max())
                }
            }
        }
    }

    @Test("Without calibration P(green) is the softmax of all items against not green")
    func softmax() {
        // e^1 + e^2 against e^0.5
        let result = decide([0.5, 1, 2])
        let wanted = (exponential(1.0) + exponential(2.0)) / (exponential(0.5) + exponential(1.0) + exponential(2.0))
        // The identifier's own exponential holds four digits.
        #expect(abs(result.greenProbability - wanted) < 1e-4)
        let first = exponential(2.0) / (exponential(0.5) + exponential(1.0) + exponential(2.0))
        #expect(abs((result.candidates.first?.probability ?? 0) - first) < 1e-4)
    }

    @Test(
        "Outcomes follow the thresholds",
        arguments: [
            ([Float(-4), 4, -4], Identification.Outcome.accepted), ([4, -4, -4], .notGreen), ([1, 1, -4], .review),
            // Green for sure, but torn between four items: nobody is first enough.
            ([-6, 3, 3, 3, 3], .review), ([0, .zero, -20], .review),
        ])
    func outcomes(_ logits: [Float], _ outcome: Identification.Outcome) {
        #expect(decide(logits).outcome == outcome)
    }

    @Test("A stricter threshold sends to review what a laxer one decides")
    func thresholds() {
        let logits: [Float] = [0, 1.6, -5]
        #expect(decide(logits, Calibration(acceptAt: 0.8)).outcome == .accepted)
        #expect(decide(logits, Calibration(acceptAt: 0.9)).outcome == .review)
        #expect(decide(logits, Calibration(rejectAt: 0.9)).outcome == .notGreen)
        #expect(decide(logits, Calibration(offset: -3)).outcome == .notGreen)
    }

    @Test("Something green always has a candidate, however many items share it")
    func alwaysOne() {
        let result = decide([-10] + [Float](repeating: 0, count: 4_000))
        #expect(result.candidates.count == 1)
    }

    @Test("An evaluation counts what was decided, reviewed and ranked first")
    func evaluation() {
        let examples: [(text: LoanText, item: String?)] = TinyModel.loans.map {
            ($0.text, $0.label == 0 ? nil : TinyModel.items[$0.label - 1])
        }
        let evaluation = ModelEvaluation(examples, with: Identifier(model: TinyModel.trained()))
        #expect(evaluation.rows == 24)
        #expect(evaluation.greenRows == 16)
        #expect(evaluation.firstItemRight == 1)
        #expect(evaluation.decidedRight == 1)
        #expect(evaluation.reliability.reduce(0) { $0 + $1.rows } == 24)
        #expect(evaluation.confusedItems.isEmpty)
        let empty = ModelEvaluation([], with: Identifier(model: TinyModel.trained()))
        #expect(empty.calibrationError == 0)
        #expect(empty.decidedRight == 0)
    }
}
