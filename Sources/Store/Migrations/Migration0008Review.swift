extension Migration {
    /// What people decide of loans, and the goings over of books that take it in.
    static let review = Migration(
        number: 8, name: "review",
        sql: """
            -- How a lender decides: above which balance a second person must agree (NULL: always), and how many changes of what is in
            -- force there were. The count is the order of the changes.
            CREATE TABLE review_setting (
                organisation TEXT NOT NULL PRIMARY KEY REFERENCES organisation (id),
                second_above BIGINT,
                changes BIGINT NOT NULL
            );

            -- A person's verdict on a loan of a lender, by the lender's own number. It holds of a loan that says what this one said.
            CREATE TABLE review_decision (
                id TEXT NOT NULL PRIMARY KEY,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                loan_id TEXT NOT NULL,
                -- The book that it was looked at in.
                book TEXT NOT NULL REFERENCES book (id),
                line BIGINT NOT NULL,
                verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'not_green', 'as_found')),
                -- The edition that judges the loan, and its item.
                standard TEXT NOT NULL,
                item TEXT,
                reason TEXT NOT NULL,
                borrower TEXT NOT NULL,
                purpose TEXT NOT NULL,
                project_name TEXT NOT NULL,
                industry TEXT,
                balance BIGINT NOT NULL,
                -- Up to which balance one person's word is enough; NULL where a second one agreed or must.
                alone_up_to BIGINT,
                -- What was found of it without people, by which model.
                found_decision TEXT NOT NULL,
                found_item TEXT,
                found_probability DOUBLE PRECISION NOT NULL,
                model TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('proposed', 'in_force', 'declined', 'withdrawn', 'replaced')),
                proposed_by TEXT NOT NULL REFERENCES person (id),
                proposed_at BIGINT NOT NULL,
                second_by TEXT REFERENCES person (id),
                second_reason TEXT,
                decided_at BIGINT,
                -- Which change of the lender's it was when it came into force.
                change BIGINT
            );
            CREATE UNIQUE INDEX review_decision_proposed ON review_decision (organisation, loan_id) WHERE state = 'proposed';
            CREATE UNIQUE INDEX review_decision_in_force ON review_decision (organisation, loan_id) WHERE state = 'in_force';
            CREATE UNIQUE INDEX review_decision_of_loan ON review_decision (organisation, loan_id, id);
            CREATE UNIQUE INDEX review_decision_by_time ON review_decision (organisation, proposed_at, id);
            CREATE UNIQUE INDEX review_decision_by_change ON review_decision (organisation, change) WHERE state = 'in_force';

            ALTER TABLE facility_snapshot ADD COLUMN decided_by TEXT;
            -- What is in doubt, the largest first.
            CREATE INDEX facility_snapshot_in_doubt ON facility_snapshot (assessment, balance DESC, line) WHERE decision = 'review';

            -- Who asked for the work; NULL where it began with what it is about.
            ALTER TABLE job ADD COLUMN asked_by TEXT REFERENCES person (id);

            -- Up to which change of the lender's an assessment took decisions in, who asked for it (NULL: the book's arrival), in place of
            -- which one it came and what it says otherwise.
            ALTER TABLE assessment ADD COLUMN review_change BIGINT;
            ALTER TABLE assessment ADD COLUMN decisions BIGINT;
            ALTER TABLE assessment ADD COLUMN asked_by TEXT REFERENCES person (id);
            ALTER TABLE assessment ADD COLUMN kept_at BIGINT;
            ALTER TABLE assessment ADD COLUMN replaces BIGINT;
            ALTER TABLE assessment ADD COLUMN changes TEXT;
            """)
}
