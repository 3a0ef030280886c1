import ArgumentParser
import Library
import Reporting
import Standards

extension StandardsCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "打开一个条目：条件、证明材料和其他标准的对应条目。Show an item: its rows, conditions and counterparts.",
            discussion: "Ends 2 where the standard or the item is unknown.")

        @Argument(
            help: "Code of the item (4.2.1), a row of it (4.2.1/2), or either after the id of its pack (PACK/4.2.1).")
        var item: String

        @Option(help: "Standard pack (default: cn.green-finance.2025).")
        var standard: String?

        @Option(help: "text or json.")
        var format: Format = .text

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            let address = ItemAddress(item)
            let pack = try libraryOptions.packOrExit(
                address.pack ?? standard ?? "cn.green-finance.2025", in: library)
            let reference = try libraryOptions.itemOrExit(address.item, of: pack, in: library)
            guard let account = ItemAccount(reference, in: pack, library.packs, library.crosswalks) else { return }
            Console.print(
                format == .json ? account.json(library.facts) : account.text(libraryOptions.words(library)))
        }
    }
}
