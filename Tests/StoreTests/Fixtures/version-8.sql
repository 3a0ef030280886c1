-- What a database of schema 8 may hold beside that of 7. Never changed once released.
INSERT INTO review_setting (organisation, second_above, changes) VALUES ('org_01kdvxm5000000000000000001', 100000000, 1);
INSERT INTO review_decision (id, organisation, loan_id, book, line, verdict, standard, item, reason, borrower, purpose, project_name, industry, balance,
        alone_up_to, found_decision, found_item, found_probability, model, state, proposed_by, proposed_at, second_by, second_reason,
        decided_at, change)
    VALUES ('rvd_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', 'L1', 'bok_01kdvxm5000000000000000001', 2, 'accepted', 'cn.green-finance.2025', '3.2.1',
        '看过合同', '虚构新能源有限公司', '风力发电场建设', '虚构风电场', 'D4415', 3000000000, NULL, 'review', '3.2.1', 0.6, 'm1', 'in_force',
        'per_01kdvxm5000000000000000001', 1767225800000, 'per_01kdvxm5000000000000000001', '同意', 1767225900000, 1);
INSERT INTO review_decision (id, organisation, loan_id, book, line, verdict, standard, item, reason, borrower, purpose, project_name, industry, balance,
        alone_up_to, found_decision, found_item, found_probability, model, state, proposed_by, proposed_at, second_by, second_reason,
        decided_at, change)
    VALUES ('rvd_01kdvxm5000000000000000002', 'org_01kdvxm5000000000000000001', 'L1', 'bok_01kdvxm5000000000000000001', 2, 'as_found', 'cn.green-finance.2025', NULL,
        '撤回', '虚构新能源有限公司', '风力发电场建设', '虚构风电场', NULL, 3000000000, 5000000000, 'review', NULL, 0.6, 'm1', 'proposed',
        'per_01kdvxm5000000000000000001', 1767226000000, NULL, NULL, NULL, NULL);
INSERT INTO assessment (number, book, state, standard, library, begun_at, statement_page, statement_workbook, statement_data, review_change,
        decisions, asked_by, kept_at, replaces, changes)
    VALUES (3, 'bok_01kdvxm5000000000000000001', 'kept', 'cn.green-finance.2025', 'ab', 1767226000000, NULL, NULL, NULL, 1, 1,
        'per_01kdvxm5000000000000000001', 1767226100000, 1, '{}');
INSERT INTO facility_snapshot (assessment, line, loan_id, borrower, purpose, project_name, balance, stated, decision, standard, item, verdict,
        mark, probability, green, decided_by)
    VALUES (3, 2, 'L1', '虚构新能源有限公司', '风力发电场建设', '虚构风电场', 3000000000, -42, 'accepted', 'cn.green-finance.2025', '3.2.1',
        'eligible', 'direct', 1, 3000000000, 'rvd_01kdvxm5000000000000000001');
INSERT INTO job (id, kind, subject, state, created_at, ended_at, attempts, worker, seen_at, cancel_asked, bytes_done, bytes_total, row_count,
        asked_by)
    VALUES ('job_01kdvxm5000000000000000003', 'book', 'bok_01kdvxm5000000000000000001', 'waiting', 1767225600000, NULL, 0, NULL, NULL, 0, 0, 120,
        0, 'per_01kdvxm5000000000000000001');
