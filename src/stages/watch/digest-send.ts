import { type SqlBool, sql } from 'kysely'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { present } from '#kit/assert.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { postMail } from '../house/outbox.ts'
import { findZone } from '../house/store.ts'
import { textIn } from '../texts.ts'
import { findDigest } from './digest-service.ts'
import { titlesOf } from './find.ts'
import { type LetterSection, wordDigest } from './letter.ts'
import { lastDueDay } from './rules.ts'
import { type FoundHit, findMember, holdMember, listHits, listWatches } from './store.ts'
import { keepToken, makeToken, revokeTokens } from './token.ts'
import { wantingNeeds } from './wanted-service.ts'

/** A letter counts what is beyond its lines, up to this. */
const TOLD_MAX = 1_000
/** The link of an old letter ends the letters too, for a year. */
const LINK_MS_MAX = 366 * 86_400_000

/** Sends a zone's weekly letters that are due, each once, also where several servers look. Answers how many left. */
export async function sendDigests(world: World, zoneId: string, timeZone: string): Promise<number> {
  const now = world.clock.now()
  const wanted = await readAs(world.database, systemCaller(zoneId), (tx) =>
    tx
      .selectFrom('digest')
      .select(['account_id', 'weekday', 'last_day'])
      .where('zone_id', '=', zoneId)
      .where('is_on', '=', true)
      .orderBy('account_id')
      .execute(),
  )
  let sent = 0
  for (const { account_id: accountId, weekday, last_day: lastDay } of wanted) {
    const due = lastDueDay(now, timeZone, weekday)
    if (lastDay !== null && lastDay >= due) continue
    sent += await sendOne(world, zoneId, accountId, due).catch((err: unknown) => {
      world.log.error({ err, zoneId }, 'A member’s weekly letter could not be written.')
      return 0
    })
  }
  return sent
}

async function sendOne(world: World, zoneId: string, accountId: string, due: string): Promise<number> {
  const member = await readAs(world.database, systemCaller(zoneId), (tx) => findMember(tx, zoneId, accountId))
  if (!member) return 0
  const { caller } = member
  const wanting = caller.organisationId
    ? await wantingNeeds(world, caller, { kind: 'wanted_organisation', subjectId: caller.organisationId })
    : []
  const news = await readAs(world.database, caller, (tx) => readNews(tx, caller, wanting))
  const token = makeToken(zoneId)
  const order = { name: 'watch.send_digest', input: { account: accountId, due }, at: world.clock.now() }
  const { output } = await command(world.database, systemCaller(zoneId), order, async (done) => {
    await holdMember(done.tx, zoneId, accountId)
    if (!(await markSeen(done.tx, zoneId, accountId, due)) || !news.sections.length) return { sent: 0 }
    const digest = present(await findDigest(done.tx, zoneId, accountId), 'the order for a letter')
    const zone = present(await findZone(done.tx, zoneId), 'the zone of a member')
    const language = digest.language === 'en' ? 'en' : 'zh'
    const letter = wordDigest({
      language,
      zone: textIn(zone.name, language),
      home: `${world.origin}/${zone.slug}`,
      reader: member.name,
      sections: news.sections,
    })
    await revokeTokens(done.tx, {
      zoneId,
      accountId,
      kind: 'digest',
      before: new Date(done.at.getTime() - LINK_MS_MAX),
    })
    await keepToken(done.tx, { zoneId, accountId, kind: 'digest', token, at: done.at })
    const link = `${world.origin}/end-letters/${token}`
    await postMail(done, zoneId, { toAddress: member.email, toAccount: accountId, ...letter, link })
    await noteTold(done, caller, news)
    return { sent: 1 }
  })
  return output.sent
}

interface News {
  sections: LetterSection[]
  /** All that this letter sees to, those too that it tells under another watch. */
  hits: readonly FoundHit[]
  needs: string[]
}

/** What is new for a member, each record in one section only: needs that want them first, then by watch. */
async function readNews(tx: Tx, caller: Caller, wanting: readonly string[]): Promise<News> {
  const { zoneId } = caller
  const accountId = caller.accountId ?? ''
  const digest = await findDigest(tx, zoneId, accountId)
  const watches = await listWatches(tx, zoneId, accountId)
  const told = await tx
    .selectFrom('digest_want')
    .select('need_id')
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .execute()
  const known = new Set(told.map(({ need_id }) => need_id))
  const needs = wanting.filter((id) => !known.has(id)).slice(0, TOLD_MAX)
  const titles = await titlesOf(tx, caller, 'need', needs)
  const hits = await listHits(tx, caller, watches, TOLD_MAX, digest ? { undigestedSince: digest.since } : {})
  const sections: LetterSection[] = [
    {
      name: null,
      lines: needs.flatMap((id) => (titles.has(id) ? [{ kind: 'need' as const, id, ...titles.get(id)! }] : [])),
    },
    ...watches.map(({ watch_id, name }) => ({ name, lines: hits.filter(({ watchId }) => watchId === watch_id) })),
  ]
  const seen = new Set<string>()
  const once = sections.map(({ name, lines }) => ({
    name,
    lines: lines.filter(({ kind, id }) => !seen.has(`${kind}:${id}`) && seen.add(`${kind}:${id}`)),
  }))
  return {
    sections: once.filter(({ lines }) => lines.length > 0),
    hits,
    needs,
  }
}

/** Whether this server is the first to see to the letter of that day. */
async function markSeen(tx: Tx, zoneId: string, accountId: string, due: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('digest')
    .set({ last_day: due })
    .where('zone_id', '=', zoneId)
    .where('account_id', '=', accountId)
    .where('is_on', '=', true)
    .where(sql<SqlBool>`(last_day is null or last_day < ${due})`)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function noteTold({ tx, at }: Command, caller: Caller, { hits, needs }: News): Promise<void> {
  const { zoneId } = caller
  const [watches, records] = [hits.map(({ watchId }) => watchId), hits.map(({ id }) => id)]
  await sql`update watch_hit h set digested_at = ${at}
    from unnest(${watches}::uuid[], ${records}::uuid[]) as t (watch_id, record_id)
    where h.zone_id = ${zoneId} and h.watch_id = t.watch_id and h.record_id = t.record_id`.execute(tx)
  await sql`insert into digest_want (zone_id, account_id, need_id, at)
    select ${zoneId}::uuid, ${caller.accountId}, id, ${at}::timestamptz from unnest(${needs}::uuid[]) as id
    on conflict do nothing`.execute(tx)
}
