import Testing

@testable import Projects

@Suite("Stages of a project")
struct StageTests {
    @Test("No stage follows itself, and nothing follows the last")
    func ends() {
        for stage in ProjectStage.allCases { #expect(!stage.next.contains(stage)) }
        #expect(ProjectStage.completed.next.isEmpty)
    }
}
