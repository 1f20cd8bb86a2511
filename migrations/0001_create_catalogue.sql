-- Festivals: the draft that people work on. PostgreSQL 15 features only.

-- The scalar part of the exclusion constraint of in_force. A trusted extension: the
-- database's owner may create it, superuser or not.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The service acts as this role, whoever it signs in as: it may do what is granted below
-- and in later migrations, and rewrites no history.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lamplighter_app') THEN
        CREATE ROLE lamplighter_app NOLOGIN;
        EXECUTE format('GRANT lamplighter_app TO %I', current_user);
    END IF;
END
$$;

CREATE TABLE festival (
    id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]+$'),
    kind text NOT NULL CHECK (kind IN ('festival', 'exhibition', 'lab')),
    title jsonb NOT NULL,
    time_zone text NOT NULL,
    draft text NOT NULL,
    draft_hash text NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    imported_at timestamptz NOT NULL
);
COMMENT ON COLUMN festival.draft IS 'the festival file as it was imported';
COMMENT ON COLUMN festival.draft_hash IS 'sha256 of the draft, in hex';
COMMENT ON COLUMN festival.revision IS 'rises with each draft';

GRANT SELECT, INSERT, UPDATE ON festival TO lamplighter_app;
