-- Match: what the zone's officers choose of its ranking, and how often each organisation is shown. Breaking: no.

create table match_settings (
  zone_id uuid primary key references zone (id) on delete cascade,
  board_order text not null default 'score' check (board_order in ('score', 'merit')),
  newcomer_seats integer not null default 0 check (newcomer_seats between 0 and 5),
  -- The greatest Gini index of exposure over the open needs; absent where there is no bound.
  exposure_bound double precision check (exposure_bound between 0 and 1),
  revision integer not null default 1,
  account_id text,
  updated_at timestamptz not null
);
call raise_zone_wall('match_settings');

-- The last count of who is shown how often, and the prices by which the boards keep within the bound.
create table exposure_report (
  zone_id uuid primary key references zone (id) on delete cascade,
  settings_revision integer not null,
  seen_seq bigint not null,
  answer jsonb not null,
  prices jsonb not null default '{}',
  at timestamptz not null
);
call raise_zone_wall('exposure_report');
create policy staff_only on exposure_report as restrictive to public using ((select app_is_staff()));
