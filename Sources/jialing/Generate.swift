import ArgumentParser
import Credit
import Foundation
import Library
import Vocabulary

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "生成虚构数据。Write invented data for tests and benchmarks.", subcommands: [Ledger.self])

    struct Ledger: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Write an invented ledger as CSV to standard output.")

        @Option(help: "Number of rows.")
        var rows: Int

        @Option(help: "Seed: the same seed gives the same rows.")
        var seed: UInt64 = 1

        @OptionGroup var libraryOptions: LibraryOptions

        func validate() throws {
            guard rows >= 0 else { throw ValidationError("--rows must not be negative") }
        }

        func run() throws {
            do {
                let library = try libraryOptions.load()
                let words: GeneratorWords
                do {
                    words = try library.generatorWords()
                } catch {
                    throw CommandFailure(error.text(library.phrasebook, in: libraryOptions.language), status: 2)
                }
                var generator = LedgerGenerator(words: words, seed: seed)
                var out = Array(generator.header.utf8)
                for _ in 0..<rows {
                    generator.append(to: &out)
                    if out.count >= 1 << 20 {
                        try FileHandle.standardOutput.write(contentsOf: Data(out))
                        out.removeAll(keepingCapacity: true)
                    }
                }
                try FileHandle.standardOutput.write(contentsOf: Data(out))
            } catch let failure as CommandFailure {
                throw failure.exit()
            }
        }
    }
}
