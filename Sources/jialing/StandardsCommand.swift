import ArgumentParser
import Foundation
import Library
import Reporting
import Standards
import Vocabulary

struct StandardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standards", abstract: "查阅标准包。Read the standard packs.",
        subcommands: [List.self, Show.self, Search.self, Export.self, Check.self])

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the packs.")

        @Option(help: "text or json.")
        var format: Format = .text

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            if format == .json {
                let entries = library.packs.map { pack in
                    PackEntry(
                        id: pack.id, version: pack.header.version, nameChinese: pack.name.zh, nameEnglish: pack.name.en,
                        effective: pack.header.effective.description, verification: pack.header.verification.rawValue,
                        overlayOf: pack.header.overlayOf,
                        items: pack.items.count, activities: pack.activityCount,
                        criteria: pack.criterionCount)
                }
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                Console.print(String(decoding: try encoder.encode(entries), as: UTF8.self))
                return
            }
            for pack in library.packs {
                Console.print(
                    "\(pack.id)  \(pack.name[libraryOptions.language])  \(pack.header.effective)  \(pack.items.count) items, \(pack.activityCount) activities"
                )
            }
        }

        private struct PackEntry: Encodable {
            let id, version, nameChinese, nameEnglish, effective, verification: String
            let overlayOf: String?
            let items, activities, criteria: Int

            enum CodingKeys: String, CodingKey {
                case id, version, effective, verification, items, activities, criteria
                case nameChinese = "name_zh"
                case nameEnglish = "name_en"
                case overlayOf = "overlay_of"
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show an item with its rows and conditions.")

        @Argument(help: "Code of the item, e.g. 4.2.1.")
        var item: String

        @Option(help: "Standard pack.")
        var standard = "cn.green-finance.2025"

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            guard let pack = library.pack(standard), let code = ItemCode(item), let found = pack[code] else {
                throw CommandFailure("\(standard): \(item)?", status: 2).exit()
            }
            let words = ConditionWords(
                dictionary: library.facts, phrasebook: library.phrasebook, language: libraryOptions.language)
            Console.print("\(found.code)  \(found.name.zh)  \(found.name.en)")
            Console.print("  \(found.subject.zh)\n  \(found.subject.en)\n  \(found.synonyms.joined(separator: "、"))")
            for activity in found.activities {
                Console.print(
                    "  \(activity.row). [\(activity.industry)] \(activity.industryName)  \(activity.mark.rawValue)  \(activity.subject[libraryOptions.language])"
                )
                if let criterion = activity.unchangedCriterion {
                    Self.print(criterion, indent: 6, library, libraryOptions.language)
                }
                for change in activity.changes {
                    Console.print("      " + words.change(change, by: pack))
                    switch change.kind {
                    case .tightened(let criterion), .forbidden(let criterion?):
                        Self.print(criterion, indent: 8, library, libraryOptions.language)
                    case .forbidden(nil), .added, .preferred: break
                    }
                }
            }
        }

        /// Prints a criterion as a tree with the labels of its facts and what proves them.
        static func print(_ criterion: Criterion, indent: Int, _ library: RuleLibrary, _ language: Language) {
            let space = String(repeating: " ", count: indent)
            func label(_ id: FactID) -> String {
                guard let fact = library.facts[id] else { return id.name }
                return "\(fact.label[language]) [\(id.name)] ← \(fact.evidence[language])"
            }
            switch criterion {
            case .all(let parts):
                Console.print(parts.isEmpty ? "\(space)✓" : "\(space)all:")
                for part in parts { print(part, indent: indent + 2, library, language) }
            case .any(let parts):
                Console.print("\(space)any:")
                for part in parts { print(part, indent: indent + 2, library, language) }
            case .not(let part):
                Console.print("\(space)not:")
                print(part, indent: indent + 2, library, language)
            case .compare(let id, let comparison, let threshold):
                Console.print(
                    "\(space)\(comparison.rawValue) \(threshold.steps.map { ($0.from == .min ? "" : "\($0.from): ") + $0.quantity.description }.joined(separator: ", "))  \(label(id))"
                )
            case .holds(let id): Console.print("\(space)\(label(id))")
            case .oneOf(let id, let choices):
                Console.print("\(space){\(choices.joined(separator: ", "))}  \(label(id))")
            case .complies(let standard, let compliance):
                Console.print("\(space)\(standard)  \(label(Criterion.fact(of: standard, compliance)))")
            case .see(let reference): Console.print("\(space)→ \(reference)")
            case .until(let year, let part):
                Console.print("\(space)≤ \(year):")
                print(part, indent: indent + 2, library, language)
            }
        }
    }

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

    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find items whose name, subject or synonyms hold the words.")

        @Argument(help: "Words, in Chinese or English.")
        var words: [String]

        @Option(help: "Standard pack.")
        var standard = "cn.green-finance.2025"

        @OptionGroup var libraryOptions: LibraryOptions

        func run() throws {
            let library = try libraryOptions.loadOrExit()
            let wanted = words.map { $0.lowercased() }
            for item in library.pack(standard)?.items ?? [] {
                let texts =
                    [item.name.zh, item.name.en, item.subject.zh, item.subject.en] + item.synonyms
                    + item.activities.flatMap { [$0.subject.zh, $0.subject.en] }
                let text = texts.joined(separator: "\n").lowercased()
                if wanted.allSatisfy({ text.contains($0) }) {
                    Console.print("\(item.code)  \(item.name.zh)  \(item.name.en)")
                }
            }
        }
    }

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
            guard let pack = library.pack(standard) else {
                throw CommandFailure("\(standard)?", status: 2).exit()
            }
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
