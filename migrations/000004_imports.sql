-- Imports: what was read, how it was understood, what became of each row. Breaking: no.

create table import_run (
  zone_id uuid not null references zone (id) on delete cascade,
  id uuid not null,
  kind text not null check (kind in ('cordis', 'table', 'template')),
  file_name text not null,
  files jsonb not null default '[]',
  work_id uuid,
  state text not null default 'reading' check (state in ('reading', 'mapping', 'checking', 'ready', 'applying', 'applied', 'dropped', 'failed')),
  reading jsonb,
  mapping jsonb,
  summary jsonb,
  fault jsonb,
  rows_hash text,
  account_id text,
  created_at timestamptz not null,
  applied_at timestamptz,
  primary key (zone_id, id)
);
create index import_run_latest on import_run (zone_id, created_at);
call raise_zone_wall('import_run');

-- Staged rows in the order in which they were read. `subject_id` is the record that the row is about, of a participation
-- the project (`other_id` is then the organisation); `payload` is what the row says; `revision` is the registry's when
-- `changes` (field, from, to), `told` (where a person's word stands) and `says` (what the source says now) were found.
create table import_row (
  zone_id uuid not null,
  import_id uuid not null,
  ordinal integer not null,
  subject text not null check (subject in ('organisation', 'result', 'project', 'participation')),
  sheet text not null default '',
  row_number integer not null,
  subject_id uuid,
  other_id uuid,
  name text not null default '',
  verdict text not null check (verdict in ('new', 'changed', 'same', 'refused', 'set_aside')),
  payload jsonb not null default '{}',
  revision integer,
  changes jsonb not null default '{}',
  told jsonb not null default '{}',
  says jsonb,
  refusals jsonb not null default '[]',
  notes jsonb not null default '[]',
  raw jsonb,
  primary key (zone_id, import_id, ordinal),
  foreign key (zone_id, import_id) references import_run (zone_id, id) on delete cascade
);
create index import_row_verdict on import_row (zone_id, import_id, subject, verdict, ordinal);
call raise_zone_wall('import_row');

-- How a person mapped the columns under such a heading before.
create table column_mapping (
  zone_id uuid not null references zone (id) on delete cascade,
  signature text not null,
  mapping jsonb not null,
  account_id text,
  updated_at timestamptz not null,
  primary key (zone_id, signature)
);
call raise_zone_wall('column_mapping');

-- What a record says, by the names that sources and people use for its facts.
create function organisation_facts(o zone_organisation) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'names', o.names, 'shortName', o.short_name, 'identifiers', o.identifiers, 'kind', o.kind, 'size', o.size,
    'staff', o.staff, 'founded', o.founded, 'country', o.country, 'region', o.region, 'city', o.city,
    'address', o.address, 'latitude', o.latitude, 'longitude', o.longitude, 'url', o.url, 'segment', o.segment,
    'fields', o.fields, 'titles', o.titles, 'products', o.products, 'summary', o.summary,
    'revenue', case when o.revenue_minor is not null
      then jsonb_build_object('minor', o.revenue_minor::text, 'currency', coalesce(o.revenue_currency, 'CNY')) end,
    'rdSpend', case when o.rd_minor is not null
      then jsonb_build_object('minor', o.rd_minor::text, 'currency', coalesce(o.rd_currency, 'CNY')) end,
    'contact', o.contact, 'notes', o.notes)
$$;

create function result_facts(r result) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'title', r.title, 'summary', r.summary, 'fields', r.fields, 'segment', r.segment, 'trl', r.trl,
    'trlSaid', r.trl_said, 'ip', r.ip, 'inventors', r.inventors, 'wantedDeal', r.wanted_deal, 'dated', r.dated)
$$;

create function project_facts(p project) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'rcn', p.rcn, 'grantNumber', p.grant_number, 'acronym', p.acronym, 'title', p.title, 'objective', p.objective,
    'startDate', p.start_date, 'endDate', p.end_date, 'framework', p.framework, 'parts', p.parts, 'topics', p.topics,
    'fields', p.fields, 'scheme', p.scheme, 'status', p.status, 'totalCost', p.total_cost_minor::text,
    'contribution', p.contribution_minor::text, 'currency', p.currency)
$$;

create function says_nothing(value jsonb) returns boolean language sql immutable as
  $$ select value is null or value in ('null', '""', '{}', '[]') $$;

-- What a text by language (or a contact) becomes: a later file that speaks one language leaves the others as they are,
-- and the same text from another origin is the same text. Any other value is replaced.
create function overlay_fact(standing jsonb, said jsonb) returns jsonb language sql immutable as $$
  select case when jsonb_typeof(standing) = 'object' and jsonb_typeof(said) = 'object'
    then standing || coalesce((
      select jsonb_object_agg(m.key, m.value) from jsonb_each(said) m
      where m.value ->> 'text' is null or m.value ->> 'text' is distinct from standing -> m.key ->> 'text'), '{}')
    else said end
$$;

-- The words of a file against what stands, by the rule of mergeImport: `changes` are taken; in the fields that a person
-- has set, `told` is what the source says now and `says` what is kept of it. Null where nothing changes.
create function merge_import(standing jsonb, edited jsonb, source_says jsonb, said jsonb, import_id text, at text)
returns jsonb language sql stable as $$
  with fact as (
    select f.key, coalesce(standing -> f.key, 'null') as stands, overlay_fact(standing -> f.key, f.value) as value,
      edited ? f.key as is_edited, source_says -> f.key -> 'value' as said_before
    from jsonb_each(said) f
    where not says_nothing(f.value)
  ), merged as (
    select
      coalesce(jsonb_object_agg(key, jsonb_build_object('from', stands, 'to', value))
        filter (where not is_edited and value <> stands), '{}') as changes,
      coalesce(jsonb_object_agg(key, jsonb_build_object('from', stands, 'to', value))
        filter (where is_edited and value <> stands and value is distinct from said_before), '{}') as told,
      coalesce(jsonb_object_agg(key, jsonb_build_object('value', value, 'importId', import_id, 'at', at))
        filter (where is_edited and value <> stands and value is distinct from said_before), '{}') as says,
      coalesce(array_agg(key) filter (where is_edited and value = stands), '{}') as settled
    from fact
  )
  select jsonb_build_object('changes', changes, 'told', told, 'says', (source_says - settled) || says)
  from merged where changes <> '{}' or told <> '{}'
$$;
