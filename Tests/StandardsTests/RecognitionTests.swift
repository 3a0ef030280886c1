import Standards
import Testing
import Vocabulary

@Suite("What a judgement under one standard is worth under another")
struct RecognitionTests {
    private let capacity = Examples.capacity
    private let permitted = Examples.permitted
    private let technology = Examples.technology
    private let item = Result { try SmallStandards.at("1.1.1") }

    /// The recognition of item 1.1.1 of a standard by that of another, at equal subjects.
    private func recognition(
        _ first: Criterion, _ second: [Criterion], _ facts: [FactID: FactValue], relation: ScopeRelation = .equal,
        general: Criterion? = nil, firstGeneral: Criterion? = nil, others: [String: [Criterion?]] = [:],
        terms: GeneralTerms = .shown, year: Int = 2026
    ) throws -> Recognition {
        let item = try item.get()
        let one = try SmallStandards.pack("a", others.merging(["1.1.1": [first]]) { $1 }, general: firstGeneral)
        let other = try SmallStandards.pack("b", others.merging(["1.1.1": second]) { $1 }, general: general)
        let table = CrosswalkTable([SmallStandards.crosswalk("a", "b", [SmallStandards.link(item, relation, item)])])
        let verdict = one.verdict(
            on: item.item, activity: nil, facts: Examples.sheet(facts), year: year, general: terms)
        return RecognitionRule(dictionary: try Examples.dictionary(), crosswalks: table, year: year)
            .recognise(verdict, under: one, by: other)
    }

    @Test("The figure behind a stricter threshold proves a laxer one, and settles its fact")
    func stricter() throws {
        let five = try SmallStandards.compare(capacity, .atLeast, "5000 kW")
        let three = try SmallStandards.compare(capacity, .atLeast, "3000 kW")
        let found = try recognition(five, [three], [capacity: .number(5_000)])
        #expect(found.outcome == .recognised && found.refusal == nil)
        #expect(found.settled == [capacity] && found.further.isEmpty)
        // The other way it depends on the figure.
        #expect(try recognition(three, [five], [capacity: .number(6_000)]).outcome == .recognised)
        let failed = try recognition(three, [five], [capacity: .number(4_000)])
        #expect(failed.outcome == .notRecognised && failed.refusal == .conditionFails)
        #expect(failed.failures == [five])
    }

    @Test("What the first standard did not ask, the second still asks")
    func further() throws {
        let found = try recognition(
            .holds(permitted), [.all([.holds(permitted), .oneOf(technology, ["onshore"])])],
            [permitted: .yesNo(true), technology: .choice("offshore")])
        #expect(found.outcome == .withFurtherFacts)
        #expect(found.further == [technology] && found.settled == [permitted])
        // At the evidence of a fact that the first standard did not ask for nobody has looked: it neither helps nor harms,
        // although the second standard itself would refuse on it.
        #expect(found.failures.isEmpty)
    }

    @Test("What is asked of every activity is asked of a recognised one too")
    func general() throws {
        let open = try recognition(
            .holds(permitted), [.subject], [permitted: .yesNo(true)], general: .oneOf(technology, ["onshore"]))
        #expect(open.outcome == .withFurtherFacts && open.further == [technology])
        let shown = try recognition(
            .holds(permitted), [.subject], [permitted: .yesNo(true)], general: .holds(permitted))
        #expect(shown.outcome == .recognised)
        // What the first standard's general terms vouch for counts as proved.
        let vouched = try recognition(
            .subject, [.subject], [:], general: .holds(permitted), firstGeneral: .holds(permitted), terms: .vouched)
        #expect(vouched.outcome == .recognised)
    }

    @Test("What is asked of every activity may stand at another item")
    func generalElsewhere() throws {
        let elsewhere = try SmallStandards.at("1.1.2")
        let others: [String: [Criterion?]] = ["1.1.2": [.holds(permitted)]]
        let open = try recognition(
            .oneOf(technology, ["onshore"]), [.subject], [technology: .choice("onshore")], general: .see(elsewhere),
            others: others)
        #expect(open.outcome == .withFurtherFacts && open.further == [permitted])
        let failing = try recognition(
            .not(.holds(permitted)), [.subject], [permitted: .yesNo(false)], general: .see(elsewhere), others: others)
        #expect(failing.outcome == .notRecognised)
    }

    @Test("Of alternatives those of the project's own kind are told as failing, each once")
    func failingKinds() throws {
        let five = try SmallStandards.compare(capacity, .atLeast, "5000 kW")
        let (onshore, offshore) = (Criterion.oneOf(technology, ["onshore"]), Criterion.oneOf(technology, ["offshore"]))
        let asked = Criterion.any([.all([onshore, five]), .all([offshore, .holds(permitted)])])
        let found = try recognition(
            .all([onshore, try SmallStandards.compare(capacity, .atLeast, "3000 kW")]),
            [asked, .all([five, onshore])],
            [capacity: .number(4_000), technology: .choice("onshore")])
        #expect(found.refusal == .conditionFails)
        #expect(found.failures == [five])
    }

    @Test(
        "Of alternatives the one that the project can show already is asked, marked as on file, and proves nothing by itself"
    )
    func onFile() throws {
        let item = try item.get()
        let five = try SmallStandards.compare(capacity, .atLeast, "5000 kW")
        let one = try SmallStandards.pack("a", ["1.1.1": [.subject]])
        let other = try SmallStandards.pack("b", ["1.1.1": [.any([.holds(permitted), five])]])
        let table = CrosswalkTable([SmallStandards.crosswalk("a", "b", [SmallStandards.link(item, .equal, item)])])
        let verdict = one.verdict(
            on: item.item, activity: nil, facts: Examples.sheet([capacity: .number(6_000)]), year: 2026)
        let found = RecognitionRule(dictionary: try Examples.dictionary(), crosswalks: table, year: 2026)
            .recognise(verdict, under: one, by: other, onFile: [capacity])
        #expect(found.outcome == .withFurtherFacts)
        #expect(found.further == [capacity] && found.onFile == [capacity])
    }

    @Test("Not all of two together is an alternative: the shorter way is asked")
    func notAll() throws {
        let five = try SmallStandards.compare(capacity, .atLeast, "5000 kW")
        let found = try recognition(
            .subject, [.not(.all([.holds(permitted), five])), .not(.not(.any([.holds(permitted), five])))], [:])
        #expect(found.outcome == .withFurtherFacts)
        #expect(found.further == [permitted])
    }

    @Test("A condition that nothing can meet is never recognised", arguments: [0, 1, 2])
    func impossible(form: Int) throws {
        let impossible: Criterion = [.any([]), .all([.holds(permitted), .any([])]), .any([.any([]), .any([])])][form]
        let found = try recognition(.holds(permitted), [impossible], [permitted: .yesNo(true)])
        #expect(found.outcome == .notRecognised && found.refusal == .conditionFails)
        #expect(!found.failures.isEmpty)
    }

    @Test("A threshold that is not in force in the year proves nothing")
    func notInForce() throws {
        let later = Criterion.compare(
            capacity, .atLeast, Threshold(steps: [.init(from: 2030, try Quantity.parse("3000 kW"))]))
        let five = try SmallStandards.compare(capacity, .atLeast, "5000 kW")
        let now = try recognition(five, [later], [capacity: .number(6_000)])
        #expect(now.outcome == .withFurtherFacts && now.further == [capacity])
        #expect(try recognition(five, [later], [capacity: .number(6_000)], year: 2030).outcome == .recognised)
    }

    @Test("A figure converted from another unit stands at its threshold here as in a verdict")
    func converted() throws {
        // Two and three tenths less two is not exactly three tenths.
        let value = (2.3 - 2) * 10_000
        #expect(value != 3_000)
        let three = try SmallStandards.compare(capacity, .atLeast, "3000 kW")
        let more = try SmallStandards.compare(capacity, .greater, "3000 kW")
        let least = try recognition(three, [three], [capacity: .number(value)])
        #expect(least.outcome == .recognised)
        #expect(try recognition(three, [more], [capacity: .number(value)]).outcome == .notRecognised)
        #expect(try recognition(three, [more], [capacity: .number(3_000 * (1 + 1e-15))]).outcome == .notRecognised)
    }

    @Test("A judgement that is not aligned proves nothing, a subject without counterpart goes nowhere")
    func nothing() throws {
        let item = try item.get()
        let open = try recognition(.holds(permitted), [.subject], [:])
        #expect(open.outcome == .notRecognised && open.refusal == .notProved)
        let one = try SmallStandards.pack("a", ["1.1.1": [.subject]])
        let other = try SmallStandards.pack("b", ["1.1.1": [.subject]])
        let rule = RecognitionRule(
            dictionary: try Examples.dictionary(), crosswalks: CrosswalkTable([]), year: 2026)
        let verdict = one.verdict(on: item.item, activity: nil, facts: FactSheet(), year: 2026)
        #expect(rule.recognise(verdict, under: one, by: other).refusal == .noCounterpart)
        // Where the item is stated no crosswalk is needed, but the item must be there.
        #expect(rule.recognise(verdict, under: one, by: other, stated: item).outcome == .recognised)
        let missing = try SmallStandards.at("1.1.9")
        #expect(rule.recognise(verdict, under: one, by: other, stated: missing).refusal == .noCounterpart)
    }

    @Test("An item without conditions yet recognises nothing")
    func noConditions() throws {
        let item = try item.get()
        let one = try SmallStandards.pack("a", ["1.1.1": [.subject]])
        let other = try SmallStandards.pack("b", ["1.1.1": [nil]], general: .subject)
        let rule = RecognitionRule(
            dictionary: try Examples.dictionary(), crosswalks: CrosswalkTable([]), year: 2026)
        let verdict = one.verdict(on: item.item, activity: nil, facts: FactSheet(), year: 2026)
        #expect(rule.recognise(verdict, under: one, by: other, stated: item).outcome == .withFurtherFacts)
    }

    @Test("Of several counterparts the one that is recognised counts, else the one that asks the least")
    func best() throws {
        let one = try SmallStandards.pack("a", ["1.1.1": [.holds(permitted)]])
        let other = try SmallStandards.pack(
            "b",
            [
                "1.1.1": [.not(.holds(permitted))], "1.1.2": [.oneOf(technology, ["onshore"])],
                "1.1.3": [.all([.oneOf(technology, ["onshore"]), .holds(FactID("share"))])], "1.1.4": [.subject],
            ])
        func recognition(_ links: [(ScopeRelation, String)]) throws -> Recognition {
            let table = CrosswalkTable([
                SmallStandards.crosswalk(
                    "a", "b",
                    try links.map { SmallStandards.link(try item.get(), $0, try SmallStandards.at($1)) })
            ])
            let verdict = one.verdict(
                on: try Examples.code("1.1.1"), activity: nil, facts: Examples.sheet([permitted: .yesNo(true)]),
                year: 2026)
            return RecognitionRule(dictionary: try Examples.dictionary(), crosswalks: table, year: 2026)
                .recognise(verdict, under: one, by: other)
        }
        let all: [(ScopeRelation, String)] = [
            (.equal, "1.1.1"), (.equal, "1.1.3"), (.narrower, "1.1.2"), (.narrower, "1.1.4"),
        ]
        #expect(try recognition(all).counterpart?.reference == SmallStandards.at("1.1.4"))
        #expect(try recognition(Array(all.prefix(3))).counterpart?.reference == SmallStandards.at("1.1.2"))
        #expect(try recognition(Array(all.prefix(1))).outcome == .notRecognised)
        // Of an item that merely overlaps the conditions may be met and the subject is still to be shown.
        let partial = try recognition([(.partial, "1.1.4")])
        #expect(partial.outcome == .withFurtherFacts && partial.subjectOpen && partial.further.isEmpty)
    }
}
