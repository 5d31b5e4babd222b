import { readAs } from '#db/caller.ts'
import { Fault } from '#kit/fault.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { wantedFor } from '../match/wanted.ts'
import type { Party } from '../match/wanted-ranking.ts'
import { findOrganisation } from '../registry/organisation-store.ts'
import { findResult, listOwners } from '../registry/result-store.ts'
import type { Wanted, WantedKind } from './model.ts'

const WANTS_SHOWN_MAX = 50

export interface WantedSubject {
  kind: WantedKind
  subjectId: string
}

/** The open needs that want an organisation or a result, as far as the caller may see them. */
export async function readWanted(world: World, caller: Caller, subject: WantedSubject): Promise<Wanted> {
  const party = await partyOf(world, caller, subject)
  const { ids, rows, looked } = await wantedFor(world, caller, party, WANTS_SHOWN_MAX)
  return {
    rows: rows.map(({ need, capabilities, score, merit, raises, reasons, cells }) => ({
      need: { id: need.id, title: need.name, titles: need.title, deadline: need.deadline, sponsors: need.sponsors },
      capabilities,
      score,
      merit,
      raises,
      reasons,
      cells,
    })),
    total: ids.length,
    looked,
  }
}

/** The ids of them all, the best fit first. */
export async function wantingNeeds(world: World, caller: Caller, subject: WantedSubject): Promise<string[]> {
  return (await wantedFor(world, caller, await partyOf(world, caller, subject), 0)).ids
}

async function partyOf(world: World, caller: Caller, { kind, subjectId }: WantedSubject): Promise<Party> {
  return readAs(world.database, caller, async (tx) => {
    if (kind === 'wanted_organisation') {
      if (!(await findOrganisation(tx, caller.zoneId, subjectId)))
        throw new Fault('not_found', 'The zone does not know this organisation.', { rule: 'organisation.unknown' })
      return { organisationIds: [subjectId], resultId: null }
    }
    if (!(await findResult(tx, caller.zoneId, subjectId)))
      throw new Fault('not_found', 'There is no such result.', { rule: 'result.unknown' })
    const owners = await listOwners(tx, caller.zoneId, subjectId)
    return { organisationIds: owners.map(({ id }) => id), resultId: subjectId }
  })
}
