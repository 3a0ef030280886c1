import ArgumentParser
import Foundation
import Identification
import Library
import Standards
import Vocabulary

struct ModelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "训练和检验识别模型。Train and test the identification model.",
        subcommands: [Train.self, Evaluate.self])

    struct Train: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Train the model from the examples of the library and write it there.")

        @Option(help: "Standard pack whose items are the classes.")
        var standard = "cn.green-finance.2025"

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            do {
                let root = libraryOptions.root()
                let data: TrainingData
                do {
                    data = try TrainingData.load(root: root, standard: standard)
                } catch {
                    let phrases = try? RuleLibrary.phrases(root: root)
                    throw CommandFailure(
                        phrases.map { error.text($0, in: libraryOptions.language) } ?? "\(error)", status: 2)
                }
                Console.say("\(data.examples.count) examples, \(data.lexicon.count) words and phrases")
                let model = data.train { Console.say($0) }
                let bytes = model.encoded()
                let path = root + "/" + RuleLibrary.modelFile
                try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
                Console.say("\(path): \(bytes.count) bytes, \(model.featureCount) features, version \(model.version)")
            } catch let failure as CommandFailure {
                throw failure.exit()
            }
        }
    }

    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure the model on labelled loans (default: those that the library sets aside for testing).")

        @Argument(help: "Files of labelled loans: item or -, family, borrower, project, purpose, industry (TSV).")
        var files: [String] = []

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            do {
                let library = try libraryOptions.load()
                let paths = files.isEmpty ? TrainingData.testFiles(root: library.root) : files
                var examples: [TrainingExample] = []
                guard let pack = library.pack("cn.green-finance.2025") ?? library.packs.first else {
                    throw CommandFailure("no pack", status: 2)
                }
                for path in paths { examples += try read(path, pack, library) }
                report(examples, library.model)
            } catch let failure as CommandFailure {
                throw failure.exit()
            }
        }

        private func read(
            _ path: String, _ pack: StandardPack, _ library: RuleLibrary
        ) throws -> [TrainingExample] {
            do {
                return try TrainingData.examples(file: path, pack: pack)
            } catch {
                throw CommandFailure(error.text(library.phrasebook, in: libraryOptions.language), status: 2)
            }
        }

        private func report(_ examples: [TrainingExample], _ model: IdentificationModel) {
            let evaluation = ModelEvaluation(
                examples.map { ($0.text, $0.item) }, with: Identifier(model: model))
            func line(_ name: String, _ value: Double) { Console.print("| \(name) | \(Identify.digits(value)) |") }
            Console.print("| measure | value |\n|---|---|")
            Console.print("| rows | \(evaluation.rows) |\n| green rows | \(evaluation.greenRows) |")
            line("green-or-not right among decided rows", evaluation.decidedRight)
            line("sent to review", evaluation.reviewShare)
            line("first-ranked item right among green rows", evaluation.firstItemRight)
            line("right item among the candidates", evaluation.anyItemRight)
            line("item right among accepted green rows", evaluation.acceptedItemRight)
            line("calibration error (ten bins)", evaluation.calibrationError)
            Console.print("\n| probability | rows | mean | green share |\n|---|---|---|---|")
            for (tenth, bin) in evaluation.reliability.enumerated() where bin.rows > 0 {
                Console.print(
                    "| \(Double(tenth) / 10)–\(Double(tenth + 1) / 10) | \(bin.rows) | \(Identify.digits(bin.meanProbability)) | \(Identify.digits(Double(bin.green) / Double(bin.rows))) |"
                )
            }
            let chapters = evaluation.confusion { String(model.items[$0].prefix { $0 != "." }) }
            let names = chapters.keys.sorted { ($0 ?? "~") < ($1 ?? "~") }
            Console.print(
                "\n| labelled ↓ answered → | " + names.map { $0 ?? "not green" }.joined(separator: " | ") + " |")
            Console.print("|---|" + String(repeating: "---|", count: names.count))
            for name in names {
                let cells = names.map { String(chapters[name]?[$0] ?? 0) }
                Console.print("| \(name ?? "not green") | " + cells.joined(separator: " | ") + " |")
            }
            Console.print("\n| item | taken for | rows |\n|---|---|---|")
            for pair in evaluation.confusedItems.prefix(20) {
                Console.print("| \(model.items[pair.truth]) | \(model.items[pair.answer]) | \(pair.rows) |")
            }
        }
    }
}
