-- What a database of schema 14 may hold beside that of 13. Never changed once released.
INSERT INTO notice (id, person, entry, organisation, kind, subject, arguments, at, read_at)
    VALUES ('ntc_01kdvxm5000000000000000001', 'per_01kdvxm5000000000000000001', 1, 'org_01kdvxm5000000000000000001',
        'book.accept', 'bok_01kdvxm5000000000000000001', '{"period":"2025-12"}', 1767225900000, NULL);
