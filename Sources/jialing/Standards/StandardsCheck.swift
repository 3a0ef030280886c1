import ArgumentParser
import Library
import Standards
import Vocabulary

extension StandardsCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check packs: every mistake with file and line. Ends 1 where something was found.")

        @Argument(help: "A pack's folder, a folder of packs, or a library (default: the library itself).")
        var folder: String?

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            let root = libraryOptions.root()
            let language = libraryOptions.language
            let phrases = try RuleLibrary.phrases(root: root)
            let check: StandardsCheck
            do {
                check = try StandardsCheck(folder: folder ?? root, library: root, packs: libraryOptions.packs)
            } catch {
                throw CommandFailure(error.text(phrases, in: language), status: 2).exit()
            }
            for fault in check.faults { Console.print(fault.text(phrases, in: language)) }
            guard check.faults.isEmpty else {
                let said = Message(key: "check.found", arguments: ["count": "\(check.faults.count)"])
                throw CommandFailure(phrases.text(said, in: language), status: 1).exit()
            }
            func total(_ count: (StandardPack) -> Int) -> String { "\(check.packs.reduce(0) { $0 + count($1) })" }
            let said = Message(
                key: "check.nothing-found",
                arguments: [
                    "packs": "\(check.packs.count)", "items": total(\.items.count),
                    "activities": total(\.activityCount),
                    "criteria": total(\.criterionCount),
                ])
            Console.print(phrases.text(said, in: language))
        }
    }
}
