import ArgumentParser
import Library
import Reporting
import Standards

extension StandardsCommand {
    struct Diff: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "逐条比较两个标准的条件。Compare what two standards ask, item by item.",
            discussion: """
                Items are put side by side by the crosswalk between the two; without one, by code (editions of one standard),
                else by links through a third standard or by name. How the conditions differ is proved, not read off the
                texts: + is what B asks and A does not imply, − what A asks and B does not imply.
                """)

        @Argument(help: "Id of the first standard, A.")
        var first: String

        @Argument(help: "Id of the second standard, B.")
        var second: String

        @Option(help: "Only this item of A (where A lacks it, of B); PACK/CODE names the standard.")
        var item: String?

        @Option(help: "Year in which the conditions are compared (default: when the later of the two took effect).")
        var year: Int?

        @Option(help: "text or json.")
        var format: Format = .text

        @OptionGroup var libraryOptions: LibraryOptions

        func validate() throws {
            if let year, !(1900...2200).contains(year) { throw ValidationError("--year must lie in 1900–2200") }
        }

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            let one = try libraryOptions.packOrExit(first, in: library)
            let other = try libraryOptions.packOrExit(second, in: library)
            let rule = StandardDiffRule(
                one, other, crosswalks: library.crosswalks, dictionary: library.facts, year: year)
            let diff = rule.diff(try selection(one, other, library))
            Console.print(
                format == .json
                    ? diff.json(one, other)
                    : DiffText.text(diff, one, other, libraryOptions.words(library), isWhole: item != nil))
        }

        private func selection(
            _ one: StandardPack, _ other: StandardPack, _ library: RuleLibrary
        ) throws -> StandardDiffRule.Selection? {
            guard let item else { return nil }
            let address = ItemAddress(item)
            if let named = address.pack {
                guard [one.id, other.id].contains(named) else {
                    throw libraryOptions.failure(
                        "standards.unknown-pack", ["id": named, "known": "\(one.id), \(other.id)"], in: library
                    ).exit()
                }
                let pack = named == one.id ? one : other
                let code = try libraryOptions.itemOrExit(address.item, of: pack, in: library).item
                return named == one.id ? .first(code) : .second(code)
            }
            if let reference = ItemReference(address.item), !one.has(reference), other.has(reference) {
                return .second(reference.item)
            }
            return .first(try libraryOptions.itemOrExit(address.item, of: one, in: library).item)
        }
    }
}
