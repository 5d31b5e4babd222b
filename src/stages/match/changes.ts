import type { Tx } from '#db/db.ts'
import { readDocuments, readOrganisations, readProfiles, readResults, registryEntriesSince } from './corpus.ts'
import type { Changes } from './prepared.ts'

/** More changed records than this are sooner read with all others. */
const CHANGES_MAX = 500

/** Commands whose every change is in the history of a record that is read below. After any other all is read anew. */
export const FOLLOWED: readonly string[] = [
  'registry.add_organisation',
  'registry.change_organisation',
  'registry.add_result',
  'registry.change_result',
  'registry.remove_result',
  'registry.restore_result',
  'registry.add_evidence',
  'registry.remove_evidence',
  'registry.upload_evidence',
  'registry.order_duplicates',
  'registry.add_person',
  'registry.change_person',
  'registry.keep_duplicates',
  // What an import brings is in `imports.apply`, which is read anew; these only make it ready.
  'imports.start',
  'imports.add_file',
  'imports.map',
  'imports.drop',
  'imports.order_apply',
]

/**
 * Which organisations and results have changed since an entry of the journal, with the last entry; null where all had
 * better be read anew, as after an import.
 */
export async function changedSince(tx: Tx, zoneId: string, since: string) {
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
  return { last, organisations: named('organisation'), results: named('result') }
}

/** What the registry's records have become since an entry of the journal; null where all had better be read anew. */
export async function readChanges(tx: Tx, zoneId: string, since: string): Promise<Changes | null> {
  const changed = await changedSince(tx, zoneId, since)
  if (!changed) return null
  const { last, organisations, results } = changed
  return {
    mark: { version: String(last.seq), hash: last.hash },
    organisations: { named: organisations, there: await readOrganisations(tx, zoneId, organisations) },
    texts: {
      named: [...organisations.map((id) => `profile:${id}`), ...results.map((id) => `result:${id}`)],
      documentsOf: organisations,
      there: [
        ...(await readProfiles(tx, zoneId, organisations)),
        ...(await readDocuments(tx, zoneId, organisations)),
        ...(await readResults(tx, zoneId, results)),
      ],
    },
  }
}
