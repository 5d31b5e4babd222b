import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { NIL_ID } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { postNotice } from '../house/outbox.ts'
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

/** What each zone's chain had come to when it was last looked through: nothing was written since, so nothing is new. */
export type Looked = Map<string, string>

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
  const seen = await readAs(world.database, server, async (tx) => {
    const head = await tx.selectFrom('journal_head').select('seq').where('zone_id', '=', zoneId).executeTakeFirst()
    // A need may end by the day alone.
    return `${head?.seq ?? 0} ${await todayIn(tx, zoneId, world.clock.now())}`
  })
  if (looked.get(zoneId) === seen) return
  const watchers = await readAs(world.database, server, (tx) => listWatchers(tx, zoneId))
  for (const member of watchers) await lookFor(world, member)
  looked.set(zoneId, seen)
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
  let running: Promise<unknown> | undefined
  const run = () => {
    running ??= lookForAll(world, looked)
      .catch((err: unknown) => world.log.error({ err }, 'Saved searches could not be looked through.'))
      .finally(() => {
        running = undefined
      })
  }
  run()
  const timer = setInterval(run, LOOK_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
