extension Migration {
    /// What was done and what was looked at. Rows are added and never changed: the engine itself refuses it.
    static let auditTrail = Migration(
        number: 1, name: "audit-trail",
        sql: """
            -- The number of the next entry: one row, updated first by whoever adds, so entries follow each other without gaps.
            CREATE TABLE audit_head (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                next BIGINT NOT NULL CHECK (next >= 1)
            );
            INSERT INTO audit_head (id, next) VALUES (1, 1);

            -- Official acts. body is canonical JSON (RFC 8785), digest its SHA-256.
            CREATE TABLE audit_entry (
                number BIGINT NOT NULL PRIMARY KEY CHECK (number >= 1),
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                organisation TEXT,
                act TEXT NOT NULL,
                subject TEXT,
                body TEXT NOT NULL,
                digest BYTEA NOT NULL CHECK (length(digest) = 32)
            );
            CREATE INDEX audit_entry_subject ON audit_entry (subject, number);
            CREATE INDEX audit_entry_organisation ON audit_entry (organisation, number);
            CREATE INDEX audit_entry_at ON audit_entry (at);

            -- Who looked at what: a page of a list is one row with the count of its lines.
            CREATE TABLE audit_read (
                id TEXT NOT NULL PRIMARY KEY,
                at BIGINT NOT NULL,
                viewer TEXT NOT NULL,
                organisation TEXT,
                what TEXT NOT NULL,
                subject TEXT,
                count BIGINT NOT NULL CHECK (count >= 0)
            );
            CREATE INDEX audit_read_subject ON audit_read (subject, at);
            CREATE INDEX audit_read_viewer ON audit_read (viewer, at);

            -- only: sqlite
            CREATE TRIGGER audit_entry_update BEFORE UPDATE ON audit_entry
                BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
            CREATE TRIGGER audit_entry_delete BEFORE DELETE ON audit_entry
                BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
            CREATE TRIGGER audit_read_update BEFORE UPDATE ON audit_read
                BEGIN SELECT RAISE(ABORT, 'audit_read is append-only'); END;
            CREATE TRIGGER audit_read_delete BEFORE DELETE ON audit_read
                BEGIN SELECT RAISE(ABORT, 'audit_read is append-only'); END;
            -- end

            -- only: postgresql
            CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END
            $body$;
            CREATE TRIGGER audit_entry_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
            CREATE TRIGGER audit_read_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_read
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
            -- end
            """)
}
