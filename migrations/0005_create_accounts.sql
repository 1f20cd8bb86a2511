-- People, tokens and links alike are accounts, with rights for a festival or a surface.

ALTER TABLE person RENAME TO account;
ALTER TABLE account RENAME COLUMN disabled_at TO revoked_at;
ALTER TABLE account
    ADD COLUMN kind text NOT NULL DEFAULT 'person' CHECK (kind IN ('person', 'token', 'link')),
    ADD COLUMN secret_digest bytea UNIQUE CHECK (length(secret_digest) = 32),
    ADD COLUMN view text,
    ADD COLUMN expires_at timestamptz,
    ALTER COLUMN password_hash DROP NOT NULL,
    DROP CONSTRAINT person_name_key,
    ADD CONSTRAINT account_signs_in_by_one_means CHECK (
        (password_hash IS NOT NULL) = (kind = 'person')
        AND (secret_digest IS NOT NULL) = (kind <> 'person')
    );
ALTER TABLE account ALTER COLUMN kind DROP DEFAULT;
-- One namespace for all kinds: what is entered as Kim was Kim.
CREATE UNIQUE INDEX account_has_a_name_of_its_own ON account (name) WHERE revoked_at IS NULL;
COMMENT ON TABLE account IS 'revoked, never deleted: as-run and audit tell their names';
COMMENT ON COLUMN account.secret_digest IS 'sha256 of a secret of 256 random bits, told once';
COMMENT ON COLUMN account.view IS 'which view a link leads to';

CREATE TABLE account_grant (
    account uuid NOT NULL REFERENCES account (id),
    rights text[] NOT NULL CHECK (
        rights <@ ARRAY['see', 'edit', 'control'] AND cardinality(rights) > 0
    ),
    festival text REFERENCES festival (id),
    surface text CHECK (surface <> ''),
    UNIQUE NULLS NOT DISTINCT (account, festival, surface)
);
COMMENT ON TABLE account_grant IS 'rights, and where: NULL is every festival, every surface';

INSERT INTO account_grant (account, rights)
SELECT id, rights FROM account WHERE cardinality(rights) > 0;
ALTER TABLE account DROP COLUMN rights;

GRANT SELECT, INSERT, DELETE ON account_grant TO lamplighter_app;

-- A session is of an account: what its account may do is looked up, and never kept in it.
ALTER TABLE session
    ADD COLUMN account uuid REFERENCES account (id),
    ADD COLUMN pin_hash text;
UPDATE session SET account = (
    SELECT id FROM account WHERE name = convert_from(data, 'UTF8')::jsonb ->> 'name'
);
DELETE FROM session WHERE account IS NULL;
ALTER TABLE session
    ALTER COLUMN account SET NOT NULL,
    DROP COLUMN data;
CREATE INDEX session_by_account ON session (account);
COMMENT ON COLUMN session.id IS 'sha256 of what the cookie holds, in hex';
COMMENT ON COLUMN session.pin_hash IS 'set while the session is locked';

-- Every service process holds accounts and sessions in memory, and is told of each change.
CREATE FUNCTION tell_of_access() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    PERFORM pg_notify('lamplighter_access', TG_ARGV[0] || ' ' || (changed ->> TG_ARGV[1]));
    RETURN NULL;
END
$$;
CREATE TRIGGER account_tells AFTER INSERT OR UPDATE ON account
    FOR EACH ROW EXECUTE FUNCTION tell_of_access('account', 'id');
CREATE TRIGGER account_grant_tells AFTER INSERT OR DELETE ON account_grant
    FOR EACH ROW EXECUTE FUNCTION tell_of_access('account', 'account');
CREATE TRIGGER session_tells AFTER INSERT OR UPDATE OR DELETE ON session
    FOR EACH ROW EXECUTE FUNCTION tell_of_access('session', 'id');

CREATE TABLE audit (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    who text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('person', 'token', 'link', 'command', 'stranger', 'service')),
    what text NOT NULL,
    about text,
    outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'not answered', 'lost')),
    reason text,
    address text
);
CREATE INDEX audit_by_instant ON audit (at, id);
COMMENT ON TABLE audit IS 'history: who asked what of whom, when, and what came of it';

GRANT SELECT, INSERT ON audit TO lamplighter_app;
