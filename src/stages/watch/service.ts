import { sql } from 'kysely'
import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import { json, type Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { newId } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import type { Caller } from '../caller.ts'
import { todayIn } from '../registry/list-store.ts'
import { isOwn } from './access.ts'
import { fitting, searchOf } from './find.ts'
import {
  LAST_HITS_SHOWN,
  MATCHES_MAX,
  WATCHES_MAX,
  type Watch,
  type WatchChange,
  type Watches,
  type WatchHits,
  type WatchInput,
} from './model.ts'
import { isList } from './rules.ts'
import { findWatch, listHits, listLastHits, listWatches, noteHits, type StoredWatch } from './store.ts'
import { wantingNeeds } from './wanted-service.ts'

/** An ended watch can be taken back; after this it is forgotten. */
const REMOVED_DAYS_MAX = 30
/** Of those ended, the last few: each may know thousands of records. */
const REMOVED_KEPT_MAX = 10
const DAY_MS = 86_400_000

const unknownWatch = () =>
  new Fault('not_found', 'There is no such saved search, or it is not yours.', { rule: 'watch.unknown' })

export async function readWatches(tx: Tx, caller: Caller): Promise<z.infer<typeof Watches>> {
  const rows = await listWatches(tx, caller.zoneId, caller.accountId ?? '')
  const { last, found } = await listLastHits(tx, caller, rows, LAST_HITS_SHOWN)
  return {
    rows: rows.map((row) => ({
      ...shownOf(row, found.get(row.watch_id) ?? 0),
      last: (last.get(row.watch_id) ?? []).map(({ watchId: _, ...hit }) => hit),
    })),
  }
}

const shownOf = (row: StoredWatch, found: number): Omit<Watch, 'last'> => ({
  id: row.watch_id,
  kind: row.kind,
  name: row.name,
  search: row.search,
  subjectId: row.subject_id,
  paused: row.paused,
  createdAt: row.created_at.toISOString(),
  found,
})

export async function readHits(tx: Tx, caller: Caller, id: string): Promise<z.infer<typeof WatchHits>> {
  const row = await findWatch(tx, caller.zoneId, id)
  if (!row || !isOwn(caller, row) || row.removed_at) throw unknownWatch()
  const rows = await listHits(tx, caller, [row])
  return { watch: shownOf(row, rows.length), rows: rows.map(({ watchId: _, ...hit }) => hit) }
}

export interface Ordered {
  key?: string | undefined
  rehearse?: boolean
}

/** Watches from now on: what fits already is known and never told. */
export async function addWatch(world: World, caller: Caller, input: WatchInput, ordered: Ordered) {
  const known = isWantedInput(input) ? await wantingNeeds(world, caller, input) : []
  const at = world.clock.now()
  const order = { name: 'watch.add', input, ...ordered, at }
  const { output } = await command(world.database, caller, order, (done) => putWatch(done, caller, input, known))
  return output
}

type WantedInput = Extract<WatchInput, { subjectId: string }>
const isWantedInput = (input: WatchInput): input is WantedInput => 'subjectId' in input

async function putWatch(done: Command, caller: Caller, input: WatchInput, known: readonly string[]) {
  const { tx, at } = done
  await forgetRemoved(tx, caller, at)
  await refuseTooMany(tx, caller)
  const id = newId(at)
  const query = isWantedInput(input) ? {} : searchOf(input.kind, input.query)
  await tx
    .insertInto('watch')
    .values({
      zone_id: caller.zoneId,
      watch_id: id,
      account_id: caller.accountId ?? '',
      kind: input.kind,
      name: input.name,
      query: json(query),
      search: isWantedInput(input) ? '' : input.search,
      subject_id: isWantedInput(input) ? input.subjectId : null,
      created_at: at,
    })
    .execute()
  if (isWantedInput(input)) await noteHits(tx, caller.zoneId, id, known, null)
  else await noteKnown(done, caller, { watch_id: id, kind: input.kind, query })
  done.changed({ subject: { kind: 'watch', id }, action: 'added' })
  return { id }
}

async function forgetRemoved(tx: Tx, { zoneId, accountId }: Caller, at: Date): Promise<void> {
  await sql`delete from watch where zone_id = ${zoneId} and watch_id in (
    select watch_id from (
      select watch_id, removed_at, row_number() over (order by removed_at desc, watch_id) as place
      from watch where zone_id = ${zoneId} and account_id = ${accountId} and removed_at is not null) w
    where place > ${REMOVED_KEPT_MAX} or removed_at < ${new Date(at.getTime() - REMOVED_DAYS_MAX * DAY_MS)})`.execute(
    tx,
  )
}

async function refuseTooMany(tx: Tx, caller: Caller): Promise<void> {
  if ((await listWatches(tx, caller.zoneId, caller.accountId ?? '')).length >= WATCHES_MAX)
    throw new Fault('too_many', 'You watch as many searches as one can.', {
      rule: 'watch.too_many',
      limit: WATCHES_MAX,
      tip: 'End one that you no longer need.',
    })
}

/** Takes note of all that fits now, so that only what comes later is new. */
async function noteKnown(
  { tx, at }: Command,
  caller: Caller,
  { watch_id, kind, query }: Pick<StoredWatch, 'watch_id' | 'kind' | 'query'>,
): Promise<void> {
  if (!isList(kind)) return
  const fits = fitting(tx, caller, kind, query, await todayIn(tx, caller.zoneId, at)).limit(MATCHES_MAX + 1)
  const { numInsertedOrUpdatedRows: noted } = await tx
    .insertInto('watch_hit')
    .columns(['zone_id', 'watch_id', 'record_id'])
    .expression(
      tx
        .selectFrom(fits.as('f'))
        .select([sql<string>`${caller.zoneId}::uuid`.as('zone_id'), sql<string>`${watch_id}::uuid`.as('watch_id')])
        .select('f.id as record_id'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(noted ?? 0) > MATCHES_MAX)
    throw new Fault('too_large', 'More records fit this search than can be watched.', {
      rule: 'watch.too_broad',
      limit: MATCHES_MAX,
      tip: 'Add a filter or a word, and watch that.',
    })
}

/** Renames, pauses or goes on. What came while it was paused is known, or a long pause would end in a flood. */
export async function changeWatch(
  world: World,
  caller: Caller,
  id: string,
  input: z.output<typeof WatchChange>,
  ordered: Ordered,
) {
  const before = await readAs(world.database, caller, (tx) => ownWatch(tx, caller, id))
  const goesOn = before.paused && input.paused === false
  const known = goesOn && before.subject_id ? await wantingNeeds(world, caller, subjectOf(before)) : []
  const order = { name: 'watch.change', input: { watch: id, ...input }, ...ordered, at: world.clock.now() }
  const { output } = await command(world.database, caller, order, async (done) => {
    const row = await ownWatch(done.tx, caller, id, true)
    const change = { ...(input.name ? { name: input.name } : {}), paused: input.paused ?? row.paused }
    await setWatch(done.tx, caller, id, change)
    if (goesOn) {
      await noteHits(done.tx, caller.zoneId, id, known, null)
      await noteKnown(done, caller, row)
    }
    done.changed({ subject: { kind: 'watch', id }, action: 'changed' })
    return { id }
  })
  return output
}

export const subjectOf = ({
  kind,
  subject_id,
}: Pick<StoredWatch, 'kind' | 'subject_id'>): Omit<WantedInput, 'name'> => ({
  kind: kind as WantedInput['kind'],
  subjectId: subject_id!,
})

async function ownWatch(tx: Tx, caller: Caller, id: string, lock = false): Promise<StoredWatch> {
  const row = await findWatch(tx, caller.zoneId, id, lock)
  if (!row || !isOwn(caller, row) || row.removed_at) throw unknownWatch()
  return row
}

async function setWatch(
  tx: Tx,
  caller: Caller,
  id: string,
  change: { name?: string; paused?: boolean; removed_at?: Date | null },
): Promise<void> {
  await tx.updateTable('watch').set(change).where('zone_id', '=', caller.zoneId).where('watch_id', '=', id).execute()
}

export async function removeWatch({ tx, at, changed }: Command, caller: Caller, id: string) {
  await ownWatch(tx, caller, id, true)
  await setWatch(tx, caller, id, { removed_at: at })
  changed({ subject: { kind: 'watch', id }, action: 'removed' })
  return { id }
}

export async function restoreWatch({ tx, changed }: Command, caller: Caller, id: string) {
  const row = await findWatch(tx, caller.zoneId, id, true)
  if (!row || !isOwn(caller, row)) throw unknownWatch()
  if (row.removed_at) {
    await refuseTooMany(tx, caller)
    await setWatch(tx, caller, id, { removed_at: null })
    changed({ subject: { kind: 'watch', id }, action: 'restored' })
  }
  return { id }
}
