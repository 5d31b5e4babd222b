import { type SqlBool, sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import { allText, type Texts } from '../texts.ts'
import { describePart } from './parts.ts'
import type { Corpus, CorpusOrganisation, CorpusText, Holder } from './question.ts'

/** Of a project with more members than this only its coordinator can call it strong evidence of its own. */
const PROJECT_MEMBERS_STRONG_MAX = 5
/** What the index must follow: commands that change what the registry says. */
const REGISTRY_COMMANDS = '^(registry|imports|demo)\\.'

/** An entry of a zone's chain up to which its registry was read. */
export interface Mark {
  version: string
  hash: string
}

/** The state of the registry's own records: the last entry of the zone's chain that changed them. */
export async function corpusVersion(tx: Tx, zoneId: string): Promise<string> {
  return (await corpusMark(tx, zoneId)).version
}

export async function corpusMark(tx: Tx, zoneId: string): Promise<Mark> {
  // Read from the end, the chain being as long as the zone is old.
  const { rows } = await sql<{ seq: bigint; hash: string }>`
    select seq, hash from journal where zone_id = ${zoneId} and command ~ ${REGISTRY_COMMANDS}
    order by seq desc limit 1`.execute(tx)
  return { version: String(rows[0]?.seq ?? 0), hash: rows[0]?.hash ?? '' }
}

/** Whether an entry stands in the zone's chain: it does not in a database that is another's, or was restored from before. */
export async function standsInChain(tx: Tx, zoneId: string, { version, hash }: Mark): Promise<boolean> {
  const entry = await tx
    .selectFrom('journal')
    .select('hash')
    .where('zone_id', '=', zoneId)
    .where('seq', '=', BigInt(version))
    .executeTakeFirst()
  return entry?.hash === hash
}

/** The entries after `since` that changed the registry's own records, the first ones first. */
export async function registryEntriesSince(tx: Tx, zoneId: string, since: string, countMax: number) {
  const { rows } = await sql<{ seq: bigint; command: string; hash: string }>`
    select seq, command, hash from journal
    where zone_id = ${zoneId} and seq > ${BigInt(since)} and command ~ ${REGISTRY_COMMANDS}
    order by seq limit ${countMax}`.execute(tx)
  return rows
}

/**
 * All that every member of the zone may read of its organisations, results and past projects. Documents in narrower
 * circles are left out, so that no reason can quote them.
 */
export async function readCorpus(tx: Tx, zoneId: string): Promise<Corpus> {
  const texts = [
    ...(await readProfiles(tx, zoneId)),
    ...(await readResults(tx, zoneId)),
    ...(await projects(tx, zoneId)),
    ...(await readDocuments(tx, zoneId)),
    ...(await parts(tx, zoneId)),
  ]
  return { organisations: await readOrganisations(tx, zoneId), texts }
}

/** All organisations of a zone, or those named of them that are still there. */
export async function readOrganisations(
  tx: Tx,
  zoneId: string,
  only?: readonly string[],
): Promise<CorpusOrganisation[]> {
  let query = tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'display_name as name', 'names', 'kind', 'size', 'country', 'region', 'city'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
  if (only) query = query.where((eb) => eb('organisation_id', '=', eb.fn.any(eb.val(only))))
  const rows = await query.execute()
  return rows.map((row) => ({ ...row, names: row.names as Texts }))
}

/** What organisations say of themselves: of all, or of those named. */
export async function readProfiles(tx: Tx, zoneId: string, only?: readonly string[]): Promise<CorpusText[]> {
  let query = tx
    .selectFrom('zone_organisation')
    .select(['organisation_id', 'display_name', 'products', 'summary', 'fields', 'titles'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
    .where((eb) =>
      eb.or([
        eb('products', '<>', sql`'{}'::jsonb`),
        eb('summary', '<>', sql`'{}'::jsonb`),
        sql<SqlBool>`fields <> '{}'`,
      ]),
    )
  if (only) query = query.where((eb) => eb('organisation_id', '=', eb.fn.any(eb.val(only))))
  const rows = await query.execute()
  return rows.map((row) => ({
    kind: 'profile',
    id: row.organisation_id,
    title: [allText(row.products as Texts), ...row.fields].filter(Boolean).join('; ') || row.display_name,
    text: allText(row.summary as Texts),
    trl: null,
    holders: [{ organisationId: row.organisation_id, strong: false }],
  }))
}

/** Results with their owners: all, or those named. */
export async function readResults(tx: Tx, zoneId: string, only?: readonly string[]): Promise<CorpusText[]> {
  let ownersQuery = tx
    .selectFrom('result_owner')
    .select(['result_id', 'organisation_id'])
    .where('zone_id', '=', zoneId)
    .orderBy('ordinal')
    .orderBy('organisation_id')
  let query = tx
    .selectFrom('result')
    .select(['result_id', 'title', 'display_title', 'summary', 'fields', 'trl', 'dated'])
    .where('zone_id', '=', zoneId)
  if (only) {
    ownersQuery = ownersQuery.where((eb) => eb('result_id', '=', eb.fn.any(eb.val(only))))
    query = query.where((eb) => eb('result_id', '=', eb.fn.any(eb.val(only))))
  }
  const byResult = Map.groupBy(await ownersQuery.execute(), (owner) => owner.result_id)
  const rows = await query.execute()
  return rows.map((row) => ({
    kind: 'result',
    id: row.result_id,
    title: allText(row.title as Texts).replaceAll('\n', ' / ') || row.display_title,
    titles: row.title as Texts,
    text: [allText(row.summary as Texts), row.fields.join('; ')].filter(Boolean).join('\n'),
    trl: row.trl,
    year: yearOf(row.dated),
    holders: (byResult.get(row.result_id) ?? []).map((owner) => ({
      organisationId: owner.organisation_id,
      strong: true,
    })),
  }))
}

/** Projects that say something; one without a word is heard through its programme part alone. */
async function projects(tx: Tx, zoneId: string): Promise<CorpusText[]> {
  const rows = await tx
    .selectFrom('project')
    .select(['project_id', 'title', 'display_title', 'objective', 'fields', 'start_date', 'end_date'])
    .where('zone_id', '=', zoneId)
    .where((eb) =>
      eb.or([
        eb('title', '<>', sql`'{}'::jsonb`),
        eb('objective', '<>', sql`'{}'::jsonb`),
        sql<SqlBool>`fields <> '{}'`,
      ]),
    )
    .execute()
  const members = await tx
    .selectFrom('participation as p')
    .innerJoin('zone_organisation as o', (join) =>
      join.onRef('o.zone_id', '=', 'p.zone_id').onRef('o.organisation_id', '=', 'p.organisation_id'),
    )
    .innerJoin('project as j', (join) =>
      join.onRef('j.zone_id', '=', 'p.zone_id').onRef('j.project_id', '=', 'p.project_id'),
    )
    .select(['p.project_id', 'p.organisation_id', 'p.role'])
    .where('p.zone_id', '=', zoneId)
    .where((eb) =>
      eb.or([
        eb('j.title', '<>', sql`'{}'::jsonb`),
        eb('j.objective', '<>', sql`'{}'::jsonb`),
        sql<SqlBool>`j.fields <> '{}'`,
      ]),
    )
    .orderBy('p.organisation_id')
    .execute()
  const byProject = Map.groupBy(members, (member) => member.project_id)
  return rows.map((row) => {
    const own = byProject.get(row.project_id) ?? []
    const few = own.length <= PROJECT_MEMBERS_STRONG_MAX
    return {
      kind: 'project',
      id: row.project_id,
      title: allText(row.title as Texts).replaceAll('\n', ' / ') || row.display_title,
      titles: row.title as Texts,
      text: [allText(row.objective as Texts), row.fields.join('; ')].filter(Boolean).join('\n'),
      trl: null,
      year: yearOf(row.end_date ?? row.start_date),
      holders: own.map((member) => ({
        organisationId: member.organisation_id,
        strong: few || member.role === 'coordinator',
      })),
    }
  })
}

/** Documents that every member may read: of all organisations, or of those named. */
export async function readDocuments(tx: Tx, zoneId: string, only?: readonly string[]): Promise<CorpusText[]> {
  let query = tx
    .selectFrom('evidence')
    .select(['evidence_id', 'subject_id', 'title', 'body', 'dated'])
    .where('zone_id', '=', zoneId)
    .where('subject_kind', '=', 'organisation')
    .where('circle', 'in', ['public', 'signed_in'])
  if (only) query = query.where((eb) => eb('subject_id', '=', eb.fn.any(eb.val(only))))
  const rows = await query.execute()
  return rows.map((row) => ({
    kind: 'document',
    id: row.evidence_id,
    title: row.title,
    text: row.body,
    trl: null,
    year: yearOf(row.dated),
    holders: [{ organisationId: row.subject_id, strong: false }],
  }))
}

/** Each programme part as a text of its own, held by all that have worked in it. */
async function parts(tx: Tx, zoneId: string): Promise<CorpusText[]> {
  const { rows } = await sql<{ part: string; organisation_id: string; projects: number }>`
    select part, p.organisation_id, count(*)::int as projects
    from project j
    cross join lateral unnest(j.parts) as part
    join participation p on p.zone_id = j.zone_id and p.project_id = j.project_id
    where j.zone_id = ${zoneId}
    group by part, p.organisation_id
    order by part, p.organisation_id`.execute(tx)
  return [...Map.groupBy(rows, (row) => row.part)].map(([part, holders]) => ({
    kind: 'part',
    id: part,
    ...describePart(part),
    trl: null,
    holders: holders.map(
      (row): Holder => ({ organisationId: row.organisation_id, strong: false, projects: row.projects }),
    ),
  }))
}

const yearOf = (date: string | null): number | null => Number(/^\d{4}/.exec(date ?? '')?.[0] ?? 0) || null
