import ArgumentParser
import Library
import Reporting
import Standards
import Vocabulary

struct StandardsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standards", abstract: "查阅、比较标准包。Read and compare the standard packs.",
        subcommands: [
            List.self, Show.self, Search.self, Diff.self, Export.self, Check.self, ImportCrosswalk.self,
        ])

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }
}

extension LibraryOptions {
    func words(_ library: RuleLibrary) -> ConditionWords {
        ConditionWords(dictionary: library.facts, phrasebook: library.phrasebook, language: language)
    }

    /// A failure told by a phrase.
    func failure(
        _ key: String, _ arguments: [String: String] = [:], in library: RuleLibrary, status: Int32 = 2
    ) -> CommandFailure {
        CommandFailure(library.phrasebook.text(Message(key: key, arguments: arguments), in: language), status: status)
    }

    /// The pack, or the known ids and the end.
    func packOrExit(_ id: String, in library: RuleLibrary) throws -> StandardPack {
        if let pack = library.pack(id) { return pack }
        let known = library.packs.map(\.id).joined(separator: ", ")
        throw failure("standards.unknown-pack", ["id": id, "known": known], in: library).exit()
    }

    /// The item or row, or the nearest codes and the end.
    func itemOrExit(_ text: String, of pack: StandardPack, in library: RuleLibrary) throws -> ItemReference {
        if let reference = ItemReference(text), pack.has(reference) { return reference }
        let code = text.split(separator: "/").first.map { String($0) } ?? text
        let nearest = pack.nearestCodes(to: code).map { "\($0) \(pack[$0]?.name[language] ?? "")" }
        throw failure(
            "standards.unknown-item",
            ["item": text, "standard": pack.id, "nearest": nearest.joined(separator: language == .zh ? "；" : "; ")],
            in: library
        ).exit()
    }
}

/// An item as a person names it: `4.2.1`, `4.2.1/2` for a row, or `PACK/4.2.1`.
struct ItemAddress {
    /// The id of the pack, where it is named.
    let pack: String?
    let item: String

    init(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // A code begins with a digit, the id of a pack never does.
        if parts.count == 2, parts[0].first?.isNumber == false {
            pack = parts[0]
            item = parts[1]
        } else {
            pack = nil
            item = text
        }
    }
}
