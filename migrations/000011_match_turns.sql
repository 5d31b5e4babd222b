-- Match: whose turn it is among equals on each need's board, and what a zone's own past has taught of partners. Breaking: no.

-- Where each counted need's turn begins, from 0 to 1, by the need's id; absent where equals stand by their ids.
alter table exposure_report add column turns jsonb;

-- A ranking of partners that was learned from the zone's own participations; one a form of question.
create table partners_model (
  zone_id uuid not null references zone (id) on delete cascade,
  form text not null check (form in ('opening', 'completing')),
  -- Up to where the zone's chain was read, and the day from which on nothing was seen.
  seen_seq bigint not null,
  before_day text not null,
  -- Absent where the zone's past holds too little to learn from.
  model jsonb,
  at timestamptz not null,
  primary key (zone_id, form)
);
call raise_zone_wall('partners_model');
