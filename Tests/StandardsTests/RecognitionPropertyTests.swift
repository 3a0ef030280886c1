import Standards
import Testing

/// What recognition promises, held against random standards.
///
/// The facts that count are those which the first standard looked at. Of these it promises exactly:
/// recognised where the second standard's verdict would be aligned however its other facts turn out, refused where one of its
/// conditions would fail however they turn out, and open in between.
@Suite("Recognition promises no more and no less than the second standard would find")
struct RecognitionPropertyTests {
    /// A judgement that is aligned under `first`, and what it is worth under `second`.
    private struct Case {
        let first: StandardPack
        let second: StandardPack
        let rule: RecognitionRule
        let subject: ItemReference
        let target: ItemReference
        let facts: FactSheet
        let verdict: Verdict
        let recognition: Recognition

        /// The facts that the first standard looked at.
        var seen: FactSheet {
            var sheet = FactSheet()
            for leaf in verdict.leaves { if let id = leaf.fact { sheet[id] = leaf.finding } }
            return sheet
        }

        func verdict(_ sheet: FactSheet) -> Verdict {
            second.verdict(on: target.item, activity: target.row, facts: sheet, year: RandomStandards.year)
        }

        /// The verdicts of the second standard however the facts that nobody looked at turn out.
        var possible: [Verdict] {
            RandomStandards.completions(of: seen, for: verdict(seen).leaves.compactMap(\.fact)).map(verdict)
        }
    }

    /// Random cases until `count` of them are aligned under the first standard.
    private func cases(
        _ count: Int, seed: UInt64, relation: ScopeRelation = .equal, isSame: Bool = false
    ) throws -> [Case] {
        var random = try RandomStandards(seed: seed)
        let dictionary = try RandomStandards.dictionary()
        var cases: [Case] = []
        while cases.count < count {
            let first = try random.pack("a")
            let second = isSame ? first : try random.pack("b")
            let rows = [nil] + (first[try Examples.code("1.1.1")]?.activities.map(\.row) ?? []).map(Optional.init)
            let subject = try SmallStandards.at("1.1.1", row: rows.randomElement(using: &random.generator) ?? nil)
            let others = [nil] + (second[try Examples.code("1.1.1")]?.activities.map(\.row) ?? []).map(Optional.init)
            let target =
                isSame
                ? subject : try SmallStandards.at("1.1.1", row: others.randomElement(using: &random.generator) ?? nil)
            let table = CrosswalkTable([
                SmallStandards.crosswalk("a", second.id, [SmallStandards.link(subject, relation, target)])
            ])
            let rule = RecognitionRule(dictionary: dictionary, crosswalks: table, year: RandomStandards.year)
            let facts = random.facts(share: 0.6)
            let verdict = first.verdict(
                on: subject.item, activity: subject.row, facts: facts, year: RandomStandards.year)
            guard verdict.kind == .aligned else { continue }
            cases.append(
                Case(
                    first: first, second: second, rule: rule, subject: subject, target: target, facts: facts,
                    verdict: verdict, recognition: rule.recognise(verdict, under: first, by: second)))
        }
        return cases
    }

    @Test("Recognised exactly where every way the open facts can turn out is aligned under the second standard")
    func recognisedExactly() throws {
        let cases = try cases(600, seed: 21)
        for found in cases {
            let always = found.possible.allSatisfy { $0.kind == .aligned }
            #expect((found.recognition.outcome == .recognised) == always, "\(found.recognition)")
        }
        #expect(cases.count { $0.recognition.outcome == .recognised } > 50, "the case is not rare")
    }

    @Test("What is recognised is never refused by the second standard, whatever further facts come to light")
    func neverRefused() throws {
        for found in try cases(600, seed: 22) where found.recognition.outcome == .recognised {
            #expect(found.verdict(found.facts).kind != .notAligned)
            #expect(found.verdict(found.seen).kind != .notAligned)
            #expect(found.recognition.further.isEmpty && found.recognition.failures.isEmpty)
        }
    }

    @Test("What is open is not refused on the facts that the first standard looked at, and names what is open")
    func openNotRefused() throws {
        let open = try cases(600, seed: 23).filter { $0.recognition.outcome == .withFurtherFacts }
        #expect(open.count > 50)
        for found in open {
            #expect(found.verdict(found.seen).kind != .notAligned)
            #expect(found.possible.contains { $0.kind != .aligned })
            #expect(!found.recognition.further.isEmpty)
            #expect(Set(found.recognition.further).count == found.recognition.further.count)
            #expect(found.recognition.settled.allSatisfy { !found.recognition.further.contains($0) })
        }
    }

    @Test("Refused exactly where some condition of the second standard fails however the open facts turn out")
    func refusedExactly() throws {
        let cases = try cases(600, seed: 24)
        for found in cases {
            let possible = found.possible
            // One tree for each set of rows judged alike, and what is asked of every activity.
            let trees = possible.map { $0.findings.map(\.evaluation) + ($0.general.map { [$0] } ?? []) }
            let fails = trees[0].indices.contains { tree in trees.allSatisfy { $0[tree].truth == .notMet } }
            #expect((found.recognition.outcome == .notRecognised) == fails, "\(found.recognition)")
            #expect((found.recognition.refusal == .conditionFails) == fails)
            #expect(found.recognition.failures.isEmpty == !fails)
        }
        #expect(cases.count { $0.recognition.outcome == .notRecognised } > 50)
    }

    @Test("Further facts never make less of a recognition while the first standard stays aligned")
    func monotone() throws {
        var random = try RandomStandards(seed: 25)
        var kept = 0
        for found in try cases(600, seed: 26) {
            var facts = found.facts
            for (id, fact) in random.facts(share: 0.7).facts where facts[id] == nil { facts[id] = fact }
            let verdict = found.first.verdict(
                on: found.subject.item, activity: found.subject.row, facts: facts, year: RandomStandards.year)
            #expect(verdict.kind == .aligned, "a verdict itself is monotone")
            let after = found.rule.recognise(verdict, under: found.first, by: found.second)
            switch found.recognition.outcome {
            case .recognised:
                #expect(after.outcome == .recognised)
                kept += 1
            case .notRecognised: #expect(after.outcome == .notRecognised, "what fails is not mended by more facts")
            case .withFurtherFacts:
                // Of alternatives the shortest way is named: it may change only once one of its own facts is known.
                if after.outcome == .withFurtherFacts,
                    found.recognition.further.allSatisfy({ found.facts[$0] == facts[$0] })
                {
                    #expect(after.further.count <= found.recognition.further.count)
                }
            }
        }
        #expect(kept > 50)
    }

    @Test("A standard recognises its own judgement through an equal link")
    func itself() throws {
        for found in try cases(600, seed: 27, isSame: true) {
            #expect(found.recognition.outcome == .recognised)
            #expect(!found.recognition.subjectOpen && found.recognition.refusal == nil)
        }
    }

    @Test("A link that does not place the subject inside the other item never recognises, and changes nothing else")
    func openSubject() throws {
        for relation in ScopeRelation.allCases {
            for found in try cases(200, seed: 28, relation: relation) {
                let equal = found.rule.recognise(
                    found.verdict, under: found.first, by: found.second, stated: found.target)
                #expect(found.recognition.subjectOpen == !relation.isWithin)
                #expect(found.recognition.further == equal.further)
                if relation.isWithin || equal.outcome != .recognised {
                    #expect(found.recognition.outcome == equal.outcome)
                } else {
                    #expect(found.recognition.outcome == .withFurtherFacts)
                }
            }
        }
    }
}
