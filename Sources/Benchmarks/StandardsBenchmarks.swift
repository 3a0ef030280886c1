import Foundation
import Library
import Reporting
import Standards
import Vocabulary

/// Loading the packs, and one project held against all of them.
enum StandardsBenchmarks {
    static func run(root: String, folder: String) throws {
        let cache = URL(fileURLWithPath: folder + "/cache")
        row("load the library, YAML parsed", try time(5) { _ = try RuleLibrary.load(root: root) })
        _ = try RuleLibrary.load(root: root, cache: cache)
        row("load the library, parsed files kept", try time(10) { _ = try RuleLibrary.load(root: root, cache: cache) })
        let library = try RuleLibrary.load(root: root, cache: cache)
        let project = try project(library)
        let day = try CalendarDate.parse("2026-10-31")
        let judge = ProjectJudge(
            packs: library.packs, crosswalks: library.crosswalks, dictionary: library.facts, day: day)
        row(
            "a project with \(project.facts.facts.count) facts under \(library.packs.count) packs",
            time(1_000) { precondition(judge.judge(project).judgements.count == library.packs.count) })
        row(
            "the same project against every item of every pack",
            time(20) {
                for pack in library.packs {
                    for item in pack.items {
                        _ = pack.verdict(on: item.code, activity: nil, facts: project.facts, year: day.year)
                    }
                }
            })
        row(
            "verdicts, single changes and recognition of a project",
            time(20) { _ = ProjectAccount(project, judge: judge, read: [:]) })
    }

    /// Invented: 40 facts that criteria ask for, those of clean energy first, all answered in the project's favour.
    private static func project(_ library: RuleLibrary) throws -> ProjectDossier {
        guard let pack = library.pack("cn.green-finance.2025"), let code = ItemCode("4.3.1") else {
            throw CocoaError(.fileNoSuchFile)
        }
        var ids: [FactID] = []
        let energy = pack.items.filter { $0.code.chapter == "4" }
        for item in [pack[code]].compactMap({ $0 }) + energy + pack.items {
            for fact in item.activities.compactMap(\.criterion).flatMap(\.facts) where !ids.contains(fact) {
                ids.append(fact)
            }
        }
        ids = (pack.header.general?.facts ?? []) + ids
        var sheet = FactSheet()
        for id in ids where sheet.facts.count < 40 {
            let value: FactValue
            switch library.facts[id]?.kind {
            case .number(_, let minimum, let maximum)?:
                value = .number(((minimum ?? 0) + (maximum ?? 100)) / 2)
            case .choice(let choices)?: value = .choice(choices.first?.id ?? "")
            case .yesNo?, nil: value = .yesNo(true)
            }
            sheet[id] = Fact(value, assurance: .documented, document: "D-\(id.name)")
        }
        return ProjectDossier(
            id: "B-1", name: "benchmark", about: "", borrower: "", subjects: [pack.id: ItemReference(code)],
            facts: sheet)
    }

    private static func time(_ times: Int, _ body: () throws -> Void) rethrows -> Duration {
        try body()
        let whole = try ContinuousClock().measure { for _ in 0..<times { try body() } }
        return whole / times
    }

    private static func row(_ what: String, _ time: Duration) {
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        print("| \(what), one core | | \(Benchmarks.fixed(seconds * 1_000, 3)) ms | | |")
    }
}
