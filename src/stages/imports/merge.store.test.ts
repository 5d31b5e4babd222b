import fc from 'fast-check'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { json } from '#db/db.ts'
import { openWorld, type TestWorld } from '#testing'
import { type FactState, type Fields, mergeImport } from '../registry/rules.ts'
import { overlayFact } from './rules.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openWorld()
})

const AT = '2026-11-22T08:00:00.000Z'
const BY = { importId: 'b', at: AT }

interface Merged {
  changes: Record<string, { from: unknown; to: unknown }>
  told: Record<string, { from: unknown; to: unknown }>
  says: FactState['sourceSays']
}

/** What the database makes of many cases at once. */
async function mergeInDatabase(cases: readonly Case[]): Promise<(Merged | null)[]> {
  return world.within(async (tx) => {
    const { rows } = await sql<{ merged: Merged | null }>`
      select merge_import(c.standing, c.edited, c.says, c.said, ${BY.importId}, ${BY.at}) as merged
      from jsonb_array_elements(${json(cases)}) with ordinality e (value, place),
        jsonb_to_record(e.value) as c (standing jsonb, edited jsonb, says jsonb, said jsonb)
      order by e.place`.execute(tx)
    return rows.map((row) => row.merged)
  })
}

interface Case {
  standing: Fields
  edited: FactState['edited']
  says: FactState['sourceSays']
  said: Fields
}

/** The rule in the registry's words: texts are laid over what stands, language by language, and merged. */
function mergeByRule({ standing, edited, says, said }: Case) {
  const laid = Object.fromEntries(
    Object.entries(said).map(([fact, value]) => [fact, overlayFact(standing[fact], value)]),
  )
  const kept = Object.fromEntries(Object.entries(laid).filter(([fact]) => !isNothing(said[fact])))
  return mergeImport(standing, { edited, sourceSays: says }, kept, BY)
}
const isNothing = (value: unknown) =>
  value === null || value === '' || (typeof value === 'object' && Object.keys(value as object).length === 0)

const language = fc.constantFrom('zh', 'en', 'de')
const texts = fc.dictionary(
  language,
  fc.record({ text: fc.constantFrom('甲', 'A', 'B'), origin: fc.constantFrom('typed', 'imported') }),
  { maxKeys: 3 },
)
const money = fc.record({ minor: fc.constantFrom('1', '200', '-7'), currency: fc.constantFrom('CNY', 'EUR') })
const contact = fc.dictionary(fc.constantFrom('name', 'email', 'phone'), fc.constantFrom('x', 'y'), { maxKeys: 3 })
const value: Record<string, fc.Arbitrary<unknown>> = {
  names: texts,
  summary: texts,
  city: fc.constantFrom('', '苏州', 'Wien', null),
  staff: fc.constantFrom(null, 0, 1, 250),
  latitude: fc.constantFrom(null, 0.1, 48.2082, -33.5),
  titles: fc.array(fc.constantFrom('SME', '高新'), { maxLength: 3 }),
  revenue: fc.option(money),
  contact,
}
const facts = fc.record(value, { requiredKeys: [] }) as fc.Arbitrary<Fields>
const edited = fc.dictionary(fc.constantFrom(...Object.keys(value)), fc.constant({ at: AT, who: 'ann' }), {
  maxKeys: 4,
})
const says = facts.map((said) =>
  Object.fromEntries(
    Object.entries(said).map(([fact, value]) => [fact, { value, importId: 'a', at: AT, answered: true }]),
  ),
)
const cases: fc.Arbitrary<Case> = fc.record({ standing: facts, edited, says, said: facts })

describe('a file’s words against what stands', () => {
  it('are merged in the database by the rule of the registry', async () => {
    const sample = fc.sample(cases, { numRuns: 3_000, seed: 20_261_122 })
    const merged = await mergeInDatabase(sample)
    for (const [at, each] of sample.entries()) {
      const expected = mergeByRule(each)
      const found = merged[at]
      expect(found !== null, JSON.stringify(each)).toBe(expected.changed)
      if (!found) continue
      const to = Object.fromEntries(Object.entries(found.changes).map(([fact, change]) => [fact, change.to]))
      expect(to, JSON.stringify(each)).toEqual(expected.changes)
      expect(found.says, JSON.stringify(each)).toEqual(expected.facts.sourceSays)
    }
  })

  it('taken once, change nothing the second time', async () => {
    const sample = fc.sample(cases, { numRuns: 1_000, seed: 7 })
    const once = await mergeInDatabase(sample)
    const after = sample.map((each, at) => {
      const merged = once[at]
      if (!merged) return each
      const to = Object.fromEntries(Object.entries(merged.changes).map(([fact, change]) => [fact, change.to]))
      return { ...each, standing: { ...each.standing, ...to }, says: merged.says }
    })
    expect((await mergeInDatabase(after)).filter(Boolean)).toEqual([])
  })

  it.each<[string, Case, Partial<Merged> | null]>([
    [
      'fill what is empty',
      { standing: { city: null }, edited: {}, says: {}, said: { city: 'Wien' } },
      { changes: { city: { from: null, to: 'Wien' } }, told: {}, says: {} },
    ],
    [
      'that are empty leave what stands',
      { standing: { city: 'Wien' }, edited: {}, says: {}, said: { city: '' } },
      null,
    ],
    [
      'are told beside what a person has set',
      { standing: { staff: 5 }, edited: { staff: { at: AT, who: 'ann' } }, says: {}, said: { staff: 9 } },
      { changes: {}, told: { staff: { from: 5, to: 9 } }, says: { staff: { value: 9, importId: 'b', at: AT } } },
    ],
    [
      'told before are not told again',
      {
        standing: { staff: 5 },
        edited: { staff: { at: AT, who: 'ann' } },
        says: { staff: { value: 9, importId: 'a', at: AT } },
        said: { staff: 9 },
      },
      null,
    ],
    [
      'in one language leave the other languages',
      {
        standing: { names: { zh: { text: '甲', origin: 'typed' } } },
        edited: {},
        says: {},
        said: { names: { en: { text: 'A', origin: 'imported' } } },
      },
      {
        changes: {
          names: {
            from: { zh: { text: '甲', origin: 'typed' } },
            to: { zh: { text: '甲', origin: 'typed' }, en: { text: 'A', origin: 'imported' } },
          },
        },
      },
    ],
    [
      'that a person typed in the same letters are no news',
      {
        standing: { names: { zh: { text: '甲', origin: 'typed' } } },
        edited: {},
        says: {},
        said: { names: { zh: { text: '甲', origin: 'imported' } } },
      },
      null,
    ],
  ])('%s', async (_says, each, expected) => {
    const [merged] = await mergeInDatabase([each])
    if (expected === null) expect(merged).toBeNull()
    else expect(merged).toMatchObject(expected)
  })
})
