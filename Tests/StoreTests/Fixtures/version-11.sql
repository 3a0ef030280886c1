-- What a database of schema 11 may hold beside that of 10. Never changed once released.
UPDATE assessment SET exposures = 1 WHERE number = 1;
INSERT INTO project_exposure (assessment, position, code, owned, named, facilities, balance, green, cost, lines)
    VALUES (1, 0, '2026-500235-44-01-123456', NULL, '500000 虚构新能源 / 虚构风电场', 1, 3000000000, 3000000000, 2000000000, '2');
INSERT INTO borrower_exposure (borrower, assessment, facilities, balance, green, in_doubt, lines, also)
    VALUES ('500000 虚构新能源', 1, 1, 3000000000, 3000000000, 0, '2', '');
INSERT INTO overfinancing (id, period, project, lenders, facilities, balance, cost, library_project, found_at)
    VALUES ('fin_01kdvxm5000000000000000001', '2025-12', '2026-500235-44-01-123456', 1, 1, 3000000000, 2000000000, NULL, 1767225800000);
INSERT INTO overfinancing_part (finding, organisation, assessment, position)
    VALUES ('fin_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', 1, 0);
