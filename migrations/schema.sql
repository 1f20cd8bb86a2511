-- What the migrations amount to. Generated, never applied: `python -m ops.database.schema`.

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE FUNCTION public.tell_of_access() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    changed jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    PERFORM pg_notify('lamplighter_access', TG_ARGV[0] || ' ' || (changed ->> TG_ARGV[1]));
    RETURN NULL;
END
$$;

CREATE TABLE public.account (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT person_id_not_null NOT NULL,
    name text CONSTRAINT person_name_not_null NOT NULL,
    password_hash text,
    created_at timestamp with time zone CONSTRAINT person_created_at_not_null NOT NULL,
    revoked_at timestamp with time zone,
    kind text NOT NULL,
    secret_digest bytea,
    view text,
    expires_at timestamp with time zone,
    CONSTRAINT account_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'token'::text, 'link'::text]))),
    CONSTRAINT account_secret_digest_check CHECK ((length(secret_digest) = 32)),
    CONSTRAINT account_signs_in_by_one_means CHECK ((((password_hash IS NOT NULL) = (kind = 'person'::text)) AND ((secret_digest IS NOT NULL) = (kind <> 'person'::text)))),
    CONSTRAINT person_name_check CHECK ((name <> ''::text))
);

COMMENT ON TABLE public.account IS 'revoked, never deleted: as-run and audit tell their names';

COMMENT ON COLUMN public.account.secret_digest IS 'sha256 of a secret of 256 random bits, told once';

COMMENT ON COLUMN public.account.view IS 'which view a link leads to';

CREATE TABLE public.account_grant (
    account uuid NOT NULL,
    rights text[] NOT NULL,
    festival text,
    surface text,
    CONSTRAINT account_grant_rights_check CHECK (((rights <@ ARRAY['see'::text, 'edit'::text, 'control'::text]) AND (cardinality(rights) > 0))),
    CONSTRAINT account_grant_surface_check CHECK ((surface <> ''::text))
);

COMMENT ON TABLE public.account_grant IS 'rights, and where: NULL is every festival, every surface';

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

CREATE TABLE public.audit (
    id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    who text NOT NULL,
    kind text NOT NULL,
    what text NOT NULL,
    about text,
    outcome text NOT NULL,
    reason text,
    address text,
    CONSTRAINT audit_kind_check CHECK ((kind = ANY (ARRAY['person'::text, 'token'::text, 'link'::text, 'command'::text, 'stranger'::text, 'service'::text]))),
    CONSTRAINT audit_outcome_check CHECK ((outcome = ANY (ARRAY['done'::text, 'refused'::text, 'not answered'::text, 'lost'::text])))
);

COMMENT ON TABLE public.audit IS 'history: who asked what of whom, when, and what came of it';

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

CREATE TABLE public.session (
    id text NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    account uuid NOT NULL,
    pin_hash text
);

COMMENT ON COLUMN public.session.id IS 'sha256 of what the cookie holds, in hex';

COMMENT ON COLUMN public.session.pin_hash IS 'set while the session is locked';

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

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_account_festival_surface_key UNIQUE NULLS NOT DISTINCT (account, festival, surface);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_secret_digest_key UNIQUE (secret_digest);

ALTER TABLE ONLY public.as_run
    ADD CONSTRAINT as_run_pkey PRIMARY KEY (player, term, seq);

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.festival
    ADD CONSTRAINT festival_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.in_force
    ADD CONSTRAINT in_force_never_overlaps EXCLUDE USING gist (surface WITH =, programme WITH =, occupied WITH &&);

ALTER TABLE ONLY public.in_force
    ADD CONSTRAINT in_force_pkey PRIMARY KEY (festival, night, slot, surface);

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_pkey PRIMARY KEY (festival, number);

CREATE UNIQUE INDEX account_has_a_name_of_its_own ON public.account USING btree (name) WHERE (revoked_at IS NULL);

CREATE INDEX as_run_by_night ON public.as_run USING btree (night, at, player, term, seq) WHERE (night IS NOT NULL);

CREATE INDEX as_run_by_run ON public.as_run USING btree (run, at, player, term, seq) WHERE (run IS NOT NULL);

CREATE INDEX as_run_without_night ON public.as_run USING btree (at, player, term, seq) WHERE (night IS NULL);

CREATE INDEX audit_by_instant ON public.audit USING btree (at, id);

CREATE INDEX session_by_account ON public.session USING btree (account);

CREATE INDEX session_by_expiry ON public.session USING btree (expires_at);

CREATE TRIGGER account_grant_tells AFTER INSERT OR DELETE ON public.account_grant FOR EACH ROW EXECUTE FUNCTION public.tell_of_access('account', 'account');

CREATE TRIGGER account_tells AFTER INSERT OR UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION public.tell_of_access('account', 'id');

CREATE TRIGGER session_tells AFTER INSERT OR DELETE OR UPDATE ON public.session FOR EACH ROW EXECUTE FUNCTION public.tell_of_access('session', 'id');

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);

ALTER TABLE ONLY public.account_grant
    ADD CONSTRAINT account_grant_festival_fkey FOREIGN KEY (festival) REFERENCES public.festival(id);

ALTER TABLE ONLY public.in_force
    ADD CONSTRAINT in_force_festival_version_fkey FOREIGN KEY (festival, version) REFERENCES public.version(festival, number);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_fkey FOREIGN KEY (account) REFERENCES public.account(id);

ALTER TABLE ONLY public.version
    ADD CONSTRAINT version_festival_fkey FOREIGN KEY (festival) REFERENCES public.festival(id);

GRANT SELECT,INSERT,UPDATE ON TABLE public.account TO lamplighter_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.account_grant TO lamplighter_app;

GRANT SELECT,INSERT ON TABLE public.as_run TO lamplighter_app;

GRANT SELECT,INSERT ON TABLE public.audit TO lamplighter_app;

GRANT SELECT,INSERT,UPDATE ON TABLE public.festival TO lamplighter_app;

GRANT SELECT,INSERT,DELETE ON TABLE public.in_force TO lamplighter_app;

GRANT SELECT ON TABLE public.migration TO lamplighter_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO lamplighter_app;

GRANT SELECT,INSERT ON TABLE public.version TO lamplighter_app;
