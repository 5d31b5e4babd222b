import { cpus, loadavg } from 'node:os'
import { asLikely, generateProblem } from './generate.ts'
import { type Measured, measureProblem, median } from './measure.ts'

/** Prints the table of teams of README.md, or only of the sizes named. `node bench/cover/run.ts [500] [likely]` */

const DENSITIES = [0.08, 0.15, 0.3]
/** By the clock; large, since the machine may be busy. */
const SECONDS_MAX = 240

const SIZES = [
  { candidates: 500, requirements: 12, seeds: 10, plain: true },
  { candidates: 2_000, requirements: 20, seeds: 3, plain: true },
  { candidates: 50_000, requirements: 20, seeds: 1, plain: false },
]

const percent = (share: number) => `${(share * 100).toFixed(2)} %`
const print = (...cells: (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)

async function measureTeams(): Promise<void> {
  print(
    'size',
    'density',
    'problems',
    'proven',
    'median s',
    'most s',
    'gap at most',
    'by the clock, median s',
    'left',
    'plain, median s',
    'greedy short by',
    'with exchanges',
  )
  print(...Array.from({ length: 12 }, () => '---'))
  const words = process.argv.slice(2)
  const isLikely = words.includes('likely')
  const asked = words.filter((word) => word !== 'likely').map(Number)
  for (const { candidates, requirements, seeds, plain } of SIZES) {
    if (asked.length > 0 && !asked.includes(candidates)) continue
    const all: Measured[] = []
    for (const density of DENSITIES) {
      const here: Measured[] = []
      for (let seed = 1; seed <= seeds; seed++) {
        const drawn = generateProblem({ candidates, requirements, density, seed })
        const problem = isLikely ? asLikely(drawn, seed) : drawn
        here.push(await measureProblem(problem, { secondsMax: SECONDS_MAX, plain: plain && !isLikely }))
      }
      printTeams(`${candidates} x ${requirements}`, String(density), here)
      all.push(...here)
    }
    printTeams(`${candidates} x ${requirements}`, 'all', all)
  }
}

function printTeams(size: string, density: string, measured: readonly Measured[]): void {
  const shortBy = (worthOf: (one: Measured) => number | null) => {
    const found = measured.filter((one) => worthOf(one) !== null)
    if (found.length === 0) return 'no team'
    // Where seats weigh more than likelihood the best worth is below nought, and no share of it says anything.
    if (measured.some(({ objective }) => objective <= 0)) return '-'
    const mean = found.reduce((sum, one) => sum + 1 - worthOf(one)! / one.objective, 0) / found.length
    return found.length === measured.length ? percent(mean) : `${percent(mean)} (${found.length} found)`
  }
  const plain = measured.flatMap((one) => (one.plain ? [one.plain.processor] : []))
  const differ = measured.filter((one) => one.plain && one.plain.objective > one.objective).length
  print(
    size,
    density,
    measured.length,
    measured.filter(({ status }) => status === 'optimal').length,
    median(measured.map(({ processor }) => processor)).toFixed(2),
    Math.max(...measured.map(({ processor }) => processor)).toFixed(2),
    percent(Math.max(...measured.map(({ gap }) => gap))),
    median(measured.map(({ seconds }) => seconds)).toFixed(2),
    median(measured.map(({ left }) => left)),
    plain.length > 0 ? `${median(plain).toFixed(2)}${differ > 0 ? ` (better in ${differ})` : ''}` : '-',
    shortBy(({ greedy }) => greedy),
    shortBy(({ improved }) => improved),
  )
}

process.stdout.write(
  `${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(0)}\n\n`,
)
await measureTeams()
