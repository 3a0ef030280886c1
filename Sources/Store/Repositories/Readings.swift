import Access
import Vocabulary

extension Transaction {
    /// The trail of who read what.
    public var readings: Readings { Readings(transaction: self) }
}

/// That somebody read records of customers.
public struct ReadNote: Sendable, Equatable, Identified {
    public static let idPrefix = "rdg"

    public let id: ID<ReadNote>
    public let at: Timestamp
    public let person: ID<Person>
    /// The organisation in whose name it was read.
    public let organisation: ID<Organisation>?
    public let act: String
    /// What was read: the id of a record, or the name of a list.
    public let subject: String
    /// How many records were shown.
    public let count: Int

    public init(
        id: ID<ReadNote>, at: Timestamp, person: ID<Person>, organisation: ID<Organisation>?, act: String,
        subject: String, count: Int
    ) {
        self.id = id
        self.at = at
        self.person = person
        self.organisation = organisation
        self.act = act
        self.subject = subject
        self.count = count
    }
}

/// The append-only trail of who read what. The schema refuses to change or delete what stands in it.
public struct Readings {
    let transaction: any Transaction

    public func insert(_ notes: [ReadNote]) throws(StoreFault) {
        try transaction.copy(
            into: "audit_read", ["id", "at", "viewer", "organisation", "what", "subject", "count"],
            notes.map {
                [
                    $0.id.sqlValue, $0.at.sqlValue, $0.person.sqlValue, $0.organisation.sqlValue,
                    $0.act.sqlValue, $0.subject.sqlValue, $0.count.sqlValue,
                ]
            })
    }

    /// Who read a record, the latest first.
    public func list(subject: String, limit: Int) throws(StoreFault) -> [ReadNote] {
        let rows = try transaction.rows(
            """
            SELECT id, at, viewer, organisation, what, subject, count FROM audit_read
            WHERE subject = \(subject) ORDER BY id DESC LIMIT \(limit)
            """)
        var notes: [ReadNote] = []
        for row in rows {
            notes.append(
                ReadNote(
                    id: try row("id"), at: try row("at"), person: try row("viewer"),
                    organisation: try row("organisation"), act: try row("what"), subject: try row("subject"),
                    count: try row("count")))
        }
        return notes
    }
}
