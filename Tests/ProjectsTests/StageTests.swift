import Testing
import Vocabulary

@testable import Projects

@Suite("Stages and statuses of a project")
struct StageTests {
    @Test("No stage follows itself, nothing follows completion, and every stage can be reached from planning")
    func stages() {
        for stage in ProjectStage.allCases { #expect(!stage.next.contains(stage)) }
        #expect(ProjectStage.completed.next.isEmpty)
        #expect(ProjectStage.planning.next.union([.planning]) == Set(ProjectStage.allCases))
    }

    @Test("What works is not given up, and what is built does not go back to planning")
    func forward() throws {
        var project = Examples.project()
        project = try project.moved(to: ProjectStage.construction)
        #expect(throws: ProjectFault(.stageStep, at: "/stage", ["from": "construction", "to": "planning"])) {
            try project.moved(to: ProjectStage.planning)
        }
        #expect(!ProjectStage.operation.next.contains(.abandoned))
    }

    @Test("A draft is not published unseen, and a merged project stays merged")
    func statuses() throws {
        for status in ProjectStatus.allCases { #expect(!status.next.contains(status)) }
        let draft = Examples.project()
        #expect(throws: ProjectFault.self) { try draft.moved(to: ProjectStatus.published) }
        let merged = try draft.merged(into: Examples.id(2))
        #expect(merged.mergedInto == Examples.id(2) && merged.status.next.isEmpty)
        #expect(throws: ProjectFault(.mergedInto, at: "/mergedInto")) { try draft.merged(into: draft.id) }
        #expect(throws: ProjectFault(.mergedInto, at: "/mergedInto")) { try draft.moved(to: ProjectStatus.merged) }
    }

    @Test("Only merged projects name the one that goes on")
    func mergedInto() {
        var project = Examples.project()
        project.mergedInto = Examples.id(2)
        #expect(project.missing().map(\.path) == ["/mergedInto"])
    }
}
