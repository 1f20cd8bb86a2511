-- People and their sessions.

CREATE TABLE person (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name text NOT NULL UNIQUE CHECK (name <> ''),
    password_hash text NOT NULL,
    rights text[] NOT NULL CHECK (rights <@ ARRAY['see', 'edit', 'control']),
    created_at timestamptz NOT NULL,
    disabled_at timestamptz
);
COMMENT ON TABLE person IS 'disabled, never deleted: as-run tells their names';

GRANT SELECT, INSERT, UPDATE ON person TO lamplighter_app;

CREATE TABLE session (
    id text PRIMARY KEY,
    data bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX session_by_expiry ON session (expires_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON session TO lamplighter_app;
