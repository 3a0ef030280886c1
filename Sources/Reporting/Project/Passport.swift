import Library
import Standards
import Vocabulary

/// A project's passport: its verdicts under every standard, the evidence they rest on, and what each jurisdiction needs no
/// longer ask. One document for machines and people.
public struct Passport: Sendable {
    public let account: ProjectAccount
    /// The packs, facts and crosswalks that it was made by, with their digests.
    public let parts: [LibraryPart]

    public init(_ account: ProjectAccount, parts: [LibraryPart]) {
        self.account = account
        self.parts = parts.filter { ["standard", "facts", "crosswalks"].contains($0.kind) }
    }

    /// The passport for machines.
    public func json() -> String {
        var out = ""
        document.write(into: &out)
        return out + "\n"
    }

    /// The passport as a value, for the API.
    public var jsonValue: JSONValue { document.jsonValue }

    private var document: JSONText {
        guard case .object(let members) = account.document else { return account.document }
        return .object(
            [("format", .string("jialing-passport/1"))] + members + [
                ("evidence", .array(account.evidence.map(evidence))),
                (
                    "made_by",
                    .array(
                        parts.map {
                            .object([
                                ("kind", .string($0.kind)), ("id", .string($0.id)), ("version", .string($0.version)),
                                ("sha256", .string($0.digest)),
                            ])
                        })
                ),
            ])
    }

    private func evidence(_ entry: (fact: FactID, finding: Fact, standards: [String])) -> JSONText {
        .object([
            ("fact", .string(entry.fact.name)),
            (
                "label",
                account.dictionary[entry.fact].map {
                    .object([("zh", .string($0.label.zh)), ("en", .string($0.label.en))])
                } ?? .null
            ), ("unit", account.dictionary[entry.fact]?.unit.map { .string($0.symbol) } ?? .null),
            ("found", account.found(entry.finding)),
            ("holds_until", holdsUntil(entry.fact, entry.finding).map { .string($0.description) } ?? .null),
            ("standards", .array(entry.standards.map { .string($0) })),
        ])
    }

    /// The last day on which the evidence of a fact holds; nil where it does not run out.
    func holdsUntil(_ id: FactID, _ fact: Fact) -> CalendarDate? {
        guard let months = account.dictionary[id]?.validMonths, let stated = fact.statedOn else { return nil }
        return stated.adding(months: months)
    }
}
