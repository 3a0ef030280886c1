import Vocabulary

/// Brings a database to the schema of the program.
///
///     let applied = try await Migrator.migrate(database, at: now)
///
/// Each migration is a transaction of its own, with its record in `schema_migration`; several processes that start at once
/// wait for each other, and each step is taken once.
public enum Migrator {
    /// Applies what is missing.
    /// - Parameter moment: When, for the record.
    /// - Returns: What was applied by this call.
    /// - Throws: `StoreFault.newerSchema` if the database was written by a newer program, `changedMigration` if a step that was
    ///   applied is not the program's; then nothing is changed.
    @discardableResult public static func migrate(
        _ database: any Database, _ migrations: [Migration] = Migration.all, at moment: Timestamp
    ) async throws -> [Migration] {
        let engine = database.engine
        // A database that is up to date is only read, so that starting does not wait for a writer.
        let isCurrent = try await database.read { transaction -> Bool in
            try pending(migrations, transaction, engine).isEmpty
        }
        if isCurrent { return [] }
        var applied: [Migration] = []
        while let step = try await database.write({ transaction -> Migration? in
            try lock(transaction, engine)
            guard let next = try pending(migrations, transaction, engine).first else { return nil }
            try apply(next, transaction, engine, at: moment)
            return next
        }) {
            applied.append(step)
        }
        return applied
    }

    /// Whether any step was ever applied: an empty database has no schema yet.
    public static func isBegun(_ database: any Database) async throws -> Bool {
        let engine = database.engine
        return try await database.read { transaction -> Bool in try !applied(transaction, engine).isEmpty }
    }

    /// The steps that a database records, in their order.
    static func applied(_ transaction: any Transaction, _ engine: Engine) throws(StoreFault) -> [AppliedMigration] {
        guard try Catalogue(engine).has(table: "schema_migration", transaction) else { return [] }
        var steps: [AppliedMigration] = []
        for row in try transaction.rows("SELECT number, name, digest FROM schema_migration ORDER BY number") {
            steps.append(AppliedMigration(number: try row("number"), name: try row("name"), digest: try row("digest")))
        }
        return steps
    }

    /// What is known of `found`, and nothing else, has been applied in order.
    static func check(_ found: [AppliedMigration], against migrations: [Migration]) throws(StoreFault) {
        if let newest = found.last?.number, newest > migrations.count {
            throw StoreFault.newerSchema(found: newest, known: migrations.count)
        }
        for (step, migration) in zip(found, migrations) where step != AppliedMigration(migration) {
            throw StoreFault.changedMigration(step.number)
        }
    }

    private static func pending(
        _ migrations: [Migration], _ transaction: any Transaction, _ engine: Engine
    ) throws(StoreFault) -> ArraySlice<Migration> {
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw StoreFault.statement("migrations are not numbered from 1 on: \(migration.number)")
        }
        let found = try applied(transaction, engine)
        try check(found, against: migrations)
        return migrations.dropFirst(found.count)
    }

    /// Lets one process at a time look and apply. SQLite has one writer anyway.
    static func lock(_ transaction: any Transaction, _ engine: Engine) throws(StoreFault) {
        guard engine == .postgresql else { return }
        // A migration may take longer than any other statement should.
        try transaction.run("SET LOCAL statement_timeout = '1h'")
        // "jialing" in ASCII.
        _ = try transaction.rows("SELECT pg_advisory_xact_lock(29952214682922599)")
    }

    /// Applies one step and records it.
    static func apply(
        _ migration: Migration, _ transaction: any Transaction, _ engine: Engine, at moment: Timestamp
    ) throws(StoreFault) {
        if migration.number == 1 {
            try transaction.script(
                MigrationText.text(
                    Migration(
                        number: 0, name: "records",
                        sql: """
                            CREATE TABLE schema_migration (
                                number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL,
                                applied_at BIGINT NOT NULL
                            )
                            """), for: engine))
        }
        try transaction.script(MigrationText.text(migration, for: engine))
        if let column = try Catalogue(engine).columnOfOtherCollation(transaction) {
            throw StoreFault.statement("column \(column) does not sort by bytes: migration \(migration.number)")
        }
        try transaction.run(
            """
            INSERT INTO schema_migration (number, name, digest, applied_at)
            VALUES (\(migration.number), \(migration.name), \(migration.digest), \(moment))
            """)
    }
}

/// A step as a database, or a backup, records it.
struct AppliedMigration: Sendable, Hashable, Codable {
    let number: Int
    let name: String
    let digest: String
}

extension AppliedMigration {
    init(_ migration: Migration) {
        self.init(number: migration.number, name: migration.name, digest: migration.digest)
    }
}
