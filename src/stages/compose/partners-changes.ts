import type { Tx } from '#db/db.ts'
import { FOLLOWED } from '../match/changes.ts'
import { registryEntriesSince } from '../match/corpus.ts'
import type { PartnerChanges } from './partners-records.ts'
import { listOrganisations, listProfiles, listResults } from './partners-store.ts'

/** More changed records than this are sooner read with all others. */
const CHANGES_MAX = 500

/**
 * What organisations and results have become since an entry of the journal; null where all had better be read anew, as after
 * an import, which alone changes who took part in what.
 */
export async function readPartnerChanges(tx: Tx, zoneId: string, since: string): Promise<PartnerChanges | null> {
  const entries = await registryEntriesSince(tx, zoneId, since, CHANGES_MAX + 1)
  const last = entries.at(-1)
  if (!last || entries.length > CHANGES_MAX || entries.some(({ command }) => !FOLLOWED.includes(command))) return null
  const subjects = await tx
    .selectFrom('record_change')
    .select(['subject_kind', 'subject_id'])
    .distinct()
    .where('zone_id', '=', zoneId)
    .where(
      'seq',
      'in',
      entries.map(({ seq }) => seq),
    )
    .where('subject_kind', 'in', ['organisation', 'result'])
    .orderBy('subject_kind')
    .orderBy('subject_id')
    .limit(CHANGES_MAX + 1)
    .execute()
  if (subjects.length > CHANGES_MAX) return null
  const named = (kind: string) => subjects.filter((one) => one.subject_kind === kind).map((one) => one.subject_id)
  const [organisations, results] = [named('organisation'), named('result')]
  return {
    version: String(last.seq),
    organisations: { named: organisations, there: await listOrganisations(tx, zoneId, organisations) },
    texts: {
      named: [...organisations.map((id) => `profile:${id}`), ...results.map((id) => `result:${id}`)],
      there: [...(await listProfiles(tx, zoneId, organisations)), ...(await listResults(tx, zoneId, results))],
    },
  }
}
