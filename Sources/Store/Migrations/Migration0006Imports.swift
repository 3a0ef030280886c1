extension Migration {
    /// Lists that were handed in, and which records were put together.
    static let imports = Migration(
        number: 6, name: "imports",
        sql: """
            -- A list of projects between its preview and its taking: the bytes are kept as a content.
            CREATE TABLE project_import (
                id TEXT NOT NULL PRIMARY KEY,
                organisation TEXT NOT NULL REFERENCES organisation (id),
                person TEXT NOT NULL REFERENCES person (id),
                digest TEXT NOT NULL REFERENCES content (digest),
                file_name TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                -- When it was taken, and how many projects it added and changed; nil before.
                taken_at BIGINT,
                added BIGINT,
                changed BIGINT
            );
            CREATE INDEX project_import_by_organisation ON project_import (organisation, created_at, id);

            -- One row for each record that stood aside in a merge: the versions that undoing it brings back are the ones before.
            CREATE TABLE project_merge (
                survivor TEXT NOT NULL REFERENCES project (id),
                survivor_version BIGINT NOT NULL,
                other TEXT NOT NULL REFERENCES project (id),
                other_version BIGINT NOT NULL,
                undone_at BIGINT,
                PRIMARY KEY (survivor, survivor_version, other)
            );
            CREATE INDEX project_merge_by_other ON project_merge (other, survivor);
            """)
}
