import Access
import Credit
import Library
import Standards
import Store
import Vocabulary

extension PlatformAPI {
    /// A figure beyond 2^53 comes as its digits.
    static let figure = Schema.either([.number(-1e300...1e300), .text(1...400)])
    private static let figures = Schema.map(of: figure, most: 100)

    static let bookSchemas: [String: Schema] = [
        "Book": .object([
            .init("id", .id(of: BookRecord.self)), .init("organisation", .id(of: Organisation.self)),
            .init("lender", .text(1...400)), .init("period", .month), .init("state", .words(BookState.self)),
            .init("version", .nullable(.integer(1...Int64.max)), note: "api.note.book-version"),
            .init("replaces", .nullable(.id(of: BookRecord.self))), .init("received_at", .moment),
            .init("decided_at", .nullable(.moment)), .init("file_name", .text(1...255)),
            .init("media_type", .text(1...255)), .init("bytes", .integer(0...Int64.max)),
            .init("digest", .text(64...64)),
            .init("rates", .map(of: .text(1...64), most: 50), note: "api.note.rates"),
            .init("mapping", .text(0...100_000), note: "api.note.mapping"),
            .init("progress", .named("JobProgress")), .init("summary", .nullable(.named("BookSummary"))),
            .init("changes", .nullable(.named("BookChanges")), note: "api.note.book-changes"),
            .init("faulty", .nullable(.integer(1...Int64.max)), note: "api.note.book-faulty"),
            .init("fault", .nullable(.text(1...20_000)), note: "api.note.book-fault"),
        ]),
        "JobProgress": .object([
            .init("state", .words(JobState.self)), .init("cancel_asked", .boolean),
            .init("bytes_done", .integer(0...Int64.max)), .init("bytes_total", .integer(0...Int64.max)),
            .init("rows", .integer(0...Int64.max)), .init("attempts", .integer(0...Int64.max)),
        ]),
        "BookSummary": .object([
            .init("rows", .integer(0...Int64.max)), .init("balance", .sum),
            .init("rows_with_warnings", .integer(0...Int64.max)),
            .init("decisions", .object(LoanDecision.allCases.map { .init($0.rawValue, .loans) })),
            .init("aligned", .loans), .init("eligible", .loans),
            .init("older_aligned", .loans, note: "api.note.older-edition"), .init("older_eligible", .loans),
            .init("benefits", figures, note: "api.note.benefits"),
        ]),
        "BookChanges": .object([
            .init("added", .loans), .init("removed", .loans), .init("changed", .integer(0...Int64.max)),
            .init("balance_difference", .sum), .init("green_difference", .sum),
        ]),
        "BookFault": .object([
            .init("line", .integer(1...Int64.max)), .init("column", .text(0...20_000)),
            .init("value", .text(0...20_000)),
            .init("reason", .text(1...20_000)),
        ]),
        "Facility": .object([
            .init("line", .integer(1...Int64.max)), .init("loan_id", .text(0...20_000)),
            .init("borrower", .text(0...2_000_000)), .init("borrower_code", .nullable(.text(18...18))),
            .init("purpose", .text(0...2_000_000)), .init("project_name", .text(0...2_000_000)),
            .init("project_code", .nullable(.text(1...64))), .init("region", .nullable(.region)),
            .init("industry", .nullable(.text(1...16))), .init("balance", .money), .init("amount", .nullable(.money)),
            .init("total_investment", .nullable(.money)), .init("approved_on", .nullable(.date)),
            .init("issued_on", .nullable(.date)), .init("matures_on", .nullable(.date)),
            .init("rate", .nullable(figure)), .init("quality", .nullable(.words(LoanQuality.self))),
            .init("borrower_size", .nullable(.words(BorrowerSize.self))),
            .init("facts", .map(of: .either([.number(-1e300...1e300), .boolean, .text(1...400)]), most: 1000)),
            .init("warnings", .array(of: .text(1...20_000), 0...1000)),
            .init("decision", .words(LoanDecision.self)), .init("standard", .text(0...200)),
            .init("item", .nullable(.text(1...32))), .init("verdict", .nullable(.words(VerdictKind.self))),
            .init("mark", .nullable(.words(Mark.self))), .init("probability", .number(0...1)),
            .init("green", .money, note: "api.note.green-part"),
            .init("share", .nullable(.integer(0...1_000_000)), note: "api.note.share"), .init("benefits", figures),
            .init("decided_by", .nullable(.id(of: ReviewDecision.self)), note: "api.note.decided-by"),
            .init(
                "candidates",
                .array(of: .object([.init("item", .text(1...32)), .init("probability", .number(0...1))]), 0...10)),
        ]),
        "FacilityChange": .object([
            .init("loan_id", .text(0...20_000)), .init("before", .nullable(.named("Facility"))),
            .init("after", .nullable(.named("Facility"))),
        ]),
    ]

    func book(_ entry: BookEntry, _ language: Language) -> JSONValue {
        let (book, job) = (entry.book, entry.job)
        return [
            "id": .string(book.id.text), "organisation": .string(book.organisation.text),
            "lender": .string(entry.lender), "period": .string(book.period.description),
            "state": .string(book.state.rawValue), "version": JSONValue(book.version.map(Int64.init)),
            "replaces": JSONValue(book.replaces?.text), "received_at": .string(book.receivedAt.description),
            "decided_at": JSONValue(book.decidedAt?.description), "file_name": .string(book.fileName),
            "media_type": .string(book.mediaType), "bytes": .integer(book.byteCount), "digest": .string(book.digest),
            "mapping": .string(book.mapping),
            "rates": .object(book.rates.mapValues { .string($0.decimalText ?? $0.description) }),
            "progress": Self.progress(job),
            "summary": book.summary?.json ?? .null, "changes": book.changes?.json ?? .null,
            "faulty": JSONValue(book.faulty.map(Int64.init)),
            "fault": JSONValue(book.fault.map { platform.library.phrasebook.text($0, in: language) }),
        ]
    }

    /// How far a job is.
    static func progress(_ job: JobRecord) -> JSONValue {
        [
            "state": .string(job.state.rawValue), "cancel_asked": .bool(job.isCancelAsked),
            "bytes_done": .integer(job.progress.bytesDone), "bytes_total": .integer(job.progress.bytesTotal),
            "rows": .integer(job.progress.rows), "attempts": .integer(Int64(job.attempts)),
        ]
    }

    func facility(_ snapshot: FacilitySnapshot, _ language: Language) -> JSONValue {
        let finding = snapshot.finding
        let phrasebook = platform.library.phrasebook
        func fen(_ money: Money?) -> JSONValue { JSONValue(money.map { String($0.fen) }) }
        return [
            "line": .integer(Int64(snapshot.line)), "loan_id": .string(snapshot.loanID),
            "borrower": .string(snapshot.borrower), "borrower_code": JSONValue(snapshot.borrowerCode?.description),
            "purpose": .string(snapshot.purpose), "project_name": .string(snapshot.projectName),
            "project_code": JSONValue(snapshot.projectCode?.description),
            "region": JSONValue(snapshot.region?.description), "industry": JSONValue(snapshot.industry?.description),
            "balance": fen(snapshot.balance), "amount": fen(snapshot.amount),
            "total_investment": fen(snapshot.totalInvestment),
            "approved_on": JSONValue(snapshot.approvedOn?.description),
            "issued_on": JSONValue(snapshot.issuedOn?.description),
            "matures_on": JSONValue(snapshot.maturesOn?.description),
            "rate": snapshot.rate.map { JSONValue(figure: $0) } ?? .null,
            "quality": JSONValue(snapshot.quality?.rawValue),
            "borrower_size": JSONValue(snapshot.size?.rawValue),
            "facts": .object(
                Dictionary(uniqueKeysWithValues: snapshot.facts.facts.map { ($0.key.name, Self.fact($0.value.value)) })),
            "warnings": .array(
                snapshot.warnings.map { warning in
                    let said = phrasebook.text(warning.message, in: language)
                    return .string(warning.column.map { "\($0): \(said)" } ?? said)
                }),
            "decision": .string(finding.decision.rawValue), "standard": .string(finding.standard),
            "item": JSONValue(finding.item?.text), "verdict": JSONValue(finding.verdict?.rawValue),
            "mark": JSONValue(finding.mark?.rawValue), "probability": .number(finding.probability),
            "green": fen(finding.green), "share": JSONValue(finding.share),
            "benefits": .object(finding.benefits.mapValues { JSONValue(figure: $0) }),
            "decided_by": JSONValue(finding.decidedBy),
            "candidates": .array(
                finding.candidates.map { ["item": .string($0.item.text), "probability": .number($0.probability)] }),
        ]
    }

    private static func fact(_ value: FactValue) -> JSONValue {
        switch value {
        case .number(let number): JSONValue(figure: number)
        case .yesNo(let answer): .bool(answer)
        case .choice(let choice): .string(choice)
        }
    }
}
