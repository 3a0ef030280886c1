import Foundation
import Library
import Testing
import Vocabulary

@testable import Projects

/// How often the same is found again, on pairs whose wordings nothing was fitted to. `swift test --filter LabelledPairs`
/// prints the table of docs/duplicates.md; JIALING_SHOW_PAIRS=1 prints the pairs that were judged otherwise.
@Suite("Labelled pairs of names", .serialized)
struct LabelledPairsTests {
    private let words: NameWords
    private let train: [LabelledPair]
    private let test: [LabelledPair]

    init() throws {
        words = try NameLibrary.words()
        train = try NameLibrary.shared().labelledPairs("train")
        test = try NameLibrary.shared().labelledPairs("test")
    }

    private func likeness(_ pair: LabelledPair, _ comparison: ProjectComparison) throws -> Likeness {
        switch pair.kind {
        case .company:
            let (left, right) = (try pair.left.company(words), try pair.right.company(words))
            return comparison.companies.likeness(left, right)
        case .project: return comparison.likeness(try pair.left.project(words), try pair.right.project(words))
        }
    }

    private struct Score {
        var found = 0
        var wrong = 0
        var wanted = 0
        var table: [LikenessVerdict: [LikenessVerdict: Int]] = [:]
        var precision: Double { found == 0 ? 0 : Double(found - wrong) / Double(found) }
        var recall: Double { wanted == 0 ? 0 : Double(found - wrong) / Double(wanted) }
    }

    private func score(_ pairs: [LabelledPair], _ kind: LabelledPair.Kind, _ name: String) throws -> Score {
        let comparison = try NameLibrary.comparison()
        let showsPairs = ProcessInfo.processInfo.environment["JIALING_SHOW_PAIRS"] != nil
        var score = Score()
        for pair in pairs where pair.kind == kind {
            let likeness = try likeness(pair, comparison)
            score.table[pair.label, default: [:]][likeness.verdict, default: 0] += 1
            if pair.label == .same { score.wanted += 1 }
            if likeness.verdict == .same {
                score.found += 1
                if pair.label != .same { score.wrong += 1 }
            }
            if showsPairs, likeness.verdict != pair.label {
                let reasons = likeness.findings.map {
                    "\($0.reason.rawValue.dropFirst(9)) \(($0.weight * 10).rounded() / 10)"
                }
                print(
                    "\(name) \(pair.family): \(pair.label) → \(likeness.verdict) \((likeness.probability * 100).rounded()) |",
                    pair.left.name, "|", pair.right.name, "|", reasons.joined(separator: ", "))
            }
        }
        let percent = { (share: Double) in "\((share * 1000).rounded() / 10) %" }
        print("| \(kind) | \(name) | \(score.wanted) | \(percent(score.precision)) | \(percent(score.recall)) |")
        for label in LikenessVerdict.allCases {
            let row = LikenessVerdict.allCases.map { "\($0) \(score.table[label]?[$0] ?? 0)" }
            print("    \(label): \(row.joined(separator: ", "))")
        }
        return score
    }

    @Test("What is called the same is the same, and most of the same is found", arguments: LabelledPair.Kind.allCases)
    func heldOut(_ kind: LabelledPair.Kind) throws {
        _ = try score(train, kind, "train")
        let score = try score(test, kind, "test")
        #expect(score.wanted >= 100)
        #expect(score.precision >= 0.99)
        #expect(score.recall >= 0.93)
    }

    @Test("So it is with pairs that were written after everything was tuned", arguments: LabelledPair.Kind.allCases)
    func blind(_ kind: LabelledPair.Kind) throws {
        let score = try score(try NameLibrary.shared().labelledPairs("blind"), kind, "blind")
        #expect(score.wanted >= 14)
    }

    @Test("The shipped weights are those that the training set gives")
    func weights() throws {
        let companies = try LikenessWeights.companies(train, words)
        let projects = try LikenessWeights.projects(train, words, companies: companies)
        let shipped = try NameLibrary.shared().likenessWeights()
        let pairs = [("company", companies, shipped.companies), ("project", projects, shipped.projects)]
        let isClose = pairs.allSatisfy { _, fitted, kept in
            LikenessReason.allCases.allSatisfy { abs(fitted.weight($0) - (kept.weights[$0] ?? .infinity)) < 0.006 }
                && abs(fitted.bias - kept.bias) < 0.006
        }
        #expect(isClose)
        guard !isClose else { return }
        // What Library/projects/weights.yaml should say.
        for (name, fitted, _) in pairs {
            print("\(name):\n  bias: \((fitted.bias * 100).rounded() / 100)")
            for reason in LikenessReason.allCases {
                print(
                    "  \(reason.rawValue.dropFirst("likeness.".count)): \((fitted.weight(reason) * 100).rounded() / 100)"
                )
            }
        }
    }

    @Test("No family of wordings stands in both sets, and each set has enough of every label")
    func split() {
        #expect(Set(train.map(\.family)).isDisjoint(with: test.map(\.family)))
        for kind in LabelledPair.Kind.allCases {
            #expect((train + test).count { $0.kind == kind } >= 600)
            #expect(test.count { $0.kind == kind } * 4 >= (train + test).count { $0.kind == kind } - test.count)
        }
    }
}
