-- What a database of schema 1 may hold. Portable: both engines load it. Never changed once released.
UPDATE audit_head SET next = 3;
INSERT INTO audit_entry (number, at, actor, organisation, act, subject, body, digest)
    SELECT 1, 1767225600000, 'usr_01kdvxm5000000000000000000', 'org_01kdvxm5000000000000000000', 'book.received',
        'bok_01kdvxm5000000000000000000', '{"balance":"1250000000","书":"台账"}', digest FROM fixture_digest;
INSERT INTO audit_entry (number, at, actor, organisation, act, subject, body, digest)
    SELECT 2, 1767225660000, 'system', NULL, 'book.assessed', NULL, '{}', digest FROM fixture_digest;
INSERT INTO audit_read (id, at, viewer, organisation, what, subject, count)
    VALUES ('aud_01kdvxm5000000000000000000', 1767225720000, 'usr_01kdvxm5000000000000000000', NULL, 'loans', NULL, 390);
