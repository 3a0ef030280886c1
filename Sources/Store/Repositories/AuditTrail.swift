import Access
import Vocabulary

extension Transaction {
    /// The audit trail.
    public var audit: AuditTrail { AuditTrail(transaction: self) }
}

/// An act as the trail keeps it.
public struct AuditEntry: Sendable, Equatable {
    /// Its place in the trail, from 1, without gaps.
    public let number: Int64
    public let at: Timestamp
    /// Who did it; nil for what the platform did of itself.
    public let person: ID<Person>?
    public let organisation: ID<Organisation>?
    /// What was done, such as `project.edit`.
    public let act: String
    /// The id of what it was done to.
    public let subject: String
    /// All of it as canonical JSON (RFC 8785); the provenance log is built on these bytes.
    public let body: String
    /// SHA-256 of the body.
    public let digest: [UInt8]

    public init(
        number: Int64, at: Timestamp, person: ID<Person>?, organisation: ID<Organisation>?, act: String,
        subject: String, body: String, digest: [UInt8]
    ) {
        self.number = number
        self.at = at
        self.person = person
        self.organisation = organisation
        self.act = act
        self.subject = subject
        self.body = body
        self.digest = digest
    }
}

/// The append-only trail of acts. The schema refuses to change or delete what stands in it.
public struct AuditTrail {
    let transaction: any Transaction

    /// The actor of what no person did.
    private static let platform = "platform"

    /// Takes the next place in the trail. It is held until the transaction ends, so that places have no gaps and their order is the
    /// order of the commits: acts wait for one another here, so it is the last thing a transaction does.
    public func nextNumber() throws(StoreFault) -> Int64 {
        let row = try transaction.row("UPDATE audit_head SET next = next + 1 WHERE id = 1 RETURNING next - 1 AS number")
        guard let row else { throw StoreFault.statement("audit_head has no row") }
        return try row("number")
    }

    public func append(_ entry: AuditEntry) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO audit_entry (number, at, actor, organisation, act, subject, body, digest)
            VALUES (\(entry.number), \(entry.at), \(entry.person?.text ?? Self.platform), \(entry.organisation), \(entry.act),
                \(entry.subject), \(entry.body), \(entry.digest))
            """)
    }

    /// What was done for an organisation, the latest first, before some place in the trail.
    public func list(
        of organisation: ID<Organisation>, before number: Int64? = nil, limit: Int
    ) throws(StoreFault) -> [AuditEntry] {
        var condition: SQL = "organisation = \(organisation)"
        if let number { condition += " AND number < \(number)" as SQL }
        return try entries(where: condition, limit)
    }

    /// What was done to a subject, the latest first.
    public func list(subject: String, limit: Int) throws(StoreFault) -> [AuditEntry] {
        try entries(where: "subject = \(subject)", limit)
    }

    /// What was done after some place in the trail, in its order.
    public func list(after number: Int64, limit: Int) throws(StoreFault) -> [AuditEntry] {
        try entries(where: "number > \(number)", limit, order: "number")
    }

    private func entries(
        where condition: SQL, _ limit: Int, order: SQL = "number DESC"
    ) throws(StoreFault) -> [AuditEntry] {
        let rows = try transaction.rows(
            """
            SELECT number, at, actor, organisation, act, subject, body, digest FROM audit_entry
            WHERE \(condition) ORDER BY \(order) LIMIT \(limit)
            """)
        var entries: [AuditEntry] = []
        for row in rows {
            entries.append(
                AuditEntry(
                    number: try row("number"), at: try row("at"), person: ID(try row("actor", as: String.self)),
                    organisation: try row("organisation"), act: try row("act"), subject: try row("subject"),
                    body: try row("body"), digest: try row("digest")))
        }
        return entries
    }
}
