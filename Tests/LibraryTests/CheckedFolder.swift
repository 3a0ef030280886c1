import Foundation
import Library
import Standards
import Testing
import Vocabulary

/// Packs in a temporary folder, for the check of what authors write.
final class CheckedFolder {
    let root: String

    init() throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("packs-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    func write(_ text: String, to file: String) throws {
        let path = root + "/" + file
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// Writes a library: facts, and one pack of one chapter.
    func writeLibrary(chapter: String, header: String = BrokenLibrary.header) throws {
        try write(BrokenLibrary.facts, to: "facts/all.yaml")
        try write(header, to: "standards/test/pack.yaml")
        try write(chapter, to: "standards/test/1.yaml")
    }

    func check(_ folder: String = "", library: String = "") throws(LibraryFault) -> StandardsCheck {
        try StandardsCheck(folder: root + "/" + folder, library: root + "/" + library)
    }

    /// Each fault as `file:line key`, the folder of the one pack left out; each has to be told in full in both languages.
    func told(_ folder: String = "", library: String = "") throws -> [String] {
        let phrasebook = try LoadedLibrary.shared().phrasebook
        return try check(folder, library: library).faults.map { fault in
            for language in Language.allCases {
                let text = fault.text(phrasebook, in: language)
                #expect(!text.contains("{") && !text.contains(fault.message.key), "\(text)")
            }
            let file = fault.file.replacing("standards/test/", with: "")
            return "\(fault.line.map { "\(file):\($0)" } ?? file) \(fault.message.key)"
        }
    }
}

/// A chapter of the tests, written line by line: the lines that faults name can be counted here.
struct ChapterText {
    static let preamble = """
        chapter: "1"
        name: {zh: 第一章, en: first chapter}

        """
    static let group = """
        groups:
          - group: "1.1"
            name: {zh: 第一组, en: first group}
            items:

        """

    /// An item of six lines for one row: its criterion stands on the last; two lines more for each further row.
    static func item(_ code: String, _ criteria: String...) -> String {
        let rows = criteria.map { "          - mark: none\n            criterion: \($0)\n" }
        return """
                  - item: \(code)
                    name: {zh: 条目, en: item}
                    subject: {zh: 主题, en: subject}
                    activities:

            """ + rows.joined()
    }

    /// Without definitions the first item begins on line 7; these take a line each and one for their key.
    static func chapter(definitions: [String] = [], _ items: String...) -> String {
        preamble + (definitions.isEmpty ? "" : "definitions:\n" + definitions.map { "  \($0)\n" }.joined())
            + group + items.joined()
    }
}
