-- What really ran: the player's entries, copied. Append-only.

CREATE TABLE as_run (
    player text NOT NULL,
    term bigint NOT NULL,
    seq bigint NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    night date,
    surface text,
    slot text,
    run text,
    cue text,
    output text,
    server text,
    by_name text,
    reason text,
    data jsonb NOT NULL,
    sha256 bytea NOT NULL,
    PRIMARY KEY (player, term, seq)
);
COMMENT ON TABLE as_run IS 'history: facts are copied, nothing refers to what may change';
COMMENT ON COLUMN as_run.sha256 IS 'of the entry as the player packed it';

CREATE INDEX as_run_by_night ON as_run (night, at, player, term, seq) WHERE night IS NOT NULL;
CREATE INDEX as_run_by_run ON as_run (run, at, player, term, seq) WHERE run IS NOT NULL;

GRANT SELECT, INSERT ON as_run TO lamplighter_app;
