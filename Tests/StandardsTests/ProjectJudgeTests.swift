import Standards
import Testing
import Vocabulary

@Suite("One project under several standards")
struct ProjectJudgeTests {
    private let permitted = Examples.permitted
    private let technology = Examples.technology

    private func at(_ code: String, row: Int? = nil) throws -> ItemReference { try SmallStandards.at(code, row: row) }

    private func judge(
        _ packs: [StandardPack], _ crosswalks: [Crosswalk] = [], on day: String = "2026-06-30",
        dictionary: FactDictionary? = nil
    ) throws -> ProjectJudge {
        ProjectJudge(
            packs: packs, crosswalks: CrosswalkTable(crosswalks), dictionary: try dictionary ?? Examples.dictionary(),
            day: try CalendarDate.parse(day))
    }

    private func origin(_ judgement: StandardJudgement?) -> String {
        switch judgement?.origin {
        case .stated: "stated"
        case .words(let probability): "words \(probability)"
        case .crosswalk(let from, let item, let counterpart):
            "\(from) \(item) \(counterpart.relation.rawValue) \(counterpart.path.count)"
        case nil: "none"
        }
    }

    @Test("Every standard says something, in the order given: of a subject that it lacks, that it is not covered")
    func everyStandard() throws {
        let packs = try ["a", "b", "c"].map { try SmallStandards.pack($0, ["1.1.1": [.holds(permitted)]]) }
        let found = try judge(packs).judge(
            SmallStandards.project(["b": try at("1.1.1")], [permitted: Fact(.yesNo(true))]))
        #expect(found.judgements.map(\.standard) == ["a", "b", "c"])
        #expect(found.judgements.map(\.verdict.kind) == [.notCovered, .aligned, .notCovered])
        #expect(found.judgements[0].subject == nil && found.judgements[0].origin == nil)
        #expect(found.expired.isEmpty)
    }

    @Test("The subject is what is stated, whatever the words or a crosswalk say")
    func stated() throws {
        let packs = try ["a", "b"].map { try SmallStandards.pack($0, ["1.1.1": [.subject], "1.1.2": [.subject]]) }
        let walk = SmallStandards.crosswalk(
            "a", "b", [SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.2"))])
        let found = try judge(packs, [walk]).judge(
            SmallStandards.project(["a": try at("1.1.1"), "b": try at("1.1.1")]),
            read: ["b": [(try at("1.1.2"), 0.99)]])
        #expect(found.judgements.map(\.subject) == [try at("1.1.1"), try at("1.1.1")])
        #expect(found.judgements.map(origin) == ["stated", "stated"])
    }

    @Test("An item stated under one standard leads to the others; words do not overrule it")
    func crosswalk() throws {
        let packs = try ["a", "b", "c"].map { try SmallStandards.pack($0, ["1.1.1": [.subject], "1.1.2": [.subject]]) }
        let walk = SmallStandards.crosswalk(
            "a", "b", [SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.2"))])
        let found = try judge(packs, [walk]).judge(
            SmallStandards.project(["a": try at("1.1.1")]),
            read: ["b": [(try at("1.1.1"), 0.99)], "c": [(try at("1.1.1"), 0.99)]])
        #expect(try found.judgements[1].subject == at("1.1.2"))
        #expect(origin(found.judgements[1]) == "a 1.1.1 narrower 1")
        #expect(found.judgements[1].verdict.kind == .aligned)
        #expect(found.judgements[2].verdict.kind == .notCovered)
    }

    @Test("Where nothing is stated the words count, and lead to the other standards")
    func words() throws {
        let packs = try ["a", "b"].map { try SmallStandards.pack($0, ["1.1.1": [.subject], "1.1.2": [.subject]]) }
        let walk = SmallStandards.crosswalk(
            "a", "b", [SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.2"))])
        let found = try judge(packs, [walk]).judge(
            SmallStandards.project([:]), read: ["a": [(try at("1.1.1"), 0.9)]])
        #expect(found.judgements.map(origin) == ["words 0.9", "a 1.1.1 equal 1"])
        #expect(found.judgements.map(\.subject) == [try at("1.1.1"), try at("1.1.2")])
        #expect(try judge(packs, [walk]).judge(SmallStandards.project([:])).judgements.allSatisfy { $0.subject == nil })
    }

    @Test("Whose subject merely overlaps is eligible at best, and not aligned where the conditions fail")
    func openSubject() throws {
        for relation in ScopeRelation.allCases {
            let packs = try ["a", "b"].map { try SmallStandards.pack($0, ["1.1.1": [.holds(permitted)]]) }
            let walk = SmallStandards.crosswalk(
                "a", "b", [SmallStandards.link(try at("1.1.1"), relation, try at("1.1.1"))])
            func kinds(_ value: Bool) throws -> [VerdictKind] {
                try judge(packs, [walk]).judge(
                    SmallStandards.project(["a": try at("1.1.1")], [permitted: Fact(.yesNo(value))])
                ).judgements.map(\.verdict.kind)
            }
            #expect(try kinds(true) == [.aligned, relation.isWithin ? .aligned : .eligible])
            #expect(try kinds(false) == [.notAligned, .notAligned])
        }
    }

    @Test("A direct way goes before one through a third standard, a settled one before an overlap")
    func nearest() throws {
        let packs = try ["a", "b", "c"].map { id in
            try SmallStandards.pack(id, ["1.1.1": [.subject], "1.1.2": [.subject], "1.1.3": [.subject]])
        }
        // From a directly an overlap; from c, where the project is stated too, the same item for sure.
        let walks = [
            SmallStandards.crosswalk("a", "b", [SmallStandards.link(try at("1.1.1"), .partial, try at("1.1.2"))]),
            SmallStandards.crosswalk("c", "b", [SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.2"))]),
        ]
        let project = SmallStandards.project(["a": try at("1.1.1"), "c": try at("1.1.1")])
        let found = try judge(packs, walks).judge(project).judgements[1]
        #expect(origin(found) == "c 1.1.1 equal 1")
        #expect(found.verdict.kind == .aligned && found.others.isEmpty)
        // What a third standard leads to counts only where no direct link leads anywhere.
        let further = [
            walks[0],
            SmallStandards.crosswalk("c", "d", [SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.1"))]),
            SmallStandards.crosswalk("d", "b", [SmallStandards.link(try at("1.1.1"), .equal, try at("1.1.3"))]),
        ]
        let direct = try judge(packs, further).judge(project).judgements[1]
        #expect(try direct.subject == at("1.1.2") && direct.others.isEmpty)
        let round = try judge(packs, Array(further.dropFirst())).judge(project).judgements[1]
        #expect(try origin(round) == "c 1.1.1 equal 2" && round.subject == at("1.1.3"))
    }

    @Test("Of several items that the subject surely belongs to the best verdict leads, the rest stand beside it")
    func others() throws {
        let first = try SmallStandards.pack("a", ["1.1.1": [.subject]])
        let second = try SmallStandards.pack(
            "b",
            [
                "1.1.1": [.not(.holds(permitted))], "1.1.2": [.holds(technology)], "1.1.3": [.holds(permitted)],
                "1.1.4": [.holds(permitted)],
            ])
        let walk = SmallStandards.crosswalk(
            "a", "b",
            [
                SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.1")),
                SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.2")),
                SmallStandards.link(try at("1.1.1"), .narrower, try at("1.1.3")),
                SmallStandards.link(try at("1.1.1"), .wider, try at("1.1.4")),
            ])
        let found = try judge([first, second], [walk]).judge(
            SmallStandards.project(["a": try at("1.1.1")], [permitted: Fact(.yesNo(true))])
        ).judgements[1]
        #expect(try found.subject == at("1.1.3") && found.verdict.kind == .aligned)
        #expect(found.others.map(\.subject) == [try at("1.1.1"), try at("1.1.2"), try at("1.1.4")])
        #expect(found.others.map(\.verdict.kind) == [.notAligned, .eligible, .eligible])
    }

    @Test("Evidence that has run out is unknown and named; on its last day it still counts")
    func expired() throws {
        let permit = FactDefinition(
            id: permitted, kind: .yesNo, label: Examples.words(), evidence: Examples.words(), validMonths: 12)
        let dictionary = try FactDictionary([permit])
        let pack = try SmallStandards.pack("a", ["1.1.1": [.holds(permitted)]])
        func found(_ day: String) throws -> ProjectJudge.Result {
            let fact = Fact(.yesNo(true), statedOn: try CalendarDate.parse("2025-06-30"))
            return try judge([pack], on: day, dictionary: dictionary).judge(
                SmallStandards.project(["a": try at("1.1.1")], [permitted: fact]))
        }
        let last = try found("2026-06-30")
        #expect(last.judgements[0].verdict.kind == .aligned && last.expired.isEmpty)
        let after = try found("2026-07-01")
        #expect(after.judgements[0].verdict.kind == .eligible)
        #expect(after.judgements[0].verdict.missing == [permitted])
        #expect(after.expired == [permitted] && after.facts[permitted] == nil)
    }

    @Test("The easiest way asks what the owner knows before what is found, and what is found before what is measured")
    func easiestOrder() throws {
        let criterion = Criterion.all([
            try SmallStandards.compare(Examples.capacity, .atLeast, "5000 kW"), .holds(permitted),
            .oneOf(technology, ["onshore"]), .complies(standard: "GB 1", .conforms),
        ])
        let pack = try SmallStandards.pack(
            "a", ["1.1.1": [criterion]], general: .oneOf(technology, ["onshore", "offshore"]))
        let conforms = Criterion.fact(of: "GB 1", .conforms)
        let dictionary = try FactDictionary(
            try Examples.dictionary().all + [Examples.definition(conforms, .yesNo)])
        let found = try judge([pack], dictionary: dictionary).judge(
            SmallStandards.project(["a": try at("1.1.1")]))
        #expect(found.judgements[0].easiest == [technology, permitted, conforms, Examples.capacity])
    }

    @Test("Of alternatives the easiest way takes the one with the fewest facts still open")
    func easiestAlternative() throws {
        let stars = Examples.stars
        let criterion = Criterion.any([
            .all([.holds(permitted), .oneOf(technology, ["onshore"])]),
            try SmallStandards.compare(stars, .atLeast, "2"),
            .not(.any([.holds(FactID("x")), .holds(FactID("y"))])),
        ])
        let pack = try SmallStandards.pack("a", ["1.1.1": [criterion]])
        func easiest(_ facts: [FactID: Fact]) throws -> [FactID] {
            try judge([pack]).judge(SmallStandards.project(["a": try at("1.1.1")], facts)).judgements[0].easiest
        }
        #expect(try easiest([:]) == [stars])
        // A way that is barred is no way.
        #expect(try easiest([stars: Fact(.number(1))]) == [technology, permitted])
        #expect(try easiest([stars: Fact(.number(1)), permitted: Fact(.yesNo(true))]) == [technology])
        #expect(
            try easiest([stars: Fact(.number(1)), permitted: Fact(.yesNo(false))]) == [FactID("x"), FactID("y")])
        #expect(try easiest([stars: Fact(.number(3))]).isEmpty)
        #expect(
            try easiest([stars: Fact(.number(1)), permitted: Fact(.yesNo(false)), FactID("x"): Fact(.yesNo(true))])
                .isEmpty, "nothing to show where the project is not aligned")
    }
}
