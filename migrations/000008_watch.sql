-- Watch: saved searches that notify, their feed, and the weekly digest. Breaking: no.

-- A search, or the needs that want an organisation or a result, which its member wants to hear of.
create table watch (
  zone_id uuid not null,
  watch_id uuid not null,
  account_id text not null,
  kind text not null check (kind in ('organisations', 'results', 'needs', 'projects', 'wanted_organisation', 'wanted_result')),
  name text not null,
  query jsonb not null default '{}',
  search text not null default '',
  subject_id uuid,
  paused boolean not null default false,
  removed_at timestamptz,
  created_at timestamptz not null,
  primary key (zone_id, watch_id),
  foreign key (zone_id, account_id) references membership (zone_id, account_id) on delete cascade,
  check (kind not in ('wanted_organisation', 'wanted_result') or subject_id is not null)
);
create index watch_account on watch (zone_id, account_id);
call raise_zone_wall('watch');

-- Each record that a watch has found, once. What was there when the watch began has no `found_at` and was never told.
create table watch_hit (
  zone_id uuid not null,
  watch_id uuid not null,
  record_id uuid not null,
  found_at timestamptz,
  digested_at timestamptz,
  primary key (zone_id, watch_id, record_id),
  foreign key (zone_id, watch_id) references watch (zone_id, watch_id) on delete cascade
);
create index watch_hit_found on watch_hit (zone_id, watch_id, found_at desc) where found_at is not null;
call raise_zone_wall('watch_hit');

-- The secret of a feed's address, or of a letter's link that ends the letters. The token itself is kept nowhere.
create table watch_token (
  zone_id uuid not null,
  token_hash text not null,
  account_id text not null,
  kind text not null check (kind in ('feed', 'digest')),
  created_at timestamptz not null,
  primary key (zone_id, token_hash),
  foreign key (zone_id, account_id) references membership (zone_id, account_id) on delete cascade
);
create index watch_token_account on watch_token (zone_id, account_id, kind);
call raise_zone_wall('watch_token');

-- Who wants the weekly letter, on which day and in which language. `last_day` is the last day on which it was due and seen to.
create table digest (
  zone_id uuid not null,
  account_id text not null,
  is_on boolean not null default false,
  weekday integer not null default 1 check (weekday between 1 and 7),
  language text not null default 'zh' check (language in ('zh', 'en')),
  since timestamptz not null,
  last_day text,
  primary key (zone_id, account_id),
  foreign key (zone_id, account_id) references membership (zone_id, account_id) on delete cascade
);
call raise_zone_wall('digest');

-- Needs that want the member's organisation and that a letter has told.
create table digest_want (
  zone_id uuid not null,
  account_id text not null,
  need_id uuid not null,
  at timestamptz not null,
  primary key (zone_id, account_id, need_id),
  foreign key (zone_id, account_id) references membership (zone_id, account_id) on delete cascade
);
call raise_zone_wall('digest_want');

-- All of it is its member's alone; the server looks for everybody.
create policy own on watch as restrictive to public using (
  account_id = (select app_account()) or (select app_role()) = 'system'
);
create policy own on watch_hit as restrictive to public using (
  exists (select from watch w where w.zone_id = watch_hit.zone_id and w.watch_id = watch_hit.watch_id)
);
create policy own on watch_token as restrictive to public using (
  account_id = (select app_account()) or (select app_role()) = 'system'
);
create policy own on digest as restrictive to public using (
  account_id = (select app_account()) or (select app_role()) = 'system'
);
create policy own on digest_want as restrictive to public using (
  account_id = (select app_account()) or (select app_role()) = 'system'
);
