import Standards
import Testing
import Vocabulary

@Suite("What an author of a pack is told to look at")
struct PackFindingsTests {
    private let capacity = Examples.capacity
    private let permitted = Examples.permitted
    private let technology = Examples.technology

    /// Each finding as `reason place: subject`.
    private func findings(_ pack: StandardPack) throws -> [String] {
        pack.findings(try Examples.dictionary()).map { finding in
            let arguments = finding.message.arguments
            #expect(finding.message.key == finding.reason.rawValue)
            return "\(finding.reason) \(arguments["place"] ?? "?"): \(arguments["subject"] ?? "?")"
        }
    }

    private func findings(_ criteria: Criterion?...) throws -> [String] {
        try findings(try Examples.pack([try Examples.item("1.1.1", criteria)]))
    }

    private func atLeast(_ text: String) throws -> Criterion { try Examples.compare(capacity, .atLeast, text) }

    private func below(_ text: String) throws -> Criterion { try Examples.compare(capacity, .less, text) }

    // MARK: Conditions

    @Test("A pack without fault has no findings")
    func nothing() throws {
        #expect(try findings(.subject, .holds(permitted), .any([.holds(permitted), try atLeast("5 kW")])).isEmpty)
    }

    @Test("A condition that contradicts itself is told with its row and in the words of the pack")
    func contradictory() throws {
        #expect(
            try findings(.subject, .all([try atLeast("5 kW"), try below("3 kW")]))
                == ["contradictory 1.1.1/2: all[installed_capacity >= 5 kW, installed_capacity < 3 kW]"])
        #expect(
            try findings(.all([.oneOf(technology, ["onshore"]), .oneOf(technology, ["offshore"])]))
                == ["contradictory 1.1.1/1: all[technology ∈ {onshore}, technology ∈ {offshore}]"])
        #expect(
            try findings(.all([.holds(permitted), .not(.holds(permitted))]))
                == ["contradictory 1.1.1/1: all[permitted, not permitted]"])
        #expect(
            try findings(try Examples.compare(Examples.stars, .greater, "3")) == ["contradictory 1.1.1/1: stars > 3"])
    }

    @Test("An alternative out of reach is told where the rest can be met")
    func unreachable() throws {
        #expect(
            try findings(.all([try atLeast("5 kW"), .any([try below("3 kW"), .holds(permitted)])]))
                == ["unreachable 1.1.1/1: installed_capacity < 3 kW"])
        #expect(
            try findings(
                .any([.holds(permitted), .until(year: 2030, .any([try below("0 kW"), try atLeast("1 kW")]))]))
                == ["unreachable 1.1.1/1: installed_capacity < 0 kW"])
    }

    @Test("A condition that every value meets is told, the subject alone and what is met through another item is not")
    func alwaysMet() throws {
        #expect(try findings(try atLeast("0 kW")) == ["alwaysMet 1.1.1/1: installed_capacity >= 0 kW"])
        #expect(
            try findings(.any([.holds(permitted), .not(.holds(permitted))]))
                == ["alwaysMet 1.1.1/1: any[permitted, not permitted]"])
        let other = try Examples.item("1.1.2", [.see(ItemReference(try Examples.code("1.1.1")))])
        #expect(try findings(try Examples.pack([try Examples.item("1.1.1", [.subject]), other])).isEmpty)
    }

    @Test("A condition is looked at in each year in which it changes")
    func years() throws {
        // Nobody meets it from 2030 on, which is no fault; nor is a threshold that starts after the pack.
        #expect(
            try findings(
                .all([
                    try Examples.compare(capacity, .atMost, steps: [2022: "10 kW", 2030: "1 kW"]), try atLeast("5 kW"),
                ])
            ).isEmpty)
        #expect(
            try findings(
                .all([
                    try Examples.compare(capacity, .atMost, steps: [2022: "1 kW", 2030: "10 kW"]), try atLeast("5 kW"),
                ])
            ).isEmpty)
        #expect(try findings(.until(year: 2020, .holds(permitted))).isEmpty)
        #expect(
            try findings(.until(year: 2030, .all([.holds(permitted), .not(.holds(permitted))]))) == [
                "contradictory 1.1.1/1: until 2030: all[permitted, not permitted]"
            ])
    }

    @Test("The years of another item count where a condition refers to it")
    func yearsBehindReference() throws {
        // The other item admits 5 kW from 2030 on.
        let stepping = try Examples.compare(capacity, .atMost, steps: [2022: "1 kW", 2030: "10 kW"])
        let pack = try Examples.pack([
            try Examples.item("1.1.1", [.all([.see(ItemReference(try Examples.code("1.1.2"))), try atLeast("5 kW")])]),
            try Examples.item("1.1.2", [.see(ItemReference(try Examples.code("1.1.3")))]),
            try Examples.item("1.1.3", [stepping]),
        ])
        #expect(try findings(pack).isEmpty)
    }

    @Test("A reference carries the other item's condition into the check")
    func references() throws {
        let pack = try Examples.pack([
            try Examples.item("1.1.1", [.all([.see(ItemReference(try Examples.code("1.1.2"))), try below("3 kW")])]),
            try Examples.item("1.1.2", [try atLeast("5 kW")]),
        ])
        #expect(try findings(pack) == ["contradictory 1.1.1/1: all[see 1.1.2, installed_capacity < 3 kW]"])
    }

    @Test("Of rows with one condition it is told once; each tier is looked at for itself")
    func once() throws {
        let impossible = Criterion.all([.holds(permitted), .not(.holds(permitted))])
        #expect(try findings(impossible, .subject, impossible).count == 1)
        let item = try Examples.item("1.1.1", tiers: [[("green", impossible), ("amber", .holds(permitted))]])
        let tiers = [Tier(id: "green", name: Examples.words()), Tier(id: "amber", name: Examples.words())]
        #expect(
            try findings(try Examples.pack([item], tiers: tiers))
                == ["contradictory 1.1.1/1: all[permitted, not permitted]"])
    }

    @Test("A row without a condition is told")
    func noCriterion() throws {
        #expect(try findings(.subject, nil, nil) == ["noCriterion 1.1.1/2: ", "noCriterion 1.1.1/3: "])
    }

    @Test("A condition is put into the words of a pack")
    func outline() throws {
        let criterion = Criterion.any([
            .subject, .complies(standard: "GB 1", .conforms), .complies(standard: "GB 1", .grade(atLeast: 2)),
            .complies(standard: "GB 1", .level("target")), .see(ItemReference(try Examples.code("1.1.2"), row: 3)),
            try Examples.compare(capacity, .less, steps: [2022: "3 kW", 2030: "1 kW"]),
        ])
        #expect(
            criterion.outline
                == "any[subject, GB 1, GB 1 ≤ 2, GB 1 target, see 1.1.2/3, installed_capacity < 2022: 3 kW, 2030: 1 kW]"
        )
    }

    // MARK: Numbering

    @Test("A number left out is told at the item after the gap, one at the start too")
    func gaps() throws {
        let items = try ["1.1.2", "1.1.3", "1.1.6"].map { try Examples.item($0, [.subject]) }
        #expect(try findings(try Examples.pack(items)) == ["gap 1.1.2: 1.1.1", "gap 1.1.6: 1.1.4"])
    }

    @Test("A chapter or a group left out is told")
    func headingGaps() throws {
        let items = try ["1.1.1", "1.3.1", "3.1.1"].map { try Examples.item($0, [.subject]) }
        let pack = try Examples.pack(items, chapters: ["1", "3"], groups: ["1.1", "1.3", "3.1"])
        #expect(try findings(pack) == ["gap 1.3: 1.2", "gap 3: 2"])
    }

    @Test("Headings that stand twice, and those under which nothing stands, are told by their code")
    func headings() throws {
        let item = try Examples.item("1.1.1", [.subject])
        let pack = try Examples.pack([item], chapters: ["1", "2"], groups: ["1.1", "1.1", "1.2"])
        #expect(try findings(pack) == ["duplicateHeading 1.1: 1.1", "emptyHeading 2: 2", "emptyHeading 1.2: 1.2"])
        // In a catalogue of two levels the chapters hold the items.
        let flat = try Examples.item("1.1", [.subject])
        #expect(try findings(try Examples.pack([flat], groups: [])).isEmpty)
    }

    // MARK: Words

    @Test(
        "English keeps Chinese only where it quotes it, and Chinese is not the English again",
        arguments: [
            ("风电", "wind power", true), ("风电", "wind 风电", false), ("风电", "风电", false),
            ("风电", "wind power (风电)", true), ("风电", "“风电”", true), ("风电", "\"风电\" as printed", true),
            ("风电", "the \"风电\" farm 风场", false), ("风电", "farmers’ wind power (风电)", true),
            ("风电", "(a) (b) 风电", false), ("风电", "a) 风电", false), ("风电", "a) wind (风电)", true),
            ("wind", "wind", false), ("GB 1", "GB 1", true), ("风电 wind", "wind", true),
        ])
    func translated(zh: String, en: String, isTranslated: Bool) {
        #expect(BilingualText(zh: zh, en: en).isTranslated == isTranslated, "\(zh) \(en)")
    }

    @Test("Words left untranslated are told with the place where they stand")
    func untranslated() throws {
        let chinese = BilingualText(zh: "风电", en: "风电")
        let words = Examples.words()
        let item = Item(
            code: try Examples.code("1.1.1"), name: chinese, subject: words, synonyms: [],
            activities: [
                Activity(
                    row: 1, industry: "", industryName: "", mark: .none, subject: words, criterion: .subject,
                    note: BilingualText(zh: "ab", en: "ab")),
                // A note may quote what the source prints.
                Activity(
                    row: 2, industry: "", industryName: "", mark: .none, subject: chinese, criterion: .subject,
                    note: BilingualText(zh: "原文", en: "printed 原文")),
            ])
        let pack = try StandardPack(
            header: PackHeader(
                id: "test", version: "1", name: chinese, issuer: words, documentNumber: "1",
                effective: try CalendarDate.parse("2025-10-01"), jurisdictions: ["CN"], source: words,
                verification: .example, tiers: [Tier(id: "green", name: chinese)], objectives: [chinese]),
            chapters: [Heading(code: "1", name: chinese)], groups: [Heading(code: "1.1", name: words)], items: [item])
        #expect(
            try findings(pack) == [
                "untranslated : 风电", "untranslated : 风电", "untranslated : 风电", "untranslated 1: 风电",
                "untranslated 1.1.1: 风电", "untranslated 1.1.1/1: ab", "untranslated 1.1.1/2: 风电",
            ])
    }
}
