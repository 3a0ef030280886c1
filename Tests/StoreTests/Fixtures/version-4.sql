-- What a database of schema 4 may hold beside that of 3. Never changed once released.
INSERT INTO idempotency (asker, operation, key, digest, begun_at, status, headers, body)
    SELECT 'per_01kdvxm5000000000000000001', 'registerProject', 'import-2026-0001',
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 1767225600000, 201,
        '{"Content-Type":"application/json"}', digest FROM fixture_digest;
INSERT INTO idempotency (asker, operation, key, digest, begun_at)
    VALUES ('tok_01kdvxm5000000000000000001', 'registerProject', 'import-2026-0002',
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 1767225600000);
