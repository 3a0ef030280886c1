import Standards
import Testing
import Vocabulary

@Suite("Tiers, rows judged alike and what a pack asks of every activity")
struct TierTests {
    private let intensity = FactID("intensity")
    private let permitted = Examples.permitted
    private let safeguards = FactID("safeguards")
    private let both = [Tier(id: "green", name: Examples.words()), Tier(id: "amber", name: Examples.words())]

    private func verdict(
        _ item: Item, row: Int? = nil, _ values: [FactID: FactValue] = [:], general: Criterion? = nil,
        terms: GeneralTerms = .shown
    ) throws -> Verdict {
        let pack = try Examples.pack([item], general: general, tiers: both)
        return pack.verdict(
            on: item.code, activity: row, facts: Examples.sheet(values), year: 2026, general: terms)
    }

    private func atMost(_ text: String) throws -> Criterion { try Examples.compare(intensity, .atMost, text) }

    // MARK: Tiers

    @Test(
        "The verdict names the best tier that is met",
        arguments: [
            (50, VerdictKind.aligned, "green"), (100, .aligned, "green"), (101, .aligned, "amber"),
            (200, .aligned, "amber"), (201, .notAligned, nil), (nil, .eligible, nil),
        ] as [(Double?, VerdictKind, String?)])
    func bestTier(value: Double?, kind: VerdictKind, tier: String?) throws {
        let item = try Examples.item("1.1.1", tiers: [[("green", try atMost("100")), ("amber", try atMost("200"))]])
        let found = try verdict(item, value.map { [intensity: .number($0)] } ?? [:])
        #expect(found.kind == kind)
        #expect(found.tier == tier)
        #expect(found.findings.map(\.tier) == [tier])
        #expect(found.missing == (kind == .eligible ? [intensity] : []))
    }

    @Test("The header says which tier is better, not the order in which a row lists them")
    func headerOrder() throws {
        let item = try Examples.item("1.1.1", tiers: [[("amber", try atMost("200")), ("green", try atMost("100"))]])
        #expect(try verdict(item, [intensity: .number(50)]).tier == "green")
        #expect(try verdict(item, [intensity: .number(150)]).tier == "amber")
    }

    @Test("An activity with amber alone never becomes green")
    func amberOnly() throws {
        let item = try Examples.item("1.1.1", tiers: [[("amber", .holds(permitted))]])
        #expect(try verdict(item, [permitted: .yesNo(true)]).tier == "amber")
        #expect(try verdict(item, [permitted: .yesNo(true)]).kind == .aligned)
        let failed = try verdict(item, [permitted: .yesNo(false)])
        #expect(failed.tier == nil && failed.kind == .notAligned)
        #expect(failed.failures.map(\.fact) == [permitted])
    }

    @Test("Rows that reach different tiers have none in common; a known row has its own")
    func differentTiers() throws {
        let item = try Examples.item(
            "1.1.1",
            tiers: [[("green", try atMost("100"))], [("green", try atMost("10")), ("amber", try atMost("100"))]])
        let facts: [FactID: FactValue] = [intensity: .number(50)]
        #expect(try verdict(item, facts).kind == .aligned)
        #expect(try verdict(item, facts).tier == nil)
        #expect(try verdict(item, row: 1, facts).tier == "green")
        #expect(try verdict(item, row: 2, facts).tier == "amber")
        #expect(try verdict(item, [intensity: .number(5)]).tier == "green")
    }

    @Test("Rows with one condition under different tiers are not judged alike")
    func sameConditionOtherTier() throws {
        let item = try Examples.item(
            "1.1.1", tiers: [[("green", .holds(permitted))], [("amber", .holds(permitted))]])
        let found = try verdict(item, [permitted: .yesNo(true)])
        #expect(found.findings.map(\.rows) == [[1], [2]])
        #expect(found.findings.map(\.tier) == ["green", "amber"])
        #expect(found.tier == nil)
        // One that has no tiers at all reaches none.
        let plain = try Examples.item("1.1.1", [.any([.holds(permitted)])]).activities
        let mixed = Item(
            code: item.code, name: item.name, subject: item.subject, synonyms: [],
            activities: plain + Array(item.activities.dropFirst()))
        #expect(try verdict(mixed, [permitted: .yesNo(true)]).findings.map(\.tier) == [nil, "amber"])
    }

    @Test("A tier that the header does not name is refused with the item")
    func unknownTier() throws {
        let item = try Examples.item("1.1.1", tiers: [[("green", .subject), ("gold", .subject)]])
        #expect(throws: PackFault(.unknownTier, subject: "1.1.1: gold", item: item.code)) {
            try Examples.pack([item], tiers: both)
        }
    }

    // MARK: Rows

    @Test("Rows with the same condition are judged once, in the order of their first")
    func alike() throws {
        let item = try Examples.item("1.1.1", [.holds(permitted), .subject, .holds(permitted), .subject])
        let found = try verdict(item)
        #expect(found.findings.map(\.rows) == [[1, 3], [2, 4]])
        #expect(found.findings.map(\.evaluation.truth) == [.unknown, .met])
        #expect(try verdict(item, row: 3).findings.map(\.rows) == [[3]])
    }

    @Test("See of one row asks for that row alone")
    func seeRow() throws {
        let target = try Examples.code("1.1.2")
        func pack(_ row: Int?) throws -> StandardPack {
            try Examples.pack([
                try Examples.item("1.1.1", [.see(ItemReference(target, row: row))]),
                try Examples.item("1.1.2", [.holds(permitted), .holds(safeguards), .holds(safeguards)]),
            ])
        }
        func kind(_ row: Int?, _ values: [FactID: FactValue]) throws -> VerdictKind {
            try pack(row).verdict(
                on: try Examples.code("1.1.1"), activity: nil, facts: Examples.sheet(values), year: 2026
            ).kind
        }
        #expect(try kind(1, [permitted: .yesNo(true)]) == .aligned)
        #expect(try kind(2, [permitted: .yesNo(true)]) == .eligible)
        #expect(try kind(2, [permitted: .yesNo(true), safeguards: .yesNo(false)]) == .notAligned)
        #expect(try kind(nil, [permitted: .yesNo(true), safeguards: .yesNo(false)]) == .aligned)
        #expect(try pack(3).criterion(of: ItemReference(target, row: 3)) == .holds(safeguards))
        // Of the whole item: each distinct condition once.
        #expect(try pack(nil).criterion(of: ItemReference(target)) == .any([.holds(permitted), .holds(safeguards)]))
        #expect(throws: PackFault(.danglingReference, subject: "1.1.1 → 1.1.2/4", item: try Examples.code("1.1.1"))) {
            try pack(4)
        }
    }

    @Test("See of an item whose rows ask for one thing is that one condition")
    func seeCommon() throws {
        let item = try Examples.item("1.1.1", [.holds(permitted), .holds(permitted)])
        #expect(try Examples.pack([item]).criterion(of: ItemReference(item.code)) == .holds(permitted))
        #expect(try Examples.pack([item]).criterion(of: ItemReference(try Examples.code("1.1.9"))) == nil)
    }

    // MARK: What is asked of every activity

    @Test("What the pack asks of every activity has to be shown, or is vouched for; a no counts either way")
    func general() throws {
        let item = try Examples.item("1.1.1", [.holds(permitted)])
        let yes = FactValue.yesNo(true)
        let no = FactValue.yesNo(false)
        let table: [(own: FactValue?, common: FactValue?, shown: VerdictKind, vouched: VerdictKind)] = [
            (yes, yes, .aligned, .aligned), (yes, nil, .eligible, .aligned), (yes, no, .notAligned, .notAligned),
            (nil, yes, .eligible, .eligible), (nil, nil, .eligible, .eligible), (nil, no, .notAligned, .notAligned),
            (no, yes, .notAligned, .notAligned), (no, nil, .notAligned, .notAligned),
            (no, no, .notAligned, .notAligned),
        ]
        for (own, common, shown, vouched) in table {
            var values: [FactID: FactValue] = [:]
            values[permitted] = own
            values[safeguards] = common
            for (terms, kind) in [(GeneralTerms.shown, shown), (.vouched, vouched)] {
                let found = try verdict(item, values, general: .holds(safeguards), terms: terms)
                #expect(found.kind == kind, "\(values) \(terms)")
                // The finding is there to be read whichever way it is taken.
                #expect(found.general?.truth == common.map { $0 == yes ? .met : .notMet } ?? .unknown)
                #expect(found.leaves.map(\.fact) == [permitted, safeguards])
                var missing: [FactID] = []
                if kind == .eligible, own == nil { missing.append(permitted) }
                if kind == .eligible, common == nil, terms == .shown { missing.append(safeguards) }
                #expect(found.missing == missing, "\(values) \(terms)")
                #expect(found.failures.isEmpty == (kind != .notAligned))
            }
        }
    }

    @Test("A breach of what is asked of every activity is the failure that is told")
    func generalFailure() throws {
        let item = try Examples.item("1.1.1", [.holds(permitted)])
        let found = try verdict(
            item, [permitted: .yesNo(true), safeguards: .yesNo(false)], general: .holds(safeguards), terms: .vouched)
        #expect(found.failures.map(\.fact) == [safeguards])
        let own = try verdict(item, [permitted: .yesNo(false)], general: .holds(safeguards))
        #expect(own.failures.map(\.fact) == [permitted])
    }

    @Test("A fact that both the row and the pack ask for is missing once")
    func missingOnce() throws {
        let item = try Examples.item("1.1.1", [.holds(permitted)])
        let found = try verdict(item, general: .all([.holds(permitted), .holds(safeguards)]))
        #expect(found.missing == [permitted, safeguards])
    }

    @Test("Where the row's own condition is not in the pack, what is asked of every activity decides nothing")
    func generalAlone() throws {
        let item = try Examples.item("1.1.1", [nil])
        for terms in GeneralTerms.allCases {
            let found = try verdict(
                item, [safeguards: .yesNo(false)], general: .holds(safeguards), terms: terms)
            #expect(found.kind == .eligible && found.general == nil && found.leaves.isEmpty)
        }
    }
}
