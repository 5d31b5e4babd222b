import { sql } from 'kysely'
import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { NIL_ID } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { postNotice } from '../house/outbox.ts'
import { startRounds } from '../house/rounds.ts'
import { findZone } from '../house/store.ts'
import { todayIn } from '../registry/list-store.ts'
import { sendDigests } from './digest-send.ts'
import { findNew, titlesOf } from './find.ts'
import { type Found, isList, noticesFor, pathOf } from './rules.ts'
import { subjectOf } from './service.ts'
import { findMember, findWatch, holdMember, listWatchers, listWatches, noteHits, type StoredWatch } from './store.ts'
import { wantingNeeds } from './wanted-service.ts'

/** What one look takes in for one watch; the next takes the rest. */
const FOUND_AT_ONCE_MAX = 500
const LOOK_MS = 5_000

/** Up to where of its chain, and on which day, each zone was last looked through. */
export type Looked = Map<string, { seq: bigint; day: string }>
/** Only these commands change what fits a search, or who may see it. */
const MOVING_COMMANDS =
  '^(registry|imports|demo|needs)\\.|^match\\.(judge|withdraw)|^house\\.change_member|^watch\\.restore'

/** Looks through every zone for what its members watch, tells them, and sends the letters that are due. */
export async function lookForAll(world: World, looked: Looked = new Map()): Promise<void> {
  const nobody = { zoneId: NIL_ID, accountId: null, role: 'stranger', organisationId: null }
  const zones = await readAs(world.database, nobody, (tx) =>
    tx.selectFrom('zone').select(['id', 'time_zone']).orderBy('id').execute(),
  )
  for (const zone of zones) {
    await lookInZone(world, zone.id, looked)
    await sendDigests(world, zone.id, zone.time_zone)
  }
}

export async function lookInZone(world: World, zoneId: string, looked: Looked = new Map()): Promise<void> {
  const server = systemCaller(zoneId)
  const seen = await readAs(world.database, server, (tx) => seenOf(tx, zoneId, world.clock.now(), looked.get(zoneId)))
  if (seen.moved) {
    const watchers = await readAs(world.database, server, (tx) => listWatchers(tx, zoneId))
    // What one member's watch runs into is no reason to tell the others nothing.
    for (const member of watchers)
      await lookFor(world, member).catch((err: unknown) =>
        world.log.error({ err, zoneId }, 'A member’s saved searches could not be looked through.'),
      )
  }
  looked.set(zoneId, seen)
}

/** How far the zone's chain has come, and whether anything since `before` could be news. */
async function seenOf(tx: Tx, zoneId: string, at: Date, before: { seq: bigint; day: string } | undefined) {
  const head = await tx.selectFrom('journal_head').select('seq').where('zone_id', '=', zoneId).executeTakeFirst()
  const seen = { seq: head?.seq ?? 0n, day: await todayIn(tx, zoneId, at) }
  // A need may end by the day alone.
  if (before?.day !== seen.day) return { ...seen, moved: true }
  const { rows } = await sql`select 1 from journal where zone_id = ${zoneId} and seq > ${before.seq}
    and command ~ ${MOVING_COMMANDS} limit 1`.execute(tx)
  return { ...seen, moved: rows.length > 0 }
}

/** Looks for one member, with that member's eyes, and tells what is new. Answers how many notices were posted. */
export async function lookFor(world: World, member: Caller): Promise<number> {
  const watches = await readAs(world.database, member, (tx) => listWatches(tx, member.zoneId, member.accountId ?? ''))
  const news: { watch: StoredWatch; ids: string[] }[] = []
  for (const watch of watches) {
    if (watch.paused) continue
    const ids = await findFor(world, member, watch)
    if (ids.length) news.push({ watch, ids })
  }
  return news.length ? tellNews(world, member, news) : 0
}

async function findFor(world: World, member: Caller, watch: StoredWatch): Promise<string[]> {
  const { zoneId } = member
  if (!isList(watch.kind)) {
    const wanting = await wantingNeeds(world, member, subjectOf(watch)).catch((error: unknown) => {
      // The organisation or result is gone, or is a stranger's now: nothing wants it.
      world.log.debug({ err: error, watch: watch.watch_id }, 'What wants a watched record could not be told.')
      return []
    })
    return readAs(world.database, member, async (tx) => {
      const known = await tx
        .selectFrom('watch_hit')
        .select('record_id')
        .where('zone_id', '=', zoneId)
        .where('watch_id', '=', watch.watch_id)
        .execute()
      const ids = new Set(known.map(({ record_id }) => record_id))
      return wanting.filter((id) => !ids.has(id)).slice(0, FOUND_AT_ONCE_MAX)
    })
  }
  const { kind } = watch
  return readAs(world.database, member, async (tx) =>
    findNew(tx, member, { ...watch, kind }, await todayIn(tx, zoneId, world.clock.now()), FOUND_AT_ONCE_MAX),
  )
}

/**
 * Takes note of what is new and posts the notices in the same transaction, one member at a time: whichever server comes
 * second finds it noted, and says nothing.
 */
async function tellNews(
  world: World,
  member: Caller,
  news: readonly { watch: StoredWatch; ids: readonly string[] }[],
): Promise<number> {
  const { zoneId } = member
  const accountId = member.accountId ?? ''
  const input = { account: accountId, watches: news.map(({ watch, ids }) => ({ watch: watch.watch_id, found: ids })) }
  const order = { name: 'watch.tell', input, at: world.clock.now() }
  const { output } = await command(world.database, systemCaller(zoneId), order, async (done) => {
    await holdMember(done.tx, zoneId, accountId)
    const found: Found[] = []
    for (const { watch, ids } of news) {
      // It may have been ended, or its member may have left, while it was looked for.
      const stands = await findWatch(done.tx, zoneId, watch.watch_id)
      if (!stands || stands.removed_at || stands.paused || !(await findMember(done.tx, zoneId, accountId))) continue
      for (const recordId of await noteHits(done.tx, zoneId, watch.watch_id, ids, done.at))
        found.push({ watchId: watch.watch_id, name: stands.name, kind: watch.kind, recordId })
    }
    const zone = await findZone(done.tx, zoneId)
    const notices = noticesFor(found)
    for (const { about, record, names, count } of notices) {
      // A need's title stays out of the notice, which has no circle of its own.
      const titled =
        record && record.kind !== 'need'
          ? (await titlesOf(done.tx, systemCaller(zoneId), record.kind, [record.id])).get(record.id)
          : undefined
      const said = record ? (titled ? [titled.name] : []) : [String(count)]
      await postNotice(done, zoneId, {
        toAccount: accountId,
        subject: `notice.${about}`,
        body: [...said, names.join(', ')].join(' · '),
        link: `/${zone?.slug}${record ? pathOf(record.kind, record.id) : '/watches'}`,
      })
    }
    return { notices: notices.length }
  })
  return output.notices
}

/** Looks now and every few seconds, as long as the server runs. Answers how to stop; what is under way then ends first. */
export function startLooking(world: World): () => Promise<void> {
  const looked: Looked = new Map()
  return startRounds(world, LOOK_MS, 'Saved searches could not be looked through.', () => lookForAll(world, looked))
}
