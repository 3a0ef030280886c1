import Foundation
import Standards
import Vocabulary

extension Crosswalk {
    /// The crosswalk as a file of the library, one link a line, in the order of the links.
    public var yaml: String {
        var lines = [
            "id: \(Self.plain(id))", "from: \(Self.plain(from))", "to: \(Self.plain(to))",
            "verification: \(verification.rawValue)",
            "source: {zh: \(Self.quoted(source.zh)), en: \(Self.quoted(source.en))}",
            links.isEmpty ? "links: []" : "links:",
        ]
        for link in links {
            var parts = [
                "from: \(Self.code(link.from))", "to: \(Self.code(link.to))", "relation: \(link.relation.rawValue)",
            ]
            if let confidence = link.confidence { parts.append("confidence: \(confidence)") }
            if let because = link.because {
                parts.append("because: {zh: \(Self.quoted(because.zh)), en: \(Self.quoted(because.en))}")
            }
            lines.append("  - {\(parts.joined(separator: ", "))}")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the file beside its place and moves it there when it is whole.
    ///
    /// - Throws: `LibraryFault` where it cannot be written; what was there before stays.
    public func write(to path: String) throws(LibraryFault) {
        do {
            try Data(yaml.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw LibraryFault("import.not-written", file: path, ["problem": error.localizedDescription])
        }
    }

    /// A code of two numbers looks like a decimal fraction: it is quoted, for other readers of YAML.
    private static func code(_ reference: ItemReference) -> String {
        let text = reference.description
        return text.count { $0 == "." } == 1 && reference.row == nil ? "\"\(text)\"" : text
    }

    /// An id as it is where it is made of letters, digits, points and hyphens.
    private static func plain(_ id: String) -> String {
        let isPlain =
            id.utf8.first.map { (97...122).contains($0 | 0x20) } ?? false
            && id.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0 | 0x20) || $0 == 46 || $0 == 45 }
        return isPlain ? id : quoted(id)
    }

    /// In double quotes, with what YAML escapes there; a line break becomes a space.
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C: quoted += "\\\(scalar)"
            case 0x0A: quoted += " "
            // The reader looks for aliases before it knows what is quoted (see AliasedKeys): an asterisk is written by number.
            case 0x2A, 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
