import Foundation
import Testing

/// What the code says of phrases: the keys in its string literals.
struct PhraseSources {
    /// Source text by module.
    private let texts: [String: [String]]

    init() throws {
        let sources = LoadedLibrary.package.appending(path: "Sources").path
        var texts: [String: [String]] = [:]
        let files = try FileManager.default.subpathsOfDirectory(atPath: sources).sorted()
        for file in files where file.hasSuffix(".swift") {
            let module = String(file.prefix { $0 != "/" })
            texts[module, default: []].append(try String(contentsOfFile: sources + "/" + file, encoding: .utf8))
        }
        self.texts = texts
    }

    /// What the one group of a pattern finds in a module, or in all.
    func matches(_ pattern: Regex<(Substring, Substring)>, in module: String? = nil) -> Set<String> {
        var found: Set<String> = []
        for (name, list) in texts where module == nil || module == name {
            for text in list { for match in text.matches(of: pattern) { found.insert(String(match.output.1)) } }
        }
        return found
    }

    /// Literals that look like a key of one of these families: `family.rest`.
    func literals(families: Set<String>, in module: String? = nil) -> Set<String> {
        let fileEndings = ["yaml", "csv", "tsv", "xlsx", "xls", "json", "html", "bin", "xml"]
        return matches(/"([a-z-]+\.[a-z0-9_.-]*[a-z0-9])"/, in: module).filter { literal in
            families.contains(String(literal.prefix { $0 != "." }))
                && !fileEndings.contains { literal.hasSuffix("." + $0) }
        }
    }
}
