extension Migration {
    /// The sums of each book, so that a question about a region reads hundreds of rows instead of millions.
    static let cube = Migration(
        number: 10, name: "cube",
        sql: """
            -- One cell of a face of an assessment's cube: the loans with these values. A face has up to three of them; what it has not,
            -- is not stated or does not apply is empty. Money in fen.
            CREATE TABLE cube_cell (
                assessment BIGINT NOT NULL,
                face TEXT NOT NULL,
                standard TEXT NOT NULL,
                key1 TEXT NOT NULL,
                key2 TEXT NOT NULL,
                key3 TEXT NOT NULL,
                -- All loans with their balances, green ones with their green parts, those in doubt with their balances.
                loans BIGINT NOT NULL,
                balance BIGINT NOT NULL,
                aligned_loans BIGINT NOT NULL,
                aligned BIGINT NOT NULL,
                eligible_loans BIGINT NOT NULL,
                eligible BIGINT NOT NULL,
                in_doubt_loans BIGINT NOT NULL,
                in_doubt BIGINT NOT NULL,
                -- The largest green part of one loan.
                largest BIGINT NOT NULL,
                PRIMARY KEY (assessment, face, standard, key1, key2, key3)
            )
            -- only: sqlite
            WITHOUT ROWID
            -- end
            ;

            -- Yearly benefits of green loans beside the faces that have them, in the unit of the indicator: whole ones and thousand-millionths.
            CREATE TABLE cube_benefit (
                assessment BIGINT NOT NULL,
                face TEXT NOT NULL,
                standard TEXT NOT NULL,
                key1 TEXT NOT NULL,
                indicator TEXT NOT NULL,
                aligned_high BIGINT NOT NULL,
                aligned_low BIGINT NOT NULL,
                eligible_high BIGINT NOT NULL,
                eligible_low BIGINT NOT NULL,
                PRIMARY KEY (assessment, face, standard, key1, indicator)
            )
            -- only: sqlite
            WITHOUT ROWID
            -- end
            ;

            -- The same of all books of a month that count, by where their lenders sit: what a supervisor asks for reads few rows. Thousands of
            -- millions of fen and what is left of them are added apart, so that no sum passes 64 bits.
            CREATE TABLE cube_total (
                period TEXT NOT NULL,
                face TEXT NOT NULL,
                region BIGINT NOT NULL,
                standard TEXT NOT NULL,
                key1 TEXT NOT NULL,
                key2 TEXT NOT NULL,
                key3 TEXT NOT NULL,
                loans BIGINT NOT NULL,
                balance_high BIGINT NOT NULL,
                balance_low BIGINT NOT NULL,
                aligned_loans BIGINT NOT NULL,
                aligned_high BIGINT NOT NULL,
                aligned_low BIGINT NOT NULL,
                eligible_loans BIGINT NOT NULL,
                eligible_high BIGINT NOT NULL,
                eligible_low BIGINT NOT NULL,
                in_doubt_loans BIGINT NOT NULL,
                in_doubt_high BIGINT NOT NULL,
                in_doubt_low BIGINT NOT NULL,
                PRIMARY KEY (period, face, region, standard, key1, key2, key3)
            )
            -- only: sqlite
            WITHOUT ROWID
            -- end
            ;
            CREATE TABLE cube_total_benefit (
                period TEXT NOT NULL,
                face TEXT NOT NULL,
                region BIGINT NOT NULL,
                standard TEXT NOT NULL,
                key1 TEXT NOT NULL,
                indicator TEXT NOT NULL,
                aligned_high BIGINT NOT NULL,
                aligned_low BIGINT NOT NULL,
                eligible_high BIGINT NOT NULL,
                eligible_low BIGINT NOT NULL,
                PRIMARY KEY (period, face, region, standard, key1, indicator)
            )
            -- only: sqlite
            WITHOUT ROWID
            -- end
            ;

            -- How often the totals changed: who keeps an answer knows by it whether it still is one.
            CREATE TABLE cube_head (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                changes BIGINT NOT NULL
            );
            INSERT INTO cube_head (id, changes) VALUES (1, 0);

            -- Whether the cells of an assessment are there; those from before this table are made up for one by one.
            ALTER TABLE assessment ADD COLUMN has_cube BIGINT NOT NULL DEFAULT 0 CHECK (has_cube IN (0, 1));
            CREATE INDEX assessment_without_cube ON assessment (number) WHERE state = 'kept' AND has_cube = 0;

            -- The books that count, month by month.
            CREATE UNIQUE INDEX book_of_period ON book (period, organisation) WHERE state = 'accepted';
            """)
}
