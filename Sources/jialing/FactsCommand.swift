import ArgumentParser
import Library
import Standards
import Vocabulary

struct FactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "facts",
        abstract: "列出事实字典：台账可用 fact:<id> 列。List the facts that a ledger's fact:<id> columns may hold.")

    @Argument(help: "Only those whose id or label holds this.")
    var words: String?

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
        let library = try libraryOptions.loadOrExit()
        let language = libraryOptions.language
        for fact in library.facts.all {
            if let words, !"\(fact.id.name) \(fact.label.zh) \(fact.label.en)".contains(words) { continue }
            let kind =
                switch fact.kind {
                case .number(let unit, _, _): unit.symbol
                case .yesNo: language == .zh ? "是/否" : "yes/no"
                case .choice(let choices): choices.map(\.id).joined(separator: "|")
                }
            Console.print("\(fact.id.name)\t\(kind)\t\(fact.label[language])\t\(fact.evidence[language])")
        }
    }
}
