import ArgumentParser
import Assessment
import Credit
import Foundation
import Library
import Reporting
import Spreadsheet
import Standards
import Synchronization
import Vocabulary

struct Assess: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "判定台账，写出 rows.csv、rejected.csv 和报告。Assess a ledger and write rows and a statement.",
        discussion: """
            LEDGER is a CSV (UTF-8 or GB18030; comma, tab or semicolon) or XLSX file, or - for standard input.
            Exit status: 0 done, 2 wrong usage, 3 unreadable input, 4 rejected rows under --strict.
            """)

    @Argument(help: "The ledger, or - for standard input.")
    var ledger: String

    @Option(name: .customLong("out"), help: "Folder for the results.")
    var outputFolder = "out"

    @Option(name: .customLong("as-of"), help: "Reporting date (default: today).")
    var asOf: String?

    @Option(
        help: ArgumentHelp(
            "Standard pack to judge by (default: cn.green-finance.2025). Further ones judge every accepted loan, too."))
    var standard: [String] = []

    @Option(help: "Day on which the standard was published, where the operator knows better than the pack.")
    var published: String?

    @Option(help: "YAML file that maps headers: columns: {loan_id: HEADER}, units: {balance_yuan: 万元}.")
    var mapping: String?

    @Option(help: "CSV of people's verdicts: loan_id, decision, item, name, reason.")
    var decisions: String?

    @Option(name: .customLong("rate"), help: "Yuan for one unit of a currency, e.g. USD=7.1234. May be repeated.")
    var rates: [String] = []

    @Option(
        help:
            "What loans drawn before publication, or approved between it and the standard's date, follow: older or current."
    )
    var earlierLoans: String?

    @Option(help: "Sheet of a workbook (default: the first visible one).")
    var sheet: String?

    @Option(help: "Number of workers (default: processors).")
    var jobs: Int?

    @Flag(help: "End with status 4 if a row was rejected.")
    var strict = false

    @Flag(help: "Write CSV with a byte order mark, for spreadsheets that ask for one.")
    var bom = false

    @OptionGroup var libraryOptions: LibraryOptions

    static let standard = "cn.green-finance.2025"

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
        if let earlierLoans, Transition.EarlierBusiness(rawValue: earlierLoans) == nil {
            throw ValidationError("--earlier-loans is older or current")
        }
    }

    func run() async throws {
        do {
            try await assess()
        } catch let failure as CommandFailure {
            throw failure.exit()
        }
    }

    private func assess() async throws {
        let library = try libraryOptions.load()
        let language = libraryOptions.language
        let options = try options(library)
        let book: AssessedBook
        do {
            let run = try AssessmentRun(library: library, options: options)
            let total = Self.size(of: ledger)
            let shown = Mutex(ContinuousClock.now)
            book = try await Interruption.cancelling {
                try await run.run { progress in
                    let due = shown.withLock { last in
                        let now = ContinuousClock.now
                        guard now - last > .milliseconds(Console.isTerminal ? 200 : 5_000) else { return false }
                        last = now
                        return true
                    }
                    if due { Self.show(progress, of: total) }
                }
            }
        } catch let fault as AssessmentFault {
            if Console.isTerminal { Console.sayInPlace("") }
            let text: String =
                if case .library(let own) = fault {
                    own.text(library.phrasebook, in: language)
                } else {
                    library.phrasebook.text(fault.message(titles: library.ledgerWords.titles), in: language)
                }
            throw CommandFailure(text, status: fault.exitStatus)
        }
        if Console.isTerminal { Console.sayInPlace("") }
        try write(book, library)
        if strict, book.totals.rejectedRows > 0 { throw ExitCode(4) }
    }

    private func options(_ library: RuleLibrary) throws -> AssessmentOptions {
        let language = libraryOptions.language
        func failure(_ key: String, _ value: String) -> CommandFailure {
            CommandFailure(
                library.phrasebook.text(Message(key: key, arguments: ["value": value]), in: language), status: 2)
        }
        let date: CalendarDate
        if let asOf {
            guard let given = try? CalendarDate.parse(asOf) else { throw failure("assess.bad-date", asOf) }
            date = given
        } else {
            date = Self.today()
        }
        var options = AssessmentOptions(
            input: ledger == "-" ? .standardInput : .file(ledger), outputFolder: outputFolder, asOf: date,
            standard: standard.first ?? Self.standard)
        options.furtherStandards = Array(standard.dropFirst())
        for rate in rates {
            let parts = rate.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = try? Ratio.parse(parts[1]), value > .zero else {
                throw failure("assess.bad-rate", rate)
            }
            options.rates[parts[0].uppercased()] = value
        }
        if let mapping { options.mapping = try readMapping(mapping, library) }
        if let decisions { options.decisions = try readDecisions(decisions, library) }
        for name in ["rows.csv", "rejected.csv", "statement.xlsx"] {
            let path = URL(fileURLWithPath: outputFolder + "/" + name).standardizedFileURL.path
            if ledger != "-", URL(fileURLWithPath: ledger).standardizedFileURL.path == path {
                throw CommandFailure(
                    library.phrasebook.text(
                        Message(key: "assess.same-folder", arguments: ["path": path]), in: language), status: 2)
            }
        }
        options.reader.sheet = sheet
        options.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
        options.language = language
        options.byteOrderMark = bom
        if let published {
            guard let day = try? CalendarDate.parse(published) else { throw failure("assess.bad-date", published) }
            options.published = day
        }
        options.earlierBusiness = earlierLoans.flatMap(Transition.EarlierBusiness.init(rawValue:))
        return options
    }

    private func readMapping(_ path: String, _ library: RuleLibrary) throws -> LedgerMapping {
        do {
            return try RuleLibrary.mapping(file: path)
        } catch {
            throw CommandFailure(error.text(library.phrasebook, in: libraryOptions.language), status: 2)
        }
    }

    private func readDecisions(_ path: String, _ library: RuleLibrary) throws -> [String: PersonDecision] {
        do {
            return try DecisionFile.read(path, pack: library.pack(standard.first ?? Self.standard))
        } catch {
            throw CommandFailure(
                library.phrasebook.text(error.message(titles: [:]), in: libraryOptions.language), status: 2)
        }
    }

    private func write(_ book: AssessedBook, _ library: RuleLibrary) throws {
        let statement = StatementBuilder(book: book, library: library).statement()
        let paths = ["json", "html", "xlsx"].map { "\(outputFolder)/statement.\($0)" }
        do {
            try Data(statement.json().utf8).write(to: URL(fileURLWithPath: paths[0]), options: .atomic)
            try Data(statement.html().utf8).write(to: URL(fileURLWithPath: paths[1]), options: .atomic)
            try statement.writeWorkbook(path: paths[2])
        } catch let fault as SpreadsheetFault {
            let message = Message(key: fault.code.rawValue, arguments: fault.arguments)
            throw CommandFailure(library.phrasebook.text(message, in: libraryOptions.language), status: 1)
        } catch {
            throw CommandFailure(error.localizedDescription, status: 1)
        }
        Console.say(Summary(book: book, library: library, language: libraryOptions.language).text)
        for path in [book.rowsFile, book.rejectedFile] + paths { Console.say("  \(path)") }
    }

    private static func today() -> CalendarDate {
        let days = Int((Date().timeIntervalSince1970 / 86_400).rounded(.down))
        return CalendarDate(daysSince1970: days) ?? .earliest
    }

    private static func size(of path: String) -> Int? {
        guard path != "-" else { return nil }
        return (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    }

    private static func show(_ progress: AssessmentProgress, of total: Int?) {
        guard Console.isTerminal else {
            Console.say("\(progress.rows) rows")
            return
        }
        guard let total, total > 0 else {
            Console.sayInPlace("\(progress.rows) rows")
            return
        }
        let part = min(1, Double(progress.bytes) / Double(total))
        let filled = Int(part * 30)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        Console.sayInPlace("\(bar) \(Int(part * 100)) %  \(progress.rows) rows")
    }
}
