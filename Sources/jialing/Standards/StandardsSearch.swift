import ArgumentParser
import Library
import Reporting
import Standards
import Vocabulary

extension StandardsCommand {
    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "按词查条目，最贴切的在前。Find the items that hold every word, the best first.",
            discussion: "Looks in names, subjects, synonyms, rows, industry names and notes, in this order.")

        @Argument(help: "Words, in Chinese or English.")
        var words: [String]

        @Option(help: "Id of a standard; may be given several times (default: all).")
        var standard: [String] = []

        @Option(help: "text or json.")
        var format: Format = .text

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            let packs =
                try standard.isEmpty ? library.packs : standard.map { try libraryOptions.packOrExit($0, in: library) }
            // Of an overlay only what it changes, unless it is asked for: the rest is found in its catalogue.
            let found = ItemSearch(packs).items(holding: words).filter {
                !standard.isEmpty || $0.pack.header.overlayOf == nil || $0.item.isChanged
            }
            if format == .json {
                Console.print(PackLists.json(found))
            } else if found.isEmpty {
                let nothing = Message(
                    key: "standards.nothing-found", arguments: ["words": words.joined(separator: " ")])
                Console.say(library.phrasebook.text(nothing, in: libraryOptions.language))
            } else {
                Console.print(PackLists.text(found, libraryOptions.words(library)))
            }
        }
    }
}
