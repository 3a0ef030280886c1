import Standards
import Testing
import Vocabulary

@Suite("What changing one fact does to the verdicts")
struct WhatIfTests {
    private let efficiency = FactID("thermal_efficiency")
    private let permitted = Examples.permitted
    private let technology = Examples.technology

    private func at(_ code: String) throws -> ItemReference { try SmallStandards.at(code) }

    private func judge(_ packs: [StandardPack], day: String = "2026-06-30") throws -> ProjectJudge {
        let percent = FactDefinition(
            id: efficiency, kind: .number(unit: try Unit.parse("%"), minimum: 0, maximum: 100),
            label: Examples.words(), evidence: Examples.words(), validMonths: 12)
        let grade = Examples.definition(
            FactID("gb_1.grade"), .number(unit: try Unit.parse("1"), minimum: 1, maximum: 3))
        return ProjectJudge(
            packs: packs, crosswalks: CrosswalkTable([]),
            dictionary: try FactDictionary(try Examples.dictionary().all + [percent, grade]),
            day: try CalendarDate.parse(day))
    }

    private func efficient(_ comparison: Comparison = .atLeast) throws -> Criterion {
        try SmallStandards.compare(efficiency, comparison, "94 %")
    }

    private func boiler(_ value: Double) throws -> ProjectDossier {
        SmallStandards.project(["a": try at("1.1.1")], [efficiency: Fact(.number(value))])
    }

    @Test("Raise the efficiency from 92 to 94 % and 1.1.1 is met")
    func raise() throws {
        let judge = try judge([try SmallStandards.pack("a", ["1.1.1": [try efficient()]])])
        let changes = judge.singleChangesThatAlign(try boiler(92))
        #expect(changes.count == 1)
        let change = try #require(changes.first)
        #expect(change.fact == efficiency && change.before == .number(92) && change.after == .number(94))
        #expect(!change.isBeyond)
        let effect = try #require(change.effects.first)
        #expect(try effect.standard == "a" && effect.subject == at("1.1.1"))
        #expect(effect.before == .notAligned && effect.after == .aligned)
        // Asked for by name, the same; one point less does nothing.
        let asked = judge.change(try boiler(92), efficiency, to: .number(94))
        #expect(asked.effects.map(\.after) == [.aligned])
        #expect(judge.change(try boiler(92), efficiency, to: .number(93)).effects.isEmpty)
        // The other way round a change may harm.
        #expect(judge.change(try boiler(95), efficiency, to: .number(93)).effects.map(\.after) == [.notAligned])
        #expect(judge.singleChangesThatAlign(try boiler(95)).isEmpty)
    }

    @Test("Where a threshold has to be passed, the value lies just beyond it and says so")
    func beyond() throws {
        for (comparison, value) in [(Comparison.greater, 92.0), (.less, 96.0)] {
            let judge = try judge([try SmallStandards.pack("a", ["1.1.1": [try efficient(comparison)]])])
            let change = try #require(judge.singleChangesThatAlign(try boiler(value)).first)
            #expect(change.isBeyond)
            guard case .number(let after) = change.after else {
                Issue.record("\(change.after)")
                continue
            }
            #expect(comparison.holds(after, 94) && abs(after - 94) < 0.001)
            #expect(change.turningPoint == .number(94), "people are told the threshold, not the value tried")
        }
    }

    @Test("A fact that is not known yet can be the one change, too")
    func unknown() throws {
        let criterion = Criterion.all([try efficient(), .holds(permitted)])
        let judge = try judge([try SmallStandards.pack("a", ["1.1.1": [criterion]])])
        let changes = judge.singleChangesThatAlign(try boiler(95))
        #expect(changes.map(\.fact) == [permitted])
        #expect(changes.first?.before == nil && changes.first?.after == .yesNo(true))
        #expect(judge.singleChangesThatAlign(try boiler(92)).isEmpty, "two facts would have to change")
    }

    @Test("What must not be can be the one change")
    func refusal() throws {
        let criterion = Criterion.all([.not(.holds(permitted)), .not(.complies(standard: "GB 1", .grade(atLeast: 2)))])
        let judge = try judge([try SmallStandards.pack("a", ["1.1.1": [criterion]])])
        func changes(_ allowed: Bool, _ grade: Double) throws -> [FactValue] {
            judge.singleChangesThatAlign(
                SmallStandards.project(
                    ["a": try at("1.1.1")],
                    [permitted: Fact(.yesNo(allowed)), FactID("gb_1.grade"): Fact(.number(grade))])
            ).map(\.after)
        }
        #expect(try changes(true, 3) == [.yesNo(false)])
        #expect(try changes(false, 1) == [.number(3)])
        #expect(try changes(false, 3).isEmpty)
    }

    @Test("No value is proposed that the fact cannot have")
    func possibleValues() throws {
        // Worse than the worst grade, above the whole and below nothing: in words a change, in the world none.
        let impossible: [(Criterion, FactID, Double)] = [
            (.not(.complies(standard: "GB 1", .grade(atLeast: 3))), FactID("gb_1.grade"), 2),
            (try SmallStandards.compare(efficiency, .greater, "100 %"), efficiency, 90),
            (try SmallStandards.compare(efficiency, .less, "0 %"), efficiency, 90),
        ]
        for (criterion, fact, value) in impossible {
            let judge = try judge([try SmallStandards.pack("a", ["1.1.1": [criterion]])])
            let project = SmallStandards.project(["a": try at("1.1.1")], [fact: Fact(.number(value))])
            #expect(judge.judge(project).judgements[0].verdict.kind == .notAligned)
            #expect(judge.singleChangesThatAlign(project).isEmpty, "\(criterion)")
        }
    }

    @Test("Every choice that would do is told")
    func choices() throws {
        let judge = try judge([
            try SmallStandards.pack("a", ["1.1.1": [.not(.oneOf(technology, ["onshore"]))]])
        ])
        let changes = judge.singleChangesThatAlign(
            SmallStandards.project(["a": try at("1.1.1")], [technology: Fact(.choice("onshore"))]))
        #expect(changes.map(\.after) == [.choice("offshore")])
    }

    @Test("The change that helps under most standards comes first, and figures before answers and kinds")
    func order() throws {
        let judge = try judge([
            try SmallStandards.pack(
                "a", ["1.1.1": [.any([.oneOf(technology, ["onshore"]), .holds(permitted), try efficient()])]]),
            try SmallStandards.pack("b", ["1.1.1": [.holds(permitted)]]),
        ])
        let project = SmallStandards.project(["a": try at("1.1.1"), "b": try at("1.1.1")])
        let changes = judge.singleChangesThatAlign(project)
        #expect(changes.map(\.fact) == [permitted, efficiency, technology])
        #expect(changes.map(\.effects.count) == [2, 1, 1])
    }

    @Test("A change that only moves an aligned project to another tier is not told among those that align")
    func tiers() throws {
        let tiers = ["green", "amber"].map { Tier(id: $0, name: Examples.words()) }
        let steps = [
            TierCriterion(tier: "green", criterion: try efficient()), TierCriterion(tier: "amber", criterion: .subject),
        ]
        let first = try SmallStandards.pack("a", [:], tiers: tiers, tiered: ["1.1.1": steps])
        let second = try SmallStandards.pack("b", ["1.1.1": [.all([try efficient(), .holds(permitted)])]])
        let judge = try judge([first, second])
        let project = SmallStandards.project(
            ["a": try at("1.1.1"), "b": try at("1.1.1")], [efficiency: Fact(.number(92))])
        #expect(judge.singleChangesThatAlign(project).isEmpty)
        // Asked for by name, the step up is an effect.
        let step = try #require(judge.change(project, efficiency, to: .number(94)).effects.first)
        #expect(step.before == .aligned && step.after == .aligned)
        #expect(step.tierBefore == "amber" && step.tierAfter == "green")
    }

    @Test("Every change that is told aligns indeed, and only one fact is put otherwise")
    func holdsGood() throws {
        var random = try RandomStandards(seed: 31)
        let dictionary = try RandomStandards.dictionary()
        var told = 0
        for _ in 0..<200 {
            let judge = ProjectJudge(
                packs: [try random.pack("a"), try random.pack("b")], crosswalks: CrosswalkTable([]),
                dictionary: dictionary, day: try CalendarDate.parse("2026-06-30"))
            let project = SmallStandards.project(
                ["a": try at("1.1.1"), "b": try at("1.1.1")], random.facts(share: 0.5).facts)
            let before = judge.judge(project).judgements
            for change in judge.singleChangesThatAlign(project) {
                told += 1
                var facts = project.facts.facts
                #expect(change.before == facts[change.fact]?.value && change.before != change.after)
                facts[change.fact] = Fact(change.after)
                let after = judge.judge(SmallStandards.project(project.subjects, facts)).judgements
                #expect(zip(before, after).contains { $0.verdict.kind != .aligned && $1.verdict.kind == .aligned })
                #expect(
                    change.effects.map(\.standard)
                        == zip(before, after).filter { $0.verdict.kind != $1.verdict.kind }.map(\.0.standard))
            }
        }
        #expect(told > 50)
    }

    @Test("A fact whose evidence has run out counts as unknown, and stating it anew is a change")
    func expired() throws {
        let judge = try judge([try SmallStandards.pack("a", ["1.1.1": [try efficient()]])])
        let old = Fact(.number(94), statedOn: try CalendarDate.parse("2020-01-01"))
        let change = try #require(
            judge.singleChangesThatAlign(
                SmallStandards.project(["a": try at("1.1.1")], [efficiency: old])
            ).first)
        #expect(change.before == nil && change.after == .number(94))
    }
}
