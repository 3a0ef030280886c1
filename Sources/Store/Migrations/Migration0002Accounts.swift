extension Migration {
    /// Organisations, people and how they prove who they are. Secrets stand here only as digests or sealed.
    static let accounts = Migration(
        number: 2, name: "accounts",
        sql: """
            CREATE TABLE organisation (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('operator', 'regulator', 'district', 'lender', 'enterprise', 'verifier')),
                name TEXT NOT NULL CHECK (name <> ''),
                english_name TEXT,
                credit_code TEXT UNIQUE,
                region BIGINT NOT NULL CHECK (region BETWEEN 100000 AND 899999),
                version BIGINT NOT NULL DEFAULT 1,
                created_at BIGINT NOT NULL,
                closed_at BIGINT
            );
            CREATE INDEX organisation_by_kind ON organisation (kind, name, id);

            CREATE TABLE person (
                id TEXT NOT NULL PRIMARY KEY,
                email TEXT NOT NULL UNIQUE CHECK (email <> ''),
                name TEXT NOT NULL CHECK (name <> ''),
                language TEXT NOT NULL CHECK (language IN ('zh', 'en')),
                password TEXT,
                password_changed_at BIGINT,
                -- The secret of the authenticator app, sealed with the key of the installation; pending until the first code was right.
                authenticator BYTEA,
                authenticator_pending BYTEA,
                -- The last time step a code was accepted for, so that none is accepted twice.
                authenticator_step BIGINT NOT NULL DEFAULT 0,
                created_at BIGINT NOT NULL,
                disabled_at BIGINT
            );

            CREATE TABLE recovery_code (
                person TEXT NOT NULL REFERENCES person (id),
                digest BYTEA NOT NULL,
                used_at BIGINT,
                PRIMARY KEY (person, digest)
            );

            -- One person's roles in one organisation, as words parted by blanks. An ended membership keeps its row.
            CREATE TABLE membership (
                person TEXT NOT NULL REFERENCES person (id),
                organisation TEXT NOT NULL REFERENCES organisation (id),
                roles TEXT NOT NULL,
                since BIGINT NOT NULL,
                ended_at BIGINT,
                PRIMARY KEY (person, organisation)
            );
            CREATE INDEX membership_by_organisation ON membership (organisation, person);

            CREATE TABLE invitation (
                id TEXT NOT NULL PRIMARY KEY,
                digest BYTEA NOT NULL UNIQUE,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                -- Nil for the link that sets up the first administrator.
                email TEXT,
                roles TEXT NOT NULL,
                -- Nil for that link too.
                invited_by TEXT REFERENCES person (id),
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                accepted_at BIGINT,
                withdrawn_at BIGINT
            );
            CREATE INDEX invitation_by_organisation ON invitation (organisation, created_at);

            CREATE TABLE session (
                id TEXT NOT NULL PRIMARY KEY,
                digest BYTEA NOT NULL UNIQUE,
                person TEXT NOT NULL REFERENCES person (id),
                created_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                ended_at BIGINT,
                address TEXT NOT NULL,
                agent TEXT NOT NULL
            );
            CREATE INDEX session_by_person ON session (person, created_at);

            CREATE TABLE token (
                id TEXT NOT NULL PRIMARY KEY,
                digest BYTEA NOT NULL UNIQUE,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                person TEXT NOT NULL REFERENCES person (id),
                name TEXT NOT NULL,
                scopes TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                used_at BIGINT,
                revoked_at BIGINT
            );
            CREATE INDEX token_by_organisation ON token (organisation, created_at);

            -- Failures to sign in, of an account from an address and of an address.
            CREATE TABLE sign_in_failure (
                subject TEXT NOT NULL PRIMARY KEY,
                failures BIGINT NOT NULL,
                first_at BIGINT,
                blocked_until BIGINT
            );
            """)
}
