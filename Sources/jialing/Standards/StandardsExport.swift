import ArgumentParser
import Library
import Standards

extension StandardsCommand {
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a pack as TSV: code, name, industry_code, mark, one line an activity.")

        enum Format: String, ExpressibleByArgument, CaseIterable { case tsv }

        @Argument(help: "Id of the pack.")
        var standard: String

        @Option(help: "tsv.")
        var format: Format = .tsv

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            let pack = try libraryOptions.packOrExit(standard, in: library)
            var lines = ["code\tname\tindustry_code\tmark"]
            for item in pack.items {
                for activity in item.activities {
                    lines.append("\(item.code)\t\(item.name.zh)\t\(activity.industry)\t\(activity.mark.rawValue)")
                }
            }
            Console.print(lines.joined(separator: "\n"))
        }
    }
}
