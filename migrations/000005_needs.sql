-- Needs: what is wanted, by whom, and what is kept private. Breaking: no.

-- `sponsor_ids` repeats need_sponsor so that the policies below need not read each other's tables in a circle.
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
  sponsor_ids uuid[] not null default '{}',
  joint boolean not null default false,
  merged_into uuid,
  state_before_merge text,
  return_reasons jsonb not null default '[]',
  account_id text,
  opened_at timestamptz,
  search_text text not null default '',
  revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (zone_id, need_id),
  check ((state = 'merged') = (merged_into is not null)),
  check ((budget_minor is null) = (currency is null))
);
create index need_state on need (zone_id, state, sort_key);
create index need_merged_into on need (zone_id, merged_into) where merged_into is not null;
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

-- An organisation that asks to join a need. It reads nothing private before a sponsor or an officer has let it in.
create table need_sponsor_request (
  zone_id uuid not null,
  need_id uuid not null,
  organisation_id uuid not null,
  account_id text,
  asked_at timestamptz not null,
  primary key (zone_id, need_id, organisation_id),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade,
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
call raise_zone_wall('need_sponsor_request');

create table need_capability (
  zone_id uuid not null,
  need_id uuid not null,
  capability_id uuid not null,
  ordinal integer not null,
  name jsonb not null,
  weight integer not null check (weight between 1 and 5),
  critical boolean not null default false,
  level_wanted integer not null default 2 check (level_wanted between 1 and 3),
  search_text text not null default '',
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

-- A sponsor that leaves may no longer write the need, and one that is let in may not yet: the server keeps the list.
create function keep_sponsor_ids() returns trigger language plpgsql as $$
declare
  role_before text := current_setting('app.role', true);
  touched need_sponsor := case when tg_op = 'DELETE' then old else new end;
begin
  perform set_config('app.role', 'system', true);
  update need n
  set sponsor_ids = array(select s.organisation_id from need_sponsor s
                          where s.zone_id = n.zone_id and s.need_id = n.need_id order by s.joined_at, s.organisation_id)
  where n.zone_id = touched.zone_id and n.need_id = touched.need_id;
  perform set_config('app.role', coalesce(role_before, ''), true);
  return null;
end $$;
create trigger keep_sponsor_ids after insert or update or delete on need_sponsor
  for each row execute function keep_sponsor_ids();

create policy circle_of_need on need as restrictive for select to public using (
  (select app_is_staff())
  or (select app_organisation()) = any (sponsor_ids)
  or (state in ('open', 'matched', 'closed', 'expired')
      and (circle = 'public' or (circle = 'signed_in' and (select app_role()) <> 'stranger')))
);
create policy sponsors_and_staff_add on need as restrictive for insert to public with check (
  (select app_is_staff()) or sponsor_ids = array[(select app_organisation())]
);
create policy sponsors_and_staff_change on need as restrictive for update to public using (
  (select app_is_staff()) or (select app_organisation()) = any (sponsor_ids)
);
create policy sponsors_and_staff_remove on need as restrictive for delete to public using (
  (select app_is_staff()) or (select app_organisation()) = any (sponsor_ids)
);

-- Who sees a need sees its sponsors. One joins by asking and being let in by a sponsor, or by the staff.
create policy as_the_need on need_sponsor as restrictive for select to public using (
  exists (select from need n where n.zone_id = need_sponsor.zone_id and n.need_id = need_sponsor.need_id)
);
create policy let_in on need_sponsor as restrictive for insert to public with check (
  (select app_is_staff())
  or exists (select from need n where n.zone_id = need_sponsor.zone_id and n.need_id = need_sponsor.need_id
             and (select app_organisation()) = any (n.sponsor_ids)
             and (need_sponsor.organisation_id = (select app_organisation())
                  or exists (select from need_sponsor_request r where r.zone_id = need_sponsor.zone_id
                             and r.need_id = need_sponsor.need_id and r.organisation_id = need_sponsor.organisation_id)))
);
create policy staff_change on need_sponsor as restrictive for update to public using ((select app_is_staff()));
create policy leaves on need_sponsor as restrictive for delete to public using (
  (select app_is_staff()) or organisation_id = (select app_organisation())
);

create policy parties_to_the_request on need_sponsor_request as restrictive to public using (
  (select app_is_staff())
  or organisation_id = (select app_organisation())
  or exists (select from need n where n.zone_id = need_sponsor_request.zone_id and n.need_id = need_sponsor_request.need_id
             and (select app_organisation()) = any (n.sponsor_ids))
) with check (
  organisation_id = (select app_organisation())
  and exists (select from need n where n.zone_id = need_sponsor_request.zone_id and n.need_id = need_sponsor_request.need_id)
);

create policy as_the_need on need_capability as restrictive for select to public using (
  exists (select from need n where n.zone_id = need_capability.zone_id and n.need_id = need_capability.need_id)
);
create policy sponsors_and_staff_add on need_capability as restrictive for insert to public with check (
  exists (select from need n where n.zone_id = need_capability.zone_id and n.need_id = need_capability.need_id
          and ((select app_is_staff()) or (select app_organisation()) = any (n.sponsor_ids)))
);
create policy sponsors_and_staff_change on need_capability as restrictive for update to public using (
  exists (select from need n where n.zone_id = need_capability.zone_id and n.need_id = need_capability.need_id
          and ((select app_is_staff()) or (select app_organisation()) = any (n.sponsor_ids)))
);
create policy sponsors_and_staff_remove on need_capability as restrictive for delete to public using (
  exists (select from need n where n.zone_id = need_capability.zone_id and n.need_id = need_capability.need_id
          and ((select app_is_staff()) or (select app_organisation()) = any (n.sponsor_ids)))
);

create policy sponsors_and_staff on need_private as restrictive to public using (
  exists (select from need n where n.zone_id = need_private.zone_id and n.need_id = need_private.need_id
          and ((select app_is_staff()) or (select app_organisation()) = any (n.sponsor_ids)))
);
