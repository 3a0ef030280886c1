import FoundationEssentials
import Testing

@testable import Vocabulary

/// The phrase files that are delivered with the module, read from the package.
enum PhraseFiles {
    static func phrases(_ language: Language) throws -> [String: String] {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = package.appending(path: "Library/phrases/\(language.rawValue)/vocabulary.yaml")
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        var phrases: [String: String] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: ": ", maxSplits: 1)
            let value = try #require(parts.count == 2 ? parts[1] : nil, "\(line)")
            try #require(value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 2, "\(line)")
            #expect(phrases[String(parts[0])] == nil, "\(parts[0]) stands twice")
            phrases[String(parts[0])] = String(value.dropFirst().dropLast())
        }
        return phrases
    }

    static func phrasebook() throws -> Phrasebook {
        Phrasebook([.zh: try phrases(.zh), .en: try phrases(.en)])
    }
}

extension Phrasebook {
    /// Placeholders of a phrase for which the message has no value.
    func unfilledPlaceholders(of message: Message, in language: Language) -> [String] {
        let bare = text(Message(key: message.key), in: language)
        return Phrasebook.placeholders(of: bare).filter { message.arguments[$0] == nil }
    }
}
