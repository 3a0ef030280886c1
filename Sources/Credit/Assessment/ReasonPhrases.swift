import Identification
import Standards
import Vocabulary

/// Says in one sentence why a row was decided as it was, from phrases that are cut up once and filled for every row.
public struct ReasonPhrases: Sendable {
    private enum Piece: Sendable {
        case text([UInt8])
        case slot(String)
    }

    private let phrases: [String: [Piece]]
    private let names: [[UInt8]]
    private let codes: [[UInt8]]
    /// Of the predecessor, for the loans that it judges.
    private let olderNames: [[UInt8]]
    private let olderCodes: [[UInt8]]
    private let separator: [UInt8]

    /// The keys that the phrasebook must have.
    public static let keys = [
        "reason.accepted", "reason.accepted-against", "reason.review", "reason.review-against", "reason.review-nothing",
        "reason.not-green", "reason.not-green-against", "reason.not-green-nothing", "reason.condition-fails",
        "reason.older-standard", "reason.older-subject", "reason.person", "reason.word", "reason.word-separator",
        "reason.industry",
    ]

    public init(_ phrasebook: Phrasebook, language: Language, pack: StandardPack, predecessor: StandardPack? = nil) {
        var phrases: [String: [Piece]] = [:]
        for key in Self.keys {
            // A phrase filled with its own placeholders comes back as the template.
            phrases[key] = Self.cut(phrasebook.text(Message(key: key), in: language))
        }
        self.phrases = phrases
        names = pack.items.map { Array($0.name[language].utf8) }
        codes = pack.items.map { Array($0.code.text.utf8) }
        olderNames = predecessor?.items.map { Array($0.name[language].utf8) } ?? []
        olderCodes = predecessor?.items.map { Array($0.code.text.utf8) } ?? []
        separator = Array(phrasebook.text(Message(key: "reason.word-separator"), in: language).utf8)
    }

    private static func cut(_ template: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.text(Array(rest[..<open].utf8))) }
            pieces.append(.slot(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.text(Array(rest.utf8))) }
        return pieces
    }

    /// Appends the reason of a loan.
    public func append(
        _ loan: AssessedLoan, row: LoanRow, in bytes: Span<UInt8>, facts: (FactID) -> String, to out: inout [UInt8]
    ) {
        let item = loan.item ?? loan.candidates.first?.item
        // Where the older standard judged, its item is named.
        let older = loan.decision == .review || olderCodes.isEmpty ? nil : loan.older?.item
        let supporting = loan.evidence.filter { $0.weight > 0 }
        let opposing = loan.evidence.filter { $0.weight < 0 }
        let key: String
        var detail: [UInt8] = []
        switch loan.ground {
        case .words:
            key = opposing.isEmpty ? "reason.accepted" : "reason.accepted-against"
        case .uncertain:
            key =
                item == nil || supporting.isEmpty
                ? "reason.review-nothing" : opposing.isEmpty ? "reason.review" : "reason.review-against"
        case .noGreenUse:
            key =
                supporting.isEmpty
                ? "reason.not-green-nothing" : opposing.isEmpty ? "reason.not-green" : "reason.not-green-against"
        case .conditionFails(let failed):
            key = "reason.condition-fails"
            detail = Array(failed.map(facts).joined(separator: "、").utf8)
        case .olderStandard:
            key = "reason.older-standard"
            detail = Array((row.decisiveDate?.description ?? "").utf8)
        case .olderSubjectOpen: key = "reason.older-subject"
        case .person(let person):
            key = "reason.person"
            detail = Array("\(person.by): \(person.reason)".utf8)
        }
        for piece in phrases[key] ?? [] {
            switch piece {
            case .text(let text): out += text
            case .slot("code"):
                if let older { out += olderCodes[older] } else if let item { out += codes[item] }
            case .slot("item"):
                if let older { out += olderNames[older] } else if let item { out += names[item] }
            case .slot("words"): append(supporting, row, bytes, to: &out)
            case .slot("against"): append(opposing, row, bytes, to: &out)
            case .slot("detail"): out += detail
            case .slot: break
            }
        }
    }

    private func append(_ evidence: [Evidence], _ row: LoanRow, _ bytes: Span<UInt8>, to out: inout [UInt8]) {
        var first = true
        for piece in evidence {
            if !first { out += separator }
            first = false
            if piece.source == .industry {
                for part in phrases["reason.industry"] ?? [] { if case .text(let text) = part { out += text } }
                continue
            }
            let field =
                switch piece.source {
                case .purpose, .industry: row.purpose
                case .project: row.projectName
                case .borrower: row.borrower
                }
            for part in phrases["reason.word"] ?? [] {
                switch part {
                case .text(let text): out += text
                case .slot:
                    let lower = field.lowerBound + piece.bytes.lowerBound
                    let upper = min(field.lowerBound + piece.bytes.upperBound, field.upperBound)
                    if lower < upper { for index in lower..<upper { out.append(bytes[index]) } }
                }
            }
        }
    }
}
