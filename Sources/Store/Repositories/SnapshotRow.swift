import Credit
import Standards
import Vocabulary

/// How a snapshot of a facility stands in its row.
enum SnapshotRow {
    static let names = [
        "assessment", "line", "loan_id", "borrower", "borrower_code", "purpose", "project_name", "project_code",
        "region",
        "industry", "balance", "amount", "total_investment", "approved_on", "issued_on", "matures_on", "rate",
        "quality",
        "size", "facts", "warnings", "stated", "decision", "standard", "item", "verdict", "mark", "probability",
        "green",
        "share", "benefits", "candidates", "decided_by",
    ]
    static let columns = SQL(stringLiteral: names.joined(separator: ", "))
    /// The columns of a table that goes by another name.
    static func columns(of table: String) -> SQL {
        SQL(stringLiteral: names.map { "\(table).\($0)" }.joined(separator: ", "))
    }

    static func values(_ snapshot: FacilitySnapshot, assessment: Int64) -> [SQLValue] {
        let finding = snapshot.finding
        let stated: [SQLValue] = [
            text(snapshot.loanID), text(snapshot.borrower), snapshot.borrowerCode.sqlValue, text(snapshot.purpose),
            text(snapshot.projectName), snapshot.projectCode.sqlValue, snapshot.region.sqlValue,
            snapshot.industry.sqlValue, snapshot.balance.sqlValue, snapshot.amount.sqlValue,
            snapshot.totalInvestment.sqlValue, snapshot.approvedOn.sqlValue, snapshot.issuedOn.sqlValue,
            snapshot.maturesOn.sqlValue, real(snapshot.rate), snapshot.quality.sqlValue, snapshot.size.sqlValue,
            facts(snapshot.facts), warnings(snapshot.warnings),
        ]
        var print = StatedPrint()
        for value in stated { print.mix(value) }
        return [.integer(assessment), snapshot.line.sqlValue] + stated + [
            .integer(print.value), finding.decision.sqlValue, .text(finding.standard), finding.item.sqlValue,
            finding.verdict.sqlValue, finding.mark.sqlValue, real(finding.probability), finding.green.sqlValue,
            finding.share.sqlValue, benefits(finding.benefits), candidates(finding.candidates),
            finding.decidedBy.sqlValue,
        ]
    }

    static func snapshot(_ row: Row) throws -> FacilitySnapshot {
        var finding = FacilityFinding(
            decision: try row("decision"), standard: try row("standard"), item: try row("item"),
            verdict: try row("verdict"), mark: try row("mark"), probability: try row("probability"),
            green: try row("green"), share: try row("share"), decidedBy: try row("decided_by"))
        if case .object(let members)? = try json(row, "benefits") {
            finding.benefits = members.compactMapValues(\.figure)
        }
        finding.candidates = (try json(row, "candidates")?.elements ?? []).compactMap { candidate in
            guard let item = candidate["item"]?.text.flatMap({ ItemCode($0) }),
                let probability = candidate["probability"]?.figure
            else { return nil }
            return FacilityFinding.Candidate(item: item, probability: probability)
        }
        return FacilitySnapshot(
            line: try row("line"), loanID: try row("loan_id"), borrower: try row("borrower"),
            borrowerCode: try row("borrower_code"), purpose: try row("purpose"), projectName: try row("project_name"),
            projectCode: try row("project_code"), region: try row("region"), industry: try row("industry"),
            balance: try row("balance"), amount: try row("amount"), totalInvestment: try row("total_investment"),
            approvedOn: try row("approved_on"), issuedOn: try row("issued_on"), maturesOn: try row("matures_on"),
            rate: try row("rate"), quality: try row("quality"), size: try row("size"),
            facts: facts(try json(row, "facts")), warnings: warnings(try json(row, "warnings")), finding: finding)
    }

    // MARK: Parts that stand as JSON; NULL where there are none, as of most rows

    private static func facts(_ sheet: FactSheet) -> SQLValue {
        guard !sheet.isEmpty else { return .null }
        var members: [String: JSONValue] = [:]
        for (id, fact) in sheet.facts {
            switch fact.value {
            case .number(let value): members[id.name] = JSONValue(figure: value)
            case .yesNo(let answer): members[id.name] = .bool(answer)
            case .choice(let choice): members[id.name] = ["choice": .string(choice)]
            }
        }
        return text(.object(members))
    }

    private static func facts(_ json: JSONValue?) -> FactSheet {
        guard case .object(let members)? = json else { return FactSheet() }
        var facts: [FactID: Fact] = [:]
        for (name, value) in members {
            if let answer = value.bool {
                facts[FactID(name)] = Fact(.yesNo(answer))
            } else if let choice = value["choice"]?.text {
                facts[FactID(name)] = Fact(.choice(choice))
            } else if let number = value.figure {
                facts[FactID(name)] = Fact(.number(number))
            }
        }
        return FactSheet(facts)
    }

    private static func warnings(_ warnings: [RowWarning]) -> SQLValue {
        guard !warnings.isEmpty else { return .null }
        return text(
            .array(warnings.map { ["column": JSONValue($0.column), "message": $0.message.json] }))
    }

    private static func warnings(_ json: JSONValue?) -> [RowWarning] {
        (json?.elements ?? []).compactMap { warning in
            guard let message = warning["message"].flatMap({ Message(json: $0) }) else { return nil }
            return RowWarning(column: warning["column"]?.text, message: message)
        }
    }

    private static func benefits(_ benefits: [String: Double]) -> SQLValue {
        benefits.isEmpty ? .null : text(.object(benefits.mapValues { JSONValue(figure: $0) }))
    }

    private static func candidates(_ candidates: [FacilityFinding.Candidate]) -> SQLValue {
        guard !candidates.isEmpty else { return .null }
        return text(
            .array(
                candidates.map { ["item": .string($0.item.text), "probability": JSONValue(figure: $0.probability)] }))
    }

    private static func json(_ row: Row, _ column: String) throws -> JSONValue? {
        guard let text: String = try row(column) else { return nil }
        return try JSONValue.parse(text, limits: .ofStore)
    }

    /// Canonical JSON, which holds all that is put together here.
    private static func text(_ json: JSONValue) -> SQLValue {
        guard let bytes = try? json.canonicalBytes() else { return .null }
        return text(String(decoding: bytes, as: UTF8.self))
    }

    private static func text(_ text: String) -> SQLValue { .text(text.withoutNUL) }

    private static func real(_ value: Double?) -> SQLValue { value.flatMap { $0.isFinite ? .real($0) : nil } ?? .null }
}

/// 64 bits of what a row states (FNV-1a): tells of two versions whether they state the same, but for one case in 2^64.
private struct StatedPrint {
    private var hash: UInt64 = 0xCBF2_9CE4_8422_2325

    var value: Int64 { Int64(bitPattern: hash) }

    mutating func mix(_ value: SQLValue) {
        switch value {
        case .null: mix(0)
        case .integer(let integer):
            mix(1)
            mix(word: UInt64(bitPattern: integer))
        case .real(let number):
            mix(2)
            mix(word: number.bitPattern)
        case .text(let text):
            mix(3)
            for byte in text.utf8 { mix(byte) }
            mix(0xFF)
        case .bytes(let bytes):
            mix(4)
            for byte in bytes { mix(byte) }
        }
    }

    private mutating func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    private mutating func mix(word: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) { mix(UInt8(truncatingIfNeeded: word >> shift)) }
    }
}
