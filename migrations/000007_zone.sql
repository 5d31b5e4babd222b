-- Zone: the future industry, its Ten Ones and the records they are measured from. Breaking: no.

create table industry (
  zone_id uuid not null references zone (id) on delete cascade,
  industry_id uuid not null,
  slug text not null,
  names jsonb not null,
  display_name text not null,
  statement jsonb not null default '{}',
  segments jsonb not null default '[]',
  revision integer not null default 1,
  primary key (zone_id, industry_id),
  unique (zone_id, slug)
);
call raise_zone_wall('industry');

create table ten_ones_target (
  zone_id uuid not null,
  industry_id uuid not null,
  key text not null check (key in ('plan', 'policy', 'team', 'roadmap', 'talents', 'platforms', 'enterprises', 'scenarios', 'fund', 'pilot_areas')),
  target integer not null check (target >= 0),
  owner jsonb not null default '{}',
  due_date text,
  primary key (zone_id, industry_id, key),
  foreign key (zone_id, industry_id) references industry (zone_id, industry_id) on delete cascade
);
call raise_zone_wall('ten_ones_target');

-- What a zone has besides organisations, people and results: its plan, policies, platforms, scenarios, funds …
create table zone_record (
  zone_id uuid not null references zone (id) on delete cascade,
  record_id uuid not null,
  industry_id uuid,
  kind text not null check (kind in ('plan', 'policy', 'team_member', 'roadmap_item', 'platform', 'scenario', 'fund', 'pilot_area')),
  names jsonb not null,
  display_name text not null,
  sort_key text not null,
  status text not null default 'planned' check (status in ('planned', 'in_force', 'done', 'ended')),
  organisation_id uuid,
  segment text,
  dated text,
  note text not null default '',
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (zone_id, record_id)
);
create index zone_record_kind on zone_record (zone_id, industry_id, kind);
call raise_zone_wall('zone_record');

create table capital_event (
  zone_id uuid not null references zone (id) on delete cascade,
  event_id uuid not null,
  organisation_id uuid not null,
  stage text not null check (stage in ('grant', 'angel', 'venture', 'growth', 'exit')),
  amount_minor bigint,
  currency text,
  dated text,
  segment text,
  source_id uuid,
  primary key (zone_id, event_id),
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
call raise_zone_wall('capital_event');

-- The zone's own words in several languages: a tag, a place, a title is kept once and shown in the reader's language.
create table term (
  zone_id uuid not null references zone (id) on delete cascade,
  text text not null,
  names jsonb not null,
  primary key (zone_id, text)
);
call raise_zone_wall('term');
