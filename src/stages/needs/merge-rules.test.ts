import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capabilityKeys, EMPTY_CONTENT, type NeedContent } from './content-rules.ts'
import { uniteCapabilities, uniteNeeds } from './merge-rules.ts'
import type { Capability } from './model.ts'

const text = (en: string) => ({ en: { text: en, origin: 'typed' as const } })
const both = (zh: string, en: string) => ({ zh: { text: zh, origin: 'typed' as const }, ...text(en) })
const capability = (name: Capability['name'], weight = 3, critical = false, levelWanted = 2): Capability => ({
  id: 'kept',
  name,
  weight,
  critical,
  levelWanted,
})

describe('capabilities of several needs', () => {
  test('of the same folded name become one, with the strongest of each', () => {
    expect(
      uniteCapabilities([
        capability(both('硫化氢泄漏监测', 'Leak monitoring'), 2, true, 1),
        capability(text('Anode'), 4),
        capability(both('硫化氫洩漏監測', 'H2S leak monitoring'), 5, false, 3),
      ]),
    ).toEqual([
      { id: '', name: both('硫化氢泄漏监测', 'Leak monitoring'), weight: 5, critical: true, levelWanted: 3 },
      { id: '', name: text('Anode'), weight: 4, critical: false, levelWanted: 2 },
    ])
  })

  test('are joined by one that shares a name with both', () => {
    const united = uniteCapabilities([
      capability({ zh: { text: '包覆', origin: 'typed' } }, 1),
      capability(text('Coating'), 2),
      capability(both('包覆', 'Coating'), 3),
    ])
    expect(united).toEqual([{ id: '', name: both('包覆', 'Coating'), weight: 3, critical: false, levelWanted: 2 }])
  })

  const spellings = [
    ['负极', '負極', 'Anode', 'ＡＮＯＤＥ'],
    ['正极', '正極', 'Cathode', 'cathode'],
    ['烧结', '燒結', 'Sintering', 'sintering '],
    ['包覆', '包覆', 'Coating', 'COATING'],
  ] as const
  const someCapability = fc.record({
    id: fc.constant('kept'),
    name: fc
      .tuple(fc.constantFrom(...spellings), fc.boolean(), fc.constantFrom('zh', 'en', 'both'))
      .map(([[simplified, traditional, plain, other], odd, languages]) => {
        const name = both(odd ? traditional : simplified, odd ? other : plain)
        return languages === 'both' ? name : languages === 'zh' ? { zh: name.zh } : { en: name.en }
      }),
    weight: fc.integer({ min: 1, max: 5 }),
    critical: fc.boolean(),
    levelWanted: fc.integer({ min: 1, max: 3 }),
  })
  test('lose nothing, share no name, and are the same again when united again', () => {
    fc.assert(
      fc.property(fc.array(someCapability, { maxLength: 12 }), (all) => {
        const united = uniteCapabilities(all)
        const heirOf = ({ name }: Capability) => {
          const keys = capabilityKeys(name)
          return united.filter((one) => capabilityKeys(one.name).some((key) => keys.includes(key)))
        }
        for (const one of all) {
          const heirs = heirOf(one)
          expect(heirs.length).toBeGreaterThan(0)
          expect(Math.max(...heirs.map(({ weight }) => weight))).toBeGreaterThanOrEqual(one.weight)
          expect(heirs.some(({ critical }) => critical) || !one.critical).toBe(true)
          expect(Math.max(...heirs.map(({ levelWanted }) => levelWanted))).toBeGreaterThanOrEqual(one.levelWanted)
        }
        const keys = united.flatMap(({ name }) => capabilityKeys(name))
        expect(new Set(keys).size).toBe(keys.length)
        expect(uniteCapabilities(united)).toEqual(united)
        expect(uniteCapabilities([...all, ...all])).toEqual(united)
      }),
      { seed: 20261122, numRuns: 300 },
    )
  })
})

describe('a joint need', () => {
  const first: NeedContent = {
    ...EMPTY_CONTENT,
    title: both('电站预警', 'Plant warning'),
    summary: text('For plants.'),
    problem: text('A secret of the first.'),
    tried: text('Another secret.'),
    targets: [{ quantity: text('Lead time'), unit: text('h'), now: 1, wanted: 24 }],
    trl: { from: 5, to: 7 },
    capabilities: [capability(text('Gas sensing'))],
    budget: { minor: '100', currency: 'CNY' },
    deadline: '2027-09-30',
    conditions: { regions: ['澜江市'], minMembers: 3, maxMembers: 7, kinds: { company: 2 } },
    circle: 'public',
    fields: ['sensing', 'safety'],
    segment: 'sensing',
  }
  const second: NeedContent = {
    ...first,
    title: text('Cabinet warning'),
    summary: text('For cabinets.'),
    trl: { from: 4, to: 6 },
    budget: { minor: '50', currency: 'CNY' },
    deadline: '2027-06-30',
    conditions: { minMembers: 2, maxMembers: 5, kinds: { company: 1, university: 1 } },
    circle: 'signed_in',
    fields: ['safety', 'cabinets'],
  }

  test('keeps what all of them can live with, and nobody’s private text', () => {
    expect(uniteNeeds([first, second])).toEqual({
      ...EMPTY_CONTENT,
      title: {
        zh: { text: '电站预警 + Cabinet warning', origin: 'typed' },
        en: { text: 'Plant warning + Cabinet warning', origin: 'typed' },
      },
      summary: text('For plants.\n\nFor cabinets.'),
      targets: first.targets,
      trl: { from: 4, to: 7 },
      capabilities: [{ ...capability(text('Gas sensing')), id: '' }],
      budget: { minor: '150', currency: 'CNY' },
      deadline: '2027-06-30',
      conditions: { minMembers: 3, maxMembers: 7, kinds: { company: 2, university: 1 } },
      circle: 'signed_in',
      fields: ['sensing', 'safety', 'cabinets'],
      segment: 'sensing',
    })
  })

  test.each([
    ['budgets of two currencies stay open', { budget: { minor: '50', currency: 'EUR' } }, { budget: null }],
    ['a budget that only one states stands', { budget: null }, { budget: { minor: '100', currency: 'CNY' } }],
    ['two segments are none', { segment: 'cells' }, { segment: null }],
    ['a deadline that only one states stands', { deadline: null }, { deadline: '2027-09-30' }],
    ['the narrowest circle holds', { circle: 'members' as const }, { circle: 'members' }],
    [
      'regions of both add up',
      { conditions: { regions: ['临海市'] } },
      { conditions: { regions: ['澜江市', '临海市'], minMembers: 3, kinds: { company: 2 } } },
    ],
    [
      'targets stand one after the other',
      { targets: [{ ...first.targets[0]!, wanted: 48 }] },
      { targets: [...first.targets, { ...first.targets[0]!, wanted: 48 }] },
    ],
    ['without any TRL there is none', { trl: null }, { trl: { from: 5, to: 7 } }],
  ] satisfies [string, Partial<NeedContent>, Partial<NeedContent>][])('%s', (_says, change, united) => {
    expect(uniteNeeds([first, { ...second, ...change }])).toMatchObject(united)
  })
})
