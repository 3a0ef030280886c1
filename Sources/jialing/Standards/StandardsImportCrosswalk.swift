import ArgumentParser
import Foundation
import Library
import Standards
import Vocabulary

extension StandardsCommand {
    struct ImportCrosswalk: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import-crosswalk",
            abstract: "把对照表（如共同分类目录）导入为条目对照。Make a crosswalk from a table, e.g. of a common ground taxonomy.",
            discussion: """
                The table is CSV, TSV or XLSX with a header. A cell may hold several codes, and words after a code. In a sheet,
                keep codes as text: a spreadsheet turns 4.10 into 4.1. Every bad line is told with line and column; unless
                --partial is given, nothing is written then. Ends 1 for bad lines, 2 for wrong usage, 3 where the table cannot be
                read.
                """)

        @Argument(help: "The table.")
        var table: String

        @Option(help: "Id of the standard of the first column.")
        var from: String

        @Option(help: "Id of the standard of the second column.")
        var to: String

        @Option(help: "Id of the new crosswalk: letters, digits, points and hyphens.")
        var id: String

        @Option(help: "File to write.")
        var out: String

        @Option(
            help: ArgumentHelp(
                "Headers of the columns from, to, relation, confidence, because_zh, because_en (default: these names).",
                valueName: "from=…,to=…"))
        var columns: String?

        @Option(
            name: .customLong("relation-word"),
            help: ArgumentHelp(
                "What the table calls a relation, besides Library/vocabulary/relation-words.yaml; several times.",
                valueName: "word=relation"))
        var relationWords: [String] = []

        @Option(help: "Relation where a line states none: equal, wider, narrower or partial.")
        var defaultRelation: String?

        @Option(help: "Sheet of a workbook (default: the first).")
        var sheet: String?

        @Option(help: "official, second_hand, reading or example.")
        var verification = Verification.secondHand.rawValue

        @Option(help: "What the table is, in Chinese.")
        var sourceZh: String?

        @Option(help: "What the table is, in English.")
        var sourceEn: String?

        @Flag(help: "Write the good lines although others are bad.")
        var partial = false

        @OptionGroup var libraryOptions: LibraryOptions

        func validate() throws {
            guard !id.isEmpty, id.utf8.count <= 200,
                id.unicodeScalars.allSatisfy({
                    $0.isASCII && ($0.properties.isAlphabetic || "0123456789.-".unicodeScalars.contains($0))
                })
            else { throw ValidationError("--id \(id)? letters, digits, points and hyphens") }
            guard Verification(rawValue: verification) != nil else {
                let known = Verification.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("--verification \(verification)? \(known)")
            }
            for word in relationWords { _ = try Self.relationWord(word) }
            if let defaultRelation { _ = try Self.relation(defaultRelation, "--default-relation") }
        }

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            let language = libraryOptions.language
            let first = try libraryOptions.packOrExit(from, in: library)
            let second = try libraryOptions.packOrExit(to, in: library)
            func say(_ key: String, _ arguments: [String: String]) -> String {
                library.phrasebook.text(Message(key: key, arguments: arguments), in: language)
            }
            let read: CrosswalkImport
            do {
                var options = CrosswalkImport.Options()
                options.words = try library.relationWords()
                for word in relationWords {
                    let (text, relation) = try Self.relationWord(word)
                    options.words.add(text, as: relation)
                }
                options.relation = try defaultRelation.map { try Self.relation($0, "--default-relation") }
                options.sheet = sheet
                if let columns { options.columns = try CrosswalkColumns(columns) }
                read = try CrosswalkImport(table: table, from: first, to: second, options: options)
            } catch let fault as LibraryFault {
                throw CommandFailure(
                    fault.text(library.phrasebook, in: language), status: fault.file == table ? 3 : 2
                ).exit()
            }
            for fault in read.faults { Console.say(fault.text(file: table, library.phrasebook, in: language)) }
            let counts = ["links": "\(read.links.count)", "faults": "\(read.faults.count)", "file": out]
            guard read.faults.isEmpty || partial else {
                throw CommandFailure(say("import.refused", counts), status: 1).exit()
            }
            guard !read.links.isEmpty else { throw CommandFailure(say("import.nothing", counts), status: 1).exit() }
            let name = URL(fileURLWithPath: table).lastPathComponent
            func source(_ language: Language) -> String {
                library.phrasebook.text(Message(key: "import.source", arguments: ["file": name]), in: language)
            }
            let crosswalk = Crosswalk(
                id: id, from: first.id, to: second.id,
                verification: Verification(rawValue: verification) ?? .secondHand,
                source: BilingualText(
                    zh: sourceZh ?? sourceEn ?? source(.zh), en: sourceEn ?? sourceZh ?? source(.en)),
                links: read.links)
            do {
                try crosswalk.write(to: out)
            } catch {
                throw CommandFailure(error.text(library.phrasebook, in: language), status: 2).exit()
            }
            Console.say(say("import.written", counts))
        }

        private static func relationWord(_ text: String) throws -> (word: String, relation: ScopeRelation) {
            guard let sign = text.lastIndex(of: "="), sign != text.startIndex else {
                throw ValidationError("--relation-word \(text)? WORD=RELATION")
            }
            let relation = try relation(String(text[text.index(after: sign)...]), "--relation-word")
            return (String(text[..<sign]), relation)
        }

        private static func relation(_ text: String, _ option: String) throws -> ScopeRelation {
            guard let relation = ScopeRelation(rawValue: text) else {
                let known = ScopeRelation.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\(option) \(text)? \(known)")
            }
            return relation
        }
    }
}
