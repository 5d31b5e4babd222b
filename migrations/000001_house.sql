-- House: zones, members, the journal and what every command needs. Breaking: no.

-- The role is the whole server's, so another database of it may have made it. Making it takes CREATEROLE; where an
-- administrator has made and granted it, nothing is needed.
do $$ begin
  if not exists (select from pg_roles where rolname = 'consortia_app') then create role consortia_app nologin; end if;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  if not pg_has_role(current_user, 'consortia_app', 'set') then
    execute format('grant consortia_app to %I', current_user);
  end if;
  execute format('grant usage on schema %I to consortia_app', current_schema());
end $$;

create function app_zone() returns uuid language sql stable as
  $$ select nullif(current_setting('app.zone', true), '')::uuid $$;

create function app_account() returns text language sql stable as
  $$ select nullif(current_setting('app.account', true), '') $$;

create function app_role() returns text language sql stable as
  $$ select coalesce(nullif(current_setting('app.role', true), ''), 'stranger') $$;

create function app_organisation() returns uuid language sql stable as
  $$ select nullif(current_setting('app.organisation', true), '')::uuid $$;

-- Who runs a zone and may read what its members keep to themselves.
create function app_is_staff() returns boolean language sql stable as
  $$ select app_role() in ('administrator', 'zone_officer', 'technology_manager', 'system') $$;

-- Puts the zone wall around a table: the caller's own zone and no other, whoever owns the table.
create procedure raise_zone_wall(target text) language plpgsql as $$ begin
  execute format('alter table %I enable row level security', target);
  execute format('alter table %I force row level security', target);
  execute format('create policy zone_wall on %I as restrictive to public using (zone_id = (select app_zone())) with check (zone_id = (select app_zone()))', target);
  execute format('create policy members on %I to public using (true) with check (true)', target);
  execute format('grant select, insert, update, delete on %I to consortia_app', target);
end $$;

create table zone (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{1,40}$'),
  name jsonb not null,
  statement jsonb not null default '{}',
  city text,
  country text not null default 'CN',
  time_zone text not null default 'Asia/Shanghai',
  currency text not null default 'CNY',
  demo boolean not null default false,
  invented boolean not null default false,
  created_at timestamptz not null default now()
);
alter table zone enable row level security;
alter table zone force row level security;
create policy everyone_reads on zone for select to public using (true);
create policy own_zone_writes on zone to public using (id = (select app_zone())) with check (id = (select app_zone()));
grant select, insert, update, delete on zone to consortia_app;

create table membership (
  zone_id uuid not null references zone (id) on delete cascade,
  account_id text not null,
  role text not null check (role in ('administrator', 'zone_officer', 'technology_manager', 'company', 'researcher')),
  organisation_id uuid,
  name text not null,
  email text not null,
  created_at timestamptz not null default now(),
  primary key (zone_id, account_id)
);
create index membership_account on membership (account_id);
alter table membership enable row level security;
alter table membership force row level security;
create policy zone_wall on membership to public using (zone_id = (select app_zone())) with check (zone_id = (select app_zone()));
create policy own_memberships on membership for select to public using (account_id = (select app_account()));
grant select, insert, update, delete on membership to consortia_app;

-- One chain a zone. The nil zone is the chain of what all zones share.
create table journal (
  zone_id uuid not null,
  seq bigint not null,
  at timestamptz not null,
  actor text not null,
  command text not null,
  input_hash text not null,
  subjects jsonb not null default '[]',
  previous_hash text not null,
  hash text not null,
  primary key (zone_id, seq)
);
call raise_zone_wall('journal');
revoke update, delete on journal from consortia_app;

create table journal_head (
  zone_id uuid primary key,
  seq bigint not null,
  hash text not null
);
call raise_zone_wall('journal_head');

-- The salt of an entry's input hash. Erasing it makes the hash say nothing more of the input; the chain still verifies.
create table journal_salt (
  zone_id uuid not null,
  seq bigint not null,
  salt text not null,
  primary key (zone_id, seq)
);
call raise_zone_wall('journal_salt');

-- What a command answered, so that the same key is answered again and not run again.
create table answer (
  zone_id uuid not null,
  key_hash text not null,
  command text not null,
  input_hash text not null,
  output jsonb,
  at timestamptz not null,
  primary key (zone_id, key_hash)
);
create index answer_age on answer (zone_id, at);
call raise_zone_wall('answer');

-- The history of a record, field by field. It may hold personal values, so it can be erased; the journal can't.
create table record_change (
  zone_id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  seq bigint not null,
  part integer not null,
  at timestamptz not null,
  account_id text,
  import_id uuid,
  action text not null,
  changes jsonb not null default '{}',
  primary key (zone_id, subject_kind, subject_id, seq, part)
);
call raise_zone_wall('record_change');

-- Side effects leave through here, after the commit, so that a rehearsal sends nothing.
create table outbox (
  zone_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('mail', 'notice')),
  to_account text,
  to_address text,
  subject text not null,
  body text not null,
  link text,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'read')),
  attempts integer not null default 0,
  tried_at timestamptz,
  error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (zone_id, id)
);
create index outbox_waiting on outbox (zone_id, state, created_at);
call raise_zone_wall('outbox');

-- The zones in which a letter waits. It looks into one zone after the other, since no caller passes all walls at once.
create function zones_with_waiting_mail() returns setof uuid language plpgsql as $$ declare one uuid; begin
  for one in select id from zone order by id loop
    perform set_config('app.zone', one::text, true);
    if exists (select from outbox where zone_id = one and state = 'waiting' and kind = 'mail') then return next one; end if;
  end loop;
end $$;

create table stored_file (
  zone_id uuid not null,
  id uuid not null,
  sha256 text not null,
  name text not null,
  bytes bigint not null,
  media_type text not null,
  circle text not null default 'members' check (circle in ('public', 'signed_in', 'invited', 'members')),
  account_id text,
  created_at timestamptz not null,
  primary key (zone_id, id)
);
call raise_zone_wall('stored_file');

-- Long work: what is being done, how far it is, and how it ended. A job runs it; this row is what people see.
create table work (
  zone_id uuid not null,
  id uuid not null,
  kind text not null,
  subject_id uuid,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
  doing text not null default 'queued',
  done bigint not null default 0,
  total bigint,
  input jsonb not null default '{}',
  output jsonb,
  fault jsonb,
  account_id text,
  created_at timestamptz not null,
  started_at timestamptz,
  beat_at timestamptz,
  ended_at timestamptz,
  primary key (zone_id, id)
);
create index work_open on work (zone_id, state, created_at);
call raise_zone_wall('work');

create table saved_view (
  zone_id uuid not null,
  id uuid not null,
  account_id text not null,
  page text not null,
  name text not null,
  search text not null,
  created_at timestamptz not null,
  primary key (zone_id, id)
);
call raise_zone_wall('saved_view');
