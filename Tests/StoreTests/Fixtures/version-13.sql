-- What a database of schema 13 may hold beside that of 12. Never changed once released.
INSERT INTO job (id, kind, subject, state, created_at, attempts, cancel_asked, bytes_done, bytes_total, row_count)
    VALUES ('job_01kdvxm5000000000000000013', 'return', 'ret_01kdvxm5000000000000000001', 'done', 1767225900000, 1, 0, 1, 1, 3);
INSERT INTO statutory_return (id, organisation, form, period, state, version, job, changes, prepared_by, prepared_at,
        submitted_by, submitted_at, reason, assessments, tables, adjustments, explanations, checks)
    VALUES ('ret_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', 'green-loans', '2025Q4', 'submitted', 1,
        'job_01kdvxm5000000000000000013', 3, 'per_01kdvxm5000000000000000001', 1767225900000,
        'per_01kdvxm5000000000000000001', 1767225900001, '', '1 2',
        '{"editions":[],"form":"green-loans","form_version":"2026.1"}', '[]', '[]', '[]');
