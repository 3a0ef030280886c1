import Access
import Vocabulary

extension Transaction {
    /// The people, with what proves who they are.
    public var people: People { People(transaction: self) }
}

/// What a person proves an identity with, as it is kept: a hash, and a sealed secret.
public struct Credentials: Sendable {
    public let person: Person
    /// The scrypt hash of the password in text form; nil for who signs in through an institution's own provider alone.
    public let password: String?
    /// The secret of the authenticator app, sealed; nil if there is none.
    public let authenticator: [UInt8]?
    /// A secret that was handed out and not confirmed by a code yet, sealed.
    public let pendingAuthenticator: [UInt8]?
}

/// The people as they are kept.
public struct People {
    let transaction: any Transaction

    private static let columns: SQL = """
        person.id, person.email, person.name, person.language, person.created_at, person.disabled_at
        """

    /// - Throws: `StoreFault.constraint` if another has the same address.
    public func insert(_ person: Person, password: String?) throws(StoreFault) {
        try transaction.run(
            """
            INSERT INTO person (id, email, name, language, password, password_changed_at, created_at, disabled_at)
            VALUES (\(person.id), \(person.email), \(person.name), \(person.language), \(password),
                \(password == nil ? nil : person.createdAt), \(person.createdAt), \(person.disabledAt))
            """)
    }

    public func find(_ id: ID<Person>) throws(StoreFault) -> Person? {
        guard let row = try transaction.row("SELECT \(Self.columns) FROM person WHERE id = \(id)") else { return nil }
        return try Self.person(row)
    }

    public func credentials(email: EmailAddress) throws(StoreFault) -> Credentials? {
        try credentials(where: "email = \(email)")
    }

    public func credentials(_ id: ID<Person>) throws(StoreFault) -> Credentials? {
        try credentials(where: "id = \(id)")
    }

    private func credentials(where condition: SQL) throws(StoreFault) -> Credentials? {
        let found = try transaction.row(
            """
            SELECT \(Self.columns), password, authenticator, authenticator_pending FROM person WHERE \(condition)
            """)
        guard let row = found else { return nil }
        return Credentials(
            person: try Self.person(row), password: try row("password"), authenticator: try row("authenticator"),
            pendingAuthenticator: try row("authenticator_pending"))
    }

    /// Changes what a person may change.
    public func rename(_ id: ID<Person>, name: String, language: Language) throws(StoreFault) {
        try transaction.run("UPDATE person SET name = \(name), language = \(language) WHERE id = \(id)")
    }

    /// Ends or restores the right to sign in.
    public func disable(_ id: ID<Person>, at moment: Timestamp?) throws(StoreFault) {
        try transaction.run("UPDATE person SET disabled_at = \(moment) WHERE id = \(id)")
    }

    /// Keeps a new hash of the same or another password.
    public func setPassword(_ hash: String, of id: ID<Person>, at moment: Timestamp) throws(StoreFault) {
        try transaction.run(
            "UPDATE person SET password = \(hash), password_changed_at = \(moment) WHERE id = \(id)")
    }

    // MARK: The second factor

    /// Keeps a secret that counts only once a code of it was right.
    public func proposeAuthenticator(_ sealed: [UInt8]?, for id: ID<Person>) throws(StoreFault) {
        try transaction.run("UPDATE person SET authenticator_pending = \(sealed) WHERE id = \(id)")
    }

    /// Makes the proposed secret the one that counts, and hands out recovery codes in place of earlier ones.
    public func confirmAuthenticator(of id: ID<Person>, step: Int64, recovery: [SecretDigest]) throws(StoreFault) {
        try transaction.run(
            """
            UPDATE person SET authenticator = authenticator_pending, authenticator_pending = NULL,
                authenticator_step = \(step) WHERE id = \(id) AND authenticator_pending IS NOT NULL
            """)
        try transaction.run("DELETE FROM recovery_code WHERE person = \(id)")
        for digest in recovery {
            try transaction.run("INSERT INTO recovery_code (person, digest) VALUES (\(id), \(digest.bytes))")
        }
    }

    /// Takes the second factor away.
    public func removeAuthenticator(of id: ID<Person>) throws(StoreFault) {
        try transaction.run(
            "UPDATE person SET authenticator = NULL, authenticator_pending = NULL, authenticator_step = 0 WHERE id = \(id)"
        )
        try transaction.run("DELETE FROM recovery_code WHERE person = \(id)")
    }

    /// Uses up a time step: true only for the first who comes with it or a later one.
    public func useStep(_ step: Int64, of id: ID<Person>) throws(StoreFault) -> Bool {
        try transaction.run(
            "UPDATE person SET authenticator_step = \(step) WHERE id = \(id) AND authenticator_step < \(step)") == 1
    }

    /// Uses up a recovery code: true only once.
    public func useRecoveryCode(_ digest: SecretDigest, of id: ID<Person>, at moment: Timestamp) throws(StoreFault)
        -> Bool
    {
        try transaction.run(
            """
            UPDATE recovery_code SET used_at = \(moment)
            WHERE person = \(id) AND digest = \(digest.bytes) AND used_at IS NULL
            """) == 1
    }

    /// The recovery codes that are left.
    public func recoveryCodes(of id: ID<Person>) throws(StoreFault) -> [SecretDigest] {
        var digests: [SecretDigest] = []
        for row in try transaction.rows("SELECT digest FROM recovery_code WHERE person = \(id) AND used_at IS NULL") {
            guard let digest = SecretDigest(hexadecimal: try row("digest", as: [UInt8].self).hexadecimal) else {
                throw StoreFault.badColumn("digest")
            }
            digests.append(digest)
        }
        return digests
    }

    static func person(_ row: Row) throws(StoreFault) -> Person {
        Person(
            id: try row("id"), email: try row("email"), name: try row("name"), language: try row("language"),
            createdAt: try row("created_at"), disabledAt: try row("disabled_at"))
    }
}
