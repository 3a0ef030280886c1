import Foundation
import Seeded
import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("Packs of which any byte may have been changed")
struct LoaderFuzzTests {
    private static let header = """
        id: test
        version: "1"
        name: {zh: 测试, en: test}
        issuer: {zh: 我们, en: we}
        document_number: "1"
        effective: "2025-10-01"
        jurisdictions: [CN]
        source: {zh: 自撰, en: ours}
        verification: example
        definitions: {rules: {holds: permitted}}
        general: {use: rules}
        tiers:
          - {tier: green, name: {zh: 绿色, en: green}}
          - {tier: amber, name: {zh: 琥珀色, en: amber}}

        """

    private static let chapter = """
        chapter: "1"
        name: {zh: 第一章, en: first chapter}
        definitions:
          large: {compare: {fact: capacity, is: ">=", by_year: {2026: 5 MW, 2030: 10 MW}}}
        groups:
          - group: "1.1"
            name: {zh: 第一组, en: first group}
            items:
              - item: 1.1.1
                name: {zh: 风电, en: wind}
                subject: {zh: 风电场, en: wind farms}
                synonyms: [风场]
                activities:
                  - mark: direct
                    criterion: {all: [{use: large}, {not: {complies: {standard: GB 1, grade: 2}}}]}
                    page: 12
                  - mark: none
                    tiers:
                      green: {by: {fact: technology, cases: {onshore: subject, offshore: {use: rules}}}}
                      amber: {until: {year: 2035, criterion: {any: [{holds: permitted}, {see: 1.1.2/1}]}}}
              - item: 1.1.2
                name: {zh: 光伏, en: solar}
                subject: {zh: 光伏电站, en: solar plants}
                activities:
                  - mark: enabling
                    criterion: {one_of: {fact: technology, choices: [onshore]}}
                    note: {zh: 注, en: note}

        """

    private static let words: [String] = [
        "{", "}", "[", "]", ": ", "- ", "? ", "&a ", "*a", "|\n", ">\n", "'", "\"", "#", "%", "!!", "---\n", "\t", "\n",
        "\r\n", "\u{0}", "\u{85}", "\u{FEFF}", "999999999999999999999999", "-1", "1e999", "5 t", "1.1.1",
        "{see: 1.1.1}",
        "{use: large}", "subject", "<<", "until", "{any: []}", "👩‍👩‍👧", "é",
    ]

    private func mutated(_ text: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
        var bytes = text
        let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)
        for _ in 0..<[1, 1, 1, 2, 4][Int.random(in: 0..<5, using: &generator)] where !bytes.isEmpty {
            let place = Int.random(in: bytes.indices, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 1...30, using: &generator))
            switch Int.random(in: 0..<9, using: &generator) {
            case 6...8:
                // A letter or digit for another, so that most of them are read further than their grammar.
                if letters.contains(bytes[place]) { bytes[place] = letters.randomElement(using: &generator) ?? 0 }
            case 0: bytes[place] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: bytes.indices, using: &generator))
            case 4:
                bytes.insert(contentsOf: (Self.words.randomElement(using: &generator) ?? "").utf8, at: place)
            default: bytes.replaceSubrange(place..<end, with: (Self.words.randomElement(using: &generator) ?? "").utf8)
            }
        }
        return bytes
    }

    @Test(
        "Whatever bytes a pack holds, the check gives the pack or says with a file and a phrase why not",
        .timeLimit(.minutes(5)))
    func anyBytes() throws {
        let phrasebook = try RuleLibrary.phrases(root: LoadedLibrary.root)
        let facts = try FactDictionary(
            try Entry.root(of: BrokenLibrary.facts, file: "facts/all.yaml").factDefinitions())
        let names = ["pack/pack.yaml", "pack/1.yaml"]
        let texts = [Array(Self.header.utf8), Array(Self.chapter.utf8)]
        func read(_ texts: [[UInt8]]) -> (pack: StandardPack?, faults: [LibraryFault]) {
            var faults: [LibraryFault] = []
            let entries = zip(names, texts).map { name, bytes -> Entry? in
                do throws(LibraryFault) {
                    return try Entry.root(of: String(decoding: bytes, as: UTF8.self), file: name)
                } catch {
                    faults.append(error)
                    return nil
                }
            }
            var reader = PackReader(facts: facts)
            let pack = reader.pack(
                PackFiles(
                    header: entries[0], parts: entries.suffix(1).compactMap { $0 }, faults: faults, names: names,
                    LibraryFiles(root: LoadedLibrary.root)))
            return (pack, reader.faults)
        }
        #expect(read(texts).faults == [])
        let code = try #require(ItemCode("1.1.1"))
        var generator = SeededGenerator(seed: 137)
        var (loaded, refused) = (0, 0)
        for round in 0..<2_500 {
            var broken = texts
            let file = round % 8 == 0 ? 0 : 1
            broken[file] = mutated(broken[file], using: &generator)
            let (pack, faults) = read(broken)
            if faults.isEmpty {
                loaded += 1
                let pack = try #require(pack)
                // What was read can be judged and looked at.
                _ = pack.verdict(on: code, activity: nil, facts: FactSheet(), year: 2026)
                _ = pack.findings(facts).map(\.message)
            } else {
                refused += 1
            }
            for fault in faults {
                #expect(names.contains(fault.file))
                #expect(fault.line ?? 1 >= 1)
                #expect(phrasebook.text(fault.message, in: .en) != fault.message.key)
            }
        }
        #expect(loaded > 100 && refused > 1_000, "\(loaded) \(refused)")
    }

    @Test("Whatever bytes the facts hold, the dictionary is read or says why not", .timeLimit(.minutes(5)))
    func anyFacts() throws {
        let aspects = """

            aspects:
              conforms: &a {label: {zh: 符合, en: conforms}, evidence: {zh: 证书, en: certificate}}
              grade: *a
              level: *a
            technical_standards:
              GB 2: {title: {zh: 限值, en: limits}, grades: "3", levels: {target: {zh: 目标, en: target}}}

            """
        var generator = SeededGenerator(seed: 138)
        var (loaded, refused) = (0, 0)
        for _ in 0..<800 {
            let bytes = mutated(Array((BrokenLibrary.facts + aspects).utf8), using: &generator)
            do throws(LibraryFault) {
                let text = String(decoding: bytes, as: UTF8.self)
                let definitions = try Entry.root(of: text, file: "facts.yaml").factDefinitions()
                #expect(Set(definitions.map(\.id)).count <= definitions.count)
                loaded += 1
            } catch {
                #expect(error.file == "facts.yaml")
                refused += 1
            }
        }
        #expect(loaded > 50 && refused > 300, "\(loaded) \(refused)")
    }
}
