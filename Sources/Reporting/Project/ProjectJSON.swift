import Standards
import Vocabulary

extension ProjectAccount {
    /// The account for machines: verdicts with their whole trees, what is missing, changes and recognition.
    public func json() -> String {
        var out = ""
        document.write(into: &out)
        return out
    }

    /// The account as a value, for the API.
    public var jsonValue: JSONValue { document.jsonValue }

    var document: JSONText {
        .object([
            (
                "project",
                .object([
                    ("id", .string(project.id)), ("name", .string(project.name)), ("about", .string(project.about)),
                    ("borrower", .string(project.borrower)),
                ])
            ), ("as_of", .string(day.description)),
            ("verdicts", .array(result.judgements.map(verdict))),
            ("expired", .array(result.expired.map { .string($0.name) })),
            ("changes", .array(changes.map(change))), ("recognitions", .array(recognitions.map(recognition))),
        ])
    }

    private func verdict(_ judgement: StandardJudgement) -> JSONText {
        var members: [(String, JSONText)] = [
            ("standard", .string(judgement.standard)),
            ("verdict", .string(judgement.verdict.kind.rawValue)),
            ("tier", judgement.verdict.tier.map { .string($0) } ?? .null),
            ("subject", judgement.subject.map { .string($0.description) } ?? .null),
            ("origin", judgement.origin.map(origin) ?? .null),
            ("missing", .array(judgement.verdict.missing.map(fact))),
            ("easiest", .array(judgement.easiest.map { .string($0.name) })),
            (
                "findings",
                .array(
                    judgement.verdict.findings.map { finding in
                        .object([
                            ("rows", .array(finding.rows.map { .number("\($0)") })),
                            ("tier", finding.tier.map { .string($0) } ?? .null), ("tree", tree(finding.evaluation)),
                            ("changes", .array(finding.ofChanges.map(change))),
                        ])
                    })
            ),
        ]
        if let general = judgement.verdict.general { members.append(("general", tree(general))) }
        members.append(
            (
                "others",
                .array(
                    judgement.others.map { other in
                        .object([
                            ("subject", .string(other.subject.description)),
                            ("verdict", .string(other.verdict.kind.rawValue)), ("origin", origin(other.origin)),
                        ])
                    })
            ))
        return .object(members)
    }

    private func change(_ change: OverlayChange, _ evaluation: Evaluation?) -> JSONText {
        .object([
            ("kind", .string(change.kind.name)), ("because", Self.both(change.because)),
            ("condition", change.asks.map { .string($0.outline) } ?? .null),
            ("truth", evaluation.map { .string($0.truth.rawValue) } ?? .null),
        ])
    }

    private func fact(_ id: FactID) -> JSONText {
        .object([
            ("fact", .string(id.name)), ("label", Self.both(dictionary[id]?.label)),
            ("evidence", Self.both(dictionary[id]?.evidence)),
        ])
    }

    private static func both(_ text: BilingualText?) -> JSONText {
        text.map { .object([("zh", .string($0.zh)), ("en", .string($0.en))]) } ?? .null
    }

    private func origin(_ origin: SubjectOrigin) -> JSONText {
        switch origin {
        case .stated: .object([("how", .string("stated"))])
        case .words(let probability):
            .object([("how", .string("words")), ("probability", .number(ConditionWords.digits(probability)))])
        case .crosswalk(let from, let item, let counterpart):
            .object([
                ("how", .string("crosswalk")), ("standard", .string(from)), ("item", .string(item.description)),
                ("relation", .string(counterpart.relation.rawValue)),
                ("crosswalks", .array(counterpart.crosswalks.map { .string($0) })),
                ("because", .array(counterpart.path.compactMap(\.because).map { Self.both($0) })),
            ])
        }
    }

    private func tree(_ evaluation: Evaluation) -> JSONText {
        var members: [(String, JSONText)] = [("truth", .string(evaluation.truth.rawValue))]
        switch evaluation.criterion {
        case .all: members.append(("node", .string("all")))
        case .any: members.append(("node", .string("any")))
        case .not: members.append(("node", .string("not")))
        case .until(let year, _):
            members += [("node", .string("until")), ("year", .number("\(year)"))]
        case .see(let reference):
            members += [("node", .string("see")), ("item", .string(reference.description))]
        case .compare, .holds, .oneOf, .complies:
            members += [
                ("node", .string("fact")), ("fact", evaluation.fact.map { .string($0.name) } ?? .null),
                ("condition", .string(evaluation.criterion.outline)),
                ("found", evaluation.finding.map(found) ?? .null),
            ]
        }
        if !evaluation.parts.isEmpty { members.append(("parts", .array(evaluation.parts.map(tree)))) }
        return .object(members)
    }

    /// The value of a fact with who said so, when, and on which document.
    func found(_ fact: Fact) -> JSONText {
        .object([
            ("value", Self.value(fact.value)), ("assurance", .string(fact.assurance.rawValue)),
            ("document", fact.document.map { .string($0) } ?? .null),
            ("stated_by", fact.statedBy.map { .string($0) } ?? .null),
            ("stated_on", fact.statedOn.map { .string($0.description) } ?? .null),
        ])
    }

    static func value(_ value: FactValue) -> JSONText {
        switch value {
        case .number(let number): .number("\(number)")
        case .yesNo(let yes): .number(yes ? "true" : "false")
        case .choice(let choice): .string(choice)
        }
    }

    private func change(_ change: FactChange) -> JSONText {
        .object([
            ("fact", .string(change.fact.name)), ("before", change.before.map(Self.value) ?? .null),
            ("after", Self.value(change.after)), ("beyond", change.beyond.map(Self.value) ?? .null),
            (
                "effects",
                .array(
                    change.effects.map { effect in
                        .object([
                            ("standard", .string(effect.standard)),
                            ("subject", effect.subject.map { .string($0.description) } ?? .null),
                            ("before", .string(effect.before.rawValue)), ("after", .string(effect.after.rawValue)),
                            ("tier_before", effect.tierBefore.map { .string($0) } ?? .null),
                            ("tier_after", effect.tierAfter.map { .string($0) } ?? .null),
                        ])
                    })
            ),
        ])
    }

    func recognition(_ recognition: Recognition) -> JSONText {
        .object([
            ("from", .string(recognition.from)), ("to", .string(recognition.to)),
            ("outcome", .string(recognition.outcome.rawValue)),
            ("refusal", recognition.refusal.map { .string($0.rawValue) } ?? .null),
            ("item", recognition.counterpart.map { .string($0.reference.description) } ?? .null),
            ("relation", recognition.counterpart.map { .string($0.relation.rawValue) } ?? .null),
            ("subject_open", .number(recognition.subjectOpen ? "true" : "false")),
            ("further", .array(recognition.further.map(fact))),
            ("on_file", .array(recognition.onFile.map { .string($0.name) })),
            ("settled", .array(recognition.settled.map { .string($0.name) })),
            ("failures", .array(recognition.failures.map { .string($0.outline) })),
        ])
    }
}
