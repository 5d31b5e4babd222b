// The longest stall of the server's thread while rule packs become conditions of 50,000 candidates: `node bench/cover/stall.ts`.
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { packFor } from '#engines/rules/catalogue.ts'
import { seededRandom } from '#kit/random.ts'
import type { PackFacts } from '#stages/compose/pack-rules.ts'
import { compilePacks } from '#stages/compose/pack-thread.ts'

const CANDIDATES = 50_000
const ROUNDS = 5
const DATE = '2026-11-22'
const SEED = 20_261_122
const MILLISECONDS_PER_NANOSECOND = 1e-6
const SETS = [
  ['cn/hefei-innovation-consortium'],
  ['cn/hefei-innovation-consortium', 'cn/qingdao-innovation-consortium', 'eu/horizon-europe'],
]

const random = seededRandom(SEED)
const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const ids = Array.from({ length: CANDIDATES }, (_, at) => `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`)
const facts = new Map<string, PackFacts>(
  ids.map((id) => [
    id,
    {
      kind: oneOf(['company', 'company', 'university', 'institute', 'fund']),
      size: oneOf(['micro', 'small', 'medium', 'large', null]),
      country: oneOf(['CN', 'CN', 'DE', 'FR', 'IT', null]),
      city: oneOf(['合肥市', '青岛市', null]),
      registered: random() < 0.8,
      titles: random() < 0.1 ? ['链主企业'] : [],
      revenueMinor: random() < 0.5 ? BigInt(Math.floor(random() * 1e12)) : null,
    },
  ]),
)

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

async function measure(names: readonly string[], inlineMax: number) {
  const asked = { packs: names.map((name) => packFor(name, DATE)), date: DATE, facts }
  const rounds: { stall: number; taken: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    delay.enable()
    await new Promise((resolve) => setTimeout(resolve, 50))
    const began = performance.now()
    await compilePacks({ asked, ids, waived: [] }, { inlineMax })
    const taken = performance.now() - began
    await new Promise((resolve) => setTimeout(resolve, 50))
    delay.disable()
    rounds.push({ stall: delay.max * MILLISECONDS_PER_NANOSECOND, taken })
  }
  return { stall: median(rounds.map(({ stall }) => stall)), taken: median(rounds.map(({ taken }) => taken)) }
}

for (const names of SETS) {
  const before = await measure(names, Number.POSITIVE_INFINITY)
  const after = await measure(names, 0)
  const shown = (of: typeof before) => `stall ${of.stall.toFixed(0)} ms, taken ${of.taken.toFixed(0)} ms`
  process.stdout.write(
    `${names.length} packs, ${CANDIDATES} candidates: in place ${shown(before)}; in a thread ${shown(after)}\n`,
  )
}
