import { PRESET_WEIGHTS } from '#stages/compose/rules.ts'
import { meanOf } from '../partners/measures.ts'
import { composeIn, openQuestion, shareFound, shareMet, type Way } from './real-problem.ts'
import { openYear, SET_NAMES, SETS, type SetName } from './real-set.ts'

/**
 * Chooses what covering and past work among the members weigh beside who is likely to join, on consortia of years before
 * the one that `real.ts` asks for. Prints a table of README.md. `node bench/cover/fit.ts [set]`
 */

const LIKELY = PRESET_WEIGHTS.likely
/** What is weighed: the product's own, and each of the two by half and by double, or not at all. */
const TRIED = [
  { met: LIKELY.met, trust: LIKELY.trust },
  { met: LIKELY.met / 2, trust: LIKELY.trust },
  { met: LIKELY.met * 2, trust: LIKELY.trust },
  { met: LIKELY.met, trust: 0 },
  { met: LIKELY.met, trust: LIKELY.trust * 2 },
]

const say = (text: string) => process.stdout.write(`${text}\n`)

async function fitOn(name: SetName, year: number): Promise<void> {
  const opened = await openYear(name, year)
  const byRank: number[] = []
  const found = new Map<string, number[]>()
  const met = new Map<string, number[]>()
  for (const question of opened.asked) {
    const one = openQuestion(opened, question)
    const { others, given } = question
    byRank.push(shareFound(others, one.candidates.slice(0, others.length)))
    for (const tried of TRIED) {
      const way: Way = { trust: tried.trust > 0 ? 'others' : 'none', weights: { ...LIKELY, confidence: 0, ...tried } }
      const { team } = await composeIn(way, opened.records, one)
      const key = `met ${tried.met}, trust ${tried.trust}`
      found.set(key, [...(found.get(key) ?? []), shareFound(others, team)])
      if (one.required.length > 0) met.set(key, [...(met.get(key) ?? []), shareMet(one.required, [...given, ...team])])
    }
  }
  say(`\n## ${name}, ${year}: ${opened.asked.length} of ${opened.all}; by rank ${meanOf(byRank).toFixed(4)}\n`)
  say('| | found | requirements met |\n|---|---|---|')
  for (const [key, shares] of found)
    say(`| ${key} | ${meanOf(shares).toFixed(4)} | ${meanOf(met.get(key) ?? []).toFixed(3)} |`)
}

const wanted = process.argv.slice(2)
for (const name of SET_NAMES)
  if (wanted.length === 0 || wanted.includes(name)) for (const year of SETS[name].yearsToFit) await fitOn(name, year)
