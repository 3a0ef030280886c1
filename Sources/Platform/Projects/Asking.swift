import Identification
import Library
import Standards
import Vocabulary

/// What the words of a project point to.
public struct WordReading: Sendable {
    public struct Candidate: Sendable {
        public let item: ItemReference
        public let name: BilingualText
        /// Probability that the project is green and of this item.
        public let probability: Double
    }

    public let outcome: Identification.Outcome
    public let greenProbability: Double
    /// At most five, best first.
    public let candidates: [Candidate]
    /// The standard whose items these are.
    public let standard: String
}

extension Platform {
    /// The most characters of a description that are read.
    public static let describedLength = 500

    /// Which items of the catalogue in force the words of a project may mean. Anybody may ask; nothing is kept.
    public func read(about: String, name: String = "", owner: String = "") -> WordReading? {
        guard let pack = library.packs.first(where: library.isRead) else { return nil }
        var identifier = Identifier(model: library.model)
        func cut(_ text: String) -> String { String(text.unicodeScalars.prefix(Self.describedLength)) }
        let found = identifier.identify(
            LoanText(purpose: cut(about), project: cut(name), borrower: cut(owner), industry: nil))
        let candidates = found.candidates.compactMap { candidate -> WordReading.Candidate? in
            guard let code = ItemCode(library.model.items[candidate.item]), let item = pack[code] else { return nil }
            return WordReading.Candidate(
                item: ItemReference(code), name: item.name, probability: candidate.probability)
        }
        return WordReading(
            outcome: found.outcome, greenProbability: found.greenProbability, candidates: candidates,
            standard: pack.id)
    }
}
