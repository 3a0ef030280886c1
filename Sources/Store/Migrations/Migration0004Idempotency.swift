extension Migration {
    /// Requests that may be sent again without being done again, for a day.
    static let idempotency = Migration(
        number: 4, name: "idempotency",
        sql: """
            -- A key belongs to who asks and to one operation. As long as status is NULL the request is under way.
            CREATE TABLE idempotency (
                asker TEXT NOT NULL,
                operation TEXT NOT NULL,
                key TEXT NOT NULL,
                -- SHA-256 of the request in hexadecimal digits: the same key with another request is a mistake.
                digest TEXT NOT NULL CHECK (length(digest) = 64),
                begun_at BIGINT NOT NULL,
                status BIGINT CHECK (status BETWEEN 100 AND 599),
                -- A JSON object of header fields, and the body as it was sent.
                headers TEXT,
                body BYTEA,
                PRIMARY KEY (asker, operation, key)
            );
            CREATE INDEX idempotency_by_begin ON idempotency (begun_at);
            """)
}
