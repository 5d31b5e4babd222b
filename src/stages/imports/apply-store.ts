import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { FIGURES } from '../registry/year-model.ts'
import type { Subject } from './model.ts'
import { clashesOfIdentifiers, type Run } from './stage-store.ts'

/** Staged rows that one statement takes: the embedded engine answers health checks in between. */
const TAKEN_AT_ONCE_MAX = 5_000

/** What is thrown where the registry has moved so that the rows must be read anew from their file. */
export class Moved extends Error {}

interface Step {
  subject: Subject
  verdict: 'new' | 'changed'
  statement: (run: Run, rows: RawBuilder<unknown>) => RawBuilder<unknown>
  /** Whether each staged row must have met its record. */
  meetsAll?: true
}

/**
 * Takes the staged rows into the registry within the command's transaction, some thousands a statement.
 * @throws Moved where a record stands that was new, or is gone that was known, or has an identifier of another's
 */
export async function takeRows(tx: Tx, run: Run, onTaken: (rows: number) => void): Promise<void> {
  for (const { subject, verdict, statement, meetsAll } of STEPS) {
    for (const { from, to, rows } of await chunksOf(tx, run, subject, verdict)) {
      const { numAffectedRows } = await statement(run, stagedRows(run, subject, verdict, from, to)).execute(tx)
      if (meetsAll && Number(numAffectedRows) !== rows) throw new Moved(`${subject} ${verdict}`)
      onTaken(rows)
    }
  }
  if (await clashesOfIdentifiers(tx, run)) throw new Moved('identifiers')
}

/** The staged rows of a verdict, as `r`, between two ordinals. */
function stagedRows({ zoneId, importId }: Run, subject: Subject, verdict: string, from: number, to: number) {
  return sql`(select * from import_row where zone_id = ${zoneId}::uuid and import_id = ${importId}::uuid
    and subject = ${subject} and verdict = ${verdict} and ordinal between ${from} and ${to}) r`
}

async function chunksOf(tx: Tx, { zoneId, importId }: Run, subject: Subject, verdict: string) {
  const { rows } = await sql<{ from: number; to: number; rows: number }>`
    select min(ordinal) as from, max(ordinal) as to, count(*)::int as rows
    from (select ordinal, (row_number() over (order by ordinal) - 1) / ${TAKEN_AT_ONCE_MAX} as chunk from import_row
      where zone_id = ${zoneId} and import_id = ${importId} and subject = ${subject} and verdict = ${verdict}) c
    group by chunk order by chunk`.execute(tx)
  return rows
}

const ORGANISATION_FACTS = sql`(names jsonb, "shortName" text, identifiers jsonb, kind text,
  size text, staff int, founded text, country text, region text, city text, address text, latitude double precision,
  longitude double precision, url text, segment text, fields text[], titles text[], products jsonb, summary jsonb,
  revenue jsonb, "rdSpend" jsonb, contact jsonb, notes text)`
const FACTS = sql`jsonb_to_record(r.payload -> 'facts') as f ${ORGANISATION_FACTS}`
const NAMING = sql`jsonb_to_record(r.payload -> 'naming')
  as n (display_name text, display_title text, nameless boolean, sort_key text, search_text text)`
/** What each changed fact would be. */
const TO = sql`lateral (select jsonb_object_agg(c.key, c.value -> 'to') as facts from jsonb_each(r.changes) c) c`
const CHANGED_TO = sql`(select jsonb_object_agg(c.key, c.value -> 'to') from jsonb_each(r.changes) c)`
const RESULT_FACTS = sql`(title jsonb, summary jsonb, fields text[], segment text, trl int, "trlSaid" text, ip jsonb,
  inventors text[], "wantedDeal" text[], dated text, owners jsonb)`
const PROJECT_FACTS = sql`(rcn text, "grantNumber" text, acronym text, title jsonb, objective jsonb, "startDate" text,
  "endDate" text, framework text, parts text[], topics text[], fields text[], scheme text, status text,
  "totalCost" bigint, contribution bigint, currency text)`
const PART_FACTS = sql`jsonb_to_record(r.payload)
  as f (role text, contribution bigint, "totalCost" bigint, ended boolean)`

const shareNew: Step['statement'] = ({ zoneId }, rows) => sql`
  insert into organisation (id, scheme, value, home_zone_id, names, country)
  select r.subject_id, r.payload -> 'shared' ->> 'scheme', r.payload -> 'shared' ->> 'value',
    case when coalesce(r.payload -> 'shared', 'null') = 'null' then ${zoneId}::uuid end,
    case when coalesce(r.payload -> 'shared', 'null') = 'null' then '{}' else coalesce(f.names, '{}') end, f.country
  from ${rows}, ${FACTS}
  order by r.subject_id
  on conflict do nothing`

const addOrganisations: Step['statement'] = ({ zoneId, importId, at }, rows) => sql`
  insert into zone_organisation (zone_id, organisation_id, names, display_name, nameless, sort_key, search_text,
    short_name, identifiers, kind, size, staff, founded, country, region, city, address, latitude, longitude, url,
    segment, fields, titles, products, summary, revenue_minor, revenue_currency, rd_minor, rd_currency, contact, notes,
    source_id, created_at, updated_at)
  select ${zoneId}::uuid, r.subject_id, coalesce(f.names, '{}'), n.display_name, n.nameless, n.sort_key, n.search_text,
    f."shortName", coalesce(f.identifiers, '{}'), coalesce(f.kind, r.payload -> 'assumed' ->> 'kind', 'other'), f.size,
    f.staff, f.founded, coalesce(f.country, r.payload -> 'assumed' ->> 'country'), f.region, f.city, f.address,
    f.latitude, f.longitude, f.url, f.segment, coalesce(f.fields, '{}'), coalesce(f.titles, '{}'),
    coalesce(f.products, '{}'), coalesce(f.summary, '{}'), (f.revenue ->> 'minor')::bigint, f.revenue ->> 'currency',
    (f."rdSpend" ->> 'minor')::bigint, f."rdSpend" ->> 'currency', coalesce(f.contact, '{}'), f.notes,
    ${importId}::uuid, ${at}, ${at}
  from ${rows}, ${FACTS}, ${NAMING}
  on conflict do nothing`

const addIdentifiers =
  (identifiers: RawBuilder<unknown>): Step['statement'] =>
  ({ zoneId }, rows) =>
    sql`
  insert into zone_identifier (zone_id, scheme, value, organisation_id)
  select ${zoneId}::uuid, i.key, i.value, r.subject_id
  from ${rows}, jsonb_each_text(coalesce(${identifiers}, '{}')) i
  on conflict do nothing`

const changeOrganisations: Step['statement'] = ({ zoneId, importId, at }, rows) => sql`
  update zone_organisation o set
    names = coalesce(f.names, o.names), short_name = coalesce(f."shortName", o.short_name),
    identifiers = coalesce(f.identifiers, o.identifiers), kind = coalesce(f.kind, o.kind),
    size = coalesce(f.size, o.size), staff = coalesce(f.staff, o.staff), founded = coalesce(f.founded, o.founded),
    country = coalesce(f.country, o.country), region = coalesce(f.region, o.region), city = coalesce(f.city, o.city),
    address = coalesce(f.address, o.address), latitude = coalesce(f.latitude, o.latitude),
    longitude = coalesce(f.longitude, o.longitude), url = coalesce(f.url, o.url),
    segment = coalesce(f.segment, o.segment), fields = coalesce(f.fields, o.fields),
    titles = coalesce(f.titles, o.titles), products = coalesce(f.products, o.products),
    summary = coalesce(f.summary, o.summary),
    revenue_minor = coalesce((f.revenue ->> 'minor')::bigint, o.revenue_minor),
    revenue_currency = coalesce(f.revenue ->> 'currency', o.revenue_currency),
    rd_minor = coalesce((f."rdSpend" ->> 'minor')::bigint, o.rd_minor),
    rd_currency = coalesce(f."rdSpend" ->> 'currency', o.rd_currency), contact = coalesce(f.contact, o.contact),
    notes = coalesce(f.notes, o.notes), source_id = coalesce(o.source_id, ${importId}::uuid),
    source_says = coalesce(r.says, o.source_says),
    display_name = coalesce(n.display_name, o.display_name), nameless = coalesce(n.nameless, o.nameless),
    sort_key = coalesce(n.sort_key, o.sort_key), search_text = coalesce(n.search_text, o.search_text),
    revision = o.revision + 1, updated_at = ${at}
  from ${rows}, ${TO}, jsonb_to_record(coalesce(c.facts, '{}')) as f ${ORGANISATION_FACTS}, ${NAMING}
  where o.zone_id = ${zoneId}::uuid and o.organisation_id = r.subject_id and o.revision = r.revision`

/** Figures of years, of which an organisation's facts hold any number: `rdSpend.2024`. */
const putYears =
  (said: RawBuilder<unknown>): Step['statement'] =>
  ({ zoneId, importId, at }, rows) =>
    sql`
  insert into organisation_year as y (zone_id, organisation_id, year, revenue_minor, revenue_currency, sales_minor,
    sales_currency, rd_minor, rd_currency, staff, research_staff, source_id, updated_at)
  select ${zoneId}::uuid, r.subject_id, c.year, (c.v -> 'revenue' ->> 'minor')::bigint, c.v -> 'revenue' ->> 'currency',
    (c.v -> 'sales' ->> 'minor')::bigint, c.v -> 'sales' ->> 'currency', (c.v -> 'rdSpend' ->> 'minor')::bigint,
    c.v -> 'rdSpend' ->> 'currency', (c.v ->> 'staff')::int, (c.v ->> 'researchStaff')::int, ${importId}::uuid, ${at}
  from ${rows}, lateral (
    select split_part(f.key, '.', 2)::int as year, jsonb_object_agg(split_part(f.key, '.', 1), f.value) as v
    from jsonb_each(coalesce(${said}, '{}')) f
    where f.key ~ ${YEAR_FACT} group by 1) c
  on conflict (zone_id, organisation_id, year) do update set
    revenue_minor = coalesce(excluded.revenue_minor, y.revenue_minor),
    revenue_currency = coalesce(excluded.revenue_currency, y.revenue_currency),
    sales_minor = coalesce(excluded.sales_minor, y.sales_minor),
    sales_currency = coalesce(excluded.sales_currency, y.sales_currency),
    rd_minor = coalesce(excluded.rd_minor, y.rd_minor), rd_currency = coalesce(excluded.rd_currency, y.rd_currency),
    staff = coalesce(excluded.staff, y.staff), research_staff = coalesce(excluded.research_staff, y.research_staff),
    source_id = excluded.source_id, account_id = null, updated_at = excluded.updated_at`

const YEAR_FACT = `^(${FIGURES.join('|')})\\.[0-9]{4}$`

const addResults: Step['statement'] = ({ zoneId, importId, at }, rows) => sql`
  insert into result (zone_id, result_id, title, display_title, sort_key, search_text, summary, fields, segment, trl,
    trl_said, ip, inventors, wanted_deal, dated, source_id, created_at, updated_at)
  select ${zoneId}::uuid, r.subject_id, coalesce(f.title, '{}'), n.display_title, n.sort_key, n.search_text,
    coalesce(f.summary, '{}'), coalesce(f.fields, '{}'), f.segment, f.trl, f."trlSaid", coalesce(f.ip, '[]'),
    coalesce(f.inventors, '{}'), coalesce(f."wantedDeal", '{}'), f.dated, ${importId}::uuid, ${at}, ${at}
  from ${rows}, jsonb_to_record(r.payload -> 'facts') as f ${RESULT_FACTS}, ${NAMING}
  on conflict do nothing`

const changeResults: Step['statement'] = ({ zoneId, importId, at }, rows) => sql`
  update result o set title = coalesce(f.title, o.title), summary = coalesce(f.summary, o.summary),
    fields = coalesce(f.fields, o.fields), segment = coalesce(f.segment, o.segment), trl = coalesce(f.trl, o.trl),
    trl_said = coalesce(f."trlSaid", o.trl_said), ip = coalesce(f.ip, o.ip),
    inventors = coalesce(f.inventors, o.inventors), wanted_deal = coalesce(f."wantedDeal", o.wanted_deal),
    dated = coalesce(f.dated, o.dated), source_id = coalesce(o.source_id, ${importId}::uuid),
    source_says = coalesce(r.says, o.source_says), display_title = coalesce(n.display_title, o.display_title),
    sort_key = coalesce(n.sort_key, o.sort_key), search_text = coalesce(n.search_text, o.search_text),
    revision = o.revision + 1, updated_at = ${at}
  from ${rows}, ${TO}, jsonb_to_record(coalesce(c.facts, '{}')) as f ${RESULT_FACTS}, ${NAMING}
  where o.zone_id = ${zoneId}::uuid and o.result_id = r.subject_id and o.revision = r.revision`

const addOwners =
  (owners: RawBuilder<unknown>): Step['statement'] =>
  ({ zoneId }, rows) =>
    sql`
  insert into result_owner (zone_id, result_id, organisation_id, ordinal)
  select ${zoneId}::uuid, r.subject_id, w.id::uuid, w.place - 1
  from ${rows}, jsonb_array_elements_text(coalesce(${owners}, '[]')) with ordinality as w (id, place)
  on conflict do nothing`

const addProjects: Step['statement'] = ({ zoneId, importId, at }, rows) => sql`
  insert into project (zone_id, project_id, rcn, grant_number, acronym, title, display_title, sort_key, search_text,
    objective, start_date, end_date, framework, parts, topics, fields, scheme, status, total_cost_minor,
    contribution_minor, currency, source_id, created_at, updated_at)
  select ${zoneId}::uuid, r.subject_id, f.rcn, f."grantNumber", f.acronym, coalesce(f.title, '{}'), n.display_title,
    n.sort_key, n.search_text, coalesce(f.objective, '{}'), f."startDate", f."endDate", f.framework,
    coalesce(f.parts, '{}'), coalesce(f.topics, '{}'), coalesce(f.fields, '{}'), f.scheme, f.status, f."totalCost",
    f.contribution, f.currency, ${importId}::uuid, ${at}, ${at}
  from ${rows}, jsonb_to_record(r.payload -> 'facts') as f ${PROJECT_FACTS}, ${NAMING}
  on conflict do nothing`

const changeProjects: Step['statement'] = ({ zoneId, importId, at }, rows) => sql`
  update project o set grant_number = coalesce(f."grantNumber", o.grant_number),
    acronym = coalesce(f.acronym, o.acronym), title = coalesce(f.title, o.title),
    objective = coalesce(f.objective, o.objective), start_date = coalesce(f."startDate", o.start_date),
    end_date = coalesce(f."endDate", o.end_date), framework = coalesce(f.framework, o.framework),
    parts = coalesce(f.parts, o.parts), topics = coalesce(f.topics, o.topics), fields = coalesce(f.fields, o.fields),
    scheme = coalesce(f.scheme, o.scheme), status = coalesce(f.status, o.status),
    total_cost_minor = coalesce(f."totalCost", o.total_cost_minor),
    contribution_minor = coalesce(f.contribution, o.contribution_minor), currency = coalesce(f.currency, o.currency),
    source_id = coalesce(o.source_id, ${importId}::uuid), display_title = coalesce(n.display_title, o.display_title),
    sort_key = coalesce(n.sort_key, o.sort_key), search_text = coalesce(n.search_text, o.search_text),
    revision = o.revision + 1, updated_at = ${at}
  from ${rows}, ${TO}, jsonb_to_record(coalesce(c.facts, '{}')) as f ${PROJECT_FACTS}, ${NAMING}
  where o.zone_id = ${zoneId}::uuid and o.project_id = r.subject_id and o.revision = r.revision`

/** One that somebody else has brought meanwhile takes this file's word. */
const putParticipations: Step['statement'] = ({ zoneId, importId }, rows) => sql`
  insert into participation as p (zone_id, project_id, organisation_id, role, contribution_minor, total_cost_minor,
    ended, source_id)
  select ${zoneId}::uuid, r.subject_id, r.other_id, coalesce(f.role, 'participant'), f.contribution, f."totalCost",
    coalesce(f.ended, false), ${importId}::uuid
  from ${rows}, ${PART_FACTS}
  on conflict (zone_id, project_id, organisation_id) do update set role = excluded.role, ended = excluded.ended,
    contribution_minor = coalesce(excluded.contribution_minor, p.contribution_minor),
    total_cost_minor = coalesce(excluded.total_cost_minor, p.total_cost_minor)`

const changeParticipations: Step['statement'] = ({ zoneId }, rows) => sql`
  update participation o set role = coalesce(f.role, o.role),
    contribution_minor = coalesce(f.contribution, o.contribution_minor),
    total_cost_minor = coalesce(f."totalCost", o.total_cost_minor), ended = coalesce(f.ended, o.ended)
  from ${rows}, ${PART_FACTS}
  where o.zone_id = ${zoneId}::uuid and o.project_id = r.subject_id and o.organisation_id = r.other_id`

const STEPS: readonly Step[] = [
  { subject: 'organisation', verdict: 'new', statement: shareNew },
  { subject: 'organisation', verdict: 'new', statement: addOrganisations, meetsAll: true },
  { subject: 'organisation', verdict: 'new', statement: addIdentifiers(sql`r.payload -> 'facts' -> 'identifiers'`) },
  { subject: 'organisation', verdict: 'new', statement: putYears(sql`r.payload -> 'facts'`) },
  { subject: 'organisation', verdict: 'changed', statement: changeOrganisations, meetsAll: true },
  { subject: 'organisation', verdict: 'changed', statement: putYears(CHANGED_TO) },
  { subject: 'organisation', verdict: 'changed', statement: addIdentifiers(sql`r.changes -> 'identifiers' -> 'to'`) },
  { subject: 'result', verdict: 'new', statement: addResults, meetsAll: true },
  { subject: 'result', verdict: 'new', statement: addOwners(sql`r.payload -> 'owners'`) },
  { subject: 'result', verdict: 'changed', statement: changeResults, meetsAll: true },
  { subject: 'result', verdict: 'changed', statement: addOwners(sql`r.changes -> 'owners' -> 'to'`) },
  { subject: 'project', verdict: 'new', statement: addProjects, meetsAll: true },
  { subject: 'project', verdict: 'changed', statement: changeProjects, meetsAll: true },
  { subject: 'participation', verdict: 'new', statement: putParticipations },
  { subject: 'participation', verdict: 'changed', statement: changeParticipations },
]
