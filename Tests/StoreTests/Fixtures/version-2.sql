-- What a database of schema 2 may hold beside that of 1. Never changed once released.
INSERT INTO organisation (id, kind, name, english_name, credit_code, region, version, created_at, closed_at)
    VALUES ('org_01kdvxm5000000000000000001', 'lender', '虚构银行', 'Invented Bank', '91350100M000100Y43', 500000, 3, 1767225600000, NULL);
INSERT INTO organisation (id, kind, name, region, created_at, closed_at)
    VALUES ('org_01kdvxm5000000000000000002', 'operator', '平台运营方', 500000, 1767225600000, 1767225700000);
INSERT INTO person (id, email, name, language, password, password_changed_at, authenticator, authenticator_step, created_at)
    SELECT 'per_01kdvxm5000000000000000001', 'lin@example.org', '林', 'zh', '$scrypt$ln=15,r=8,p=1$c2FsdA$a2V5', 1767225600000,
        digest, 58907520, 1767225600000 FROM fixture_digest;
INSERT INTO recovery_code (person, digest, used_at)
    SELECT 'per_01kdvxm5000000000000000001', digest, 1767225660000 FROM fixture_digest;
INSERT INTO membership (person, organisation, roles, since, ended_at)
    VALUES ('per_01kdvxm5000000000000000001', 'org_01kdvxm5000000000000000001', 'administrator officer', 1767225600000, NULL);
INSERT INTO invitation (id, digest, organisation, email, roles, invited_by, created_at, expires_at)
    SELECT 'inv_01kdvxm5000000000000000001', digest, 'org_01kdvxm5000000000000000001', 'zhou@example.org', 'reader',
        'per_01kdvxm5000000000000000001', 1767225600000, 1767830400000 FROM fixture_digest;
INSERT INTO session (id, digest, person, created_at, seen_at, expires_at, address, agent)
    SELECT 'ses_01kdvxm5000000000000000001', digest, 'per_01kdvxm5000000000000000001', 1767225600000, 1767225660000,
        1767268800000, '203.0.113.7', '浏览器' FROM fixture_digest;
INSERT INTO token (id, digest, organisation, person, name, scopes, created_at, expires_at, revoked_at)
    SELECT 'tok_01kdvxm5000000000000000001', digest, 'org_01kdvxm5000000000000000001', 'per_01kdvxm5000000000000000001',
        '核心系统', 'books:write projects:read', 1767225600000, 1769817600000, NULL FROM fixture_digest;
INSERT INTO sign_in_failure (subject, failures, first_at, blocked_until)
    VALUES ('account lin@example.org 203.0.113.7', 5, 1767225600000, 1767225660000);
