import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { resolve } from 'node:path'
import { openHighs } from '#engines/cover/highs.ts'
import { coverGreedily, programOf, type SetCoverProblem, solveSetCover } from '#engines/cover/set-cover.ts'
import { matrixOf } from '#engines/cover/set-cover-matrix.ts'
import { processorSeconds, runPlainly } from './measure.ts'
import { cubeSquares, drawSetCover, GROUPS, partedFours } from './set-covers.ts'

/**
 * Prints the table of set covers of README.md: those given, then those drawn, or only the groups named, of a group all
 * seeds or one. `node bench/cover/covers.ts [given d nrf:1 cyc6 clr10]`
 */

/** By the clock. */
const SECONDS_MAX = Number(process.env.COVER_SECONDS ?? 240)
const SEEDS = [1, 2]

const MADE: Record<string, () => SetCoverProblem> = {
  cyc5: () => cubeSquares(5),
  cyc6: () => cubeSquares(6),
  clr10: () => partedFours(10),
}

const print = (...cells: (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)

function readGiven(): { name: string; problem: SetCoverProblem; optimum: number | undefined }[] {
  const folder = resolve(process.env.CONSORTIA_SHARED ?? '../shared/data', 'scp')
  if (!existsSync(folder)) {
    process.stdout.write(`No instances at CONSORTIA_SHARED: those given are skipped.\n`)
    return []
  }
  const [, ...lines] = readFileSync(resolve(folder, 'optimum.csv'), 'utf8').trim().split('\n')
  const optimum = new Map(lines.map((line) => [line.split(',')[0]!, Number(line.split(',')[4])]))
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => {
      const name = file.replace('.json', '')
      const problem = JSON.parse(readFileSync(resolve(folder, file), 'utf8')) as SetCoverProblem
      return { name, problem, optimum: optimum.get(name) }
    })
}

async function measure(name: string, problem: SetCoverProblem, optimum?: number): Promise<void> {
  await openHighs()
  const started = processorSeconds()
  const answer = await solveSetCover(problem, { secondsMax: SECONDS_MAX })
  const processor = processorSeconds() - started
  const plain = await runPlainly(() => programOf(matrixOf(problem.rows, problem.columns)), SECONDS_MAX)
  const greedy = coverGreedily(problem)!.reduce((sum, column) => sum + problem.columns[column]!.cost, 0)
  const isPlainProven = Math.ceil(-plain.bound - 1e-6) >= -plain.objective
  print(
    name,
    optimum ?? '',
    answer.objective!,
    answer.status === 'optimal' ? 'proven' : `at least ${answer.bound}`,
    processor.toFixed(2),
    answer.seconds.toFixed(1),
    `${isPlainProven ? '' : `${-plain.objective}, at least ${Math.ceil(-plain.bound - 1e-6)}: `}${plain.processor.toFixed(2)}`,
    greedy,
  )
}

const asked = process.argv.slice(2)
const isAsked = (...names: string[]) => asked.length === 0 || names.some((name) => asked.includes(name))
process.stdout.write(
  `${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(0)}, ${SECONDS_MAX} s by the clock\n\n`,
)
print('instance', 'optimum', 'found', 'bound', 's', 'by the clock', 'plain HiGHS, s', 'greedy')
print(...Array.from({ length: 8 }, () => '---'))
if (isAsked('given')) for (const { name, problem, optimum } of readGiven()) await measure(name, problem, optimum)
for (const group of GROUPS)
  for (const seed of SEEDS)
    if (isAsked(group.name, `${group.name}:${seed}`))
      await measure(`${group.name}, seed ${seed}`, drawSetCover(group, seed))
for (const [name, make] of Object.entries(MADE)) if (isAsked(name)) await measure(name, make())
