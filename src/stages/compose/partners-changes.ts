import type { Tx } from '#db/db.ts'
import { changedSince } from '../match/changes.ts'
import type { PartnerChanges } from './partners-records.ts'
import { listOrganisations, listProfiles, listResults } from './partners-store.ts'

/**
 * What organisations and results have become since an entry of the journal; null where all had better be read anew, as after
 * an import, which alone changes who took part in what.
 */
export async function readPartnerChanges(tx: Tx, zoneId: string, since: string): Promise<PartnerChanges | null> {
  const changed = await changedSince(tx, zoneId, since)
  if (!changed) return null
  const { last, organisations, results } = changed
  return {
    version: String(last.seq),
    organisations: { named: organisations, there: await listOrganisations(tx, zoneId, organisations) },
    texts: {
      named: [...organisations.map((id) => `profile:${id}`), ...results.map((id) => `result:${id}`)],
      there: [...(await listProfiles(tx, zoneId, organisations)), ...(await listResults(tx, zoneId, results))],
    },
  }
}
