import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasTeam, type Problem, type TeamRule } from '#engines/cover/model.ts'
import { solveCover } from '#engines/cover/solve.ts'
import { builtInPacks } from './catalogue.ts'
import { checkOrganisation, checkTeam } from './check.ts'
import { compileTeam } from './compile.ts'
import { readFacts, readMemberFacts, readTeamFacts } from './facts.ts'
import { keepsConstraint, type TeamConstraint } from './linear.ts'
import type { Fact } from './model.ts'
import { type Pack, readPack } from './pack.ts'
import { packOn } from './rules.fixture.ts'

const RUNS = { numRuns: 150, seed: 20_260_501 }
const DATE = '2026-05-01'
const words = { zh: '某事', en: 'something' }
const unit = { zh: '%', en: '%' }

const number = (name: string, bounds: { min?: number; max?: number }) => ({
  name,
  of: 'member',
  type: 'number',
  unit,
  words,
  ...bounds,
})
const FACTS = [
  { name: 'kind', of: 'member', type: 'choice', choices: ['firm', 'lab', 'fund'], words },
  { name: 'country', of: 'member', type: 'country', words },
  { name: 'small', of: 'member', type: 'boolean', words },
  number('cost', { min: 0, max: 500 }),
  number('sales', { min: 0 }),
  number('profit', {}),
]

const where = fc.array(
  fc.constantFrom(
    { form: 'exists', fact: 'kind', is: ['firm'] },
    { form: 'exists', fact: 'kind', is: ['lab', 'fund'], byHand: ['fund'] },
    { form: 'exists', fact: 'small' },
    { form: 'sum', terms: [{ fact: 'sales' }], compare: 'at_least', threshold: 50 },
  ),
  { maxLength: 2 },
)
const compare = fc.constantFrom('at_least', 'at_most', 'above', 'below', 'equal')
const terms = fc.constantFrom(
  [{ fact: 'cost' }],
  [{ fact: 'cost', times: 0.3 }, { fact: 'sales' }],
  [{ fact: 'profit' }],
  [
    {
      fact: 'sales',
      below: 0,
      steps: [
        { from: 10, points: 3 },
        { from: 60, points: -1 },
      ],
    },
  ],
)
const whole = fc.constantFrom([{ points: 1 }], [{ fact: 'cost' }], [{ fact: 'sales' }, { fact: 'cost' }])
const base = fc.record({
  of: fc.constant('team'),
  members: where,
  unit: fc.constant(unit),
  source: fc.constant('a document'),
  certainty: fc.constant('A'),
  basis: fc.constant('text'),
  words: fc.constant(words),
})
const withForm = (form: object) => fc.tuple(base, fc.record(form as Record<string, fc.Arbitrary<unknown>>))
const rowOf = fc
  .oneof(
    withForm({ form: fc.constant('count'), compare, threshold: fc.nat(4), besidesLead: fc.boolean() }),
    withForm({ form: fc.constant('exists') }),
    withForm({ form: fc.constant('distinct'), fact: fc.constantFrom('kind', 'country'), threshold: fc.nat(4) }),
    withForm({ form: fc.constant('sum'), terms, compare, threshold: fc.integer({ min: -20, max: 120 }) }),
    withForm({ form: fc.constant('ratio'), part: terms, whole, compare, threshold: fc.constantFrom(0, 7, 33.3, 100) }),
  )
  .map(([shared, own]) => ({ id: 'row', ...shared, ...own }))

const amount = fc.constantFrom(0, 0.1, 7, 10, 49.99, 50, 100)
const knownFacts = fc.record({
  kind: fc.constantFrom('firm', 'lab'),
  country: fc.constantFrom('DE', 'FR', 'CN'),
  small: fc.boolean(),
  cost: amount,
  sales: amount,
  profit: amount.map((value) => value - 40),
})
const someFacts = knownFacts.chain((facts) =>
  fc.subarray(Object.entries(facts)).map((kept) => Object.fromEntries(kept) as Record<string, unknown>),
)

const packOf = (row: object): Pack =>
  readPack({
    id: 'local/test/pack',
    version: '1',
    about: 'team',
    title: words,
    source: { title: words },
    effective: { from: '2026-01-01' },
    facts: FACTS,
    rows: [row],
  })

/** Every team with at least one member, and with the lead where one is named. */
function everyTeam<T extends { id: string }>(candidates: readonly T[], lead: string | null): T[][] {
  let teams: T[][] = [[]]
  for (const candidate of candidates) teams = [...teams, ...teams.map((team) => [...team, candidate])]
  return teams.filter((team) => team.length > 0 && (lead === null || team.some(({ id }) => id === lead)))
}

type Raw = readonly Record<string, unknown>[]

/** Whether check and constraints say the same of every team, in both senses. */
function expectAgreement(row: object, raw: Raw, named: boolean): void {
  const pack = packOf(row)
  const candidates = raw.map((facts, at) => ({ id: `c${at}`, facts: readMemberFacts(pack, facts) }))
  const lead = named ? 'c0' : null
  for (const keep of ['met', 'not_missed'] as const) {
    const { constraints, byHand } = compileTeam(pack, candidates, { date: DATE, keep, lead })
    if (byHand.some(({ compiled }) => !compiled)) continue
    for (const team of everyTeam(candidates, lead)) {
      const { verdict } = checkTeam(pack, { team: new Map(), lead, members: team }, DATE).reasons[0]!
      const ids = team.map(({ id }) => id)
      const kept = constraints.every((constraint) => keepsConstraint(constraint, ids))
      expect(kept, `${keep} ${ids.join(' ')}: ${verdict}`).toBe(
        keep === 'met' ? verdict === 'met' : verdict !== 'missed',
      )
    }
  }
}

describe('a row over members and its constraints', () => {
  test('agree on every team of whom all is known', () => {
    fc.assert(
      fc.property(rowOf, fc.array(knownFacts, { minLength: 1, maxLength: 6 }), (row, raw) =>
        expectAgreement(row, raw, true),
      ),
      { ...RUNS, numRuns: 400 },
    )
  })

  test('agree on every team of whom only some is known: surely met, and not surely missed', () => {
    fc.assert(
      fc.property(rowOf, fc.array(someFacts, { minLength: 1, maxLength: 6 }), fc.boolean(), (row, raw, named) =>
        expectAgreement(row, raw, named),
      ),
      { ...RUNS, numRuns: 600 },
    )
  })
})

/** Any value that a fact may have, thresholds of the packs among them. */
function anyValue(fact: Fact): fc.Arbitrary<unknown> {
  switch (fact.type) {
    case 'number': {
      const [min, max] = [fact.min ?? -100, fact.max ?? 60_000]
      return fc.oneof(
        fc
          .constantFrom(0, 1, 3, 5, 10, 50, 60, 100, 2000, 3000, 5000, 10000, 50000)
          .map((one) => Math.min(Math.max(one, min), max)),
        fc.double({ min, max, noNaN: true }),
      )
    }
    case 'boolean':
      return fc.boolean()
    case 'choice':
      return fc.constantFrom(...fact.choices)
    case 'country':
      return fc.constantFrom('DE', 'FR', 'GB', 'CN', 'JP', 'MA', 'NO', 'US')
    case 'date':
      return fc.constantFrom('2025-05-01', '2025-05-02', '2026-04-30')
  }
}

const factsOf = (pack: Pack, of: Fact['of']) =>
  fc.record(
    Object.fromEntries(pack.form.facts.filter((fact) => fact.of === of).map((fact) => [fact.name, anyValue(fact)])),
  )

const less = (facts: Record<string, unknown>, kept: readonly boolean[]) =>
  Object.fromEntries(Object.entries(facts).filter((_, at) => kept[at % kept.length]))
const keptOf = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 })

describe.each(
  builtInPacks()
    .filter(({ form }) => form.about === 'organisation')
    .map((pack) => [`${pack.form.id} ${pack.form.version}`, pack] as const),
)('%s', (_name, pack) => {
  test('says nothing of an organisation that more facts would take back', () => {
    fc.assert(
      fc.property(factsOf(pack, 'organisation'), keptOf, (facts, kept) => {
        const full = checkOrganisation(pack, readFacts(pack, facts), DATE)
        const part = checkOrganisation(pack, readFacts(pack, less(facts, kept)), DATE)
        const verdicts = new Map(full.reasons.map(({ rule, verdict }) => [rule, verdict]))
        for (const { rule, verdict } of part.reasons) {
          // A row that is met may turn out not to apply.
          const left = verdict === 'met' ? (verdicts.get(rule) ?? 'met') : verdicts.get(rule)
          if (verdict !== 'unknown') expect(left, rule).toBe(verdict)
        }
        for (const rule of part.notApplicable) expect(full.notApplicable).toContain(rule)
        if (part.eligible !== null) expect(full.eligible).toBe(part.eligible)
      }),
      RUNS,
    )
  })
})

describe.each(
  builtInPacks()
    .filter(({ form }) => form.about === 'team')
    .map((pack) => [`${pack.form.id} ${pack.form.version}`, pack] as const),
)('%s', (_name, pack) => {
  const people = fc.array(fc.tuple(factsOf(pack, 'member'), keptOf), { minLength: 1, maxLength: 6 })

  test('says nothing of a team that more facts would take back', () => {
    fc.assert(
      fc.property(factsOf(pack, 'team'), people, (team, raw) => {
        const check = (kept: (facts: Record<string, unknown>, at: number) => Record<string, unknown>) => {
          const members = raw.map(([facts], at) => ({ id: `c${at}`, facts: kept(facts, at) }))
          return checkTeam(pack, readTeamFacts(pack, { team, lead: 'c0', members }), DATE)
        }
        const [full, part] = [check((facts) => facts), check((facts, at) => less(facts, raw[at]![1]))]
        const verdicts = new Map(full.reasons.map(({ rule, verdict }) => [rule, verdict]))
        for (const { rule, verdict } of part.reasons)
          if (verdict !== 'unknown' && verdicts.has(rule)) expect(verdicts.get(rule), rule).toBe(verdict)
        if (part.eligible !== null) expect(full.eligible).toBe(part.eligible)
      }),
      RUNS,
    )
  })

  test('keeps all its constraints exactly for teams of whom no compiled row is open or missed', () => {
    fc.assert(
      fc.property(factsOf(pack, 'team'), people, (team, raw) => {
        const whole = readTeamFacts(pack, { team, members: [{ id: 'x' }] }).team
        const candidates = raw.map(([facts, kept], at) => ({
          id: `c${at}`,
          facts: readMemberFacts(pack, less(facts, kept)),
        }))
        for (const keep of ['met', 'not_missed'] as const) {
          const { constraints } = compileTeam(pack, candidates, { date: DATE, keep, team: whole })
          const rules = new Set(constraints.flatMap((constraint) => constraint.rules))
          for (const members of everyTeam(candidates, null)) {
            const { reasons } = checkTeam(pack, { team: whole, lead: null, members }, DATE)
            const asked = reasons.filter(({ rule }) => rules.has(rule))
            const fine = asked.every(
              ({ verdict }) => verdict === 'met' || (keep === 'not_missed' && verdict === 'unknown'),
            )
            const ids = members.map(({ id }) => id)
            expect(
              constraints.every((one) => keepsConstraint(one, ids)),
              `${keep} ${ids.join(' ')}`,
            ).toBe(fine)
          }
        }
      }),
      { ...RUNS, numRuns: 60 },
    )
  })
})

/** A constraint as the solver takes it. */
function teamRuleOf(constraint: TeamConstraint): TeamRule {
  const { id } = constraint
  if (constraint.kind === 'distinct')
    return { id, form: 'distinct', groups: Object.fromEntries(constraint.groupsOf), min: constraint.distinctMin }
  const { sense, bound, terms } = constraint
  return {
    ...{ id, form: 'sum', amounts: Object.fromEntries(terms) },
    ...(sense === '<=' ? {} : { min: bound }),
    ...(sense === '>=' ? {} : { max: bound }),
  }
}

test('a team that the solver picks under a pack’s constraints misses none of its rows', async () => {
  const { pack } = packOn(`cn/xiamen-innovation-consortium ${DATE}`)
  const kinds = ['company', 'company', 'university', 'institute', 'hospital', 'fund']
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(factsOf(pack, 'member'), keptOf), { minLength: 16, maxLength: 24 }),
      async (raw) => {
        const candidates = raw.map(([facts, kept], at) => ({
          id: `c${at}`,
          facts: readMemberFacts(pack, less({ ...facts, kind: kinds[at % kinds.length] }, kept)),
        }))
        const { constraints } = compileTeam(pack, candidates, { date: DATE, keep: 'not_missed' })
        const problem: Problem = {
          requirements: [{ id: 'r', weight: 1, critical: false }],
          candidates: candidates.map(({ id }) => ({ id, levels: { r: 2 }, kind: 'any', region: 'any' })),
          conditions: { membersMax: 20, rules: constraints.map(teamRuleOf) },
        }
        const answer = await solveCover(problem)
        if (!hasTeam(answer)) return
        const chosen = new Set(answer.chosen.map(({ id }) => id))
        const members = candidates.filter(({ id }) => chosen.has(id))
        const { reasons } = checkTeam(pack, { team: new Map(), lead: null, members }, DATE)
        expect(reasons.filter(({ verdict }) => verdict === 'missed')).toEqual([])
      },
    ),
    { ...RUNS, numRuns: 15 },
  )
})
