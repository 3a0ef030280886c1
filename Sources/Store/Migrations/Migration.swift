import Crypto
import Vocabulary

/// One step of the schema, forward only. Once released its text never changes: a mistake is mended by a further step.
///
/// The text is written once for both engines: BIGINT, TEXT, DOUBLE PRECISION, BYTEA, and `NOT NULL` beside `PRIMARY KEY`, which SQLite
/// does not imply. What only one engine understands, such as triggers, stands between lines of its own:
///
///     -- only: sqlite
///     CREATE TRIGGER …
///     -- end
///
/// In PostgreSQL each TEXT column is given the collation "C", so that texts sort by their bytes in every database of an operator.
/// Texts are Swift strings and no files, so that a program that is copied elsewhere still has them.
public struct Migration: Sendable, Hashable {
    /// From 1 on, without gaps.
    public let number: Int
    /// What it is about, in a few words with hyphens.
    public let name: String
    /// The statements.
    public let sql: String

    public init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// SHA-256 of the text, in hexadecimal digits: what shows that an applied step was changed.
    public var digest: String { SHA256.hash(data: Array(sql.utf8)).hexadecimal }

    /// All steps of this version of the program, in their order. A new one goes to the end, with a file of its own, and a
    /// fixture for the upgrade tests.
    public static let all: [Migration] = [
        .auditTrail, .accounts, .projects, .idempotency, .settings, .imports, .books, .review, .models,
        .cube, .overfinancing, .releases, .returns, .notices,
    ]
}
