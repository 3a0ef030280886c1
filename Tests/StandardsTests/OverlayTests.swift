import Standards
import Testing
import Vocabulary

@Suite("A region's overlay on a national catalogue")
struct OverlayTests {
    private let permitted = Examples.permitted
    private let capacity = Examples.capacity
    private let why = Examples.words("水少", "water is scarce")

    static func header(
        _ id: String = "region", effective: String = "2026-01-01"
    ) throws -> PackHeader {
        PackHeader(
            id: id, version: "1", name: Examples.words(), issuer: Examples.words("某地", "a region"),
            documentNumber: "1", effective: try CalendarDate.parse(effective), jurisdictions: ["CN-50"],
            source: Examples.words(), verification: .example)
    }

    private func base() throws -> StandardPack {
        try Examples.pack([
            try Examples.item("1.1.1", [.holds(permitted), .subject]),
            try Examples.item("1.1.2", [.see(ItemReference(try Examples.code("1.1.1"), row: 1))]),
            try Examples.item("1.1.3", [nil]),
        ])
    }

    private func place(_ code: String, row: Int? = nil) throws -> ItemReference {
        ItemReference(try Examples.code(code), row: row)
    }

    private func overlaid(_ place: ItemReference, _ kind: OverlayChange.Kind) throws -> StandardPack {
        var overlay = try Overlay(Self.header(), of: try base())
        try overlay.change(place, OverlayChange(kind, because: why))
        return try overlay.pack()
    }

    private func verdict(
        _ pack: StandardPack, _ place: ItemReference, _ facts: [FactID: FactValue] = [:]
    ) -> Verdict {
        pack.verdict(on: place.item, activity: place.row, facts: Examples.sheet(facts), year: 2026)
    }

    @Test("It has its own name and the catalogue's rules: general terms, tiers, predecessor and days of the editions")
    func header() throws {
        let general = Criterion.holds(permitted)
        let catalogue = try Examples.pack([try Examples.item("1.1.1", [.subject])], general: general)
        let pack = try Overlay(Self.header(), of: catalogue).pack()
        #expect(pack.id == "region" && pack.header.overlayOf == "test" && pack.header.catalogue == "test")
        #expect(pack.header.general == general)
        #expect(pack.header.predecessor == "older")
        #expect(pack.header.catalogueEffective == catalogue.header.effective)
        #expect(catalogue.header.overlayOf == nil && catalogue.header.catalogue == "test")
        #expect(catalogue.header.catalogueEffective == catalogue.header.effective)
    }

    @Test("Tightened: the catalogue's condition and the region's both, and the verdict says who asks and why")
    func tighten() throws {
        let place = try place("1.1.1", row: 1)
        let asked = try Criterion.compare(capacity, .atLeast, Threshold(Quantity.parse("5 kW")))
        let pack = try overlaid(place, .tightened(asked))
        #expect(verdict(pack, place, [permitted: .yesNo(true), capacity: .number(6)]).kind == .aligned)
        #expect(verdict(pack, place, [permitted: .yesNo(false), capacity: .number(6)]).kind == .notAligned)
        let open = verdict(pack, place, [permitted: .yesNo(true)])
        #expect(open.kind == .eligible && open.missing == [capacity])
        let failed = verdict(pack, place, [permitted: .yesNo(true), capacity: .number(4)])
        #expect(failed.kind == .notAligned)
        #expect(failed.failedChanges == [OverlayChange(.tightened(asked), because: why)])
        let finding = try #require(failed.findings.first)
        #expect(finding.ofCatalogue.truth == .met && finding.ofCatalogue.criterion == .holds(permitted))
        #expect(finding.ofChanges.map { $0.evaluation?.truth } == [.notMet])
        let said = finding.changes[0].message(by: pack.header.issuer, in: .en)
        #expect(
            said == Message(key: "overlay.tightened", arguments: ["who": "a region", "because": "water is scarce"]))
        // The other row and the catalogue itself are what they were.
        #expect(verdict(pack, try self.place("1.1.1", row: 2)).kind == .aligned)
        #expect(try base()[place.item]?.activities[0].changes == [])
    }

    @Test("Held against its catalogue a row that it adds stands by itself, and the others are stricter or equal")
    func compared() throws {
        let catalogue = try base()
        var overlay = try Overlay(Self.header(), of: catalogue)
        let code = try Examples.code("1.1.2")
        let row = try overlay.add(try Examples.item("1.1.2", [.holds(permitted)]).activities[0], to: code, because: why)
        let limit = try Criterion.compare(capacity, .atLeast, Threshold(Quantity.parse("5 kW")))
        try overlay.change(try place("1.1.1", row: 1), OverlayChange(.tightened(limit), because: why))
        let region = try overlay.pack()
        let dictionary = try Examples.dictionary()
        func diff(_ one: StandardPack, _ other: StandardPack) -> StandardDiff {
            StandardDiffRule(
                one, other, crosswalks: CrosswalkTable([], packs: [catalogue, region]), dictionary: dictionary
            )
            .diff()
        }
        let forth = diff(catalogue, region)
        #expect(forth.pairs.map(\.change) == [.stricter, .equal, .notStated])
        #expect(forth.pairs.allSatisfy { $0.relation == .equal })
        #expect(forth.pairs.map(\.onlyInSecond) == [[], [row], []])
        #expect(forth.pairs.allSatisfy { $0.onlyInFirst.isEmpty })
        let back = diff(region, catalogue)
        #expect(back.pairs.map(\.change) == [.looser, .equal, .notStated])
        #expect(back.pairs.map(\.onlyInFirst) == [[], [row], []])
    }

    @Test("Forbidden: the item stays, nothing is aligned there, and the reason stands beside what the catalogue asks")
    func forbid() throws {
        let place = try place("1.1.1", row: 1)
        let pack = try overlaid(place, .forbidden(when: nil))
        let found = verdict(pack, place, [permitted: .yesNo(true)])
        #expect(found.kind == .notAligned && found.missing.isEmpty)
        #expect(found.failedChanges.map(\.because) == [why])
        #expect(found.findings.first?.ofCatalogue.truth == .met)
        #expect(found.failures.map(\.criterion) == [.never])
        #expect(Criterion.never.outline == "never")
        // Even where a fact is still open: nothing that is shown can help.
        #expect(verdict(pack, place).kind == .notAligned)
    }

    @Test("Forbidden in a case: not aligned where it holds, to be shown where it is not known")
    func forbidWhen() throws {
        let place = try place("1.1.1", row: 2)
        let pack = try overlaid(place, .forbidden(when: .holds(permitted)))
        #expect(verdict(pack, place, [permitted: .yesNo(false)]).kind == .aligned)
        #expect(verdict(pack, place, [permitted: .yesNo(true)]).kind == .notAligned)
        #expect(verdict(pack, place).missing == [permitted])
    }

    @Test("Preferred: the verdict is the catalogue's, and the preference is told with it")
    func prefer() throws {
        let place = try place("1.1.1")
        let pack = try overlaid(place, .preferred)
        for value in [true, false] {
            let facts = [permitted: FactValue.yesNo(value)]
            #expect(verdict(pack, place, facts).kind == verdict(try base(), place, facts).kind)
        }
        #expect(verdict(pack, place).preferences == [OverlayChange(.preferred, because: why)])
        #expect(verdict(try base(), place).preferences.isEmpty)
    }

    @Test("An item whose condition is not known stays without, whatever the region asks")
    func unknownCondition() throws {
        let place = try place("1.1.3")
        let pack = try overlaid(place, .tightened(.holds(permitted)))
        #expect(verdict(pack, place, [permitted: .yesNo(true)]).kind == .eligible)
    }

    @Test("Of an item every row is changed, and rows that are changed otherwise are told apart")
    func wholeItem() throws {
        var overlay = try Overlay(Self.header(), of: try base())
        let rows = try overlay.change(try place("1.1.1"), OverlayChange(.tightened(.holds(capacity)), because: why))
        #expect(rows.map(\.row) == [1, 2] && rows.map(\.position) == [0, 0])
        try overlay.change(try place("1.1.1", row: 2), OverlayChange(.preferred, because: why))
        let pack = try overlay.pack()
        #expect(verdict(pack, try place("1.1.1")).findings.map(\.rows) == [[1], [2]])
        #expect(
            verdict(pack, try place("1.1.1", row: 2)).findings[0].ofChanges.map { $0.evaluation != nil } == [
                true, false,
            ])
    }

    @Test("What another item refers to is what the catalogue's issuer wrote")
    func references() throws {
        let pack = try overlaid(try place("1.1.1", row: 1), .forbidden(when: nil))
        #expect(verdict(pack, try place("1.1.2"), [permitted: .yesNo(true)]).kind == .aligned)
        var overlay = try Overlay(
            Self.header(),
            of: try Examples.pack([
                try Examples.item("1.1.1", [.holds(permitted)]),
                try Examples.item("1.1.2", [.see(ItemReference(try Examples.code("1.1.1")))]),
                try Examples.item("1.1.3", [.not(.see(ItemReference(try Examples.code("1.1.1"))))]),
            ]))
        let row = try overlay.add(
            try Examples.item("1.1.1", [.subject]).activities[0], to: try Examples.code("1.1.1"), because: why)
        #expect(row == 2)
        try overlay.change(try place("1.1.1", row: 1), OverlayChange(.tightened(.holds(capacity)), because: why))
        let widened = try overlay.pack()
        // One more activity is not one more way to meet the reference, and asking more does not loosen what must not be.
        #expect(verdict(widened, try place("1.1.2")).kind == .eligible)
        #expect(verdict(widened, try place("1.1.3"), [permitted: .yesNo(true)]).kind == .notAligned)
    }

    @Test("Added: an item in its own group, and an activity that counts only where it is named")
    func add() throws {
        var overlay = try Overlay(Self.header(), of: try base())
        try overlay.add(Heading(code: "1.9", name: Examples.words()))
        try overlay.add(try Examples.item("1.9.1", [.holds(permitted)]), because: why)
        try overlay.add(
            try Examples.item("1.1.1", [.holds(capacity)], marks: [.enabling]).activities[0],
            to: try Examples.code("1.1.1"), because: why)
        let pack = try overlay.pack()
        let added = verdict(pack, try place("1.9.1"), [permitted: .yesNo(true)])
        #expect(added.kind == .aligned)
        #expect(added.findings[0].changes == [OverlayChange(.added, because: why)])
        #expect(verdict(pack, try place("1.1.1"), [permitted: .yesNo(true)]).kind == .aligned)
        #expect(verdict(pack, try place("1.1.1", row: 3)).missing == [capacity])
        #expect(pack[try Examples.code("1.1.1")]?.commonMark == .direct)
        #expect(pack[try Examples.code("1.9.1")]?.isAdded == true)
        #expect(pack[try Examples.code("1.1.1")]?.isAdded == false)
    }

    @Test("What cannot be meant is refused")
    func faults() throws {
        func reason(_ body: (inout Overlay) throws -> Void) throws -> PackFault.Reason? {
            var overlay = try Overlay(Self.header(), of: try base())
            do {
                try body(&overlay)
                _ = try overlay.pack()
                return nil
            } catch let fault as PackFault {
                return fault.reason
            }
        }
        let ban = OverlayChange(.forbidden(when: nil), because: why)
        let tighter = OverlayChange(.tightened(.holds(permitted)), because: why)
        let first = try place("1.1.1", row: 1)
        #expect(try reason { try $0.change(try place("1.1.9"), ban) } == .overlayUnknownItem)
        #expect(try reason { try $0.change(try place("1.1.1", row: 9), ban) } == .overlayUnknownItem)
        #expect(try reason { try $0.add(try Examples.item("1.1.1", [.subject]), because: why) } == .overlayItemExists)
        #expect(try reason { try $0.add(try Examples.item("1.9.1", [.subject]), because: why) } == .overlayUnknownGroup)
        #expect(try reason { try $0.add(Heading(code: "1.1", name: why)) } == .overlayGroupExists)
        #expect(try reason { try $0.add(Heading(code: "9.1", name: why)) } == .overlayUnknownGroup)
        for second in [tighter, OverlayChange(.preferred, because: why)] {
            #expect(try reason { for change in [ban, second] { try $0.change(first, change) } } == .overlayForbidden)
            #expect(try reason { for change in [second, ban] { try $0.change(first, change) } } == .overlayForbidden)
            #expect(try reason { for change in [second, second] { try $0.change(first, change) } } == .overlayTwice)
        }
        #expect(
            try reason {
                try $0.change(try place("1.1.2"), ban)
                try $0.add(
                    try Examples.item("1.1.2", [.subject]).activities[0], to: try Examples.code("1.1.2"), because: why)
            } == .overlayForbidden)
        let dangling = Criterion.see(try place("1.1.9"))
        #expect(
            try reason { try $0.change(first, OverlayChange(.tightened(dangling), because: why)) } == .danglingReference
        )
        let pack = try Overlay(Self.header(), of: try base()).pack()
        #expect(throws: PackFault(.overlayOfOverlay, subject: "region")) { try Overlay(Self.header("two"), of: pack) }
        do {
            _ = try Overlay(Self.header(effective: "2025-09-30"), of: try base())
            Issue.record("an overlay took effect before its catalogue")
        } catch let fault as PackFault {
            #expect(fault.reason == .overlayBeforeBase)
        }
    }

    @Test("Its changes hold from the day on which it took effect; the editions are the catalogue's")
    func days() throws {
        let pack = try Overlay(Self.header(), of: try base()).pack()
        func loan(_ day: String) throws -> Business { .loan(approved: try CalendarDate.parse(day), drawn: nil) }
        #expect(pack.changesHold(for: try loan("2026-01-01")))
        #expect(!pack.changesHold(for: try loan("2025-12-31")))
        #expect(pack.changesHold(for: .loan(approved: nil, drawn: nil)))
        #expect(
            !pack.changesHold(for: .bond(registered: nil, filed: try CalendarDate.parse("2025-12-31"))))
        for day in ["2024-05-01", "2025-09-30", "2025-10-01", "2025-12-31", "2026-01-01"] {
            let transition = pack.header.transition
            let (own, national) = (try loan(day), try base())
            #expect(pack.applicability(of: own, transition) == national.applicability(of: own, transition))
        }
    }
}
