extension Migration {
    /// What books have out for each project and to each borrower, and the projects for which all lenders together have more out than they cost.
    static let overfinancing = Migration(
        number: 11, name: "overfinancing",
        sql: """
            -- What a book has out for a project, as far as its traces tell the project: the national code, the owner's credit code with the
            -- project's name, the owner's name with the project's name.
            CREATE TABLE project_exposure (
                assessment BIGINT NOT NULL,
                position BIGINT NOT NULL,
                code TEXT,
                owned TEXT,
                named TEXT,
                facilities BIGINT NOT NULL,
                balance BIGINT NOT NULL,
                green BIGINT NOT NULL,
                -- The largest total investment that the loans state.
                cost BIGINT,
                -- The first lines of the loans in the book, parted by blanks.
                lines TEXT NOT NULL,
                PRIMARY KEY (assessment, position)
            )
            -- only: sqlite
            WITHOUT ROWID
            -- end
            ;
            CREATE UNIQUE INDEX project_exposure_by_code ON project_exposure (code, assessment, position) WHERE code IS NOT NULL;
            CREATE UNIQUE INDEX project_exposure_by_name ON project_exposure (named, assessment, position) WHERE named IS NOT NULL;

            -- What a book has out to a borrower in loans that are green or in doubt: by the credit code, or by the name for loans without
            -- one. A row by name may be empty: it tells which codes the name goes with.
            CREATE TABLE borrower_exposure (
                borrower TEXT NOT NULL,
                assessment BIGINT NOT NULL,
                facilities BIGINT NOT NULL,
                balance BIGINT NOT NULL,
                green BIGINT NOT NULL,
                in_doubt BIGINT NOT NULL,
                lines TEXT NOT NULL,
                -- Of a code the names, of a name the codes that are stated with it, a line each.
                also TEXT NOT NULL,
                PRIMARY KEY (borrower, assessment)
            )
            -- only: sqlite
            WITHOUT ROWID
            -- end
            ;

            -- Whether the exposures of an assessment are there (1), are still to be made (0), or are not wanted any more (2).
            ALTER TABLE assessment ADD COLUMN exposures BIGINT NOT NULL DEFAULT 0 CHECK (exposures IN (0, 1, 2));
            CREATE INDEX assessment_without_exposures ON assessment (number) WHERE state = 'kept' AND exposures = 0;
            CREATE UNIQUE INDEX job_of_overfinancing ON job (subject)
                WHERE kind = 'overfinancing' AND state IN ('waiting', 'running');

            -- A project for which more was out at the end of a month than it costs.
            CREATE TABLE overfinancing (
                id TEXT NOT NULL PRIMARY KEY,
                period TEXT NOT NULL,
                -- What the project is known by.
                project TEXT NOT NULL,
                lenders BIGINT NOT NULL,
                facilities BIGINT NOT NULL,
                balance BIGINT NOT NULL,
                cost BIGINT NOT NULL,
                -- The project of the library, where it is there.
                library_project TEXT REFERENCES project (id),
                found_at BIGINT NOT NULL
            );
            CREATE UNIQUE INDEX overfinancing_of_project ON overfinancing (period, project);
            CREATE TABLE overfinancing_part (
                finding TEXT NOT NULL REFERENCES overfinancing (id),
                organisation TEXT NOT NULL REFERENCES organisation (id),
                assessment BIGINT NOT NULL,
                position BIGINT NOT NULL,
                PRIMARY KEY (finding, assessment, position)
            );
            CREATE UNIQUE INDEX overfinancing_part_of_organisation ON overfinancing_part (organisation, finding, assessment, position);
            """)
}
