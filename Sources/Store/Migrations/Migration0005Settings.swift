extension Migration {
    /// What holds for the whole installation, such as that its data are a demonstration.
    static let settings = Migration(
        number: 5, name: "settings",
        sql: """
            CREATE TABLE setting (
                name TEXT NOT NULL PRIMARY KEY,
                value TEXT NOT NULL
            );
            """)
}
