extension Migration {
    /// The statutory returns of lenders.
    static let returns = Migration(
        number: 13, name: "returns",
        sql: """
            -- A lender's return for a period. A draft is counted behind requests and can be counted again; what was submitted is never
            -- changed, only followed by a later version with a reason.
            CREATE TABLE statutory_return (
                id TEXT NOT NULL PRIMARY KEY,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                form TEXT NOT NULL,
                period TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'replaced')),
                -- Which of the submitted returns of its period it is, from 1; NULL of a draft.
                version BIGINT,
                job TEXT NOT NULL REFERENCES job (id),
                -- How often the draft was changed, so that nobody overwrites what he has not seen.
                changes BIGINT NOT NULL,
                -- Who had it counted or changed it last, and when.
                prepared_by TEXT NOT NULL REFERENCES person (id),
                prepared_at BIGINT NOT NULL,
                submitted_by TEXT REFERENCES person (id),
                submitted_at BIGINT,
                -- Why there is a later version; empty for the first.
                reason TEXT NOT NULL,
                -- The assessments that it was counted from, from the earliest month on, parted by blanks.
                assessments TEXT NOT NULL,
                -- The tables as counted; NULL until then. Adjustments and explanations are what people say besides.
                tables TEXT,
                adjustments TEXT NOT NULL,
                explanations TEXT NOT NULL,
                -- What the checks came to when it was submitted.
                checks TEXT
            );
            CREATE UNIQUE INDEX statutory_return_draft ON statutory_return (organisation, form, period) WHERE state = 'draft';
            CREATE UNIQUE INDEX statutory_return_in_force ON statutory_return (organisation, form, period)
                WHERE state = 'submitted';
            CREATE UNIQUE INDEX statutory_return_version ON statutory_return (organisation, form, period, version);
            CREATE INDEX statutory_return_by_period ON statutory_return (period, id);
            """)
}
