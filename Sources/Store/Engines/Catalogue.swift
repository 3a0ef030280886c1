/// What an engine knows of its own tables.
struct Catalogue {
    /// A table as it is stored.
    struct Table: Sendable, Hashable {
        let name: String
        /// In their order, without computed ones.
        let columns: [String]
        /// The columns of the primary key, in its order.
        let key: [String]
    }

    private let engine: Engine

    init(_ engine: Engine) { self.engine = engine }

    func has(table: String, _ transaction: any Transaction) throws(StoreFault) -> Bool {
        try tableNames(transaction).contains(table)
    }

    /// The names of all tables, sorted; without what an engine keeps for itself, such as the parts of a search index.
    func tableNames(_ transaction: any Transaction) throws(StoreFault) -> [String] {
        var names: [String] = []
        for row in try transaction.rows(tableQuery) { names.append(try row("name")) }
        return names.sorted()
    }

    private var tableQuery: SQL {
        switch engine {
        case .sqlite:
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND substr(name, 1, 7) <> 'sqlite_'
            """
        case .postgresql:
            """
            SELECT CAST(relname AS TEXT) AS name FROM pg_class
            WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS regnamespace)
            """
        }
    }

    /// All tables with their columns, by name.
    func tables(_ transaction: any Transaction) throws(StoreFault) -> [Table] {
        var tables: [Table] = []
        for name in try tableNames(transaction) {
            var columns: [String] = []
            var key: [(place: Int, column: String)] = []
            for row in try transaction.rows(columnQuery(name)) {
                let column: String = try row("name")
                columns.append(column)
                if let place: Int = try row("place"), place > 0 { key.append((place, column)) }
            }
            key.sort { $0.place < $1.place }
            tables.append(Table(name: name, columns: columns, key: key.map(\.column)))
        }
        return tables
    }

    private func columnQuery(_ table: String) -> SQL {
        switch engine {
        case .sqlite: "SELECT name, pk AS place FROM pragma_table_info(\(table)) ORDER BY cid"
        case .postgresql:
            """
            SELECT CAST(a.attname AS TEXT) AS name, array_position(CAST(i.indkey AS SMALLINT[]), a.attnum) + 1 AS place
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            WHERE c.relname = \(table) AND c.relnamespace = CAST(current_schema() AS regnamespace)
                AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            ORDER BY a.attnum
            """
        }
    }

    /// A text column that does not sort by its bytes; nil if all do.
    func columnOfOtherCollation(_ transaction: any Transaction) throws(StoreFault) -> String? {
        guard engine == .postgresql else { return nil }
        // 950 is "C" (pg_collation.dat); 0 are columns that are not texts.
        let row = try transaction.row(
            """
            SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relkind = 'r' AND c.relnamespace = CAST(current_schema() AS regnamespace)
                AND a.attnum > 0 AND NOT a.attisdropped AND a.attcollation NOT IN (0, 950)
            LIMIT 1
            """)
        guard let row else { return nil }
        return try row("name")
    }
}
