import Credit
import Identification
import Impact
import Spreadsheet
import Standards
import Vocabulary

/// The columns of rows.csv, and how a loan becomes a line of it.
///
/// A worker writes everything that needs no other row; the two pieces that do (a warning about the share, and the share
/// itself with its benefits) are put in between when the row's turn comes.
struct RowFormatter: Sendable {
    let indicators: [Indicator]
    private let language: Language
    private let phrasebook: Phrasebook
    private let reasons: ReasonPhrases
    private let pack: StandardPack
    private let facts: FactDictionary
    private let olderStandard: String
    private let predecessor: StandardPack?
    private let further: [StandardPack]
    private let itemCodes: [[UInt8]]
    private let itemNames: [[UInt8]]
    private let noCriteria: String
    private let joiner: String
    private let methodNames: [[UInt8]]
    /// For each method and column of an indicator: which of the method's figures stands there, or -1.
    private let figures: [[Int]]

    /// What a worker wrote before, for loans of which the same is to be said.
    struct Written: Sendable {
        /// By the number of a further standard's verdict.
        var others: [Int: [UInt8]] = [:]
        /// By the number of the verdict.
        var missing: [Int: [UInt8]] = [:]
    }

    /// Where the pieces of a line end within the worker's bytes.
    struct Pieces: Sendable {
        let start: Int
        /// Behind `missing` and its comma; the warnings, bare, follow.
        let beforeWarnings: Int
        let afterWarnings: Int
        /// Behind the `method` column.
        let end: Int
        /// Behind what the further standards say.
        let others: Int
    }

    init(
        pack: StandardPack, predecessor: StandardPack?, further: [StandardPack], facts: FactDictionary,
        indicators: [Indicator], methods: [CompiledMethod],
        phrasebook: Phrasebook, language: Language
    ) {
        self.pack = pack
        self.facts = facts
        self.indicators = indicators.filter(\.additive)
        self.language = language
        self.phrasebook = phrasebook
        reasons = ReasonPhrases(phrasebook, language: language, pack: pack, predecessor: predecessor)
        self.predecessor = predecessor
        self.further = further
        olderStandard = pack.header.predecessor ?? ""
        itemCodes = pack.items.map { Array($0.code.text.utf8) }
        itemNames = pack.items.map { item in
            var field: [UInt8] = []
            let name = Array(item.name[language].utf8)
            Self.field(name.span, to: &field)
            return field
        }
        noCriteria = phrasebook.text(Message(key: "row.no-criteria"), in: language)
        joiner = language == .zh ? "；" : "; "
        let columns = self.indicators
        methodNames = methods.map { Array($0.method.id.utf8) }
        figures = methods.map { method in
            columns.map { column in method.indicators.firstIndex(of: column) ?? -1 }
        }
    }

    var header: [UInt8] {
        var names = [
            "loan_id", "standard", "item", "item_name", "decision", "probability", "verdict", "mark",
            "green_share_pct", "reason", "missing", "warnings", "candidates", "method", "share",
        ]
        names += indicators.map(\.id)
        names.append("benefit_note")
        for pack in further { names += ["item@\(pack.id)", "verdict@\(pack.id)", "missing@\(pack.id)"] }
        var out: [UInt8] = []
        var writer = CSVWriter()
        writer.appendRecord(names, to: &out)
        return out
    }

    /// Appends what is known without other rows.
    func append(
        _ loan: AssessedLoan, row: LoanRow, in bytes: Span<UInt8>, scratch: inout [UInt8],
        written: inout Written, to out: inout [UInt8]
    ) -> Pieces {
        let start = out.count
        Self.field(bytes.extracting(row.loanID), to: &out)
        comma(&out)
        let standard = loan.isBeforeOverlay ? pack.header.catalogue : pack.id
        out += (loan.isUnderPredecessor ? olderStandard : standard).utf8
        comma(&out)
        appendItem(loan, to: &out)
        comma(&out)
        out += loan.decision.rawValue.utf8
        comma(&out)
        appendDecimal(loan.probability, fractionDigits: 4, to: &out)
        comma(&out)
        if let kind = loan.verdictKind { out += kind.rawValue.utf8 }
        comma(&out)
        if loan.decision == .accepted { out += (loan.mark?.rawValue ?? "undetermined").utf8 }
        comma(&out)
        if loan.decision == .accepted || loan.hasSeveralUses {
            appendDecimal(Double(loan.greenPart) / 10_000, fractionDigits: 2, to: &out)
        }
        comma(&out)
        scratch.removeAll(keepingCapacity: true)
        reasons.append(loan, row: row, in: bytes, facts: { label($0) }, to: &scratch)
        Self.field(scratch.span, to: &out)
        comma(&out)
        appendMissing(loan, &scratch, &written.missing, to: &out)
        comma(&out)
        let beforeWarnings = out.count
        for (index, warning) in row.warnings.enumerated() {
            if index > 0 { out += joiner.utf8 }
            out += text(of: warning).utf8
        }
        let afterWarnings = out.count
        comma(&out)
        for (index, candidate) in loan.candidates.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ";")) }
            out += itemCodes[candidate.item]
            out.append(UInt8(ascii: ":"))
            appendDecimal(candidate.probability, fractionDigits: 4, to: &out)
        }
        comma(&out)
        if let benefit = loan.benefit { out += methodNames[benefit.method] }
        let end = out.count
        appendOthers(loan, &scratch, &written.others, to: &out)
        return Pieces(
            start: start, beforeWarnings: beforeWarnings, afterWarnings: afterWarnings, end: end, others: out.count)
    }

    /// Code and name in the edition that judges the loan.
    private func appendItem(_ loan: AssessedLoan, to out: inout [UInt8]) {
        guard loan.decision == .accepted, let item = loan.judgedItem else {
            comma(&out)
            return
        }
        if loan.isUnderPredecessor, let older = predecessor?.items[item] {
            out += older.code.text.utf8
            comma(&out)
            Self.field(Array(older.name[language].utf8).span, to: &out)
        } else {
            out += itemCodes[item]
            comma(&out)
            out += itemNames[item]
        }
    }

    /// Item, verdict and missing facts under each further standard; empty for loans that are not accepted.
    ///
    /// - Parameter known: What was written before for verdicts that rest on no fact.
    private func appendOthers(
        _ loan: AssessedLoan, _ scratch: inout [UInt8], _ known: inout [Int: [UInt8]], to out: inout [UInt8]
    ) {
        for (number, pack) in further.enumerated() {
            comma(&out)
            guard number < loan.others.count else {
                comma(&out)
                comma(&out)
                continue
            }
            let verdict = loan.others[number]
            if let name = verdict.number, let written = known[name] {
                out += written
                continue
            }
            let start = out.count
            if let item = verdict.item { out += pack.items[item].code.text.utf8 }
            comma(&out)
            out += verdict.kind.rawValue.utf8
            if let tier = verdict.tier { out += ":\(tier)".utf8 }
            comma(&out)
            append(verdict.missing, &scratch, to: &out)
            if let name = verdict.number { known[name] = Array(out[start...]) }
        }
    }

    /// Finishes a line: the worker's pieces, with what only now is known.
    func finish(
        _ pieces: Pieces, of bytes: [UInt8], loan: AssessedLoan, row: LoanRow, share: LoanShare?,
        notes: inout [Int: [UInt8]], to out: inout [UInt8]
    ) {
        out += bytes[pieces.start..<pieces.beforeWarnings]
        if let share, share.capped {
            var warnings = Array(bytes[pieces.beforeWarnings..<pieces.afterWarnings])
            if !warnings.isEmpty { warnings += joiner.utf8 }
            warnings += phrasebook.text(Message(key: "row.share-capped"), in: language).utf8
            Self.field(warnings.span, to: &out)
        } else {
            Self.field(bytes.span.extracting(pieces.beforeWarnings..<pieces.afterWarnings), to: &out)
        }
        out += bytes[pieces.afterWarnings..<pieces.end]
        comma(&out)
        if let share {
            appendDecimal(share.ratio, fractionDigits: 6, to: &out)
        }
        for column in indicators.indices {
            comma(&out)
            guard let share, let benefit = loan.benefit else { continue }
            let figure = figures[benefit.method][column]
            guard figure >= 0, !benefit.figures.values[figure].isNaN else { continue }
            appendDecimal(benefit.figures.values[figure] * share.ratio, fractionDigits: 4, to: &out)
        }
        comma(&out)
        if loan.decision == .accepted, share == nil {
            // Without facts the note is the same for all loans of an item.
            let key = (loan.item ?? -1) * 8 + (BenefitGap.allCases.firstIndex(of: loan.gap(row)) ?? 0)
            if row.facts.isEmpty, let known = notes[key] {
                out += known
            } else {
                var field: [UInt8] = []
                let note = Array(note(loan, row).utf8)
                Self.field(note.span, to: &field)
                if row.facts.isEmpty { notes[key] = field }
                out += field
            }
        }
        out += bytes[pieces.end..<pieces.others]
        out.append(UInt8(ascii: "\n"))
    }

    private func note(_ loan: AssessedLoan, _ row: LoanRow) -> String {
        let gap = loan.gap(row)
        let missing = loan.benefitMissing.map { label($0) }.joined(separator: language == .zh ? "、" : ", ")
        return phrasebook.text(
            Message(key: "benefit.\(gap.rawValue)", arguments: ["facts": missing]), in: language)
    }

    private func appendMissing(
        _ loan: AssessedLoan, _ scratch: inout [UInt8], _ known: inout [Int: [UInt8]], to out: inout [UInt8]
    ) {
        guard loan.decision == .accepted, loan.verdictKind == .eligible else { return }
        if loan.isUnderPredecessor {
            append(loan.older?.missing ?? [], &scratch, to: &out)
        } else if let verdict = loan.verdict {
            if let number = loan.verdictNumber, let written = known[number] {
                out += written
                return
            }
            let start = out.count
            if verdict.findings.isEmpty { Self.field(Array(noCriteria.utf8).span, to: &out) }
            append(verdict.missing, &scratch, to: &out)
            if let number = loan.verdictNumber { known[number] = Array(out[start...]) }
        }
    }

    private func append(_ missing: [FactID], _ scratch: inout [UInt8], to out: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        for (index, fact) in missing.enumerated() {
            if index > 0 { scratch += joiner.utf8 }
            scratch += label(fact).utf8
            if let evidence = facts[fact]?.evidence[language] { scratch += "（\(evidence)）".utf8 }
        }
        Self.field(scratch.span, to: &out)
    }

    private func label(_ fact: FactID) -> String { facts[fact]?.label[language] ?? fact.name }

    private func text(of warning: RowWarning) -> String {
        let said = phrasebook.text(warning.message, in: language)
        guard let column = warning.column else { return said }
        return language == .zh ? "\(column)：\(said)" : "\(column): \(said)"
    }

    private func comma(_ out: inout [UInt8]) { out.append(UInt8(ascii: ",")) }

    /// A field, quoted where it must be.
    static func field(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
        var mustQuote = false
        for index in 0..<bytes.count {
            switch bytes[index] {
            case UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13: mustQuote = true
            default: continue
            }
            break
        }
        guard mustQuote else {
            bytes.withUnsafeBufferPointer { out.append(contentsOf: $0) }
            return
        }
        out.append(UInt8(ascii: "\""))
        for index in 0..<bytes.count {
            if bytes[index] == UInt8(ascii: "\"") { out.append(UInt8(ascii: "\"")) }
            out.append(bytes[index])
        }
        out.append(UInt8(ascii: "\""))
    }
}
