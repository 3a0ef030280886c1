extension Migration {
    /// What supervisors published of their months for everybody.
    static let releases = Migration(
        number: 12, name: "releases",
        sql: """
            -- The totals of a month as they were published: never changed, only followed by a later version with a reason.
            CREATE TABLE public_release (
                id TEXT NOT NULL PRIMARY KEY,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                period TEXT NOT NULL,
                version BIGINT NOT NULL,
                published_at BIGINT NOT NULL,
                person TEXT NOT NULL REFERENCES person (id),
                -- Why there is a later version; empty for the first.
                reason TEXT NOT NULL,
                totals TEXT NOT NULL,
                -- The assessments that it was added up from, parted by blanks.
                assessments TEXT NOT NULL
            );
            CREATE UNIQUE INDEX public_release_version ON public_release (organisation, period, version);
            """)
}
