/** `node bench/exposure/run.ts`: what a bound on exposure reaches and costs, by prices alone and with equals in turn. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readAs } from '#db/caller.ts'
import { command } from '#db/command.ts'
import { systemCaller } from '#stages/caller.ts'
import { AS_SCORED, FIRST_PLACES } from '#stages/match/arrange.ts'
import { askedNeed } from '#stages/match/asking.ts'
import { type Board, exposureOf, priceRounds, withinBound } from '#stages/match/exposure.ts'
import { askFor, briefFor } from '#stages/match/service.ts'
import { plantNeed } from '#stages/needs/step-service.ts'
import { plantDemo } from '../../src/demo/plant.ts'
import { closeWorld, openServerWorld } from '../../src/open.ts'
import { readSettings } from '../../src/settings.ts'
import type { World } from '../../src/world.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const RECORDS = resolve(ROOT, process.env.CONSORTIA_SHARED ?? '../shared/data', 'cordis-with-text')
const BOUNDS = [0.45, 0.4, 0.35, 0.3]

/** One capability a need: ten on innovation help, which dozens offer, and twenty on four projects with eleven members or more. */
const WANTED = [
  ...['Innovation management capacity of SMEs', 'Key account management', 'Innovation support network'],
  ...['Innovation audits for small firms', 'Coaching on innovation management', 'Innovation capacity of tourism firms'],
  ...['Peer learning on innovation', 'Innovation services for SMEs', 'Enterprise Europe Network', 'SME Instrument'],
  ...['Interdisciplinary postdocs', 'Intersectorial postdocs', 'International and intersectorial postdocs'],
  ...['EMBL postdocs', 'Interdisciplinary and international postdocs'],
  ...['Large-scale research infrastructures', 'European measures for research infrastructures'],
  ...['Russian research infrastructures', 'Connecting Russian and European measures', 'Russian and European measures'],
  ...['Point-of-care microfluidic device', 'Quantification of chemotherapeutic drugs', 'Liquid crystal detection'],
  ...['Selective nanoparticle extraction', 'Microfluidic device for body fluid samples'],
  ...['Competitiveness of business in Lombardia', 'Support services in Emilia-Romagna'],
  ...[
    'Innovation and competitiveness of business',
    'Business in Lombardia and Emilia-Romagna',
    'Support to improve innovation',
  ],
]

if (!existsSync(RECORDS)) {
  process.stdout.write(`Nothing was measured: ${RECORDS} does not stand.\n`)
  process.exit(0)
}
const folder = mkdtempSync(join(tmpdir(), 'consortia-exposure-'))
try {
  process.env.CONSORTIA_DATA = folder
  const planted = await open()
  const { zoneId } = await plantDemo(planted)
  await closeWorld(planted)
  const imported = spawnSync(process.execPath, ['src/cli/main.ts', 'import', 'cordis', RECORDS], { cwd: ROOT })
  if (imported.status !== 0) throw new Error(String(imported.stderr))
  const world = await open()
  for (const name of WANTED) await plant(world, zoneId, name)
  report(await readBoards(world, zoneId))
  await closeWorld(world)
} finally {
  rmSync(folder, { recursive: true })
}

function open(): Promise<World> {
  return openServerWorld(readSettings(process.env, {}), process.env)
}

async function plant(world: World, zoneId: string, name: string): Promise<void> {
  const title = { en: `Wanted: ${name}` }
  const capabilities = [{ name: { en: name }, weight: 3, critical: false, levelWanted: 2 }]
  const input = { title, problem: title, trl: { from: 4, to: 7 }, targets: [], capabilities, sponsors: [] }
  const system = systemCaller(zoneId)
  const order = { name: 'needs.plant', input, at: world.clock.now() }
  await command(world.database, system, order, (done) =>
    plantNeed(done, system, input as never, { state: 'open', reasons: [{ code: 'targets_not_measurable' }] }),
  )
}

async function readBoards(world: World, zoneId: string): Promise<Board[]> {
  const system = systemCaller(zoneId)
  const needs = await readAs(world.database, system, (tx) =>
    tx
      .selectFrom('need')
      .select('need_id')
      .where('zone_id', '=', zoneId)
      .where('state', 'in', ['open', 'matched'])
      .execute(),
  )
  const boards: Board[] = []
  for (const needId of needs.map(({ need_id }) => need_id).sort())
    boards.push({
      needId,
      candidates: await briefFor(world, system, await askFor(world, system, (tx) => askedNeed(tx, system, needId))),
    })
  return boards
}

function report(boards: readonly Board[]): void {
  const row = (head: string, { gini, score, merit, counts }: ReturnType<typeof exposureOf>) => {
    const shown = [...counts.values()].filter(Boolean).length
    return `| ${head} | ${gini.toFixed(3)} | ${shown} of ${counts.size} | ${(score * 100).toFixed(2)} | ${(merit * 100).toFixed(2)} |`
  }
  const rounds = [...priceRounds(boards, { order: 'score', newcomerSeats: 0 })]
  const untold = rounds.map(({ prices, rounds: at }) => ({
    ...exposureOf(boards, { ...AS_SCORED, prices }),
    ...{ prices, turns: null, rounds: at },
  }))
  const lines = [
    `${boards.length} open needs, first ${FIRST_PLACES} places.`,
    '',
    '| | Gini | seen | mean fit | mean merit |',
    '|---|---|---|---|---|',
    row('by score alone', rounds[0]!),
    row('equals in turn, no prices', rounds[1]!),
    ...BOUNDS.map((bound) => {
      const { round, reached } = withinBound(rounds, bound)
      return row(reached ? `at most ${bound}` : `at most ${bound}: not reached`, round)
    }),
    row('the same prices without turns, at best', withinBound(untold, 0).round),
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
