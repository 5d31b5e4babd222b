-- Compose: a zone's own rule packs. One is never changed once it is there; it can be withdrawn. Breaking: no.

create table local_pack (
  zone_id uuid not null references zone (id) on delete cascade,
  local_pack_id uuid not null,
  pack_id text not null,
  version text not null,
  hash text not null,
  form jsonb not null,
  account_id text,
  at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (zone_id, local_pack_id),
  unique (zone_id, pack_id, version)
);
call raise_zone_wall('local_pack');
