extension Migration {
    /// The project library. A row holds what lists filter and sort by, and the whole project as JSON.
    static let projects = Migration(
        number: 3, name: "projects",
        sql: """
            CREATE TABLE project (
                id TEXT NOT NULL PRIMARY KEY,
                -- The organisation that entered it, with its kind: the permissions ask for both.
                organisation TEXT NOT NULL REFERENCES organisation (id),
                entered_by_kind TEXT NOT NULL,
                -- The organisation that owns the project, where it is a member of the platform.
                owner TEXT REFERENCES organisation (id),
                name TEXT NOT NULL,
                owner_name TEXT NOT NULL,
                owner_code TEXT,
                national_code TEXT,
                region BIGINT,
                industry TEXT,
                stage TEXT,
                status TEXT NOT NULL CHECK (status IN ('draft', 'submitted', 'published', 'financed', 'withdrawn', 'merged')),
                total_investment BIGINT,
                need_amount BIGINT,
                merged_into TEXT REFERENCES project (id),
                version BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                changed_at BIGINT NOT NULL,
                body TEXT NOT NULL
            );
            CREATE INDEX project_by_change ON project (changed_at, id);
            CREATE INDEX project_by_organisation ON project (organisation, changed_at, id);
            CREATE INDEX project_by_region ON project (region, changed_at, id);
            CREATE INDEX project_by_status ON project (status, changed_at, id);
            CREATE INDEX project_by_owner ON project (owner, changed_at);
            CREATE INDEX project_by_owner_code ON project (owner_code);
            CREATE INDEX project_by_national_code ON project (national_code);

            -- Every version that a project ever had.
            CREATE TABLE project_version (
                project TEXT NOT NULL REFERENCES project (id),
                version BIGINT NOT NULL,
                at BIGINT NOT NULL,
                person TEXT NOT NULL REFERENCES person (id),
                organisation TEXT NOT NULL REFERENCES organisation (id),
                act TEXT NOT NULL,
                reason TEXT NOT NULL,
                body TEXT NOT NULL,
                PRIMARY KEY (project, version)
            );

            -- Whom a project was shown to by name.
            CREATE TABLE project_share (
                project TEXT NOT NULL REFERENCES project (id),
                organisation TEXT NOT NULL REFERENCES organisation (id),
                since BIGINT NOT NULL,
                person TEXT NOT NULL REFERENCES person (id),
                PRIMARY KEY (project, organisation)
            );
            CREATE INDEX project_share_by_organisation ON project_share (organisation, project);

            -- Contents of documents under their SHA-256, in pieces, so that a large one is never in memory whole.
            CREATE TABLE content (
                digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
                bytes BIGINT NOT NULL,
                created_at BIGINT NOT NULL
            );
            CREATE TABLE content_piece (
                digest TEXT NOT NULL REFERENCES content (digest),
                position BIGINT NOT NULL,
                piece BYTEA NOT NULL,
                PRIMARY KEY (digest, position)
            );
            """)
}
