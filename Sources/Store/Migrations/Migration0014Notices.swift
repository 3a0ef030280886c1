extension Migration {
    /// What people are told of what others did.
    static let notices = Migration(
        number: 14, name: "notices",
        sql: """
            -- Made from the trail, entry by entry; never the only place where something is told.
            CREATE TABLE notice (
                id TEXT NOT NULL PRIMARY KEY,
                person TEXT NOT NULL REFERENCES person (id),
                -- The place in the trail of what it tells of.
                entry BIGINT NOT NULL,
                -- For which of the person's organisations it is.
                organisation TEXT NOT NULL REFERENCES organisation (id),
                kind TEXT NOT NULL,
                -- The id of what it is about.
                subject TEXT NOT NULL,
                -- What the phrase is filled with, as a JSON object of texts.
                arguments TEXT NOT NULL,
                at BIGINT NOT NULL,
                read_at BIGINT
            );
            CREATE UNIQUE INDEX notice_once ON notice (person, entry);
            CREATE INDEX notice_unread ON notice (person) WHERE read_at IS NULL;

            -- Up to which place in the trail notices were made. What was done before there were any is not told of.
            CREATE TABLE notice_head (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                entry BIGINT NOT NULL
            );
            INSERT INTO notice_head (id, entry) SELECT 1, next - 1 FROM audit_head WHERE id = 1;
            """)
}
