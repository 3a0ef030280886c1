import Standards
import Testing
import Vocabulary

/// 银发〔2025〕132号: published 2025-07-14 (taken so here), in force from 2025-10-01.
@Suite("Which edition of a standard a piece of business follows")
struct ApplicabilityTests {
    private func day(_ text: String?) throws -> CalendarDate? { try text.map { try CalendarDate.parse($0) } }

    private func edition(
        _ business: Business, earlier: Transition.EarlierBusiness = .older, predecessor: String? = "older"
    ) throws -> Applicability {
        let pack = try Examples.pack([try Examples.item("1.1.1", [.subject])], predecessor: predecessor)
        let transition = Transition(
            earlierBusiness: earlier, published: try CalendarDate.parse("2025-07-14"), confirmed: false)
        return pack.applicability(of: business, transition)
    }

    @Test(
        "Loans by the days of approval and drawing",
        arguments: [
            ("2025-10-01", nil, Applicability.Ground.newBusiness), ("2026-03-01", "2026-04-01", .newBusiness),
            // Approved before publication and not drawn then: the old standard, whatever the parameter.
            ("2025-07-13", nil, .undrawnLoan), ("2024-01-01", "2025-07-14", .undrawnLoan),
            ("2024-01-01", "2026-01-01", .undrawnLoan),
            ("2024-01-01", "2025-07-13", .drawnLoan), (nil, "2023-05-05", .drawnLoan),
            ("2025-07-14", nil, .betweenLoan), ("2025-09-30", "2025-11-01", .betweenLoan), (nil, nil, .noDate),
        ] as [(String?, String?, Applicability.Ground)])
    func loans(approved: String?, drawn: String?, ground: Applicability.Ground) throws {
        for earlier in Transition.EarlierBusiness.allCases {
            let found = try edition(.loan(approved: try day(approved), drawn: try day(drawn)), earlier: earlier)
            #expect(found.ground == ground)
            switch ground {
            case .newBusiness, .noDate: #expect(found.edition == .current && found.isConfirmed)
            case .undrawnLoan: #expect(found.edition == .predecessor)
            default:
                #expect(found.edition == (earlier == .current ? .current : .predecessor))
                #expect(!found.isConfirmed, "a parameter until an operator confirms it")
            }
        }
    }

    @Test("Registered bonds keep the old standard, filed ones may choose, later ones take the new")
    func bonds() throws {
        func found(_ registered: String?, _ filed: String?) throws -> Applicability {
            try edition(.bond(registered: try day(registered), filed: try day(filed)))
        }
        #expect(try found("2025-07-13", nil).edition == .predecessor)
        #expect(try found("2025-07-13", nil).ground == .registeredBond)
        #expect(try found(nil, "2025-07-13").edition == .choice)
        #expect(try found(nil, "2025-07-14").edition == .current)
        #expect(try found("2025-12-01", "2025-06-01").edition == .current)
        #expect(try found(nil, nil).ground == .noDate)
    }

    @Test("A standard without a predecessor judges everything")
    func first() throws {
        let loan = Business.loan(approved: try day("2001-01-01"), drawn: nil)
        #expect(try edition(loan, predecessor: nil).edition == .current)
    }
}
