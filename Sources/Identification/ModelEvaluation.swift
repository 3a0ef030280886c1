/// What an identifier made of labelled loans, against what people said.
public struct ModelEvaluation: Sendable {
    /// One labelled loan with the answer that it got.
    public struct Answer: Sendable {
        /// Position of the item in the model, or nil for "not green".
        public let truth: Int?
        public let identification: Identification
    }

    public let answers: [Answer]

    public init(_ examples: [(text: LoanText, item: String?)], with identifier: Identifier) {
        var identifier = identifier
        let positions = Dictionary(
            identifier.model.items.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        answers = examples.map { example in
            Answer(truth: example.item.flatMap { positions[$0] }, identification: identifier.identify(example.text))
        }
    }

    public var rows: Int { answers.count }
    public var greenRows: Int { answers.count { $0.truth != nil } }

    /// Part of the rows that a person must look at.
    public var reviewShare: Double { part(answers.count { $0.identification.outcome == .review }, of: rows) }

    /// Among decided rows, the part whose green-or-not is right.
    public var decidedRight: Double {
        let decided = answers.filter { $0.identification.outcome != .review }
        return part(decided.count { ($0.identification.outcome == .accepted) == ($0.truth != nil) }, of: decided.count)
    }

    /// Among green rows, the part whose first candidate is the right item.
    public var firstItemRight: Double {
        let green = answers.filter { $0.truth != nil }
        return part(green.count { $0.identification.candidates.first?.item == $0.truth }, of: green.count)
    }

    /// Among green rows, the part with the right item among the candidates.
    public var anyItemRight: Double {
        let green = answers.filter { $0.truth != nil }
        return part(
            green.count { answer in answer.identification.candidates.contains { $0.item == answer.truth } },
            of: green.count)
    }

    /// Among accepted green rows, the part whose item is right.
    public var acceptedItemRight: Double {
        let accepted = answers.filter { $0.truth != nil && $0.identification.outcome == .accepted }
        return part(accepted.count { $0.identification.candidates.first?.item == $0.truth }, of: accepted.count)
    }

    /// Rows in tenths of the probability: how many, the mean probability, and how many are green.
    public var reliability: [(rows: Int, meanProbability: Double, green: Int)] {
        (0..<10).map { tenth in
            let here = answers.filter { min(9, Int($0.identification.greenProbability * 10)) == tenth }
            let sum = here.reduce(0) { $0 + $1.identification.greenProbability }
            return (here.count, here.isEmpty ? 0 : sum / Double(here.count), here.count { $0.truth != nil })
        }
    }

    /// Expected calibration error over ten equal bins (Naeini, Cooper, Hauskrecht, AAAI 2015).
    public var calibrationError: Double {
        guard rows > 0 else { return 0 }
        return reliability.reduce(0) { $0 + abs($1.meanProbability * Double($1.rows) - Double($1.green)) }
            / Double(rows)
    }

    /// How often each truth got each first answer, by chapter; nil is "not green". An answer is the first candidate's
    /// chapter where the loan is more likely green than not.
    public func confusion(chapter: (Int) -> String) -> [String?: [String?: Int]] {
        var table: [String?: [String?: Int]] = [:]
        for answer in answers {
            let said: String? =
                answer.identification.greenProbability >= 0.5
                ? answer.identification.candidates.first.map { chapter($0.item) } : nil
            table[answer.truth.map(chapter), default: [:]][said, default: 0] += 1
        }
        return table
    }

    /// Pairs of items taken for one another, most frequent first.
    public var confusedItems: [(truth: Int, answer: Int, rows: Int)] {
        var pairs: [[Int]: Int] = [:]
        for answer in answers {
            if let truth = answer.truth, let first = answer.identification.candidates.first?.item, first != truth {
                pairs[[truth, first], default: 0] += 1
            }
        }
        return pairs.map { ($0.key[0], $0.key[1], $0.value) }.sorted { ($1.2, $0.0, $0.1) < ($0.2, $1.0, $1.1) }
    }

    private func part(_ count: Int, of whole: Int) -> Double { whole == 0 ? 0 : Double(count) / Double(whole) }
}

extension Calibration {
    /// Fits the probability that a loan is green on answers that training has not seen: logistic regression on the raw
    /// logit by Newton steps (Platt, Probabilistic outputs for support vector machines, 1999, with his smoothed targets).
    ///
    /// - Parameter answers: Raw green logits with whether the loan is green.
    public func fitted(to answers: [(logit: Double, isGreen: Bool)]) -> Calibration {
        let green = Double(answers.count { $0.isGreen })
        let other = Double(answers.count) - green
        guard green > 10, other > 10 else { return self }
        let high = (green + 1) / (green + 2)
        let low = 1 / (other + 2)
        var slope = 1.0
        var offset = 0.0
        for _ in 0..<50 {
            var gradient = (slope: 0.0, offset: 0.0)
            var curve = (ss: 1e-6, so: 0.0, oo: 1e-6)
            for (logit, isGreen) in answers {
                let x = min(max(logit, -30), 30)
                let p = 1 / (1 + exponential(-(slope * x + offset)))
                let error = p - (isGreen ? high : low)
                let weight = max(p * (1 - p), 1e-9)
                gradient.slope += error * x
                gradient.offset += error
                curve.ss += weight * x * x
                curve.so += weight * x
                curve.oo += weight
            }
            let determinant = curve.ss * curve.oo - curve.so * curve.so
            guard abs(determinant) > 1e-12 else { break }
            let step = (
                slope: (curve.oo * gradient.slope - curve.so * gradient.offset) / determinant,
                offset: (curve.ss * gradient.offset - curve.so * gradient.slope) / determinant
            )
            slope -= min(max(step.slope, -1), 1)
            offset -= min(max(step.offset, -2), 2)
            if abs(step.slope) < 1e-6, abs(step.offset) < 1e-6 { break }
        }
        var result = self
        result.slope = Float(min(max(slope, 0.2), 3))
        result.offset = Float(min(max(offset, -3), 3))
        return result
    }
}
