import Standards
import Testing
import Vocabulary

@Suite("Verdicts on a project")
struct VerdictTests {
    private let permitted = Examples.permitted
    private let other = FactID("other")

    private func verdict(
        _ criteria: [Criterion?], row: Int? = nil, _ values: [FactID: FactValue] = [:]
    ) throws -> Verdict {
        let pack = try Examples.pack([try Examples.item("1.1.1", criteria)])
        return pack.verdict(on: try Examples.code("1.1.1"), activity: row, facts: Examples.sheet(values), year: 2026)
    }

    @Test("A condition shown is aligned, one not shown eligible, one shown to fail not aligned")
    func three() throws {
        let aligned = try verdict([.holds(permitted)], [permitted: .yesNo(true)])
        #expect(aligned.kind == .aligned)
        #expect(aligned.missing.isEmpty)
        #expect(aligned.item?.text == "1.1.1")
        let eligible = try verdict([.holds(permitted)])
        #expect(eligible.kind == .eligible)
        #expect(eligible.missing == [permitted])
        let failed = try verdict([.holds(permitted)], [permitted: .yesNo(false)])
        #expect(failed.kind == .notAligned)
        #expect(failed.missing.isEmpty)
        #expect(failed.failures.compactMap(\.fact) == [permitted])
    }

    @Test("An item that the subject alone makes green is aligned without any fact")
    func subjectAlone() throws {
        #expect(try verdict([.all([]), .all([])]).kind == .aligned)
    }

    @Test("An item whose criteria are not all in the pack is eligible, never aligned")
    func withoutCriteria() throws {
        for criteria in [[nil], [.all([]), nil], [nil, .holds(permitted)]] as [[Criterion?]] {
            let found = try verdict(criteria, [permitted: .yesNo(true)])
            #expect(found.kind == .eligible)
            #expect(found.findings.isEmpty)
            #expect(found.missing.isEmpty)
        }
        // The row that has its criterion is judged by it.
        #expect(try verdict([.all([]), nil], row: 1).kind == .aligned)
        #expect(try verdict([.all([]), nil], row: 2).kind == .eligible)
    }

    @Test("Where the row is not known, every row must be met, and only all together can fail")
    func rows() throws {
        let criteria: [Criterion?] = [.all([]), .holds(permitted), .holds(other)]
        #expect(try verdict(criteria).kind == .eligible)
        #expect(try verdict(criteria).missing == [permitted, other])
        #expect(try verdict(criteria, [permitted: .yesNo(true)]).missing == [other])
        #expect(try verdict(criteria, [permitted: .yesNo(true), other: .yesNo(true)]).kind == .aligned)
        // One row fails and another is met: which it is must be told.
        #expect(try verdict(criteria, [permitted: .yesNo(false), other: .yesNo(true)]).kind == .eligible)
        #expect(
            try verdict([.holds(permitted), .holds(other)], [permitted: .yesNo(false), other: .yesNo(false)]).kind
                == .notAligned)
        #expect(try verdict([.holds(permitted), .holds(other)], [permitted: .yesNo(false)]).kind == .eligible)
    }

    @Test("A known row decides alone")
    func knownRow() throws {
        let criteria: [Criterion?] = [.all([]), .holds(permitted)]
        let first = try verdict(criteria, row: 1)
        #expect(first.kind == .aligned && first.activity == 1)
        let second = try verdict(criteria, row: 2)
        #expect(second.kind == .eligible && second.missing == [permitted])
        #expect(try verdict(criteria, row: 2, [permitted: .yesNo(false)]).kind == .notAligned)
        // A row that is not there shows nothing.
        #expect(try verdict(criteria, row: 3).kind == .eligible)
    }

    @Test("Rows with one and the same criterion ask for it once")
    func sameRows() throws {
        let found = try verdict([.holds(permitted), .holds(permitted)])
        #expect(found.missing == [permitted])
        #expect(found.findings.map(\.evaluation.criterion) == [.holds(permitted)])
        #expect(found.findings.first?.rows == [1, 2])
    }

    @Test("An item that is not in the pack is not covered")
    func notCovered() throws {
        let pack = try Examples.pack([try Examples.item("1.1.1", [.all([])])])
        let found = pack.verdict(on: try Examples.code("1.1.9"), activity: nil, facts: FactSheet(), year: 2026)
        #expect(found.kind == .notCovered && found.item == nil)
    }

    @Test("See is any row of the other item; without all its criteria it shows nothing")
    func see() throws {
        let pack = try Examples.pack([
            try Examples.item("1.1.1", [.see(ItemReference(try Examples.code("1.1.2")))]),
            try Examples.item("1.1.2", [.holds(permitted), .holds(other)]),
            try Examples.item("1.1.3", [.see(ItemReference(try Examples.code("1.1.4")))]),
            try Examples.item("1.1.4", [nil]),
        ])
        func kind(_ code: String, _ values: [FactID: FactValue]) throws -> VerdictKind {
            pack.verdict(on: try Examples.code(code), activity: nil, facts: Examples.sheet(values), year: 2026).kind
        }
        #expect(try kind("1.1.1", [other: .yesNo(true)]) == .aligned)
        #expect(try kind("1.1.1", [other: .yesNo(false)]) == .eligible)
        #expect(try kind("1.1.1", [other: .yesNo(false), permitted: .yesNo(false)]) == .notAligned)
        #expect(try kind("1.1.3", [:]) == .eligible)
    }
}
