import Testing

@testable import Access

@Suite("Kinds of organisations and roles")
struct OrganisationKindTests {
    @Test("The words that stand in the database do not change")
    func storedWords() {
        #expect(
            OrganisationKind.allCases.map(\.rawValue) == [
                "operator", "regulator", "district", "lender", "enterprise", "verifier",
            ])
        #expect(Role.allCases.map(\.rawValue) == ["administrator", "officer", "reviewer", "reader"])
    }
}
