-- Compose: the alternatives to a proposal and the prices of its conditions, as they were found. Breaking: no.

create table proposal_study (
  zone_id uuid not null,
  proposal_id uuid not null,
  engine text not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (zone_id, proposal_id),
  foreign key (zone_id, proposal_id) references proposal (zone_id, proposal_id) on delete cascade
);
call raise_zone_wall('proposal_study');
create policy as_the_proposal on proposal_study as restrictive to public using (
  exists (select from proposal p where p.zone_id = proposal_study.zone_id and p.proposal_id = proposal_study.proposal_id)
);
