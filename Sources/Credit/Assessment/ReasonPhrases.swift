import Identification
import Standards
import Vocabulary

/// Says in one sentence why a row was decided as it was, from phrases that are cut up once and filled for every row.
public struct ReasonPhrases: Sendable {
    private enum Piece: Sendable {
        case text([UInt8])
        case slot(Slot)
    }

    private enum Slot: String, Sendable {
        case code, item, words, against, detail, word
    }

    /// The phrases by number, in the order of `keys`: a look by name takes longer than the filling.
    private enum Phrase: Int {
        case accepted, acceptedAgainst, review, reviewAgainst, reviewNothing, notGreen, notGreenAgainst, notGreenNothing
        case conditionFails, olderStandard, olderSubject, person, word, industry
    }

    private let phrases: [[Piece]]
    private let names: [[UInt8]]
    private let codes: [[UInt8]]
    /// Of the predecessor, for the loans that it judges.
    private let olderNames: [[UInt8]]
    private let olderCodes: [[UInt8]]
    private let separator: [UInt8]
    private let phrasebook: Phrasebook
    private let language: Language
    private let issuer: BilingualText

    /// The keys that the phrasebook must have.
    public static let keys = [
        "reason.accepted", "reason.accepted-against", "reason.review", "reason.review-against", "reason.review-nothing",
        "reason.not-green", "reason.not-green-against", "reason.not-green-nothing", "reason.condition-fails",
        "reason.older-standard", "reason.older-subject", "reason.person", "reason.word", "reason.industry",
        "reason.word-separator",
    ]

    public init(_ phrasebook: Phrasebook, language: Language, pack: StandardPack, predecessor: StandardPack? = nil) {
        // A phrase filled with nothing comes back as the template.
        phrases = Self.keys.map { Self.cut(phrasebook.text(Message(key: $0), in: language)) }
        names = pack.items.map { Array($0.name[language].utf8) }
        codes = pack.items.map { Array($0.code.text.utf8) }
        olderNames = predecessor?.items.map { Array($0.name[language].utf8) } ?? []
        olderCodes = predecessor?.items.map { Array($0.code.text.utf8) } ?? []
        self.phrasebook = phrasebook
        self.language = language
        issuer = pack.header.issuer
        separator = Array(phrasebook.text(Message(key: "reason.word-separator"), in: language).utf8)
    }

    private static func cut(_ template: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.text(Array(rest[..<open].utf8))) }
            if let slot = Slot(rawValue: String(rest[rest.index(after: open)..<close])) { pieces.append(.slot(slot)) }
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
        // What speaks against stands at the end.
        let split = loan.evidence.firstIndex { $0.weight < 0 } ?? loan.evidence.count
        let supporting = loan.evidence[..<split]
        let opposing = loan.evidence[split...]
        let phrase: Phrase
        var detail: [UInt8] = []
        switch loan.ground {
        case .words:
            phrase = opposing.isEmpty ? .accepted : .acceptedAgainst
        case .uncertain:
            phrase =
                item == nil || supporting.isEmpty
                ? .reviewNothing : opposing.isEmpty ? .review : .reviewAgainst
        case .noGreenUse:
            phrase = supporting.isEmpty ? .notGreenNothing : opposing.isEmpty ? .notGreen : .notGreenAgainst
        case .conditionFails(let failed):
            phrase = .conditionFails
            // What a region asks is told with its reason; what it forbids altogether hangs on no fact.
            let changes = (loan.verdict?.failedChanges ?? []).map {
                phrasebook.text($0.message(by: issuer, in: language), in: language)
            }
            detail = Array((failed.map(facts) + changes).joined(separator: "、").utf8)
        case .olderStandard:
            phrase = .olderStandard
            detail = Array((row.decisiveDate?.description ?? "").utf8)
        case .olderSubjectOpen: phrase = .olderSubject
        case .person(let person):
            phrase = .person
            detail = Array("\(person.by): \(person.reason)".utf8)
        }
        for piece in phrases[phrase.rawValue] {
            switch piece {
            case .text(let text): out += text
            case .slot(.code):
                if let older { out += olderCodes[older] } else if let item { out += codes[item] }
            case .slot(.item):
                if let older { out += olderNames[older] } else if let item { out += names[item] }
            case .slot(.words): append(supporting, row, bytes, to: &out)
            case .slot(.against): append(opposing, row, bytes, to: &out)
            case .slot(.detail): out += detail
            case .slot(.word): break
            }
        }
    }

    private func append(_ evidence: ArraySlice<Evidence>, _ row: LoanRow, _ bytes: Span<UInt8>, to out: inout [UInt8]) {
        var first = true
        for piece in evidence {
            if !first { out += separator }
            first = false
            if piece.source == .industry {
                for part in phrases[Phrase.industry.rawValue] { if case .text(let text) = part { out += text } }
                continue
            }
            let field =
                switch piece.source {
                case .purpose, .industry: row.purpose
                case .project: row.projectName
                case .borrower: row.borrower
                }
            for part in phrases[Phrase.word.rawValue] {
                switch part {
                case .text(let text): out += text
                case .slot:
                    let lower = field.lowerBound + piece.bytes.lowerBound
                    let upper = min(field.lowerBound + piece.bytes.upperBound, field.upperBound)
                    if lower < upper { bytes.extracting(lower..<upper).withUnsafeBufferPointer { out += $0 } }
                }
            }
        }
    }
}
