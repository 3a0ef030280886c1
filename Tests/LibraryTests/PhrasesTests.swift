import Assessment
import Credit
import Impact
import Spreadsheet
import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("Phrases in both languages")
struct PhrasesTests {
    private let library: RuleLibrary
    private let phrases: [Language: [String: String]]
    private let sources: PhraseSources

    init() throws {
        library = try LoadedLibrary.shared()
        var phrases: [Language: [String: String]] = [:]
        let files = LibraryFiles(root: LoadedLibrary.root)
        for language in Language.allCases {
            for name in files.names(in: "phrases/\(language.rawValue)", ending: ".yaml") {
                for (key, entry) in try files.entry(name).pairs() {
                    phrases[language, default: [:]][key] = try entry.text()
                }
            }
        }
        self.phrases = phrases
        sources = try PhraseSources()
    }

    private var keys: Set<String> { Set(phrases.values.flatMap(\.keys)) }

    private func expectPhrases(_ wanted: some Sequence<String>, at location: SourceLocation = #_sourceLocation) {
        for key in Set(wanted).sorted() {
            for language in Language.allCases {
                #expect(phrases[language]?[key] != nil, "\(language) lacks \(key)", sourceLocation: location)
            }
        }
    }

    /// Every placeholder of the message's phrase has its value, in both languages.
    private func expectComplete(_ message: Message, at location: SourceLocation = #_sourceLocation) {
        for language in Language.allCases {
            guard let phrase = phrases[language]?[message.key] else {
                Issue.record("\(language) lacks \(message.key)", sourceLocation: location)
                continue
            }
            let open = Phrasebook.placeholders(of: phrase).filter { message.arguments[$0] == nil }
            #expect(open.isEmpty, "\(message.key) lacks \(open)", sourceLocation: location)
        }
    }

    @Test("Each language has every phrase of the other with the same placeholders")
    func agreement() {
        #expect(library.phrasebook.missing() == [])
        #expect(phrases[.zh]?.count == phrases[.en]?.count)
        #expect(keys.count > 250)
    }

    @Test("Chinese phrases are Chinese, English ones are not, but for the names of units and headers")
    func languages() {
        func han(_ text: String) -> Int { text.unicodeScalars.count { (0x4E00...0x9FFF).contains($0.value) } }
        for (key, phrase) in phrases[.zh] ?? [:] {
            let words = phrase.unicodeScalars.count { ("a"..."z").contains($0) }
            #expect(han(phrase) > 0 || words == 0 || Phrasebook.placeholders(of: phrase).count > 0, "\(key)")
        }
        for (key, phrase) in phrases[.en] ?? [:] { #expect(han(phrase) <= 12, "\(key)") }
    }

    @Test("Every fault of the vocabulary and of spreadsheets has its phrase")
    func parseFaults() {
        expectPhrases(ParseFault.everyCode)
        expectPhrases(SpreadsheetFault.Code.allCases.map(\.rawValue))
    }

    @Test("Every reason of a decision and every gap of a benefit has its phrase")
    func reasons() {
        expectPhrases(ReasonPhrases.keys)
        expectPhrases(BenefitGap.allCases.map { "benefit.\($0.rawValue)" })
    }

    @Test("Faults of packs, facts, formulas and methods are told in full")
    func domainFaults() {
        for reason in PackFault.Reason.allCases { expectComplete(PackFault(reason, subject: "1.1.1").message) }
        for reason in FactFault.Reason.allCases { expectComplete(FactFault(reason, FactID("f"), "x").message) }
        for reason in FormulaFault.Reason.allCases { expectComplete(FormulaFault(reason, "a + b").message) }
        let reasons: [MethodFault.Reason] =
            [
                .duplicateName, .noSource, .unknownFact, .unknownFactor, .unknownIndicator, .wrongDimension,
                .tooManyFactors,
            ] + FormulaFault.Reason.allCases.map { .formula($0) }
        for reason in reasons { expectComplete(MethodFault(reason, method: "m", subject: "s").message) }
    }

    @Test("Faults of a header are told in full, with our names and the ledger's")
    func layoutFaults() throws {
        let titles = library.ledgerWords.titles
        let faults: [LayoutFault] = [
            .columnsMissing([.loanID, .balance], ["甲", "乙"]), .columnTwice(.purpose, "用途", "资金用途"),
            .factTwice(FactID("f"), "fact:f"), .unknownFact("fact:x"), .mappedHeaderMissing("甲"),
            .unknownMappedColumn("colour"), .ambiguousWord("余额"), .unknownUnit("余额（千元）"),
        ]
        for fault in faults {
            expectComplete(fault.message(titles: titles))
            expectComplete(AssessmentFault.layout(fault).message(titles: titles))
        }
        let text = library.phrasebook.text(faults[0].message(titles: titles), in: .zh)
        for word in ["loan_id", "借据号", "balance_yuan", "贷款余额", "甲 | 乙"] { #expect(text.contains(word)) }
    }

    @Test("Faults of an assessment are told in full")
    func assessmentFaults() {
        let line = Message(key: "assess.decisions-value", arguments: ["value": "maybe"])
        let faults: [AssessmentFault] = [
            .unknownStandard("eu", ["cn"]), .cannotWrite("out", "full"), .interrupted, .noHeader,
            .badDecisions(line: 3, Message(key: "assess.decisions-columns")), .badDecisions(line: 3, line),
            .library(LibraryFault(file: "a.yaml", line: 2, message: Message(key: "library.not-utf8"))),
        ]
        for fault in faults { expectComplete(fault.message(titles: [:])) }
        #expect(Set(faults.map(\.exitStatus)) == [1, 2, 3, 130])
    }

    // MARK: Keys in the code

    @Test("Every key that the code writes out is a phrase")
    func literals() {
        let families = Set(keys.map { String($0.prefix { $0 != "." }) })
        let found = sources.literals(families: families.union(["criterion", "training"]))
        #expect(found.count > 150)
        // Keys of the statement are written without their family; see below.
        let inReporting = sources.literals(families: families, in: "Reporting")
        expectPhrases(found.subtracting(inReporting))
    }

    @Test("Every word of the statement is a phrase")
    func statement() {
        expectPhrases(statementKeys())
    }

    @Test("Every line of the summary is a phrase")
    func summary() {
        let found = sources.matches(/say\(\s*"([a-z0-9_-]+)"/, in: "jialing")
        #expect(!found.isEmpty)
        expectPhrases(found.map { "summary.\($0)" })
    }

    @Test("No phrase is left that nothing says")
    func unused() {
        let families = Set(keys.map { String($0.prefix { $0 != "." }) })
        var used = sources.literals(families: families).union(statementKeys())
        // The one key that looks like the name of a file.
        used.insert("library.yaml")
        used.formUnion(ParseFault.everyCode + ReasonPhrases.keys + SpreadsheetFault.Code.allCases.map(\.rawValue))
        used.formUnion(sources.matches(/say\(\s*"([a-z0-9_-]+)"/, in: "jialing").map { "summary.\($0)" })
        used.formUnion(BenefitGap.allCases.map { "benefit.\($0.rawValue)" })
        used.formUnion(projectKeys())
        #expect(keys.subtracting(used).sorted() == [])
    }

    /// The keys of projects and passports whose last part is a value, a table or a column.
    private func projectKeys() -> [String] {
        let tables = sources.matches(/[^a-zA-Z]part\(\s*"([a-z-]+)"/, in: "Reporting")
        let columns = sources.matches(/\[((?:"[a-z0-9-]+"(?:,\s*)?)+)\], rows, &out/, in: "Reporting")
            .flatMap { $0.matches(of: /[a-z0-9-]+/).map { String($0.output) } }
        return VerdictKind.allCases.map { "explain.verdict.\($0.rawValue)" }
            + Assurance.allCases.map { "explain.assurance.\($0.rawValue)" }
            + ScopeRelation.allCases.map { "explain.relation.\($0.rawValue)" }
            + Verification.allCases.filter { $0 != .official }.map { "explain.verification.\($0.rawValue)" }
            + RecognitionRefusal.allCases.map { "explain.recognition.\($0.rawValue)" }
            + tables.map { "passport.\($0)" } + columns.map { "passport.column.\($0)" }
    }

    @Test("Every word about a project has its phrase")
    func projects() {
        expectPhrases(projectKeys().filter { !$0.hasPrefix("passport.") || keys.contains($0) })
        #expect(projectKeys().filter { $0.hasPrefix("passport.") && keys.contains($0) }.count >= 20)
    }

    /// The keys that Reporting uses: as literals, and where a part is filled in, for every value it can have.
    private func statementKeys() -> Set<String> {
        let second = Set(
            keys.filter { $0.hasPrefix("statement.") }.map { key in
                String(key.dropFirst("statement.".count).prefix { $0 != "." })
            })
        var found = sources.literals(families: second, in: "Reporting")
        let columns = sources.matches(/columns\(\s*((?:"[a-z0-9_]+"(?:,\s*)?)+)\)/, in: "Reporting")
            .union(sources.matches(/column\(("[a-z0-9_]+")\)/, in: "Reporting"))
            .flatMap { $0.matches(of: /[a-z0-9_]+/).map { String($0.output) } }
        let parts: [String: [String]] = [
            "column.": columns,
            "figure.": Array(sources.matches(/\("([a-z_]+)", \.(?:integer|money|percent)\(/, in: "Reporting")),
            "table.": Array(sources.matches(/[^a-zA-Z]table\(\s*"([a-z_]+)"/, in: "Reporting")),
            "chart.": Array(sources.matches(/[^a-zA-Z]chart\(\s*"([a-z_]+)"/, in: "Reporting")),
            "mark.": Mark.allCases.map(\.rawValue) + ["undetermined"],
            "size.": BorrowerSize.allCases.map(\.rawValue), "quality.": LoanQuality.allCases.map(\.rawValue),
            "decision.": LoanDecision.allCases.map(\.rawValue), "gap.": BenefitGap.allCases.map(\.rawValue),
            "confidence.": Confidence.allCases.map(\.rawValue),
            "verdict.": VerdictKind.allCases.map(\.rawValue),
            "assume.transition-": Transition.EarlierBusiness.allCases.map(\.rawValue),
        ]
        for word in sources.matches(/(?:words|self)\(\s*"([^"]+)"/, in: "Reporting") {
            guard let open = word.firstIndex(of: "\\") else {
                found.insert(word)
                continue
            }
            let prefix = String(word[..<open])
            guard let values = parts[prefix], !values.isEmpty else {
                Issue.record("no values are known for “\(word)”")
                continue
            }
            found.formUnion(values.map { prefix + $0 })
        }
        #expect(found.count > 80)
        return Set(found.map { "statement." + $0 })
    }
}
