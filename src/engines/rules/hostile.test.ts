import { describe, expect, test } from 'vitest'
import { Fault } from '#kit/fault.ts'
import { packFor } from './catalogue.ts'
import { checkTeam } from './check.ts'
import { compileTeam } from './compile.ts'
import { readFacts, readMemberFacts, readTeamFacts } from './facts.ts'
import { CANDIDATES_MAX, MEMBERS_MAX, PACK_DEPTH_MAX, PACK_NODES_MAX, ROWS_MAX } from './model.ts'
import { readPack } from './pack.ts'
import { previewPack, SUBJECTS_MAX } from './preview.ts'
import { checkFacts } from './run.ts'

const words = { zh: '某事', en: 'something' }
const unit = words
const money = { name: 'money', of: 'organisation', type: 'number', unit, words, min: 0 }
const share = { name: 'share', of: 'organisation', type: 'number', unit, words }
const colour = { name: 'colour', of: 'organisation', type: 'choice', choices: ['red', 'blue'], words }
const row = {
  id: 'row',
  of: 'organisation',
  form: 'sum',
  terms: [{ fact: 'money' }],
  compare: 'at_least',
  threshold: 1,
  unit,
  source: 'a document',
  certainty: 'A',
  basis: 'text',
  words,
}
const pack = {
  id: 'local/test/pack',
  version: '1',
  about: 'organisation',
  title: words,
  source: { title: words },
  effective: { from: '2026-01-01' },
  facts: [money, share, colour],
  rows: [row],
}

function refusalOf(run: () => unknown): string | undefined {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [error.details.rule, ...(error.details.issues ?? []).map(({ path, rule }) => `${path} ${rule}`)].join('; ')
  }
  return undefined
}

const nested = (depth: number): unknown => {
  let condition: unknown = { form: 'exists', fact: 'colour', is: ['red'] }
  for (let at = 0; at < depth; at++)
    condition = { form: 'count', conditions: [condition], compare: 'at_least', threshold: 1 }
  return condition
}
const derived = (name: string, uses: string) => ({ name, of: 'organisation', unit, words, sum: [{ fact: uses }] })
const { terms: _terms, compare: _compare, threshold: _threshold, ...plainRow } = row
const ratioRow = {
  ...row,
  form: 'ratio',
  part: [{ fact: 'money' }],
  whole: [{ fact: 'money' }],
  unit: { zh: '%', en: '%' },
}

test('the pack that the cases below break is sound', () => {
  expect(refusalOf(() => readPack(pack))).toBeUndefined()
  expect(refusalOf(() => readPack({ ...pack, rows: [{ ...ratioRow, terms: undefined }] }))).toContain(
    'rows.0.terms key.unknown',
  )
})

test.each([
  ['nothing', null, 'invalid_type'],
  ['a list', [], 'invalid_type'],
  ['a key of its own', { ...pack, script: 'x' }, 'script key.unknown'],
  ['a prototype', JSON.parse('{"__proto__": {"id": "x"}}'), '__proto__ key.unknown'],
  ['a fact named as a prototype', { ...pack, facts: [{ ...money, name: '__proto__' }] }, 'facts.0.name invalid_format'],
  ['an id of another shape', { ...pack, id: '../etc/passwd' }, 'id invalid_format'],
  ['a day that is none', { ...pack, effective: { from: '2026-02-30' } }, 'effective.from invalid_format'],
  [
    'an end before its beginning',
    { ...pack, effective: { from: '2026-01-02', to: '2026-01-01' } },
    'rules.pack.effective',
  ],
  ['no rows', { ...pack, rows: [] }, 'rows too_small'],
  [
    'too many rows',
    { ...pack, rows: Array.from({ length: ROWS_MAX + 1 }, (_, at) => ({ ...row, id: `r${at}` })) },
    'rows too_big',
  ],
  ['too many nodes', { ...pack, rows: Array.from({ length: PACK_NODES_MAX }, () => row) }, 'rules.pack.nodes'],
  ['a list without end', { ...pack, rows: Array.from({ length: 3_000_000 }) }, 'rules.pack.nodes'],
  ['conditions in conditions', { ...pack, rows: [{ ...row, when: [nested(PACK_DEPTH_MAX)] }] }, 'rules.pack.depth'],
  ['conditions without end', { ...pack, rows: [{ ...row, when: [nested(100_000)] }] }, 'rules.pack.depth'],
  ['a threshold of 1e308', { ...pack, rows: [{ ...row, threshold: 1e308 }] }, 'rows.0.threshold too_big'],
  [
    'a threshold that is no number',
    { ...pack, rows: [{ ...row, threshold: Number.NaN }] },
    'rows.0.threshold invalid_type',
  ],
  ['a form of its own', { ...pack, rows: [{ ...row, form: 'regex', pattern: '(a+)+$' }] }, 'rows.0.form invalid_value'],
  ['the same row twice', { ...pack, rows: [row, row] }, 'rows.1 rules.pack.name_twice'],
  ['the same fact twice', { ...pack, facts: [money, share, colour, money] }, 'facts.3 rules.pack.name_twice'],
  [
    'a fact that is not there',
    { ...pack, rows: [{ ...row, terms: [{ fact: 'gold' }] }] },
    'terms.0.fact rules.pack.fact_unknown',
  ],
  [
    'a sum of colours',
    { ...pack, rows: [{ ...row, terms: [{ fact: 'colour' }] }] },
    'terms.0.fact rules.pack.fact_type',
  ],
  [
    'a colour that is none',
    { ...pack, rows: [{ ...row, when: [{ form: 'exists', fact: 'colour', is: ['green'] }] }] },
    'rules.pack.value_unknown',
  ],
  [
    'a colour that is true',
    { ...pack, rows: [{ ...row, when: [{ form: 'exists', fact: 'colour', is: true }] }] },
    'rules.pack.value_type',
  ],
  [
    'any colour',
    { ...pack, rows: [{ ...row, when: [{ form: 'exists', fact: 'colour' }] }] },
    'rules.pack.values_missing',
  ],
  ['a sum of itself', { ...pack, derived: [derived('loop', 'loop')] }, 'rules.pack.circle'],
  [
    'sums in a circle',
    { ...pack, derived: [derived('a', 'b'), derived('b', 'c'), derived('c', 'a')] },
    'rules.pack.circle',
  ],
  ['a row of a team', { ...pack, rows: [{ ...row, of: 'team' }] }, 'rows.0.of rules.pack.of'],
  ['members of one organisation', { ...pack, rows: [{ ...row, of: 'team', members: [] }] }, 'rules.pack.of'],
  ['certainty without a basis', { ...pack, rows: [{ ...row, basis: 'recalled' }] }, 'rows.0.basis rules.pack.basis'],
  [
    'steps out of order',
    {
      ...pack,
      rows: [
        {
          ...row,
          terms: [
            {
              fact: 'money',
              below: 0,
              steps: [
                { from: 2, points: 1 },
                { from: 1, points: 2 },
              ],
            },
          ],
        },
      ],
    },
    'rules.pack.steps',
  ],
  [
    'a count of halves',
    { ...pack, rows: [{ ...plainRow, form: 'count', conditions: [], compare: 'at_least', threshold: 0.5 }] },
    'rules.pack.count',
  ],
])('a pack with %s is refused', (_says, value, rule) => {
  expect(refusalOf(() => readPack(value))).toContain(rule)
})

test('a ratio is to something that is never negative, and in percent', () => {
  const { terms: _, ...ratio } = ratioRow
  expect(refusalOf(() => readPack({ ...pack, rows: [ratio] }))).toBeUndefined()
  expect(refusalOf(() => readPack({ ...pack, rows: [{ ...ratio, whole: [{ fact: 'share' }] }] }))).toContain(
    'rules.pack.whole',
  )
  expect(refusalOf(() => readPack({ ...pack, rows: [{ ...ratio, whole: [] }] }))).toContain('rules.pack.whole')
  expect(refusalOf(() => readPack({ ...pack, rows: [{ ...ratio, unit: words }] }))).toContain('rules.pack.percent')
})

test('figures that use one another twice at each of many steps are computed once each', () => {
  const chain = Array.from({ length: 100 }, (_, at) => {
    const fact = at === 0 ? 'money' : `f${at - 1}`
    return {
      name: `f${at}`,
      of: 'organisation',
      unit,
      words,
      sum: [
        { fact, times: 0.5 },
        { fact, times: 0.5 },
      ],
    }
  })
  const read = readPack({ ...pack, derived: chain, rows: [{ ...row, terms: [{ fact: 'f99' }], threshold: 7 }] })
  expect(checkFacts(read, { money: 7 }, '2026-05-01')).toMatchObject({ eligible: true, reasons: [{ have: 7 }] })
})

describe('facts', () => {
  const read = readPack(pack)
  test.each([
    ['nothing', null, ' rules.fact.record'],
    ['a list', [1], ' rules.fact.record'],
    ['a name that is not there', { revenu: 1 }, 'revenu rules.fact.unknown'],
    ['a prototype', JSON.parse('{"__proto__": 1}'), '__proto__ rules.fact.unknown'],
    ['a constructor', { constructor: 1 }, 'constructor rules.fact.unknown'],
    ['a number in words', { money: '5000' }, 'money rules.fact.number'],
    ['no number', { money: Number.NaN }, 'money rules.fact.number'],
    ['no end', { money: Number.POSITIVE_INFINITY }, 'money rules.fact.number'],
    ['1e308', { money: 1e308 }, 'money rules.fact.bounds'],
    ['less than nothing', { money: -0.01 }, 'money rules.fact.bounds'],
    ['a colour that is none', { colour: 'green' }, 'colour rules.fact.choice'],
  ])('with %s are refused', (_says, facts, rule) => {
    expect(refusalOf(() => readFacts(read, facts))).toContain(rule)
  })

  test('are told the names that exist', () => {
    expect(() => readFacts(read, { revenu: 1 })).toThrow(
      expect.objectContaining({
        details: expect.objectContaining({ tip: expect.stringContaining('money (number), share') }),
      }),
    )
  })

  test('of a date, a country and a boolean have their own shapes', () => {
    const giant = packFor('cn/high-tech-enterprise', '2026-05-01')
    for (const registered_on of ['2026-02-30', '2026-13-01', '1.5.2026', 20260501, true])
      expect(refusalOf(() => readFacts(giant, { registered_on }))).toContain('registered_on rules.fact.date')
    expect(refusalOf(() => readFacts(giant, { supported_field: 'yes' }))).toContain('rules.fact.boolean')
    const horizon = packFor('eu/horizon-europe', '2026-05-01')
    for (const country of ['Germany', 'de', 49])
      expect(refusalOf(() => readMemberFacts(horizon, { country }))).toContain('rules.fact.country')
    expect(readMemberFacts(horizon, { country: 'EL' }).get('country')).toBe('GR')
  })

  test.each([
    ['no members', {}, 'members rules.team.members'],
    ['members by name', { members: { a: {} } }, 'members rules.team.members'],
    [
      'too many members',
      { members: Array.from({ length: MEMBERS_MAX + 1 }, (_, at) => ({ id: `m${at}` })) },
      'rules.team.members',
    ],
    ['a member without an id', { members: [{ facts: {} }] }, 'members.0.id rules.team.member_id'],
    ['a member twice', { members: [{ id: 'a' }, { id: 'a' }] }, 'members.1.id rules.team.member_twice'],
    ['a lead who is not in', { lead: 'b', members: [{ id: 'a' }] }, 'lead rules.team.lead_unknown'],
    ['a lead by number', { lead: 1, members: [{ id: 'a' }] }, 'lead rules.team.lead_unknown'],
    [
      'a member’s fact as the team’s',
      { team: { country: 'DE' }, members: [{ id: 'a' }] },
      'team.country rules.fact.unknown',
    ],
    ['something else', { members: [{ id: 'a' }], facts: {} }, 'facts rules.fact.unknown'],
    ['something else of a member', { members: [{ id: 'a', name: 'A' }] }, 'members.0.name rules.fact.unknown'],
  ])('of a team with %s are refused', (_says, facts, rule) => {
    expect(refusalOf(() => readTeamFacts(packFor('eu/horizon-europe', '2026-05-01'), facts))).toContain(rule)
  })
})

test('one pack is asked of an organisation, another of a team', () => {
  const candidates = [{ id: 'a', facts: new Map() }]
  expect(refusalOf(() => compileTeam(readPack(pack), candidates, { date: '2026-05-01', keep: 'met' }))).toContain(
    'rules.pack.about',
  )
  const horizon = packFor('eu/horizon-europe', '2026-05-01')
  const many = Array.from({ length: CANDIDATES_MAX + 1 }, (_, at) => ({ id: `c${at}`, facts: new Map() }))
  expect(refusalOf(() => compileTeam(horizon, many, { date: '2026-05-01', keep: 'met' }))).toContain(
    'rules.candidates.too_many',
  )
  expect(refusalOf(() => compileTeam(horizon, candidates, { date: '2026-05-01', keep: 'met', lead: 'b' }))).toContain(
    'rules.team.lead_unknown',
  )
  const team = (members: number, lead: string | null) => ({ team: new Map(), lead, members: many.slice(0, members) })
  expect(refusalOf(() => checkTeam(horizon, team(0, null), '2026-05-01'))).toContain('rules.team.members')
  expect(refusalOf(() => checkTeam(horizon, team(MEMBERS_MAX + 1, null), '2026-05-01'))).toContain('rules.team.members')
  expect(refusalOf(() => checkTeam(horizon, team(1, 'c1'), '2026-05-01'))).toContain('rules.team.lead_unknown')
  const subjects = Array.from({ length: SUBJECTS_MAX + 1 }, (_, at) => ({ id: `c${at}`, facts: {} }))
  expect(refusalOf(() => previewPack(horizon, subjects, { date: '2026-05-01' }))).toContain('rules.preview.too_many')
})
