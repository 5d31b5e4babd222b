import type { Candidate, ConflictPair, Level, Problem, Requirement, TeamRule, TrustPair } from '#engines/cover/model.ts'
import { likelihoodsOf } from '#engines/partners/likelihood.ts'
import { seededRandom } from '#kit/random.ts'
import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'

export interface Shape {
  candidates: number
  requirements: number
  /** The share of cells above 0. */
  density: number
  seed: number
}

const KINDS = [
  { kind: 'company', share: 0.6, costMean: 120 },
  { kind: 'university', share: 0.15, costMean: 180 },
  { kind: 'institute', share: 0.15, costMean: 160 },
  { kind: 'fund', share: 0.05, costMean: 60 },
  { kind: 'intermediary', share: 0.05, costMean: 40 },
] as const
const REGIONS = 15
const COUNTRIES = 12
/** A condition asks for a member from the first so many. */
const COUNTRIES_NAMED = 5
const COUNTRIES_MIN = 3
const LOAD_MAX = 5
const NEWCOMERS_SHARE = 0.2
const SMALL_SHARE = 0.6
const SMALL_PERCENT_MIN = 30
/** What a company turns over lies between 1 and this, in millions, the small ones far more often than the large. */
const REVENUE_MAX = 1_000
const REVENUE_MIN_TO_LEAD = 50
const LIKELIEST_PAIRED = 30
const PAIRED_SHARE = 0.4
const PROJECTS_TRUSTED = 3

/**
 * A problem drawn from a seed, with every condition set and a full pack of rules. Levels 1, 2 and 3 stand at 5 : 3 : 2;
 * cost is spread evenly from a half to one and a half times its kind's mean, load from 0 to 5, confidence from 0 to 1;
 * three trust pairs for every five candidates and one conflict for every ten; a third of the requirements are critical.
 */
export function generateProblem(shape: Shape): Problem {
  const random = seededRandom(shape.seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const requirements: Requirement[] = Array.from({ length: shape.requirements }, (_, at) => ({
    id: `r${String(at).padStart(2, '0')}`,
    weight: 1 + below(5),
    critical: at % 3 === 0,
    levelWanted: random() < 0.2 ? 3 : 2,
  }))
  const candidates: Candidate[] = Array.from({ length: shape.candidates }, (_, at) => {
    const { kind, costMean } = drawKind(random())
    return {
      id: `c${String(at).padStart(5, '0')}`,
      kind,
      region: `g${String(below(REGIONS)).padStart(2, '0')}`,
      cost: Math.round(costMean * (0.5 + random())),
      load: below(LOAD_MAX + 1),
      confidence: Math.round(random() * 100) / 100,
      levels: Object.fromEntries(
        requirements.flatMap(({ id }) => (random() < shape.density ? [[id, drawLevel(random())]] : [])),
      ),
    }
  })
  const drawPair = () => {
    const a = below(shape.candidates)
    const b = (a + 1 + below(shape.candidates - 1)) % shape.candidates
    return { a: candidates[a]!.id, b: candidates[b]!.id }
  }
  const trust: TrustPair[] = Array.from({ length: Math.round(shape.candidates * 0.6) }, () => ({
    ...drawPair(),
    weight: Math.round(random() * 10) / 10,
  }))
  const conflicts: ConflictPair[] = Array.from({ length: Math.round(shape.candidates * 0.1) }, drawPair)
  return {
    requirements,
    candidates,
    conditions: {
      membersMin: 4,
      membersMax: 8,
      budgetMax: 900,
      kinds: [
        { kind: 'company', min: 2 },
        { kind: 'university', min: 1, max: 3 },
        { kind: 'fund', max: 1 },
      ],
      regions: { distinctMin: 3, includeAnyOf: ['g00', 'g01', 'g02'] },
      leadKinds: ['company'],
      pinned: [candidates[below(shape.candidates)]!.id],
      banned: [],
      rules: drawRules(candidates, random),
      trust,
      conflicts,
    },
  }
}

/**
 * The same as past consortia formed: candidates are as likely as in real ones by their rank, which is drawn, and two of the
 * likeliest have worked together in two of five cases.
 */
export function asLikely(problem: Problem, seed: number): Problem {
  const random = seededRandom(seed)
  const ranked = problem.candidates.map(({ id }) => ({ id, at: random() })).sort((a, b) => a.at - b.at)
  const likelihoods = likelihoodsOf(ranked.map((_, ahead) => -Math.log(1 + ahead)))
  const likelihoodOf = new Map(ranked.map(({ id }, at) => [id, likelihoods[at]!]))
  const likeliest = ranked.slice(0, LIKELIEST_PAIRED)
  const trust = likeliest.flatMap(({ id: a }, at): TrustPair[] =>
    likeliest
      .slice(at + 1)
      .flatMap(({ id: b }) =>
        random() < PAIRED_SHARE ? [{ a, b, weight: Math.ceil(random() * PROJECTS_TRUSTED) / PROJECTS_TRUSTED }] : [],
      ),
  )
  return {
    ...problem,
    candidates: problem.candidates.map((one) => ({ ...one, likelihood: likelihoodOf.get(one.id)! })),
    conditions: { ...problem.conditions, trust },
    weights: PRESET_WEIGHTS.likely,
  }
}

/**
 * What a call's rule pack asks of a team: at least 30 % small firms, a newcomer, three countries of twelve, one of five
 * named countries, and a company whose revenue lets it lead.
 */
function drawRules(candidates: readonly Candidate[], random: () => number): TeamRule[] {
  const drawn = candidates.map(({ id, kind }) => ({
    id,
    country: Math.floor(random() * COUNTRIES),
    isNewcomer: random() < NEWCOMERS_SHARE,
    isSmall: random() < SMALL_SHARE && kind === 'company',
    revenue: kind === 'company' ? REVENUE_MAX ** random() : 0,
  }))
  type Drawn = (typeof drawn)[number]
  const amounts = (amountOf: (one: Drawn) => number) =>
    Object.fromEntries(drawn.map((one) => [one.id, amountOf(one)] as const).filter(([, amount]) => amount !== 0))
  const atLeastOne = (id: string, passes: (one: Drawn) => boolean): TeamRule => ({
    ...{ id, form: 'sum', min: 1 },
    amounts: amounts((one) => Number(passes(one))),
  })
  return [
    {
      ...{ id: 'small firms', form: 'sum', min: 0 },
      amounts: amounts(({ isSmall }) => (isSmall ? 100 : 0) - SMALL_PERCENT_MIN),
    },
    atLeastOne('newcomers', ({ isNewcomer }) => isNewcomer),
    {
      ...{ id: 'countries', form: 'distinct', min: COUNTRIES_MIN },
      groups: Object.fromEntries(drawn.map(({ id, country }) => [id, `k${String(country).padStart(2, '0')}`])),
    },
    atLeastOne('named countries', ({ country }) => country < COUNTRIES_NAMED),
    atLeastOne('revenue to lead', ({ revenue }) => revenue >= REVENUE_MIN_TO_LEAD),
  ]
}

function drawKind(random: number): (typeof KINDS)[number] {
  let left = random
  for (const one of KINDS) {
    if (left < one.share) return one
    left -= one.share
  }
  return KINDS[0]
}

function drawLevel(random: number): Level {
  return random < 0.5 ? 1 : random < 0.8 ? 2 : 3
}
