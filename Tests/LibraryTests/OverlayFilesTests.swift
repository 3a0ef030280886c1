import Foundation
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Library

/// The small library of `BrokenLibrary`, with an overlay beside its pack.
private final class OverlaidLibrary {
    let library: BrokenLibrary

    static let header = """
        id: region
        version: "1"
        overlay_of: test
        name: {zh: 示例, en: example}
        issuer: {zh: 某地, en: a region}
        document_number: 示例
        effective: "2026-01-01"
        jurisdictions: [CN-50]
        source: {zh: 自撰, en: ours}
        verification: example
        """

    static let changes = """
        definitions:
          ashore: {one_of: {fact: technology, choices: [onshore]}}
        changes:
          - tighten:
              item: 1.1.1
              criterion: {use: ashore}
              because: {zh: 海上另有规定, en: the sea has rules of its own}
          - forbid: {item: 1.1.2/1, because: {zh: 用地紧张, en: land is short}}
          - prefer: {item: 1.1.1/1, because: {zh: 风大, en: the wind is strong}}
          - add:
              group: "1.9"
              group_name: {zh: 增列, en: added}
              item: 1.9.1
              name: {zh: 增列项, en: an added item}
              subject: {zh: 增列的活动, en: what is added}
              because: {zh: 本地常见, en: it is common here}
              activities: [{mark: none, criterion: {holds: permitted}}]
          - add:
              item: 1.1.1
              activity: {mark: none, subject: {zh: 拆除, en: taking down}, criterion: {holds: permitted}}
              because: {zh: 本地常见, en: it is common here}
        """

    init() throws {
        library = try BrokenLibrary()
        let folder = URL(fileURLWithPath: library.root + "/regions/region")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try library.write(Self.header, to: "regions/region/pack.yaml")
        try library.write(Self.changes, to: "regions/region/changes.yaml")
    }

    var folder: String { library.root + "/regions/region" }

    func pack() throws(LibraryFault) -> StandardPack {
        let facts = try RuleLibrary.dictionary(LibraryFiles(root: library.root))
        var shelf = PackShelf()
        shelf.add(library: LibraryFiles(root: library.root))
        try shelf.add(folder: folder)
        if let first = shelf.faults.first { throw first }
        guard let source = shelf.overlays.first else { throw LibraryFault("library.no-pack", file: folder) }
        var packs: [StandardPack] = []
        for pack in shelf.packs { packs.append(try pack.pack(facts)) }
        return try source.pack(facts, of: shelf.catalogues(packs))
    }
}

@Suite("Overlays in files")
struct OverlayFilesTests {
    private static let header = "regions/region/pack.yaml"
    private static let changes = "regions/region/changes.yaml"

    @Test("Every kind of change is read, in the order of the file")
    func read() throws {
        let pack = try OverlaidLibrary().pack()
        #expect(pack.id == "region" && pack.header.overlayOf == "test" && pack.header.verification == .example)
        #expect(pack.items.map(\.code.text) == ["1.1.1", "1.1.2", "1.9.1"])
        let kinds = pack.items.map { $0.activities.map { $0.changes.map(\.kind.name) } }
        #expect(kinds == [[["tightened", "preferred"], ["added"]], [["forbidden"]], [["added"]]])
        #expect(pack.items[0].activities[0].changes[0].because.en == "the sea has rules of its own")
        #expect(pack.items[0].activities[1].row == 2 && pack.groups.map(\.code) == ["1.1", "1.9"])
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        var file = OverlayFilesTests.changes
        let old: String
        let new: String
        let key: String
        var below = 0

        var testDescription: String { "\(old) → \(new)" }
    }

    @Test(
        "Mistakes are told with file and line",
        arguments: [
            Mistake(old: "item: 1.1.2/1,", new: "item: 1.1.2/7,", key: "overlay.unknown-item"),
            Mistake(old: "item: 1.1.2/1,", new: "item: 1.3.1,", key: "overlay.unknown-item"),
            Mistake(old: "item: 1.1.2/1,", new: "item: 1.1.1,", key: "overlay.forbidden"),
            Mistake(old: "- prefer: {item: 1.1.1/1,", new: "- prefer: {item: 1.1.2,", key: "overlay.forbidden"),
            Mistake(
                old: "- forbid: {item: 1.1.2/1,",
                new:
                    "- prefer: {item: 1.1.1/1, because: {zh: 风大, en: the wind is strong}}\n  - forbid: {item: 1.1.2/1,",
                key: "overlay.twice", below: 2),
            Mistake(old: "- forbid:", new: "- loosen:", key: "overlay.unknown-kind"),
            Mistake(
                old: "- forbid: {item: 1.1.2/1, because: {zh: 用地紧张, en: land is short}}", new: "- {}",
                key: "overlay.one-key"),
            Mistake(old: "en: land is short}", new: "fr: peu}", key: "library.unknown-field"),
            Mistake(old: ", because: {zh: 风大, en: the wind is strong}", new: "", key: "library.missing-field"),
            Mistake(old: "{use: ashore}", new: "{use: abroad}", key: "criterion.unknown-definition"),
            Mistake(old: "{use: ashore}", new: "{holds: technology}", key: "criterion.not-yes-no"),
            Mistake(
                old: "{use: ashore}", new: "{all: [{use: ashore}, {see: 1.1.8}]}", key: "pack.dangling-reference",
                below: -1),
            Mistake(old: "item: 1.9.1", new: "item: 1.1.2", key: "overlay.wrong-group", below: -2),
            Mistake(
                old: "group: \"1.9\"\n      group_name: {zh: 增列, en: added}\n      item: 1.9.1",
                new: "group: \"1.1\"\n      item: 1.1.2", key: "overlay.item-exists", below: 1),
            Mistake(old: "group: \"1.9\"", new: "group: \"1.8\"", key: "overlay.wrong-group"),
            Mistake(
                old: "group: \"1.9\"\n      group_name:", new: "group: \"1.9\"\n      name_of_group:",
                key: "library.unknown-field", below: 1),
            Mistake(old: "subject: {zh: 拆除, en: taking down}, ", new: "", key: "library.missing-field"),
            Mistake(file: header, old: "overlay_of: test", new: "overlay_of: tests", key: "overlay.unknown-catalogue"),
            Mistake(file: header, old: "overlay_of: test", new: "overlay_of: region", key: "overlay.of-overlay"),
            Mistake(file: header, old: "2026-01-01", new: "2025-09-01", key: "overlay.before-base", below: -4),
            Mistake(file: header, old: "verification: example", new: "general: subject", key: "library.unknown-field"),
            Mistake(file: header, old: "id: region", new: "id: test", key: "library.pack-twice"),
        ])
    func mistakes(mistake: Mistake) throws {
        let overlaid = try OverlaidLibrary()
        let path = overlaid.library.root + "/" + mistake.file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let parts = text.components(separatedBy: mistake.old)
        try #require(parts.count == 2, "\(mistake.old) stands \(parts.count - 1) times")
        try overlaid.library.write(parts.joined(separator: mistake.new), to: mistake.file)
        do throws(LibraryFault) {
            _ = try overlaid.pack()
            Issue.record("\(mistake.testDescription) is not noticed")
        } catch {
            #expect(error.message.key == mistake.key)
            #expect(error.file == path)
            #expect(error.line == parts[0].count { $0 == "\n" } + 1 + mistake.below)
            let phrasebook = try LoadedLibrary.shared().phrasebook
            for language in Language.allCases {
                let said = error.text(phrasebook, in: language)
                #expect(!said.contains("{") && !said.contains(mistake.key), "\(said)")
            }
        }
    }

    @Test("What loads and cannot be meant is told at the change")
    func findings() throws {
        for (criterion, key) in [
            ("{all: [{holds: permitted}, {not: {holds: permitted}}]}", "check.contradictory"),
            ("{any: [{holds: permitted}, {not: {holds: permitted}}]}", "check.always-met"),
            ("{not: {holds: permitted}}", "check.never-with-catalogue"), ("{holds: permitted}", "check.adds-nothing"),
        ] {
            let overlaid = try OverlaidLibrary()
            try overlaid.library.write(
                """
                changes:
                  - tighten: {item: 1.1.1, criterion: \(criterion), because: {zh: 因, en: reason}}
                """, to: Self.changes)
            let check = try StandardsCheck(folder: overlaid.folder, library: overlaid.library.root)
            #expect(check.faults.map(\.message.key) == [key], "\(criterion)")
            #expect(check.faults.first?.line == 2)
            #expect(check.faults.first?.file.hasSuffix("/changes.yaml") == true)
        }
        let clean = try OverlaidLibrary()
        let check = try StandardsCheck(folder: clean.folder, library: clean.library.root)
        #expect(check.faults == [] && check.packs.map(\.id) == ["region"])
    }

    @Test("The check of a folder tells the mistakes of every pack in it")
    func manyMistakes() throws {
        let overlaid = try OverlaidLibrary()
        try overlaid.library.write(
            OverlaidLibrary.changes.replacingOccurrences(of: "item: 1.1.2/1,", with: "item: 1.3.2,")
                .replacingOccurrences(of: "- prefer: {item: 1.1.1/1,", with: "- prefer: {item: 1.1.9,"),
            to: Self.changes)
        let check = try StandardsCheck(folder: overlaid.library.root + "/regions/", library: overlaid.library.root)
        #expect(check.faults.map(\.message.key) == ["overlay.unknown-item", "overlay.unknown-item"])
        #expect(throws: LibraryFault.self) {
            try StandardsCheck(folder: overlaid.library.root + "/facts", library: overlaid.library.root)
        }
    }

    @Test("Files with bytes changed give a pack or a fault, and never hang", .timeLimit(.minutes(2)))
    func fuzz() throws {
        let overlaid = try OverlaidLibrary()
        var generator = SeededGenerator(seed: 5_051)
        let bytes = Array(OverlaidLibrary.changes.utf8)
        let spice = Array("{}[]:,-&*!|>'\"#%@` \n\t".utf8)
        for round in 0..<300 {
            var broken = bytes
            if round % 4 == 0 { broken.removeLast(Int.random(in: 0..<broken.count, using: &generator)) }
            for _ in 0..<Int.random(in: 0...4, using: &generator) where !broken.isEmpty {
                broken[Int.random(in: broken.indices, using: &generator)] =
                    spice.randomElement(using: &generator) ?? 0
            }
            try Data(broken).write(to: URL(fileURLWithPath: overlaid.library.root + "/" + Self.changes))
            do throws(LibraryFault) {
                _ = try overlaid.pack()
            } catch {
                #expect(error.file.hasPrefix(overlaid.folder))
            }
        }
    }
}
