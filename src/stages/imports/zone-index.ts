import { sql } from 'kysely'
import type { Database, Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import type { Caller } from '../caller.ts'
import type { Texts } from '../texts.ts'
import { asServer } from './stage-store.ts'

const LOADED_AT_ONCE_MAX = 10_000

/** A name as it is compared: folded, with single blanks. */
export const foldName = (name: string): string => foldText(name).replaceAll(/\s+/g, ' ').trim()

/** What the zone knows, by what a file may call it. Merged organisations lead to the one that stands. */
export interface Identities {
  /** `pic 999999999` → the organisation's id. */
  byIdentifier: Map<string, string>
  /** An organisation that was merged → the one that stands. */
  merged: Map<string, string>
}

export interface Projects {
  byRcn: Map<string, string>
  byGrant: Map<string, string>
}

export interface NamedOrganisation {
  id: string
  country: string | null
  city: string | null
  identifiers: Record<string, string>
}

export interface Results {
  /** A right's number → results. */
  byNumber: Map<string, string>
  /** Folded title and an owner's id → the result. */
  byTitle: Map<string, string>
  /** Removed by a person: no import brings them again. */
  removed: Set<string>
}

export const identifierKey = (scheme: string, value: string) => `${scheme} ${value}`
export const titleKey = (title: string, ownerId: string) => `${foldName(title)}\n${ownerId}`

export async function loadIdentities(database: Database, caller: Caller): Promise<Identities> {
  const byIdentifier = new Map<string, string>()
  await asServer(database, caller, async (tx) => {
    const { rows } = await sql<{ scheme: string; value: string; id: string }>`
      select i.scheme, i.value, coalesce(o.merged_into, o.organisation_id) as id
      from zone_identifier i
      join zone_organisation o on o.zone_id = i.zone_id and o.organisation_id = i.organisation_id
      where i.zone_id = ${caller.zoneId}`.execute(tx)
    for (const row of rows) byIdentifier.set(identifierKey(row.scheme, row.value), row.id)
  })
  const merged = await asServer(database, caller, (tx) =>
    tx
      .selectFrom('zone_organisation')
      .select(['organisation_id', 'merged_into'])
      .where('zone_id', '=', caller.zoneId)
      .where('merged_into', 'is not', null)
      .execute(),
  )
  return { byIdentifier, merged: new Map(merged.map((row) => [row.organisation_id, row.merged_into!])) }
}

/** What a file may call a segment of the zone's industries, folded → the key under which the zone counts it. */
export async function loadSegments(database: Database, caller: Caller): Promise<Map<string, string>> {
  const industries = await asServer(database, caller, (tx) =>
    tx.selectFrom('industry').select('segments').where('zone_id', '=', caller.zoneId).orderBy('industry_id').execute(),
  )
  const keys = new Map<string, string>()
  for (const { key, names } of industries.flatMap(({ segments }) => segments as { key: string; names: Texts }[]))
    for (const called of [key, ...Object.values(names).map(({ text }) => text)])
      if (!keys.has(foldName(called))) keys.set(foldName(called), key)
  return keys
}

export async function loadProjects(database: Database, caller: Caller): Promise<Projects> {
  const rows = await asServer(database, caller, (tx) =>
    tx
      .selectFrom('project')
      .select(['project_id', 'rcn', 'grant_number'])
      .where('zone_id', '=', caller.zoneId)
      .execute(),
  )
  const byRcn = new Map<string, string>()
  const byGrant = new Map<string, string>()
  for (const { project_id: id, rcn, grant_number: grant } of rows) {
    if (rcn) byRcn.set(rcn, id)
    if (grant) byGrant.set(grant, id)
  }
  return { byRcn, byGrant }
}

/** Every organisation of the zone by each of its names. */
export async function loadNames(
  database: Database,
  caller: Caller,
  { merged }: Identities,
): Promise<Map<string, NamedOrganisation[]>> {
  const found = new Map<string, NamedOrganisation[]>()
  const load = (tx: Tx, after: string) =>
    tx
      .selectFrom('zone_organisation')
      .select(['organisation_id', 'names', 'country', 'city', 'identifiers'])
      .where('zone_id', '=', caller.zoneId)
      .where('organisation_id', '>', after)
      .orderBy('organisation_id')
      .limit(LOADED_AT_ONCE_MAX)
      .execute()
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await asServer(database, caller, (tx) => load(tx, after))
    for (const row of rows) {
      const id = merged.get(row.organisation_id) ?? row.organisation_id
      const identifiers = row.identifiers as Record<string, string>
      addName(found, row.names as Texts, { id, country: row.country, city: row.city, identifiers })
    }
    if (rows.length < LOADED_AT_ONCE_MAX) return found
    after = rows.at(-1)!.organisation_id
  }
}

export function addName(names: Map<string, NamedOrganisation[]>, texts: Texts, organisation: NamedOrganisation): void {
  for (const { text } of Object.values(texts)) {
    const folded = foldName(text)
    const known = names.get(folded)
    if (!known) names.set(folded, [organisation])
    else if (!known.some((each) => each.id === organisation.id)) known.push(organisation)
  }
}

export async function loadResults(database: Database, caller: Caller): Promise<Results> {
  const found: Results = { byNumber: new Map(), byTitle: new Map(), removed: new Set() }
  await asServer(database, caller, async (tx) => {
    const { rows } = await sql<{ id: string; title: Texts; numbers: (string | null)[]; owners: string[] }>`
      select r.result_id as id, r.title,
        coalesce((select jsonb_agg(i ->> 'number') from jsonb_array_elements(r.ip) i), '[]') as numbers,
        coalesce((select jsonb_agg(w.organisation_id) from result_owner w
                  where w.zone_id = r.zone_id and w.result_id = r.result_id), '[]') as owners
      from result r where r.zone_id = ${caller.zoneId} order by r.result_id`.execute(tx)
    for (const row of rows) addResult(found, row)
    const removed = await tx
      .selectFrom('removed_record')
      .select('id')
      .where('zone_id', '=', caller.zoneId)
      .where('kind', '=', 'result')
      .execute()
    found.removed = new Set(removed.map((row) => row.id))
  })
  return found
}

export function addResult(
  results: Results,
  {
    id,
    title,
    numbers,
    owners,
  }: { id: string; title: Texts; numbers: readonly (string | null)[]; owners: readonly string[] },
): void {
  for (const number of numbers) if (number && !results.byNumber.has(number)) results.byNumber.set(number, id)
  for (const { text } of Object.values(title))
    for (const owner of owners) {
      const key = titleKey(text, owner)
      if (!results.byTitle.has(key)) results.byTitle.set(key, id)
    }
}
