-- What a database of schema 9 may hold beside that of 8. Never changed once released.
INSERT INTO identification_model (id, organisation, job, asked_by, asked_at, state, version, examples, held_back, content, comparison)
    VALUES ('mdl_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', 'job_01kdvxm5000000000000000003',
        'per_01kdvxm5000000000000000001', 1767227000000, 'ready', 'ab12', 40, 9,
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '{}');
INSERT INTO identification_model (id, organisation, job, asked_by, asked_at, state, version, examples, held_back, content, comparison)
    VALUES ('mdl_01kdvxm5000000000000000002', 'org_01kdvxm5000000000000000001', 'job_01kdvxm5000000000000000003',
        'per_01kdvxm5000000000000000001', 1767228000000, 'under_way', NULL, NULL, NULL, NULL, NULL);
UPDATE review_setting SET model = 'mdl_01kdvxm5000000000000000001';
