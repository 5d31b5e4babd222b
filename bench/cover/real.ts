import { loadavg } from 'node:os'
import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'
import { baselinesOf } from '../partners/baselines.ts'
import { interval, meanOf } from '../partners/measures.ts'
import { processorSeconds } from './measure.ts'
import { CANDIDATES, composeIn, openQuestion, shareFound, shareMet, type Way } from './real-problem.ts'
import { MEMBERS_LEAST, MEMBERS_MOST, openYear, SET_NAMES, SETS, type SetName } from './real-set.ts'

/**
 * How much of real consortia the composer finds, given the lead and the size, from what was known before the day on which
 * their year began. Prints a table of README.md for each set. `node bench/cover/real.ts [set]`
 */

const LIKELY = PRESET_WEIGHTS.likely
/** Points for the first of the candidates; the last has nearly none. */
const WAYS: Record<string, Way> = {
  'composer, coverage alone': { trust: 'none', weights: { confidence: 0 } },
  'composer, with past partners of the lead': { trust: 'lead', weights: { confidence: 0 } },
  'composer, with these and the rank as confidence': { trust: 'lead', weights: { confidence: 20 } },
  'composer, the rank weighed as a member': { trust: 'lead', weights: { confidence: 300 } },
  'the same among the first 50': { trust: 'lead', weights: { confidence: 300 }, among: 50 },
  'the same among the first 20': { trust: 'lead', weights: { confidence: 300 }, among: 20 },
  'composer, as past consortia formed': { trust: 'others', weights: { ...LIKELY, confidence: 0 } },
  'the same without past work among the others': { trust: 'none', weights: { ...LIKELY, confidence: 0 } },
  'the same without coverage': {
    trust: 'others',
    weights: { ...LIKELY, confidence: 0, met: 0, below: 0, above: 0, second: 0 },
  },
}
const BY_RANK = 'top k by rank'

class Measured {
  readonly found = new Map<string, number[]>()
  readonly met = new Map<string, number[]>()
  readonly metByReal: number[] = []
  readonly others: number[] = []
  readonly within: number[] = []
  readonly requirements: number[] = []
  readonly seconds: number[] = []
  proven = 0
  composed = 0

  add(way: string, found: number, met: number | null): void {
    this.found.set(way, [...(this.found.get(way) ?? []), found])
    if (met !== null) this.met.set(way, [...(this.met.get(way) ?? []), met])
  }
}

const say = (text: string) => process.stdout.write(`${text}\n`)

async function measureSet(name: SetName): Promise<void> {
  const { year } = SETS[name]
  const started = processorSeconds()
  const opened = await openYear(name, year)
  const learned = processorSeconds()
  const { records, asked, all } = opened
  const popularity = baselinesOf({ ...records, projects: records.projects.map(({ text: _, ...rest }) => rest) })
  const measured = new Measured()
  for (const question of asked) {
    const one = openQuestion(opened, question)
    const { others, given } = question
    const { required, candidates } = one
    const add = (way: string, team: readonly string[]) =>
      measured.add(way, shareFound(others, team), required.length ? shareMet(required, [...given, ...team]) : null)
    measured.others.push(others.length)
    measured.within.push(shareFound(others, candidates))
    measured.requirements.push(required.length)
    if (required.length > 0) measured.metByReal.push(shareMet(required, [...given, ...others]))
    add('popularity in the part', popularity.popularity!(question).slice(0, others.length))
    add('co-occurrence + popularity', popularity['co-occurrence + popularity']!(question).slice(0, others.length))
    add(BY_RANK, candidates.slice(0, others.length))
    for (const [name, way] of Object.entries(WAYS)) {
      const { team, proven } = await composeIn(way, records, one)
      measured.composed += 1
      if (proven) measured.proven += 1
      add(name, team)
    }
  }
  say(`\n## ${name}: ${asked.length} of the ${all} consortia of ${MEMBERS_LEAST} to ${MEMBERS_MOST} of ${year}`)
  print(measured)
  say(
    `\nLearned in ${(learned - started).toFixed(0)} s, measured in ${(processorSeconds() - learned).toFixed(0)} s of ` +
      `processor time; load ${loadavg()[0]?.toFixed(0)}.`,
  )
}

function print(measured: Measured): void {
  say(
    `\nOthers: ${meanOf(measured.others).toFixed(1)} on average, ${interval(measured.within)} of them among the ` +
      `${CANDIDATES} candidates; requirements: ${meanOf(measured.requirements).toFixed(1)}, of which the real members ` +
      `meet ${interval(measured.metByReal)}; proven ${measured.proven} of ${measured.composed}.\n`,
  )
  say('| | share of the others found | beside top k by rank | requirements met |\n|---|---|---|---|')
  const byRank = measured.found.get(BY_RANK)!
  for (const [way, found] of measured.found)
    say(
      `| ${way} | ${interval(found)} | ${interval(found.map((one, at) => one - byRank[at]!))} | ` +
        `${meanOf(measured.met.get(way) ?? []).toFixed(3)} |`,
    )
}

const wanted = process.argv.slice(2)
for (const name of SET_NAMES) if (wanted.length === 0 || wanted.includes(name)) await measureSet(name)
