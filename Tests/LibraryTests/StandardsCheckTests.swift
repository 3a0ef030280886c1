import Foundation
import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("The check of packs tells every mistake at once, each with its place")
struct StandardsCheckTests {
    private let folder: CheckedFolder

    init() throws {
        folder = try CheckedFolder()
    }

    private func told(_ chapter: String, header: String = BrokenLibrary.header) throws -> [String] {
        try folder.writeLibrary(chapter: chapter, header: header)
        return try folder.told()
    }

    private func item(_ code: String, _ criterion: String = "subject") -> String { ChapterText.item(code, criterion) }

    // MARK: All at once

    @Test("Mistakes in conditions, items, rows and the header are all told in one go, header first")
    func all() throws {
        let chapter = ChapterText.chapter(
            item("1.1.1", "{holds: nothing}"),
            item("1.1.2", "{all: [{holds: capacity}, {holds: permitted}, {any: []}]}"),
            item("1.1.3").replacing("mark: none", with: "mark: gold"), item("one"),
            item("1.1.5").replacing("en: item", with: "fr: objet"),
            item("1.1.6", "{see: 1.1.4}"), item("1.1.7", "{see: 1.1.7}"))
        let header = BrokenLibrary.header.replacing("version: \"1\"", with: "verson: \"1\"")
            .replacing("verification: example", with: "verification: perhaps")
        #expect(
            try told(chapter, header: header) == [
                "pack.yaml:2 library.unknown-field", "pack.yaml:1 library.missing-field",
                "1.yaml:12 criterion.unknown-fact", "1.yaml:18 criterion.not-yes-no", "1.yaml:18 criterion.empty-any",
                "1.yaml:23 library.not-one-of", "1.yaml:25 library.not-an-item-code", "1.yaml:32 library.unknown-field",
            ])
    }

    @Test("Faults of the pack as a whole are all told, each at its item")
    func whole() throws {
        let chapter = ChapterText.chapter(
            item("1.1.1", "{all: [{see: 1.1.9}, {see: 1.1.2/2}]}"), item("1.1.2", "{see: 1.1.3}"),
            item("1.1.3", "{see: 1.1.2}"), item("1.1.1"), item("1.2.1"),
            item("1.1.4").replacing("          - mark: none\n            criterion: subject\n", with: "")
                .replacing("activities:", with: "activities: []"),
            ChapterText.item("1.1.5", "subject").replacing("criterion: subject", with: "tiers: {gold: subject}"))
        let found = try told(chapter)
        #expect(
            found == [
                "1.yaml:25 pack.duplicate", "1.yaml:37 pack.no-activity", "1.yaml:41 pack.unknown-tier",
                "1.yaml:31 pack.unknown-group", "1.yaml:7 pack.dangling-reference", "1.yaml:7 pack.dangling-reference",
                "1.yaml:19 pack.circular-reference",
            ])
    }

    @Test("References too deep are told at the item that goes one too far")
    func deep() throws {
        let items = (1...10).map { item("1.1.\($0)", $0 == 10 ? "subject" : "{see: 1.1.\($0 + 1)}") }
        let found = try told(ChapterText.chapter() + items.joined())
        #expect(found == ["1.yaml:55 pack.references-too-deep"])
    }

    @Test("A file that cannot be read hides no mistake in the others")
    func unreadable() throws {
        try folder.writeLibrary(chapter: ChapterText.chapter(item("1.1.1", "{holds: nothing}")))
        try folder.write("chapter: [", to: "standards/test/2.yaml")
        try folder.write("", to: "standards/test/3.yaml")
        try folder.write(
            "chapter: \"4\"\nname: {zh: 四, en: four}\nitems:\n  - {item: four}\n", to: "standards/test/4.yaml")
        #expect(
            try folder.told() == [
                "2.yaml:2 library.yaml", "3.yaml library.empty", "1.yaml:12 criterion.unknown-fact",
                "4.yaml:4 library.not-an-item-code",
            ])
    }

    @Test("A heading that cannot be read hides no mistake in its items")
    func headings() throws {
        let chapter = ChapterText.chapter(item("1.1.1", "{holds: nothing}"))
            .replacing("name: {zh: 第一章, en: first chapter}", with: "nom: x")
            .replacing("name: {zh: 第一组, en: first group}", with: "name: x")
        #expect(
            try told(chapter) == [
                "1.yaml:2 library.unknown-field", "1.yaml:1 library.missing-field", "1.yaml:5 library.not-a-mapping",
                "1.yaml:12 criterion.unknown-fact",
            ])
    }

    // MARK: No mistake twice

    @Test("A condition that cannot be read is one mistake, not also a missing condition")
    func noConsequence() throws {
        let chapter = ChapterText.chapter(
            definitions: ["rules: {holds: nothing}"], ChapterText.item("1.1.1", "{use: rules}", "{holds: nothing}"))
        #expect(try told(chapter) == ["1.yaml:4 criterion.unknown-fact", "1.yaml:16 criterion.unknown-fact"])
        // A row that has none at all is told.
        let without = ChapterText.chapter(item("1.1.1")).replacing("\n            criterion: subject", with: "")
        #expect(try told(without) == ["1.yaml:11 check.no-criterion"])
    }

    @Test("What an item that cannot be read leaves behind is no further mistake")
    func noHole() throws {
        let broken = item("1.1.2").replacing("mark: none", with: "mark: gold")
        let chapter = ChapterText.chapter(
            definitions: ["rules: {holds: permitted}"], item("1.1.1", "{see: 1.1.2}"), broken, item("1.1.3"))
        #expect(try told(chapter) == ["1.yaml:19 library.not-one-of"])
    }

    @Test("Without its header a pack tells the mistakes of its chapters, and no definition is missed")
    func noHeader() throws {
        let chapter = ChapterText.chapter(item("1.1.1", "{use: rules}"), item("1.1.2", "{holds: nothing}"))
        try folder.writeLibrary(chapter: chapter, header: "words")
        #expect(try folder.told() == ["pack.yaml:1 library.not-a-mapping", "1.yaml:18 criterion.unknown-fact"])
        #expect(try folder.check().packs.isEmpty)
    }

    // MARK: What loads and cannot be meant so

    @Test("What loads and cannot be meant so is told with its line")
    func findings() throws {
        let header = BrokenLibrary.header.replacing("name: {zh: 测试, en: test}", with: "name: {zh: 测试, en: 测试}")
        let chapter = """
            chapter: "1"
            name: {zh: 第一章, en: 第一章}
            groups:
              - group: "1.1"
                name: {zh: 第一组, en: first group}
                items:

            """
        let items = [
            item("1.1.1", "{all: [{holds: permitted}, {not: {holds: permitted}}]}"),
            item(
                "1.1.2",
                "{all: [{compare: {fact: capacity, is: \">\", value: 1 kW}}, "
                    + "{any: [{holds: permitted}, {compare: {fact: capacity, is: \"<\", value: 1 kW}}]}]}"),
            item("1.1.4", "{compare: {fact: capacity, is: \">=\", value: 0 kW}}"),
            item("1.1.5").replacing("\n            criterion: subject", with: "\n            subject: {zh: 甲, en: 甲}"),
        ]
        let end = """
              - {group: "1.1", name: {zh: 又一组, en: once more}, items: []}
              - {group: "1.3", name: {zh: 空组, en: empty}, items: []}

            """
        let found = try told(chapter + items.joined() + end, header: header)
        #expect(
            found == [
                "1.yaml:31 check.duplicate-heading", "1.yaml:32 check.empty-heading", "1.yaml:19 check.gap",
                "1.yaml:32 check.gap", "pack.yaml check.untranslated", "1.yaml:1 check.untranslated",
                "1.yaml:29 check.untranslated", "1.yaml:11 check.contradictory", "1.yaml:17 check.unreachable",
                "1.yaml:23 check.always-met", "1.yaml:29 check.no-criterion",
            ])
        // It loads all the same.
        #expect(try folder.check().packs.map(\.id) == ["test"])
    }

    @Test("A fact whose words are not translated is told for a library, not for a pack alone")
    func facts() throws {
        try folder.writeLibrary(chapter: ChapterText.chapter(item("1.1.1")))
        try folder.write(
            BrokenLibrary.facts.replacing("en: name plate", with: "en: 铭牌"), to: "facts/all.yaml")
        #expect(try folder.told() == ["facts check.fact-untranslated"])
        #expect(try folder.told("standards/test").isEmpty)
    }

    // MARK: Which folder

    @Test("A library, a folder of packs and one pack are checked alike, with the files named as their folder is given")
    func folders() throws {
        try folder.writeLibrary(chapter: ChapterText.chapter(item("1.1.1", "{holds: nothing}")))
        try folder.write(
            BrokenLibrary.header.replacing("id: test", with: "id: other"), to: "standards/other/pack.yaml")
        try folder.write("words", to: "standards/README")
        try FileManager.default.removeItem(atPath: folder.root + "/standards/README")
        #expect(try folder.check().faults.map(\.file) == ["standards/test/1.yaml"])
        #expect(try folder.check().packs.map(\.id) == ["other"])
        #expect(try folder.check("standards").faults.map(\.file) == [folder.root + "/standards/test/1.yaml"])
        let pack = try folder.check("standards/test")
        #expect(pack.faults.map(\.file) == [folder.root + "/standards/test/1.yaml"])
        #expect(pack.faults.map(\.line) == [12])
        // A folder beside the packs that holds none is left alone.
        try FileManager.default.createDirectory(
            atPath: folder.root + "/standards/drafts", withIntermediateDirectories: true)
        #expect(try folder.check("standards").faults.count == 1)
    }

    @Test("A pack outside the library is checked with the library's facts")
    func foreign() throws {
        let library = try BrokenLibrary()
        try folder.write(BrokenLibrary.header, to: "mine/pack.yaml")
        try folder.write(BrokenLibrary.chapter, to: "mine/1.yaml")
        for place in ["", "/mine"] {
            let check = try StandardsCheck(folder: folder.root + place, library: library.root)
            #expect(check.faults.isEmpty)
            #expect(check.packs.map(\.id) == ["test"])
            #expect(check.packs.map(\.criterionCount) == [2])
        }
    }

    @Test("A folder without a pack, and one that is not there, are refused")
    func empty() throws {
        let library = try BrokenLibrary()
        try folder.write("words", to: "empty/readme.txt")
        for place in ["empty", "", "nowhere"] {
            let path = folder.root + "/" + place
            do throws(LibraryFault) {
                _ = try StandardsCheck(folder: path, library: library.root)
                Issue.record("\(place) is taken for a pack")
            } catch {
                #expect(error.message.key == "library.no-pack")
                #expect(error.file == path)
            }
        }
        // A library whose standards are gone.
        try folder.write(BrokenLibrary.facts, to: "facts/all.yaml")
        try FileManager.default.createDirectory(
            atPath: folder.root + "/standards", withIntermediateDirectories: true)
        #expect(throws: LibraryFault.self) { try folder.check() }
    }

    @Test("A dictionary of facts that cannot be read is told before any pack")
    func brokenFacts() throws {
        try folder.writeLibrary(chapter: ChapterText.chapter(item("1.1.1", "{holds: nothing}")))
        try folder.write("facts: []", to: "facts/all.yaml")
        do throws(LibraryFault) {
            _ = try folder.check()
            Issue.record("the facts are taken")
        } catch {
            #expect(error.file == "facts/all.yaml" && error.line == 1)
            #expect(error.message.key == "library.not-a-mapping")
        }
    }

    @Test("The library of the repository has nothing to look at")
    func repository() throws {
        let check = try StandardsCheck(folder: LoadedLibrary.root, library: LoadedLibrary.root)
        #expect(check.faults == [])
        #expect(check.packs.map(\.id) == (try LoadedLibrary.shared()).packs.map(\.id))
    }
}
