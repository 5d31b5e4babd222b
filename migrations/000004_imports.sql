-- Imports: what was read, how it was understood, what became of each row. Breaking: no.

create table import_run (
  zone_id uuid not null references zone (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('cordis', 'table', 'template')),
  file_id uuid,
  file_name text not null,
  file_sha256 text not null,
  work_id uuid,
  state text not null default 'reading' check (state in ('reading', 'mapping', 'checking', 'ready', 'applying', 'applied', 'dropped', 'failed')),
  reading jsonb not null default '{}',
  mapping jsonb not null default '{}',
  summary jsonb not null default '{}',
  rows_hash text,
  account_id text,
  created_at timestamptz not null,
  applied_at timestamptz,
  primary key (zone_id, id)
);
call raise_zone_wall('import_run');

-- Staged rows. `subject` is the kind of record; `subject_id` is its id once it is known; `payload` is what it would become.
create table import_row (
  zone_id uuid not null,
  import_id uuid not null,
  subject text not null check (subject in ('organisation', 'result', 'project', 'participation')),
  sheet text not null default '',
  row_number integer not null,
  part integer not null default 0,
  raw jsonb,
  payload jsonb,
  subject_id uuid,
  verdict text not null default 'read' check (verdict in ('read', 'new', 'changed', 'same', 'refused', 'set_aside')),
  refusals jsonb not null default '[]',
  notes jsonb not null default '[]',
  primary key (zone_id, import_id, subject, sheet, row_number, part),
  foreign key (zone_id, import_id) references import_run (zone_id, id) on delete cascade
);
create index import_row_subject on import_row (zone_id, import_id, subject, subject_id);
create index import_row_verdict on import_row (zone_id, import_id, verdict);
call raise_zone_wall('import_row');

-- How a person mapped the columns of such a file before.
create table column_mapping (
  zone_id uuid not null references zone (id) on delete cascade,
  signature text not null,
  subject text not null,
  mapping jsonb not null,
  account_id text,
  updated_at timestamptz not null,
  primary key (zone_id, signature, subject)
);
call raise_zone_wall('column_mapping');
