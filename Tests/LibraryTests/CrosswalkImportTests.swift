import Foundation
import Seeded
import Spreadsheet
import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("Making a crosswalk from a table")
struct CrosswalkImportTests {
    private let library: RuleLibrary
    private let china: StandardPack
    private let europe: StandardPack
    private let folder: URL

    init() throws {
        library = try LoadedLibrary.shared()
        china = try #require(library.pack("cn.green-finance.2025"))
        europe = try #require(library.pack("eu.taxonomy.climate"))
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("jialing-import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func read(
        _ text: String, columns: String? = nil, relation: ScopeRelation? = nil
    ) throws -> CrosswalkImport {
        let file = folder.appendingPathComponent("\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var options = CrosswalkImport.Options()
        options.words = try library.relationWords()
        options.relation = relation
        if let columns { options.columns = try CrosswalkColumns(columns) }
        return try CrosswalkImport(table: file.path, from: china, to: europe, options: options)
    }

    private func crosswalk(_ links: [CrosswalkLink], id: String = "test") -> Crosswalk {
        Crosswalk(
            id: id, from: china.id, to: europe.id, verification: .secondHand,
            source: BilingualText(zh: "表“甲”: #1", en: "table \"A\": \\ #1"), links: links)
    }

    private func load(_ yaml: String) throws -> Crosswalk {
        var faults: [LibraryFault] = []
        let read = try Entry.root(of: yaml, file: "test.yaml").crosswalk(library.packs) { faults.append($0) }
        #expect(faults == [])
        return try #require(read)
    }

    @Test("A table with titles, its own headers, names behind codes and several codes in a cell")
    func table() throws {
        let read = try read(
            """
            Common ground,,,,
            ,,,,
            Chinese code,EU code,Overlap,Why,Sure
            4.2.1 风力发电,4.3,Identical,"Wind, both",0.9
            "4.2.2/1、4.2.2/2",4.1 PV; 4.2,≈,,
            ,,,,
            """,
            columns: "from=Chinese code,to=EU code,relation=Overlap,because_en=Why,confidence=Sure")
        #expect(read.faults == [])
        #expect(
            read.links.map { "\($0.from) \($0.to) \($0.relation)" } == [
                "4.2.1 4.3 equal", "4.2.2/1 4.1 partial", "4.2.2/1 4.2 partial", "4.2.2/2 4.1 partial",
                "4.2.2/2 4.2 partial",
            ])
        #expect(read.links[0].confidence == 0.9)
        #expect(read.links[0].because == BilingualText(zh: "Wind, both", en: "Wind, both"))
        #expect(read.links[1].because == nil)
    }

    @Test("What is imported and written loads as the same links")
    func roundTrip() throws {
        let read = try read(
            """
            from,to,relation,confidence,because_zh,because_en
            4.2.1,4.3,相同,1,"有“引号”、""双引号""、反斜杠\\、冒号: 和 # 号 * ? 号",tab\tand {braces}
            4.2.2/1,4.10,wider,0.25,,
            """)
        #expect(read.faults == [])
        let made = crosswalk(read.links)
        let loaded = try load(made.yaml)
        #expect(loaded.links == read.links)
        #expect(loaded.source == made.source)
        #expect((loaded.id, loaded.from, loaded.to) == (made.id, made.from, made.to))
        #expect(loaded.verification == .secondHand)
        #expect(made.yaml.contains("to: \"4.10\""))
    }

    @Test("A sheet is read as a text is")
    func workbook() throws {
        let path = folder.appendingPathComponent("table.xlsx").path
        var writer = try XLSXWriter(path: path, properties: WorkbookProperties())
        let sheet = try writer.addSheet(
            SheetLayout(
                name: "CGT", titles: ["Common ground"], columns: [.init("from"), .init("to"), .init("relation")]))
        try writer.append([.text("4.2.1"), .text("4.3"), .text("=")], to: sheet)
        try writer.append([.text("4.2.1"), .text("99.9"), .text("=")], to: sheet)
        try writer.close()
        var options = CrosswalkImport.Options()
        options.words = try library.relationWords()
        let read = try CrosswalkImport(table: path, from: china, to: europe, options: options)
        #expect(read.links.map { "\($0.from) \($0.to)" } == ["4.2.1 4.3"])
        #expect(read.faults.map(\.column) == ["to"])
    }

    @Test("Every bad cell is told with its line and column, and its line left out")
    func faults() throws {
        let read = try read(
            """
            from,to,relation,confidence
            4.2.99,4.3,equal,
            4.2.1,9.99,sort of,2
            4.2.1,,equal,
            4.2.1,4.3,equal,
            4.2.1,4.3,wider,
            4.2.1,4.1,,
            """)
        #expect(read.links.map { "\($0.from) \($0.to)" } == ["4.2.1 4.3"])
        #expect(
            read.faults.map { "\($0.line) \($0.column ?? "") \($0.message.key)" } == [
                "2 from import.unknown-code", "3 to import.unknown-code", "3 relation import.unknown-relation",
                "3 confidence import.not-a-confidence", "4 to import.empty", "6  import.twice",
                "7 relation import.empty",
            ])
        #expect(read.faults[0].message.arguments["nearest"]?.contains("4.2.9") == true)
        for language in Language.allCases {
            for fault in read.faults {
                let text = fault.text(file: "t.csv", library.phrasebook, in: language)
                #expect(text.hasPrefix("t.csv:\(fault.line): ") && !text.contains("{"))
            }
        }
    }

    @Test("A cell with very many codes is refused at once")
    func manyCodes() throws {
        let cell = String(repeating: "4.2.1;", count: 50_000)
        let read = try read("from,to,relation\n\(cell),\(cell),equal\n")
        #expect(read.links.isEmpty)
        #expect(read.faults.map(\.message.key) == ["import.too-many", "import.too-many"])
    }

    @Test("Where a line states no relation, the one that was given counts")
    func defaultRelation() throws {
        #expect(try read("from,to\n4.2.1,4.3\n", relation: .partial).links.map(\.relation) == [.partial])
        #expect(throws: LibraryFault.self) { try read("from,to\n4.2.1,4.3\n") }
    }

    @Test("Missing headers, no table and an unknown column are refused")
    func refused() throws {
        #expect(throws: LibraryFault.self) { try read("a,b,c\n1,2,3\n") }
        #expect(throws: LibraryFault.self) { try read("from,to,relation\n", columns: "from=Code") }
        #expect(throws: LibraryFault.self) { try read("from,to,relation\n", columns: "colour=red") }
        #expect(throws: LibraryFault.self) {
            try CrosswalkImport(table: folder.path + "/none.csv", from: china, to: europe)
        }
        #expect(try CrosswalkColumns("from=A, B,to=C").headers[.from] == "A, B")
    }

    @Test("Every relation has words, and no word stands for two")
    func words() throws {
        let words = try library.relationWords()
        for relation in ScopeRelation.allCases { #expect(words[relation.rawValue] == relation) }
        #expect(words["Partial Overlap"] == .partial && words["更宽"] == .wider && words[""] == nil)
        let files = LibraryFiles(root: LoadedLibrary.root)
        var known: Set<String> = []
        for (_, list) in try files.entry(RuleLibrary.relationWordsFile).pairs() {
            for word in try list.list() { #expect(known.insert(RelationWords.fold(try word.text())).inserted) }
        }
    }

    @Test("Random texts survive writing and loading")
    func randomTexts() throws {
        var generator = SeededGenerator(seed: 11)
        let letters = Array("aé风\"'\\:#{}[],&*!|>%@`-? \t\u{7}\u{85}\u{2028}\u{FEFF}😀~=")
        let from = try #require(ItemReference("4.2.1"))
        for item in europe.items.prefix(60) {
            func text() -> String {
                "x" + String((0..<12).compactMap { _ in letters.randomElement(using: &generator) })
            }
            let link = CrosswalkLink(
                from: from, to: ItemReference(item.code), relation: .partial,
                confidence: Double.random(in: 0...1, using: &generator), because: BilingualText(zh: text(), en: text()))
            let yaml = crosswalk([link]).yaml
            #expect(try load(yaml).links == [link], "\(yaml)")
        }
    }

    @Test("Mutated tables are read or refused, never worse")
    func mutated() throws {
        var generator = SeededGenerator(seed: 12)
        let table = Array("from,to,relation\n4.2.1,4.3,equal\n\"4.2.2/1、4.2.2/2\",4.1;4.2,wider\n".utf8)
        let file = folder.appendingPathComponent("mutated.csv")
        for _ in 0..<200 {
            var bytes = table
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
                default: if bytes.count > 1 { bytes.remove(at: place) }
                }
            }
            try Data(bytes).write(to: file)
            guard let read = try? CrosswalkImport(table: file.path, from: china, to: europe) else { continue }
            for link in read.links { #expect(china.has(link.from) && europe.has(link.to)) }
            if !read.links.isEmpty { #expect(try load(crosswalk(read.links).yaml).links == read.links) }
        }
    }
}
