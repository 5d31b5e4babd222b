import { describe, expect, it } from 'vitest'
import { builtInPacks, packFor } from '#engines/rules/catalogue.ts'
import { conditionsOfPacks, type PackFacts, type PacksAsked } from './pack-rules.ts'
import { compilePacks } from './pack-thread.ts'

const DATE = '2026-11-22'
const KINDS = ['company', 'university', 'institute', 'fund']
const COUNTRIES = ['CN', 'DE', 'FR', null]
const ids = Array.from({ length: 400 }, (_, at) => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`)
const facts = new Map<string, PackFacts>(
  ids.map((id, at) => [
    id,
    {
      kind: KINDS[at % KINDS.length]!,
      size: at % 5 ? 'small' : null,
      country: COUNTRIES[at % COUNTRIES.length] ?? null,
      city: at % 3 ? '芜湖市' : null,
      registered: at % 2 === 0,
      titles: at % 7 ? [] : ['链主企业'],
      revenueMinor: at % 4 ? null : BigInt(at) * 1_000_000_000n,
    },
  ]),
)
const asked = (...names: string[]): PacksAsked => ({
  packs: names.map((name) => packFor(name, DATE)),
  date: DATE,
  facts,
})
const teams = [
  ...new Set(
    builtInPacks()
      .filter(({ form }) => form.about === 'team')
      .map(({ form }) => form.id),
  ),
]
const inThread = { inlineMax: 0 }

describe('Packs as conditions, in a thread', () => {
  it.each(teams)('are the same as without one: %s', async (name) => {
    const task = { asked: asked(name), ids, waived: [] }
    expect(await compilePacks(task, inThread)).toEqual(conditionsOfPacks(task.asked, ids, []))
  })

  it('are the same for several packs with a row set aside', async () => {
    const waived = ['cn/jiebang-guashuai:partners']
    const task = { asked: asked('cn/jiebang-guashuai', 'eu/horizon-europe'), ids, waived }
    expect(await compilePacks(task, inThread)).toEqual(conditionsOfPacks(task.asked, ids, waived))
  })

  it('end when they are cancelled, before or in the middle', async () => {
    const task = { asked: asked('eu/horizon-europe'), ids, waived: [] }
    await expect(compilePacks(task, { ...inThread, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    })
    const stop = new AbortController()
    const running = compilePacks(task, { ...inThread, signal: stop.signal })
    stop.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled', details: { rule: 'cover.cancelled' } })
  })

  it('end at their limit', async () => {
    const task = { asked: asked('eu/horizon-europe'), ids, waived: [] }
    await expect(compilePacks(task, { ...inThread, secondsMax: 0 })).rejects.toMatchObject({
      code: 'out_of_time',
      details: { rule: 'cover.out_of_time', limit: 0 },
    })
  })
})
