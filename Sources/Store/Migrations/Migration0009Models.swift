extension Migration {
    /// Models that were trained from what a lender's people decided.
    static let models = Migration(
        number: 9, name: "models",
        sql: """
            -- A model of one lender. It is used only after somebody saw how it compares with the one in use.
            CREATE TABLE identification_model (
                id TEXT NOT NULL PRIMARY KEY,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                job TEXT NOT NULL REFERENCES job (id),
                asked_by TEXT NOT NULL REFERENCES person (id),
                asked_at BIGINT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('under_way', 'ready', 'failed', 'cancelled')),
                -- Of a ready one: the version of its examples, how many decisions it learned from and how many were held back, its bytes
                -- and the comparison.
                version TEXT,
                examples BIGINT,
                held_back BIGINT,
                content TEXT REFERENCES content (digest),
                comparison TEXT
            );
            CREATE UNIQUE INDEX identification_model_under_way ON identification_model (organisation) WHERE state = 'under_way';
            CREATE UNIQUE INDEX identification_model_by_time ON identification_model (organisation, asked_at, id);

            -- The model that a lender's books are judged by; NULL for the one that comes with the platform.
            ALTER TABLE review_setting ADD COLUMN model TEXT REFERENCES identification_model (id);
            """)
}
