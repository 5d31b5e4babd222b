import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { Fault } from '#kit/fault.ts'
import { capabilityKeys, contentOf } from './content-rules.ts'
import { NeedFile, NeedInput } from './model.ts'
import { readNeedFile } from './need-file.ts'

const FILE = {
  title: '低堆叠压力全固态软包电芯',
  problem: { zh: '降到 2 MPa 后跳水。', en: 'It collapses below 2 MPa.' },
  targets: [{ quantity: 'Stack pressure', unit: 'MPa', now: 8, wanted: 2 }],
  trl: { from: 4, to: 7 },
  capabilities: [{ name: 'Sulfide solid electrolyte', weight: 5, critical: true }],
}

/** The issues of a refused file as `path rule`. */
function issuesOf(file: unknown): string[] {
  try {
    readNeedFile(file)
    return []
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return (error.details.issues ?? []).map(({ path, rule, limit }) => `${path} ${rule}${limit ? ` ${limit}` : ''}`)
  }
}

describe('a need file', () => {
  test('of the least that there must be', () => {
    expect(readNeedFile(FILE)).toEqual({
      title: { zh: { text: '低堆叠压力全固态软包电芯', origin: 'typed' } },
      summary: {},
      problem: {
        zh: { text: '降到 2 MPa 后跳水。', origin: 'typed' },
        en: { text: 'It collapses below 2 MPa.', origin: 'typed' },
      },
      tried: {},
      targets: [
        {
          quantity: { en: { text: 'Stack pressure', origin: 'typed' } },
          unit: { en: { text: 'MPa', origin: 'typed' } },
          now: 8,
          wanted: 2,
        },
      ],
      trl: { from: 4, to: 7 },
      capabilities: [
        {
          id: '',
          name: { en: { text: 'Sulfide solid electrolyte', origin: 'typed' } },
          weight: 5,
          critical: true,
          levelWanted: 2,
        },
      ],
      budget: null,
      deadline: null,
      conditions: {},
      circle: 'signed_in',
      fields: [],
      segment: null,
    })
  })

  test('with nulls where there is nothing', () => {
    const nulls = { tried: null, budget: null, deadline: null, conditions: null, summary: null, segment: null }
    expect(issuesOf({ ...FILE, ...nulls, targets: [] })).toEqual([])
  })

  test.each([
    ['a whole amount', { amount: 18000000, currency: 'CNY' }, '1800000000'],
    ['an amount as text', { amount: '18000000.50', currency: 'CNY' }, '1800000050'],
    ['a number with a fraction', { amount: 0.1, currency: 'EUR' }, '10'],
    ['an amount as people write it', { amount: '1,800万元', currency: 'CNY' }, '1800000000'],
    ['a currency without cents', { amount: 5000, currency: 'JPY' }, '5000'],
    ['nothing at all', { amount: 0, currency: 'CNY' }, '0'],
  ])('has a budget of %s', (_says, budget, minor) => {
    expect(readNeedFile({ ...FILE, budget }).budget).toEqual({ minor, currency: budget.currency })
  })

  test.each([
    [
      'a list of kinds is one of each',
      { kinds: ['university', 'company', 'company'] },
      { kinds: { university: 1, company: 1 } },
    ],
    ['a map of kinds says how many', { kinds: { university: 3, fund: 0 } }, { kinds: { university: 3 } }],
    ['regions are named once', { regions: ['澜江市', '澜江市'] }, { regions: ['澜江市'] }],
    ['an empty list asks for nothing', { regions: [], kinds: [] }, {}],
    ['members have a least and a most', { minMembers: 2, maxMembers: 2 }, { minMembers: 2, maxMembers: 2 }],
  ])('has conditions: %s', (_says, conditions, kept) => {
    expect(readNeedFile({ ...FILE, conditions }).conditions).toEqual(kept)
  })

  test.each([
    ['is no object', 'a need', [' object.expected']],
    ['is empty', {}, ['title missing', 'problem missing', 'targets missing', 'trl missing', 'capabilities missing']],
    ['has an empty title', { ...FILE, title: ' ' }, ['title text.missing']],
    ['has a title in no language', { ...FILE, title: {} }, ['title text.missing']],
    [
      'has a title in an unknown language',
      { ...FILE, title: { xx: 'a' } },
      ['title.xx key.unknown', 'title text.missing'],
    ],
    ['has a number as its title', { ...FILE, title: 5 }, ['title invalid_union']],
    ['has too long a title', { ...FILE, title: 'a'.repeat(301) }, ['title string.too_big 300']],
    [
      'has too long a problem in one language',
      { ...FILE, problem: { en: 'a'.repeat(20_001) } },
      ['problem.en string.too_big 20000'],
    ],
    ['has no capability', { ...FILE, capabilities: [] }, ['capabilities array.too_small 1']],
    [
      'has too many capabilities',
      { ...FILE, capabilities: Array.from({ length: 41 }, (_, at) => ({ name: `c${at}` })) },
      ['capabilities array.too_big 40'],
    ],
    [
      'weighs a capability by 6',
      { ...FILE, capabilities: [{ name: 'a', weight: 6, critical: true }] },
      ['capabilities.0.weight number.too_big 5'],
    ],
    [
      'weighs a capability by half',
      { ...FILE, capabilities: [{ name: 'a', weight: 1.5 }] },
      ['capabilities.0.weight int.expected'],
    ],
    [
      'names a capability twice',
      { ...FILE, capabilities: [{ name: 'Ａ b' }, { name: 'a  B' }] },
      ['capabilities.1.name capability.twice'],
    ],
    ['begins at TRL 0', { ...FILE, trl: { from: 0, to: 3 } }, ['trl.from number.too_small 1']],
    ['goes down in TRL', { ...FILE, trl: { from: 7, to: 4 } }, ['trl.to trl.order 7']],
    [
      'wants nothing of a target',
      { ...FILE, targets: [{ quantity: 'a', unit: 'b', now: 1 }] },
      ['targets.0.wanted missing'],
    ],
    [
      'wants what it has',
      { ...FILE, targets: [{ quantity: 'a', unit: 'b', now: '2.0', wanted: 2 }] },
      ['targets.0.wanted target.same'],
    ],
    [
      'has a budget in no currency',
      { ...FILE, budget: { amount: 1, currency: 'XAU' } },
      ['budget.currency money.currency'],
    ],
    ['has a budget in words', { ...FILE, budget: { amount: 'much', currency: 'CNY' } }, ['budget.amount money.format']],
    ['has a budget below zero', { ...FILE, budget: { amount: -1, currency: 'CNY' } }, ['budget.amount money.negative']],
    [
      'has a budget of parts of a cent',
      { ...FILE, budget: { amount: '1.005', currency: 'CNY' } },
      ['budget.amount money.precision 2'],
    ],
    [
      'has a budget beyond all money',
      { ...FILE, budget: { amount: '9'.repeat(30), currency: 'CNY' } },
      ['budget.amount money.size 9223372036854775807'],
    ],
    ['ends on no day', { ...FILE, deadline: '2027-02-30' }, ['deadline date.format']],
    ['has a condition of its own', { ...FILE, conditions: { colour: 'red' } }, ['conditions.colour key.unknown']],
    [
      'has the budget among the conditions',
      { ...FILE, conditions: { budget: 5, minMembers: 2 } },
      ['conditions.budget key.unknown'],
    ],
    ['wants a bank', { ...FILE, conditions: { kinds: { bank: 1 } } }, ['conditions.kinds.bank key.unknown']],
    [
      'wants a list with a bank',
      { ...FILE, conditions: { kinds: ['bank'] } },
      ['conditions.kinds.0 choice.unknown company, university, institute, fund, government, association, other'],
    ],
    [
      'wants more members than it lets in',
      { ...FILE, conditions: { minMembers: 4, maxMembers: 3 } },
      ['conditions.maxMembers members.order 4'],
    ],
    ['wants no members', { ...FILE, conditions: { minMembers: 0 } }, ['conditions.minMembers number.too_small 1']],
    [
      'says something that nobody asked',
      { ...FILE, state: 'open', secret: 1 },
      ['state key.unknown', 'secret key.unknown'],
    ],
    ['names a sponsor by name', { ...FILE, sponsors: ['Own Company'] }, ['sponsors.0 uuid.format']],
  ])('is refused where it %s', (_says, file, issues) => {
    expect(issuesOf(file)).toEqual(issues)
  })
})

const FILE_KEYS = new Set(Object.keys(NeedFile.shape))
test.each(['demo-zone', 'second-zone'])('the needs of %s are need files', (zone) => {
  const path = join(import.meta.dirname, '../../../examples', zone, 'needs.json')
  const examples: (Record<string, unknown> & { key: string; sponsors: unknown })[] = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  for (const { sponsors: _, ...example } of examples) {
    const file = Object.fromEntries(Object.entries(example).filter(([name]) => FILE_KEYS.has(name)))
    expect([example.key, issuesOf(file)]).toEqual([example.key, []])
  }
})

test('a change takes only what it names', () => {
  const facts = { segment: '', deadline: null, targets: [{ quantity: 'a', wanted: '≥ 60' }] } satisfies Partial<
    z.input<typeof NeedInput>
  >
  const { title: _, ...change } = NeedInput.parse({ title: 'a', ...facts })
  expect(contentOf(change)).toEqual({
    segment: null,
    deadline: null,
    targets: [{ quantity: { en: { text: 'a', origin: 'typed' } }, unit: {}, now: null, wanted: '≥ 60' }],
  })
})

test('a capability is known by its folded names in all languages', () => {
  const name = { zh: { text: '固態 電池', origin: 'typed' }, en: { text: ' Solid  State', origin: 'typed' } } as const
  expect(capabilityKeys(name)).toEqual(['固态 电池', 'solid state'])
})
