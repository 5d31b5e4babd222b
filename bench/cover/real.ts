import { loadavg } from 'node:os'
import { hasTeam, type Level, type Problem, type Requirement, type TrustPair } from '#engines/cover/model.ts'
import { solveCover } from '#engines/cover/solve.ts'
import { coverageOf } from '#engines/coverage/collection.ts'
import { FIT_THRESHOLD } from '#engines/coverage/weights.ts'
import { type Desk, openDesk } from '#engines/partners/features.ts'
import { buildHistory } from '#engines/partners/history.ts'
import { type PartnersModel, partnersModel } from '#engines/partners/learn.ts'
import { rankAt } from '#engines/partners/rank.ts'
import type { PartnerQuestion, PartnerRecords } from '#engines/partners/types.ts'
import { buildIndex } from '#engines/search/build.ts'
import { seededRandom } from '#kit/random.ts'
import { readCordisPartners } from '../../src/cli/cordis-partners.ts'
import { baselinesOf, type Ranker } from '../partners/baselines.ts'
import { interval, meanOf } from '../partners/measures.ts'
import { sharedPath } from '../search/sets.ts'
import { processorSeconds } from './measure.ts'
import { salientPhrases } from './phrases.ts'

/**
 * How much of real consortia the composer finds, given the lead and the size, from what was known before the day on which
 * their year began. Prints a table of README.md for each set. `node bench/cover/real.ts [set]`
 */

const SETS = {
  'cordis-h2020': { zip: 'cordis-h2020projects-csv.zip', before: '2018-01-01', until: '2019-01-01', withTexts: false },
  'projects-with-organisations': {
    zip: 'projects-csv.zip',
    before: '2019-01-01',
    until: '2020-01-01',
    withTexts: true,
  },
} as const
const MEMBERS_LEAST = 4
const MEMBERS_MOST = 12
const SAMPLE_MAX = 150
const SAMPLE_SEED = 1
const CANDIDATES = 500
const SECONDS_MAX = 20
const PHRASES = 6
/** Of earlier texts, that are evidence for a phrase. */
const KNOWN_TEXTS_MIN = 2
const REQUIREMENT_WEIGHT = 3
/** Past projects in a part, from which on somebody has level 1, 2 and 3 in it. */
const PROJECTS_BY_LEVEL = [1, 2, 4] as const
const PROJECTS_TRUSTED = 3
const TRUST_MEMBERS_MAX = 60

interface Asked extends PartnerQuestion {
  others: readonly string[]
  parts: readonly string[]
}

interface Way {
  name: string
  found: number[]
}

const say = (text: string) => process.stdout.write(`${text}\n`)

async function measureSet(name: string, set: (typeof SETS)[keyof typeof SETS]): Promise<void> {
  const path = sharedPath(name, set.zip)
  const records = await readCordisPartners(path, set.before)
  const { all, asked } = sampleAsked(await readCordisPartners(path, set.until), set)
  const started = processorSeconds()
  const model = partnersModel(records, set.before, { form: 'opening', withTexts: set.withTexts })!
  const desk = openDesk(buildHistory(records, set.before))
  const learned = processorSeconds()
  const coverage = set.withTexts ? coverageByTexts(records) : coverageByParts(records)
  const popularity = baselinesOf({ ...records, projects: records.projects.map(({ text: _, ...rest }) => rest) })
  const measured = new Measured()
  for (const question of asked) await measureOne(question, { records, desk, model, coverage, popularity }, measured)
  say(
    `\n## ${name}: ${asked.length} of the ${all} consortia of ${MEMBERS_LEAST} to ${MEMBERS_MOST} from ${set.before} on`,
  )
  say(
    `\nOthers: ${meanOf(measured.others).toFixed(1)} on average, ${interval(measured.within)} of them among the ` +
      `${CANDIDATES} candidates; requirements: ${meanOf(measured.requirements).toFixed(1)}, of which the real members ` +
      `meet ${interval(measured.metByReal)} and the composer's ${interval(measured.metByComposer)}; ` +
      `proven ${measured.proven} of ${measured.composed}.\n`,
  )
  say('| | share of the others found | beside top k by rank |\n|---|---|---|')
  const byRank = measured.ways.get('top k by rank')!
  for (const [way, found] of measured.ways)
    say(`| ${way} | ${interval(found)} | ${interval(found.map((one, at) => one - byRank[at]!))} |`)
  say(
    `\nLearned in ${(learned - started).toFixed(0)} s, measured in ${(processorSeconds() - learned).toFixed(0)} s of ` +
      `processor time; load ${loadavg()[0]?.toFixed(0)}.`,
  )
}

class Measured {
  readonly ways = new Map<string, Way['found']>()
  readonly others: number[] = []
  readonly within: number[] = []
  readonly requirements: number[] = []
  readonly metByReal: number[] = []
  readonly metByComposer: number[] = []
  proven = 0
  composed = 0

  add(way: string, team: readonly string[], others: readonly string[]): void {
    const found = others.filter((one) => team.includes(one)).length / others.length
    this.ways.set(way, [...(this.ways.get(way) ?? []), found])
  }
}

/** The consortia that began from one day to another, and a sample of them. */
function sampleAsked(
  { projects, participations }: PartnerRecords,
  { before, withTexts }: { before: string; withTexts: boolean },
): { all: number; asked: Asked[] } {
  const members = new Map<string, { lead: Set<string>; all: Set<string> }>()
  for (const { project, organisation, role } of participations) {
    if (role === 'associate') continue
    const those = members.get(project) ?? { lead: new Set(), all: new Set() }
    members.set(project, those)
    those.all.add(organisation)
    if (role === 'coordinator') those.lead.add(organisation)
  }
  const all = projects
    .filter(({ start }) => start !== null && start >= before)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, parts, text }): Asked[] => {
      const those = members.get(id)
      if (those?.lead.size !== 1 || those.all.size < MEMBERS_LEAST || those.all.size > MEMBERS_MOST) return []
      const given = [...those.lead]
      const others = [...those.all].filter((one) => !those.lead.has(one))
      const asked = { id, start: before, given, others, parts, ...(parts[0] ? { part: parts[0] } : {}) }
      return withTexts && !text ? [] : [{ ...asked, ...(withTexts && text ? { text } : {}) }]
    })
  const random = seededRandom(SAMPLE_SEED)
  const drawn = all.map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at)
  return { all: all.length, asked: drawn.slice(0, SAMPLE_MAX).map(({ one }) => one) }
}

/** What is required for a question, and the level of each organisation that has one. */
type Coverage = (question: Asked) => { id: string; levels: ReadonlyMap<string, Level> }[]

/** The programme parts that were seen before: a level by the number of past projects in the part. */
function coverageByParts({ projects, participations }: PartnerRecords): Coverage {
  const partsOf = new Map(projects.map(({ id, parts }) => [id, parts]))
  const counts = new Map<string, Map<string, number>>()
  for (const { project, organisation, role } of participations) {
    if (role === 'associate') continue
    for (const part of new Set(partsOf.get(project))) {
      const inPart = counts.get(part) ?? new Map<string, number>()
      counts.set(part, inPart.set(organisation, (inPart.get(organisation) ?? 0) + 1))
    }
  }
  const levelAt = (count: number) => PROJECTS_BY_LEVEL.filter((least) => count >= least).length as Level
  return ({ parts }) =>
    [...new Set(parts)].flatMap((part) => {
      const inPart = counts.get(part)
      return inPart ? [{ id: part, levels: new Map([...inPart].map(([id, count]) => [id, levelAt(count)])) }] : []
    })
}

/** A project's text is its title, a full stop and its abstract. */
function fieldsOf(text: string): { title: string; text: string } {
  const end = text.indexOf('. ')
  return end < 0 ? { title: text, text: '' } : { title: text.slice(0, end), text: text.slice(end + 2) }
}

/** The phrases that tell a project's text from earlier ones; a past project, delivered, covers them for its members. */
function coverageByTexts({ projects, participations }: PartnerRecords): Coverage {
  const index = buildIndex(projects.flatMap(({ id, text }) => (text ? [{ id, fields: fieldsOf(text) }] : [])))
  const members = new Map<string, string[]>()
  for (const { project, organisation, role } of participations)
    if (role !== 'associate') members.set(project, [...(members.get(project) ?? []), organisation])
  const coveredBy = (phrase: string) => coverageOf({ names: [phrase] }, index, { isStrong: () => true })
  const isKnown = (phrase: string) =>
    coverageOf({ names: [phrase] }, index, { fitMin: FIT_THRESHOLD }).length >= KNOWN_TEXTS_MIN
  return ({ text = '' }) =>
    salientPhrases(text, index, PHRASES, isKnown).map((phrase) => {
      const levels = new Map<string, Level>()
      for (const { id, level } of coveredBy(phrase))
        for (const one of members.get(id) ?? []) levels.set(one, Math.max(level, levels.get(one) ?? 0) as Level)
      return { id: phrase, levels }
    })
}

interface Ground {
  records: PartnerRecords
  desk: Desk
  model: PartnersModel
  coverage: Coverage
  popularity: Record<string, Ranker>
}

async function measureOne(question: Asked, ground: Ground, measured: Measured): Promise<void> {
  const { desk, model, coverage, popularity } = ground
  const { others, given } = question
  const ranked = rankAt(desk, question, model, { k: CANDIDATES }).ranked.map(({ organisation }) => organisation)
  const candidates = ranked.filter((one) => !given.includes(one))
  const required = coverage(question)
  measured.others.push(others.length)
  measured.within.push(others.filter((one) => candidates.includes(one)).length / others.length)
  measured.requirements.push(required.length)
  measured.add('popularity in the part', popularity.popularity!(question).slice(0, others.length), others)
  measured.add(
    'co-occurrence + popularity',
    popularity['co-occurrence + popularity']!(question).slice(0, others.length),
    others,
  )
  measured.add('top k by rank', candidates.slice(0, others.length), others)
  if (required.length > 0) measured.metByReal.push(shareMet(required, [...given, ...others]))
  for (const [way, { trust, confidence, among = CANDIDATES }] of Object.entries(WAYS)) {
    const those = candidates.slice(0, among)
    const problem = problemOf(question, those, required, {
      trust: trust ? trustWithin(ground.records, given, those) : [],
      confidence,
    })
    const answer = problem && (await solveCover(problem, { secondsMax: SECONDS_MAX }))
    // Where nothing of what is required was ever seen, there is nothing to compose by.
    const team = answer && hasTeam(answer) ? answer.chosen.map(({ id }) => id) : candidates.slice(0, others.length)
    measured.composed += 1
    if (answer?.status === 'optimal') measured.proven += 1
    measured.add(way, team, others)
    if (way === WAY_MEASURED && required.length > 0) measured.metByComposer.push(shareMet(required, team))
  }
}

/** Points for the first of the candidates; the last has nearly none. */
const WAYS: Record<string, { trust: boolean; confidence: number; among?: number }> = {
  'composer, coverage alone': { trust: false, confidence: 0 },
  'composer, with past partners of the lead': { trust: true, confidence: 0 },
  'composer, with these and the rank as confidence': { trust: true, confidence: 20 },
  'composer, the rank weighed as a member': { trust: true, confidence: 300 },
  'the same among the first 50': { trust: true, confidence: 300, among: 50 },
  'the same among the first 20': { trust: true, confidence: 300, among: 20 },
}
const WAY_MEASURED = 'composer, with these and the rank as confidence'

function problemOf(
  { given, others }: Asked,
  candidates: readonly string[],
  required: ReturnType<Coverage>,
  { trust, confidence }: { trust: TrustPair[]; confidence: number },
): Problem | null {
  if (required.length === 0) return null
  const all = [...given, ...candidates]
  const size = 1 + others.length
  return {
    requirements: required.map(({ id }): Requirement => ({ id, weight: REQUIREMENT_WEIGHT, critical: false })),
    candidates: all.map((id, at) => ({
      id,
      kind: 'any',
      region: 'any',
      levels: Object.fromEntries(
        required.flatMap((one) => (one.levels.has(id) ? [[one.id, one.levels.get(id)!]] : [])),
      ),
      confidence: 1 - at / all.length,
    })),
    conditions: { membersMin: size, membersMax: size, pinned: given, trust },
    weights: { confidence },
  }
}

/** Past projects with the lead: between two others they would make the choice a search for the densest clique. */
function trustWithin(
  { participations }: PartnerRecords,
  [lead]: readonly string[],
  candidates: readonly string[],
): TrustPair[] {
  const joined = new Set(
    participations.flatMap(({ project, organisation }) => (organisation === lead ? [project] : [])),
  )
  const shared = new Map<string, number>()
  const sizes = new Map<string, number>()
  for (const { project } of participations) if (joined.has(project)) sizes.set(project, (sizes.get(project) ?? 0) + 1)
  for (const { project, organisation } of participations)
    if (joined.has(project) && organisation !== lead && sizes.get(project)! <= TRUST_MEMBERS_MAX)
      shared.set(organisation, (shared.get(organisation) ?? 0) + 1)
  const weightOf = (count: number) => Math.min(count / PROJECTS_TRUSTED, 1)
  return candidates.flatMap((b) => (shared.has(b) ? [{ a: lead!, b, weight: weightOf(shared.get(b)!) }] : []))
}

/** Share of the requirements that a team meets at level 2. */
function shareMet(required: ReturnType<Coverage>, team: readonly string[]): number {
  return required.filter(({ levels }) => team.some((one) => (levels.get(one) ?? 0) >= 2)).length / required.length
}

const wanted = process.argv.slice(2)
for (const [name, set] of Object.entries(SETS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  await measureSet(name, set)
}
