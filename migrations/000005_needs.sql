-- Needs: what is wanted, by whom, and what is kept private. Breaking: no.

create table need (
  zone_id uuid not null references zone (id) on delete cascade,
  need_id uuid not null,
  state text not null default 'draft' check (state in ('draft', 'in_review', 'returned', 'open', 'matched', 'closed', 'expired', 'merged')),
  circle text not null default 'signed_in' check (circle in ('public', 'signed_in', 'invited', 'members')),
  title jsonb not null,
  display_title text not null,
  sort_key text not null,
  summary jsonb not null default '{}',
  targets jsonb not null default '[]',
  trl_from integer check (trl_from between 1 and 9),
  trl_to integer check (trl_to between 1 and 9),
  budget_minor bigint check (budget_minor >= 0),
  currency text,
  deadline text,
  conditions jsonb not null default '{}',
  fields text[] not null default '{}',
  segment text,
  joint boolean not null default false,
  merged_into uuid,
  return_reasons jsonb not null default '[]',
  account_id text,
  opened_at timestamptz,
  search_text text not null default '',
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (zone_id, need_id)
);
create index need_state on need (zone_id, state, sort_key);
call raise_zone_wall('need');

create table need_sponsor (
  zone_id uuid not null,
  need_id uuid not null,
  organisation_id uuid not null,
  joined_at timestamptz not null default now(),
  primary key (zone_id, need_id, organisation_id),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade,
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
create index need_sponsor_organisation on need_sponsor (zone_id, organisation_id);
call raise_zone_wall('need_sponsor');

create table need_capability (
  zone_id uuid not null,
  need_id uuid not null,
  capability_id uuid not null,
  ordinal integer not null,
  name jsonb not null,
  weight integer not null check (weight between 1 and 5),
  critical boolean not null default false,
  level_wanted integer not null default 2 check (level_wanted between 1 and 3),
  primary key (zone_id, need_id, capability_id),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade
);
call raise_zone_wall('need_capability');

-- The private text of a need is another row, which only its sponsors and the zone's staff may read.
create table need_private (
  zone_id uuid not null,
  need_id uuid not null,
  problem jsonb not null default '{}',
  tried jsonb not null default '{}',
  primary key (zone_id, need_id),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade
);
call raise_zone_wall('need_private');
create policy sponsors_and_staff on need_private as restrictive to public using (
  (select app_is_staff())
  or exists (select from need_sponsor s where s.zone_id = need_private.zone_id and s.need_id = need_private.need_id
             and s.organisation_id = (select app_organisation()))
);

create policy circle_of_need on need as restrictive for select to public using (
  (select app_is_staff())
  or exists (select from need_sponsor s where s.zone_id = need.zone_id and s.need_id = need.need_id
             and s.organisation_id = (select app_organisation()))
  or (state in ('open', 'matched', 'closed', 'expired') and (circle = 'public' or (circle = 'signed_in' and (select app_role()) <> 'stranger')))
  or account_id = (select app_account())
);
