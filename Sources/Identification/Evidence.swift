/// Words of a loan's texts that spoke for or against a reading, with how much.
public struct Evidence: Sendable, Hashable {
    public let source: LoanText.Source
    /// Byte range of the words in the text of `source`; empty for an industry code.
    public let bytes: Range<Int>
    /// Positive speaks for the reading, negative against; comparable within one row only.
    public let weight: Float
}

/// A feature that was found in a text.
struct Hit {
    let feature: Int32
    let source: LoanText.Source
    let start: Int16
    let length: Int16
}

extension IdentificationModel {
    /// What a feature adds to the score of a class, families included.
    func weight(of feature: Int, for wanted: UInt16) -> Float {
        var sum = posting(of: feature, at: wanted)
        for family in families.ofClass[Int(wanted)] { sum += posting(of: feature, at: UInt16(bias.count + family)) }
        return sum
    }

    /// The weight of a feature in a column, 0 where it has none. Postings are sorted by column.
    private func posting(of feature: Int, at wanted: UInt16) -> Float {
        var low = Int(starts[feature])
        var high = Int(starts[feature + 1])
        while low < high {
            let middle = (low + high) / 2
            if classes[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        guard low < Int(starts[feature + 1]), classes[low] == wanted else { return 0 }
        return steps[feature] * Float(weights[low])
    }

    /// The strongest words for a class and, at the end, the strongest against it.
    ///
    /// What a run of characters contributed is spread evenly over its characters; neighbouring characters that pull the
    /// same way are one piece of evidence.
    func evidence(
        for wanted: UInt16, in text: LoanText, hits: [Hit], most: Int = 3, against: Int = 1
    ) -> [Evidence] {
        var pieces: [Evidence] = []
        for source in [LoanText.Source.purpose, .project, .borrower] {
            let folded = text[source]
            guard !folded.symbols.isEmpty else { continue }
            var pull = [Float](repeating: 0, count: folded.symbols.count)
            for hit in hits where hit.source == source && hit.length > 0 {
                let weight = weight(of: Int(hit.feature), for: wanted) / Float(hit.length)
                for position in Int(hit.start)..<Int(hit.start) + Int(hit.length) { pull[position] += weight }
            }
            pieces += Self.pieces(pull, folded, source)
        }
        for hit in hits where hit.source == .industry {
            let weight = weight(of: Int(hit.feature), for: wanted)
            if abs(weight) > 0.5 { pieces.append(Evidence(source: .industry, bytes: 0..<0, weight: weight)) }
        }
        let supporting = pieces.filter { $0.weight > 0 }.sorted { $0.weight > $1.weight }.prefix(most)
        let opposing = pieces.filter { $0.weight < 0 }.sorted { $0.weight < $1.weight }.prefix(against)
        return Array(supporting) + Array(opposing)
    }

    private static func pieces(_ pull: [Float], _ text: FoldedText, _ source: LoanText.Source) -> [Evidence] {
        var result: [Evidence] = []
        var start = 0
        while start < pull.count {
            let positive = pull[start] > 0
            var end = start
            var sum: Float = 0
            while end < pull.count, (pull[end] > 0) == positive, text.symbols[end] != FoldedText.separator,
                end - start < 12
            {
                sum += pull[end]
                end += 1
            }
            if end > start + 1, abs(sum) > 0.3 {
                let bytes = Int(text.offsets[start])..<text.end(ofSymbol: end - 1)
                result.append(Evidence(source: source, bytes: bytes, weight: sum))
            }
            start = max(end, start + 1)
        }
        return result
    }
}

extension LoanText {
    /// The folded text of a source; the industry has none.
    public subscript(source: Source) -> FoldedText {
        switch source {
        case .purpose: purpose
        case .project: project
        case .borrower: borrower
        case .industry: FoldedText()
        }
    }
}

extension FoldedText {
    /// One past the last byte of a symbol, without the separators behind it.
    func end(ofSymbol index: Int) -> Int {
        let next = Int(offsets[min(index + 1, offsets.count - 1)])
        let start = Int(offsets[index])
        // A run of digits or punctuation may be longer than one character; a Han character has three bytes.
        return symbols[index] >= 0x3400 ? min(start + 3, next) : next
    }
}
