import ArgumentParser
import Assessment
import Credit
import Foundation
import Identification
import Impact
import Library
import Spreadsheet
import Standards
import Vocabulary

struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "打开一笔贷款：凭什么判定、数字从何而来。Open one loan: why it was decided so, whence its figures.")

    @Argument(help: "The ledger.")
    var ledger: String

    @Argument(help: "The loan id.")
    var loan: String

    @Option(name: .customLong("as-of"), help: "Reporting date.")
    var asOf: String

    @Option(help: "Standard pack.")
    var standard = "cn.green-finance.2025"

    @Option(help: "YAML file that maps headers.")
    var mapping: String?

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
        let library = try libraryOptions.loadOrExit()
        let language = libraryOptions.language
        guard let date = try? CalendarDate.parse(asOf), let pack = library.pack(standard) else {
            throw CommandFailure("--as-of \(asOf) / --standard \(standard)?", status: 2).exit()
        }
        let found: LoanFinder.Found?
        do {
            let columns = try mapping.map { path throws(LibraryFault) in try RuleLibrary.mapping(file: path) }
            found = try LoanFinder(library: library, mapping: columns ?? LedgerMapping()).find(
                loan, in: .file(ledger))
        } catch let fault as AssessmentFault {
            let text = library.phrasebook.text(fault.message(titles: library.ledgerWords.titles), in: language)
            throw CommandFailure(text, status: fault.exitStatus).exit()
        } catch let fault as LibraryFault {
            throw CommandFailure(fault.text(library.phrasebook, in: language), status: 2).exit()
        }
        guard let found else { throw CommandFailure("\(ledger): \(loan)?", status: 1).exit() }
        var assessor = Assessor(
            basis: AssessmentBasis(
                pack: pack, transition: pack.header.transition, model: library.model,
                methods: library.methods.filter(\.method.forStatements), asOf: date,
                predecessor: pack.header.predecessor.flatMap { library.pack($0) }, crosswalks: library.crosswalks))
        let assessed = assessor.assess(found.row, in: found.text.span)
        tell(found, assessed, pack, library, date)
    }

    private func tell(
        _ found: LoanFinder.Found, _ loan: AssessedLoan, _ pack: StandardPack, _ library: RuleLibrary,
        _ date: CalendarDate
    ) {
        let language = libraryOptions.language
        Console.print("line \(found.row.line)")
        for (header, value) in found.fields where !value.isEmpty { Console.print("  \(header): \(value)") }
        for warning in found.row.warnings {
            Console.print(
                "  ! \(warning.column ?? ""): \(library.phrasebook.text(warning.message, in: language))")
        }
        Console.print("\(loan.decision.rawValue)  P(green) = \(Identify.digits(loan.probability))")
        for candidate in loan.candidates {
            let item = pack.items[candidate.item]
            Console.print("  \(item.code)  \(Identify.digits(candidate.probability))  \(item.name[language])")
        }
        let reasons = ReasonPhrases(library.phrasebook, language: language, pack: pack)
        var reason: [UInt8] = []
        reasons.append(
            loan, row: found.row, in: found.text.span, facts: { library.facts[$0]?.label[language] ?? $0.name },
            to: &reason)
        Console.print("  \(String(decoding: reason, as: UTF8.self))")
        if let verdict = loan.verdict {
            Console.print("\(verdict.kind.rawValue)  mark: \(loan.mark?.rawValue ?? "–")  row: \(loan.activity ?? 0)")
            for finding in verdict.findings { tell(finding.evaluation, indent: 2, library) }
            for fact in verdict.missing {
                Console.print("  ? \(library.facts[fact]?.label[language] ?? fact.name) [\(fact.name)]")
            }
        }
        if loan.isUnderPredecessor, let older = loan.older, let edition = pack.header.predecessor.flatMap(library.pack)
        {
            let item = older.item.map { edition.items[$0] }
            Console.print(
                "\(edition.id)  \(item?.code.text ?? "–")  \(item?.name[language] ?? "")  \(older.kind.rawValue)")
            for fact in older.missing {
                Console.print("  ? \(library.facts[fact]?.label[language] ?? fact.name) [\(fact.name)]")
            }
        }
        guard let benefit = loan.benefit else {
            for fact in loan.benefitMissing { Console.print("benefit ? \(fact.name)") }
            return
        }
        let method = library.methods.filter(\.method.forStatements)[benefit.method]
        guard
            case .computed(let full) = method.compute(
                found.row.facts, province: benefit.province, year: date.year)
        else { return }
        Console.print("\(method.method.id) v\(method.method.version)  \(method.method.name[language])")
        for input in full.inputs {
            Console.print(
                "  \(input.name) = \(Self.digits(input.value)) \(input.unit.symbol)  ← \(Self.origin(input))")
        }
        let green = Money(fen: Int64(clamping: loan.greenFen(of: found.row.balance)))
        let share = LoanShare(balance: green, totalInvestment: found.row.totalInvestment)
        let investment = found.row.totalInvestment?.description ?? "–"
        Console.print("  share = \(green) ÷ \(investment) = \(share.map { Self.digits($0.ratio) } ?? "–")")
        for result in full.results {
            let own = share.map { " × \(Self.digits($0.ratio)) = \(Self.digits(result.value * $0.ratio))" } ?? ""
            Console.print(
                "  = \(result.indicator.id): \(Self.digits(result.value))\(own) \(result.indicator.unit.symbol)  ← \(result.formula)"
            )
        }
    }

    private func tell(_ evaluation: Evaluation, indent: Int, _ library: RuleLibrary) {
        let space = String(repeating: " ", count: indent)
        let fact = evaluation.fact.map { "  \(library.facts[$0]?.label[libraryOptions.language] ?? $0.name)" } ?? ""
        Console.print("\(space)\(evaluation.truth.rawValue)\(fact)")
        for part in evaluation.parts { tell(part, indent: indent + 2, library) }
    }

    static func digits(_ value: Double) -> String {
        var bytes: [UInt8] = []
        appendDecimal(value, fractionDigits: 6, to: &bytes)
        var text = String(decoding: bytes, as: UTF8.self)
        while text.contains("."), text.hasSuffix("0") || text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// Where a quantity comes from, in short: the fact, the formula, or the factor with year and document.
    static func origin(_ input: Benefit.Input) -> String {
        switch input.source {
        case .fact(let id): "fact:\(id.name)"
        case .formula(let expression): expression.description
        case .constant: "method"
        case .factor(let id):
            "\(id) \(input.factor?.year.map(String.init) ?? "") \(input.factor?.document ?? "") (\(input.factor?.confidence.rawValue ?? ""))"
        }
    }
}
