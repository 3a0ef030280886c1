import Vocabulary

/// What can go wrong with a database, by what the caller can do about it.
public enum StoreFault: Error, Sendable, Equatable {
    /// A rule of the schema refused a value: a duplicate, a reference to nothing, a value out of range.
    case constraint(String)
    /// The engine could not finish and nothing was done: it was busy, or shutting down, or the connection broke before the
    /// commit was sent. May be tried again.
    case unavailable(String)
    /// The connection broke while the commit was under way: it may or may not have happened.
    case undecided(String)
    /// A result had no such column, or of another kind.
    case badColumn(String)
    /// A statement that the engine refused: a fault of the program.
    case statement(String)
    /// The database was written by a newer version of the program.
    case newerSchema(found: Int, known: Int)
    /// A migration that was applied differs from the program's.
    case changedMigration(Int)
}

extension StoreFault {
    /// What to tell an operator. The details are the engine's own words, without the values of any row.
    public var message: Message {
        switch self {
        case .constraint(let detail): Message(key: "store.constraint", arguments: ["detail": detail])
        case .unavailable(let detail): Message(key: "store.unavailable", arguments: ["detail": detail])
        case .undecided(let detail): Message(key: "store.undecided", arguments: ["detail": detail])
        case .badColumn(let name): Message(key: "store.bad-column", arguments: ["detail": name])
        case .statement(let detail): Message(key: "store.statement", arguments: ["detail": detail])
        case .newerSchema(let found, let known):
            Message(key: "store.newer-schema", arguments: ["found": String(found), "known": String(known)])
        case .changedMigration(let number):
            Message(key: "store.changed-migration", arguments: ["number": String(number)])
        }
    }
}
