import Standards
import Vocabulary

/// Sentences about verdicts, changes and recognition, the same in a terminal and on a page.
enum ProjectWords {
    static func symbol(_ truth: Truth) -> String {
        switch truth {
        case .met: "✓"
        case .notMet: "✗"
        case .unknown: "?"
        }
    }

    static func symbol(_ kind: VerdictKind) -> String {
        switch kind {
        case .aligned: "✓"
        case .eligible: "?"
        case .notAligned: "✗"
        case .notCovered: "–"
        }
    }

    /// How it is known that the project belongs to the item.
    static func origin(_ origin: SubjectOrigin, _ words: ConditionWords) -> String {
        switch origin {
        case .stated: return words.say("explain.origin.stated")
        case .words(let probability):
            return words.say(
                "explain.origin.words", ["probability": ConditionWords.digits((probability * 1000).rounded() / 1000)])
        case .crosswalk(let from, let item, let counterpart) where counterpart.path.isEmpty:
            return words.say("explain.origin.same-catalogue", ["item": "\(from) \(item)"])
        case .crosswalk(let from, let item, let counterpart):
            let because = counterpart.path.compactMap { $0.because?[words.language] }
            let sentence = words.say(
                "explain.origin.crosswalk",
                [
                    "item": "\(from) \(item)",
                    "relation": words.say("explain.relation.\(counterpart.relation.rawValue)"),
                    "crosswalk": counterpart.crosswalks.joined(separator: " → "),
                ])
            return ([sentence] + because).joined(separator: words.language == .zh ? "" : " ")
        }
    }

    /// What to show below the sentence of an overlay's change: the condition asked, or the case that is forbidden.
    static func trees(_ change: OverlayChange, _ evaluation: Evaluation?) -> [Evaluation] {
        guard let evaluation, !change.isBan else { return [] }
        if case .forbidden = change.kind { return evaluation.parts }
        return [evaluation]
    }

    static func change(_ change: FactChange, _ words: ConditionWords) -> String {
        let before = change.before.map { words.value($0, of: change.fact) } ?? words.say("explain.unknown")
        let after = words.value(change.turningPoint, of: change.fact)
        let effects = change.effects.map { effect in
            words.say(
                "explain.effect",
                [
                    "item": "\(effect.standard) \(effect.subject?.description ?? "")",
                    "before": words.say("explain.verdict.\(effect.before.rawValue)"),
                    "after": words.say("explain.verdict.\(effect.after.rawValue)")
                        + (effect.tierAfter.map { " (\($0))" } ?? ""),
                ])
        }
        let arguments = [
            "fact": words.label(change.fact), "before": before, "after": after,
            "effects": effects.isEmpty ? words.say("explain.no-effect") : effects.joined(separator: words.separator),
        ]
        return words.say(change.isBeyond ? "explain.change-beyond" : "explain.change", arguments)
    }

    static func recognition(_ recognition: Recognition, _ words: ConditionWords) -> String {
        let pair = "\(recognition.from) → \(recognition.to)"
        let item = recognition.counterpart.map { "\($0.reference)" } ?? ""
        var text: String
        switch recognition.outcome {
        case .recognised:
            text = words.say("explain.recognition.recognised", ["pair": pair, "item": item])
        case .withFurtherFacts:
            text = words.say(
                recognition.further.isEmpty
                    ? "explain.recognition.subject-only" : "explain.recognition.with-further-facts",
                [
                    "pair": pair, "item": item,
                    "facts": recognition.further.map { fact in
                        recognition.onFile.contains(fact)
                            ? words.say("explain.recognition.on-file", ["fact": words.label(fact)]) : words.label(fact)
                    }.joined(separator: words.separator),
                ])
        case .notRecognised:
            let reason = recognition.refusal ?? .notProved
            text = words.say(
                "explain.recognition.\(reason.rawValue)",
                [
                    "pair": pair, "item": item,
                    "conditions": recognition.failures.map(words.condition).joined(separator: words.separator),
                ])
        }
        if recognition.subjectOpen, !recognition.further.isEmpty, let counterpart = recognition.counterpart {
            text += words.say(
                "explain.recognition.subject-open",
                ["item": item, "relation": words.say("explain.relation.\(counterpart.relation.rawValue)")])
        }
        return text
    }
}
