extension Migration {
    /// The monthly books of lenders, what stands in them, and the work that takes them in.
    static let books = Migration(
        number: 7, name: "books",
        sql: """
            -- Work that goes on behind requests. One process holds it at a time and says now and then that it lives.
            CREATE TABLE job (
                id TEXT NOT NULL PRIMARY KEY,
                kind TEXT NOT NULL,
                -- What it is about, such as the id of a book.
                subject TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
                created_at BIGINT NOT NULL,
                ended_at BIGINT,
                -- How often it was taken up, by whom last, and when that one was heard of last.
                attempts BIGINT NOT NULL,
                worker TEXT,
                seen_at BIGINT,
                cancel_asked BIGINT NOT NULL CHECK (cancel_asked IN (0, 1)),
                -- How far it is: bytes read of how many, and rows.
                bytes_done BIGINT NOT NULL,
                bytes_total BIGINT NOT NULL,
                row_count BIGINT NOT NULL
            );
            CREATE INDEX job_open ON job (created_at, id) WHERE state IN ('waiting', 'running');

            -- A lender's loans at the end of a month, as a file that was sent.
            CREATE TABLE book (
                id TEXT NOT NULL PRIMARY KEY,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                period TEXT NOT NULL,
                person TEXT NOT NULL REFERENCES person (id),
                file_name TEXT NOT NULL,
                media_type TEXT NOT NULL,
                digest TEXT NOT NULL CHECK (length(digest) = 64),
                bytes BIGINT NOT NULL,
                -- Yuan for one unit of each foreign currency, as a JSON object of decimals.
                rates TEXT NOT NULL,
                -- Which header means which column, as its sender wrote it.
                mapping TEXT NOT NULL,
                -- What a program chose to know the request again by.
                request_key TEXT,
                job TEXT NOT NULL REFERENCES job (id),
                state TEXT NOT NULL CHECK (state IN ('under_way', 'accepted', 'replaced', 'returned', 'cancelled')),
                -- Which of the accepted books of its month it is, from 1; NULL before.
                version BIGINT,
                replaces TEXT REFERENCES book (id),
                received_at BIGINT NOT NULL,
                decided_at BIGINT,
                -- The assessment that counts.
                assessment BIGINT,
                summary TEXT,
                changes TEXT,
                -- Of a returned book how many records have faults, under which header, or what is wrong with the whole of it.
                faulty BIGINT,
                header TEXT,
                fault TEXT
            );
            CREATE UNIQUE INDEX book_by_request ON book (organisation, request_key) WHERE request_key IS NOT NULL;
            CREATE UNIQUE INDEX book_under_way ON book (organisation, period) WHERE state = 'under_way';
            CREATE UNIQUE INDEX book_in_force ON book (organisation, period) WHERE state = 'accepted';
            CREATE INDEX book_by_arrival ON book (received_at, id);
            CREATE INDEX book_of_organisation ON book (organisation, received_at, id);

            -- The bytes of a book. They come before the book itself, so that a large one is not one transaction; until it is there
            -- its id stands in book_upload.
            CREATE TABLE book_upload (
                book TEXT NOT NULL PRIMARY KEY,
                begun_at BIGINT NOT NULL
            );
            CREATE TABLE book_piece (
                book TEXT NOT NULL,
                position BIGINT NOT NULL,
                piece BYTEA NOT NULL,
                PRIMARY KEY (book, position)
            );

            -- The records of a returned book that are no loans.
            CREATE TABLE book_fault (
                book TEXT NOT NULL REFERENCES book (id),
                position BIGINT NOT NULL,
                line BIGINT NOT NULL,
                column_name TEXT NOT NULL,
                value TEXT NOT NULL,
                message TEXT NOT NULL,
                cells TEXT NOT NULL,
                PRIMARY KEY (book, position)
            );

            -- One going over a book by one state of the rules. Its snapshots count when it is kept, and are cleared away when it is dead.
            CREATE TABLE assessment_head (
                id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
                next BIGINT NOT NULL
            );
            INSERT INTO assessment_head (id, next) VALUES (1, 1);
            CREATE TABLE assessment (
                number BIGINT NOT NULL PRIMARY KEY,
                book TEXT NOT NULL REFERENCES book (id),
                state TEXT NOT NULL CHECK (state IN ('under_way', 'kept', 'dead')),
                standard TEXT NOT NULL,
                library TEXT NOT NULL,
                begun_at BIGINT NOT NULL,
                statement_page TEXT REFERENCES content (digest),
                statement_workbook TEXT REFERENCES content (digest),
                statement_data TEXT REFERENCES content (digest)
            );
            CREATE INDEX assessment_of_book ON assessment (book, number);
            CREATE INDEX assessment_dead ON assessment (number) WHERE state = 'dead';

            -- A facility as a book states it, and what was found of it.
            CREATE TABLE facility_snapshot (
                assessment BIGINT NOT NULL,
                line BIGINT NOT NULL,
                loan_id TEXT NOT NULL,
                borrower TEXT NOT NULL,
                borrower_code TEXT,
                purpose TEXT NOT NULL,
                project_name TEXT NOT NULL,
                project_code TEXT,
                region BIGINT,
                industry TEXT,
                balance BIGINT NOT NULL,
                amount BIGINT,
                total_investment BIGINT,
                approved_on TEXT,
                issued_on TEXT,
                matures_on TEXT,
                rate DOUBLE PRECISION,
                quality TEXT,
                size TEXT,
                facts TEXT,
                warnings TEXT,
                -- Tells whether another version states the same.
                stated BIGINT NOT NULL,
                decision TEXT NOT NULL,
                standard TEXT NOT NULL,
                item TEXT,
                verdict TEXT,
                mark TEXT,
                probability DOUBLE PRECISION NOT NULL,
                green BIGINT NOT NULL,
                share BIGINT,
                benefits TEXT,
                candidates TEXT,
                PRIMARY KEY (assessment, line)
            )
            -- Rows stand in the order of the key itself: one tree less to write.
            -- only: sqlite
            WITHOUT ROWID
            -- end
            ;
            -- Unique not only because it is so: engines then know that a search by it finds one row.
            CREATE UNIQUE INDEX facility_snapshot_by_loan ON facility_snapshot (assessment, loan_id);
            CREATE INDEX facility_snapshot_by_decision ON facility_snapshot (assessment, decision, line)
                WHERE decision <> 'not_green';

            -- What counting projects looks at, without the projects themselves.
            CREATE INDEX project_for_counts ON project (status, entered_by_kind, region, organisation, owner, id);
            """)
}
