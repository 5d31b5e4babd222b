import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { resolve } from 'node:path'
import { coverGreedily, type SetCoverProblem, solveSetCover } from '#engines/cover/set-cover.ts'
import { generateProblem } from './generate.ts'
import { type Measured, measureProblem, median } from './measure.ts'

/** Prints the tables of README.md. `node bench/cover/run.ts` */

const DENSITIES = [0.08, 0.15, 0.3]
const SECONDS_MAX = 60

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
    'left',
    'plain median s',
    'greedy short by',
    'with exchanges',
  )
  print(...Array.from({ length: 10 }, () => '---'))
  for (const { candidates, requirements, seeds, plain } of SIZES) {
    const all: Measured[] = []
    for (const density of DENSITIES) {
      const here: Measured[] = []
      for (let seed = 1; seed <= seeds; seed++) {
        const problem = generateProblem({ candidates, requirements, density, seed })
        here.push(await measureProblem(problem, { secondsMax: SECONDS_MAX, plain }))
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
    const mean = found.reduce((sum, one) => sum + 1 - worthOf(one)! / one.objective, 0) / found.length
    return found.length === measured.length ? percent(mean) : `${percent(mean)} (${found.length} found)`
  }
  const plain = measured.flatMap((one) => (one.plain ? [one.plain.seconds] : []))
  const differ = measured.filter((one) => one.plain && one.plain.objective > one.objective).length
  print(
    size,
    density,
    measured.length,
    measured.filter(({ status }) => status === 'optimal').length,
    median(measured.map(({ seconds }) => seconds)).toFixed(2),
    Math.max(...measured.map(({ seconds }) => seconds)).toFixed(2),
    median(measured.map(({ left }) => left)),
    plain.length > 0 ? `${median(plain).toFixed(2)}${differ > 0 ? ` (better in ${differ})` : ''}` : '-',
    shortBy(({ greedy }) => greedy),
    shortBy(({ improved }) => improved),
  )
}

async function measureSetCovers(): Promise<void> {
  const folder = resolve(process.env.CONSORTIA_SHARED ?? '../shared/data', 'scp')
  if (!existsSync(folder)) {
    process.stdout.write(`No instances at CONSORTIA_SHARED: set covers skipped.\n`)
    return
  }
  const [, ...lines] = readFileSync(resolve(folder, 'optimum.csv'), 'utf8').trim().split('\n')
  const optimum = new Map(lines.map((line) => [line.split(',')[0]!, Number(line.split(',')[4])]))
  print('instance', 'optimum', 'found', 'status', 's', 'greedy')
  print(...Array.from({ length: 6 }, () => '---'))
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const problem = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as SetCoverProblem
    const answer = await solveSetCover(problem)
    const greedy = coverGreedily(problem)!.reduce((sum, column) => sum + problem.columns[column]!.cost, 0)
    const name = file.replace('.json', '')
    print(name, optimum.get(name) ?? '?', answer.objective ?? '-', answer.status, answer.seconds.toFixed(2), greedy)
  }
}

process.stdout.write(`${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}\n\n`)
await measureTeams()
process.stdout.write('\n')
await measureSetCovers()
