import fc from 'fast-check'
import { expect, it } from 'vitest'
import { lossesWithout } from '#engines/cover/explain.ts'
import { hasTeam, type Level } from '#engines/cover/model.ts'
import { solveCover } from '#engines/cover/solve.ts'
import type { Cover } from '../match/cover.ts'
import { KINDS } from '../registry/model.ts'
import { type Draft, describeSolution } from './describe.ts'
import { answerForNobody } from './empty.ts'
import { ComposeOptions } from './model.ts'
import { NO_PACKS } from './pack-rules.ts'
import { frameProblem, type Inputs } from './problem.ts'
import { isIn } from './rules.ts'

const REGIONS = ['澜东省', '澜西省', null] as const
const CAPABILITY_IDS = ['a', 'b', 'c', 'd'] as const
const RUNS = 60

const organisation = fc.record({
  kind: fc.constantFrom(...KINDS),
  region: fc.constantFrom(...REGIONS),
  levels: fc.dictionary(fc.constantFrom(...CAPABILITY_IDS), fc.integer({ min: 0, max: 3 })),
  cost: fc.integer({ min: 0, max: 500 }),
})
const story = fc.record({
  organisations: fc.array(organisation, { maxLength: 9 }),
  capabilities: fc.array(
    fc.record({
      weight: fc.integer({ min: 1, max: 5 }),
      critical: fc.boolean(),
      levelWanted: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 1, maxLength: CAPABILITY_IDS.length },
  ),
  sponsors: fc.integer({ min: 0, max: 2 }),
  refused: fc.integer({ min: 0, max: 9 }),
  options: fc.record({
    pins: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 2 }),
    bans: fc.uniqueArray(fc.integer({ min: 0, max: 8 }), { maxLength: 2 }),
    sizeMin: fc.option(fc.integer({ min: 1, max: 5 })),
    sizeMax: fc.option(fc.integer({ min: 1, max: 5 })),
    budget: fc.option(fc.integer({ min: 0, max: 1500 }).map((minor) => ({ minor: String(minor), currency: 'CNY' }))),
    regions: fc.option(fc.constant(['澜东'])),
    kinds: fc.option(fc.dictionary(fc.constantFrom('company', 'university'), fc.integer({ min: 0, max: 2 }))),
    criticalRequired: fc.boolean(),
    sponsorsIn: fc.boolean(),
    companyLeads: fc.boolean(),
    weights: fc.constantFrom('balanced', 'lean', 'deep'),
  }),
})
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never

const idOf = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`

function inputsOf({ organisations, capabilities, sponsors, refused }: Story): Inputs {
  const rows = organisations.map(({ kind, region, levels }, at) => ({
    id: idOf(at),
    name: `Organisation ${at}`,
    kind,
    size: null,
    country: 'CN',
    region,
    city: null,
    newcomer: false,
    cells: Object.fromEntries(
      Object.entries(levels).map(([id, level]) => [id, { level: level as Level, judged: null, fit: 0.5, best: null }]),
    ),
  }))
  const cover: Cover = {
    need: {
      id: 'need',
      title: 'Need',
      titles: {},
      conditions: {},
      budgetMinor: null,
      currency: null,
      sponsors: rows.slice(0, sponsors).map(({ id }) => id),
      capabilities: capabilities.map((capability, at) => {
        const id = CAPABILITY_IDS[at]!
        return { id, name: id, names: {}, ...capability }
      }),
      revision: 1,
      state: 'open',
    },
    organisations: rows,
    acquainted: new Set(),
    partners: rows.length > 2 ? [{ a: idOf(0), b: idOf(2), projects: 2 }] : [],
    near: [],
    refused: rows.slice(refused, refused + 1).map(({ id }) => id),
    seenSeq: '1',
    inputsHash: 'hash',
  }
  const costs = new Map(
    organisations.map(({ cost }, at) => [
      idOf(at),
      { amount: { minor: String(cost), currency: 'CNY' }, basis: 'own' as const, participations: 1 },
    ]),
  )
  for (const row of rows) for (const id of CAPABILITY_IDS.slice(capabilities.length)) delete row.cells[id]
  return { cover, others: [], costs, loads: new Map(), packs: NO_PACKS }
}

function optionsOf({ organisations, options }: Story): ComposeOptions {
  const known = (places: readonly number[]) => places.filter((at) => at < organisations.length).map(idOf)
  return ComposeOptions.parse({ ...options, pins: known(options.pins), bans: known(options.bans) })
}

async function compose(inputs: Inputs, options: ComposeOptions): Promise<Draft> {
  const framed = frameProblem(inputs, options)
  const answer = framed.problem.candidates.length ? await solveCover(framed.problem) : answerForNobody(framed.problem)
  const losses = hasTeam(answer) ? await lossesWithout(framed.problem, answer) : []
  return describeSolution({ cover: inputs.cover, framed, options, answer, losses }, new Map())
}

it('no condition is ever broken, and what is told agrees with the team', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const inputs = inputsOf(told)
      const options = optionsOf(told)
      const { status, members, conditions, coverage, gaps, objective, parts, solved } = await compose(inputs, options)
      if (status === 'infeasible') return
      const ids = members.map(({ id }) => id)
      expect(ids.length).toBeLessThanOrEqual(conditions.maxMembers)
      expect(ids.length).toBeGreaterThanOrEqual(conditions.minMembers ?? 0)
      for (const id of options.pins) expect(ids).toContain(id)
      for (const id of [...options.bans, ...inputs.cover.refused]) expect(ids).not.toContain(id)
      if (options.sponsorsIn) for (const id of inputs.cover.need.sponsors) expect(ids).toContain(id)
      for (const [kind, least] of Object.entries(conditions.kinds))
        expect(members.filter((member) => member.kind === kind).length).toBeGreaterThanOrEqual(least)
      if (conditions.regions.length) expect(members.every((member) => isIn(conditions.regions, member))).toBe(true)
      if (options.companyLeads) expect(members[0]).toMatchObject({ kind: 'company', role: 'lead' })
      if (conditions.budget && solved.cost)
        expect(BigInt(solved.cost.minor)).toBeLessThanOrEqual(BigInt(conditions.budget.minor))
      if (options.criticalRequired)
        for (const one of coverage)
          if (one.critical && !conditions.criticalOutOfReach.includes(one.id))
            expect(one.level).toBeGreaterThanOrEqual(one.levelWanted)

      expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(objective)
      expect(members.filter(({ role }) => role === 'lead')).toHaveLength(Math.min(1, ids.length))
      expect(gaps.map(({ id }) => id)).toEqual(
        coverage.filter(({ level, levelWanted }) => level < levelWanted).map(({ id }) => id),
      )
      expect(solved.covered).toBe(coverage.length - gaps.length)
      for (const one of coverage) expect(one.by[0]?.level ?? 0).toBe(one.level)
      for (const { reasons } of members) expect(reasons.length).toBeGreaterThan(0)
    }),
    { seed: 4, numRuns: RUNS },
  )
})

it('what is offered for one click leaves a team', async () => {
  let offered = 0
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const inputs = inputsOf(told)
      const { conflict } = await compose(inputs, optionsOf(told))
      for (const { enough, options, condition } of conflict?.relaxations ?? []) {
        if (!options) continue
        expect(enough).toBe(true)
        offered++
        const eased = await compose(inputs, ComposeOptions.parse(options))
        expect(eased.status, `${condition} ${JSON.stringify(eased.conflict)}`).toBe('optimal')
      }
    }),
    { seed: 5, numRuns: RUNS },
  )
  expect(offered).toBeGreaterThan(RUNS / 4)
})

it('the same inputs give the same proposal, whatever is asked in between', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      const [one, other] = [
        await compose(inputsOf(told), optionsOf(told)),
        await compose(inputsOf(told), optionsOf(told)),
      ]
      expect({ ...one, seconds: 0 }).toEqual({ ...other, seconds: 0 })
    }),
    { seed: 6, numRuns: RUNS / 4 },
  )
})
