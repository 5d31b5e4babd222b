import type { z } from 'zod'
import type { Tx } from '#db/db.ts'
import { EXPORT_ROWS_MAX } from '#http/export-file.ts'
import type { World } from '../../world.ts'
import { type Caller, isOfficer } from '../caller.ts'
import type { ExportQuery } from '../lists.ts'
import { exportList } from '../registry/export-service.ts'
import { todayIn } from '../registry/list-store.ts'
import {
  isSponsor,
  isSponsorOrOfficer,
  mayAddSponsors,
  mayAskToJoin,
  mayChangeNeed,
  mayMergeNeeds,
  mayReadPrivate,
} from './access.ts'
import { NEED_LIST } from './columns.ts'
import { NEED_STATES, type Need, type NeedCounts, type NeedPage, type NeedQuery } from './model.ts'
import { capabilityOf, contentOfRow, reasonsOf, type StoredNeed, sponsorOf, standingOf } from './need-row.ts'
import { seenNeed } from './need-standing.ts'
import {
  countAsking,
  countNeeds,
  findNeed,
  findPrivate,
  listAsking,
  listCapabilities,
  listMergedInto,
  listNeeds,
  listSponsors,
  shownOf,
} from './need-store.ts'
import { isRemovable, isSeparable, lacksToBeWhole, stepsOpenTo } from './rules.ts'

export async function readNeeds(
  tx: Tx,
  caller: Caller,
  query: z.output<typeof NeedQuery>,
  at: Date,
): Promise<z.infer<typeof NeedPage>> {
  const found = await listNeeds(tx, caller, query, await todayIn(tx, caller.zoneId, at))
  return { ...found, page: query.page, size: query.size }
}

/** The same list without its pages, as a file. */
export const exportNeeds = (
  world: World,
  caller: Caller,
  query: z.output<typeof NeedQuery> & z.output<typeof ExportQuery>,
) =>
  exportList(world, caller, query, NEED_LIST, (tx, today) =>
    listNeeds(tx, caller, { ...query, page: 1 }, today, EXPORT_ROWS_MAX),
  )

/** A need's page. Throws `not_found` for what the caller may not know of. */
export async function readNeed(tx: Tx, caller: Caller, id: string, at: Date): Promise<Need> {
  const { zoneId } = caller
  const row = await seenNeed(tx, caller, id, await todayIn(tx, zoneId, at))
  const standing = standingOf(row)
  const inside = mayReadPrivate(caller, standing)
  const secret = inside ? await findPrivate(tx, zoneId, id) : null
  const capabilities = (await listCapabilities(tx, zoneId, [id])).map(capabilityOf)
  const content = contentOfRow(row, capabilities, secret)
  const mayChange = mayChangeNeed(caller, standing)
  const asking = await listAsking(tx, zoneId, id)
  return {
    ...shownOf(row, standing.state),
    summary: content.summary,
    targets: content.targets,
    capabilities,
    conditions: content.conditions,
    sponsors: (await listSponsors(tx, zoneId, [id])).map(sponsorOf),
    asking: inside ? asking : null,
    private: secret,
    returnReasons: inside ? reasonsOf(row) : [],
    mergedInto: await linkTo(tx, zoneId, row.merged_into),
    mergedFrom: row.joint ? await listMergedInto(tx, zoneId, id) : [],
    missing: mayChange ? lacksToBeWhole(content) : [],
    mayChange,
    mayMove: stepsOpenTo(caller, standing),
    mayRemove: isSponsorOrOfficer(caller, standing) && isRemovable(lifeOf(row)),
    mayUnmerge: mayMergeNeeds(caller) && isSeparable(lifeOf(row)),
    mayJoin: joining(caller, row, asking),
    mayLeave: isSponsor(caller, standing) && standing.sponsorIds.length > 1,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  }
}

export const lifeOf = (row: StoredNeed) => ({
  state: standingOf(row).state,
  joint: row.joint,
  openedAt: row.opened_at,
})

function joining(caller: Caller, row: StoredNeed, asking: readonly { id: string }[]): Need['mayJoin'] {
  const standing = standingOf(row)
  if (standing.state === 'closed' || standing.state === 'merged') return null
  if (mayAddSponsors(caller)) return 'add'
  if (!mayAskToJoin(caller, standing)) return null
  return asking.some(({ id }) => id === caller.organisationId) ? 'asked' : 'ask'
}

async function linkTo(tx: Tx, zoneId: string, id: string | null) {
  const row = id === null ? undefined : await findNeed(tx, zoneId, id)
  return row ? { id: row.need_id, name: row.display_title } : null
}

/** Counts by state, for the navigation; what the caller may not see is not counted. */
export async function readCounts(tx: Tx, caller: Caller, at: Date): Promise<z.infer<typeof NeedCounts>> {
  const rows = await countNeeds(tx, caller, await todayIn(tx, caller.zoneId, at))
  const of = (state: string) => rows.find((row) => row.state === state)
  const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)
  const states = Object.fromEntries(NEED_STATES.map((state) => [state, of(state)?.total ?? 0]))
  return {
    states: states as z.infer<typeof NeedCounts>['states'],
    total: sum(rows.map((row) => row.total)),
    mine: sum(rows.map((row) => row.mine)),
    waiting: isOfficer(caller)
      ? (of('in_review')?.total ?? 0)
      : await waitingForSponsor(tx, caller, of('returned')?.mine),
  }
}

const waitingForSponsor = async (tx: Tx, caller: Caller, returned = 0) => returned + (await countAsking(tx, caller))
