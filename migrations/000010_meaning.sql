-- Match: vectors of the texts that every member may read, for ranking by meaning. Breaking: no.

create table text_vector (
  zone_id uuid not null references zone (id) on delete cascade,
  text_kind text not null,
  text_id text not null,
  -- What made it; a vector of another model is made anew.
  model text not null,
  -- Of the text as it was then.
  text_hash text not null,
  vector bytea not null,
  -- The zone's revision with which it came, so that whoever has read up to there reads on.
  revision bigint not null,
  primary key (zone_id, text_kind, text_id)
);
create index text_vector_revision on text_vector (zone_id, revision, text_kind, text_id);
call raise_zone_wall('text_vector');
create policy staff_only on text_vector as restrictive to public using ((select app_is_staff()));

-- Up to where a zone's vectors have come.
create table text_vector_state (
  zone_id uuid primary key references zone (id) on delete cascade,
  model text not null,
  revision bigint not null,
  -- The last revision that took vectors away: who has read less reads all anew.
  whole_since bigint not null,
  -- How many texts there were when they were last looked through, and up to where of the zone's chain.
  texts integer not null,
  -- How many of them have the vector of their present words.
  vectors integer not null,
  seen_seq bigint not null,
  at timestamptz not null
);
call raise_zone_wall('text_vector_state');
create policy staff_only on text_vector_state as restrictive to public using ((select app_is_staff()));
