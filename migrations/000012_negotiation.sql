-- Compose: who is invited to a draft consortium, on which terms, and what was answered. Breaking: no.

-- Named persons, and the version that is proposed for seats that have fallen free.
alter table consortium
  add column chief_person_id uuid,
  add column operator_person_id uuid,
  add column operator_reason text not null default '',
  add column next_proposal_id uuid;
-- A share in hundredths of a per cent, an effort in tenths of a person-month: of members who need no invitation.
alter table consortium_member
  add column share_hundredths integer check (share_hundredths between 0 and 10000),
  add column effort_tenths integer check (effort_tenths between 0 and 100000);

-- The terms are those that lie on the table now. `told` is what the invited may read of the need and of the reasons, as it
-- was when the invitation was made; `before` is what a taken-back answer returns to, with the side that may take it back.
create table invitation (
  zone_id uuid not null,
  invitation_id uuid not null,
  consortium_id uuid not null,
  need_id uuid not null,
  organisation_id uuid not null,
  state text not null check (state in ('offered', 'countered', 'accepted', 'declined', 'withdrawn', 'expired')),
  role text not null,
  share_hundredths integer check (share_hundredths between 0 and 10000),
  effort_tenths integer check (effort_tenths between 0 and 100000),
  message text not null default '',
  told jsonb not null,
  code text,
  before jsonb,
  response_id uuid,
  host_ids uuid[] not null,
  account_id text,
  expires_on text not null,
  created_at timestamptz not null,
  moved_at timestamptz not null,
  revision integer not null default 1,
  primary key (zone_id, invitation_id),
  check ((state = 'declined') = (code is not null)),
  foreign key (zone_id, consortium_id) references consortium (zone_id, consortium_id) on delete cascade,
  foreign key (zone_id, organisation_id) references zone_organisation (zone_id, organisation_id)
);
create index invitation_consortium on invitation (zone_id, consortium_id, created_at);
create index invitation_organisation on invitation (zone_id, organisation_id, moved_at desc);
create index invitation_due on invitation (zone_id, expires_on) where state in ('offered', 'countered');
call raise_zone_wall('invitation');

-- What was said, step by step; never changed.
create table invitation_step (
  zone_id uuid not null,
  invitation_id uuid not null,
  ordinal integer not null,
  move text not null,
  side text not null check (side in ('host', 'invited', 'time')),
  role text not null,
  share_hundredths integer,
  effort_tenths integer,
  code text,
  note text not null default '',
  by_link boolean not null default false,
  account_id text,
  at timestamptz not null,
  primary key (zone_id, invitation_id, ordinal),
  foreign key (zone_id, invitation_id) references invitation (zone_id, invitation_id) on delete cascade
);
call raise_zone_wall('invitation_step');

-- A link by which somebody who does not sign in answers once. The token itself is kept nowhere.
create table invitation_link (
  zone_id uuid not null,
  token_hash text not null,
  invitation_id uuid not null,
  to_address text,
  account_id text,
  created_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (zone_id, token_hash),
  foreign key (zone_id, invitation_id) references invitation (zone_id, invitation_id) on delete cascade
);
create index invitation_link_invitation on invitation_link (zone_id, invitation_id);
call raise_zone_wall('invitation_link');

-- The invited organisation's people see their own; the need's sponsors and the staff see all of their consortium, whose
-- own policy says who they are. Only those invite and remove.
create policy parties on invitation as restrictive to public using (
  organisation_id = (select app_organisation())
  or exists (select from consortium c where c.zone_id = invitation.zone_id and c.consortium_id = invitation.consortium_id)
);
create policy hosts_invite on invitation as restrictive for insert to public with check (
  exists (select from consortium c where c.zone_id = invitation.zone_id and c.consortium_id = invitation.consortium_id)
);
create policy hosts_remove on invitation as restrictive for delete to public using (
  exists (select from consortium c where c.zone_id = invitation.zone_id and c.consortium_id = invitation.consortium_id)
);
create policy as_the_invitation on invitation_step as restrictive to public using (
  exists (select from invitation i where i.zone_id = invitation_step.zone_id
          and i.invitation_id = invitation_step.invitation_id)
);
revoke update, delete on invitation_step from consortia_app;
create policy hosts on invitation_link as restrictive to public using (
  exists (select from invitation i join consortium c on c.zone_id = i.zone_id and c.consortium_id = i.consortium_id
          where i.zone_id = invitation_link.zone_id and i.invitation_id = invitation_link.invitation_id)
);
