import ArgumentParser
import Impact
import Library
import Standards
import Vocabulary

struct BenefitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benefit", abstract: "按方法计算环境效益。Compute the benefit of a project by a method.",
        discussion: """
            Without METHOD the methods are listed. FACTS are fact=value, e.g.
            jialing benefit cn.grid-renewable-power annual_electricity_supplied=100MWh --province 50 --year 2026
            """)

    @Argument(help: "Id of the method.")
    var method: String?

    @Argument(help: "fact=value; a value may carry a unit.")
    var facts: [String] = []

    @Option(help: "Two digits of the province (GB/T 2260), for factors that differ by province.")
    var province: String?

    @Option(help: "Reporting year.")
    var year = 2026

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
        let library = try libraryOptions.loadOrExit()
        let language = libraryOptions.language
        guard let method else {
            for compiled in library.methods {
                Console.print("\(compiled.method.id)  v\(compiled.method.version)  \(compiled.method.name[language])")
            }
            return
        }
        guard let compiled = library.methods.first(where: { $0.method.id == method }) else {
            throw CommandFailure("\(method)?", status: 2).exit()
        }
        var sheet = FactSheet()
        for argument in facts {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { throw CommandFailure("\(argument): fact=value", status: 2).exit() }
            do {
                sheet[FactID(parts[0])] = Fact(try library.facts.value(of: FactID(parts[0]), from: parts[1]))
            } catch {
                throw CommandFailure(library.phrasebook.text(error.message, in: language), status: 2).exit()
            }
        }
        Console.print("\(compiled.method.name[language])  (\(method) v\(compiled.method.version))")
        Console.print("  \(compiled.method.source[language])\n  \(compiled.method.applicability[language])")
        switch compiled.compute(sheet, province: province, year: year) {
        case .notComputed(let missing):
            for fact in missing {
                Console.print("  ? \(fact.name)  \(library.facts[fact]?.label[language] ?? "")")
            }
            throw ExitCode(1)
        case .computed(let benefit):
            for input in benefit.inputs {
                Console.print(
                    "  \(input.name) = \(Trace.digits(input.value)) \(input.unit.symbol)  \(input.label[language])  ← \(Trace.origin(input))"
                )
            }
            for result in benefit.results {
                Console.print(
                    "= \(result.indicator.id): \(Trace.digits(result.value)) \(result.indicator.unit.symbol)  \(result.indicator.name[language])  ← \(result.formula)"
                )
            }
        }
    }
}
