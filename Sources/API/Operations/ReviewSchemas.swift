import Access
import Credit
import Identification
import Platform
import Standards
import Store
import Vocabulary

extension PlatformAPI {
    static let reviewSchemas: [String: Schema] = [
        "Decision": .object([
            .init("id", .id(of: ReviewDecision.self)), .init("organisation", .id(of: Organisation.self)),
            .init("lender", .text(1...400)), .init("loan_id", .text(0...20_000)),
            .init("book", .id(of: BookRecord.self)),
            .init("period", .month), .init("line", .integer(1...Int64.max)),
            .init("verdict", .words(ReviewVerdict.self), note: "api.note.review-verdict"),
            .init("standard", .text(0...200)), .init("item", .nullable(.text(1...32))),
            .init("reason", .text(1...4000)),
            .init("borrower", .text(0...2_000_000)), .init("purpose", .text(0...2_000_000)),
            .init("project_name", .text(0...2_000_000)), .init("balance", .money),
            .init("alone_up_to", .nullable(.money), note: "api.note.alone-up-to"), .init("found", .named("Found")),
            .init("state", .words(ReviewState.self)), .init("proposed_by", .text(1...400)),
            .init("proposed_at", .moment), .init("second_by", .nullable(.text(1...400))),
            .init("second_reason", .nullable(.text(1...4000))), .init("decided_at", .nullable(.moment)),
        ]),
        "Found": .object([
            .init("decision", .words(LoanDecision.self)), .init("item", .nullable(.text(1...32))),
            .init("probability", .number(0...1)), .init("model", .text(0...200)),
        ]),
        "FacilityCase": .object([
            .init("facility", .named("Facility")), .init("standard", .text(0...200), note: "api.note.review-standard"),
            .init("found", .named("Found")), .init("reason", .text(0...20_000)),
            .init(
                "words",
                .array(
                    of: .object([
                        .init("source", .choice(["purpose", "project", "borrower", "industry"])),
                        .init("text", .text(0...20_000)), .init("weight", .number(-1e9...1e9)),
                    ]), 0...20), note: "api.note.review-words"),
            .init(
                "candidates",
                .array(
                    of: .object([
                        .init("item", .text(1...32)), .init("name", .text(1...400)),
                        .init("probability", .number(0...1)),
                        .init("decision", .words(LoanDecision.self)),
                        .init("verdict", .nullable(.words(VerdictKind.self))),
                    ]), 0...10), note: "api.note.review-candidates"),
            .init("needs_second", .boolean), .init("decisions", .array(of: .named("Decision"), 0...100)),
        ]),
        "BookReview": .object([
            .init("open", .integer(0...Int64.max), note: "api.note.review-open"), .init("older_rules", .boolean),
            .init(
                "assessments",
                .array(
                    of: .object([
                        .init("number", .integer(1...Int64.max)), .init("library", .text(64...64)),
                        .init("begun_at", .moment), .init("kept_at", .nullable(.moment)),
                        .init("decisions", .integer(0...Int64.max)), .init("asked_by", .nullable(.text(1...400))),
                        .init("changes", .nullable(.named("BookChanges"))),
                    ]), 0...100)),
        ]),
        "ReviewLimit": .object([.init("second_above", .nullable(.money), note: "api.note.second-above")]),
    ]

    func decision(_ entry: ReviewEntry) -> JSONValue {
        let decision = entry.decision
        return [
            "id": .string(decision.id.text), "organisation": .string(decision.organisation.text),
            "lender": .string(entry.lender), "loan_id": .string(decision.loanID), "book": .string(decision.book.text),
            "period": .string(entry.period.description), "line": .integer(Int64(decision.line)),
            "verdict": .string(decision.verdict.rawValue), "standard": .string(decision.standard),
            "item": JSONValue(decision.item?.text), "reason": .string(decision.reason),
            "borrower": .string(decision.texts.borrower),
            "purpose": .string(decision.texts.purpose), "project_name": .string(decision.texts.project),
            "balance": .string(String(decision.balance.fen)),
            "alone_up_to": JSONValue(decision.aloneUpTo.map { String($0.fen) }), "found": Self.found(decision.found),
            "state": .string(decision.state.rawValue), "proposed_by": .string(entry.proposer),
            "proposed_at": .string(decision.proposedAt.description), "second_by": JSONValue(entry.second),
            "second_reason": JSONValue(decision.secondReason),
            "decided_at": JSONValue(decision.decidedAt?.description),
        ]
    }

    private static func found(_ found: ReviewDecision.Found) -> JSONValue {
        [
            "decision": .string(found.decision.rawValue), "item": JSONValue(found.item?.text),
            "probability": .number(found.probability), "model": .string(found.model),
        ]
    }

    func reviewCase(_ review: ReviewCase, _ language: Language) -> JSONValue {
        [
            "facility": facility(review.facility, language), "standard": .string(review.standard),
            "found": Self.found(review.found),
            "reason": .string(review.reason(in: language)),
            "words": .array(
                review.words.map { word in
                    [
                        "source": .string(Self.source(word.source)), "text": .string(word.text),
                        "weight": .number(Double(word.weight)),
                    ]
                }),
            "candidates": .array(
                review.candidates.map { candidate in
                    [
                        "item": .string(candidate.item.text), "name": .string(candidate.name[language]),
                        "probability": .number(candidate.probability),
                        "decision": .string(candidate.decision.rawValue),
                        "verdict": JSONValue(candidate.verdict?.rawValue),
                    ]
                }),
            "needs_second": .bool(review.needsSecond), "decisions": .array(review.decisions.map(decision)),
        ]
    }

    private static func source(_ source: LoanText.Source) -> String {
        switch source {
        case .purpose: "purpose"
        case .project: "project"
        case .borrower: "borrower"
        case .industry: "industry"
        }
    }

    func review(_ review: BookReview) -> JSONValue {
        [
            "open": .integer(Int64(review.open)), "older_rules": .bool(review.isByOlderRules),
            "assessments": .array(
                review.assessments.map { assessment in
                    [
                        "number": .integer(assessment.number), "library": .string(assessment.library),
                        "begun_at": .string(assessment.begunAt.description),
                        "kept_at": JSONValue(assessment.keptAt?.description),
                        "decisions": .integer(Int64(assessment.decisions)), "asked_by": JSONValue(assessment.askedBy),
                        "changes": assessment.changes?.json ?? .null,
                    ]
                }),
        ]
    }
}
