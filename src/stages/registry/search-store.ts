import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { foldText } from '#engines/text/fold.ts'
import type { Caller } from '../caller.ts'
import { saysAll } from './list-store.ts'
import type { Hit } from './search-model.ts'

/** Finds what a caller may read by a few words, at most `limit` of each kind, the nearest first. Each stage brings its own. */
export type Finder = (tx: Tx, caller: Caller, words: string, limit: number) => Promise<Hit[]>

/** Organisations, results, past projects and people of the zone. */
export const findInRegistry: Finder = async (tx, caller, words, limit) => {
  const asked = { tx, zoneId: caller.zoneId, words, limit }
  return [
    ...(await findOrganisations(asked)),
    ...(await findResults(asked)),
    ...(await findProjects(asked)),
    ...(await findPeople(asked)),
  ]
}

interface Asked {
  tx: Tx
  zoneId: string
  words: string
  limit: number
}

/** What begins with the words comes first, then what is short, since a name says more there than a summary. */
const nearness = (column: string, words: string) =>
  sql`(position(${foldText(words)} in ${sql.ref(column)}) <> 1), length(${sql.ref(column)})`

async function findOrganisations({ tx, zoneId, words, limit }: Asked): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('zone_organisation as o')
    .select(['o.organisation_id', 'o.display_name', 'o.city', 'o.country'])
    .where('o.zone_id', '=', zoneId)
    .where('o.merged_into', 'is', null)
    .where(saysAll('o.search_text', words))
    .orderBy(nearness('o.search_text', words))
    .orderBy('o.organisation_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    kind: 'organisation',
    id: row.organisation_id,
    title: row.display_name,
    detail: [row.city, row.country].filter(Boolean).join(', ') || null,
  }))
}

async function findResults({ tx, zoneId, words, limit }: Asked): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('result as r')
    .select(['r.result_id', 'r.display_title'])
    .select(
      sql<string | null>`(
        select o.display_name from result_owner w
        join zone_organisation o on o.zone_id = w.zone_id and o.organisation_id = w.organisation_id
        where w.zone_id = r.zone_id and w.result_id = r.result_id order by w.ordinal, w.organisation_id limit 1)`.as(
        'owner',
      ),
    )
    .where('r.zone_id', '=', zoneId)
    .where(saysAll('r.search_text', words))
    .orderBy(nearness('r.search_text', words))
    .orderBy('r.result_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ kind: 'result', id: row.result_id, title: row.display_title, detail: row.owner }))
}

async function findProjects({ tx, zoneId, words, limit }: Asked): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('project as j')
    .select(['j.project_id', 'j.display_title', 'j.acronym', 'j.start_date'])
    .where('j.zone_id', '=', zoneId)
    .where(saysAll('j.search_text', words))
    .orderBy(nearness('j.search_text', words))
    .orderBy('j.project_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    kind: 'project',
    id: row.project_id,
    title: row.display_title,
    detail: [row.acronym, row.start_date?.slice(0, 4)].filter(Boolean).join(' · ') || null,
  }))
}

async function findPeople({ tx, zoneId, words, limit }: Asked): Promise<Hit[]> {
  const rows = await tx
    .selectFrom('person as p')
    .leftJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'p.zone_id').onRef('o.organisation_id', '=', 'p.organisation_id'),
    )
    .select(['p.person_id', 'p.display_name', 'p.post', 'o.display_name as organisation'])
    .where('p.zone_id', '=', zoneId)
    .where(saysAll('p.search_text', words))
    .orderBy(nearness('p.search_text', words))
    .orderBy('p.person_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    kind: 'person',
    id: row.person_id,
    title: row.display_name,
    detail: [row.post, row.organisation].filter(Boolean).join(' · ') || null,
  }))
}
