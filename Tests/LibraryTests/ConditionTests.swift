import Foundation
import Standards
import Testing
import Vocabulary

@testable import Library

@Suite("Conditions as packs write them")
struct ConditionTests {
    private let folder: CheckedFolder

    init() throws {
        folder = try CheckedFolder()
    }

    private func told(
        definitions: [String] = [], _ criterion: String, header: String = BrokenLibrary.header
    ) throws -> [String] {
        try folder.writeLibrary(
            chapter: ChapterText.chapter(definitions: definitions, ChapterText.item("1.1.1", criterion)), header: header
        )
        return try folder.told()
    }

    private func criterion(
        definitions: [String] = [], _ text: String, header: String = BrokenLibrary.header
    ) throws -> Criterion? {
        #expect(try told(definitions: definitions, text, header: header) == [])
        return try folder.check().packs.first?.items.first?.activities.first?.criterion
    }

    private let permitted = Criterion.holds(FactID("permitted"))
    private let onshore = Criterion.oneOf(FactID("technology"), ["onshore"])
    private let offshore = Criterion.oneOf(FactID("technology"), ["offshore"])

    private func capacity(_ text: String) throws -> Criterion {
        .compare(FactID("capacity"), .atLeast, Threshold(try Quantity.parse(text)))
    }

    // MARK: Definitions

    @Test("A definition stands for its condition, also within another and from the header")
    func definitions() throws {
        let both = Criterion.any([permitted, onshore])
        #expect(
            try criterion(
                definitions: [
                    "rules: {holds: permitted}",
                    "either: {any: [{use: rules}, {one_of: {fact: technology, choices: [onshore]}}]}",
                ],
                "{all: [{use: either}, {use: rules}]}") == .all([both, permitted]))
        let header = BrokenLibrary.header + "\ndefinitions:\n  rules: {holds: permitted}\ngeneral: {use: rules}\n"
        #expect(try criterion("{not: {use: rules}}", header: header) == .not(permitted))
        #expect(try folder.check().packs.first?.header.general == permitted)
    }

    @Test("A definition that is not there, stands later, or belongs to another chapter is told where it is used")
    func unknownDefinitions() throws {
        #expect(try told("{use: rules}") == ["1.yaml:12 criterion.unknown-definition"])
        #expect(
            try told(definitions: ["first: {use: second}", "second: {holds: permitted}"], "{use: first}")
                == ["1.yaml:4 criterion.unknown-definition", "1.yaml:5 criterion.unused-definition"])
        #expect(
            try told(definitions: ["own: {not: {use: own}}"], "{use: own}")
                == ["1.yaml:4 criterion.unknown-definition"])
        let second = ChapterText.chapter(ChapterText.item("2.1.1", "{use: rules}"))
            .replacing("chapter: \"1\"", with: "chapter: \"2\"").replacing("group: \"1.1\"", with: "group: \"2.1\"")
        try folder.writeLibrary(
            chapter: ChapterText.chapter(
                definitions: ["rules: {holds: permitted}"], ChapterText.item("1.1.1", "{use: rules}")))
        try folder.write(second, to: "standards/test/2.yaml")
        #expect(try folder.told() == ["2.yaml:12 criterion.unknown-definition"])
    }

    @Test("A name of the header that a chapter defines again is told, and the header's stays")
    func twice() throws {
        let header = BrokenLibrary.header + "\ndefinitions: {rules: {holds: permitted}}\n"
        #expect(
            try told(
                definitions: ["rules: subject", "other: subject"], "{all: [{use: rules}, {use: other}]}", header: header
            )
                == ["1.yaml:4 criterion.definition-twice"])
    }

    @Test("Definitions that nothing uses are told in the order of their lines, those of the header too")
    func unused() throws {
        let names = (1...9).map { "unused_\($0)" }
        let lines = names.map { "\($0): {holds: permitted}" }
        #expect(try told(definitions: lines, "subject") == (4...12).map { "1.yaml:\($0) criterion.unused-definition" })
        let header = BrokenLibrary.header + "\ndefinitions:\n  used: subject\n  unused: subject\n"
        #expect(try told("{use: used}", header: header) == ["pack.yaml:13 criterion.unused-definition"])
    }

    @Test("A definition with a mistake is told once, however often it is used")
    func brokenDefinition() throws {
        #expect(
            try told(definitions: ["rules: {holds: nothing}"], "{any: [{use: rules}, {use: rules}]}")
                == ["1.yaml:4 criterion.unknown-fact"])
    }

    // MARK: By

    @Test("By asks of each kind its own condition, and of a kind that the subject alone suffices for nothing more")
    func by() throws {
        let read = try criterion(
            "{by: {fact: technology, cases: {onshore: {holds: permitted}, offshore: subject}}}")
        #expect(read == .any([.all([onshore, permitted]), offshore]))
    }

    @Test(
        "By over another fact, an unknown kind or no kind at all is refused",
        arguments: [
            ("{by: {fact: capacity, cases: {onshore: subject}}}", "criterion.not-a-choice"),
            ("{by: {fact: nothing, cases: {onshore: subject}}}", "criterion.unknown-fact"),
            ("{by: {fact: technology, cases: {rooftop: subject}}}", "criterion.unknown-choice"),
            ("{by: {fact: technology, cases: {}}}", "criterion.empty-any"),
            ("{by: {fact: technology, cases: [onshore]}}", "library.not-a-mapping"),
            ("{by: {fact: technology}}", "library.missing-field"),
            ("{by: {fact: technology, kinds: {}}}", "library.unknown-field"),
            ("{by: {fact: technology, cases: {onshore: {holds: nothing}}}}", "criterion.unknown-fact"),
            ("{by: technology}", "library.not-a-mapping"),
        ])
    func brokenBy(text: String, key: String) throws {
        #expect(try told(text) == ["1.yaml:12 \(key)"])
    }

    // MARK: Years

    @Test("A threshold by year is kept in the unit of the fact, in the order of the years")
    func byYear() throws {
        let read = try criterion(
            "{compare: {fact: capacity, is: \">=\", by_year: {2030: 5 MW, 2026: 800 kW}, until: 2040}}")
        let steps = [
            Threshold.Step(from: 2026, try Quantity.parse("800 kW")), .init(from: 2030, try Quantity.parse("5000 kW")),
        ]
        guard case .until(2040, .compare(let fact, .atLeast, let threshold))? = read else {
            Issue.record("another condition was read")
            return
        }
        #expect(fact == FactID("capacity"))
        #expect(threshold == Threshold(steps: steps))
    }

    @Test("Until holds a condition of any kind")
    func until() throws {
        #expect(
            try criterion("{until: {year: 2035, criterion: {any: [{holds: permitted}]}}}")
                == .until(year: 2035, .any([permitted])))
    }

    @Test(
        "What is no year between 1900 and 2200 is told where it stands",
        arguments: [
            "by_year: {soon: 5 MW}", "by_year: {1899: 5 MW}", "by_year: {2201: 5 MW}", "by_year: {}",
            "by_year: {2026.5: 5 MW}", "by_year: {99999999999999999999: 5 MW}", "value: 5 MW, until: 20350",
            "value: 5 MW, until: 0",
        ])
    func badYears(text: String) throws {
        #expect(try told("{compare: {fact: capacity, is: \">=\", \(text)}}") == ["1.yaml:12 criterion.not-a-year"])
        #expect(
            try told("{until: {year: 1, criterion: subject}}") == ["1.yaml:12 criterion.not-a-year"])
    }

    @Test(
        "A quantity of a year is checked like any other",
        arguments: [
            ("by_year: {2026: 5 t}", "quantity.dimension-mismatch"), ("by_year: {2026: lots}", "unit.unknown"),
            ("by_year: [2026]", "library.not-a-mapping"), ("until: 2030", "library.missing-field"),
            ("value: 5 MW, until: soon", "library.not-a-whole-number"),
        ])
    func badQuantities(text: String, key: String) throws {
        let found = try told("{compare: {fact: capacity, is: \">=\", \(text)}}")
        #expect(found.count == 1 && found.allSatisfy { $0.hasPrefix("1.yaml:12 ") })
        if key != "unit.unknown" { #expect(found == ["1.yaml:12 \(key)"]) }
    }

    // MARK: Standards, references, tiers

    @Test("A standard is asked for by the kind of finding that it gives")
    func complies() throws {
        #expect(
            try criterion("{complies: {standard: GB 1, grade: 2}}")
                == .complies(standard: "GB 1", .grade(atLeast: 2)))
        let facts = BrokenLibrary.facts.replacing(
            "gb_1.grade: {kind: number, unit: \"1\"", with: "gb_1.grade: {kind: yes_no")
        try folder.writeLibrary(
            chapter: ChapterText.chapter(ChapterText.item("1.1.1", "{complies: {standard: GB 1, grade: 2}}")))
        try folder.write(facts, to: "facts/all.yaml")
        #expect(try folder.told() == ["1.yaml:12 criterion.wrong-kind"])
    }

    @Test(
        "A reference names an item or one of its rows",
        arguments: [
            ("1.1.1", nil), ("1.1.1/2", nil), ("1.1", "pack.dangling-reference"),
            ("1.1.1/3", "pack.dangling-reference"), ("1.1.1/0", "library.not-an-item-code"),
            ("1.1.1/", "library.not-an-item-code"), ("1.1.1/2/1", "library.not-an-item-code"),
            ("1.1.1/x", "library.not-an-item-code"), ("/1", "library.not-an-item-code"),
        ] as [(String, String?)])
    func references(text: String, key: String?) throws {
        try folder.writeLibrary(
            chapter: ChapterText.chapter(
                ChapterText.item("1.1.1", "subject", "{holds: permitted}"),
                ChapterText.item("1.1.2", "{see: \(text)}")))
        let line = key?.hasPrefix("pack.") == true ? 15 : 20
        #expect(try folder.told() == (key.map { ["1.yaml:\(line) \($0)"] } ?? []))
    }

    @Test("A row has a criterion or tiers, not both, one of which would be without effect")
    func tiers() throws {
        let header = BrokenLibrary.header + "\ntiers: [{tier: green, name: {zh: 绿色, en: green}}]\n"
        let chapter = ChapterText.chapter(ChapterText.item("1.1.1", "{holds: permitted}"))
        let tiers = "tiers: {green: {holds: permitted}}"
        try folder.writeLibrary(
            chapter: chapter.replacing("criterion: {holds: permitted}", with: tiers), header: header)
        #expect(try folder.told() == [])
        #expect(
            try folder.check().packs.first?.items.first?.activities.first?.tiers
                == [TierCriterion(tier: "green", criterion: permitted)])
        try folder.writeLibrary(chapter: chapter + "            \(tiers)\n", header: header)
        #expect(try folder.told() == ["1.yaml:13 criterion.with-tiers"])
    }
}
