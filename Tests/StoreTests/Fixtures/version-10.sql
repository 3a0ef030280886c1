-- What a database of schema 10 may hold beside that of 9. Never changed once released.
UPDATE assessment SET has_cube = 1 WHERE number = 1;
INSERT INTO cube_cell (assessment, face, standard, key1, key2, key3, loans, balance, aligned_loans, aligned, eligible_loans, eligible,
        in_doubt_loans, in_doubt, largest)
    VALUES (1, 'item', 'cn.green-finance.2025', '3.2.1', 'direct', 'normal', 1, 3000000000, 0, 0, 1, 3000000000, 0, 0, 3000000000);
INSERT INTO cube_benefit (assessment, face, standard, key1, indicator, aligned, eligible)
    VALUES (1, 'item', 'cn.green-finance.2025', '3.2.1', 'co2e_t', 0, 12.5);
