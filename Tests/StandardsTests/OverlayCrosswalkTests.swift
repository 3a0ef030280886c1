import Standards
import Testing
import Vocabulary

@Suite("Crosswalks of a catalogue hold for its overlays")
struct OverlayCrosswalkTests {
    private let permitted = Examples.permitted
    private let other = FactID("other")
    private let why = Examples.words("因", "reason")

    private func code(_ text: String) throws -> ItemCode { try Examples.code(text) }

    /// The catalogue `test`, a foreign standard linked to it, and two overlays; both add an item and the first an activity.
    private func packs() throws -> (all: [StandardPack], crosswalks: CrosswalkTable) {
        let base = try Examples.pack([
            try Examples.item("1.1.1", [.holds(permitted)]), try Examples.item("1.1.2", [.holds(permitted)]),
        ])
        let abroad = try StandardPack(
            header: PackHeader(
                id: "abroad", version: "1", name: why, issuer: why, documentNumber: "1",
                effective: base.header.effective, jurisdictions: ["EU"], source: why, verification: .example),
            chapters: [Heading(code: "1", name: why)], groups: [Heading(code: "1.1", name: why)],
            items: [try Examples.item("1.1.7", [.holds(permitted)])])
        func overlay(_ id: String, _ change: OverlayChange.Kind) throws -> StandardPack {
            var overlay = try Overlay(OverlayTests.header(id), of: base)
            try overlay.change(ItemReference(try code("1.1.1")), OverlayChange(change, because: why))
            try overlay.add(try Examples.item("1.1.9", [.subject]), because: why)
            if id == "one" {
                try overlay.add(
                    try Examples.item("1.1.1", [.subject]).activities[0], to: try code("1.1.1"), because: why)
            }
            return try overlay.pack()
        }
        let all = [
            base, abroad, try overlay("one", .tightened(.holds(other))),
            try overlay("two", .forbidden(when: .holds(other))),
        ]
        let link = CrosswalkLink(
            from: ItemReference(try code("1.1.1")), to: ItemReference(try code("1.1.7")), relation: .narrower)
        let crosswalk = Crosswalk(
            id: "test--abroad", from: "test", to: "abroad", verification: .example, source: why, links: [link])
        return (all, CrosswalkTable([crosswalk], packs: all))
    }

    @Test("An overlay's item is found abroad by the link of its catalogue, and the other way round")
    func links() throws {
        let (_, crosswalks) = try packs()
        let abroad = crosswalks.counterparts(of: ItemReference(try code("1.1.1")), in: "one", under: "abroad")
        #expect(abroad.map(\.reference.item.text) == ["1.1.7"] && abroad.first?.relation == .narrower)
        let back = crosswalks.counterparts(of: ItemReference(try code("1.1.7")), in: "abroad", under: "one")
        #expect(back.map(\.reference.item.text) == ["1.1.1"] && back.first?.relation == .wider)
    }

    @Test("Overlays of one catalogue and the catalogue itself have the identical item")
    func identical() throws {
        let (_, crosswalks) = try packs()
        let item = ItemReference(try code("1.1.1"), row: 1)
        for (from, to) in [("one", "test"), ("test", "two"), ("one", "two")] {
            let found = crosswalks.counterparts(of: item, in: from, under: to)
            #expect(found.map(\.reference) == [item])
            #expect(found.first?.relation == .equal && found.first?.path.isEmpty == true)
        }
    }

    @Test("What an overlay added has no counterpart, even where another overlay uses the same code")
    func added() throws {
        let (_, crosswalks) = try packs()
        for target in ["test", "two", "abroad"] {
            for reference in [ItemReference(try code("1.1.9")), ItemReference(try code("1.1.1"), row: 2)] {
                #expect(crosswalks.counterparts(of: reference, in: "one", under: target).isEmpty)
            }
        }
    }

    @Test("A project that is stated under the catalogue is judged under its overlays and abroad")
    func project() throws {
        let (packs, crosswalks) = try packs()
        let dictionary = try FactDictionary([permitted, other].map { Examples.definition($0, .yesNo) })
        let judge = ProjectJudge(
            packs: packs, crosswalks: crosswalks, dictionary: dictionary, day: try CalendarDate.parse("2026-06-30"))
        for stated in ["test", "one", "two"] {
            let project = ProjectDossier(
                id: "p", name: "p", about: "", borrower: "", subjects: [stated: ItemReference(try code("1.1.1"))],
                facts: Examples.sheet([permitted: .yesNo(true), other: .yesNo(false)]))
            let kinds = judge.judge(project).judgements.map(\.verdict.kind)
            #expect(kinds == [.aligned, .aligned, .notAligned, .aligned], "stated under \(stated)")
        }
    }

    @Test("From catalogue to overlay the region's own facts are asked, and what it forbids is not recognised")
    func recognition() throws {
        let (packs, crosswalks) = try packs()
        let dictionary = try FactDictionary([permitted, other].map { Examples.definition($0, .yesNo) })
        let rule = RecognitionRule(dictionary: dictionary, crosswalks: crosswalks, year: 2026)
        let verdict = packs[0].verdict(
            on: try code("1.1.1"), activity: nil, facts: Examples.sheet([permitted: .yesNo(true)]), year: 2026)
        let tighter = rule.recognise(verdict, under: packs[0], by: packs[2])
        #expect(tighter.outcome == .withFurtherFacts && tighter.further == [other])
        var overlay = try Overlay(OverlayTests.header("three"), of: packs[0])
        try overlay.change(ItemReference(try code("1.1.1")), OverlayChange(.forbidden(when: nil), because: why))
        let third = try overlay.pack()
        let banned = RecognitionRule(
            dictionary: dictionary, crosswalks: CrosswalkTable([], packs: packs + [third]), year: 2026
        ).recognise(verdict, under: packs[0], by: third)
        #expect(banned.outcome == .notRecognised && banned.refusal == .conditionFails)
        #expect(banned.failures == [.never])
    }
}
