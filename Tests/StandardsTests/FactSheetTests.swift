import Standards
import Testing
import Vocabulary

@Suite("Evidence that runs out")
struct FactSheetTests {
    private let permit = FactID("permit")
    private let label = FactID("label")
    private let survey = FactID("survey")
    private let dictionary: FactDictionary

    init() throws {
        func definition(_ id: FactID, _ months: Int?) -> FactDefinition {
            FactDefinition(
                id: id, kind: .yesNo, label: Examples.words(), evidence: Examples.words(), validMonths: months)
        }
        dictionary = try FactDictionary([
            definition(permit, 12), definition(label, 6), definition(survey, nil),
        ])
    }

    private func day(_ text: String) throws -> CalendarDate { try CalendarDate.parse(text) }

    private func fact(_ date: String?) throws -> Fact { Fact(.yesNo(true), statedOn: try date.map(day)) }

    @Test(
        "Evidence of twelve months still holds on the day of the next year, and no longer the day after",
        arguments: [
            ("2025-03-31", "2026-03-31", true), ("2025-03-31", "2026-04-01", false),
            ("2025-03-31", "2025-03-31", true),
            ("2024-02-29", "2025-02-28", true), ("2024-02-29", "2025-03-01", false),
            ("2025-03-31", "2099-01-01", false),
            // Stated after the day of the assessment: taken as it stands.
            ("2027-01-01", "2026-03-31", true),
        ])
    func year(stated: String, today: String, holds: Bool) throws {
        let sheet = FactSheet([permit: try fact(stated)])
        let (current, expired) = sheet.current(on: try day(today), dictionary)
        #expect((current[permit] != nil) == holds)
        #expect(expired == (holds ? [] : [permit]))
        // The sheet itself is left as it was.
        #expect(sheet[permit] != nil)
    }

    @Test("Half a year from the last of August ends on the last of February")
    func monthEnd() throws {
        let sheet = FactSheet([label: try fact("2025-08-31")])
        #expect(sheet.current(on: try day("2026-02-28"), dictionary).expired.isEmpty)
        #expect(sheet.current(on: try day("2026-03-01"), dictionary).expired == [label])
    }

    @Test("Evidence without a date, without a term or outside the dictionary does not run out")
    func endless() throws {
        let foreign = FactID("foreign")
        let sheet = FactSheet([
            permit: try fact(nil), survey: try fact("1990-01-01"), foreign: try fact("1990-01-01"),
        ])
        let (current, expired) = sheet.current(on: try day("2026-03-31"), dictionary)
        #expect(current.facts == sheet.facts)
        #expect(expired.isEmpty)
    }

    @Test("What has run out is told in the order of the names, the rest is kept as it is")
    func several() throws {
        let kept = try fact("1990-01-01")
        let sheet = FactSheet([permit: try fact("2020-01-01"), label: try fact("2020-01-01"), survey: kept])
        let (current, expired) = sheet.current(on: try day("2026-03-31"), dictionary)
        #expect(expired == [label, permit])
        #expect(current.facts == [survey: kept])
    }

    @Test("A permit that has run out has to be shown again: met becomes open, and so does not met")
    func verdict() throws {
        let pack = try Examples.pack([try Examples.item("1.1.1", [.holds(permit)])])
        for (value, kind) in [(true, VerdictKind.aligned), (false, .notAligned)] {
            let sheet = FactSheet([permit: Fact(.yesNo(value), statedOn: try day("2025-03-31"))])
            for (today, expected) in [("2026-03-31", kind), ("2026-04-01", .eligible)] {
                let found = pack.verdict(
                    on: try Examples.code("1.1.1"), activity: nil,
                    facts: sheet.current(on: try day(today), dictionary).sheet, year: 2026)
                #expect(found.kind == expected)
                #expect(found.missing == (expected == .eligible ? [permit] : []))
            }
        }
    }
}
