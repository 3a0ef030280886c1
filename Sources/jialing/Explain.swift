import ArgumentParser
import Identification
import Library
import Reporting
import Standards
import Vocabulary

struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "一个项目在各标准下的结论和理由。What each standard says of a project, and why.",
        discussion: "Ends 0 whatever the verdicts; 2 where the project file cannot be read.")

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var source: ProjectOptions

    @Option(help: "text or json.")
    var format: Format = .text

    @Flag(help: "Tell the conditions for other kinds of product, too.")
    var whole = false

    @Option(help: ArgumentHelp("Put one fact otherwise, e.g. wind_turbine_rating=5MW.", valueName: "fact=value"))
    var whatIf: String?

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
        do {
            let library = try libraryOptions.load()
            let account = try source.account(library, libraryOptions.language, whatIf: whatIf)
            Console.print(
                format == .json
                    ? account.json()
                    : ProjectExplanation.text(
                        account, phrasebook: library.phrasebook, language: libraryOptions.language, isWhole: whole))
        } catch let failure as CommandFailure {
            throw failure.exit()
        }
    }
}

/// A project's file and the standards to hold it against.
struct ProjectOptions: ParsableArguments {
    @Argument(help: "File of the project, YAML or JSON (docs/project.md).")
    var project: String

    @Option(help: "Id of a standard; may be given several times (default: all).")
    var standard: [String] = []

    @Option(help: "Day of the assessment, YYYY-MM-DD.")
    var asOf: String

    func account(
        _ library: RuleLibrary, _ language: Language, whatIf: String? = nil
    ) throws(CommandFailure) -> ProjectAccount {
        let packs = try packs(library)
        let day: CalendarDate
        do {
            day = try CalendarDate.parse(asOf)
        } catch {
            throw CommandFailure("--as-of: \(library.phrasebook.text(error.message, in: language))", status: 2)
        }
        let dossier: ProjectDossier
        do {
            dossier = try ProjectFile(path: project).project(library.facts, library.packs)
        } catch {
            throw CommandFailure(error.text(library.phrasebook, in: language), status: 2)
        }
        let judge = ProjectJudge(
            packs: packs, crosswalks: library.crosswalks, dictionary: library.facts, day: day)
        return ProjectAccount(
            dossier, judge: judge, read: library.subjects(of: dossier),
            whatIf: try whatIf.map { text throws(CommandFailure) in try change(text, library, language) })
    }

    private func packs(_ library: RuleLibrary) throws(CommandFailure) -> [StandardPack] {
        guard !standard.isEmpty else { return library.packs }
        var packs: [StandardPack] = []
        for id in standard {
            guard let pack = library.pack(id) else {
                let known = library.packs.map(\.id).joined(separator: ", ")
                throw CommandFailure("--standard \(id)? \(known)", status: 2)
            }
            packs.append(pack)
        }
        return packs
    }

    private func change(
        _ text: String, _ library: RuleLibrary, _ language: Language
    ) throws(CommandFailure) -> (fact: FactID, value: FactValue) {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { throw CommandFailure("--what-if \(text)? FACT=VALUE", status: 2) }
        let fact = FactID(String(parts[0]))
        do {
            return (fact, try library.facts.value(of: fact, from: String(parts[1])))
        } catch {
            throw CommandFailure("--what-if: \(library.phrasebook.text(error.message, in: language))", status: 2)
        }
    }
}
