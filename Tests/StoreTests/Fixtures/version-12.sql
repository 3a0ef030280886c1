-- What a database of schema 12 may hold beside that of 11. Never changed once released.
INSERT INTO public_release (id, organisation, period, version, published_at, person, reason, totals, assessments)
    VALUES ('rel_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', '2025-12', 1, 1767225900000,
        'per_01kdvxm5000000000000000001', '', '{"editions":[],"lenders":0,"loans":null}', '1 2');
