import { sql } from 'kysely'
import type { Tx } from '#db/db.ts'
import type { PartnerOrganisation, PartnerParticipation, PartnerProject } from '#engines/partners/types.ts'
import { Fault } from '#kit/fault.ts'
import { readProfiles } from '../match/corpus.ts'
import { allText, type Texts } from '../texts.ts'
import { type KeyedRecords, type KeyedText, sortedTexts } from './partners-records.ts'

/** What one server lays out for somebody who waits; a larger registry is ranked by the shell's `engine partners`. */
const RECORDS_MAX = { projects: 100_000, participations: 400_000, organisations: 100_000, results: 100_000 } as const
const TEXT_LENGTH_MAX = 20_000

/**
 * Who took part in what, as the caller may read it: past projects, organisations that still stand, and what they show.
 * @throws Fault `too_large` where the zone has more than is laid out for a question
 */
export async function readPartnerRecords(tx: Tx, zoneId: string): Promise<KeyedRecords> {
  await refuseTooMany(tx, zoneId)
  return {
    organisations: await listOrganisations(tx, zoneId),
    projects: await listProjects(tx, zoneId),
    participations: await listParticipations(tx, zoneId),
    texts: sortedTexts([...(await listProfiles(tx, zoneId)), ...(await listResults(tx, zoneId))]),
  }
}

async function refuseTooMany(tx: Tx, zoneId: string): Promise<void> {
  const { rows } = await sql<Record<keyof typeof RECORDS_MAX, number>>`
    select (select count(*)::int from project where zone_id = ${zoneId}) as projects,
      (select count(*)::int from participation where zone_id = ${zoneId}) as participations,
      (select count(*)::int from zone_organisation where zone_id = ${zoneId}) as organisations,
      (select count(*)::int from result where zone_id = ${zoneId}) as results`.execute(tx)
  const counts = rows[0]!
  for (const name of Object.keys(RECORDS_MAX) as (keyof typeof RECORDS_MAX)[])
    if (counts[name] > RECORDS_MAX[name])
      throw new Fault('too_large', `The zone has more ${name} than are laid out for a question about partners.`, {
        rule: `partners.${name}`,
        limit: RECORDS_MAX[name],
      })
}

/** All of a zone's organisations that stand, or those named of them. */
export async function listOrganisations(
  tx: Tx,
  zoneId: string,
  only?: readonly string[],
): Promise<PartnerOrganisation[]> {
  let query = tx
    .selectFrom('zone_organisation')
    .select(['organisation_id as id', 'names', 'display_name', 'country', 'kind', 'size', 'latitude', 'longitude'])
    .where('zone_id', '=', zoneId)
    .where('merged_into', 'is', null)
  if (only) query = query.where((eb) => eb('organisation_id', '=', eb.fn.any(eb.val(only))))
  const rows = await query.execute()
  return rows.map(({ id, names, display_name, country, kind, size, latitude, longitude }) => ({
    id,
    name: allText(names as Texts) || display_name,
    ...(country ? { country } : {}),
    kind,
    ...(size ? { sme: size !== 'large' } : {}),
    ...(latitude === null || longitude === null ? {} : { latitude, longitude }),
  }))
}

async function listProjects(tx: Tx, zoneId: string): Promise<PartnerProject[]> {
  const rows = await tx
    .selectFrom('project')
    .select(['project_id as id', 'start_date', 'parts', 'title', 'objective'])
    .where('zone_id', '=', zoneId)
    .execute()
  return rows.map(({ id, start_date, parts, title, objective }) => {
    const text = [title, objective].map((texts) => allText(texts as Texts)).join('\n')
    return { id, start: lastDayOf(start_date), parts, text: text.trim().slice(0, TEXT_LENGTH_MAX) }
  })
}

async function listParticipations(tx: Tx, zoneId: string): Promise<PartnerParticipation[]> {
  const rows = await tx
    .selectFrom('participation')
    .select(['project_id as project', 'organisation_id as organisation', 'role'])
    .where('zone_id', '=', zoneId)
    .execute()
  return rows.map(({ role, ...row }) => ({
    ...row,
    role: role === 'coordinator' || role === 'participant' ? role : 'associate',
  }))
}

export async function listProfiles(tx: Tx, zoneId: string, only?: readonly string[]): Promise<KeyedText[]> {
  const profiles = await readProfiles(tx, zoneId, only)
  return profiles.map(({ id, title, text }) => ({
    key: `profile:${id}`,
    organisation: id,
    text: `${title}\n${text}`.slice(0, TEXT_LENGTH_MAX),
  }))
}

export async function listResults(tx: Tx, zoneId: string, only?: readonly string[]): Promise<KeyedText[]> {
  let query = tx
    .selectFrom('result as r')
    .innerJoin('result_owner as o', (join) =>
      join.onRef('o.zone_id', '=', 'r.zone_id').onRef('o.result_id', '=', 'r.result_id'),
    )
    .select(['r.result_id as id', 'o.organisation_id as organisation', 'r.title', 'r.summary', 'r.dated'])
    .where('r.zone_id', '=', zoneId)
  if (only) query = query.where((eb) => eb('r.result_id', '=', eb.fn.any(eb.val(only))))
  const rows = await query.execute()
  return rows.map(({ id, organisation, title, summary, dated }) => {
    const date = lastDayOf(dated)
    const text = [title, summary].map((texts) => allText(texts as Texts)).join('\n')
    return { key: `result:${id}`, organisation, text: text.slice(0, TEXT_LENGTH_MAX), ...(date ? { date } : {}) }
  })
}

/** The last day that a date may mean, so that what is known only to its year is not seen too early; null for no date. */
export function lastDayOf(date: string | null): string | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(date ?? '') ?? []
  if (!year) return null
  const last = new Date(Date.UTC(Number(year), Number(month ?? 12), 0)).toISOString().slice(0, 10)
  const whole = `${year}-${month}-${day}`
  return day && whole <= last ? whole : last
}
