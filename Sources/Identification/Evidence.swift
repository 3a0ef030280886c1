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
    /// Its slot in the layout.
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
        for wanted: Int, in text: LoanText, _ scratch: inout Scratch, most: Int = 3, against: Int = 1
    ) -> [Evidence] {
        let columns = columnsOfClass[wanted]
        let purposeCount = text.purpose.symbols.count
        let projectCount = text.project.symbols.count
        let borrowerCount = text.borrower.symbols.count
        scratch.pull.removeAll(keepingCapacity: true)
        scratch.pull.append(contentsOf: repeatElement(0, count: purposeCount + projectCount + borrowerCount))
        scratch.pieces.removeAll(keepingCapacity: true)
        layout.weights(of: scratch.hits, in: columns) { hit, weight in
            var start = Int(hit.start)
            switch hit.source {
            case .industry:
                if abs(weight) > 0.5 {
                    scratch.pieces.append(Evidence(source: .industry, bytes: 0..<0, weight: weight))
                }
                return
            case .purpose: break
            case .project: start += purposeCount
            case .borrower: start += purposeCount + projectCount
            }
            // A text other than the one identified last may be shorter.
            guard hit.length > 0, start + Int(hit.length) <= scratch.pull.count else { return }
            let part = weight / Float(hit.length)
            for position in start..<start + Int(hit.length) { scratch.pull[position] += part }
        }
        Self.collect(text.purpose, .purpose, at: 0, &scratch)
        Self.collect(text.project, .project, at: purposeCount, &scratch)
        Self.collect(text.borrower, .borrower, at: purposeCount + projectCount, &scratch)
        return Self.strongest(scratch.pieces, most: most, against: against)
    }

    private static func strongest(_ pieces: [Evidence], most: Int, against: Int) -> [Evidence] {
        var highest: Float = 0
        for piece in pieces where piece.weight > highest { highest = piece.weight }
        // What weighs little beside the best is noise to a reader.
        var told = pieces.filter { $0.weight > 0 && $0.weight >= highest * 0.25 }
        if told.count > 1 { told.sort { $0.weight > $1.weight } }
        if told.count > most { told.removeLast(told.count - most) }
        var opposing = pieces.filter { $0.weight < min(-highest * 0.2, -2) }
        if opposing.count > 1 { opposing.sort { $0.weight < $1.weight } }
        told.append(contentsOf: opposing.prefix(against))
        return told
    }

    private static func collect(
        _ text: FoldedText, _ source: LoanText.Source, at base: Int, _ scratch: inout Scratch
    ) {
        let count = text.symbols.count
        var start = 0
        while start < count {
            let positive = scratch.pull[base + start] > 0
            var end = start
            var sum: Float = 0
            var strongest: Float = 0
            while end < count, text.symbols[end] != FoldedText.separator {
                let pull = scratch.pull[base + end]
                // A character that says little ends the word, unless the word has just begun.
                guard (pull > 0) == positive, abs(pull) >= strongest * 0.12 || end < start + 2 else { break }
                strongest = max(strongest, abs(pull))
                sum += pull
                end += 1
            }
            if end > start + 1, abs(sum) > 0.3 {
                let bytes = Int(text.offsets[start])..<text.end(ofSymbol: end - 1)
                scratch.pieces.append(Evidence(source: source, bytes: bytes, weight: sum))
            }
            start = max(end, start + 1)
        }
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
