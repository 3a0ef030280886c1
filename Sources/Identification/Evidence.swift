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
    /// The strongest words for a class and, at the end, the strongest against it.
    ///
    /// What a run of characters contributed is spread evenly over its characters; neighbouring characters that pull the
    /// same way are one piece of evidence.
    func evidence(
        for wanted: UInt16, in text: LoanText, hits: [Hit], most: Int = 3, against: Int = 1
    ) -> [Evidence] {
        let listed = [Int(wanted)] + families.ofClass[Int(wanted)].map { bias.count + $0 }
        var marked = [Bool](repeating: false, count: bias.count + families.count)
        for column in listed { marked[column] = true }
        let weights = hits.map { layout.weight(of: Int($0.feature), wanted: marked, listed: listed) }
        var pieces: [Evidence] = []
        for source in [LoanText.Source.purpose, .project, .borrower] {
            let folded = text[source]
            guard !folded.symbols.isEmpty else { continue }
            var pull = [Float](repeating: 0, count: folded.symbols.count)
            for (hit, whole) in zip(hits, weights) where hit.source == source && hit.length > 0 {
                let weight = whole / Float(hit.length)
                for position in Int(hit.start)..<Int(hit.start) + Int(hit.length) { pull[position] += weight }
            }
            pieces += Self.pieces(pull, folded, source)
        }
        for (hit, weight) in zip(hits, weights) where hit.source == .industry {
            if abs(weight) > 0.5 { pieces.append(Evidence(source: .industry, bytes: 0..<0, weight: weight)) }
        }
        let supporting = pieces.filter { $0.weight > 0 }.sorted { $0.weight > $1.weight }
        let strongest = supporting.first?.weight ?? 0
        // What weighs little beside the best is noise to a reader.
        let told = supporting.prefix(most).filter { $0.weight >= strongest * 0.25 }
        let opposing = pieces.filter { $0.weight < min(-strongest * 0.2, -2) }.sorted { $0.weight < $1.weight }
        return told + opposing.prefix(against)
    }

    private static func pieces(_ pull: [Float], _ text: FoldedText, _ source: LoanText.Source) -> [Evidence] {
        var result: [Evidence] = []
        var start = 0
        while start < pull.count {
            let positive = pull[start] > 0
            var end = start
            var sum: Float = 0
            var strongest: Float = 0
            while end < pull.count, (pull[end] > 0) == positive, text.symbols[end] != FoldedText.separator,
                // A character that says little ends the word, unless the word has just begun.
                abs(pull[end]) >= strongest * 0.12 || end < start + 2
            {
                strongest = max(strongest, abs(pull[end]))
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
