-- What the migrations amount to. Generated, never applied: `python -m ops.database.schema`.

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE TABLE public.as_run (
    player text NOT NULL,
    term bigint NOT NULL,
    seq bigint NOT NULL,
    at timestamp with time zone NOT NULL,
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
    sha256 bytea NOT NULL
);

COMMENT ON TABLE public.as_run IS 'history: facts are copied, nothing refers to what may change';

COMMENT ON COLUMN public.as_run.sha256 IS 'of the entry as the player packed it';

CREATE TABLE public.festival (
    id text NOT NULL,
    kind text NOT NULL,
    title jsonb NOT NULL,
    time_zone text NOT NULL,
    draft text NOT NULL,
    draft_hash text NOT NULL,
    revision integer NOT NULL,
    imported_at timestamp with time zone NOT NULL,
    CONSTRAINT festival_id_check CHECK ((id ~ '^[a-z0-9-]+$'::text)),
    CONSTRAINT festival_kind_check CHECK ((kind = ANY (ARRAY['festival'::text, 'exhibition'::text, 'lab'::text]))),
    CONSTRAINT festival_revision_check CHECK ((revision > 0))
);

COMMENT ON COLUMN public.festival.draft IS 'the festival file as it was imported';

COMMENT ON COLUMN public.festival.draft_hash IS 'sha256 of the draft, in hex';

COMMENT ON COLUMN public.festival.revision IS 'rises with each draft';

CREATE TABLE public.in_force (
    festival text NOT NULL,
    version integer NOT NULL,
    night date NOT NULL,
    slot text NOT NULL,
    surface text NOT NULL,
    programme text NOT NULL,
    occupied tstzrange NOT NULL,
    CONSTRAINT in_force_occupied_is_bounded CHECK (((NOT isempty(occupied)) AND (NOT lower_inf(occupied)) AND (NOT upper_inf(occupied)) AND lower_inc(occupied) AND (NOT upper_inc(occupied)))),
    CONSTRAINT in_force_programme_check CHECK ((programme = ANY (ARRAY['base'::text, 'special'::text])))
);

COMMENT ON TABLE public.in_force IS 'one row for each surface that a slot takes, of the newest version of each festival';

COMMENT ON COLUMN public.in_force.surface IS 'venue/surface: the same place for every festival';

CREATE TABLE public.migration (
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE public.person (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    password_hash text NOT NULL,
    rights text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    disabled_at timestamp with time zone,
    CONSTRAINT person_name_check CHECK ((name <> ''::text)),
    CONSTRAINT person_rights_check CHECK ((rights <@ ARRAY['see'::text, 'edit'::text, 'control'::text]))
);

COMMENT ON TABLE public.person IS 'disabled, never deleted: as-run tells their names';

CREATE TABLE public.session (
    id text NOT NULL,
    data bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.version (
    festival text NOT NULL,
    number integer NOT NULL,
    document text NOT NULL,
    document_hash text NOT NULL,
    night_file bytea NOT NULL,
    night_file_hash text NOT NULL,
    published_at timestamp with time zone NOT NULL,
    published_by text NOT NULL,
    CONSTRAINT version_number_check CHECK ((number > 0))
);

COMMENT ON TABLE public.version IS 'history: never updated, never deleted';

COMMENT ON COLUMN public.version.document IS 'the draft as it was when it was published';

COMMENT ON COLUMN public.version.night_file IS 'what the player loads, compiled from the document';

ALTER TABLE ONLY public.as_run
    ADD CONSTRAINT as_run_pkey PRIMARY KEY (player, term, seq);

ALTER TABLE ONLY public.festival
    ADD CONSTRAINT festival_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.in_force
    ADD CONSTRAINT in_force_never_overlaps EXCLUDE USING gist (surface WITH =, programme WITH =, occupied WITH &&);

ALTER TABLE ONLY public.in_force
    ADD CONSTRAINT in_force_pkey PRIMARY KEY (festival, night, slot, surface);

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_name_key UNIQUE (name);

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (festival, number);

CREATE INDEX as_run_by_night ON public.as_run USING btree (night, at, player, term, seq) WHERE (night IS NOT NULL);

CREATE INDEX as_run_by_run ON public.as_run USING btree (run, at, player, term, seq) WHERE (run IS NOT NULL);

CREATE INDEX as_run_without_night ON public.as_run USING btree (at, player, term, seq) WHERE (night IS NULL);

CREATE INDEX session_by_expiry ON public.session USING btree (expires_at);

ALTER TABLE ONLY public.in_force
    ADD CONSTRAINT in_force_festival_version_fkey FOREIGN KEY (festival, version) REFERENCES public.version(festival, number);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_festival_fkey FOREIGN KEY (festival) REFERENCES public.festival(id);

GRANT SELECT,INSERT ON TABLE public.as_run TO lamplighter_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.festival TO lamplighter_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.in_force TO lamplighter_app;

GRANT SELECT ON TABLE public.migration TO lamplighter_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.person TO lamplighter_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO lamplighter_app;

GRANT SELECT,INSERT ON TABLE public.version TO lamplighter_app;
