import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAs } from '#db/caller.ts'
import { solveBulk } from '#engines/cover/bulk.ts'
import { type BulkAnswer, type BulkProblem, CAPACITY_DEFAULT } from '#engines/cover/bulk-model.ts'
import { operatorCaller } from '#stages/caller.ts'
import { BulkOptions } from '#stages/compose/bulk-model.ts'
import { optionsFor, planNeeds } from '#stages/compose/bulk-plan.ts'
import { listNeeds } from '#stages/compose/bulk-store.ts'
import { frame } from '#stages/compose/compose-service.ts'
import { coverFor } from '#stages/match/cover.ts'
import { plantDemo } from '../../src/demo/plant.ts'
import { closeWorld, openServerWorld } from '../../src/open.ts'
import { readSettings } from '../../src/settings.ts'
import { generateBulk } from './generate-bulk.ts'

/** Prints the table on many teams out of one pool of README.md. `node bench/cover/bulk.ts` */

const SECONDS_MAX = 120
const SEEDS = [1, 2]
const CAPACITIES = [1, 2, 3]
const SIZES = [
  { tasks: 20, candidates: 300, requirements: 6, density: 0.08 },
  { tasks: 100, candidates: 300, requirements: 6, density: 0.08 },
]
/** The larger size is run with one capacity and one seed. */
const TASKS_OFTEN_MAX = 20

const print = (...cells: (string | number)[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`)
const percent = (share: number) => `${(share * 100).toFixed(2)} %`

/** The demo zone's open needs, as an officer would order them. */
async function demoProblem(): Promise<BulkProblem> {
  const data = mkdtempSync(join(tmpdir(), 'consortia-bench-'))
  const world = await openServerWorld({ ...readSettings({}, { data }), logLevel: 'silent' }, {})
  try {
    const { zoneId } = await plantDemo(world)
    const caller = operatorCaller(zoneId)
    const needs = planNeeds(await readAs(world.database, caller, (tx) => listNeeds(tx, zoneId)))
    const tasks: BulkProblem['tasks'][number][] = []
    for (const { id, skip } of needs) {
      if (skip !== null) continue
      const cover = await coverFor(world, caller, id)
      const { framed } = await frame(world, caller, cover, optionsFor(BulkOptions.parse({})))
      tasks.push({ id, problem: framed.problem })
    }
    return { tasks }
  } finally {
    await closeWorld(world)
    rmSync(data, { recursive: true, force: true })
  }
}

function tell(name: string, capacity: number, answer: BulkAnswer, cpuSeconds: number): void {
  const short = (total: number) => percent((answer.bound - total) / answer.bound)
  const over = answer.seats.filter((seat) => seat.askedBy.length > seat.capacity).length
  const none = answer.teams.filter(({ together }) => together === null || together.status === 'infeasible').length
  print(
    name,
    capacity,
    over,
    answer.aloneTotal,
    answer.bound,
    answer.total,
    percent(answer.gap),
    answer.inTurnTotal === null ? '-' : `${answer.inTurnTotal} (${short(answer.inTurnTotal)})`,
    none,
    answer.searches,
    answer.seconds.toFixed(1),
    cpuSeconds.toFixed(1),
  )
}

async function measure(name: string, problem: BulkProblem): Promise<void> {
  const before = process.cpuUsage()
  const answer = await solveBulk(problem, { secondsMax: SECONDS_MAX })
  const { user, system } = process.cpuUsage(before)
  tell(name, problem.capacity ?? CAPACITY_DEFAULT, answer, (user + system) / 1e6)
}

process.stdout.write(`${cpus().length} cores, ${cpus()[0]?.model}, Node ${process.version}\n\n`)
print(
  'needs x organisations',
  'seats each',
  'over-asked',
  'each alone',
  'bound',
  'together',
  'gap',
  'first come (short by)',
  'without a team',
  'searches',
  's',
  'CPU s',
)
print(...Array.from({ length: 12 }, () => '---'))
const demo = await demoProblem()
for (const capacity of CAPACITIES) await measure('demo zone', { ...demo, capacity })
for (const size of SIZES)
  for (const capacity of size.tasks > TASKS_OFTEN_MAX ? CAPACITIES.slice(-1) : CAPACITIES)
    for (const seed of size.tasks > TASKS_OFTEN_MAX ? SEEDS.slice(0, 1) : SEEDS) {
      await measure(`${size.tasks} x ${size.candidates}, seed ${seed}`, generateBulk({ ...size, capacity, seed }))
    }
