import ArgumentParser
import Foundation
import Library
import Reporting
import Standards
import Vocabulary

extension StandardsCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "列出标准包。List the packs, how far each was checked and what it holds.")

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
                        overlayOf: pack.header.overlayOf, items: pack.items.count, activities: pack.activityCount,
                        criteria: pack.criterionCount)
                }
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                Console.print(String(decoding: try encoder.encode(entries), as: UTF8.self))
                return
            }
            Console.print(PackLists.text(library.packs, libraryOptions.words(library)))
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
}
