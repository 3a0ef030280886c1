import Seeded
import Testing

@testable import Identification

@Suite("Calibration")
struct CalibrationTests {
    /// Draws loans whose chance to be green is exactly `slope × logit + offset` on the logit scale.
    private func answers(slope: Double, offset: Double, count: Int) -> [(logit: Double, isGreen: Bool)] {
        var generator = SeededGenerator(seed: 42)
        return (0..<count).map { _ in
            let logit = Double.random(in: -5...5, using: &generator)
            let p = 1 / (1 + exponential(-(slope * logit + offset)))
            return (logit, Double.random(in: 0..<1, using: &generator) < p)
        }
    }

    @Test(
        "The slope and the offset that made the answers are found again",
        arguments: [(1.0, 0.0), (0.5, 0.4), (1.8, -1.0), (0.8, 1.5)])
    func recovers(_ slope: Double, _ offset: Double) {
        let fitted = Calibration().fitted(to: answers(slope: slope, offset: offset, count: 12_000))
        #expect(abs(Double(fitted.slope) - slope) < 0.08 * max(1, slope))
        #expect(abs(Double(fitted.offset) - offset) < 0.12)
    }

    @Test("Only slope and offset are fitted; the thresholds stay as they were set")
    func keepsThresholds() {
        let set = Calibration(slope: 1, offset: 0, sharpness: 1.5, acceptAt: 0.7, rejectAt: 0.1, itemAt: 0.4)
        let fitted = set.fitted(to: answers(slope: 0.5, offset: 0, count: 2_000))
        #expect(fitted.sharpness == 1.5)
        #expect(fitted.acceptAt == 0.7)
        #expect(fitted.rejectAt == 0.1)
        #expect(fitted.itemAt == 0.4)
    }

    @Test("With too few answers, or of one kind only, nothing is changed")
    func tooFew() {
        let plain = Calibration()
        #expect(plain.fitted(to: []) == plain)
        #expect(plain.fitted(to: answers(slope: 1, offset: 0, count: 15)) == plain)
        #expect(plain.fitted(to: (0..<100).map { (Double($0), true) }) == plain)
    }

    @Test("Answers that part perfectly, or carry no sense, still give bounded numbers")
    func bounded() {
        let perfect = (0..<200).map { (logit: Double($0) - 99.5, isGreen: $0 >= 100) }
        let reversed = perfect.map { (logit: -$0.logit, isGreen: $0.isGreen) }
        let endless = perfect.map { (logit: $0.logit * .infinity, isGreen: $0.isGreen) }
        for list in [perfect, reversed, endless] {
            let fitted = Calibration().fitted(to: list)
            #expect((0.2...3).contains(fitted.slope))
            #expect((-3...3).contains(fitted.offset))
        }
    }
}
