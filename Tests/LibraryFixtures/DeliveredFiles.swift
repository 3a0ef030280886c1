import Foundation
import Vocabulary

/// The files under Library/ as they are delivered, for the tests of what does not see their own reader.
public enum DeliveredFiles {
    /// A line of a phrase file that is no phrase, or a second of its key.
    public struct BadPhrase: Error {
        public let file: String
        public let line: String
    }

    /// The text of a file under Library/.
    public static func text(_ name: String) throws -> String {
        var package = URL(filePath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        return try String(contentsOf: package.appending(path: "Library/\(name)"), encoding: .utf8)
    }

    /// The phrases of some files of a language, by key.
    /// - Throws: ``BadPhrase`` for a line that is not `key: "phrase"`, and for a key that stands twice in a file.
    public static func phrases(_ language: Language, _ files: [String]) throws -> [String: String] {
        var all: [String: String] = [:]
        for file in files {
            let name = "phrases/\(language.rawValue)/\(file).yaml"
            var phrases: [String: String] = [:]
            for line in try text(name).split(separator: "\n") where !line.hasPrefix("#") {
                let parts = line.split(separator: ": ", maxSplits: 1)
                guard parts.count == 2, parts[1].hasPrefix("\""), parts[1].hasSuffix("\""), parts[1].count > 2,
                    phrases.updateValue(String(parts[1].dropFirst().dropLast()), forKey: String(parts[0])) == nil
                else { throw BadPhrase(file: name, line: String(line)) }
            }
            all.merge(phrases) { $1 }
        }
        return all
    }

    /// The phrases of some files in both languages.
    public static func phrasebook(_ files: [String]) throws -> Phrasebook {
        Phrasebook([.zh: try phrases(.zh, files), .en: try phrases(.en, files)])
    }
}
