-- What a database of schema 3 may hold beside that of 2. Never changed once released.
INSERT INTO project (id, organisation, entered_by_kind, owner, name, owner_name, owner_code, national_code, region, industry, stage,
        status, total_investment, need_amount, merged_into, version, created_at, changed_at, body)
    VALUES ('prj_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', 'lender', NULL, '虚构风电场', '虚构新能源有限公司',
        NULL, NULL, 500235, 'D4415', 'approved', 'draft', 65000000000, 45000000000, NULL, 1, 1767225600000, 1767225600000,
        '{"id":"prj_01kdvxm5000000000000000001","name":"虚构风电场"}');
INSERT INTO project_version (project, version, at, person, organisation, act, reason, body)
    VALUES ('prj_01kdvxm5000000000000000001', 1, 1767225600000, 'per_01kdvxm5000000000000000001',
        'org_01kdvxm5000000000000000001', 'project.register', '', '{"id":"prj_01kdvxm5000000000000000001","name":"虚构风电场"}');
INSERT INTO project_share (project, organisation, since, person)
    VALUES ('prj_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000002', 1767225600000, 'per_01kdvxm5000000000000000001');
INSERT INTO content (digest, bytes, created_at)
    VALUES ('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 32, 1767225600000);
INSERT INTO content_piece (digest, position, piece)
    SELECT 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 0, digest FROM fixture_digest;
