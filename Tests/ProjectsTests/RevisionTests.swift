import Library
import Standards
import Testing
import Vocabulary

@testable import Projects

@Suite("History of a project")
struct RevisionTests {
    @Test("A version against itself changes nothing")
    func same() throws {
        let project = try Examples.complete()
        #expect(ProjectRevision(from: project, to: project).isEmpty)
    }

    @Test("Each field that differs is told with what it said before and says now")
    func changes() throws {
        let before = try Examples.complete()
        var after = before
        after.stage = .construction
        after.need = nil
        after.facts[FactID("installed_capacity")] = Fact(.number(100), assurance: .documented, document: "备案证")
        let book = try NameLibrary.shared().phrasebook
        let zh = ProjectRevision(from: before, to: after).changes.map { $0.text(book, in: .zh) }
        #expect(
            zh == [
                "阶段：由“立项备案”改为“在建”", "融资需求（元）：删去“336000000.00”", "融资期限（月）：删去“180”",
                "融资方式：删去“贷款”", "利率上限：删去“9/200”",
                "事实 installed_capacity：新增“100.0 | documented | 备案证”",
            ])
        let back = ProjectRevision(from: after, to: before).changes
        #expect(back.map(\.field) == ProjectRevision(from: before, to: after).changes.map(\.field))
        #expect(back.first?.text(book, in: .en) == "stage: “under construction” became “approved”")
    }

    @Test("Every field, stage, status and kind of financing has its name in both languages")
    func phrases() throws {
        let book = try NameLibrary.shared().phrasebook
        let keys =
            ProjectField.allCases.map(\.rawValue) + ProjectStage.allCases.map(\.phrase)
            + ProjectStatus.allCases.map(\.phrase) + FinancingNeed.Kind.allCases.map(\.phrase)
            + LikenessReason.allCases.map(\.rawValue) + LikenessVerdict.allCases.map(\.phrase)
        for key in keys {
            for language in Language.allCases { #expect(book.text(Message(key: key), in: language) != key, "\(key)") }
        }
        #expect(book.missing().filter { $0.key.hasPrefix("project") || $0.key.hasPrefix("likeness") } == [])
    }
}
