-- Published versions, and what of them is in force.

CREATE TABLE version (
    festival text NOT NULL REFERENCES festival (id),
    number integer NOT NULL CHECK (number > 0),
    document text NOT NULL,
    document_hash text NOT NULL,
    night_file bytea NOT NULL,
    night_file_hash text NOT NULL,
    published_at timestamptz NOT NULL,
    published_by text NOT NULL,
    PRIMARY KEY (festival, number)
);
COMMENT ON TABLE version IS 'history: never updated, never deleted';
COMMENT ON COLUMN version.document IS 'the draft as it was when it was published';
COMMENT ON COLUMN version.night_file IS 'what the player loads, compiled from the document';

GRANT SELECT, INSERT ON version TO lamplighter_app;

CREATE TABLE in_force (
    festival text NOT NULL,
    version integer NOT NULL,
    night date NOT NULL,
    slot text NOT NULL,
    surface text NOT NULL,
    programme text NOT NULL CHECK (programme IN ('base', 'special')),
    occupied tstzrange NOT NULL,
    PRIMARY KEY (festival, night, slot, surface),
    FOREIGN KEY (festival, version) REFERENCES version (festival, number),
    -- An exclusion constraint lets empty and unbounded ranges pass; [a, b] would make
    -- neighbours collide.
    CONSTRAINT in_force_occupied_is_bounded CHECK (
        NOT isempty(occupied)
        AND NOT lower_inf(occupied) AND NOT upper_inf(occupied)
        AND lower_inc(occupied) AND NOT upper_inc(occupied)
    ),
    CONSTRAINT in_force_never_overlaps EXCLUDE USING gist (
        surface WITH =, programme WITH =, occupied WITH &&
    )
);
COMMENT ON TABLE in_force IS
    'one row for each surface that a slot takes, of the newest version of each festival';
COMMENT ON COLUMN in_force.surface IS 'venue/surface: the same place for every festival';

GRANT SELECT, INSERT, DELETE ON in_force TO lamplighter_app;
