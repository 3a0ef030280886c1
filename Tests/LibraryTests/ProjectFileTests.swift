import Foundation
import Library
import Seeded
import Standards
import Testing
import Vocabulary

@Suite("The file of a project")
struct ProjectFileTests {
    private let library: RuleLibrary

    init() throws {
        library = try LoadedLibrary.shared()
    }

    private static let lines = [
        "id: P-1",
        "name: 某风电整机项目",
        "about: 制造4MW陆上风电机组",
        "borrower: 某风电装备有限公司",
        "subjects:",
        "  cn.green-finance.2025: 4.1.1/2",
        "  cn.green-industry.2019: 3.1.1",
        "stated_by: 某银行",
        "stated_on: 2026-03-01",
        "facts:",
        "  wind_product: complete_turbine",
        "  wind_turbine_kind: 普通陆上机组",
        "  wind_turbine_rating:",
        "    value: 4000 kW",
        "    document: 型式认证证书12",
        "    assurance: verified",
        "    stated_by: 认证机构",
        "    stated_on: 2025-12-31",
        "  mandatory_rules_met: {value: 是, document: 合规审查意见}",
    ]

    private static let json = """
        {
          "id": "P-1", "name": "某风电整机项目", "about": "制造4MW陆上风电机组", "borrower": "某风电装备有限公司",
          "subjects": {"cn.green-finance.2025": "4.1.1/2", "cn.green-industry.2019": "3.1.1"},
          "stated_by": "某银行", "stated_on": "2026-03-01",
          "facts": {
            "wind_product": "complete_turbine", "wind_turbine_kind": "普通陆上机组",
            "wind_turbine_rating": {"value": "4000 kW", "document": "型式认证证书12", "assurance": "verified",
              "stated_by": "认证机构", "stated_on": "2025-12-31"},
            "mandatory_rules_met": {"value": "是", "document": "合规审查意见"}
          }
        }
        """

    private func read(_ bytes: [UInt8]) throws(LibraryFault) -> ProjectDossier {
        try ProjectFile(bytes: Data(bytes), file: "project.yaml").project(library.facts, library.packs)
    }

    private func read(_ text: String) throws(LibraryFault) -> ProjectDossier { try read(Array(text.utf8)) }

    private func fault(_ bytes: [UInt8]) -> LibraryFault? {
        do throws(LibraryFault) {
            _ = try read(bytes)
            return nil
        } catch {
            return error
        }
    }

    private func fault(_ text: String) -> LibraryFault? { fault(Array(text.utf8)) }

    private func key(_ bytes: [UInt8]) -> String? { fault(bytes)?.message.key }

    @Test("YAML and JSON say the same", arguments: [lines.joined(separator: "\n"), json])
    func formats(text: String) throws {
        let project = try read(text)
        #expect(project.id == "P-1" && project.name == "某风电整机项目")
        #expect(project.about == "制造4MW陆上风电机组" && project.borrower == "某风电装备有限公司")
        #expect(
            project.subjects.mapValues(\.description) == [
                "cn.green-finance.2025": "4.1.1/2", "cn.green-industry.2019": "3.1.1",
            ])
        let spring = try CalendarDate.parse("2026-03-01")
        #expect(
            project.facts.facts == [
                FactID("wind_product"): Fact(.choice("complete_turbine"), statedBy: "某银行", statedOn: spring),
                FactID("wind_turbine_kind"): Fact(.choice("onshore"), statedBy: "某银行", statedOn: spring),
                // What is said of one fact goes before what is said of all.
                FactID("wind_turbine_rating"): Fact(
                    .number(4), assurance: .verified, document: "型式认证证书12", statedBy: "认证机构",
                    statedOn: try CalendarDate.parse("2025-12-31")),
                // A document makes a fact documented.
                FactID("mandatory_rules_met"): Fact(
                    .yesNo(true), assurance: .documented, document: "合规审查意见", statedBy: "某银行", statedOn: spring),
            ])
    }

    @Test("An id and a name are enough; a byte order mark and Windows line ends do no harm")
    func least() throws {
        let project = try read("id: A\nname: B\n")
        #expect(project.facts.isEmpty && project.subjects.isEmpty && project.about.isEmpty)
        #expect(try read("\u{FEFF}id: A\r\nname: B\r\n").id == "A")
    }

    /// Line (from 1), what stands there instead, and the fault.
    private static let mistakes: [(line: Int, instead: String, key: String)] = [
        (4, "borower: 某公司", "library.unknown-field"),
        (1, "", "library.missing-field"),
        (2, "name: [a, b]", "library.not-a-text"),
        (2, "name: ''", "library.empty-text"),
        (6, "  cn.green-finance.2024: 4.1.1/2", "library.not-one-of"),
        (6, "  cn.green-finance.2025: 4.1.99", "crosswalk.dangling"),
        (6, "  cn.green-finance.2025: 4.1.1/9", "crosswalk.dangling"),
        (6, "  cn.green-finance.2025: wind", "library.not-an-item-code"),
        (9, "stated_on: 2026-02-30", "date.impossible-day"),
        (11, "  wind_produkt: complete_turbine", "fact.unknown"),
        (11, "  wind_product: turbine", "fact.not-a-choice"),
        (12, "  wind_turbine_kind: {value: onshore, proof: x}", "library.unknown-field"),
        (14, "    value: 4000 kg", "fact.wrong-unit"),
        (14, "    value: 4000 MW", "fact.out-of-range"),
        (14, "    value: -1", "fact.out-of-range"),
        (14, "    value: large", "fact.not-a-number"),
        (14, "    value: 1e999", "fact.not-a-number"),
        (16, "    assurance: sure", "library.not-one-of"),
        (18, "    stated_on: yesterday", "date.not-a-date"),
        (19, "  mandatory_rules_met: perhaps", "fact.not-yes-no"),
        (19, "  mandatory_rules_met: {document: a}", "library.missing-field"),
    ]

    @Test("Every mistake is told with its line", arguments: mistakes)
    func mistake(_ mistake: (line: Int, instead: String, key: String)) throws {
        var lines = Self.lines
        lines[mistake.line - 1] = mistake.instead
        let found = try #require(fault(lines.joined(separator: "\n")))
        #expect(found.file == "project.yaml")
        #expect(found.message.key == mistake.key)
        if !mistake.instead.isEmpty { #expect(found.line == mistake.line) }
        for language in [Language.zh, .en] {
            let text = found.text(library.phrasebook, in: language)
            #expect(text.hasPrefix("project.yaml:") && !text.contains(found.message.key), "\(text)")
        }
    }

    @Test("An assurance without a document is refused, at the fact", arguments: ["documented", "verified"])
    func noDocument(assurance: String) throws {
        var lines = Self.lines
        lines[14] = "    assurance: \(assurance)"
        lines.remove(at: 15)
        let found = try #require(fault(lines.joined(separator: "\n")))
        #expect(found.message.key == "project.no-document")
        #expect(found.line.map { (13...14).contains($0) } == true, "\(found)")
        lines[14] = "    assurance: stated"
        #expect(fault(lines.joined(separator: "\n")) == nil)
    }

    @Test("A mistake in JSON is told with its line, too")
    func jsonMistake() throws {
        let found = try #require(fault(Self.json.replacing("4000 kW", with: "4000 kg")))
        #expect(found.message.key == "fact.wrong-unit" && found.line == 7)
        let cut = try #require(fault(String(Self.json.dropLast(40))))
        #expect(cut.message.key == "library.yaml" && cut.line != nil)
    }

    @Test("What is no project file at all is told so")
    func noProject() throws {
        #expect(fault("")?.message.key == "library.empty")
        #expect(fault("# nothing\n")?.message.key == "library.empty")
        #expect(fault("- a\n- b\n")?.message.key == "library.not-a-mapping")
        #expect(fault("text")?.message.key == "library.not-a-mapping")
        #expect(fault("id: A\nid: B\nname: C\n")?.message.key == "library.yaml-duplicate")
        #expect(fault("id: A\nname: B\nfacts: []\n")?.message.key == "library.not-a-mapping")
        #expect(fault("id: A\nname: B\nsubjects: 4.1.1\n")?.message.key == "library.not-a-mapping")
        #expect(fault("id: A\nname: B\nfacts:\n  ? [x]\n  : 1\n")?.line == 4)
    }

    @Test("Bytes that are no UTF-8, and more than a MiB, are refused")
    func bytes() throws {
        #expect(key(Array("id: ".utf8) + [0xFF, 0xFE] + Array("\nname: B\n".utf8)) == "library.not-utf8")
        #expect(key(Array("id: A\nname: B\nabout: ".utf8) + [0xD6, 0xD0]) == "library.not-utf8")
        let longest = 1 << 20
        let head = Array("id: A\nname: B\n#".utf8)
        #expect(key(head + [UInt8](repeating: 0x78, count: longest - head.count)) == nil)
        #expect(key(head + [UInt8](repeating: 0x78, count: longest - head.count + 1)) == "library.too-large")
    }

    @Test(
        "Deep nesting and references that multiply end soon with a fault", .timeLimit(.minutes(10)),
        arguments: [
            String(repeating: "[", count: 200_000), String(repeating: "- ", count: 400_000),
            "id: " + String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
            "id: " + String(repeating: "{a: ", count: 70) + "b" + String(repeating: "}", count: 70),
            (0..<900).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
            "a: &a [x, x, x, x, x, x, x, x]\n"
                + zip("bcdefghij", "abcdefghi").map { name, last in
                    "\(name): &\(name) [" + Array(repeating: "*\(last)", count: 8).joined(separator: ", ") + "]"
                }.joined(separator: "\n"),
        ])
    func deep(text: String) throws {
        let found = try #require(fault(text))
        #expect(["library.too-large", "library.yaml"].contains(found.message.key), "\(found)")
    }

    @Test("A file that is not there is told by its name")
    func missing() throws {
        #expect {
            _ = try ProjectFile(path: "/nowhere/project.yaml")
        } throws: { error in
            (error as? LibraryFault)?.file.contains("project.yaml") == true
        }
    }

    @Test("Any bytes give a project or a fault that names the file and a line in it", .timeLimit(.minutes(2)))
    func fuzz() throws {
        var generator = SeededGenerator(seed: 2_026)
        let spice = Array("{}[]:,-&*!|>'\"#%@`?\\ \n\t\0é".utf8)
        var projects = 0
        for round in 0..<3_000 {
            var bytes = Array((round % 2 == 0 ? Self.lines.joined(separator: "\n") : Self.json).utf8)
            switch round % 6 {
            case 0: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator))
            case 1:
                let start = Int.random(in: bytes.indices, using: &generator)
                bytes.removeSubrange(start..<min(start + Int.random(in: 0..<40, using: &generator), bytes.count))
            case 2:
                let start = Int.random(in: bytes.indices, using: &generator)
                let end = min(start + Int.random(in: 0..<60, using: &generator), bytes.count)
                bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: bytes.indices, using: &generator))
            default: break
            }
            for _ in 0..<Int.random(in: 0...4, using: &generator) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &generator)] =
                    Bool.random(using: &generator)
                    ? spice.randomElement(using: &generator) ?? 0 : UInt8.random(in: 0...255, using: &generator)
            }
            do throws(LibraryFault) {
                let project = try read(bytes)
                #expect(!project.id.isEmpty)
                projects += 1
            } catch {
                #expect(error.file == "project.yaml")
                let last = bytes.count { $0 == 10 || $0 == 13 } + 2
                if let line = error.line { #expect((1...last).contains(line), "\(error)") }
                #expect(!error.text(library.phrasebook, in: .en).isEmpty)
            }
        }
        #expect(projects > 100 && projects < 2_900, "\(projects)")
    }

    @Test("Random bytes are never a project", .timeLimit(.minutes(10)))
    func noise() {
        var generator = SeededGenerator(seed: 2_027)
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0..<200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            #expect(key(bytes) != nil)
        }
    }
}
