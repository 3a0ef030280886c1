import Access
import PlatformFixtures
import Projects
import Standards
import Store
import Testing
import Vocabulary

@testable import Platform

@Suite("Duplicates and putting them together")
struct MergeTests {
    private func enter(
        _ name: String, total: String = "65000000000", _ house: TestPlatform, by officer: Viewer,
        region: String = "500235"
    ) async throws -> ProjectRecord {
        var json = ProjectTests.draft(name: name, region: region)
        if case .object(var members) = json {
            members["total_investment"] = .string(total)
            json = .object(members)
        }
        house.pass(seconds: 1)
        return try await house.platform.registerProject(json, for: officer.home, by: officer)
    }

    @Test(
        "Likely the same are found with reasons, only among those that one may see, and from the moment they are entered",
        arguments: Engine.allCases)
    func found(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let officer = try await house.member(.district, [.officer, .reader], region: TestPlatform.yunyang)
            let bank = try await house.member(.lender, [.officer])
            let regulator = try await house.member(.regulator, [.reader])
            let first = try await enter("云阳县盘石100MW风电场", house, by: officer)
            #expect(try await house.platform.likelySame(as: first.project.id, by: officer).isEmpty)
            let second = try await enter("云阳盘石风电场（100兆瓦）", house, by: officer)
            let hidden = try await enter("云阳县盘石100MW风电场项目", house, by: bank)
            let seen = try await house.platform.likelySame(as: first.project.id, by: officer)
            #expect(seen.map(\.record.project.id) == [second.project.id])
            #expect(seen[0].likeness.verdict == .same && !seen[0].likeness.reasonsFor.isEmpty)
            let all = try await house.platform.likelySame(as: first.project.id, by: regulator)
            #expect(Set(all.map(\.record.project.id)) == [second.project.id, hidden.project.id])
            await #expect(throws: PlatformFault.notFound) {
                try await house.platform.likelySame(as: first.project.id, by: bank)
            }
            // What is renamed or withdrawn is no longer found.
            _ = try await house.platform.editProject(
                second.project.id, ProjectTests.draft(name: "江津区白沙污水处理厂"), version: 1, by: officer)
            #expect(try await house.platform.likelySame(as: first.project.id, by: officer).isEmpty)
            _ = try await house.platform.step(
                .withdraw, hidden.project.id, version: 1, reason: "重复", by: bank)
            #expect(try await house.platform.likelySame(as: first.project.id, by: regulator).isEmpty)
        }
    }

    @Test("The older record goes on with what both said; undoing brings both back", arguments: Engine.allCases)
    func wholeWay(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let place = try await house.organisation(.district, region: TestPlatform.yunyang)
            let officer = try await house.viewer([.officer], of: place)
            let reviewer = try await house.viewer([.reviewer], of: place)
            let first = try await enter("云阳县盘石100MW风电场", house, by: officer)
            let second = try await enter("云阳盘石风电场", total: "66000000000", house, by: officer)
            let (a, b) = (first.project.id, second.project.id)
            await #expect(throws: PlatformFault.forbidden(.mergeProjects)) {
                try await house.platform.mergeProposal([a, b], by: officer)
            }
            let proposal = try await house.platform.mergeProposal([a, b], by: reviewer)
            #expect(proposal.merge.conflicts.map(\.field).contains(.totalInvestment))
            await #expect(throws: PlatformFault.self) {
                try await house.platform.mergeProjects([a: 1, b: 1], reason: " ", by: reviewer)
            }
            await #expect(throws: PlatformFault.changedMeanwhile) {
                try await house.platform.mergeProjects([a: 1, b: 2], reason: "重复", by: reviewer)
            }
            let choices = [ProjectMerge.Place(.totalInvestment): b]
            let merged = try await house.platform.mergeProjects(
                [a: 1, b: 1], choices: choices, reason: "重复登记", by: reviewer)
            #expect(merged.project.id == a && merged.version == 2)
            #expect(merged.project.formerNames == ["云阳盘石风电场"])
            #expect(merged.project.totalInvestment?.fen == 66_000_000_000)
            let aside = try await house.platform.project(b, by: officer)
            #expect(aside.project.status == .merged && aside.project.mergedInto == a)
            #expect(try await house.platform.likelySame(as: a, by: officer).isEmpty)
            #expect(try await house.platform.standingAside(for: a, by: officer).map(\.project.id) == [b])
            await #expect(throws: PlatformFault.conflict("project.is-merged")) {
                try await house.platform.editProject(b, ProjectTests.draft(), version: 2, by: officer)
            }
            await #expect(throws: PlatformFault.conflict("project.is-merged")) {
                try await house.platform.attach(
                    SampleFiles.received(SampleFiles.pdf), name: "a.pdf", to: b, by: officer)
            }
            let restored = try await house.platform.undoMerge(into: a, version: 2, reason: "不是一个项目", by: reviewer)
            #expect(restored.project == first.project && restored.version == 3)
            #expect(try await house.platform.project(b, by: officer).project == second.project)
            #expect(try await house.platform.standingAside(for: a, by: officer).isEmpty)
            await #expect(throws: PlatformFault.conflict("merging.nothing-to-undo")) {
                try await house.platform.undoMerge(into: a, version: 3, reason: "再撤", by: reviewer)
            }
            for id in [a, b] {
                let history = try await house.platform.history(of: id, by: officer)
                #expect(history.map(\.act) == ["project.merge", "project.merge", "project.register"])
                let trail = try await house.platform.database.read { try $0.audit.list(subject: id.text, limit: 9) }
                #expect(trail.map(\.act) == history.map(\.act))
                #expect(trail[0].body.contains("undone"))
            }
        }
    }

    @Test(
        "A merge is undone after a later one was, and not when a record was changed since", arguments: Engine.allCases)
    func layers(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let reviewer = try await house.member(.district, [.officer, .reviewer], region: TestPlatform.yunyang)
            var ids: [ID<Project>] = []
            for name in ["云阳县盘石风电场", "云阳盘石风电场", "盘石风电场项目"] {
                ids.append(try await enter(name, house, by: reviewer).project.id)
            }
            _ = try await house.platform.mergeProjects([ids[0]: 1, ids[1]: 1], reason: "重复", by: reviewer)
            _ = try await house.platform.mergeProjects([ids[0]: 2, ids[2]: 1], reason: "重复", by: reviewer)
            _ = try await house.platform.undoMerge(into: ids[0], version: 3, reason: "有误", by: reviewer)
            #expect(try await house.platform.standingAside(for: ids[0], by: reviewer).map(\.project.id) == [ids[1]])
            let restored = try await house.platform.undoMerge(into: ids[0], version: 4, reason: "有误", by: reviewer)
            #expect(restored.project.formerNames.isEmpty && restored.project.name == "云阳县盘石风电场")
            _ = try await house.platform.mergeProjects([ids[0]: 5, ids[1]: 3], reason: "重复", by: reviewer)
            _ = try await house.platform.editProject(
                ids[0], ProjectTests.draft(name: "云阳县盘石风电场二期"), version: 6, by: reviewer)
            await #expect(throws: PlatformFault.conflict("merging.changed-since")) {
                try await house.platform.undoMerge(into: ids[0], version: 7, reason: "有误", by: reviewer)
            }
        }
    }

    @Test(
        "A reviewer merges no record out of reach, and a bank's records stay with the bank", arguments: Engine.allCases)
    func reach(engine: Engine) async throws {
        try await TestPlatform.with(engine) { house in
            let district = try await house.member(.district, [.officer, .reviewer], region: TestPlatform.yunyang)
            let elsewhere = try await house.member(.district, [.officer, .reviewer], region: TestPlatform.yuzhong)
            let bank = try await house.member(.lender, [.officer, .reviewer])
            let regulator = try await house.member(.regulator, [.reviewer])
            let own = try await enter("云阳县盘石风电场", house, by: district)
            let far = try await enter("渝中区盘石风电场", house, by: elsewhere, region: "500103")
            let kept = try await enter("盘石风电场", house, by: bank)
            for other in [far, kept] {
                await #expect(throws: PlatformFault.notFound) {
                    try await house.platform.mergeProjects(
                        [own.project.id: 1, other.project.id: 1], reason: "重复", by: district)
                }
            }
            await #expect(throws: PlatformFault.conflict("merging.kept-apart")) {
                try await house.platform.mergeProjects(
                    [own.project.id: 1, kept.project.id: 1], reason: "重复", by: regulator)
            }
            let second = try await enter("盘石风力发电场", house, by: bank)
            let merged = try await house.platform.mergeProjects(
                [kept.project.id: 1, second.project.id: 1], reason: "重复", by: bank)
            #expect(merged.project.id == kept.project.id)
            await #expect(throws: PlatformFault.conflict("merging.count", ["limit": "10"])) {
                try await house.platform.mergeProjects([own.project.id: 1], reason: "重复", by: district)
            }
        }
    }
}
