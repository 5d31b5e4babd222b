import type { Context } from 'hono'
import type { z } from 'zod'
import { readAs } from '#db/caller.ts'
import { type Command, command } from '#db/command.ts'
import type { Tx } from '#db/db.ts'
import { Fault } from '#kit/fault.ts'
import { sha256 } from '#kit/ids.ts'
import type { World } from '../../world.ts'
import { type Caller, systemCaller } from '../caller.ts'
import { findZone } from '../house/store.ts'
import { textIn } from '../texts.ts'
import { feedXml } from './feed-xml.ts'
import { FEED_ENTRIES_MAX, FEED_TYPE, type FeedMade, type FeedQuery } from './model.ts'
import { FEED_RATE, RateLimit } from './rate-limit.ts'
import { pathOf } from './rules.ts'
import type { Ordered } from './service.ts'
import { type FoundHit, findMember, listHits, listWatches } from './store.ts'
import { holderOf, keepToken, makeToken, openSince, revokeTokens, unknownToken } from './token.ts'
import { KIND_WORDS, LETTER_WORDS } from './words.ts'

export const readFeedState = async (tx: Tx, caller: Caller) => ({
  openSince: await openSince(tx, caller.zoneId, caller.accountId ?? ''),
})

/** The former address ends in the same step. An answer that a key is answered again with holds no address. */
export async function renewFeed(world: World, caller: Caller, ordered: Ordered): Promise<z.infer<typeof FeedMade>> {
  const token = makeToken(caller.zoneId)
  const at = world.clock.now()
  const order = { name: 'watch.renew_feed', input: {}, ...ordered, at }
  const { output, replayed } = await command(world.database, caller, order, async ({ tx }) => {
    const accountId = caller.accountId ?? ''
    await revokeTokens(tx, { zoneId: caller.zoneId, accountId, kind: 'feed' })
    await keepToken(tx, { zoneId: caller.zoneId, accountId, kind: 'feed', token, at })
    return { openSince: at.toISOString() }
  })
  return { ...output, url: replayed || ordered.rehearse ? null : `${world.origin}/api/feeds/${token}` }
}

export async function revokeFeed({ tx }: Command, caller: Caller) {
  await revokeTokens(tx, { zoneId: caller.zoneId, accountId: caller.accountId ?? '', kind: 'feed' })
  return { openSince: null }
}

/** One for each server. */
const limits = new WeakMap<World, RateLimit>()

function refuseTooOften(world: World, token: string, context: Context): void {
  const limit = limits.get(world) ?? new RateLimit(FEED_RATE)
  limits.set(world, limit)
  const refused = limit.count(token, world.clock.now().getTime())
  if (!refused) return
  context.header('Retry-After', String(refused.retrySeconds))
  const rules = { each: 'watch.feed_too_often', all: 'watch.feeds_too_often' } as const
  throw new Fault('too_many', 'Feeds are asked for too often.', {
    rule: rules[refused.hit],
    limit: refused.limit,
    tip: 'Let your reader ask every quarter of an hour.',
  })
}

/** The feed behind a secret address: what the member's watches found, as far as the member may read it now. */
export async function serveFeed(
  world: World,
  token: string,
  query: z.output<typeof FeedQuery>,
  context: Context,
): Promise<Response> {
  refuseTooOften(world, token, context)
  const { zoneId, accountId } = await holderOf(world, token, 'feed')
  const member = await readAs(world.database, systemCaller(zoneId), (tx) => findMember(tx, zoneId, accountId))
  if (!member) throw unknownToken()
  const { caller } = member
  const { zone, hits, names } = await readAs(world.database, caller, async (tx) => {
    const watches = (await listWatches(tx, zoneId, accountId)).filter(
      ({ watch_id }) => query.watch === undefined || watch_id === query.watch,
    )
    return {
      zone: await findZone(tx, zoneId),
      hits: await listHits(tx, caller, watches, FEED_ENTRIES_MAX),
      names: new Map(watches.map(({ watch_id, name }) => [watch_id, name])),
    }
  })
  if (!zone) throw unknownToken()
  const say = LETTER_WORDS[query.language]
  const home = `${world.origin}/${zone.slug}`
  const xml = feedXml({
    title: say.feedTitle(textIn(zone.name, query.language)),
    description: say.feedTell,
    link: `${home}/watches`,
    language: query.language === 'zh' ? 'zh-CN' : 'en',
    entries: byRecord(hits).map((same) => {
      const hit = same[0]!
      const found = [...names].filter(([id]) => same.some(({ watchId }) => watchId === id)).map(([, name]) => name)
      return {
        id: `urn:consortia:${zoneId}:${hit.kind}:${hit.id}`,
        title: textIn(hit.names, query.language) || hit.name,
        text: `${KIND_WORDS[hit.kind][query.language]} · ${[...new Set(found)].join(', ')}`,
        link: `${home}${pathOf(hit.kind, hit.id)}`,
        at: same.at(-1)!.at,
      }
    }),
  })
  return answerUnlessKnown(context, xml, hits[0]?.at)
}

/** A record that two watches found is one entry. */
const byRecord = (hits: readonly FoundHit[]) => [...Map.groupBy(hits, ({ kind, id }) => `${kind}:${id}`).values()]

function answerUnlessKnown(context: Context, xml: string, lastAt: string | undefined): Response {
  const tag = `"${sha256(xml).slice(0, 32)}"`
  const headers: Record<string, string> = { etag: tag, 'x-robots-tag': 'noindex' }
  if (lastAt) headers['last-modified'] = new Date(lastAt).toUTCString()
  const known = context.req.header('if-none-match')
  if (known?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)) return context.body(null, 304, headers)
  return context.body(xml, 200, { ...headers, 'content-type': FEED_TYPE })
}
