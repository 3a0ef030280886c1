-- What a database of schema 10 may hold beside that of 9. Never changed once released.
UPDATE assessment SET has_cube = 1 WHERE number = 1;
INSERT INTO cube_cell (assessment, face, standard, key1, key2, key3, loans, balance, aligned_loans, aligned, eligible_loans, eligible,
        in_doubt_loans, in_doubt, largest)
    VALUES (1, 'item', 'cn.green-finance.2025', '3.2.1', 'direct', 'normal', 1, 3000000000, 0, 0, 1, 3000000000, 0, 0, 3000000000);
INSERT INTO cube_benefit (assessment, face, standard, key1, indicator, aligned_high, aligned_low, eligible_high, eligible_low)
    VALUES (1, 'item', 'cn.green-finance.2025', '3.2.1', 'co2e_t', 0, 0, 12, 500000000);
INSERT INTO cube_total (period, face, region, standard, key1, key2, key3, loans, balance_high, balance_low, aligned_loans, aligned_high,
        aligned_low, eligible_loans, eligible_high, eligible_low, in_doubt_loans, in_doubt_high, in_doubt_low)
    VALUES ('2025-12', 'item', 500000, 'cn.green-finance.2025', '3.2.1', 'direct', 'normal', 1, 3, 0, 0, 0, 0, 1, 3, 0, 0, 0, 0);
INSERT INTO cube_total_benefit (period, face, region, standard, key1, indicator, aligned_high, aligned_low, eligible_high, eligible_low)
    VALUES ('2025-12', 'item', 500000, 'cn.green-finance.2025', '3.2.1', 'co2e_t', 0, 0, 12, 500000000);
UPDATE cube_head SET changes = 1;
