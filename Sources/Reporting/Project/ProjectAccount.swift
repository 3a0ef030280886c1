import Standards
import Vocabulary

/// What is said of one project: its verdicts, what each judgement is worth under the other standards, and what would
/// change them.
public struct ProjectAccount: Sendable {
    public let project: ProjectDossier
    public let day: CalendarDate
    public let packs: [StandardPack]
    public let dictionary: FactDictionary
    public let result: ProjectJudge.Result
    /// For each standard under which the project is aligned, what that is worth under each of the others.
    public let recognitions: [Recognition]
    public let changes: [FactChange]

    /// - Parameters:
    ///   - judge: The standards, crosswalks, dictionary and day.
    ///   - read: What the words were found to mean, by standard.
    ///   - whatIf: A fact to put otherwise; nil to look for every single change that aligns.
    public init(
        _ project: ProjectDossier, judge: ProjectJudge,
        read: [String: [(item: ItemReference, probability: Double)]], whatIf: (fact: FactID, value: FactValue)? = nil
    ) {
        self.project = project
        day = judge.day
        packs = judge.packs
        dictionary = judge.dictionary
        let result = judge.judge(project, read: read)
        self.result = result
        let rule = RecognitionRule(
            dictionary: judge.dictionary, crosswalks: judge.crosswalks, year: judge.day.year)
        let onFile = Set(project.facts.current(on: judge.day, judge.dictionary).sheet.facts.keys)
        var recognitions: [Recognition] = []
        for (first, judgement) in zip(judge.packs, result.judgements) where judgement.verdict.kind == .aligned {
            for second in judge.packs where second.id != first.id {
                recognitions.append(
                    rule.recognise(
                        judgement.verdict, under: first, by: second, stated: project.subjects[second.id],
                        onFile: onFile))
            }
        }
        self.recognitions = recognitions
        if let whatIf {
            changes = [judge.change(project, whatIf.fact, to: whatIf.value, read: read)]
        } else {
            changes = judge.singleChangesThatAlign(project, read: read)
        }
    }

    public func pack(_ id: String) -> StandardPack? { packs.first { $0.id == id } }

    /// What a change would do, as a sentence.
    public func sentence(_ change: FactChange, _ words: ConditionWords) -> String {
        ProjectWords.change(change, words)
    }

    /// Every fact that some verdict looked at and found, with the standards that asked for it.
    public var evidence: [(fact: FactID, finding: Fact, standards: [String])] {
        var standards: [FactID: [String]] = [:]
        var findings: [FactID: Fact] = [:]
        for judgement in result.judgements {
            for leaf in judgement.verdict.leaves {
                guard let fact = leaf.fact, let finding = leaf.finding else { continue }
                findings[fact] = finding
                if standards[fact]?.last != judgement.standard {
                    standards[fact, default: []].append(judgement.standard)
                }
            }
        }
        return findings.sorted { $0.key < $1.key }.map { ($0.key, $0.value, standards[$0.key] ?? []) }
    }
}
