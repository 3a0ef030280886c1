/// Fills the tables of a database within one transaction, while its triggers and references rest.
struct Restoration {
    private let transaction: any Transaction
    private let engine: Engine

    init(_ transaction: any Transaction, _ engine: Engine) {
        self.transaction = transaction
        self.engine = engine
    }

    /// - Throws: `BackupFault.notEmpty` if there is any table.
    func begin() throws {
        try Migrator.lock(transaction, engine)
        guard try Catalogue(engine).tableNames(transaction).isEmpty else { throw BackupFault.notEmpty }
    }

    /// Loads all rows in place of those that the migrations put in.
    /// - Returns: The number of rows by table.
    func load(_ reader: BackupReader) throws -> [String: Int] {
        let tables = try Catalogue(engine).tables(transaction).filter { $0.name != "schema_migration" }
        try compare(tables, reader.manifest)
        // Triggers would refuse to empty the audit trail, or count rows a second time.
        let wake = try rest(tables)
        for table in tables { try transaction.run(SQL(stringLiteral: "DELETE FROM \(table.name)")) }
        var counts: [String: Int] = [:]
        for table in reader.manifest.tables {
            let rows = try reader.rows(of: table)
            do {
                counts[table.name] = try transaction.copy(into: table.name, table.columns, rows)
            } catch {
                // A file that changed since it was checked explains what the engine complains of.
                try rows.check()
                throw error
            }
            try rows.check()
        }
        for statement in wake { try transaction.script(statement) }
        return counts
    }

    /// A backup that lacks a table or column, or has one more, is of another schema than it says.
    private func compare(_ tables: [Catalogue.Table], _ manifest: BackupManifest) throws {
        let stored = Dictionary(uniqueKeysWithValues: tables.map { ($0.name, Set($0.columns)) })
        for table in manifest.tables where stored[table.name] != Set(table.columns) {
            throw BackupFault.otherTable(table.name)
        }
        if let missing = Set(stored.keys).subtracting(manifest.tables.map(\.name)).min() {
            throw BackupFault.otherTable(missing)
        }
    }

    /// Lets triggers and references rest, so that tables can be filled in any order.
    /// - Returns: What wakes them again; the references are then checked.
    private func rest(_ tables: [Catalogue.Table]) throws -> [String] {
        switch engine {
        case .sqlite:
            // References are checked at the commit.
            try transaction.script("PRAGMA defer_foreign_keys = ON")
            var wake: [String] = []
            for row in try transaction.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            {
                let name: String = try row("name")
                try transaction.script("DROP TRIGGER \(Self.quoted(name))")
                wake.append(try row("sql"))
            }
            return wake
        case .postgresql:
            var wake = ["SET CONSTRAINTS ALL IMMEDIATE"]
            for table in tables {
                try transaction.script("ALTER TABLE \(table.name) DISABLE TRIGGER USER")
                wake.append("ALTER TABLE \(table.name) ENABLE TRIGGER USER")
            }
            let references = try transaction.rows(
                """
                SELECT CAST(CAST(conrelid AS regclass) AS TEXT) AS place, CAST(conname AS TEXT) AS name,
                    pg_get_constraintdef(oid) AS definition
                FROM pg_constraint
                WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace) ORDER BY conname
                """)
            for row in references {
                let (place, name, definition): (String, String, String) = (
                    try row("place"), try row("name"), try row("definition")
                )
                try transaction.script("ALTER TABLE \(place) DROP CONSTRAINT \(Self.quoted(name))")
                wake.append("ALTER TABLE \(place) ADD CONSTRAINT \(Self.quoted(name)) \(definition)")
            }
            return wake
        }
    }

    private static func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}
