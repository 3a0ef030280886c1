import Foundation
import Vocabulary

/// What each reason weighs: a logistic model over reasons, so that each can be told with its share in the answer.
///
/// Fitted to labelled pairs by `fit`, and kept in the library's file.
public struct LikenessWeights: Sendable, Hashable {
    /// Log odds of the same before any reason.
    public let bias: Double
    /// Log odds that each reason adds.
    public let weights: [LikenessReason: Double]

    /// From which probability on two are called the same, and perhaps the same.
    public static let sameFrom = 0.88
    public static let perhapsFrom = 0.25

    public init(bias: Double, weights: [LikenessReason: Double]) {
        self.bias = bias
        self.weights = weights
    }

    /// The probability of the same, given what was found.
    public func probability(_ findings: some Sequence<LikenessFinding>) -> Double {
        var odds = bias
        for finding in findings { odds += weight(finding.reason) }
        return 1 / (1 + exp(-odds))
    }

    func weight(_ reason: LikenessReason) -> Double { weights[reason] ?? reason.prior }

    func likeness(_ findings: [LikenessFinding]) -> Likeness {
        let probability = probability(findings)
        let verdict: LikenessVerdict
        if findings.contains(where: { $0.reason.isKinship }) {
            let without = self.probability(findings.filter { !$0.reason.isApart })
            verdict = without >= 0.5 ? .related : .different
        } else if probability >= Self.sameFrom {
            verdict = .same
        } else if probability >= Self.perhapsFrom {
            verdict = .perhaps
        } else {
            verdict = Self.areNeighbours(findings) ? .related : .different
        }
        let weighed = findings.map { WeighedFinding(finding: $0, weight: weight($0.reason)) }
        return Likeness(
            verdict: verdict, probability: probability,
            findings: weighed.sorted { (-abs($0.weight), $0.reason.rawValue) < (-abs($1.weight), $1.reason.rawValue) })
    }

    /// One owner's works on one spot, such as a solar plant and its storage.
    private static func areNeighbours(_ findings: [LikenessFinding]) -> Bool {
        let reasons = Set(findings.map(\.reason))
        return reasons.isSuperset(of: [.ownerSame, .ownWordsSame])
            && reasons.isDisjoint(with: [.placeDiffers, .numberDiffers])
    }
}

extension LikenessWeights {
    /// A pair with what was found in it and how likely it is the same: 1, 0, or 0.5 where nobody can tell.
    public struct Sample: Sendable {
        public let findings: [LikenessFinding]
        public let target: Double

        public init(findings: [LikenessFinding], target: Double) {
            self.findings = findings
            self.target = target
        }
    }

    /// Fits weights to pairs by gradient descent on the log loss, held to the priors by a quadratic penalty.
    ///
    /// Deterministic: the same pairs in the same order give the same weights.
    /// - Parameter penalty: How hard the priors hold, in pairs.
    public static func fit(_ samples: [Sample], penalty: Double = 0.4, steps: Int = 1500) -> LikenessWeights {
        let reasons = LikenessReason.allCases
        let place = Dictionary(uniqueKeysWithValues: reasons.enumerated().map { ($1, $0 + 1) })
        let rows = samples.map { sample in (sample.findings.compactMap { place[$0.reason] }, sample.target) }
        let prior = [0] + reasons.map(\.prior)
        var weights = prior
        // Steps as large as each weight's own curvature lets them be: rare reasons would hardly move else.
        var counts = [Double](repeating: 0, count: prior.count)
        for (active, _) in rows {
            counts[0] += 1
            for index in active { counts[index] += 1 }
        }
        let widest = Double(1 + (rows.map(\.0.count).max() ?? 0))
        for _ in 0..<steps {
            var gradient = zip(weights, prior).map { penalty * ($0 - $1) }
            for (active, target) in rows {
                var odds = weights[0]
                for index in active { odds += weights[index] }
                let error = 1 / (1 + exp(-odds)) - target
                gradient[0] += error
                for index in active { gradient[index] += error }
            }
            for index in weights.indices { weights[index] -= gradient[index] / (counts[index] * widest / 4 + penalty) }
        }
        return LikenessWeights(
            bias: weights[0],
            weights: Dictionary(uniqueKeysWithValues: reasons.enumerated().map { ($1, weights[$0 + 1]) }))
    }
}
