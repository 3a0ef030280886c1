import Access
import Crypto
import Identification
import Library
import Standards
import Store
import Vocabulary

/// A loan that people decided of, as an example to learn from: its texts and what it is.
public struct LabelledExample: Sendable, Equatable {
    public let decision: ID<ReviewDecision>
    /// Of the catalogue; nil for "not green".
    public let item: ItemCode?
    public let borrower: String
    public let project: String
    public let purpose: String
    public let industry: IndustryCode?

    /// Of a decision that says what a loan is under the catalogue that models read for; nil for others: what an older edition does not
    /// cover may be an item of this one.
    init?(_ decision: ReviewDecision, catalogue: String) {
        guard decision.standard == catalogue, decision.verdict != .asFound else { return nil }
        self.decision = decision.id
        item = decision.item
        borrower = decision.texts.borrower
        project = decision.texts.project
        purpose = decision.texts.purpose
        industry = decision.industry
    }

    /// Loans of one wording are one family, however their numbers differ: a family is never parted between learning and trying.
    var family: String {
        let wording = purpose.unicodeScalars.filter { !$0.properties.isWhitespace && $0.properties.numericType == nil }
        return String(SHA256.hash(data: Array(String(String.UnicodeScalarView(wording)).utf8)).hexadecimal.prefix(12))
    }

    /// Whether it is held back from learning, to try what was learned: about a fifth of the families.
    var isHeldBack: Bool { (UInt64(family, radix: 16) ?? 0) % 5 == 0 }

    var example: TrainingExample {
        TrainingExample(text: text, item: item?.text, family: family)
    }

    var text: LoanText {
        LoanText(purpose: purpose, project: project, borrower: borrower, industry: industry?.number)
    }

    /// The header of a table of examples: what `jialing model evaluate` reads.
    static let header = "item\tfamily\tborrower\tproject\tpurpose\tindustry\n"

    /// The line of a table of examples.
    var line: String {
        let fields = [
            item?.text ?? "-", family, borrower, project, purpose, industry.map { String($0.number) } ?? "",
        ]
        return fields.map { $0.replacing(/[\t\r\n]+/, with: " ") }.joined(separator: "\t") + "\n"
    }
}

extension Platform {
    /// The most decisions that are taken as examples.
    static let mostExamples = 100_000

    /// What a lender's people decided, as labelled examples: for the lender's own people alone, who are noted.
    /// - Returns: A table (TSV) as `jialing model evaluate` reads it.
    public func labelledExamples(of id: ID<Organisation>, by viewer: Viewer) async throws -> [UInt8] {
        let (place, examples) = try await database.read { transaction in
            let lender = try transaction.lender(id, for: .downloadBook, by: viewer)
            return (lender.placement, try transaction.labelledExamples(of: id))
        }
        try await noteReading(
            of: id.text, count: examples.count, what: .downloadBook, as: "decision.read-examples", grant: place,
            by: viewer)
        return Array((LabelledExample.header + examples.map(\.line).joined()).utf8)
    }
}

extension Transaction {
    /// What a lender's people decided, as examples.
    func labelledExamples(of lender: ID<Organisation>) throws -> [LabelledExample] {
        try reviewDecisions.labels(of: lender, limit: Platform.mostExamples).compactMap {
            LabelledExample($0.decision, catalogue: BookWork.standard)
        }
    }
}
