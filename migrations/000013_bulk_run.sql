-- Compose: what came of composing for many needs at once under shared load. Breaking: no.

-- Kept under the id of the work that made it.
create table bulk_run (
  zone_id uuid not null,
  bulk_run_id uuid not null,
  options jsonb not null,
  inputs_hash text not null,
  engine text not null,
  seed integer not null,
  seen_seq bigint not null,
  answer jsonb not null,
  account_id text,
  at timestamptz not null,
  primary key (zone_id, bulk_run_id)
);
create index bulk_run_at on bulk_run (zone_id, at desc);
call raise_zone_wall('bulk_run');
create policy staff_only on bulk_run as restrictive to public using ((select app_is_staff()));
