import Credit
import Foundation
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Library

/// A small library in a temporary folder, in which one thing is broken at a time.
final class BrokenLibrary {
    let root: String

    static let facts = """
        facts:
          capacity:
            kind: number
            unit: kW
            minimum: 0
            label: {zh: 容量, en: capacity}
            evidence: {zh: 铭牌, en: name plate}
          permitted:
            kind: yes_no
            label: {zh: 许可, en: permitted}
            evidence: {zh: 证书, en: permit}
            valid_months: 12
          technology:
            kind: choice
            choices: {onshore: {zh: 陆上, en: on land}, offshore: {zh: 海上, en: at sea}}
            label: {zh: 技术, en: technology}
            evidence: {zh: 设计, en: design}
          gb_1.grade: {kind: number, unit: "1", label: {zh: 等级, en: grade}, evidence: {zh: 报告, en: report}}
        """

    static let header = """
        id: test
        version: "1"
        name: {zh: 测试, en: test}
        issuer: {zh: 我们, en: we}
        document_number: "1"
        effective: "2025-10-01"
        jurisdictions: [CN]
        source: {zh: 自撰, en: ours}
        verification: example
        transition: {earlier_business: older, confirmed: false}
        """

    static let chapter = """
        chapter: "1"
        name: {zh: 第一章, en: first chapter}
        groups:
          - group: "1.1"
            name: {zh: 第一组, en: first group}
            items:
              - item: 1.1.1
                name: {zh: 风电, en: wind}
                subject: {zh: 风电场, en: wind farms}
                synonyms: [风场]
                activities:
                  - industry: "4415"
                    industry_name: 风力发电
                    mark: "direct"
                    subject: {zh: 运营, en: running}
                    criterion: {holds: permitted}
              - item: 1.1.2
                name: {zh: 光伏, en: solar}
                subject: {zh: 光伏电站, en: solar plants}
                synonyms: [光伏]
                activities:
                  - industry: "4416"
                    industry_name: 太阳能发电
                    mark: direct
                    subject: {zh: 运营, en: running}
                    criterion:
                      all:
                        - compare: {fact: capacity, is: ">=", value: 5 MW}
                        - one_of: {fact: technology, choices: [onshore]}
                        - complies: {standard: GB 1, grade: 2}
                        - see: 1.1.1
        """

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("library-\(UUID().uuidString)")
        root = url.path
        for folder in ["facts", "standards/test"] {
            try FileManager.default.createDirectory(
                at: url.appendingPathComponent(folder), withIntermediateDirectories: true)
        }
        try write(Self.facts, to: "facts/all.yaml")
        try write(Self.header, to: "standards/test/pack.yaml")
        try write(Self.chapter, to: "standards/test/1.yaml")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: root)
    }

    func write(_ text: String, to file: String) throws {
        try text.write(toFile: root + "/" + file, atomically: false, encoding: .utf8)
    }

    func pack() throws(LibraryFault) -> StandardPack { try RuleLibrary.pack("test", LibraryFiles(root: root)) }

    /// The fault of the pack after `old` was replaced in a file, which must stand there once.
    func fault(_ file: String, _ old: String, _ new: String) throws -> (fault: LibraryFault?, line: Int) {
        let path = root + "/" + file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let parts = text.components(separatedBy: old)
        try #require(parts.count == 2, "\(old) stands \(parts.count - 1) times")
        try write(parts.joined(separator: new), to: file)
        defer { try? write(text, to: file) }
        let line = parts[0].count { $0 == "\n" } + 1
        do throws(LibraryFault) {
            _ = try pack()
            return (nil, line)
        } catch {
            return (error, line)
        }
    }
}

@Suite("Mistakes in the library's files are told with file and line")
struct LoaderMistakesTests {
    private static let chapter = "standards/test/1.yaml"
    private static let header = "standards/test/pack.yaml"
    private static let facts = "facts/all.yaml"

    struct Mistake: Sendable, CustomTestStringConvertible {
        let file: String
        let old: String
        let new: String
        let key: String
        /// Lines below the first of the change at which the fault is told.
        var below = 0

        var testDescription: String { "\(old) → \(new)" }
    }

    private func check(_ mistake: Mistake) throws {
        let library = try BrokenLibrary()
        let (found, line) = try library.fault(mistake.file, mistake.old, mistake.new)
        let fault = try #require(found, "\(mistake.testDescription) is not noticed")
        #expect(fault.message.key == mistake.key)
        #expect(fault.file == mistake.file)
        #expect(fault.line == line + mistake.below)
        let phrasebook = try LoadedLibrary.shared().phrasebook
        for language in Language.allCases {
            let text = fault.text(phrasebook, in: language)
            #expect(text.hasPrefix("\(mistake.file):\(line + mistake.below): "))
            #expect(!text.contains("{") && !text.contains(mistake.key), "\(text)")
        }
    }

    @Test("The example itself is read without a fault")
    func whole() throws {
        let library = try BrokenLibrary()
        let pack = try library.pack()
        #expect(pack.items.map(\.code.text) == ["1.1.1", "1.1.2"])
        // The threshold is kept in the unit of the fact.
        guard case .all(let parts)? = pack.items[1].activities[0].criterion,
            case .compare(_, .atLeast, let threshold) = parts[0]
        else {
            Issue.record("the criterion is another one")
            return
        }
        let quantity = try #require(threshold.quantity(in: nil))
        #expect(quantity.value == 5_000 && quantity.unit.symbol == "kW")
    }

    @Test(
        "Keys that nobody reads and keys that are missing",
        arguments: [
            Mistake(file: header, old: "issuer:", new: "isuer:", key: "library.unknown-field"),
            Mistake(file: chapter, old: "synonyms: [光伏]", new: "sinonyms: [光伏]", key: "library.unknown-field"),
            Mistake(
                file: chapter, old: "    mark: \"direct\"\n", new: "    mark: direct\n            colour: green\n",
                key: "library.unknown-field", below: 1),
            Mistake(file: chapter, old: "is: \">=\",", new: "than: \">=\",", key: "library.unknown-field"),
            Mistake(file: facts, old: "valid_months", new: "valid_month", key: "library.unknown-field"),
            Mistake(
                file: chapter, old: "      - item: 1.1.2\n        name: {zh: 光伏, en: solar}",
                new: "      - item: 1.1.2", key: "library.missing-field"),
            Mistake(file: header, old: "id: test\nversion: \"1\"", new: "id: test", key: "library.missing-field"),
            Mistake(
                file: facts, old: "    kind: number\n    unit: kW", new: "    kind: number",
                key: "library.missing-field"),
            Mistake(file: chapter, old: "{zh: 光伏, en: solar}", new: "{zh: 光伏}", key: "library.missing-field"),
        ])
    func fields(mistake: Mistake) throws {
        try check(mistake)
    }

    @Test(
        "Criteria that do not fit the dictionary",
        arguments: [
            Mistake(file: chapter, old: "{holds: permitted}", new: "{holds: permited}", key: "criterion.unknown-fact"),
            Mistake(file: chapter, old: "fact: capacity,", new: "fact: size,", key: "criterion.unknown-fact"),
            Mistake(file: chapter, old: "standard: GB 1,", new: "standard: GB 2,", key: "criterion.unknown-fact"),
            Mistake(file: chapter, old: "value: 5 MW", new: "value: 5 t", key: "quantity.dimension-mismatch"),
            Mistake(file: chapter, old: "value: 5 MW", new: "value: 5 bananas", key: "unit.unknown"),
            Mistake(file: chapter, old: "{holds: permitted}", new: "{holds: capacity}", key: "criterion.not-yes-no"),
            Mistake(file: chapter, old: "fact: capacity,", new: "fact: permitted,", key: "criterion.not-a-number"),
            Mistake(file: chapter, old: "fact: technology,", new: "fact: permitted,", key: "criterion.not-a-choice"),
            Mistake(file: chapter, old: "[onshore]", new: "[onshore, rooftop]", key: "criterion.unknown-choice"),
            Mistake(file: chapter, old: "{holds: permitted}", new: "{any: []}", key: "criterion.empty-any"),
            Mistake(file: chapter, old: "{holds: permitted}", new: "{maybe: permitted}", key: "criterion.unknown-key"),
            Mistake(file: chapter, old: "{holds: permitted}", new: "{}", key: "criterion.one-key"),
            Mistake(file: chapter, old: "is: \">=\",", new: "is: \"=>\",", key: "library.not-one-of"),
            Mistake(
                file: chapter, old: "{holds: permitted}",
                new: String(repeating: "{not: ", count: 20) + "{holds: permitted}" + String(repeating: "}", count: 20),
                key: "criterion.too-deep"),
        ])
    func criteria(mistake: Mistake) throws {
        try check(mistake)
    }

    @Test(
        "Values of another kind",
        arguments: [
            Mistake(file: chapter, old: "item: 1.1.2", new: "item: one", key: "library.not-an-item-code"),
            Mistake(file: chapter, old: "    mark: direct\n", new: "    mark: indirect\n", key: "library.not-one-of"),
            Mistake(file: chapter, old: "synonyms: [光伏]", new: "synonyms: 光伏", key: "library.not-a-list"),
            Mistake(file: chapter, old: "{zh: 光伏, en: solar}", new: "光伏", key: "library.not-a-mapping"),
            Mistake(file: chapter, old: "{zh: 光伏, en: solar}", new: "{zh: \"\", en: solar}", key: "library.empty-text"),
            Mistake(file: chapter, old: "{zh: 光伏, en: solar}", new: "{zh: [光伏], en: solar}", key: "library.not-a-text"),
            Mistake(file: header, old: "confirmed: false", new: "confirmed: perhaps", key: "library.not-yes-no"),
            Mistake(file: header, old: "2025-10-01", new: "2025-13-01", key: "date.impossible-month"),
            Mistake(file: facts, old: "unit: kW", new: "unit: kX", key: "unit.unknown"),
            Mistake(file: facts, old: "minimum: 0", new: "minimum: none", key: "library.not-a-number"),
            Mistake(file: facts, old: "valid_months: 12", new: "valid_months: 1.5", key: "library.not-a-whole-number"),
            Mistake(file: facts, old: "kind: choice", new: "kind: list", key: "library.not-one-of"),
        ])
    func values(mistake: Mistake) throws {
        try check(mistake)
    }

    @Test(
        "YAML that cannot be read, and keys that stand twice",
        arguments: [
            Mistake(file: chapter, old: "synonyms: [光伏]", new: "synonyms: [光伏", key: "library.yaml", below: 1),
            Mistake(file: chapter, old: "mark: direct\n", new: "mark: direct: no\n", key: "library.yaml"),
            Mistake(file: header, old: "jurisdictions: [CN]", new: "\tjurisdictions: [CN]", key: "library.yaml"),
        ])
    func syntax(mistake: Mistake) throws {
        try check(mistake)
    }

    @Test("A key that stands twice is named")
    func twice() throws {
        let library = try BrokenLibrary()
        let (found, _) = try library.fault(Self.header, "document_number: \"1\"", "version: \"2\"")
        let fault = try #require(found)
        #expect(fault.message.key == "library.yaml-duplicate")
        #expect(fault.message.arguments["name"]?.contains("version") == true)
        #expect(fault.file == Self.header)
        #expect(fault.line != nil)
    }

    @Test("Faults of a pack as a whole are told at the item that makes them")
    func packFaults() throws {
        let library = try BrokenLibrary()
        for (old, new, key) in [
            ("see: 1.1.1", "see: 1.1.9", "pack.dangling-reference"),
            ("see: 1.1.1", "see: 1.1.2", "pack.circular-reference"),
            ("item: 1.1.2", "item: 1.1.1", "pack.duplicate"), ("item: 1.1.2", "item: 1.2.2", "pack.unknown-group"),
        ] {
            let fault = try #require(try library.fault(Self.chapter, old, new).fault)
            #expect(fault.message.key == key)
            #expect(fault.file == Self.chapter)
            #expect(fault.line == 17)
        }
        let double = try #require(
            try library.fault(Self.facts, "facts:\n", "facts:\n  gb_1.conforms: &a {kind: yes_no}\n").fault)
        #expect(double.message.key == "library.missing-field")
        try library.write(BrokenLibrary.facts, to: "facts/again.yaml")
        #expect(
            throws: LibraryFault(
                file: "facts", line: nil, message: PackFault(.duplicate, subject: "capacity").message)
        ) { try library.pack() }
    }

    @Test("A file that is empty, missing, not UTF-8 or no folder at all")
    func files() throws {
        let library = try BrokenLibrary()
        func key() -> String? {
            do throws(LibraryFault) {
                _ = try library.pack()
                return nil
            } catch {
                return error.message.key
            }
        }
        try library.write("", to: Self.chapter)
        #expect(key() == "library.empty")
        try Data([0x61, 0x3A, 0x20, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: library.root + "/" + Self.chapter))
        #expect(key() == "library.not-utf8")
        try library.write("just words", to: Self.chapter)
        #expect(key() == "library.not-a-mapping")
        try FileManager.default.removeItem(atPath: library.root + "/" + Self.header)
        try library.write(BrokenLibrary.chapter, to: Self.chapter)
        #expect(key() == "library.no-file")
        do throws(LibraryFault) {
            _ = try RuleLibrary.load(root: library.root + "/nowhere")
            Issue.record("a library was found where none is")
        } catch {
            #expect(error.message.key == "library.not-found")
        }
    }

    @Test("A mapping of headers names columns, facts and units, and its mistakes are told with their line")
    func mapping() throws {
        let library = try BrokenLibrary()
        func mapping(_ text: String) throws(LibraryFault) -> LedgerMapping {
            try? library.write(text, to: "mapping.yaml")
            return try RuleLibrary.mapping(file: library.root + "/mapping.yaml")
        }
        let read = try mapping("columns:\n  loan_id: 业务流水号\n  fact:capacity: 装机\nunits:\n  balance_yuan: 万元\n")
        #expect(read.headers == ["loan_id": "业务流水号", "fact:capacity": "装机"])
        #expect(read.units == [.balance: .tenThousandYuan])
        for (text, key, line) in [
            ("columns:\n  loan_id: 甲\n  colour: 乙\n", "ledger.unknown-mapped-column", 3),
            ("units:\n  purpose: 万元\n", "ledger.unknown-mapped-column", 2),
            ("units:\n  balance_yuan: 千元\n", "library.not-one-of", 2),
            ("columns: {}\nunit: {}\n", "library.unknown-field", 2),
        ] {
            do throws(LibraryFault) {
                _ = try mapping(text)
                Issue.record("\(text) is taken")
            } catch {
                #expect(error.message.key == key)
                #expect(error.file == library.root + "/mapping.yaml" && error.line == line, "\(text)")
            }
        }
    }

    @Test(
        "Files cut off anywhere or with bytes changed give a pack or a fault, and never hang", .timeLimit(.minutes(2)))
    func fuzz() throws {
        let library = try BrokenLibrary()
        var generator = SeededGenerator(seed: 2_025)
        let bytes = Array(BrokenLibrary.chapter.utf8)
        let spice = Array("{}[]:,-&*!|>'\"#%@` \n\t".utf8)
        for round in 0..<400 {
            var broken = bytes
            if round % 4 == 0 { broken.removeLast(Int.random(in: 0..<broken.count, using: &generator)) }
            for _ in 0..<Int.random(in: 0...4, using: &generator) where !broken.isEmpty {
                broken[Int.random(in: broken.indices, using: &generator)] =
                    spice.randomElement(using: &generator) ?? 0
            }
            try Data(broken).write(to: URL(fileURLWithPath: library.root + "/" + Self.chapter))
            do throws(LibraryFault) {
                _ = try library.pack()
            } catch {
                #expect(error.file.hasPrefix("standards/test"))
            }
        }
    }
}
