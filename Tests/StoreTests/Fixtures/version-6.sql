-- What a database of schema 6 may hold beside that of 5. Never changed once released.
INSERT INTO project (id, organisation, entered_by_kind, owner, name, owner_name, owner_code, national_code, region, industry, stage,
        status, total_investment, need_amount, merged_into, version, created_at, changed_at, body)
    VALUES ('prj_01kdvxm5000000000000000002', 'org_01kdvxm5000000000000000001', 'lender', NULL, '虚构风力发电场', '虚构新能源有限公司',
        NULL, NULL, 500235, 'D4415', 'approved', 'merged', 65000000000, 45000000000, 'prj_01kdvxm5000000000000000001', 2,
        1767225600000, 1767225700000, '{"id":"prj_01kdvxm5000000000000000002","name":"虚构风力发电场"}');
INSERT INTO project_import (id, organisation, person, digest, file_name, created_at, taken_at, added, changed)
    VALUES ('imp_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', 'per_01kdvxm5000000000000000001',
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '项目清单.csv', 1767225600000, 1767225700000, 3, 1);
INSERT INTO project_import (id, organisation, person, digest, file_name, created_at, taken_at, added, changed)
    VALUES ('imp_01kdvxm5000000000000000002', 'org_01kdvxm5000000000000000001', 'per_01kdvxm5000000000000000001',
        'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '项目清单.csv', 1767225600000, NULL, NULL, NULL);
INSERT INTO project_merge (survivor, survivor_version, other, other_version, undone_at)
    VALUES ('prj_01kdvxm5000000000000000001', 2, 'prj_01kdvxm5000000000000000002', 2, NULL);
