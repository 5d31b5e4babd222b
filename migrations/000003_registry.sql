-- Registry: organisations, people, results, past projects and evidence. Breaking: no.

-- Shared: the public identity of an organisation. A row without a public identifier belongs to the zone that wrote it.
create table organisation (
  id uuid primary key,
  scheme text check (scheme in ('uscc', 'pic', 'ror', 'lei', 'vat')),
  value text,
  home_zone_id uuid references zone (id) on delete cascade,
  names jsonb not null default '{}',
  country text,
  created_at timestamptz not null default now(),
  unique (scheme, value),
  check ((scheme is null) = (home_zone_id is not null)),
  check ((scheme is null) = (value is null))
);
alter table organisation enable row level security;
alter table organisation force row level security;
create policy public_identity on organisation for select to public
  using (home_zone_id is null or home_zone_id = (select app_zone()));
create policy adds on organisation for insert to public
  with check ((select app_zone()) is not null and (home_zone_id is null or home_zone_id = (select app_zone())));
create policy removes_own on organisation for delete to public using (home_zone_id = (select app_zone()));
grant select, insert, delete on organisation to consortia_app;

-- What a zone knows of an organisation. `edited` names the fields a person has set: they beat a later import, whose
-- values wait in `source_says`.
create table zone_organisation (
  zone_id uuid not null references zone (id) on delete cascade,
  organisation_id uuid not null references organisation (id),
  names jsonb not null default '{}',
  display_name text not null,
  nameless boolean not null default false,
  sort_key text not null,
  short_name text,
  identifiers jsonb not null default '{}',
  kind text not null default 'other' check (kind in ('company', 'university', 'institute', 'fund', 'government', 'association', 'other')),
  size text check (size in ('micro', 'small', 'medium', 'large')),
  staff integer check (staff >= 0),
  founded text,
  country text,
  region text,
  city text,
  address text,
  latitude double precision,
  longitude double precision,
  url text,
  segment text,
  fields text[] not null default '{}',
  titles text[] not null default '{}',
  products jsonb not null default '{}',
  summary jsonb not null default '{}',
  revenue_minor bigint,
  revenue_currency text,
  rd_minor bigint,
  rd_currency text,
  contact jsonb not null default '{}',
  notes text,
  merged_into uuid,
  source_id uuid,
  edited jsonb not null default '{}',
  source_says jsonb not null default '{}',
  search_text text not null default '',
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (zone_id, organisation_id)
);
create index zone_organisation_sort on zone_organisation (zone_id, sort_key, organisation_id);
create index zone_organisation_kind on zone_organisation (zone_id, kind);
create index zone_organisation_segment on zone_organisation (zone_id, segment);
create index zone_organisation_source on zone_organisation (zone_id, source_id);
call raise_zone_wall('zone_organisation');

-- Every identifier a zone knows, so that a duplicate by identifier is certain.
create table zone_identifier (
  zone_id uuid not null,
  scheme text not null check (scheme in ('uscc', 'pic', 'ror', 'lei', 'vat')),
  value text not null,
  organisation_id uuid not null,
  primary key (zone_id, scheme, value),
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id) on delete cascade
);
create index zone_identifier_organisation on zone_identifier (zone_id, organisation_id);
call raise_zone_wall('zone_identifier');

create table person (
  zone_id uuid not null references zone (id) on delete cascade,
  person_id uuid not null,
  names jsonb not null,
  display_name text not null,
  sort_key text not null,
  orcid text,
  organisation_id uuid,
  post text,
  fields text[] not null default '{}',
  segment text,
  talent_level text,
  source_id uuid,
  search_text text not null default '',
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (zone_id, person_id)
);
create index person_sort on person (zone_id, sort_key, person_id);
create index person_organisation on person (zone_id, organisation_id);
call raise_zone_wall('person');

create table result (
  zone_id uuid not null references zone (id) on delete cascade,
  result_id uuid not null,
  title jsonb not null,
  display_title text not null,
  sort_key text not null,
  summary jsonb not null default '{}',
  fields text[] not null default '{}',
  segment text,
  trl integer check (trl between 1 and 9),
  trl_said text,
  ip jsonb not null default '[]',
  inventors text[] not null default '{}',
  wanted_deal text[] not null default '{}',
  dated text,
  source_id uuid,
  edited jsonb not null default '{}',
  source_says jsonb not null default '{}',
  search_text text not null default '',
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (zone_id, result_id)
);
create index result_sort on result (zone_id, sort_key, result_id);
create index result_segment on result (zone_id, segment, trl);
create index result_source on result (zone_id, source_id);
call raise_zone_wall('result');

create table result_owner (
  zone_id uuid not null,
  result_id uuid not null,
  organisation_id uuid not null,
  ordinal integer not null default 0,
  primary key (zone_id, result_id, organisation_id),
  foreign key (zone_id, result_id) references result (zone_id, result_id) on delete cascade,
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
create index result_owner_organisation on result_owner (zone_id, organisation_id);
call raise_zone_wall('result_owner');

-- A past project, known by its CORDIS record number where it has one.
create table project (
  zone_id uuid not null references zone (id) on delete cascade,
  project_id uuid not null,
  rcn text,
  grant_number text,
  acronym text,
  title jsonb not null default '{}',
  display_title text not null,
  sort_key text not null default '~',
  search_text text not null default '',
  objective jsonb not null default '{}',
  start_date text,
  end_date text,
  framework text,
  parts text[] not null default '{}',
  topics text[] not null default '{}',
  fields text[] not null default '{}',
  scheme text,
  status text,
  total_cost_minor bigint,
  contribution_minor bigint,
  currency text,
  source_id uuid,
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (zone_id, project_id),
  unique (zone_id, rcn)
);
create index project_sort on project (zone_id, sort_key, project_id);
create index project_start on project (zone_id, start_date);
create index project_source on project (zone_id, source_id);
call raise_zone_wall('project');

create table participation (
  zone_id uuid not null,
  project_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  contribution_minor bigint,
  total_cost_minor bigint,
  ended boolean not null default false,
  source_id uuid,
  primary key (zone_id, project_id, organisation_id),
  foreign key (zone_id, project_id) references project (zone_id, project_id) on delete cascade,
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
create index participation_organisation on participation (zone_id, organisation_id);
call raise_zone_wall('participation');

-- What reasons, gates and indicators cite. A result or a past project is evidence by itself and needs no row here.
create table evidence (
  zone_id uuid not null references zone (id) on delete cascade,
  evidence_id uuid not null,
  subject_kind text not null check (subject_kind in ('organisation', 'result', 'project', 'person')),
  subject_id uuid not null,
  kind text not null check (kind in ('document', 'link', 'statement', 'certificate', 'test_report')),
  title text not null,
  body text not null default '',
  url text,
  file_id uuid,
  circle text not null default 'members' check (circle in ('public', 'signed_in', 'invited', 'members')),
  dated text,
  account_id text,
  created_at timestamptz not null default now(),
  primary key (zone_id, evidence_id)
);
create index evidence_subject on evidence (zone_id, subject_kind, subject_id);
call raise_zone_wall('evidence');
create policy circle_of_evidence on evidence as restrictive for select to public using (
  circle = 'public'
  or (circle = 'signed_in' and (select app_role()) <> 'stranger')
  or (select app_is_staff())
  or (subject_kind = 'organisation' and subject_id = (select app_organisation()))
  or (circle in ('invited', 'members') and account_id = (select app_account()))
  or (subject_kind = 'result' and exists (
    select from result_owner o
    where o.zone_id = evidence.zone_id and o.result_id = evidence.subject_id and o.organisation_id = (select app_organisation())))
);

-- Two organisations that may be one. A person decides.
create table duplicate_pair (
  zone_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  reason jsonb not null,
  score real not null,
  state text not null default 'suspected' check (state in ('suspected', 'merged', 'distinct')),
  account_id text,
  decided_at timestamptz,
  found_at timestamptz not null default now(),
  primary key (zone_id, first_id, second_id),
  check (first_id < second_id),
  foreign key (zone_id, first_id) references zone_organisation (zone_id, organisation_id) on delete cascade,
  foreign key (zone_id, second_id) references zone_organisation (zone_id, organisation_id) on delete cascade
);
create index duplicate_pair_state on duplicate_pair (zone_id, state, score desc);
create index duplicate_pair_second on duplicate_pair (zone_id, second_id);
call raise_zone_wall('duplicate_pair');

-- Two organisations that a person has made one: what moved to the one that stays, so that they can be parted again.
create table organisation_merge (
  zone_id uuid not null,
  merged_id uuid not null,
  kept_id uuid not null,
  moved jsonb not null,
  facts jsonb not null,
  account_id text,
  at timestamptz not null,
  primary key (zone_id, merged_id),
  foreign key (zone_id, merged_id) references zone_organisation (zone_id, organisation_id) on delete cascade,
  foreign key (zone_id, kept_id) references zone_organisation (zone_id, organisation_id) on delete cascade
);
create index organisation_merge_kept on organisation_merge (zone_id, kept_id);
call raise_zone_wall('organisation_merge');

-- A record that a person removed, whole: it can be put back, and a later import doesn't bring it again.
create table removed_record (
  zone_id uuid not null references zone (id) on delete cascade,
  kind text not null check (kind in ('result')),
  id uuid not null,
  display_title text not null,
  whole jsonb not null,
  account_id text,
  at timestamptz not null,
  primary key (zone_id, kind, id)
);
call raise_zone_wall('removed_record');
