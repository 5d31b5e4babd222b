-- Match and compose: judgements, responses, proposals and draft consortia. Breaking: no.

-- A person's word on whether an organisation covers a capability. Kept by the capability's own words, so that it serves later needs too.
create table coverage_judgement (
  zone_id uuid not null,
  capability_key text not null,
  organisation_id uuid not null,
  verdict text not null check (verdict in ('confirm', 'deny')),
  level integer not null check (level between 0 and 3),
  note text not null default '',
  need_id uuid,
  account_id text,
  at timestamptz not null,
  primary key (zone_id, capability_key, organisation_id),
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id) on delete cascade
);
call raise_zone_wall('coverage_judgement');

-- What one side said to the other of a match: interest, or a refusal with its code.
create table response (
  zone_id uuid not null,
  response_id uuid not null,
  need_id uuid not null,
  organisation_id uuid not null,
  result_id uuid,
  side text not null check (side in ('need', 'offer')),
  answer text not null check (answer in ('interest', 'refusal', 'later')),
  code text,
  note text not null default '',
  account_id text,
  at timestamptz not null,
  primary key (zone_id, response_id),
  check ((answer = 'refusal') = (code is not null)),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade,
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
create unique index response_once on response (zone_id, need_id, organisation_id, side, (coalesce(result_id, '00000000-0000-0000-0000-000000000000'::uuid)));
call raise_zone_wall('response');
create policy parties_to_the_match on response as restrictive for select to public using (
  (select app_is_staff())
  or organisation_id = (select app_organisation())
  or exists (select from need_sponsor s where s.zone_id = response.zone_id and s.need_id = response.need_id
             and s.organisation_id = (select app_organisation()))
);

-- The same inputs, seed and engine give the same answer: each run can be replayed.
create table match_run (
  zone_id uuid not null,
  need_id uuid not null,
  inputs_hash text not null,
  engine text not null,
  seed integer not null,
  seen_seq bigint not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (zone_id, need_id, inputs_hash),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade
);
call raise_zone_wall('match_run');

create table proposal (
  zone_id uuid not null,
  proposal_id uuid not null,
  need_id uuid not null,
  options jsonb not null,
  inputs_hash text not null,
  engine text not null,
  seed integer not null,
  seen_seq bigint not null,
  status text not null check (status in ('optimal', 'feasible', 'infeasible')),
  answer jsonb not null,
  account_id text,
  at timestamptz not null,
  primary key (zone_id, proposal_id),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade
);
create index proposal_need on proposal (zone_id, need_id, at desc);
call raise_zone_wall('proposal');

-- A link that lets somebody without an account read one proposal until it expires. The token itself is kept nowhere.
create table proposal_link (
  zone_id uuid not null,
  token_hash text not null,
  proposal_id uuid not null,
  to_address text,
  account_id text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  primary key (zone_id, token_hash),
  foreign key (zone_id, proposal_id) references proposal (zone_id, proposal_id) on delete cascade
);
create index proposal_link_proposal on proposal_link (zone_id, proposal_id);
call raise_zone_wall('proposal_link');

create table consortium (
  zone_id uuid not null,
  consortium_id uuid not null,
  need_id uuid not null,
  proposal_id uuid,
  names jsonb not null,
  display_name text not null,
  sort_key text not null,
  search_text text not null default '',
  state text not null default 'draft' check (state in ('draft')),
  note text not null default '',
  account_id text,
  revision integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (zone_id, consortium_id),
  foreign key (zone_id, need_id) references need (zone_id, need_id) on delete cascade
);
create index consortium_need on consortium (zone_id, need_id);
create index consortium_proposal on consortium (zone_id, proposal_id);
call raise_zone_wall('consortium');

create table consortium_member (
  zone_id uuid not null,
  consortium_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  covers jsonb not null default '[]',
  reason jsonb not null default '[]',
  ordinal integer not null,
  primary key (zone_id, consortium_id, organisation_id),
  foreign key (zone_id, consortium_id) references consortium (zone_id, consortium_id) on delete cascade,
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
create index consortium_member_organisation on consortium_member (zone_id, organisation_id);
call raise_zone_wall('consortium_member');

-- Proposals and draft consortia are read and written by the need's sponsors and the zone's staff, and by nobody else.
-- A shared link is read by the server itself, which has checked its token.
create policy sponsors_and_staff on proposal as restrictive to public using (
  (select app_is_staff())
  or exists (select from need n where n.zone_id = proposal.zone_id and n.need_id = proposal.need_id
             and (select app_organisation()) = any (n.sponsor_ids))
);
create policy sponsors_and_staff on consortium as restrictive to public using (
  (select app_is_staff())
  or exists (select from need n where n.zone_id = consortium.zone_id and n.need_id = consortium.need_id
             and (select app_organisation()) = any (n.sponsor_ids))
);
create policy as_the_proposal on proposal_link as restrictive to public using (
  exists (select from proposal p where p.zone_id = proposal_link.zone_id and p.proposal_id = proposal_link.proposal_id)
);
create policy as_the_consortium on consortium_member as restrictive to public using (
  exists (select from consortium c where c.zone_id = consortium_member.zone_id
          and c.consortium_id = consortium_member.consortium_id)
);
