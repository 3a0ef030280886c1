-- What a database of schema 7 may hold beside that of 6. Never changed once released.
INSERT INTO job (id, kind, subject, state, created_at, ended_at, attempts, worker, seen_at, cancel_asked, bytes_done, bytes_total, row_count)
    VALUES ('job_01kdvxm5000000000000000001', 'book', 'bok_01kdvxm5000000000000000001', 'done', 1767225600000, 1767225700000, 1, NULL,
        1767225690000, 0, 120, 120, 1);
INSERT INTO job (id, kind, subject, state, created_at, ended_at, attempts, worker, seen_at, cancel_asked, bytes_done, bytes_total, row_count)
    VALUES ('job_01kdvxm5000000000000000002', 'book', 'bok_01kdvxm5000000000000000002', 'running', 1767225600000, NULL, 2, 'host:1:ab',
        1767225690000, 1, 60, 120, 1);
INSERT INTO book (id, organisation, period, person, file_name, media_type, digest, bytes, rates, mapping, request_key, job, state, version, replaces,
        received_at, decided_at, assessment, summary, changes, faulty, header, fault)
    VALUES ('bok_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', '2025-12', 'per_01kdvxm5000000000000000001', '台账.csv',
        'text/csv', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 120, '{"USD":"7.1"}', 'loan_id: 流水键', 'key-1',
        'job_01kdvxm5000000000000000001', 'accepted', 1, NULL, 1767225600000, 1767225700000, 1, '{}', NULL, NULL, NULL, NULL);
INSERT INTO book (id, organisation, period, person, file_name, media_type, digest, bytes, rates, mapping, request_key, job, state, version, replaces,
        received_at, decided_at, assessment, summary, changes, faulty, header, fault)
    VALUES ('bok_01kdvxm5000000000000000002', 'org_01kdvxm5000000000000000001', '2025-12', 'per_01kdvxm5000000000000000001', '台账.csv',
        'text/csv', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 120, '{}', '', NULL,
        'job_01kdvxm5000000000000000002', 'under_way', NULL, NULL, 1767225600000, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO book_upload (book, begun_at) VALUES ('bok_01kdvxm5000000000000000003', 1767225600000);
INSERT INTO book_piece (book, position, piece)
    SELECT 'bok_01kdvxm5000000000000000001', 0, digest FROM fixture_digest;
INSERT INTO book_fault (book, position, line, column_name, value, message, cells)
    VALUES ('bok_01kdvxm5000000000000000002', 0, 3, '贷款余额', '二百万', '{"arguments":{},"key":"row.empty"}', '["L2","二百万"]');
UPDATE assessment_head SET next = 3;
INSERT INTO assessment (number, book, state, standard, library, begun_at, statement_page, statement_workbook, statement_data)
    VALUES (1, 'bok_01kdvxm5000000000000000001', 'kept', 'cn.green-finance.2025', 'ab', 1767225600000,
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', NULL, NULL);
INSERT INTO assessment (number, book, state, standard, library, begun_at, statement_page, statement_workbook, statement_data)
    VALUES (2, 'bok_01kdvxm5000000000000000002', 'dead', 'cn.green-finance.2025', 'ab', 1767225600000, NULL, NULL, NULL);
INSERT INTO facility_snapshot (assessment, line, loan_id, borrower, borrower_code, purpose, project_name, project_code, region, industry,
        balance, amount, total_investment, approved_on, issued_on, matures_on, rate, quality, size, facts, warnings, stated, decision,
        standard, item, verdict, mark, probability, green, share, benefits, candidates)
    VALUES (1, 2, 'L1', '虚构新能源有限公司', NULL, '风力发电场建设', '虚构风电场', NULL, 500235, 'D4415', 3000000000, NULL, 65000000000,
        '2025-01-02', '2025-02-03', '2035-02-03', 3.5, 'normal', 'large', '{"installed_capacity":100}', NULL, -42, 'accepted',
        'cn.green-finance.2025', '3.2.1', 'eligible', 'direct', 0.99, 3000000000, 46153, '{"co2":12.5}', NULL);
